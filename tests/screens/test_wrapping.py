"""Paragraphs are wrapped as Textual's own content is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from tui.widgets.wrapping import wrapped

LETTERS = "ab ccdd  eéß—中文́\n\xa0-xyz\u200b😀"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=80)
ROLES = {"": "", "title": "bold", "muted": "italic"}


@given(st.lists(st.tuples(TEXTS, st.sampled_from(list(ROLES))), max_size=4), st.integers(4, 40))
def test_lines_are_those_of_textual_with_the_same_roles(parts: list[tuple[str, str]], width: int) -> None:
    content = Content.assemble(*(Content.styled(text, ROLES[role]) for text, role in parts))
    theirs = [line.rstrip() for line in content.wrap(width)]
    ours = list(wrapped(tuple(parts), width))
    assert [("".join(text for text, _ in pieces), cells) for pieces, cells in ours] == [
        (line.plain, line.cell_length) for line in theirs
    ]
    letters = [[(letter, ROLES[role]) for text, role in pieces for letter in text] for pieces, _ in ours]
    assert letters == list(map(_styled, theirs))


def _styled(line: Content) -> list[tuple[str, str]]:
    spans = [(range(span.start, span.end), str(span.style)) for span in line.spans]
    return [
        (letter, next((style for places, style in spans if place in places), ""))
        for place, letter in enumerate(line.plain)
    ]


@pytest.mark.parametrize("word", ["word", "wörd", "中文字"], ids=["ascii", "latin", "wide"])
def test_a_long_paragraph_takes_lines_that_fit(word: str) -> None:
    text = " ".join([word] * 500)
    lines = list(wrapped(((text, ""),), 30))
    assert all(cells == cell_len("".join(part for part, _ in pieces)) <= 30 for pieces, cells in lines)
    assert " ".join("".join(part for part, _ in pieces) for pieces, _ in lines) == text


def test_nothing_is_one_empty_line() -> None:
    assert list(wrapped((("", "title"),), 20)) == [([], 0)]
