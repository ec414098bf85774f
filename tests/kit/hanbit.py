"""The plan of 한빛시 in 2019, as data: an indicator of every scoring kind."""

from __future__ import annotations

from typing import Any

from models.organization import DepartmentKind, Role
from models.scoring import Kind, Rollup

DEPARTMENTS = [
    # code, name, kind, above
    ("CITY", "한빛시", DepartmentKind.CITY, None),
    ("ADM", "행정국", DepartmentKind.BUREAU, "CITY"),
    ("GEN", "총무과", DepartmentKind.DIVISION, "ADM"),
    ("CIV", "민원과", DepartmentKind.DIVISION, "ADM"),
    ("WEL", "복지국", DepartmentKind.BUREAU, "CITY"),
    ("CARE", "돌봄과", DepartmentKind.DIVISION, "WEL"),
    ("FAC", "시설공단", DepartmentKind.INSTITUTION, "CITY"),
]
PEOPLE = [
    # code, name, title, department, role, where, stands in for
    ("officer", "김담당", "주무관", "GEN", Role.OFFICER, "GEN", None),
    ("civil", "이민원", "주무관", "CIV", Role.OFFICER, "CIV", None),
    ("carer", "박돌봄", "주무관", "CARE", Role.OFFICER, "CARE", None),
    ("builder", "오시설", "대리", "FAC", Role.OFFICER, "FAC", None),
    ("deputy", "송대결", "주무관", "GEN", Role.DEPUTY, None, "officer"),
    ("lead", "최팀장", "팀장", "ADM", Role.TEAM_LEAD, "ADM", None),
    ("evaluator", "정평가", "평가팀장", "CITY", Role.EVALUATOR, None, None),
    ("stand_in", "문대행", "주무관", "CITY", Role.DEPUTY, None, "evaluator"),
    ("consultant", "한자문", "연구위원", None, Role.CONSULTANT, None, None),
    ("rater", "윤위원", "교수", None, Role.RATER, None, None),
    ("administrator", "강관리", "주무관", "CITY", Role.ADMINISTRATOR, None, None),
]
_STEPS = "0:20; 50:60; 80:80; 90:100"
_STAGES = "2019-03-31:30; 2019-09-30:70; 2019-12-31:100"
INDICATORS: list[tuple[str, str, str, str, int, Kind, dict[str, Any]]] = [
    # code, name, department, unit, weight, kind, the rest (target: of the cycle)
    ("G1", "민원처리율", "GEN", "%", 40, Kind.HIGHER, {"target": 95}),
    ("G2", "평균 처리기간", "GEN", "일", 30, Kind.LOWER_RATIO, {"target": 8, "rollup": Rollup.MEAN}),
    ("G3", "품질인증 획득", "GEN", "여부", 30, Kind.YES_NO, {}),
    ("C1", "재발급률", "CIV", "%", 40, Kind.LOWER_MIRROR, {"target": 3, "cap": 120}),
    ("C2", "대기시간 단축", "CIV", "분", 30, Kind.FROM_BASELINE, {"target": 5, "baseline": 12}),
    ("C3", "상담 가구", "CIV", "가구", 30, Kind.HIGHER, {"target": 2300, "rollup": Rollup.SUM}),
    ("W1", "안전사고", "CARE", "건", 40, Kind.ZERO, {"steps": "0:100; 1:80; 3:50", "rollup": Rollup.MAX}),
    ("W2", "실내온도", "CARE", "℃", 30, Kind.RANGE, {"low": 20, "high": 24, "loss_per_unit": "12.5"}),
    ("W3", "돌봄 만족도", "CARE", "점", 30, Kind.STEPS, {"steps": _STEPS}),
    ("W4", "돌봄 협력도(시범)", "CARE", "점", 0, Kind.HIGHER, {"target": 70, "scored": False}),
    ("F1", "체육관 건립", "FAC", "%", 60, Kind.MILESTONE, {"steps": _STAGES}),
    ("F2", "보증 공급액", "FAC", "억원", 40, Kind.GRADED_TARGET, {"low": 3500, "high": 3902}),
]
OFFICERS = {"GEN": "officer", "CIV": "civil", "CARE": "carer", "FAC": "builder"}
