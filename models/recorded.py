"""What the audit says was done, held against the tables that keep it: who changes a value past the bot leaves its
row in the audit as it was.

Held against it are reports with their decisions, values of owner departments, papers of raters, bonuses and
deductions, appeals, the state of plans and periods, kept scores, and what was announced; and against their last
version, indicators with their targets; schemes and the forms and groups of ratings. Answers of surveys and attendance
are not: the audit says of them who brought which file, or that something was changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import plan_records
from models.appeal.table import Appeal, AppealState
from models.audit import AuditRow
from models.consultation.deduction import Deduction, DeductionState
from models.plan import Period, PeriodState
from models.planning.file import subject_of
from models.planning.table import DepartmentPlan, PlanState
from models.planning.versions import unlike_versions
from models.rating.said import ratings_now
from models.rating.table import Entry, Paper, PaperState
from models.scheme.announced import announced, fingerprint
from models.scheme.said import schemes_now
from models.scheme.table import Adjustment, AdjustmentState, Announcement, OwnerValue, Subject
from models.scores.kept import hash_of_kept, of_cycle, of_period
from models.submission.table import Decision, State, Submission, SubmissionVersion

Said = dict[str, tuple[int, str]]
"""By what it is about: the row of the audit that said it last, and what it said."""
Kept = Iterator[tuple[str, str]]
_AT_ONCE = 1000
_REPORTED = {
    "save": State.DRAFT, "submit": State.SUBMITTED, "withdraw": State.WITHDRAWN, "confirm": State.CONFIRMED,
    "approve": State.APPROVED, "amend": State.APPROVED, "return": State.RETURNED,
}  # fmt: skip
_DEDUCTED = {
    "propose": DeductionState.PROPOSED, "drop": DeductionState.DROPPED, "object": DeductionState.OBJECTED,
}  # fmt: skip
_APPEALED = {
    "file": AppealState.FILED, "withdraw": AppealState.WITHDRAWN, "accept": AppealState.ACCEPTED,
    "dismiss": AppealState.DISMISSED,
}  # fmt: skip


def differences(session: Session) -> list[str]:
    """Everything that the tables keep otherwise than the audit says, in words for the administrator's console."""
    said = _said(session)
    faults, seen = [], set()
    for about, kept in _kept(session, said):
        seen.add(about)
        row, wanted = said.get(about, (0, ""))
        if not row:
            faults.append(f"{about} is {kept}, of which the audit knows nothing")
        elif kept != wanted:
            faults.append(f"{about} is {kept}, but row {row} of the audit says {wanted}")
    gone = (one for one in said.items() if one[0] not in seen)
    faults += [f"{about} is gone: row {row} of the audit says {wanted}" for about, (row, wanted) in gone]
    return faults + [
        f"indicator:{key} is not as version {number} of it says: {', '.join(names)}"
        for key, number, names in unlike_versions(session)
    ]


def _said(session: Session) -> Said:
    said: Said = {}
    counts: Counter[str] = Counter()
    for number, action, subject, detail in _rows(session):
        verb = action.partition(".")[2]
        for about, value in _TELL[action](verb, subject, detail, counts):
            if value is None:
                said.pop(about, None)
            else:
                said[about] = (number, value)
    return said


def _rows(session: Session) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """The rows of the audit that say something which is kept elsewhere, in order."""
    columns = (col(AuditRow.id), col(AuditRow.action), col(AuditRow.subject), col(AuditRow.detail))
    query = sa.select(*columns).where(col(AuditRow.action).in_(_TELL)).order_by(col(AuditRow.id))
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield row[0], row[1], row[2], row[3] or {}


Telling = Iterator[tuple[str, str | None]]
Detail = dict[str, Any]


def _report(verb: str, subject: str, detail: Detail, counts: Counter[str]) -> Telling:
    state = _REPORTED[verb]
    if verb == "submit":
        yield f"{subject}, version {detail['version']}", _number(detail.get("value"))
    if verb in ("confirm", "approve", "amend", "return"):
        counts[subject] += 1
        kind = "approve" if verb == "amend" else verb
        yield f"{subject}, decision {counts[subject]}", _decision(kind, detail.get("recognised"))
    recognised = detail.get("recognised") if state is State.APPROVED else None
    yield subject, _decision(state.value, recognised)


