"""What those who lead are shown: which reports are missing, whose they are, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from models.organization import Department
from models.plan import Indicator, Period
from models.planning.holding import holders
from models.reminding.duty import Duty
from models.scores.weights import weights_in
from models.submission.table import Submission


@dataclass(frozen=True)
class Missing:
    """A report that was not handed in, or was returned and not handed in again."""

    duty: Duty
    indicator: Indicator
    department: Department
    period: Period
    is_returned: bool
    weight: Decimal
    """In points of the department's 100; 0 of an indicator that is not scored."""

    @property
    def officer_id(self) -> int | None:
        """Who answers for it; None where the plan names nobody."""
        return self.indicator.officer_id or self.indicator.deputy_officer_id

    def is_late(self, now: datetime) -> bool:
        return self.duty.due_at < now


def missing_reports(session: Session, duties: Sequence[Duty]) -> list[Missing]:
    """The reports these duties are about, in their order; duties of other topics are left out."""
    about = _about(session, duties)
    indicators = {
        indicator.id or 0: (indicator, department)
        for indicator, department in session.exec(
            select(Indicator, Department)
            .join(Department, col(Department.id) == col(Indicator.department_id))
            .where(col(Indicator.id).in_({indicator for _, indicator, _ in about}))
        )
    }
    periods = {
        period.id: period
        for period in session.exec(
            select(Period).where(col(Period.id).in_({period for _, _, period in about}))
        )
    }
    weights = {
        key: weights_in(session, period, holders(session, indicators.keys(), period.ends_on))
        for key, period in periods.items()
    }
    return [
        Missing(
            duty,
            *indicators[indicator],
            periods[period],
            duty.topic == "return",
            weights[period].get(indicator, Decimal(0)),
        )
        for duty, indicator, period in about
    ]


def points_at_stake(missing: Iterable[Missing]) -> Decimal:
    """The weight that is not earned as long as none of these has an approved actual."""
    return sum((one.weight for one in missing), Decimal(0))


def _about(session: Session, duties: Sequence[Duty]) -> list[tuple[Duty, int, int]]:
    """Each duty with the indicator and the period it is about."""
    returned = {duty.key[0] for duty in duties if duty.topic == "return"}
    rows = session.exec(select(Submission).where(col(Submission.id).in_(returned))) if returned else ()
    keys = {row.id: (row.indicator_id, row.period_id) for row in rows}
    found: list[tuple[Duty, int, int]] = []
    for duty in duties:
        if duty.topic == "report":
            found.append((duty, duty.key[0], duty.key[1]))
        elif duty.topic == "return":
            found.append((duty, *keys[duty.key[0]]))
    return found
