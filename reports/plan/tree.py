"""The tree of departments, as a mapping from code to the code above ("" at the root)."""

from __future__ import annotations

from collections.abc import Mapping


def loops(parents: Mapping[str, str]) -> list[list[str]]:
    """Every ring of departments that stand above one another, each once, from its first code on."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        code = start
        while code in parents and code not in done and code not in trail:
            trail[code] = None
            code = parents[code]
        if code in trail:
            ring = list(trail)
            found.append(ring[ring.index(code) :])
        done |= trail.keys()
    return found


def paths(parents: Mapping[str, str]) -> dict[str, str]:
    """Each department's path, `/CITY/BUREAU/DIVISION/`. There must be no loops."""
    found: dict[str, str] = {}

    def path(code: str) -> str:
        if code not in found:
            above = parents.get(code, "")
            found[code] = f"{path(above) if above in parents else '/'}{code}/"
        return found[code]

    for code in parents:
        path(code)
    return found
