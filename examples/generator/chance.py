"""Choices that look random and never change: each is read off a hash of what it is about.

Adding an indicator therefore leaves the figures of all others as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

SEED = "seoul-2019"

Item = TypeVar("Item")


def draw(*about: str) -> Decimal:
    """A share from 0 up to, but not including, 1, in steps of a ten-thousandth."""
    digest = sha256("|".join((SEED, *about)).encode()).digest()
    return Decimal(int.from_bytes(digest[:8], "big") % 10_000) / 10_000


def pick(items: Sequence[Item], *about: str) -> Item:
    """One of `items`."""
    return items[int(draw(*about) * len(items))]


def between(low: str, high: str, *about: str) -> Decimal:
    """A figure from `low` up to `high`."""
    return Decimal(low) + (Decimal(high) - Decimal(low)) * draw(*about)
