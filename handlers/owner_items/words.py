"""What the screens of an item share: which item it is, what it is called, how its values are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from handlers.dialogue.screens import Go
from handlers.wording import period_in_full
from models.organization import Department, Person
from models.plan import Cycle, Period
from models.scheme.items import Alike, alike
from models.scheme.owning import Item, open_item, subjects_of_item
from models.scheme.table import OwnerValue, Part, Subject
from models.scoring import Kind
from models.scoring.achievement import rounded
from models.words import Phrase, say


def item_of(session: Session, data: Mapping[str, Any]) -> Item:
    """The item that a step's data name."""
    return open_item(session, data["cycle"], data["scheme"], data["part"], data["period"], data.get("owner"))


def place_of(item: Item) -> dict[str, Any]:
    """The item as a step's data name it."""
    place = {
        "cycle": item.scheme.cycle_id, "scheme": item.scheme.code, "part": item.part.code,
        "period": item.period_id,
    }  # fmt: skip
    return place | {"owner": item.owner.id} if item.is_supervisors else place


def go_to(item: Item) -> Go:
    return Go("owner_items.item", place_of(item))


def title_of(session: Session, item: Item) -> Phrase:
    """`2019년 성과관리 상반기 · 조기집행`."""
    return say("{period} · {name}", period=period_of(session, item), name=item.part.name)


def period_of(session: Session, item: Item) -> Phrase:
    if item.period_id is not None:
        return period_in_full(session, session.get_one(Period, item.period_id))
    return say("{cycle} 연간", cycle=session.get_one(Cycle, item.scheme.cycle_id).name)


def rule_of(part: Part) -> Phrase:
    """What may be given."""
    if part.kind is None:
        return say("0점에서 {most}점까지 줍니다.", most=part.points or Decimal(0))
    return say("실적을 적으면 배점방식에 따라 {most}점까지 계산됩니다.", most=part.points or Decimal(0))


def value_shown(part: Part, value: OwnerValue | None) -> Phrase:
    """`8점`, `97.3`, `해당 없음`, or that there is none yet."""
    if value is None:
        return say("아직 없음")
    return number_shown(part, value.value)


def unit_of(part: Part) -> str:
    """What may follow a value: points where the value is points, nothing where a rule takes it."""
    return "점" if part.kind is None else ""


def number_shown(part: Part, value: Decimal | None) -> Phrase:
    if value is None:
        return say("해당 없음")
    if part.kind is None:
        return say("{value}점", value=value)
    if part.kind is Kind.YES_NO:
        return say("달성") if value else say("미달성")
    return say("{value}", value=value)


def warning(part: Part, values: Iterable[Decimal | None]) -> list[Phrase]:
    """That more than half got the same, where they did."""
    commonest = alike(values)
    if commonest is None or not commonest.is_too_alike:
        return []
    return [
        say(
            "⚠ 값을 받은 대상 {among}건 가운데 {count}건({share}%)이 {value:으로/로} 같습니다. "
            "대상을 구별하지 못하는 항목이 되지 않는지 확인해 주세요.",
            among=commonest.among,
            count=commonest.count,
            share=_share(commonest),
            value=number_shown(part, commonest.value),
        )
    ]


def named_subjects(session: Session, item: Item) -> list[tuple[Subject, str]]:
    """The subjects with their names, in the order of the plan."""
    return [(one, _name(session, one)) for one in subjects_of_item(session, item)]


def _name(session: Session, subject: Subject) -> str:
    if subject.person_id is None:
        return session.get_one(Department, subject.department_id).name
    return session.get_one(Person, subject.person_id).name


def _share(commonest: Alike) -> Decimal:
    return rounded(Decimal(commonest.count * 100) / commonest.among, 0)