def _owner(_verb: str, subject: str, detail: Detail, counts: Counter[str]) -> Telling:
    about = f"{subject} of {detail['code']}"
    counts[about] += 1
    yield f"{about}, value {counts[about]}", _number(detail.get("value"))


def _rating(verb: str, subject: str, detail: Detail, counts: Counter[str]) -> Telling:
    """What was handed in, and that it does not count any more; of a paper never handed in nothing counts anyway."""
    if verb == "submit":
        counts[subject] += 1
        yield f"{subject}, entry {detail['number']}", str(detail["answers"])
    elif counts[subject]:
        yield subject, PaperState.RECUSED.value


def _points(verb: str, subject: str, detail: Detail, counts: Counter[str]) -> Telling:
    """A bonus or a deduction: its state and its points; and of a bonus, whose it is."""
    kind = subject.partition(":")[0]
    yield subject, _DEDUCTED.get(verb, verb)
    if "points" in detail:
        yield f"{subject}, points", _number(detail["points"])
    if (kind, verb) == ("adjustment", "propose"):
        yield f"{subject}, for", f"{detail['code']} {detail['part']}"


def _appeal(verb: str, subject: str, detail: Detail, _counts: Counter[str]) -> Telling:
    recognised = detail.get("recognised") if verb == "accept" else None
    yield subject, _decision(_APPEALED[verb].value, recognised)


def _plan(verb: str, subject: str, _detail: Detail, _counts: Counter[str]) -> Telling:
    yield subject, verb


def _period(verb: str, subject: str, detail: Detail, _counts: Counter[str]) -> Telling:
    if verb == "close":
        yield subject, PeriodState.CLOSED.value
        return
    # What was kept of the period and of its cycle moves again.
    yield subject, None
    yield of_period(int(subject.removeprefix("period:"))), None
    yield of_cycle(detail.get("cycle") or 0), None


def _hash(_verb: str, subject: str, detail: Detail, _counts: Counter[str]) -> Telling:
    yield subject, detail["sha256"]


_TELL: dict[str, Callable[[str, str, Detail, Counter[str]], Telling]] = {
    f"{kind}.{verb}": tell
    for kind, tell, verbs in (
        ("report", _report, [*_REPORTED]),
        ("owner", _owner, ["give"]),
        ("rating", _rating, ["submit", "recuse"]),
        ("adjustment", _points, ["propose", *AdjustmentState]),
        ("deduction", _points, [*_DEDUCTED, *DeductionState]),
        ("appeal", _appeal, [*_APPEALED]),
        ("plan", _plan, [*PlanState]),
        ("plan", _hash, ["keep"]),
        ("period", _period, ["close", "reopen"]),
        ("scores", _hash, ["keep"]),
        ("result", _hash, ["announce"]),
    )
    for verb in verbs
}
"""What a row says, by its action."""


def _kept(session: Session, said: Said) -> Kept:
    """The same as the tables keep it."""
    for read in _READERS:
        try:
            yield from read(session)
        except (LookupError, ValueError, TypeError, ArithmeticError):
            # Past the bot anything can be written, in SQLite of any kind.
            yield f"a row of {read.__name__.strip('_')}", "not readable"
    # Of scores that were kept before this was noted nothing is known.
    for about in [one for one in said if one.startswith("scores:")]:
        yield about, hash_of_kept(session, about)


def _submissions(session: Session) -> Kept:
    one, version = Submission, SubmissionVersion
    columns = (col(one.id), col(one.state), col(one.recognised), col(one.recognised_not_applicable))
    for key, state, recognised, left_out in session.execute(sa.select(*columns)):
        counts = recognised if state is State.APPROVED and not left_out else None
        yield f"submission:{key}", _decision(state.value, counts)
    reported = (
        col(version.submission_id), col(version.number), col(version.value), col(version.not_applicable),
    )  # fmt: skip
    handed_in = sa.select(*reported).where(col(version.submitted_at).is_not(None))
    for key, number, value, left_out in session.execute(handed_in):
        yield f"submission:{key}, version {number}", _number(None if left_out else value)


