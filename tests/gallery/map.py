"""Draws which screen leads to which: a column for each press away from the first, a row for each screen.

Ways onward are arrows. Ways back to a screen further left, and what leaves a screen where it is, are told below the
screen in words: drawn as arrows they would hide the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from bot.telegram.keyboard import cut, width

_NODE, _GAP, _HEAD = 176, 164, 40
"""Widths of a screen and of the room between two columns, and the height of a screen, in units of the drawing."""
_LINE, _SPACE = 13, 16
_LABEL, _NOTE = 25, 33
"""How much a line holds, in half-width signs: of a label, and of a note below a screen."""


@dataclass(frozen=True)
class Node:
    name: str
    title: str
    href: str


@dataclass(frozen=True)
class Arrow:
    origin: str
    target: str
    labels: tuple[str, ...]
    told: bool = False


@dataclass
class _Placed:
    node: Node
    column: int
    y: float
    notes: list[str]
    high: float
    coming: list[Arrow] = field(default_factory=list)

    @property
    def x(self) -> float:
        return 8 + self.column * (_NODE + _GAP)


def draw_map(nodes: Sequence[Node], arrows: Sequence[Arrow], about: str) -> str:
    """The drawing, as SVG that stands for itself."""
    columns = _columns(nodes, arrows)
    placed = _place(nodes, arrows, columns)
    wide = 8 + (max(columns.values()) + 1) * (_NODE + _GAP)
    high = max(one.y + one.high + _LINE * len(one.notes) for one in placed.values()) + _SPACE
    drawn = [
        _arrow(one, arrow, place, placed) for one in placed.values() for place, arrow in enumerate(one.coming)
    ]
    drawn += [_node(one) for one in placed.values()]
    return (
        f'<svg class="map" viewBox="0 0 {wide:g} {high:g}" style="max-width:{wide:g}px" role="img" '
        f'aria-label="{escape(about)}">{"".join(drawn)}</svg>'
    )


def _columns(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> dict[str, int]:
    """How many presses each is away from the first; those that nothing leads to begin anew."""
    columns: dict[str, int] = {}
    for node in nodes:
        if node.name in columns or any(one.target == node.name for one in arrows if node is not nodes[0]):
            continue
        columns[node.name] = 0
        _walk(node.name, columns, arrows)
    for node in nodes:
        if node.name not in columns:
            columns[node.name] = 0
            _walk(node.name, columns, arrows)
    return columns


def _walk(first: str, columns: dict[str, int], arrows: Sequence[Arrow]) -> None:
    waiting = [first]
    while waiting:
        here = waiting.pop(0)
        for one in arrows:
            if one.origin == here and one.target not in columns:
                columns[one.target] = columns[here] + 1
                waiting.append(one.target)


def _place(nodes: Sequence[Node], arrows: Sequence[Arrow], columns: dict[str, int]) -> dict[str, _Placed]:
    placed: dict[str, _Placed] = {}
    y = 8.0
    by_name = {node.name: node for node in nodes}
    for name in _order(nodes, arrows, columns):
        coming = [one for one in arrows if one.target == name and columns[one.origin] < columns[name]]
        notes = list(_notes(name, arrows, columns, by_name))
        high = max(_HEAD, 10 + sum(_room(one) for one in coming))
        placed[name] = _Placed(by_name[name], columns[name], y, notes, high, coming)
        y += high + _LINE * len(notes) + _SPACE
    return placed


def _order(nodes: Sequence[Node], arrows: Sequence[Arrow], columns: dict[str, int]) -> list[str]:
    """From the top: each followed by what it leads to."""
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in ordered:
            ordered[name] = None
            for one in arrows:
                if one.origin == name and columns[one.target] == columns[name] + 1:
                    visit(one.target)

    for node in sorted(nodes, key=lambda one: columns[one.name]):
        visit(node.name)
    return list(ordered)


def _notes(
    name: str, arrows: Sequence[Arrow], columns: dict[str, int], nodes: dict[str, Node]
) -> Iterator[str]:
    for one in arrows:
        if one.origin == name and columns[one.target] <= columns[name]:
            sign = "⟲" if one.target == name else "↩" if columns[one.target] < columns[name] else "→"
            where = "" if one.target == name else f" {_short(nodes[one.target])}:"
            yield from _lines(one.labels, _NOTE, f"{sign}{where} ")


def _lines(labels: Sequence[str], room: int, before: str = "") -> list[str]:
    """Labels in lines that are not too long."""
    told = [before]
    for place, label in enumerate(labels):
        joined = f"{told[-1]}, {label}" if place else f"{before}{label}"
        if width(joined) <= room or not place:
            told[-1] = cut(joined, room)
        else:
            told.append(cut(label, room))
    return told


def _room(arrow: Arrow) -> float:
    """How much height an arrow needs for its labels."""
    return _LINE * len(_lines(arrow.labels, _LABEL)) + 5


def _short(node: Node) -> str:
    """A step without its dialogue; a dialogue by its title."""
    return node.name.partition(".")[2] or node.title


def _arrow(target: _Placed, arrow: Arrow, place: int, placed: dict[str, _Placed]) -> str:
    origin = placed[arrow.origin]
    end = target.y + sum(_room(one) for one in target.coming[: place + 1])
    turn = origin.x + _NODE + 10
    begin = origin.y + _HEAD / 2
    path = f"M{origin.x + _NODE:g} {begin:g}H{turn:g}V{end:g}H{target.x:g}"
    lines = _lines(arrow.labels, _LABEL)
    label = "".join(
        f'<text x="{target.x - _GAP + 16:g}" y="{end - 4 - _LINE * (len(lines) - 1 - row):g}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )
    tip = f"M{target.x - 6:g} {end - 4:g}L{target.x:g} {end:g}L{target.x - 6:g} {end + 4:g}"
    kind = "told" if arrow.told else "way"
    return f'<g class="{kind}"><path d="{path}"/><path class="tip" d="{tip}"/>{label}</g>'


def _node(one: _Placed) -> str:
    name = one.node.name.partition(".")[2] or one.node.name
    notes = "".join(
        f'<text class="note" x="{one.x + 2:g}" y="{one.y + one.high + 12 + _LINE * row:g}">{escape(note)}</text>'
        for row, note in enumerate(one.notes)
    )
    return (
        f'<a href="{one.node.href}"><rect x="{one.x:g}" y="{one.y:g}" width="{_NODE}" height="{one.high:g}" rx="7"/>'
        f'<text class="title" x="{one.x + 9:g}" y="{one.y + 17:g}">{escape(cut(one.node.title, 25))}</text>'
        f'<text class="name" x="{one.x + 9:g}" y="{one.y + 32:g}">{escape(name)}</text></a>{notes}'
    )
