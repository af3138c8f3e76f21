"""Every regular expression of the package is found, and goes through 100 kB of its own worst letters in time."""

from __future__ import annotations

import os
import re
from functools import lru_cache

import pytest

from tests.fuzz.collecting import ALL, Collection, Found, collect
from tests.fuzz.worst_letters import texts

patterns = pytest.importorskip("tests.fuzz.patterns", reason="CPU time is limited as POSIX does it")


@lru_cache(maxsize=1)
def collected() -> Collection:
    return collect()


def test_every_pattern_is_found() -> None:
    collection = collected()
    assert collection.missed == []
    assert len(collection.found) > 650
    assert collection.objects > 500


def test_no_pattern_blows_up_on_its_own_worst_letters() -> None:
    done = patterns.all_timed(list(collected().found.values()), jobs=os.cpu_count() or 1)
    assert len(done) == len(collected().found)
    assert [
        (each.where, each.pattern, each.seconds, each.text) for each in done if each.seconds >= patterns.LIMIT
    ] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(?:[\w.-]+)+/?$",
        r"<title>(.|\s)*?</title>!",
        r"\[(.*?)\]\((.*?)\)",
        r"\s+$",
        r"\s*,",
        r"a*a*a*b",
        r"(?:x|x)+y",
        r"(\w+\s?)+!",
        r"^(\s*[\w.\-]+\s*,?\s*)+$",
    ],
)
def test_a_pattern_that_blows_up_is_seen(pattern: str) -> None:
    (done,) = patterns.all_timed([Found(pattern, re.UNICODE | re.MULTILINE, "here", {"finditer"})], limit=0.5, most=3)
    assert done.seconds >= 0.5


@pytest.mark.parametrize(
    "pattern", [r"\s++$", r"(?<!\s)\s++,", r"[a-z]{1,20}", r"\d{4}-\d\d", r"(?>a+)b?", r"(?<![ab])(?:a|b)++$", "[é文]"]
)
def test_a_pattern_that_goes_through_once_is_not(pattern: str) -> None:
    found = Found(pattern, re.UNICODE, "here", set(ALL - {"finditer"} if pattern == r"\s++$" else ALL))
    (done,) = patterns.all_timed([found], size=50_000)
    assert done.seconds < 0.5


@pytest.mark.parametrize(
    "pattern", ["[^a]b+", "(?i:x)y{3,9}(?=z)", r"(a)\1", "(?P<n>a)?(?(n)b|c)", rb"\x80+[^\n]", r"\W+\D", "a|b|c*"]
)
def test_texts_are_as_long_as_they_are_to_be(pattern: str | bytes) -> None:
    made = texts(pattern, 0, 1000)
    assert len(made) >= 5
    assert all(500 < len(text) <= 1000 + 600 for text in made)


def test_a_call_whose_pattern_nobody_knows_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz import collecting

    monkeypatch.setattr(collecting, "BUILT", {})
    assert any("tui.identifiers:_by_label" in each for each in collect().missed)
