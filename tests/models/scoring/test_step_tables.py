from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring import Stage, Step, read_stages, read_steps, write_stages, write_steps
from models.words import Refusal

D = Decimal
figures = st.decimals(-(10**12), 10**12, places=4)


@pytest.mark.parametrize(
    "text",
    [
        "0:100; 1:80; 3:50",
        "0:100;1:80;3:50;",
        " 0 : 100 %\n1:80%;\n3:50 ",
        "０：１００； １：８０； ３：５０",
        "0:100;;1:80;3:50.0",
    ],
)
def test_a_step_table_is_read_however_it_is_spaced(text: str) -> None:
    assert read_steps(text) == (Step(D(0), D(100)), Step(D(1), D(80)), Step(D(3), D(50)))


def test_an_empty_cell_has_no_steps_and_no_stages() -> None:
    assert read_steps(" ") == () and read_stages("") == ()


def test_bounds_may_be_written_as_officials_write_numbers() -> None:
    assert read_steps("△3.5:0; 1,000:50; 3902억:100") == (
        Step(D("-3.5"), D(0)), Step(D(1000), D(50)), Step(D(390200000000), D(100)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["0", "0:", ":100", "0-100", "0:100, 1:80", "0:100:1", "a:100", "0:100; 1:많이", "10²:5", "01:00:00"],
)
def test_a_bad_step_is_refused_with_its_own_words_and_an_example(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_steps(text)
    assert str(refusal.value.phrase.values["part"]) in text
    assert "0:100; 1:80; 3:50" in refusal.value.phrase.text


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-31:30; 2019-12-31:100",
        "2019.3.31.:30%;2019. 12. 31.:100",
        "２０１９-３-31：30；2019-12-31:100",
    ],
)
def test_stages_are_read_with_dates_in_either_style(text: str) -> None:
    assert read_stages(text) == (Stage(date(2019, 3, 31), D(30)), Stage(date(2019, 12, 31), D(100)))


@pytest.mark.parametrize(
    "text",
    ["2019-02-29:30", "2019-13-01:30", "3-31:30", "2019-03-31", "2019-03-31:", "20190331:30", "2019-W13:30"],
)
def test_a_bad_stage_is_refused_with_its_own_words_and_an_example(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_stages("2019-01-31:10; " + text)
    assert refusal.value.phrase.values["part"] == text
    assert "2019-03-31:30; 2019-12-31:100" in refusal.value.phrase.text


def test_a_refusal_repeats_no_more_than_a_glance_of_what_was_pasted() -> None:
    with pytest.raises(Refusal) as refusal:
        read_steps("가" * 10_000)
    assert len(str(refusal.value.phrase.values["part"])) == 40


@given(st.lists(st.builds(Step, figures, figures)))
def test_written_steps_are_read_back(steps: list[Step]) -> None:
    assert read_steps(write_steps(steps)) == tuple(steps)


@given(st.lists(st.builds(Stage, st.dates(date(1000, 1, 1)), figures)))
def test_written_stages_are_read_back(stages: list[Stage]) -> None:
    assert read_stages(write_stages(stages)) == tuple(stages)


@given(st.text(st.sampled_from("0123456789:;.,-△% 년\n２：")))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_steps, read_stages):
        with suppress(Refusal):
            assert isinstance(read(text), tuple)
