"""The pattern that PDFs are named by: what it may be, and what a wrong one is told."""

from __future__ import annotations

import pytest

from tui.file_pattern import DEFAULT, check, parse


@pytest.mark.parametrize(
    "pattern", [DEFAULT, "{author} {year} - {title}", "{id}", "{year}_{venue}_{key}", "pdf {title}"]
)
def test_a_pattern_that_tells_papers_apart_is_taken(pattern: str) -> None:
    assert check(pattern) is None
    assert "".join(f"{{{text}}}" if named else text for text, named in parse(pattern)) == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("{year}", "which tell papers apart"),
        ("paper", "which tell papers apart"),
        ("", "which tell papers apart"),
        ("{titel}", '("titel" is none; did you mean title?)'),
        ("{}", '("" is none)'),
        ("{key", 'closes each "{" by a "}"'),
        ("key}", 'closes each "{" by a "}"'),
        ("{author}/{title}", "without a slash"),
        ("..\\{title}", "without a slash"),
        ("{title}\u202e", "characters that can be seen"),
        ("{title}" * 40, "of at most 200 characters"),
    ],
)
def test_another_is_refused_in_words(pattern: str, why: str) -> None:
    said = check(pattern)
    assert said is not None
    assert why in said
    assert said.startswith('a pattern such as "{key}"')
