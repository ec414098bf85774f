"""The first screen: what this person can do, by their roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from handlers.appeals import listing as appeals
from handlers.consultation import home as consultation
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.planning import home as planning
from handlers.ratings import home as ratings
from handlers.results import home as schemes
from handlers.wording import HOME, is_pressing
from models.organization import Department, Role
from models.submission.lists import own_tasks, queue
from models.words import Phrase, say

ROLE_NAMES = {
    Role.OFFICER: say("담당자"),
    Role.DEPUTY: say("대결자"),
    Role.TEAM_LEAD: say("팀장"),
    Role.EVALUATOR: say("평가자"),
    Role.CONSULTANT: say("컨설턴트"),
    Role.RATER: say("평가위원"),
    Role.ADMINISTRATOR: say("관리자"),
}


def show(talk: Talk, _data: Data) -> Screen:
    """A menu of everything the person's roles allow, with how much is waiting in each."""
    choices: list[Choice] = []
    tasks = own_tasks(talk.session, talk.standing, talk.today)
    if tasks or talk.standing.has(Role.OFFICER):
        dues = [task.due_at for task in tasks if task.is_open()]
        detail = (
            say("보고할 지표 {count}건", count=len(dues)) if dues else say("지금 보고할 지표가 없습니다.")
        )
        choices.append(Choice(say("내 지표"), Go("my_indicators.list"), detail, _waiting(talk, dues)))
    if talk.standing.has(Role.TEAM_LEAD):
        detail = say("부서의 미제출·제출·승인 현황")
        choices.append(Choice(say("부서 현황"), Go("team_board.board"), detail))
    if talk.standing.has(Role.EVALUATOR) or talk.standing.has(Role.TEAM_LEAD):
        dues = [opened.period.review_due for opened in queue(talk.session, talk.doer)]
        detail = (
            say("결정을 기다리는 보고 {count}건", count=len(dues))
            if dues
            else say("결정을 기다리는 보고가 없습니다.")
        )
        choices.append(Choice(say("검토 대기함"), Go("review.queue"), detail, _waiting(talk, dues)))
    if (slots := consultation.choice(talk)) is not None:
        choices.append(slots)
    if (rating := ratings.choice(talk)) is not None:
        choices.append(rating)
    if (objecting := appeals.choice(talk)) is not None:
        choices.append(objecting)
    if (plans := planning.choice(talk)) is not None:
        choices.append(plans)
    choices += schemes.choices(talk)
    if talk.standing.has(Role.ADMINISTRATOR):
        detail = say("계획 등록, 전체 진행, 성과표, 마감, 연결 코드")
        choices.append(Choice(say("관리"), Go("admin.home"), detail))
    choices.append(Choice(say("부재 · 대결"), Go("absence.home"), say("휴가 등록, 대결자 지정")))
    choices.append(Choice(say("도움말"), Go("account.help"), say("입력하는 방법과 예시")))
    choices.append(Choice(say("언어 · Language"), Go("account.language"), say("한국어, English")))
    return Menu(lines(Bold(_greeting(talk.session, talk)), say("무엇을 도와드릴까요?")), choices)


def show_help(talk: Talk, _data: Data) -> Screen:
    """What can be typed, with examples."""
    told: list[Line] = [
        Bold(say("이렇게 입력해 보세요")),
        say("• '민원처리율 97.3' — 그 지표의 보고 양식이 채워져 열립니다. 파일을 함께 올려도 됩니다."),
        say("• '민원처리율' — 그 지표의 목표, 기한, 이력을 보여 드립니다."),
        say(
            "• '내 지표', '부서 현황', '대기함', '평가', '평가결과', '소관항목', '가감점', '이의신청', '계획', "
            "'컨설팅', '내 예약', '부재', '관리' — 해당 화면으로 갑니다."
        ),
        say("• '메뉴' — 처음 화면으로 돌아갑니다. '취소' — 작성 중인 양식을 닫습니다."),
        say("숫자는 97.3, 1,234.5, 1만 2천, 3902억, △3.2처럼 적으실 수 있습니다."),
    ]
    return Notice(lines(*told), buttons=[Button(say("처음으로"), Go("account.home"), Style.PRIMARY)])


def show_unknown(talk: Talk, data: Data) -> Screen:
    """For words that mean nothing here: what would."""
    tasks = own_tasks(talk.session, talk.standing, talk.today)
    would = say("'메뉴'를 입력하시면 하실 수 있는 일을 보여 드립니다.")
    if tasks:
        name = tasks[0].indicator.name
        would = say(
            "실적을 보고하시려면 지표 이름과 실적을 함께 적어 주세요. 예: {indicator} 97.3", indicator=name
        )
    return Notice(
        lines(say("무슨 말씀인지 알아듣지 못했습니다: '{text}'", text=data["text"]), would),
        tone=Tone.WARNING,
        buttons=[HOME, Button(say("도움말"), Go("account.help"))],
    )


def _greeting(session: Session, talk: Talk) -> Phrase:
    department = session.get(Department, talk.person.department_id) if talk.person.department_id else None
    if department is None:
        return say("{name} 님, 안녕하세요.", name=talk.person.name)
    return say("{department} {name} 님, 안녕하세요.", department=department.name, name=talk.person.name)


def _waiting(talk: Talk, dues: Sequence[datetime]) -> Badge | None:
    """How many wait; one of them that is late or due soon colours it."""
    if not dues:
        return None
    tone = Tone.WARNING if is_pressing(talk, min(dues)) else Tone.NEUTRAL
    return Badge(say("{count}건", count=len(dues)), tone)
