"""Claims stay as quick among very many messages as among few: every question goes by an index."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlmodel import col

from bot.delivery import _waiting as web_waiting
from bot.outgoing import waiting
from models.messaging.account import Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from tests.outgoing.office import NOW, TELEGRAM, Office

MANY = 100_000


def fill(office: Office, accounts: list[int], state: Sending, **values: Any) -> None:
    """A hundred thousand rows of one state, on both messengers."""
    with office.database.write() as session:
        [screen] = [session.exec(sa.select(sa.func.min(col(DrawnScreen.id)))).scalar_one()]
        rows = [
            {
                "account_id": accounts[number % len(accounts)],
                "messenger": TELEGRAM if number % 2 else Messenger.WEB,
                "operation": Operation.POST,
                "screen_id": screen,
                "rank": 1,
                "state": state,
                "made_at": NOW,
                "reference": "",
                "claimed_by": "",
                "tries": 0,
                "fault": "",
            }
            | values
            for number in range(MANY)
        ]
        session.connection().execute(sa.insert(Outbox), rows)
    with office.database.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()


@pytest.fixture
def accounts(office: Office) -> list[int]:
    accounts = [office.person(f"{number}") for number in range(50)]
    office.tell(accounts[0], "하나")
    return accounts


STATES = [(Sending.SENT, {}), (Sending.TODO, {}), (Sending.UNKNOWN, {"tries": 15, "not_before": None})]


@pytest.mark.parametrize(("state", "values"), STATES, ids=[state.value for state, _ in STATES])
def test_every_question_goes_by_an_index(
    office: Office, accounts: list[int], state: Sending, values: dict[str, Any]
) -> None:
    fill(office, accounts, state, **values)
    wanted = {"messenger": TELEGRAM, "machine_now": NOW, "looked_at": 200, "most": 200}
    for query in (waiting._todo(), waiting._lost(), web_waiting()):
        needed = {name: value for name, value in wanted.items() if name in str(query)}
        plan = explain(office, query, needed)
        assert "ix_outbox_" in plan, plan
        assert "SCAN outbox\n" not in plan and "Seq Scan on outbox" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan


def explain(office: Office, query: Any, values: dict[str, Any]) -> str:
    told = "EXPLAIN QUERY PLAN" if office.database.is_sqlite else "EXPLAIN"
    with office.database.engine.connect() as connection:
        rows = connection.execute(_Explain(told, query), values).all()
    return "\n".join(str(row[-1]) for row in rows) + "\n"


class _Explain(sa.sql.expression.Executable, sa.sql.expression.ClauseElement):
    inherit_cache = False

    def __init__(self, told: str, query: Any) -> None:
        self.told = told
        self.query = query


@compiles(_Explain)
def _explained(element: _Explain, compiler: Any, **options: Any) -> str:
    return f"{element.told} {compiler.process(element.query, **options)}"
