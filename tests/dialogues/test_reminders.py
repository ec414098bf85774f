"""Reminders: what people are told by the clock, and what they are not told once it is done."""

from __future__ import annotations

from tests.dialogues.story import fills_in
from tests.kit.conversation import Speaker, Town


def test_an_officer_gets_one_digest_of_everything_that_is_due(town: Town, officer: Speaker) -> None:
    town.time_goes_on(minutes=1)

    officer.sees("챙기실 일이 3건 있습니다.", "민원처리율", "민원 처리기간", "종이 없는 보고")


def test_what_was_done_meanwhile_is_not_told(town: Town, officer: Speaker) -> None:
    submit = fills_in(officer)
    with town.nothing_delivered():
        town.time_goes_on(minutes=1)
        officer.presses_again(submit)
    town.deliver()

    officer.sees("챙기실 일이 2건 있습니다.")
    officer.does_not_see("• 민원처리율")


def test_the_same_is_not_told_twice(town: Town, officer: Speaker) -> None:
    town.time_goes_on(minutes=1)
    before = len(officer.screens())

    town.time_goes_on(minutes=10)

    assert len(officer.screens()) == before
