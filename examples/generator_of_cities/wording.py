"""What an indicator says of its formula and its evidence, by the words in its name (examples/vocabulary)."""

from __future__ import annotations

from functools import cache

from generator.vocabulary import read

USUAL = {
    "마일스톤": "단계표에 따른 누적 추진율",
    "여부": "기한 안에 달성하면 1, 아니면 0",
    "무사고": "해당 기간 {name}의 합",
}
BY_ROLLUP = {
    "합계": "해당 기간 {name} 합계",
    "평균": "해당 기간 월별 {name}의 평균",
    "최종": "기간 말까지 {name}의 누계",
    "최대": "해당 기간 {name}의 최고값",
}


def formula_of(name: str, written: str, kind: str, rollup: str) -> str:
    """The formula as the vocabulary has it, where `a/b` is a share in %; else the usual one for such a name."""
    if "/" in written:
        part, whole = written.split("/")
        return f"({part} ÷ {whole}) × 100"
    if kind in USUAL:
        return USUAL[kind].format(name=name)
    usual = _first_match("formulas.csv", "산식", name) or BY_ROLLUP[rollup]
    return written or usual.format(name=name)


def evidence_of(name: str) -> str:
    """What is to be handed in as evidence."""
    return _first_match("evidence.csv", "증빙자료", name)


def file_of(code: str, name: str) -> str:
    """The name of a file with the first of the evidence asked for."""
    first = evidence_of(name).split("(")[0].split(" 및 ")[0].split("·")[0]
    return f"{code} {first.split(' 또는 ')[0].strip()}.pdf"


def _first_match(file: str, column: str, name: str) -> str:
    """The text of the first row with a word that the name contains; an empty word fits every name."""
    rows = _rows(file, column)
    return next((text for words, text in rows if any(word in name for word in words)), "")


@cache
def _rows(file: str, column: str) -> list[tuple[list[str], str]]:
    return [(row["낱말"].split(";"), row[column]) for row in read(file)]
