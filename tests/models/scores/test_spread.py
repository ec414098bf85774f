"""Whether a common indicator tells departments apart."""

from decimal import Decimal

from models.organization import DepartmentKind
from models.scores import Spread, Spreads, open_view, score_sheet
from models.scoring import Kind
from tests.kit.city import City, small_city


def spreads_of(city: City) -> list[Spread]:
    with city.database.read() as session:
        spreads = Spreads(session, open_view(session, city.cycle_id, city.periods["H1"]))
        for row in score_sheet(session, city.cycle_id, city.periods["H1"]).rows:
            spreads.see(row)
        return spreads.all()


def test_a_common_indicator_with_the_same_score_everywhere_is_shown_as_such(tmp_path):
    city = small_city(tmp_path)
    for number, value in enumerate((90, 90, 90, 90, 45, None)):
        city.add_department(f"X{number}", f"{number}과", DepartmentKind.DIVISION, "ADM")
        city.add_indicator(f"청렴{number}", "청렴도", f"X{number}", 100, Kind.HIGHER, target=90)
        if value is not None:
            city.report(f"청렴{number}", "H1", value)
    assert spreads_of(city) == [
        Spread("청렴도", departments=6, scored=5, different=2, commonest=Decimal(100), most=4)
    ]
    assert spreads_of(city)[0].share == 80


def test_an_indicator_of_few_departments_is_not_a_common_one(tmp_path):
    city = small_city(tmp_path)
    city.report("G1", "H1", 95)
    assert spreads_of(city) == []
