"""What a decision that comes too late is told instead of its form."""

from __future__ import annotations

from handlers.dialogue.screens import Button, Go, Notice, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.report_actual.facts import may_see_report
from models.submission import SubmissionFile, must_be_as_seen
from models.words import Refusal, say


def overtaken(talk: Talk, opened: SubmissionFile, revision: int) -> Notice | None:
    """Why there is nothing to decide any more on what was seen at `revision`, with the way on; None where there is."""
    if not may_see_report(talk, {"submission": opened.id}):
        raise Refusal("이 보고를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    try:
        must_be_as_seen(talk.session, talk.doer, opened, revision)
    except Refusal as refusal:
        see = Button(say("보고 보기"), Go("review.card", {"submission": opened.id}), Style.PRIMARY)
        queue = Button(say("대기함으로"), Go("review.queue"))
        return Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=[see, queue])
    return None
