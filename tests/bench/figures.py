"""Figures, what they are held against, and whether they keep what was asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured over how many papers, beside its yardstick of the same run, both in *unit*.

    ``most`` is the limit of the figure, ``ratio`` that of figure by yardstick; ``least`` is one from below.
    """

    what: str
    papers: int
    value: float
    unit: str
    beside: str = ""
    other: float | None = None
    most: float | None = None
    ratio: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether every limit is kept; None where there is none."""
        checks = []
        if self.most is not None:
            checks.append(self.value <= self.most)
        if self.least is not None:
            checks.append(self.value >= self.least)
        if self.ratio is not None and self.other:
            checks.append(self.value / self.other <= self.ratio)
        return all(checks) if checks else None

    def __str__(self) -> str:
        limits = [
            f"≤ {self.most:g} {self.unit}" if self.most is not None else "",
            f"≥ {self.least:,g} {self.unit}" if self.least is not None else "",
            f"≤ {self.ratio:g} ×" if self.ratio is not None else "",
        ]
        kept = {True: "kept", False: "MISSED", None: ""}[self.kept]
        beside = f"{self.other:>9,.1f} {self.value / self.other:>7.2f} ×" if self.other else f"{'':>19}"
        limit = " and ".join(filter(None, limits))
        return (
            f"{self.what:<38}{self.papers:>10,} {self.value:>10,.1f} {self.unit:<9}"
            f"{self.beside:<27}{beside}   {limit:<26}{kept}"
        ).rstrip()


HEAD = f"{'measured':<38}{'papers':>10} {'figure':>10} {'':<9}{'beside':<27}{'':>9} {'ratio':>9}   {'limit':<26}"


def p95(samples: Sequence[float]) -> float:
    """Return the 95th percentile of *samples*, a value that is among them."""
    return sorted(samples)[max(0, math.ceil(0.95 * len(samples)) - 1)]
