"""Words of the written review: criteria, verdicts, and how far things are."""

from __future__ import annotations

from functools import reduce

from handlers.dialogue.screens import Badge, FileShown, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line
from handlers.my_indicators.history import past_years
from handlers.wording import is_pressing, target_shown
from models.consultation.programme import Programme
from models.consultation.review import Criterion, Paper, PaperFile, PaperState, TaskState, Verdict
from models.consultation.tasks import OpenedTask
from models.consultation.views import Progress, Words
from models.plan import Indicator, target_of
from models.words import Phrase, say

CRITERIA = {
    Criterion.LINK: say("연계"),
    Criterion.FORMULA: say("산식"),
    Criterion.TARGET: say("목표치 적합성"),
    Criterion.CHALLENGE: say("도전성"),
}
QUESTIONS = {
    Criterion.LINK: say("목표와 지표가 잘 이어지는지 선택해 주세요."),
    Criterion.FORMULA: say("산식이 재려는 것을 바르게 재는지 선택해 주세요."),
    Criterion.TARGET: say("목표치가 과거 실적과 여건에 맞는지 선택해 주세요."),
    Criterion.CHALLENGE: say("목표가 노력해야 이룰 만한 수준인지 선택해 주세요."),
}
VERDICTS = {
    Verdict.GOOD: say("적정"),
    Verdict.MEND: say("보완"),
    Verdict.REPLACE: say("재설정"),
}


def paper_badge(talk: Talk, programme: Programme, paper: Paper | None) -> Badge:
    """Where a department's paper stands; one that came late says so."""
    due = programme.written_due
    if paper is None or paper.state is PaperState.DRAFT:
        if due is not None and due < talk.now:
            return Badge(say("기한 지남"), Tone.BAD)
        tone = Tone.WARNING if due is not None and is_pressing(talk, due) else Tone.NEUTRAL
        return Badge(say("미제출") if paper is None else say("제출 전"), tone)
    if paper.state is PaperState.VIEWED:
        return Badge(say("의견 도착"), Tone.GOOD)
    return (
        Badge(say("늦게 제출됨"), Tone.WARNING)
        if is_late(programme, paper)
        else Badge(say("제출됨"), Tone.WAITING)
    )


def views_badge(talk: Talk, programme: Programme, paper: Paper | None, progress: Progress) -> Badge:
    """The same as the consultant sees it: how many indicators have their view."""
    if paper is None or paper.state is not PaperState.HANDED_IN:
        sent = paper is not None and paper.state is PaperState.VIEWED
        return Badge(say("의견 보냄"), Tone.GOOD) if sent else paper_badge(talk, programme, paper)
    due = programme.views_due
    tone = Tone.WARNING if due is not None and is_pressing(talk, due) else Tone.WAITING
    if progress.complete == 0:
        return Badge(say("제출됨"), tone)
    return Badge(say("의견 {count}/{all}", count=progress.complete, all=progress.all), tone)


def words_badge(words: Words) -> Badge:
    """What was said of an indicator, in a word."""
    if words.is_complete:
        count = len(words.to_mend)
        return (
            Badge(say("고칠 점 {count}건", count=count), Tone.WARNING)
            if count
            else Badge(say("적정"), Tone.GOOD)
        )
    return Badge(say("작성 중"), Tone.WAITING) if words.verdicts or words.text else Badge(say("작성 전"))


def task_badge(talk: Talk, opened: OpenedTask) -> Badge:
    """Where a task stands."""
    task = opened.task
    if task.state is TaskState.DONE:
        return Badge(say("답변함"), Tone.GOOD)
    if task.state is TaskState.DROPPED:
        return Badge(say("필요 없음"))
    if task.due_at is not None and task.due_at < talk.now:
        return Badge(say("기한 지남"), Tone.BAD)
    pressing = task.due_at is not None and is_pressing(talk, task.due_at)
    return Badge(say("답변 전"), Tone.WARNING if pressing else Tone.WAITING)


def is_late(programme: Programme, paper: Paper) -> bool:
    """Whether the paper was handed in after its deadline."""
    due, at = programme.written_due, paper.handed_in_at
    return due is not None and at is not None and due < at


def judged(criterion: Criterion, verdict: Verdict) -> Phrase:
    """`산식 보완`."""
    return say("{criterion} {verdict}", criterion=CRITERIA[criterion], verdict=VERDICTS[verdict])


def verdict_line(words: Words) -> Phrase:
    """`연계 적정 · 산식 보완 · …`, as far as it is judged; an empty phrase where nothing is."""
    said = [judged(one, words.verdicts[one]) for one in Criterion if one in words.verdicts]
    return reduce(_beside, said) if said else Phrase("")


def mend_line(words: Words) -> Phrase:
    """`산식 보완 · 도전성 재설정`: only what is not good."""
    return verdict_line(Words({one: words.verdicts[one] for one in words.to_mend}))


def words_lines(indicator: Indicator, words: Words) -> list[Line]:
    """What was said of an indicator, in full."""
    told: list[Line] = [Bold(say("{indicator}", indicator=indicator.name)), verdict_line(words)]
    return [*told, *([words.text] if words.text else [])]


def plan_lines(talk: Talk, indicator: Indicator) -> list[Line]:
    """What the plan says of an indicator, beside the questions about it."""
    target = target_shown(target_of(talk.session, indicator, None), indicator)
    told: list[Line] = [say("목표 {target} · 가중치 {weight}점", target=target, weight=indicator.weight)]
    if indicator.formula:
        told.append(say("산식: {formula}", formula=indicator.formula))
    return [*told, *past_years(talk.session, indicator)]


def files_shown(files: list[PaperFile]) -> list[FileShown]:
    """A paper's files to take away; who may is asked when one is taken."""
    return [FileShown(file.name, file.size, f"paper:{file.id}") for file in files]


def _beside(before: Phrase, after: Phrase) -> Phrase:
    return say("{before} · {after}", before=before, after=after)
