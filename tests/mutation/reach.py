"""Which tests a mutant is shown, and in which order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

BUDGET = 20.0
"""CPU seconds of tests that a mutant gets, the quickest first; a slower one might still notice what survives."""


@dataclass
class Reach:
    """What each test calls and how many CPU seconds it takes, and which tests killed mutants of each function."""

    seconds: list[float] = field(default_factory=list)
    tests: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    killers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def chosen(self, mutant: str) -> list[int]:
        """Return the tests for *mutant* in the order they are to run in, by their number."""
        function = function_of(mutant)
        order = sorted(self.tests.get(function, ()), key=self.seconds.__getitem__)
        spent = accumulate(self.seconds[number] for number in order)
        within = [number for number, seconds in zip(order, spent, strict=True) if seconds <= BUDGET]
        first = self.killers[function]
        return [*first, *(number for number in within if number not in first)]

    def killed(self, mutant: str, test: int) -> None:
        """Keep that *test* noticed *mutant*."""
        killers = self.killers[function_of(mutant)]
        killers[:] = [test, *(each for each in killers if each != test)][:8]


def function_of(mutant: str) -> str:
    """Return mutmut's name of the function that *mutant* is a mutant of."""
    return mutant.rpartition("__mutmut_")[0].replace("__init__.", "")
