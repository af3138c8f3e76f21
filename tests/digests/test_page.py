"""Web pages as lines and blocks: links, headings, what a page states of itself, and pages that are one long line."""

from __future__ import annotations

import time

import pytest

from tui.digests.document import Document
from tui.digests.page_crowded import MOST, uncrowded

_HOME = "https://site.example/"


def _read(page: str) -> Document:
    return Document(f"<html><body>{page}</body></html>", "page.html", _HOME)


def test_a_paragraph_of_many_links_is_one_line_with_each_of_them() -> None:
    links = "".join(f"<a href='/{n}'>word <b>{n}</b></a>, " for n in range(3_000))
    (block,) = _read(f"<p>{links}</p>").blocks
    assert [anchor.label for anchor in block.links] == [f"word {n}" for n in range(3_000)]
    assert _read(f"<p>{links}</p>").flat.startswith(f"[word 0]({_HOME}0), [word 1]({_HOME}1), ")
    assert all(block.text[each.start : each.end] == each.label for each in block.links)


@pytest.mark.parametrize("attribute", [' a{}="b"', " a{}", " a{}='>'", "/a{}", ' a{}="<"'])
@pytest.mark.parametrize("before", ["<p>", '<!-- <a b=" -->', "<script>'<a b=\"'</script>", "<a b=\"x\" c='>'>"])
def test_a_tag_of_many_attributes_keeps_some(before: str, attribute: str) -> None:
    many = "".join(map(attribute.format, range(60_000)))
    page = f"{before}<div{many}>words</div> more"
    begin = time.process_time()
    assert [block.text for block in _read(page).blocks][-2:] == ["words", "more"]
    assert time.process_time() - begin < 3
    assert uncrowded(page).endswith(">words</div> more")
    assert len(uncrowded(page)) < 20 * MOST


@pytest.mark.parametrize(
    "page", ["<p a='b' c=\"d>\" e>x</p>", "a < b", "<", "<a", "<a b='", "<!-- a", "<a <a <a", "<script>a<b"]
)
def test_other_tags_are_left_as_they_are(page: str) -> None:
    assert uncrowded(page) == page


@pytest.mark.parametrize("piece", ["<a ", "<a b=", "<a b='", '<a "', "<!--", "<!-- -", "<script>", "<a/", "<a =", "= "])
def test_looking_for_crowded_tags_is_linear(piece: str) -> None:
    begin = time.process_time()
    uncrowded("<p " + piece * (1_000_000 // len(piece)))
    assert time.process_time() - begin < 2


def test_a_link_in_a_link_is_written_once() -> None:
    page = _read("<a href='/a'><h2>One <a href='/b'>two</a> three</h2></a>")
    assert page.flat.count("](") == 1
    assert "One" in page.flat
    assert "two" in page.flat


def test_links_round_a_heading_are_the_headings() -> None:
    (block,) = _read("<a href='/a'><h2>One</h2></a>").blocks
    assert [(each.label, each.url) for each in block.links] == [("One", f"{_HOME}a")]


@pytest.mark.parametrize("odd", ["a  b", "a\n b", "a\tb", "a\x0cb", "a\x1c b", "a\xa0b", "a\u2003 b", "a&#13;b"])
def test_every_run_of_blanks_is_one(odd: str) -> None:
    assert [block.text for block in _read(f"<p>{odd}</p>").blocks] == ["a b"]


def test_blanks_between_elements_are_one_blank_and_none_at_the_ends() -> None:
    assert [block.text for block in _read("<p> <i>a </i> <i> b</i>\n</p> <p>\n</p>").blocks] == ["a b"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<math>x<annotation encoding='application/x-tex'> y^2 </annotation></math>", "a $y^2$ b"),
        ("<math>x<mi>y</mi></math>", "a xy b"),
        ("<script type='math/tex'> z </script>", "a $z$ b"),
        ("<script>z</script>", "a b"),
        ("<p hidden>z</p>", "a b"),
        ("<span class='katex-html'>z<b>y</b></span>", "a b"),
    ],
)
def test_formulas_are_read_and_what_is_hidden_is_not(inside: str, text: str) -> None:
    assert [block.text for block in _read(f"<div>a {inside} b</div>").blocks] == [text]


@pytest.mark.parametrize(
    ("head", "title", "address", "date"),
    [
        ("<title>A</title><meta property='og:title' content='B'>", "B", None, None),
        ("<title> </title><title>A</title>", "A", None, None),
        ("<link rel=canonical href='/c'><meta property='og:url' content='/d'>", None, f"{_HOME}c", None),
        ("<base href='/e/'>", None, f"{_HOME}e/", None),
        ("<meta name=date content='2024/02/03'>", None, None, "2024-02-03"),
        ("<meta name=citation_publication_date content='soon'>", None, None, None),
        ("<body><header><time datetime='2024-01-01'></header><article><header><time datetime='2024-01-02'>",
         None, None, "2024-01-02"),
        ("<body><header><article><time datetime='2024-01-03'>", None, None, "2024-01-03"),
        ("<body><time datetime='2024-01-01'>", None, None, None),
    ],
)  # fmt: skip
def test_a_page_states_title_address_and_date(
    head: str, title: str | None, address: str | None, date: str | None
) -> None:
    stated = Document(f"<!doctype html><html>{head}", "p.html", _HOME).head
    assert (stated.title, stated.address, stated.date) == (title, address or _HOME, date)
