"""The tree of departments: every loop is found, and only loops."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.plan.tree import loops, paths

CODES = "ABCDEFG"
graphs = st.dictionaries(st.sampled_from(CODES), st.sampled_from([*CODES, ""]))


def on_a_loop(code: str, parents: dict[str, str]) -> bool:
    above = parents[code]
    for _ in CODES:
        if above == code:
            return True
        above = parents.get(above, "")
    return False


@given(graphs)
def test_every_department_on_a_loop_is_named_once_and_no_other(parents: dict[str, str]) -> None:
    named = [code for ring in loops(parents) for code in ring]
    assert sorted(named) == sorted(code for code in parents if on_a_loop(code, parents))


@given(graphs)
def test_a_path_leads_from_the_root_through_every_department_above(parents: dict[str, str]) -> None:
    if loops(parents):
        return
    found = paths(parents)
    for code, above in parents.items():
        assert found[code] == (found[above] if above in parents else "/") + code + "/"
