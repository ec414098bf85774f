"""What the plan's tables hold by themselves, whoever writes to them."""

from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from models.plan import Target
from models.store import Database
from tests.kit.city import small_city


def test_an_indicator_has_one_target_for_the_whole_cycle(any_database: Database, tmp_path) -> None:
    city = small_city(tmp_path, any_database)
    target = {"indicator_id": city.indicators["G1"], "period_id": None, "value": Decimal(90)}
    with pytest.raises(IntegrityError), city.database.write() as session:
        session.add_all([Target(**target), Target(**target)])
