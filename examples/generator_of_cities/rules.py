"""The cells of 지표 in which a scoring kind has what it needs beside its target."""

from __future__ import annotations

from generator_of_cities.files import Row


def rule_cells(kind: str, rule: str) -> Row:
    """The cells that a scoring kind needs beside its target."""
    match kind:
        case "기준대비":
            return {"기준값": rule}
        case "목표부여":
            return dict(zip(("하한값", "상한값"), rule.split("~"), strict=True))
        case "목표범위":
            ends, loss = rule.split("; ")
            return {**dict(zip(("하한값", "상한값"), ends.split("~"), strict=True)), "감점률": loss}
        case _:
            return {"단계표": rule}
