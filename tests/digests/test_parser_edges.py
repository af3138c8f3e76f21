"""Small things that digests do and hardly anybody expects, each where its parser decides on it."""

from __future__ import annotations

import itertools

import pytest

from tui.digests.blocks import Block, unemphasised
from tui.digests.bylines import names_at
from tui.digests.feed_xml import root_name
from tui.digests.flat_yaml import read as read_yaml
from tui.digests.markdown import linked, text_blocks
from tui.digests.mentions import mentions, reference_title
from tui.digests.page import flatten
from tui.digests.posts import posts_in
from tui.model import Record
from tui.shapes import plain

SIGNED = "— Ada Byron (@ada) March 3, 2021"


# Posts


def blocks(*texts: str, gaps: tuple[int, ...] = ()) -> list[Block]:
    return [Block(text, line, gap=line in gaps) for line, text in enumerate(texts)]


def told(
    made: list[Block], title: str = "A title", *, trust: bool = False, last: bool = False
) -> tuple[list[str], int]:
    """Return the abstract's lines, and how many posts there are."""
    abstract, posts = posts_in(made, title, trust=trust, last=last)
    return [block.text for block in abstract], len(posts)


def test_a_post_on_one_line_with_its_attribution_takes_nothing_from_above() -> None:
    assert told(blocks("An abstract.", f"We are happy to say it. {SIGNED}")) == (["An abstract."], 1)
    assert told(blocks("An abstract.", f"One. {SIGNED}", f"Two. {SIGNED}")) == (["An abstract."], 2)


def test_where_attributions_come_last_the_next_post_begins_behind_the_one_before() -> None:
    two = blocks("An abstract.", "A post #nlp", SIGNED, "Another post", "that goes on", SIGNED)
    assert told(two, last=True) == (["An abstract."], 2)
    _, posts = posts_in(two, "A title", trust=False, last=True)
    assert [post.text for post in posts] == ["A post #nlp", "Another post\nthat goes on"]


def test_lines_of_a_post_are_told_from_a_long_abstract_by_what_posts_write() -> None:
    abstract = "We count lists. " * 40
    made = blocks(abstract, "See https://t.co/x", "pdf: https://arxiv.org/abs/2101.00001", "by us", SIGNED)
    assert told(made, last=True) == ([abstract], 1)
    # What is as long as an abstract is none's first line, whatever it links to.
    assert told(blocks(abstract + "https://t.co/x", "by us", SIGNED)) == ([abstract + "https://t.co/x"], 1)


# Names and references


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Byron, Jr., Max Müller and Eva Roe, for those who", (("Ada Byron Jr.", "Max Müller", "Eva Roe"), 0)),
        ("Ada Byron, III, and others", (("Ada Byron III",), 1)),
        ("Ada Byron, Max Müller", (("Ada Byron", "Max Müller"), 0)),
        ("Ada Byron, Max Müller, and Eva Roe, for those who", (("Ada Byron", "Max Müller", "Eva Roe"), 0)),
        ("Ada Byron, Max Müller & Eva Roe", (("Ada Byron", "Max Müller", "Eva Roe"), 0)),
        ("Ada Byron et al.", (("Ada Byron",), 1)),
        ("Ada Byron, Max Müller et al. say that", (("Ada Byron", "Max Müller"), 1)),
        ("Ada Byron, et al.", (("Ada Byron",), 1)),
    ],
)
def test_names_in_a_sentence_end_where_the_sentence_goes_on(text: str, names: tuple[tuple[str, ...], int]) -> None:
    assert names_at(text) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "[12] Ada Byron and Max Müller (2019). Of zebras and of maps. In Nature.",
            (("Ada Byron and Max Müller",), "Of zebras and of maps"),
        ),
        ("Byron et al. (2019, May): Of zebras and of maps.", (("Byron et al",), "Of zebras and of maps")),
    ],
)
def test_a_reference_with_its_year_behind_the_names_is_read(text: str, found: tuple[tuple[str, ...], str]) -> None:
    assert reference_title(text) == found


def test_a_picture_names_no_paper_and_no_row_has_cells_but_a_row() -> None:
    (picture,) = text_blocks("![A map](https://arxiv.org/abs/2101.00001)")
    assert picture.kind == "image"
    assert mentions(picture) == ()
    (text,) = text_blocks("a | b")
    assert text.cells == ()
    (row,) = (block for block in text_blocks("| a | b |") if block.kind == "row")
    assert [row.text[start:end].strip() for start, end in row.cells] == ["a", "b"]


# Markup


def test_of_links_that_overlap_the_first_counts() -> None:
    known = {"b": "https://b.example/"}
    text, anchors = linked("[a [b](https://a.example/) c][b] and [b]", known)
    assert len({(anchor.start, anchor.end) for anchor in anchors}) == len(anchors)
    for one, other in itertools.pairwise(anchors):
        assert one.end <= other.start
    assert "https://" not in text


def test_emphasis_within_emphasis_is_taken_off_so_deep_as_anybody_writes_it() -> None:
    assert unemphasised("*a* _b_ `c` **d**") == "a b c d"
    assert unemphasised("**_`x`_**") == "x"
    assert unemphasised("_**_`x`_**_").strip("_*`") == "x"


@pytest.mark.parametrize("page", ["", " ", "\n", "<!-- nothing -->", "<", "<?xml?>", "\x00"])
def test_a_page_of_nothing_has_no_blocks(page: str) -> None:
    text, _, made = flatten(page)
    assert text.strip() in ("", "<")
    assert all(block.text for block in made)


@pytest.mark.parametrize(
    "page", ["</a></a><p>x</p></p></p>", "<a><p>x</a></p>", "<h1><a>x</h1></a>", "<b><i>x</b></i>"]
)
def test_tags_that_were_never_opened_close_nothing(page: str) -> None:
    assert [block.text for block in flatten(page)[2]] == ["x"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<?xml version='1.0'?><!-- a --><!DOCTYPE rss><rss>", "rss"),
        ("<!-- never closed <rss>", None),
        ("<?xml never closed", None),
        ("<!-- a -->" * 500 + "<rss>", None),
        ("<!DOCTYPE rss [ never closed", None),
        ("no markup", None),
        ("", None),
    ],
)
def test_the_root_is_found_behind_a_prolog_of_any_sane_length(text: str, name: str | None) -> None:
    assert root_name(text) == name


# YAML


def test_folded_texts_lists_and_what_stands_too_deep() -> None:
    text = "a: >\n\n  one\n  two\n\n\n  three\nb:\n  - x\n  # a comment\n\n  - y\n    goes on\nc:\n  deep: 1\n  loose\n"
    (facts,) = read_yaml(text)
    assert facts.values["a"] == ["one two\nthree"]
    assert facts.values["b"] == ["x", "y goes on"]
    assert [why for _, _, why in facts.left] == ["stands deeper than facts of a paper do"]


# Shapes


def test_what_is_plain_already_stays_and_what_is_no_model_too() -> None:
    for value in (None, True, 3, 1.5, "x"):
        assert plain(value) is value
    assert plain((1, ("a", Record(title="T")))) == [1, ["a", {"title": "T"}]]
    assert plain({1: (2,)}) == {"1": [2]}
    odd = frozenset({1})
    assert plain(odd) is odd
