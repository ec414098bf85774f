"""Dealing subjects out to raters so that each is rated equally often, as far as conflicts of interest allow. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Order = Callable[[int, int], Any]
"""What comes first of what is as good: by rater and subject."""


class Deal:
    """Who rates what: what was dealt before, and what is dealt now."""

    def __init__(
        self, may: Mapping[int, Sequence[int]], before: Mapping[int, set[int]], order: Order
    ) -> None:
        """`may`: the subjects each rater may be dealt. `before`: the raters each subject has already."""
        self._may = {rater: set(subjects) for rater, subjects in may.items()}
        self._order = order
        self._has = {subject: set(raters) for subject, raters in before.items()}
        for subjects in may.values():
            for subject in subjects:
                self._has.setdefault(subject, set())
        self.new: set[tuple[int, int]] = set()
        """Rater and subject."""

    def out(self, wanted: Mapping[int, int]) -> None:
        """Deals each rater so many subjects, in turns; then moves papers until none could make it more even."""
        left = {rater: count for rater, count in wanted.items() if count > 0}
        while left:
            for rater in sorted(left):
                subject = self._next_for(rater)
                if subject is not None:
                    self._give(rater, subject)
                left[rater] -= 1
                if subject is None or not left[rater]:
                    del left[rater]
        while self._evens_out():
            pass

    def _next_for(self, rater: int) -> int | None:
        """The subject with fewest papers that the rater may still get."""
        free = [subject for subject in self._may[rater] if rater not in self._has[subject]]
        return min(free, key=lambda one: (len(self._has[one]), self._order(rater, one)), default=None)

    def _give(self, rater: int, subject: int) -> None:
        self._has[subject].add(rater)
        self.new.add((rater, subject))

    def _evens_out(self) -> bool:
        """Takes a paper from a subject that has two more than another, over others if need be; whether it could."""
        most = max(map(len, self._has.values()), default=0)
        poor = [subject for subject, raters in self._has.items() if len(raters) <= most - 2]
        papers = sorted(self.new, key=lambda one: self._order(*one)) if poor else []
        return any(
            self._fills(one, papers) for one in sorted(poor, key=lambda one: (len(self._has[one]), one))
        )

    def _fills(self, poor: int, papers: Sequence[tuple[int, int]]) -> bool:
        """Looks for a way, along raters who could rate another subject instead, to one that has two papers more."""
        came_by: dict[int, tuple[int, int]] = {}
        waiting, seen = deque([poor]), {poor}
        while waiting:
            here = waiting.popleft()
            for rater, other in papers:
                if other in seen or here not in self._may[rater] or rater in self._has[here]:
                    continue
                came_by[other] = rater, here
                seen.add(other)
                if len(self._has[other]) >= len(self._has[poor]) + 2:
                    self._move(other, poor, came_by)
                    return True
                waiting.append(other)
        return False

    def _move(self, rich: int, poor: int, came_by: Mapping[int, tuple[int, int]]) -> None:
        here = rich
        while here != poor:
            rater, to = came_by[here]
            self._has[here].discard(rater)
            self.new.discard((rater, here))
            self._give(rater, to)
            here = to
