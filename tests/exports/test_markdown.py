"""The reading list, as readers of Markdown see it: CommonMark, GitHub's extensions and bare addresses among them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.exports.awkward import RECORDS
from tui.exports import Item, Options, markdown
from tui.model import Entry, Marks, Mention, Paper, Record

READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "github": MarkdownIt("gfm-like"),
}
KEY = "key1999"


def paper(marks: Marks = Marks(), abstract: str | None = None) -> Paper:  # noqa: B008 - frozen
    entry = Entry(title="T", abstract=abstract)
    return Paper("id", (Mention("i", "I", None, None, None, 1, entry),), marks)


def line(record: Record, marks: Marks = Marks()) -> str:  # noqa: B008 - frozen
    return markdown.write([Item(KEY, record, paper(marks))]).text


def tokens(text: str, reader: str) -> list[Any]:
    return [
        inner for token in READERS[reader].parse(text) for inner in [token, *(token.children or [])]
    ]  # fmt: skip


def said(text: str, reader: str) -> str:
    return "".join(token.content for token in tokens(text, reader) if token.type in ("text", "code_inline"))


def test_a_paper_is_a_line_with_link_authors_venue_year_and_key() -> None:
    record = Record(
        type="conference", title="On *Stars*", authors=("Ada Lovelace", "van Gogh, Vincent"), venue="NeurIPS",
        year=2020, doi="10.1000/x_(1)",
    )  # fmt: skip
    assert line(record) == (
        "- [On \\*Stars\\*](https://doi.org/10.1000/x_%281%29) — Ada Lovelace, Vincent van Gogh — *NeurIPS*, 2020"
        " — `key1999`\n"
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "https://example.org/a?b=1&copy=2", "doi": "10.1000/x"}, "](https://example.org/a?b=1&amp;copy=2)"),
        ({"arxiv": "2010.10915v2"}, "](https://arxiv.org/abs/2010.10915) — arXiv — "),
        ({"url": "javascript:alert(1)"}, "- T — `key1999`"),
        ({"url": "ftp://example.org/"}, "- T — `key1999`"),
        ({"authors": tuple(f"A B{chr(97 + n)}" for n in range(12))}, "A Ba, A Bb, A Bc, A Bd, A Be and 7 more"),
        ({"authors": ("Ada Lovelace",), "more_authors": 1}, "Ada Lovelace et al. — "),
        ({"authors": ("Ada Lovelace",), "more_authors": 1199}, "Ada Lovelace and 1,199 more — "),
        ({"authors": ("Ada Lovelace", "et al.")}, "Ada Lovelace et al. — "),
        ({"year": 20}, "- T — `key1999`"),
    ],
)
def test_what_is_known_is_said(fields: dict[str, Any], words: str) -> None:
    assert words in line(Record(**{"title": "T", **fields}))


def test_the_readers_own_marks_stand_behind_and_notes_below() -> None:
    marks = Marks(starred=True, state="to read", tags=("a_b", "c"), note="First <b>line</b>\n- second\n\n# third")
    assert line(Record(title="T"), marks) == (
        "- T — `key1999` · ★ · to read · tags: a\\_b, c\n\n"
        "  First &lt;b&gt;line&lt;/b&gt;\\\n  \\- second\n\n  \\# third\n"
    )


def test_a_note_keeps_its_lines_and_their_indents_and_makes_no_code() -> None:
    marks = Marks(note="one\n  two\n\tthree\n\n\n        four\n" + " " * 90 + "five")
    assert line(Record(title="T"), marks) == (
        "- T — `key1999`\n\n  one\\\n  &nbsp;&nbsp;two\\\n  &nbsp;&nbsp;&nbsp;&nbsp;three\n\n\n"
        f"  {'&nbsp;' * 8}four\\\n  {'&nbsp;' * 24}five\n"
    )


@pytest.mark.parametrize("reader", READERS)
@given(note=st.text("-+*#>`~=|[]()<>!_\\&:.1 \tab\n", max_size=60), tag=st.text("-*`]|>#~\n ab", max_size=12))
def test_whatever_a_note_or_tag_holds_the_list_has_its_items_and_no_other_parts(
    reader: str, note: str, tag: str
) -> None:
    marks = Marks(note=note, tags=(tag,), starred=True, state="dropped")
    record = Record(title="T", authors=("Ada",), venue="V", url="https://example.org/")
    harmless(markdown.write([Item(KEY, record, paper(marks))] * 2).text, 2, reader)


def test_an_abstract_stands_below_where_it_is_asked_for() -> None:
    items = [Item("a", Record(title="A"), paper(abstract="One.\n\n1. Two & <three>")), Item("b", Record(title="B"))]
    assert markdown.write(items).text == "- A — `a`\n- B — `b`\n"
    assert markdown.write(items, Options(("abstract",))).text == (
        "- A — `a`\n\n  > One.\n  >\n  > 1\\. Two & &lt;three&gt;\n\n- B — `b`\n"
    )


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](https://evil.example)", "![a](https://evil.example/x)",
    "](https://evil.example) [x", "https://evil.example/x", "www.evil.example", "evil.example/x", "me@evil.example",
    "<https://evil.example>", "&lt;b&gt;", "&#60;b&#62;", "`code`", "**bold** _em_ ~~gone~~", "a\\", "a\\](https://e.x)",
    "| a | b |", "# heading", "- item", "1. item", "+ item", "> quote", "---", "***", "[ ] task", "[x]: https://evil.example",
    "[^1]", "$x$ and $$y$$", ":smile:", "==mark==", "%%comment%%", "{.class}", "```", "~~~", "<!-- x -->", "&amp;copy;",
    "//evil.example/x", "ftp://evil.example", "mailto:me@evil.example", "@someone and #1", "a  ", "\t\tcode",
]  # fmt: skip
_ALLOWED = {
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open", "paragraph_close",
    "inline", "text", "em_open", "em_close", "code_inline", "link_open", "link_close", "blockquote_open",
    "blockquote_close", "softbreak", "hardbreak",
}  # fmt: skip


def harmless(text: str, count: int, reader: str) -> None:
    found = tokens(text, reader)
    assert {token.type for token in found} <= _ALLOWED
    assert [token.attrs["href"] for token in found if token.type == "link_open"] == ["https://example.org/"] * count
    assert sum(token.type == "em_open" for token in found) == count
    assert [token.content for token in found if token.type == "code_inline"] == [KEY] * count
    assert sum(token.type == "list_item_open" for token in found) == count


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_strangers_takes_effect(text: str, reader: str) -> None:
    record = Record(title=f"T {text}", authors=(f"Ada {text}", text), venue=text + " V", url="https://example.org/")
    marks = Marks(note=f"{text}\n{text}", tags=(text,))
    harmless(
        markdown.write([Item(KEY, record, paper(marks, f"{text}\n\n{text}"))] * 2, Options(("abstract",))).text,
        2,
        reader,
    )
    bare = dataclasses.replace(record, title=f"{text} T")
    harmless(markdown.write([Item(KEY, bare, paper(marks))]).text, 1, reader)


@pytest.mark.parametrize("reader", READERS)
@given(st.text("[]()<>!*_`~\\#&;:/.@|{}$=%^-+1 ab\n", max_size=40))
def test_escaped_text_shows_as_it_is(reader: str, text: str) -> None:
    plain = " ".join(text.split())
    assert said(markdown.escaped(text), reader) == plain


@pytest.mark.parametrize("reader", READERS)
def test_the_awkward_records_are_one_list(reader: str) -> None:
    written = markdown.write([Item(name, record) for name, record in RECORDS.items()])
    found = tokens(written.text, reader)
    assert {token.type for token in found} <= _ALLOWED
    assert sum(token.type == "list_item_open" for token in found) == written.count == len(RECORDS)


@pytest.mark.parametrize("key", ["a`b", "`a", "a``b`", "a|b"])
def test_a_key_with_backquotes_is_code_all_the_same(key: str) -> None:
    found = tokens(markdown.write([Item(key, Record(title="T"))]).text, "commonmark")
    assert [token.content for token in found if token.type == "code_inline"] == [key]
