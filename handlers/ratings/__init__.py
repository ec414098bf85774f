"""Ratings in chat: a rater's rounds subject by subject; for the office progress, spread and surveys."""

from handlers.dialogue.book import Data, Dialogue
from handlers.dialogue.errands import Work
from handlers.dialogue.talk import Talk
from handlers.ratings import form, home, recuse, review, rounds, spread, subject, survey, told
from models.organization import Role
from models.words import say


def _is_office(talk: Talk, _data: Data) -> bool:
    """Asked again when a screen leaves for its reader."""
    return talk.standing.has(Role.ADMINISTRATOR)


_WAITING = say("제출하실 평가가 있습니다.")
_READY = say("요청하신 일이 끝났습니다.")

dialogue = Dialogue("ratings")
dialogue.step("home", home.show)
dialogue.step("list", home.show_list)
dialogue.step("subject", subject.show, guard=subject.may_leave)
dialogue.step("form", form.show, form.take, guard=subject.may_leave)
dialogue.step("review", review.show, review.take)
dialogue.step("handed_in", review.show_handed_in)
dialogue.step("recuse", recuse.show, recuse.take, guard=subject.may_leave)
dialogue.step("dealt", told.show_dealt, guard=told.may_leave, ring=_WAITING)
dialogue.step("nudged", told.show_nudged, guard=told.may_leave, ring=_WAITING)
dialogue.step("rounds", rounds.show, guard=_is_office)
dialogue.step("progress", rounds.show_progress, rounds.take_progress, guard=_is_office)
dialogue.step("spread", spread.show, spread.take, guard=_is_office)
dialogue.step("answers", spread.show_answers, guard=_is_office)
dialogue.step("picture_running", spread.show_running, guard=_is_office)
dialogue.step("picture", spread.show_picture, guard=_is_office, ring=_READY)
dialogue.step("survey", survey.show, survey.take, guard=_is_office)
dialogue.step("survey_file", survey.show_file, survey.take_file, guard=_is_office)
dialogue.step("survey_running", survey.show_running, guard=_is_office)
dialogue.step("survey_template", survey.show_template, guard=_is_office, ring=_READY)
dialogue.step("survey_done", survey.show_done, guard=_is_office, ring=_READY)
dialogue.step("survey_rejected", survey.show_rejected, guard=_is_office, ring=_READY)

ERRANDS: dict[str, Work] = {
    "rating_dealt": told.work_dealt,
    "rating_spread": spread.work,
    "survey": survey.work,
    "survey_template": survey.work_template,
}
