"""The small language in which Block Kit's published limits are written, with the messages the real API answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


@dataclass
class Report:
    """What is wrong with something made for a surface."""

    surface: Surface
    errors: list[str] = field(default_factory=list)

    def add(self, message: str, path: str) -> None:
        self.errors.append(f"{message} [json-pointer:{path}]")


Check = Callable[[Report, Any, str], None]
"""Looks at a value that stands at a JSON pointer."""


def string(longest: int, shortest: int = 1) -> Check:
    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, str):
            report.add("must provide a string", path)
        elif len(value) < shortest:
            report.add(f"must be more than {shortest - 1} characters", path)
        elif len(value) > longest:
            report.add(f"must be less than {longest + 1} characters", path)

    return check


def matching(pattern: str, meaning: str) -> Check:
    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            report.add(f"must be {meaning}", path)

    return check


def number(least: int, most: int) -> Check:
    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must provide a number", path)
        elif not least <= value <= most:
            report.add(f"must be between {least} and {most}", path)

    return check


def boolean(report: Report, value: Any, path: str) -> None:
    if not isinstance(value, bool):
        report.add("must provide a boolean", path)


def anything(report: Report, value: Any, path: str) -> None:
    if value is None:
        report.add("must provide a value", path)


def one_of(*words: str) -> Check:
    def check(report: Report, value: Any, path: str) -> None:
        if value not in words:
            report.add("must be a valid enum value", path)

    return check


def array(each: Check, most: int, least: int = 1) -> Check:
    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, list):
            report.add("must provide an array", path)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", path)
        if len(value) < least:
            report.add(f"no fewer than {least} items allowed", path)
        for index, one in enumerate(value):
            each(report, one, f"{path}/{index}")

    return check


def shape(required: dict[str, Check], optional: dict[str, Check], *rules: Check) -> Check:
    """An object with these properties and no others; `rules` look at it as a whole once its parts are right."""
    known = required | optional | {"type": anything}

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", path)
            return
        before = len(report.errors)
        for name in required:
            if name not in value:
                report.add(f"missing required field: {name}", path)
        for name, part in value.items():
            if name in known:
                known[name](report, part, f"{path}/{name}")
            else:
                report.add(f"invalid additional property: {name}", path)
        if len(report.errors) == before:
            for rule in rules:
                rule(report, value, path)

    return check


def by_type(kinds: dict[str, Check], allowed: Iterable[str] | None = None) -> Check:
    """An object whose `type` says which check it has to pass."""
    names = set(kinds if allowed is None else allowed)

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", path)
        elif "type" not in value:
            report.add("missing required field: type", path)
        elif value["type"] not in names:
            report.add(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            kinds[value["type"]](report, value, path)

    return check


def text(longest: int, *kinds: str) -> Check:
    """A text object of these kinds, `plain_text` where none is given."""
    parts = {
        "plain_text": shape({"text": string(longest)}, {"emoji": boolean}),
        "mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean}),
    }
    return by_type(parts, kinds or ("plain_text",))
