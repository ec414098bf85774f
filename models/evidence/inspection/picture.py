"""Pictures: only their headers are read. What unpacks them later must not meet absurd dimensions."""

from __future__ import annotations

import struct
import zlib

from .budget import Budget
from .faults import Fault, Reason

JPG_SIGNATURE = b"\xff\xd8\xff"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The largest phone cameras take 200 million pixels.
_MOST_PIXELS = 200_000_000
_MOST_ON_A_SIDE = 30_000
_JPG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPG_SCAN = 0xDA
_JPG_END = b"\xff\xd9"


def check_jpg(data: bytes, budget: Budget) -> None:
    """Walks the segments to the first scan; a picture must have a size and an end."""
    position, sized = 2, False
    while (marker := data[position + 1]) != _JPG_SCAN:
        if data[position] != 0xFF:
            raise Fault(Reason.DAMAGED)
        if marker == 0xFF:
            position += 1
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        if marker in _JPG_FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            _refuse_huge(width, height)
            sized = True
        position += 2 + length
    if not sized or data.find(_JPG_END, position) < 0:
        raise Fault(Reason.DAMAGED)


def check_png(data: bytes, budget: Budget) -> None:
    """Walks the chunks to the last; each must carry its own check sum."""
    position, kind = len(PNG_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, position)
        (stated,) = struct.unpack_from(">I", data, position + 8 + length)
        if zlib.crc32(memoryview(data)[position + 4 : position + 8 + length]) != stated:
            raise Fault(Reason.DAMAGED)
        if position == len(PNG_SIGNATURE):
            if kind != b"IHDR":
                raise Fault(Reason.DAMAGED)
            _refuse_huge(*struct.unpack_from(">II", data, position + 8))
        position += 12 + length


def _refuse_huge(width: int, height: int) -> None:
    if not (width and height):
        raise Fault(Reason.DAMAGED)
    if max(width, height) > _MOST_ON_A_SIDE or width * height > _MOST_PIXELS:
        raise Fault(Reason.HUGE_PICTURE, width=width, height=height)
