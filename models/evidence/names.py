"""File names as data: what a person called the file, never where it is kept."""

from __future__ import annotations

import unicodedata

from models.evidence.inspection.kind import extension
from models.words import Refusal

__all__ = ["clean_name", "extension"]

_LONGEST = 120
# Control signs, invisible ones (which turn the reading direction, too), lone surrogates, line ends.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean_name(raw: str) -> str:
    """The last part of `raw` in NFC, at most 120 characters with its extension; Refusal if none is left."""
    name = raw.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in _UNSEEN)
    name = unicodedata.normalize("NFC", name).strip().rstrip(". ")
    if not name:
        raise Refusal("파일 이름이 비어 있습니다. 이름을 붙여 다시 올려 주세요.")
    if len(name) <= _LONGEST:
        return name
    ending = "." + name.rpartition(".")[2]
    stem = name[: _LONGEST - len(ending)] if len(ending) < _LONGEST else ""
    return stem + ending if stem and extension(name) else name[:_LONGEST]
