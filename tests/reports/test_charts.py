"""The picture of an early warning: as large as said, drawn in a font of our own, the same for the same data."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import get_font
from matplotlib.text import Text
from PIL import Image

from reports import charts
from reports.charts import Trend, TrendWords, trend
from reports.charts.trend import HEIGHT, WIDTH, _figure, number

D = Decimal
FONTS = Path(charts.__file__).parent / "fonts"
RATE = Trend(
    title="민원처리율",
    unit="%",
    past=[("2017", D("91.2")), ("2018", D("93.75"))],
    actuals=[("1분기", D("92.1")), ("2분기", D("91.4")), ("3분기", None), ("4분기", None)],
    projected=D("91.75"),
    low=D("90.4"),
    high=D("93.1"),
    target=D(95),
    words=TrendWords("지난 실적", "올해 실적", "연말 예상", "연말", "목표"),
)
LOSS = replace(
    RATE,
    past=[],
    low=None,
    high=None,
    projected=D("-7.55"),
    actuals=[("1분기", D("-3.2")), ("2분기", None)],
    target=D(2),
)
MONTHS = replace(
    RATE,
    title="시민이 체감하는 원스톱 통합민원 처리 서비스의 법정처리기한 준수율 및 단축처리율 (다부서)",
    past=[(str(year), D(year - 700)) for year in range(2014, 2019)],
    actuals=[(f"{month}월", D(90) * month if month < 6 else None) for month in range(1, 13)],
    projected=D(1080),
    low=D(1010),
    high=D(1150),
    target=D(1400),
)
ZEROS = replace(LOSS, projected=D(0), actuals=[("1월", D(0)), ("2월", None)], target=D(0), unit="")


@pytest.mark.parametrize("shown", [RATE, LOSS, MONTHS, ZEROS])
def test_it_is_a_light_png_of_the_size_that_is_said(shown: Trend) -> None:
    with warnings.catch_warnings():
        # A letter that the font does not have is a warning.
        warnings.simplefilter("error")
        made = trend(shown)
    picture = Image.open(BytesIO(made))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(made) < 100_000
    assert "Software" not in picture.info


def test_the_same_data_make_the_same_picture_and_others_another() -> None:
    assert trend(RATE) == trend(RATE)
    assert trend(RATE) != trend(replace(RATE, projected=D("91.7")))


def test_the_title_is_drawn_in_korean() -> None:
    with_title, without = (Image.open(BytesIO(trend(replace(RATE, title=title)))) for title in ("민원", " "))
    top = (0, 0, WIDTH, 60)
    dark = [sum(one < 128 for one in each.convert("L").crop(top).tobytes()) for each in (with_title, without)]
    assert dark[0] > 200 and dark[1] == 0


@pytest.mark.parametrize("name", ["Pretendard-Regular.otf", "Pretendard-SemiBold.otf"])
def test_the_fonts_are_ours_and_have_what_is_written(name: str) -> None:
    font = get_font(FONTS / name)
    assert font.family_name.startswith("Pretendard")
    letters = font.get_charmap()
    assert not [one for one in "가힣처리율연말예상목표0123456789.,−%㎡…~·()" if ord(one) not in letters]
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_no_font_of_the_machine_is_used() -> None:
    figure = _figure(MONTHS)
    FigureCanvasAgg(figure).draw()
    texts = [one for one in figure.findobj(Text) if isinstance(one, Text)]
    written = [one for one in texts if one.get_text() and one.get_visible()]
    assert len(written) > 20
    assert {Path(str(one.get_fontproperties().get_file())).parent for one in written} == {FONTS}


@pytest.mark.parametrize(
    ("value", "said"),
    [("1234.50", "1,234.5"), ("-3.2", "−3.2"), ("0", "0"), ("-0.00001", "0"), ("100", "100")],
)
def test_figures_are_written_with_the_sign_of_arithmetic(value: str, said: str) -> None:
    assert number(D(value)) == said


def test_nobody_loads_the_library_who_draws_nothing() -> None:
    asked = "import sys, handlers.book, scheduler.due; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
