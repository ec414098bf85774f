"""Whether what a part goes by stands: the rating with its rounds, the other scheme, the cycle of mileage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from models.scheme.table import Combine, Source
from models.words import Phrase, say
from reports.plan.check_lines import check_known
from reports.plan.columns import PERIODS
from reports.plan.columns_of_ratings import RATINGS
from reports.plan.columns_of_schemes import PARTS, SCHEMES
from reports.plan.existing_schemes import ExistingSchemes, Pair, Version
from reports.plan.known import Known
from reports.plan.lines_of_schemes import PartLine
from reports.plan.problems import Findings


def check_basis(line: PartLine, shares: Collection[str], known: Known, findings: Findings) -> None:
    """The code under 근거; `shares`: the periods that the part takes in shares."""
    if line.source is Source.MILEAGE:
        check_known(PARTS, line, "basis", PERIODS, known.cycles, findings)
    elif line.source is Source.RATING:
        if _is_given(line, say("어느 평가인지 ‘근거’에 코드를 적어 주세요."), findings) and check_known(
            PARTS, line, "basis", RATINGS, known.ratings(line.cycle), findings
        ):
            _check_rounds(line, shares, known, findings)
    elif line.source is Source.SCHEME and _is_given(
        line, say("어느 체계인지 ‘근거’에 코드를 적어 주세요."), findings
    ):
        check_known(PARTS, line, "basis", SCHEMES, known.schemes(line.cycle), findings)


def _is_given(line: PartLine, phrase: Phrase, findings: Findings) -> bool:
    if not line.basis:
        findings.at(PARTS, line.number, "basis", phrase)
    return bool(line.basis)


def _check_rounds(line: PartLine, shares: Collection[str], known: Known, findings: Findings) -> None:
    """The rating is of this scheme's subjects, and has the rounds that the part takes its pieces from."""
    key = line.cycle, line.basis
    if key in known.unsure:
        return
    rounds = known.rounds[key]
    if set(rounds.values()) != {line.scheme}:
        phrase = say(
            "평가 {rating:은/는} 다른 체계의 대상을 평가합니다. ‘평가’ 시트의 체계나 이 칸을 고쳐 주세요.",
            rating=line.basis,
        )
        findings.at(PARTS, line.number, "basis", phrase)
    if not line.has("combine"):
        return
    if line.combine is Combine.YEAR and "" not in rounds:
        phrase = say(
            "평가 {rating}에 성과주기 전체의 회차가 없습니다. "
            "‘평가’ 시트에 기간을 비운 줄을 더하거나 결합을 고쳐 주세요.",
            rating=line.basis,
        )
        findings.at(PARTS, line.number, "combine", phrase)
    elif line.combine is not Combine.YEAR and not rounds.keys() - {""}:
        phrase = say(
            "평가 {rating}에 기간의 회차가 없습니다. ‘평가’ 시트에 기간마다 적거나 결합을 연간으로 고쳐 주세요.",
            rating=line.basis,
        )
        findings.at(PARTS, line.number, "combine", phrase)
    elif missing := [period for period in shares if period not in rounds]:
        phrase = say(
            "평가 {rating}에 기간 {periods}의 회차가 없습니다. ‘평가’ 시트에 더하거나 기간비중을 고쳐 주세요.",
            rating=line.basis,
            periods=", ".join(missing),
        )
        findings.at(PARTS, line.number, "shares", phrase)


def check_circles(
    by_version: Mapping[Version, list[PartLine]], stored: ExistingSchemes, findings: Findings
) -> None:
    """No scheme may rest on its own total, in whatever version."""
    bases: dict[Pair, set[str]] = defaultdict(set)
    for (version, _), row in stored.parts.items():
        if row["source"] is Source.SCHEME and version not in by_version:
            bases[version[:2]].add(row["basis"])
    lines = [
        (version[:2], line)
        for version, theirs in by_version.items()
        for line in theirs
        if line.has("source", "basis") and line.source is Source.SCHEME and line.basis
    ]
    for key, line in lines:
        bases[key].add(line.basis)
    for (cycle, scheme), line in lines:
        trail = _trail(line.basis, scheme, cycle, bases)
        if trail:
            shown = " → ".join([scheme, *trail][:10])
            phrase = say("다른 체계를 따라가면 제자리로 돌아옵니다: {ring}. 근거를 고쳐 주세요.", ring=shown)
            findings.at(PARTS, line.number, "basis", phrase)


def _trail(start: str, end: str, cycle: str, bases: Mapping[Pair, set[str]]) -> list[str]:
    """The schemes from one to another, each resting on the next; empty where none leads there."""
    seen = {start}
    trails = [[start]]
    for trail in trails:
        if trail[-1] == end:
            return trail
        for code in sorted(bases.get((cycle, trail[-1]), set()) - seen):
            seen.add(code)
            trails.append([*trail, code])
    return []
