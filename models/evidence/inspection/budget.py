"""How much one file may grow while it is unpacked, counted on what really comes out, never on a header."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from .faults import Fault, Reason

_MIB = 1024 * 1024
# Office files of honest content stay under 40 times their size, blank scans and logs under 100.
_RATIO = 100
_LEAST, _MOST = 32 * _MIB, 256 * _MIB
_ENTRIES = 5_000
# evidence.zip → slides.pptx → the workbook behind a chart
_DEPTH = 3
_PIECE = 256 * 1024


class Budget:
    """What is left to unpack of a file of `size` bytes, everything nested in it included."""

    def __init__(self, size: int) -> None:
        self._bytes = min(_MOST, max(_LEAST, _RATIO * size))
        self._entries = _ENTRIES
        self._depth = _DEPTH

    def spend(self, amount: int) -> None:
        self._bytes -= amount
        if self._bytes < 0:
            raise Fault(Reason.BOMB)

    def spend_entries(self, amount: int) -> None:
        self._entries -= amount
        if self._entries < 0:
            raise Fault(Reason.BOMB)

    @contextmanager
    def one_deeper(self) -> Iterator[None]:
        if self._depth == 0:
            raise Fault(Reason.BOMB)
        self._depth -= 1
        yield
        self._depth += 1


def inflated(packed: Iterable[bytes], budget: Budget, window: int = -zlib.MAX_WBITS) -> Iterator[bytes]:
    """The deflated stream in small pieces; Fault where it is cut off, zlib.error where it is broken."""
    inflater = zlib.decompressobj(window)
    for data in packed:
        while data and not inflater.eof:
            piece = inflater.decompress(data, _PIECE)
            budget.spend(len(piece))
            yield piece
            data = inflater.unconsumed_tail
    if not inflater.eof:
        raise Fault(Reason.DAMAGED)
