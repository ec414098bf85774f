"""The evaluation office's view: every round, how far it has come, who has not handed in, and asking them to hurry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.ratings.words import title_of
from handlers.wording import HOME, counted, deadline
from models.messaging.account import reachable_account
from models.period import administering
from models.rating.progress import GroupProgress, RaterProgress, progress_of
from models.rating.table import GroupKind, Rating
from models.reminding.circle import Circle
from models.reminding.nudging import nudge, nudged_by
from models.reminding.sources import still_to_do
from models.words import Phrase, Refusal, say

_ROUNDS = Button(say("평가 진행 현황"), Go("ratings.rounds"))


def show(talk: Talk, _data: Data) -> Screen:
    """Every round, the newest first."""
    administering(talk.doer)
    rounds = list(talk.session.exec(select(Rating).order_by(col(Rating.opens_at).desc(), col(Rating.id))))
    if not rounds:
        return Notice(
            lines(say("등록된 평가가 없습니다. 성과관리계획의 평가 시트에 적어 주세요.")), buttons=[HOME]
        )
    choices = [
        Choice(
            title_of(talk, one),
            Go("ratings.progress", {"rating": one.id}),
            _when(talk, one),
            _state(talk, one),
        )
        for one in rounds
    ]
    return Menu(lines(Bold(say("평가 진행 현황"))), choices, buttons=[HOME])


def show_progress(talk: Talk, data: Data) -> Screen:
    """Group by group, then who has not handed in."""
    administering(talk.doer)
    rating = talk.session.get_one(Rating, data["rating"])
    groups = progress_of(talk.session, rating)
    told: list[Line] = [Bold(title_of(talk, rating)), _when(talk, rating), *map(_group, groups)]
    missing = _missing(groups)
    if missing and _is_open(talk, rating):
        told.append(say("아직 제출하지 않은 위원은 아래와 같습니다. 선택하면 한 사람씩 독려합니다."))
    nudged = nudged_by(talk.session, talk.person_id, talk.today)
    choices = [
        Choice(
            say("{name}", name=rater.name),
            Press("nudge", {"raters": [rater.person_id]}),
            (_count(rater), " · ", say("{group}", group=group.group.name)),
            Badge(say("오늘 독려함")) if rater.person_id in nudged else None,
        )
        for group, rater in missing
    ]
    return Menu(lines(*told), choices, buttons=_buttons(talk, rating, groups, missing))


def take_progress(talk: Talk, data: Data, answer: Answer) -> Go:
    """Asks raters to hurry, each once a day."""
    administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "nudge":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    rating = talk.session.get_one(Rating, data["rating"])
    if not _is_open(talk, rating):
        raise Refusal("{due}에 마감된 평가입니다.", due=rating.closes_at)
    wanted: Sequence[int] = answer.args["raters"]
    circle = Circle.on(talk.session, talk.today)
    subjects = {one: f"rating:{rating.id}.{one}" for one in wanted}
    duties = still_to_do(talk.session, circle, talk.now, subjects.values())
    done, unreached, before = 0, 0, nudged_by(talk.session, talk.person_id, talk.today)
    for person, subject in subjects.items():
        if subject not in duties or (len(wanted) > 1 and person in before):
            continue
        if not _is_reached(talk, person):
            unreached += 1
            continue
        key = nudge(talk.session, talk.doer, circle, person, [duties[subject]])
        talk.tell(person, Go("ratings.nudged", {"rating": rating.id, "nudge": key}))
        done += 1
    if unreached:
        lost = Refusal(
            "연결된 메신저가 없어 위원 {count}명에게는 보내지 못했습니다. "
            "직접 알려 주시고, 연결 코드를 만들어 드리세요.",
            count=unreached,
        )
        if not done:
            raise lost
        talk.toast(lost.phrase, Tone.WARNING)
    if not done:
        raise Refusal("독려할 위원이 없습니다. 모두 제출했거나 오늘 이미 독려했습니다.")
    talk.toast(say("위원 {count}명에게 제출을 요청했습니다.", count=done))
    return Go("ratings.progress", {"rating": rating.id})


def _is_reached(talk: Talk, person_id: int) -> bool:
    return reachable_account(talk.session, person_id) is not None


def _is_open(talk: Talk, rating: Rating) -> bool:
    return rating.opens_at <= talk.now < rating.closes_at


def _when(talk: Talk, rating: Rating) -> Phrase:
    if talk.now < rating.opens_at:
        return say("{at}에 시작", at=rating.opens_at)
    if talk.now >= rating.closes_at:
        return say("{due}에 마감됨", due=rating.closes_at)
    return deadline(talk, rating.closes_at)


def _state(talk: Talk, rating: Rating) -> Badge:
    groups = progress_of(talk.session, rating)
    papers, submitted = sum(one.papers for one in groups), sum(one.submitted for one in groups)
    if talk.now < rating.opens_at:
        return Badge(say("시작 전"))
    if papers and papers == submitted:
        return Badge(say("완료"), Tone.GOOD)
    tone = Tone.WAITING if talk.now < rating.closes_at else Tone.BAD
    return Badge(say("제출 {submitted}/{papers}", submitted=submitted, papers=papers), tone)


def _group(one: GroupProgress) -> Line:
    """`• 전문가(몫 10) — 제출 70/120 · 회피 2건 · 미제출 위원 5명`."""
    group = one.group
    told = say("• {group}(몫 {share})", group=group.name, share=group.share)
    if group.kind is GroupKind.SURVEY:
        return (told, " — ", say("설문 응답 {count}건", count=one.answers))
    missing, recused = (
        sum(rater.missing > 0 for rater in one.raters),
        sum(rater.recused for rater in one.raters),
    )
    counts = counted(
        (1, say("제출 {submitted}/{papers}", submitted=one.submitted, papers=one.papers)),
        (recused, say("회피 {count}건", count=recused)),
        (missing, say("미제출 위원 {count}명", count=missing)),
    )
    return (told, " — ", counts)


def _missing(groups: Sequence[GroupProgress]) -> list[tuple[GroupProgress, RaterProgress]]:
    found = [(group, rater) for group in groups for rater in group.raters if rater.missing]
    return sorted(found, key=lambda pair: -pair[1].missing)


def _count(rater: RaterProgress) -> Phrase:
    return say("제출 {submitted}/{papers}", submitted=rater.submitted, papers=rater.papers)


def _buttons(
    talk: Talk,
    rating: Rating,
    groups: Sequence[GroupProgress],
    missing: Sequence[tuple[GroupProgress, RaterProgress]],
) -> list[Button]:
    buttons = []
    if missing and _is_open(talk, rating):
        raters = list(dict.fromkeys(rater.person_id for _, rater in missing))
        press = Press("nudge", {"raters": raters})
        sure = say("미제출 위원 {count}명에게 제출을 요청할까요?", count=len(raters))
        buttons.append(Button(say("모두 독려 ({count}명)", count=len(raters)), press, confirm=sure))
    if any(rater.submitted for group in groups for rater in group.raters):
        buttons.append(
            Button(say("위원 간 편차"), Go("ratings.spread", {"rating": rating.id}), Style.PRIMARY)
        )
    for one in groups:
        if one.group.kind is GroupKind.SURVEY:
            to = Go("ratings.survey", {"rating": rating.id, "group": one.group.id})
            buttons.append(Button(say("{group} 결과 올리기", group=one.group.name), to))
    return [*buttons, _ROUNDS, HOME]
