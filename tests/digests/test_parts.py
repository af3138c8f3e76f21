"""The small readers that the formats share: dates, names, headings, blocks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests import read
from tui.digests.blocks import Head
from tui.digests.bylines import dotted, is_byline, is_person, names_at, split_names
from tui.digests.dates import date_in, day_range, is_date, number_of
from tui.digests.document import Document
from tui.digests.labels import labels
from tui.digests.markdown import linked, text_blocks
from tui.digests.mastheads import masthead
from tui.digests.paragraphs import unwrapped, width


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("December 21, 2022", "2022-12-21"),
        ("Dec 21, 2022", "2022-12-21"),
        ("21 December 2022", "2022-12-21"),
        ("21st December, 2022", "2022-12-21"),
        ("2022/12/21", "2022-12-21"),
        ("12/21/2022", "2022-12-21"),
        ("2022年12月21日", "2022-12-21"),
        ("21 février 2022", "2022-02-21"),
        ("21. März 2022", "2022-03-21"),
        ("21 de diciembre de 2022", "2022-12-21"),
        ("February 30, 2022", None),
        ("no day at all in 2022", None),
    ],
)
def test_days_are_read_in_words_and_digits(words: str, day: str | None) -> None:
    assert date_in(words) == day


def test_a_line_is_a_date_only_if_it_says_nothing_else() -> None:
    assert is_date("Published on Monday, Nov 7, 2020")
    assert not is_date("What happened on Nov 7, 2020")


@given(st.dates(min_value=date(1501, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert date_in(f"on {day:%Y-%m-%d}") == f"{day:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("sixth", 6),
        ("6th", 6),
        ("six", 6),
        ("twenty-first", 21),
        ("twenty first", 21),
        ("ninety-ninth", 99),
        ("#12", 12),
        ("often", None),
    ],
)
def test_numbers_are_read_in_words_and_digits(words: str, number: int | None) -> None:
    assert number_of(words) == number


def test_days_are_said_as_a_span() -> None:
    assert day_range(("2022-12-21", "2022-12-20")) == "20–21 December 2022"
    assert day_range(("2022-11-30", "2022-12-01")) == "30 November – 1 December 2022"
    assert day_range(("2022-12-31", "2023-01-01")) == "31 December 2022 – 1 January 2023"
    assert day_range(("2022-12-31",)) == "31 December 2022"


@pytest.mark.parametrize(
    ("text", "names", "more"),
    [
        ("Ada Byron, Max Planck and 2 others", ("Ada Byron", "Max Planck"), 2),
        ("Ada Byron and 1 others", ("Ada Byron",), 1),
        ("Ada Byron and 1 other", ("Ada Byron",), 1),
        ("Ada Byron, and 12 more", ("Ada Byron",), 12),
        ("Ada Byron et al.", ("Ada Byron",), 1),
        ("Ada Byron, Joe Doe, Jr., Max Planck", ("Ada Byron", "Joe Doe Jr.", "Max Planck"), 0),
        ("Ada Byron · Max Planck", ("Ada Byron", "Max Planck"), 0),
    ],
)
def test_lists_of_authors_are_taken_apart(text: str, names: tuple[str, ...], more: int) -> None:
    assert split_names(text) == (names, more)


def test_names_are_read_up_to_where_the_sentence_goes_on() -> None:
    assert names_at("Guy L. Steele Jr., Doug Lea and Christine H. Flood. Read section 3.")[0] == (
        "Guy L. Steele Jr.",
        "Doug Lea",
        "Christine H. Flood",
    )


@pytest.mark.parametrize(
    "text",
    [
        "yajie cui · Alexis CONNEAU",
        "Sindy Löwe · Peter O'Connor",
        "Ada Byron•Max Planck",
        "Quoc V Le · Marc'Aurelio Ranzato",
        "Ada Byron | Max Planck",
    ],
)
def test_names_between_dots_are_a_byline(text: str) -> None:
    assert len(dotted(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "December 21, 2022 · 1458 words",
        "cs.CY | cs.CL",
        "abs | pdf",
        "a title of many words · and then more of the words",
        "·",
        "",
    ],
)
def test_other_things_between_dots_are_none(text: str) -> None:
    assert dotted(text) == ()


def test_titles_are_no_bylines() -> None:
    assert not is_byline("Adam: A Method for Stochastic Optimization")
    assert not is_byline("Images, Text, and the Space Between Them")
    assert not is_person("Layer")
    assert is_byline("Geoffrey Hinton")


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("What is it? A net.", "what"),
        ("What it is? A net.", "what"),
        ("Waht is it? A net.", "what"),
        ("**What is it** A net.", "what"),
        ("### What's this?", "what"),
        ("Why it matters? It does.", "why"),
        ("Why does it matters: It does.", "why"),
        ("Why it mater? It does.", "why"),
        ("_Why is this important?_ It is.", "why"),
        ("**Key takeaways:** Three.", "other"),
        ("Authors: Ada Byron", "authors"),
        ("**What Does BERT Look At? An Analysis of BERT's Attention**", None),
        ("Why Should I Trust You? Explaining the Predictions of Any Classifier", None),
        ("## The Lottery Ticket Hypothesis: Finding Sparse Networks", None),
        ("What a week this was for everybody.", None),
    ],
)
def test_section_headings_are_known_however_they_are_spelled(line: str, sort: str | None) -> None:
    found = labels(text_blocks(line))
    assert (found[0].sort if found else None) == sort


@pytest.mark.parametrize(
    ("lines", "series", "number"),
    [
        ("week 6 - a\n\nWelcome to the sixth edition of ai weekly. This week", "ai weekly", "6"),
        ("Notes\n\nWelcome to edition 12 of the *Paper Notes*!", "Paper Notes", "12"),
        ("Hello\n\nWelcome to the twenty-third issue of Reading Room, where we read.", "Reading Room", "23"),
        ("Reading Room #7\n\nWelcome back to Reading Room, friends.", "Reading Room", "7"),
        ("Papers\n\nNo welcome here.", None, None),
    ],
)
def test_series_and_number_are_read_from_the_first_lines(lines: str, series: str | None, number: str | None) -> None:
    found = masthead(Head(), text_blocks(lines))
    assert (found.series, found.number) == (series, number)


def test_markdown_lines_become_blocks() -> None:
    blocks = text_blocks("# One\n\n- two\n1. three\n> four\n\n| a | b |\n|---|---|\nFive\n====\n***\nsix")
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        ("heading", 1, "One"),
        ("item", 0, "two"),
        ("numbered", 0, "1. three"),
        ("quote", 0, "four"),
        ("row", 0, "a | b"),
        ("rule", 0, "|---|---|"),
        ("text", 0, "Five"),
        ("rule", 0, "===="),
        ("rule", 0, "***"),
        ("text", 0, "six"),
    ]
    assert [block.line for block in blocks][:2] == [1, 3]


@pytest.mark.parametrize(
    ("text", "words", "urls"),
    [
        ("see [a](https://b.example/c) now", "see a now", ["https://b.example/c"]),
        ("[[pdf]](https://b.example/c)", "[pdf]", ["https://b.example/c"]),
        ("[a](https://en.wikipedia.org/wiki/Foo_(bar))", "a", ["https://en.wikipedia.org/wiki/Foo_(bar)"]),
        ('[a](https://b.example "title") b', "a b", ["https://b.example"]),
        ('<a href="https://b.example/c">a</a>', "a", ["https://b.example/c"]),
        ("[a](javascript:x) and f[i](x)", "[a](javascript:x) and f[i](x)", []),
        ("x < y, [1](http", "x < y, [1](http", []),
    ],
)
def test_links_are_read_with_their_words(text: str, words: str, urls: list[str]) -> None:
    found, anchors = linked(text)
    assert (found, [anchor.url for anchor in anchors]) == (words, urls)
    assert all(found[anchor.start : anchor.end].strip() for anchor in anchors)


def test_broken_lines_are_made_whole_and_whole_lines_stay() -> None:
    broken = "\n".join(["the reader of these lines sees that they were broken to fit"] * 5)
    assert len(unwrapped(text_blocks(broken), lambda index: False)) == 1
    whole = "A first line that stands for itself alone.\nA second line that does so too, and ends.\nA third one."
    assert width(text_blocks(whole)) is None


def test_a_newsletter_in_markdown_with_every_liberty_is_read() -> None:
    text = (
        "# Paper Notes #8\n\nWelcome to the 8th edition of Paper Notes! Two papers and a half.\n\n## Language\n\n"
        "### 1. *Language* Models are **Few-Shot** Learners\n\n"
        "[Paper](https://arxiv.org/abs/2005.14165) | [Code](https://github.com/openai/gpt-3)\n\n**What it is?**\n\n"
        "A big model, [not like BERT](https://arxiv.org/abs/1810.04805).\n\nA second paragraph!\n\n"
        "### Attention Is All You Need\nAshish Vaswani, Noam Shazeer\n\nhttps://doi.org/10.5555/3295222.3295349\n\n"
        "What is it? Transformers.\n\n### A paper without any link\n\nWhy it matter? Nobody linked it.\n\n---\n\n"
        "Thanks for reading!\n"
    )
    (issue,) = read(Document(text, "notes.md"))
    assert (issue.format, issue.title, issue.series, issue.number) == (
        "newsletter",
        "Paper Notes #8",
        "Paper Notes",
        "8",
    )
    first, second, third = issue.entries
    assert first.title == "Language Models are Few-Shot Learners"
    assert first.identifiers == {"arxiv": "2005.14165"}
    assert first.links[-1].url == "https://arxiv.org/abs/1810.04805"
    assert first.sections[0].text == "A big model, not like BERT.\n\nA second paragraph!"
    assert first.categories == ("Language",)
    assert (second.authors, second.identifiers) == (
        ("Ashish Vaswani", "Noam Shazeer"),
        {"doi": "10.5555/3295222.3295349"},
    )
    assert (third.title, third.links) == ("A paper without any link", ())
    assert [(remark.line, remark.text) for remark in issue.warnings] == [
        (text.split("\n").index("Thanks for reading!") + 1, "Thanks for reading!")
    ]


@pytest.mark.parametrize(
    "words", ["March 12th, 2024", "½ March 2024", "March ⑫ 2024", "二〇二四年三月十二日", "令和6年3月12日"]
)
def test_no_look_for_digits_loses_a_date(words: str) -> None:
    assert date_in(words) is not None
