"""Korean particles that depend on the sound a word ends in: 을/를, 이/가, 은/는, 과/와, 으로/로."""

from __future__ import annotations

import unicodedata

# How a digit, a Latin letter or a sign is read aloud decides the particle: 97 ends in ㄹ, % in a vowel.
_FINAL_BY_SIGN = {
    "0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": "",
    "l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ", "%": "", "℃": "", "㎡": "",
}  # fmt: skip
_SYLLABLES = range(0xAC00, 0xD7A4)
_RIEUL = 8


def attach(word: str, pair: str) -> str:
    """`word` with the fitting half of `pair` ("을/를"); what stands in brackets at the end is not read."""
    closed, open_ = pair.split("/")
    final = _final(word)
    if closed == "으로":
        return word + (open_ if final in ("", "ㄹ") else closed)
    return word + (closed if final else open_)


def _final(word: str) -> str:
    for character in reversed(_without_brackets(unicodedata.normalize("NFKC", word))):
        code = ord(character)
        if code in _SYLLABLES:
            index = (code - 0xAC00) % 28
            return "" if index == 0 else "ㄹ" if index == _RIEUL else "받침"
        if character.lower() in _FINAL_BY_SIGN:
            return _FINAL_BY_SIGN[character.lower()]
        if character.isalnum():
            return ""
    return ""


def _without_brackets(word: str) -> str:
    while word.endswith(")") and "(" in word:
        word = word[: word.rindex("(")].rstrip()
    return word
