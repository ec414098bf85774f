"""Scores of many indicators from the database to points, against a bare loop and against pandas.

    python -m benchmarks.scores [indicators] [departments]

All three read the same SQLite file and end with the points of every department. Ours does it as the workbook does:
plan, targets, reports, decisions and who made them, exact decimals, weights shared out. The bare loop is sqlite3 with
the same formulas in Decimal; pandas has them in floats, a column at a time. Seconds of the processor, each in a process
of its own; then how long the explanation of one indicator takes.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import tempfile
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from time import process_time
from typing import Any

from sqlmodel import Session, select

from benchmarks.export import fill
from models.explaining import Known, Place, explained_at
from models.plan import Indicator
from models.scores import department_scores, open_view
from models.store import Database

_QUERY = """
SELECT i.department_id, i.kind, i.weight, i.baseline, i.low, i.high, i.loss_per_unit, i.steps, t.value, s.recognised
FROM indicator i JOIN target t ON t.indicator_id = i.id AND t.period_id IS NULL
JOIN submission s ON s.indicator_id = i.id AND s.state = 'approved'
"""
_SCALE = 10_000
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")

Totals = dict[int, float]


def ours(path: Path) -> Totals:
    """Department by department, as the export does it."""
    database = Database(f"sqlite:///{path}")
    with database.read() as session:
        found = department_scores(session, open_view(session, 1, 1))
        return {one.total.department.id: float(one.total.points) for one in found}


def bare(path: Path) -> Totals:
    """The formulas of this benchmark's kinds in one loop of Decimals."""
    totals: defaultdict[int, Decimal] = defaultdict(Decimal)
    for department, kind, weight, *numbers in sqlite3.connect(path).execute(_QUERY):
        *rule, steps, target, actual = numbers
        values = [None if one is None else Decimal(one) / _SCALE for one in (*rule, target, actual)]
        percent = _percent(kind, steps, *values)
        percent = min(max(percent, Decimal(0)), Decimal(100)).quantize(_TENTH, ROUND_HALF_UP)
        points = (Decimal(weight) / _SCALE * percent / 100).quantize(_HUNDREDTH, ROUND_HALF_UP)
        totals[department] += points
    return {key: float(total) for key, total in totals.items()}


def _percent(
    kind: str, steps: str, base: Any, low: Any, high: Any, loss: Any, target: Any, actual: Any
) -> Any:
    match kind:
        case "higher":
            return actual * 100 / target
        case "lower_ratio":
            return target * 100 / actual
        case "lower_mirror":
            return (2 - actual / target) * 100
        case "from_baseline":
            return (actual - base) / (target - base) * 100
        case "range":
            return 100 - max(low - actual, actual - high, Decimal(0)) * loss
        case "graded_target":
            return 20 + 80 * min(max((actual - low) / (high - low), Decimal(0)), Decimal(1))
        case "milestone":
            return actual / 30 * 100
    table = [
        (Decimal(bound), Decimal(share)) for bound, share in (one.split(":") for one in steps.split("; "))
    ]
    return next((share for bound, share in reversed(table) if actual >= bound), Decimal(0))


def with_pandas(path: Path) -> Totals:
    """The same formulas in floats, a kind at a time."""
    import pandas

    frame = pandas.read_sql(_QUERY, sqlite3.connect(path))
    numbers = ["weight", "baseline", "low", "high", "loss_per_unit", "value", "recognised"]
    frame[numbers] = frame[numbers] / _SCALE
    percent = pandas.Series(0.0, index=frame.index)
    for kind, own in frame.groupby("kind"):
        percent[own.index] = _percents(str(kind), own)
    percent = percent.clip(0, 100).round(1)
    frame["points"] = (frame["weight"] * percent / 100).round(2)
    return {int(key): float(total) for key, total in frame.groupby("department_id")["points"].sum().items()}


def _percents(kind: str, own: Any) -> Any:
    import pandas

    actual, target, low, high = own["recognised"], own["value"], own["low"], own["high"]
    match kind:
        case "higher":
            return actual * 100 / target
        case "lower_ratio":
            return target * 100 / actual
        case "lower_mirror":
            return (2 - actual / target) * 100
        case "from_baseline":
            return (actual - own["baseline"]) / (target - own["baseline"]) * 100
        case "range":
            return 100 - (low - actual).combine(actual - high, max).clip(0) * own["loss_per_unit"]
        case "graded_target":
            return 20 + 80 * ((actual - low) / (high - low)).clip(0, 1)
        case "milestone":
            return actual / 30 * 100
    table = [tuple(map(float, one.split(":"))) for one in own["steps"].iloc[0].split("; ")]
    bins = [bound for bound, _ in table]
    shares = [0.0, *(share for _, share in table)]
    places = pandas.Series(pandas.Index(bins).searchsorted(actual, side="right"), index=own.index)
    return places.map(dict(enumerate(shares)))


def explained(path: Path, times: int = 20) -> float:
    """Milliseconds for the explanation of one indicator."""
    database = Database(f"sqlite:///{path}")
    with database.read() as session:
        keys = session.exec(select(Indicator.id).limit(times)).all()
        before = process_time()
        for key in keys:
            _explain(session, key or 0)
        return (process_time() - before) / len(keys) * 1000


def _explain(session: Session, key: int) -> None:
    explained_at(Known(session), Place(1, 1, indicator_id=key))


def _timed(work: Any, path: Path, sent: Any) -> None:
    before = process_time()
    totals = work(path)
    sent.send((process_time() - before, totals))


def apart(work: Any, path: Path) -> tuple[float, Totals]:
    """The work's seconds of the processor and what it found, in a process of its own."""
    received, sent = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_timed, args=(work, path, sent))
    process.start()
    result: tuple[float, Totals] = received.recv()
    process.join()
    return result


def main(indicators: int = 100_000, departments: int = 1_000) -> None:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "city.sqlite"
        fill(path, indicators, departments)
        mine, exact = apart(ours, path)
        loop, same = apart(bare, path)
        assert exact == same, "the bare loop reckons otherwise"
        print(f"scores of {indicators:,} indicators, seconds of the processor")
        print(f"  ours, with everything a row of the sheet has   {mine:6.2f}")
        print(f"  bare loop of Decimals                          {loop:6.2f}   ours {mine / loop:.1f} times")
        try:
            frames, close = apart(with_pandas, path)
        except EOFError:
            print("  pandas is not installed: uv sync --group bench")
        else:
            off = max(abs(exact[key] - close[key]) for key in exact)
            print(
                f"  pandas, floats                                 {frames:6.2f}   ours {mine / frames:.1f} times"
            )
            print(f"  pandas is off by up to {off:.2f} points a department")
        print(f"explanation of one indicator: {explained(path):.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
