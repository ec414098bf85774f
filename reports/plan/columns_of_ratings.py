"""The sheets 평가, 평가항목 and 평가단: who rates whom, when, and on what."""

from __future__ import annotations

from models.organization import Person
from models.plan import Cycle, Period
from models.rating.table import Criterion, Group, GroupKind, Rating
from models.scheme.table import Scheme
from reports.plan.column import Column, Reads, Sheet, choice, instant, lines, opening, text, whole, yes_no
from reports.plan.lines_of_schemes import CriterionLine, RaterLine, RatingLine

_KINDS = {"지정": GroupKind.NAMED, "소속장": GroupKind.LEADS, "설문": GroupKind.SURVEY}

_CYCLE = text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True)
_RATING = text("평가", "rating", Rating.code, "‘평가’ 시트에 적은 코드.", True)

RATINGS = Sheet(
    "평가",
    "평가를 실시할 때마다 한 줄씩 적습니다. 같은 코드의 줄은 같은 항목과 평가단으로 평가합니다.",
    RatingLine,
    (
        _CYCLE,
        text("코드", "code", Rating.code, "평가의 코드. 예: QUAL", True),
        text("이름", "name", Rating.name, "예: 상반기 정성평가", True),
        text("기간", "period", Period.code, "기간의 코드. 비우면 성과주기 전체."),
        text("체계", "scheme", Scheme.code, "어느 체계의 대상을 평가하는지.", True),
        opening("시작", "opens_at", "이때부터 평가합니다.", True),
        instant("마감", "closes_at", "이때까지 평가합니다.", True),
        yes_no(
            "계획변경시재평가",
            "rates_changes",
            "평가 뒤 계획이 바뀐 대상을 한 번 더 평가. 비우면 아니오.",
            False,
        ),
    ),
    required=False,
)

CRITERIA = Sheet(
    "평가항목",
    "평가표의 항목을 한 줄에 하나씩 적습니다. 그 평가의 모든 회차에 쓰입니다.",
    CriterionLine,
    (
        _CYCLE,
        _RATING,
        text("코드", "code", Criterion.code, "항목의 코드. 예: IMP", True),
        text("이름", "name", Criterion.name, "예: 중요도", True),
        lines("질문", "question", Criterion.question, "평가자에게 보일 질문."),
        Column(
            "배점", "weight", "항목의 비중, 0보다 크게.", Reads.NUMBER, True, bounds=(0, 1000), blank=None
        ),
        lines(
            "척도",
            "scale",
            Criterion.scale,
            "‘답:비율’을 높은 것부터. 예: 탁월:100; 우수:90; 보통:80. 수로 답하면 0~100처럼.",
            True,
        ),
    ),
    required=False,
)

RATERS = Sheet(
    "평가단",
    "평가위원을 한 줄에 한 사람씩 적습니다. 소속장과 설문은 위원을 비운 한 줄만 적습니다.",
    RaterLine,
    (
        _CYCLE,
        _RATING,
        text("코드", "code", Group.code, "평가단의 코드. 예: EXP", True),
        text("이름", "name", Group.name, "예: 외부 전문가", True),
        Column(
            "몫",
            "share",
            "평가에서 차지하는 몫, 0보다 크게.",
            Reads.NUMBER,
            True,
            bounds=(0, 1000),
            blank=None,
        ),
        choice("방식", "kind", "지정은 위원을 적고, 소속장은 부서의 장, 설문은 파일로 받습니다.", _KINDS),
        whole("절사", "trim", "가장 높은 것과 낮은 것을 몇 개씩 빼는지. 비우면 0.", (0, 100), 0),
        whole("최소평가수", "fewest", "평가가 이보다 적으면 셈하지 않습니다. 비우면 1.", (1, 10_000), 1),
        whole("평가수", "each", "위원 한 사람이 평가할 대상의 수. 비우면 모두.", (1, 10_000)),
        text("위원", "person", Person.code, "방식이 지정일 때 위원의 번호."),
    ),
    required=False,
)
