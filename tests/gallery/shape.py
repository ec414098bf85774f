"""When two screens look the same but for their words: what makes a state worth showing once."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]

_FIXED = ("account.home", "account.language", "admin.home")
_LONG = 40


def is_list(step: str) -> bool:
    """Whether the choices of a menu come from the city's data and not from the code."""
    return step not in _FIXED


def shape(step: str, body: Body, live: bool, locale: str) -> tuple[object, ...]:
    """What a screen has in common with those that differ from it in words alone."""
    kind = body["kind"]
    if locale != "ko":
        return step, locale
    if not live:
        return step.partition(".")[0] if kind == "menu" else step, f"past {kind}"
    return (
        step,
        kind,
        body.get("tone"),
        (body.get("badge") or {}).get("label", "").split(" · ")[0],
        tuple((one["label"], "confirm" in one) for one in body.get("buttons", [])),
        _choices(step, body),
        tuple((one["name"], *_field(one)) for one in body.get("fields", [])),
        min(len(body.get("files", [])), 2),
        "picture" in body,
        min(len(body.get("text", [])), 4),
        _is_long(body),
    )


def _choices(step: str, body: Body) -> tuple[object, ...]:
    labels = [one["label"] for one in body.get("choices", [])]
    search = body.get("search", {})
    return (
        tuple(labels) if not is_list(step) else min(len(labels), 2),
        tuple(name for name in ("previous", "next") if name in body),
        bool(search.get("query")),
        search.get("found") == 0,
    )


def _field(one: Body) -> tuple[object, ...]:
    return (one["kind"], one["state"], "error" in one, bool(one["raw"]), min(len(one.get("files", [])), 2))


def _is_long(body: Body) -> bool:
    words = [body.get("title", ""), *(one["label"] for one in body.get("choices", []))]
    return any(len(one) > _LONG for one in words)
