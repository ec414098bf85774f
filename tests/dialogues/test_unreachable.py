"""Somebody whom no messenger reaches: administrators are told who, where, since when, and what to do."""

from __future__ import annotations

from sqlmodel import col, select, update

from bot.outgoing.settling import mark_unreachable
from handlers.book import BOOK
from models.messaging.account import Account, Messenger
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.outbox import Outbox, Sending
from models.organization import Role, RoleHeld
from tests.dialogues.city import OFFICER
from tests.kit.conversation import Speaker, Town
from tests.kit.remote import Phone


def _blocks_the_bot(town: Town, phone: Phone, *, web_too: bool = True) -> None:
    """Their telephone is reached no more; neither is their web messenger, unless said otherwise."""
    with town.database.write() as session:
        for account in session.exec(select(Account).where(Account.id != phone.account_id)):
            mine = session.get_one(Account, phone.account_id).person_id
            if web_too and account.person_id == mine:
                account.address = None
        mark_unreachable(session, town.now(), BOOK, phone.account_id)
    town.deliver()


def test_an_administrator_is_told_who_cannot_be_reached_and_what_to_do(
    town: Town, administrator: Speaker
) -> None:
    phone = Phone.of(town.person(OFFICER))
    _blocks_the_bot(town, phone)
    administrator.sees(
        "총무과 김주무 님에게 연락이 닿지 않습니다.",
        "7. 8.(월) 09:00부터 텔레그램으로 알림을 보낼 수 없고",
        "전화나 쪽지로 알리고",
        "[연결 코드 만들기]",
        "[관리로]",
    )
    administrator.presses("연결 코드 만들기")
    administrator.sees("누구의 연결 코드를 만들까요?")


def test_slack_is_named_where_it_is_slack(town: Town, administrator: Speaker) -> None:
    _blocks_the_bot(town, Phone.of(town.person(OFFICER), Messenger.SLACK, "T1:U1"))
    administrator.sees("슬랙으로 알림을 보낼 수 없고")


def test_nobody_is_troubled_while_the_person_has_another_messenger(
    town: Town, administrator: Speaker
) -> None:
    _blocks_the_bot(town, Phone.of(town.person(OFFICER)), web_too=False)
    administrator.does_not_see("연락이 닿지 않습니다.")


def test_it_does_not_reach_who_lost_the_office_before_it_left(town: Town, administrator: Speaker) -> None:
    phone = Phone.of(town.person(OFFICER))
    with town.nothing_delivered():
        _blocks_the_bot(town, phone)
    with town.database.write() as session:
        office = (
            col(RoleHeld.person_id) == administrator.person_id,
            col(RoleHeld.role) == Role.ADMINISTRATOR,
        )
        session.execute(update(RoleHeld).where(*office).values(role=Role.OFFICER))
    town.deliver()
    administrator.does_not_see("연락이 닿지 않습니다.")


def test_who_can_be_reached_again_is_told_so(town: Town, administrator: Speaker) -> None:
    """A telling that went another way is drawn anew, when things may have changed."""
    phone = Phone.of(town.person(OFFICER))
    administrator.is_shown("admin.unreachable", account=phone.account_id)
    administrator.sees("총무과 김주무 님에게 텔레그램으로 다시 연락이 닿습니다.", "[관리로]")
    administrator.does_not_see("연결 코드 만들기")


def test_the_administrator_finds_on_every_messenger_what_went_wrong(
    town: Town, administrator: Speaker
) -> None:
    officer = town.person(OFFICER)
    phone, slack = Phone.of(officer), Phone.of(officer, Messenger.SLACK, "T1:U1")
    slack.says("메뉴")
    slack.is_read()
    phone.says("메뉴")
    phone.says("내 지표")
    assert len(phone.waiting()) == 3
    phone.unreachable()
    with town.database.write() as session:
        first = select(Outbox.id).where(Outbox.account_id == phone.account_id).limit(1).scalar_subquery()
        dead = {"state": Sending.DEAD, "fault": "Bad Request: chat not found"}
        session.execute(update(Outbox).where(col(Outbox.id) == first).values(**dead))
        for state in (ArrivalState.FAILED, ArrivalState.FAILED, ArrivalState.WAITING):
            session.add(
                Arrival(
                    messenger=Messenger.TELEGRAM, address="4711", payload={}, state=state, ready_at=town.now()
                )
            )
    administrator.says("관리")
    administrator.presses("알림 발송 상태")
    administrator.sees(
        "웹 메신저: 보냄 ",
        "텔레그램: 대기 2건, 실패 1건\n",
        "텔레그램에서 받았으나 처리하지 못한 메시지 2건",
        "슬랙: 보냄 1건, 대기 1건\n",
        "알림이 닿지 않는 계정",
        "김주무 · 텔레그램 · 7. 8.(월) 09:00부터",
        "최근 발송 실패",
        "김주무 · 텔레그램 · 7. 8.(월) 09:00 Bad Request: chat not found",
    )
    administrator.does_not_see("슬랙에서 받았으나")


def test_where_all_is_well_there_is_nothing_but_counts(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("알림 발송 상태")
    administrator.sees("웹 메신저: 보냄 ")
    administrator.does_not_see("알림이 닿지 않는 계정", "최근 발송 실패", "처리하지 못한", "텔레그램", "슬랙")
