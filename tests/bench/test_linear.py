"""No parser takes squares: a short form of ``python -m tests.bench linear``, and what it computes."""

from __future__ import annotations

import math

import pytest

from tests.bench import kinds, linear

_SOME = ("links page", "links", "feed", "identifiers", "bibtex")


@pytest.mark.parametrize(
    ("times", "exponent"), [([1.0, 4.0], 1.0), ([1.0, 16.0], 2.0), ([0.001, 0.002], 0.0), ([5.0], 0.0)]
)
def test_growth_is_the_exponent_of_time_over_size(times: list[float], exponent: float) -> None:
    assert linear.growth((1.0, 4.0), times) == pytest.approx(exponent)


def test_what_takes_too_long_is_given_up() -> None:
    assert linear.seconds(lambda text: [None for _ in iter(int, 1)], "", limit=0.2) == math.inf


@pytest.mark.parametrize("size", [1, 1_000, 100_000])
def test_texts_have_the_size_that_is_asked_for(size: int) -> None:
    for name in _SOME:
        for kind, made in kinds.hostile(name).items():
            assert size - 40 <= len(made(size)) <= size + 500, kind


@pytest.mark.parametrize("name", _SOME)
def test_four_times_the_text_takes_no_sixteen_times_the_time(name: str) -> None:
    work, _ = kinds.parsers()[name]
    for kind, made in kinds.hostile(name).items():
        few, many = (linear.seconds(work, made(size), runs=2, limit=60) for size in (20_000, 80_000))
        # What squares takes sixteen times as long; what is over in a moment says nothing.
        assert many < max(0.3, 10 * few), kind
