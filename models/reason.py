"""The reason that a decision asks for."""

from __future__ import annotations

from models.words import Refusal


def given_reason(text: str) -> str:
    """The reason without blanks around it; Refusal where none was given."""
    if not text.strip():
        raise Refusal("사유를 적어 주세요.")
    return text.strip()
