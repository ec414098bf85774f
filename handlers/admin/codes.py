"""One-time codes that link a person's messenger, or log them in to the web messenger."""

from __future__ import annotations

from sqlmodel import col, select

from handlers.admin.home import ADMIN
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Press, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Code, lines
from models.messaging.account import CODE_LASTS, make_code
from models.organization import Department, Person, is_here
from models.period import administering
from models.words import Refusal, say

_HALF = 5
"""Read out in two halves, a code of ten signs is not lost on the way."""


def show(talk: Talk, _data: Data) -> Screen:
    """Everybody who works here; typing a name finds them."""
    administering(talk.doer)
    rows = talk.session.exec(
        select(Person, Department)
        .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
        .where(is_here(talk.today))
        .order_by(col(Department.position), col(Person.name))
    ).all()
    choices = [
        Choice(
            person.name,
            Press("make", {"person": person.id}),
            say("{department} · {code}", department=department.name if department else "-", code=person.code),
        )
        for person, department in rows
    ]
    return Menu(lines(Bold(say("누구의 연결 코드를 만들까요?"))), choices, buttons=[ADMIN])


def take(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Makes the code; the ones made before for that person are void."""
    holding = administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "make":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    person_id = answer.args["person"]
    code = make_code(talk.session, talk.now, talk.doer.actor(holding), person_id)
    return Go("admin.code", {"person": person_id, "code": code})


def show_code(talk: Talk, data: Data) -> Screen:
    """The code, to be handed over in person or by a safe way."""
    administering(talk.doer)
    person, code = talk.session.get_one(Person, data["person"]), str(data["code"])
    return Notice(
        lines(
            say("{name} 님의 연결 코드입니다.", name=person.name),
            Code(f"{code[:_HALF]}-{code[_HALF:]}"),
            say(
                "{hours}시간 동안 한 번만 쓸 수 있습니다. 로그인 화면이나 메신저의 보고봇 대화에 입력하도록 "
                "본인에게 직접 전해 주세요.",
                hours=int(CODE_LASTS.total_seconds() // 3600),
            ),
        ),
        buttons=[Button(say("다른 사람"), Go("admin.codes")), ADMIN],
    )
