"""What an officer does with a report: begin, save, submit, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from models.asking import is_asked
from models.audit import record
from models.doer import Doer
from models.evidence.table import EvidenceFile, Parcel, evidence_of
from models.organization import Department
from models.plan import Cycle, Indicator, Period, periods_of
from models.planning.holding import is_in_force
from models.rights import Holding, may_report
from models.scoring import check_actual
from models.store import insert_if_absent
from models.submission.change import change_state, plain
from models.submission.file import SubmissionFile, keep_open, must_be_open, open_file, open_to_change
from models.submission.table import UNDECIDED, WRITABLE, State, Submission, SubmissionVersion
from models.words import Refusal


@dataclass(frozen=True)
class Entry:
    """What an officer enters: the actual, or that it does not apply, with a note and the evidence.

    `kept` are files already with the report, `added` are new ones; what is in neither is taken out.
    """

    value: Decimal | None
    not_applicable: bool = False
    note: str = ""
    kept: Sequence[int] = ()
    added: Sequence[Parcel] = ()


def find(session: Session, indicator_id: int, period_id: int) -> int | None:
    """The submission of an indicator for a period, if one was begun."""
    return session.exec(
        select(Submission.id).where(
            Submission.indicator_id == indicator_id, Submission.period_id == period_id
        )
    ).one_or_none()


def save(session: Session, doer: Doer, indicator_id: int, period_id: int, entry: Entry) -> SubmissionFile:
    """Writes the draft of a report, beginning it if need be; a returned report gets a new version."""
    keep_open(session, period_id)
    holding = _right_to_report(session, doer, indicator_id, period_id)
    opened = _begun(session, doer, indicator_id, period_id)
    _must_be_writable(opened)
    if opened.version.submitted_at is not None:
        opened = _next_version(session, doer, opened)
    if entry.value is not None:
        check_actual(opened.indicator.kind, entry.value)
    change_state(session, opened, WRITABLE, State.DRAFT, opened.submission.revision)
    version = opened.version
    version.value, version.not_applicable, version.note = entry.value, entry.not_applicable, entry.note
    version.saved_at, version.saved_by_id = doer.now, doer.person_id
    session.add(version)
    _set_evidence(session, doer, version, entry)
    _record(session, doer, holding, "report.save", opened, version=version.number, value=plain(entry.value))
    session.flush()
    return open_file(session, opened.id)


def submit(session: Session, doer: Doer, submission_id: int, revision: int) -> SubmissionFile:
    """Hands the draft in. `revision` is the one that was shown: if it changed since, it is refused."""
    opened = open_to_change(session, submission_id)
    holding = _right_to_report(session, doer, opened.submission.indicator_id, opened.submission.period_id)
    _must_be_writable(opened)
    missing_parts(session, opened)
    change_state(session, opened, (State.DRAFT,), State.SUBMITTED, revision, submitted_at=doer.now)
    version = opened.version
    version.submitted_at, version.submitted_by_id = doer.now, doer.person_id
    version.submitted_for_id = holding.acting_for_id
    session.add(version)
    _record(
        session, doer, holding, "report.submit", opened, version=version.number, value=plain(version.value)
    )
    session.flush()
    return open_file(session, submission_id)


def withdraw(session: Session, doer: Doer, submission_id: int, revision: int) -> SubmissionFile:
    """Takes an undecided report back, so that it can be written anew."""
    opened = open_to_change(session, submission_id)
    holding = _right_to_report(session, doer, opened.submission.indicator_id, opened.submission.period_id)
    change_state(session, opened, UNDECIDED, State.WITHDRAWN, revision, submitted_at=None)
    _record(session, doer, holding, "report.withdraw", opened, version=opened.version.number)
    session.flush()
    return open_file(session, submission_id)


def missing_parts(session: Session, opened: SubmissionFile) -> None:
    """Refuses a report that is not complete, saying what to add."""
    version = opened.version
    if version.value is None and not version.not_applicable:
        raise Refusal(
            "실적 값이 비어 있습니다. 실적을 입력하거나 '해당 없음'을 선택하고 설명에 사유를 적어 주세요."
        )
    if version.not_applicable and not version.note.strip():
        raise Refusal("'해당 없음'으로 제출하려면 그 사유를 '설명'에 적어 주세요.")
    required = opened.indicator.evidence_required and not version.not_applicable
    if required and not evidence_of(session, opened.version_id):
        raise Refusal("증빙자료가 없습니다. 증빙 파일을 한 개 이상 첨부해 주세요.")


def must_be_in_force(session: Session, indicator: Indicator) -> None:
    """Refuses to report what nobody has confirmed yet."""
    asks = session.get_one(Cycle, indicator.cycle_id).asks_plan_confirmation
    if asks and not is_in_force(session, indicator.id or 0):
        raise Refusal(
            "{indicator:은/는} 성과계획이 아직 확정되지 않아 보고할 수 없습니다. "
            "계획이 확정되면 보고할 수 있습니다. '계획'을 입력해 진행 상황을 확인해 주세요.",
            indicator=indicator.name,
        )


def must_be_asked(session: Session, indicator: Indicator, period: Period) -> None:
    """Refuses to report for a period in which the indicator is not reported, naming those in which it is."""
    if is_asked(indicator.report_periods, period.code):
        return
    periods = periods_of(session, indicator.cycle_id)
    names = [one.name for one in periods if is_asked(indicator.report_periods, one.code)]
    raise Refusal(
        "{indicator:은/는} {period}에 보고하지 않는 지표입니다. 보고하는 기간: {periods}",
        indicator=indicator.name,
        period=period.name,
        periods=", ".join(names),
    )


def _right_to_report(session: Session, doer: Doer, indicator_id: int, period_id: int) -> Holding:
    found = session.exec(
        select(Indicator, Department, Period)
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .join(Period, col(Period.cycle_id) == col(Indicator.cycle_id))
        .where(Indicator.id == indicator_id, Period.id == period_id)
    ).one_or_none()
    if found is None:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    indicator, department, period = found
    holding = may_report(doer.standing, indicator, department.path)
    if holding is None:
        raise Refusal("{indicator:은/는} 담당자만 보고할 수 있습니다.", indicator=indicator.name)
    must_be_open(period)
    must_be_in_force(session, indicator)
    must_be_asked(session, indicator, period)
    if period.starts_on > doer.today:
        raise Refusal(
            "{period} 실적은 {day}부터 보고할 수 있습니다.", period=period.name, day=period.starts_on
        )
    return holding


def _begun(session: Session, doer: Doer, indicator_id: int, period_id: int) -> SubmissionFile:
    """The report, begun if nobody has yet; of two who begin at once the second goes on with the first's."""
    here = {"indicator_id": indicator_id, "period_id": period_id, "state": State.DRAFT}
    fresh = insert_if_absent(
        session, Submission, **here, revision=0, version_number=1, recognised_not_applicable=False
    )
    if fresh is not None:
        session.add(
            SubmissionVersion(submission_id=fresh, number=1, saved_at=doer.now, saved_by_id=doer.person_id)
        )
        session.flush()
    submission_id = fresh if fresh is not None else find(session, indicator_id, period_id)
    assert submission_id is not None
    return open_to_change(session, submission_id)


