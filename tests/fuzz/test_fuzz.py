"""A minute of fuzzing, the same each time: every kept input, every seed, and some made of them, for every target."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.mutating import Mutator
from tests.fuzz.running import Finding, cause_of, once, runs, smaller
from tests.fuzz.target import CORPUS, LARGEST, BrokenLawError, Target
from tests.fuzz.targets import TARGETS

RUNS = 60
"""Inputs a target and weight: about a minute in all."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found_in_a_minute(name: str) -> None:
    target = TARGETS[name]
    report = runs(target, 8, count=len(target.all_seeds()) + RUNS * target.weight, traced=False)
    assert [(each.cause, each.data, each.said) for each in report.findings] == []


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_has_seeds(name: str) -> None:
    assert any(TARGETS[name].all_seeds())


def test_what_is_kept_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} <= set(TARGETS)
    assert all(path.stat().st_size <= LARGEST for path in CORPUS.rglob("*") if path.is_file())


def broken(data: bytes) -> None:
    if data.count(b"[") > 2 and b"x" in data:
        raise BrokenLawError("three brackets and an x")


BROKEN = Target("broken", broken, seeds=lambda: iter([b"[ [ words x that do not matter"]), tokens=("[",))


def test_a_law_that_is_broken_is_found_and_said_small() -> None:
    report = runs(BROKEN, 1, count=2_000)
    (finding,) = report.findings
    assert (finding.cause, sorted(finding.data)) == ("BrokenLawError: three brackets and an x", sorted(b"[[[x"))


def test_an_input_stays_one_of_its_cause_when_it_is_made_smaller() -> None:
    def run(data: bytes) -> None:
        if b"a" in data:
            raise BrokenLawError("a")
        if data:
            raise ValueError("b")

    target = Target("two", run)
    finding = Finding("two", "BrokenLawError: a", "", b"b" * 100 + b"a" + b"b" * 100)
    assert smaller(target, finding).data == b"a"


def test_the_same_seed_makes_the_same_inputs() -> None:
    target = TARGETS["exports"]
    seeds = target.all_seeds()

    def made() -> list[bytes]:
        mutator = Mutator(target, random.Random(5))
        return [mutator.made(seeds[0], seeds) for _ in range(200)]

    assert made() == made()
    assert len(set(made())) > 150
    assert max(map(len, made())) <= LARGEST


def test_a_cause_is_told_by_its_place_and_not_by_its_words() -> None:
    causes = set()
    for text in ("a", "b"):
        with pytest.raises(ValueError, match="invalid literal") as caught:
            int(text)
        causes.add(cause_of(caught.value))
    assert causes == {"ValueError in the test"}


def test_a_warning_is_a_finding() -> None:
    import warnings

    with pytest.raises(UserWarning):
        once(Target("warns", lambda _: warnings.warn("w", stacklevel=1)), b"")
