"""Plain text: UTF-8 or CP949, as Korean Windows writes it."""

from __future__ import annotations


def is_text(data: bytes) -> bool:
    """Whether the data reads as text in either encoding; a NUL byte is never text."""
    return b"\0" not in data and any(_decodes(data, encoding) for encoding in ("utf-8", "cp949"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
