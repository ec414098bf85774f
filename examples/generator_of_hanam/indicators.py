"""What every team hands in after its trip, and what its division makes of it by the end of the year."""

from __future__ import annotations

from generator.chance import pick
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE, WHOLE_CYCLE, Planned

from generator_of_hanam.people import Posts
from generator_of_hanam.words import CYCLE, INNOVATION, YEAR_END, Team, divisions, teams

PERSPECTIVE, GOAL = "학습과 성장", "우수정책을 배워 시정에 담는 조직"
STAGES = "2022-09-30:30; 2022-11-30:70; 2022-12-31:100"
NOTHING_TO_BRING = "D0503-2"
"""What the team saw is no task of the city: there is nothing to be brought home."""
NOT_HANDED_IN = "D0204-2"
RETURNED = ("D0103-2", "D0302-1", "D0402-2")
RECOGNISED: dict[tuple[str, str], Row] = {
    ("D0301-2-2", "AUG"): {"인정실적": "2", "사유": "이미 시행하고 있는 과제 1건은 뺍니다."},
    ("D0501-1-2", "AUG"): {
        "인정실적": "1",
        "사유": "열린도시팀과 같은 과제 1건은 한 팀의 실적으로만 봅니다.",
    },
}
FIXED = {"D0301-2": "3", "D0501-1": "2", NOTHING_TO_BRING: NOT_APPLICABLE, NOT_HANDED_IN: "0"}


def team_indicators(posts: Posts) -> list[Planned]:
    """A report and the tasks found: two indicators a team."""
    planned: list[Planned] = []
    for team in teams():
        planned += _report(team, posts), _tasks(team, posts)
    return planned


def year_end_indicators(posts: Posts) -> list[Planned]:
    """How far each division has come with what was adopted, and the report on the whole."""
    planned = []
    for division in divisions():
        code = division["코드"]
        weight = "60" if code == INNOVATION else "100"
        cells = _cells(YEAR_END, f"{code}-Y", code, posts.members[f"{code}-1"][0].number) | {
            "지표명": "벤치마킹 과제 정책 반영 추진율",
            "성과목표": "배운 정책의 시행",
            "주요사업": "벤치마킹 과제 시행",
            "단위": "%",
            "산식": "추진 단계에 따른 누적 추진율",
            "증빙자료": "시행 계획 방침서와 추진 결과 공문",
            "가중치": weight,
            "배점방식": "마일스톤",
            "단계표": STAGES,
        }
        reached = pick(("100", "100", "90", "70", "60"), code, "adopted")
        planned.append(Planned(cells, {WHOLE_CYCLE: "100"}, {"Y": reached}))
    return [*planned, _book(posts)]


def decided() -> dict[tuple[str, str], Row]:
    """Reports that were returned once, or of which another value was recognised."""
    return {(f"{team}-1", "AUG"): {"반려": "예"} for team in RETURNED} | RECOGNISED


def _report(team: Team, posts: Posts) -> Planned:
    cells = _of_team(team, "1", posts) | {
        "지표명": "우수사례 보고서 제출",
        "단위": "여부",
        "산식": "기한 안에 사례 보고서를 내면 1 내지 못하면 0",
        "증빙자료": "사례 보고서와 방문 사진",
        "가중치": "60",
        "배점방식": "여부",
    }
    return Planned(cells, {WHOLE_CYCLE: ""}, {"AUG": "0" if team.code == NOT_HANDED_IN else "1"})


def _tasks(team: Team, posts: Posts) -> Planned:
    cells = _of_team(team, "2", posts) | {
        "지표명": "우리 시 적용 과제 발굴 수",
        "단위": "건",
        "산식": "보고서에서 제안한 우리 시 적용 과제의 수",
        "증빙자료": "과제별 적용 검토서",
        "가중치": "40",
        "배점방식": "상향",
        "최고": "120",
    }
    found = FIXED.get(team.code) or pick(("1", "2", "2", "2", "3"), team.code, "found")
    return Planned(cells, {WHOLE_CYCLE: "2"}, {"AUG": found})


def _of_team(team: Team, number: str, posts: Posts) -> Row:
    """Indicators of a team name no officer: whoever of the team is there hands in."""
    assert posts.members[team.code]
    return _cells(CYCLE, f"{team.code}-{number}", team.code, "") | {
        "성과목표": f"{team.name}의 벤치마킹",
        "주요사업": team.trip,
    }


def _cells(cycle: str, code: str, department: str, officer: str) -> Row:
    return {
        "성과주기": cycle,
        "코드": code,
        "부서": department,
        "담당자": officer,
        "관점": PERSPECTIVE,
        "전략목표": GOAL,
        "증빙필수": "예",
        "평가반영": "예",
        "집계방식": "최종",
    }


def _book(posts: Posts) -> Planned:
    cells = _cells(YEAR_END, f"{INNOVATION}-B", INNOVATION, posts.members[f"{INNOVATION}-1"][0].number) | {
        "지표명": "벤치마킹 연말 결과보고서 발간",
        "성과목표": "배운 정책의 공유",
        "주요사업": "연말 결과보고서 발간",
        "단위": "여부",
        "산식": "12월까지 결과보고서를 내면 1 내지 못하면 0",
        "증빙자료": "결과보고서와 배포 공문",
        "가중치": "40",
        "배점방식": "여부",
    }
    return Planned(cells, {WHOLE_CYCLE: ""}, {"Y": "1"})