def _next_version(session: Session, doer: Doer, opened: SubmissionFile) -> SubmissionFile:
    last = opened.version
    version = SubmissionVersion(
        submission_id=opened.id,
        number=last.number + 1,
        value=last.value,
        not_applicable=last.not_applicable,
        note=last.note,
        saved_at=doer.now,
        saved_by_id=doer.person_id,
    )
    session.add(version)
    opened.submission.version_number = version.number
    session.add(opened.submission)
    session.flush()
    return open_file(session, opened.id)


def _must_be_writable(opened: SubmissionFile) -> None:
    if opened.submission.state in UNDECIDED:
        raise Refusal("이미 제출되어 검토 중입니다. 고치려면 먼저 제출을 회수해 주세요.")
    if opened.submission.state is State.APPROVED:
        raise Refusal("이미 승인된 실적입니다. 변경이 필요하면 평가자에게 문의해 주세요.")


def _set_evidence(session: Session, doer: Doer, version: SubmissionVersion, entry: Entry) -> None:
    assert version.id is not None
    versions = select(SubmissionVersion.id).where(SubmissionVersion.submission_id == version.submission_id)
    before = session.exec(select(EvidenceFile).where(col(EvidenceFile.version_id).in_(versions))).all()
    for file in before:
        if file.version_id == version.id and file.id not in entry.kept:
            session.delete(file)
    here = {file.sha256 for file in before if file.version_id == version.id and file.id in entry.kept}
    for file in before:
        if file.version_id != version.id and file.id in entry.kept and file.sha256 not in here:
            here.add(file.sha256)
            kept = file.model_dump(exclude={"id", "version_id"})
            session.add(EvidenceFile(version_id=version.id, **kept))
    for parcel in entry.added:
        if parcel.sha256 not in here:
            here.add(parcel.sha256)
            session.add(_evidence(doer, version.id, parcel))


def _evidence(doer: Doer, version_id: int, parcel: Parcel) -> EvidenceFile:
    return EvidenceFile(
        version_id=version_id,
        sha256=parcel.sha256,
        name=parcel.name,
        size=parcel.size,
        uploaded_by_id=doer.person_id,
        uploaded_at=doer.now,
    )


def _record(
    session: Session,
    doer: Doer,
    holding: Holding,
    action: str,
    opened: SubmissionFile,
    **detail: str | int | None,
) -> None:
    record(session, doer.now, doer.actor(holding), action, opened.subject, **detail)
