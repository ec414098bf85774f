"""The sheets of Seoul's two schemes: institutions (기관평가) and persons of grade 4 (개인평가), and who they rank."""

from __future__ import annotations

from generator_of_cities.columns import GRADES, PARTS, PRIZES, SCHEMES, SUBJECTS

from generator.indicators import CYCLE
from generator.organization import INSTITUTION
from generator.people import LEAD, Posts
from generator.vocabulary import KIND_OF_BUREAU, Department

INSTITUTIONS, PERSONS = "INST", "PERS"
BOTH = (INSTITUTIONS, PERSONS)

Row = dict[str, str]

COOPERATION = (
    ("COMM", "소통", "2", "시민소통담당관", "", ""),
    ("EXT", "외부평가", "2", "평가협업담당관", "", ""),
    ("OPEN", "정보공개", "2", "정보공개정책과", "상향", "98"),
    ("GENDER", "성인지 강화", "2", "여성정책담당관", "", ""),
    ("INTEG", "청렴도", "2", "감사담당관", "", ""),
    ("EARLY", "조기집행", "3", "예산담당관", "상향", "62"),
    ("COOP", "기관 간 협력", "5", "평가협업담당관", "", ""),
    ("CULT", "조직문화", "5", "인사과", "", ""),
    ("DISAB", "장애인공무원 배치", "2", "인사과", "상향", "3.4"),
)
"""The nine items, 25 points: code, name, points, owner department, and for some how the value is scored."""

_INSTITUTION_NOTE = (
    "원문은 계획 수립 대상을 44개, 기관평가 대상을 45개로 적었습니다. 이 배점표는 45개를 따르고, "
    "지표가 없는 한 곳은 달성도평가 배점을 나머지 항목에 나눕니다. "
    "정성평가는 상세 설명에 10+10, 배점표에 25로 되어 있어 25를 따르고 기획담당관과 전문가가 반씩 맡습니다. "
    "상반기와 하반기를 합치는 방법은 원문에 없어 평균으로 합니다. 일정은 원문 Ⅴ장을 따릅니다(Ⅱ장과 다름)."
)
_PERSON_NOTE = (
    "상반기와 하반기를 합치는 방법은 원문에 없어 평균으로 합니다. "
    "정성평가 40점은 소속 실국 20, 기획담당관 10, 전문가 10입니다."
)


def scheme_rows() -> list[Row]:
    return [
        _row(SCHEMES, 코드=INSTITUTIONS, 이름="기관평가", 대상="부서", 비고=_INSTITUTION_NOTE),
        _row(SCHEMES, 코드=PERSONS, 이름="개인평가(4급 이상)", 대상="개인", 비고=_PERSON_NOTE),
    ]


def part_rows(departments: list[Department]) -> list[Row]:
    codes = {one.name: one.code for one in departments}
    institutions = [
        _part(INSTITUTIONS, "PRIOR", "사전평가", "평가", "20", 근거="PRIOR"),
        _part(INSTITUTIONS, "ACHV", "달성도평가", "지표", "20", 범위="하위", 결합="평균", 동점순위="1"),
        _part(INSTITUTIONS, "QUAL", "정성평가", "평가", "25", 결합="평균", 근거="QUAL", 동점순위="2"),
        _part(INSTITUTIONS, "RATER", "평가자 점수", "평가", "10", 결합="평균", 근거="RATER"),
        *(
            _part(
                INSTITUTIONS, code, name, "소관", points, 소관부서=codes[owner], 배점방식=kind, 목표치=target
            )
            for code, name, points, owner, kind, target in COOPERATION
        ),
        _part(INSTITUTIONS, "CONS", "컨설팅 미참여 감점", "컨설팅감점", "3", 범위="하위"),
    ]
    persons = [
        _part(PERSONS, "PRIOR", "사전평가", "평가", "20", 근거="P-PRIOR"),
        _part(PERSONS, "ACHV", "달성도평가", "지표", "20", 결합="평균", 동점순위="1"),
        _part(PERSONS, "QUAL", "정성평가", "평가", "40", 결합="평균", 근거="P-QUAL", 동점순위="2"),
        _part(PERSONS, "RATER", "평가자 점수", "평가", "15", 결합="평균", 근거="P-RATER"),
        _part(
            PERSONS, "OVERTIME", "초과근무 감소", "소관", "2.5", 소관부서=codes["인사과"],
            배점방식="목표부여", 하한값="-5", 상한값="10",
        ),
        _part(PERSONS, "LEAVE", "연가 사용", "소관", "2.5", 소관부서=codes["인사과"], 배점방식="상향", 목표치="10"),
    ]  # fmt: skip
    return [*institutions, *persons]


def grade_rows() -> list[Row]:
    quotas = {INSTITUTIONS: (10, 30, 40, 20), PERSONS: (20, 40, 30, 10)}
    return [
        _row(GRADES, 체계=scheme, 이름=name, 비율=str(share))
        for scheme in BOTH
        for name, share in zip("SABC", quotas[scheme], strict=True)
    ]


def prize_rows() -> list[Row]:
    return [
        _row(PRIZES, 체계=INSTITUTIONS, 이름="최우수기관", 인원="1"),
        _row(PRIZES, 체계=INSTITUTIONS, 이름="우수기관", 인원="4", 기준점수="80"),
    ]


def subject_rows(departments: list[Department], posts: Posts) -> list[Row]:
    """45 institutions, and who leads each division."""
    bureaus = [one.code for one in departments if one.kind == KIND_OF_BUREAU]
    divisions = [one for one in departments if one.kind != KIND_OF_BUREAU]
    return [
        *(_row(SUBJECTS, 체계=INSTITUTIONS, 코드=code) for code in (*bureaus, INSTITUTION)),
        *(
            _row(SUBJECTS, 체계=PERSONS, 코드=posts[one.name, LEAD].number, 부서=one.code)
            for one in divisions
        ),
    ]


def _part(scheme: str, code: str, name: str, source: str, points: str, **more: str) -> Row:
    return _row(PARTS, 체계=scheme, 코드=code, 이름=name, 원천=source, 배점=points, **more)


def _row(columns: tuple[str, ...], **cells: str) -> Row:
    return dict.fromkeys(columns, "") | {"성과주기": CYCLE} | cells