def _decisions(session: Session) -> Kept:
    counts: Counter[int] = Counter()
    query = sa.select(col(Decision.submission_id), col(Decision.kind), col(Decision.recognised))
    for key, kind, recognised in session.execute(query.order_by(col(Decision.id))):
        counts[key] += 1
        yield f"submission:{key}, decision {counts[key]}", _decision(kind.value, recognised)


def _owner_values(session: Session) -> Kept:
    counts: Counter[str] = Counter()
    query = select(OwnerValue, Subject).join(Subject, col(Subject.id) == col(OwnerValue.subject_id))
    for one, subject in session.exec(query.order_by(col(OwnerValue.id))):
        item = f"item:{subject.cycle_id}.{subject.scheme}.{one.part}.{one.period_id or 'year'}"
        about = f"{item} of {subject.code}"
        counts[about] += 1
        yield f"{about}, value {counts[about]}", _number(None if one.not_applicable else one.value)


def _papers(session: Session) -> Kept:
    """What raters handed in, and what they stepped back from; a survey's answers came in one file."""
    query = select(Entry.paper_id, Entry.number, Entry.answers)
    for key, number, answers in session.exec(query.where(col(Entry.submitted_by_id).is_not(None))):
        yield (
            f"rating_paper:{key}, entry {number}",
            json.dumps(answers, ensure_ascii=False, sort_keys=True),
        )
    handed_in = sa.exists().where(col(Entry.paper_id) == col(Paper.id))
    for recused in session.exec(select(Paper.id).where(Paper.state == PaperState.RECUSED, handed_in)):
        yield f"rating_paper:{recused}", PaperState.RECUSED.value


def _adjustments(session: Session) -> Kept:
    query = select(Adjustment, Subject.code).join(Subject, col(Subject.id) == col(Adjustment.subject_id))
    for one, code in session.exec(query):
        about = f"adjustment:{one.id}"
        yield about, one.state.value
        yield f"{about}, points", _number(one.points)
        yield f"{about}, for", f"{code} {one.part}"


def _deductions(session: Session) -> Kept:
    for one in session.exec(select(Deduction)):
        yield f"deduction:{one.id}", one.state.value
        yield f"deduction:{one.id}, points", _number(one.points)


def _appeals(session: Session) -> Kept:
    for one in session.exec(select(Appeal)):
        recognised = one.recognised if one.state is AppealState.ACCEPTED else None
        yield f"appeal:{one.id}", _decision(one.state.value, recognised)


def _states(session: Session) -> Kept:
    for one in session.exec(select(DepartmentPlan)):
        yield subject_of(one.cycle_id, one.department_id), one.state.value
    for key in session.exec(select(Period.id).where(Period.state == PeriodState.CLOSED)):
        yield f"period:{key}", PeriodState.CLOSED.value


def _announcements(session: Session) -> Kept:
    for one in session.exec(select(Announcement)):
        yield f"announcement:{one.id}", fingerprint(announced(one))


def _rules(session: Session) -> Kept:
    """Schemes and ratings as the plan says them."""
    for now in (schemes_now, ratings_now):
        for cycle_id, subject, said in now(session):
            yield plan_records.named(cycle_id, subject), plan_records.fingerprint(said)


_READERS = (
    _submissions, _decisions, _owner_values, _papers, _adjustments, _deductions, _appeals, _states, _announcements,
    _rules,
)  # fmt: skip


def _decision(what: str, recognised: Any) -> str:
    return what if recognised is None else f"{what} {_number(recognised)}"


def _number(value: Any) -> str:
    """Digits without trailing zeros; `none` for what does not apply."""
    if value is None:
        return "none"
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return str(value)
