"""Texts and pages that mean harm: none stalls a parser, breaks it, or gets past the gate that cleans it."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.digests import FORMATS, Format, bibtex, bibtex_blocks, read
from tui.digests.document import Document
from tui.digests.json_stream import contents
from tui.errors import NoPapersError, PaperrackError

SIZE = 1_000_000
PROSE = tuple(each for each in FORMATS if each.NAME not in ("papers-json", "csl-json", "bibtex", "ris"))

SHAPES = {
    "questions": "What is it? foo\n",
    "labels": "What xq7 foo: bar\n",
    "dots": "Ab Cd · Ef Gh\n",
    "one byline": "Ab Cd · ",
    "brackets": "[(",
    "links cut short": "](http",
    "links": "[a](http://b.example/d) ",
    "anchors": '<a href="http',
    "angles": "<",
    "addresses": "https://arxiv.org/abs/2010.10915 ",
    "closing brackets": "http://a.example/" + ")" * 1990 + " ",
    "numbers": "7. Title of it\nAb Cd, Ef Gh\n— A (@b) May 1, 2020\n",
    "quotation marks": '"',
    "stars": "**a",
    "lines of stars": "**a" * 500 + "\n",
    "underscores": "_a" * 500 + "\n",
    "rows": "| a | b |\n",
    "blanks": " \n",
    "trailing blanks": "x" + " " * 4000 + "\n",
    "authors": "Ab Cd, " * 2500 + "\n",
    "shamra": "تاريخ النشر 2020\nمجال البحث x\nاقرأ أيضاً\n59 - a , b 2020\nfoo bar\n",
    "attributions": "— " * 1900 + "(@\n",
    "ands": " and" * 4000 + "\n",
    "footers": "December 21, 2022 · 1 words · A B\n",
    "divisions": "<div>",
    "bold": "<p><b>",
    "tables": "<table><tr><td>",
    "quotes": "<blockquote>a<br>",
    "abstracts": "Abstract\n",
    "buttons": "Slides\n",
    "formats": "pdf\n",
    "times": "12:00 - 13:00\n",
    "links to papers": "Link to paper\n",
    "details": "Show details\n",
    "dots that go on": "Foo bar ·\n",
    "targets without words": "](https://a",
    "targets in brackets": "[](https://a(",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("around", ["{}", "<html><body>{}"])
def test_a_megabyte_of_one_shape_is_read_in_seconds(shape: str, around: str) -> None:
    piece = SHAPES[shape]
    text = around.format(piece * (SIZE // len(piece)))
    begin = time.perf_counter()
    with suppress(NoPapersError):
        read(Document(text, "-"))
    # Linear steps take one to three seconds on a busy machine; a quadratic one takes hours.
    assert time.perf_counter() - begin < 20


@pytest.mark.parametrize("piece", ["Foo bar ·\n", "Foo Bar · Baz Qux ·\n", "A title\nAda Byron · Foo Bar\nPoster\n"])
def test_a_session_of_one_shape_is_read_in_seconds(piece: str) -> None:
    begin = time.perf_counter()
    with suppress(NoPapersError):
        read(Document(piece * (SIZE // len(piece)), "-"), "session")
    assert time.perf_counter() - begin < 20


@pytest.mark.parametrize("piece", ["@a{b,", "@a{b,\n", "@a{b{", "x@a(b,"])
def test_five_megabytes_of_broken_bibtex_are_given_up_early_and_said_so_once(piece: str) -> None:
    begin = time.perf_counter()
    (issue,) = bibtex.parse(Document(piece * (5 * SIZE // len(piece)), "a.bib"))
    assert time.perf_counter() - begin < 20
    assert len(issue.warnings) == bibtex_blocks.MAX_REMARKS + 2
    assert "more entries have defects" in issue.warnings[-2].why
    assert "left from here on" in issue.warnings[-1].why


@pytest.mark.parametrize("end", ["\n", " "])
def test_a_large_bibtex_file_is_read_piece_by_piece_without_loss(end: str) -> None:
    one = "@article{{k{0},title={{T {0} @ {{CLEF}} {1}}},year=m}}" + end
    count = 2 * bibtex_blocks.MAX_PIECE // 400
    text = "@string{m = 2001}\n" + "".join(one.format(number, "x" * 400) for number in range(count))
    (issue,) = bibtex.parse(Document(text, "a.bib"))
    assert issue.warnings == ()
    assert [str(entry.title).split()[1] for entry in issue.entries] == [str(number) for number in range(count)]
    assert {entry.year for entry in issue.entries} == {2001}
    assert issue.entries[-1].line == (count + 1 if end == "\n" else 2)


@pytest.mark.parametrize("kind", [{}, [], 1, None, ["book"]])
def test_a_type_that_is_no_text_makes_no_item_of_csl(kind: object) -> None:
    text = json.dumps([{"type": kind, "title": "x"}])
    assert contents(text) is None
    with pytest.raises(NoPapersError):
        read(Document(text, "-"))


@pytest.mark.parametrize("each", PROSE, ids=lambda each: each.NAME)
@pytest.mark.parametrize("text", ["home\n", "«prev\n\nnext »\n", "---\n", "<html><body><nav>home</nav></body></html>"])
def test_a_site_without_words_names_no_paper_in_any_format(text: str, each: Format) -> None:
    with pytest.raises(NoPapersError):
        read(Document(text, "-"), each.NAME)


PIECES = (
    "What is it?",
    "Why it matters? Because.",
    "A Title of a Paper",
    "Ada Byron · Max Planck",
    "1. First of them",
    "https://arxiv.org/abs/1706.03762",
    "— AK (@ak) May 1, 2020",
    "نشر من قبل Ada",
    "تاريخ النشر 2020",
    "اقرأ أيضاً",
    "December 21, 2022 · 5 words · Ada Byron",
    "Abstract",
    "| a | b |",
    "| Title | Authors |",
    "# Heading",
    "---",
    "[x](https://doi.org/10.1000/xyz)",
    "<b>",
    "</p>",
    "\x1b[31mred",
    "\u202eoverride",
    "[/]",
    "",
    " ",
    "\\\\",
    "Title: x",
    "<html>",
    "<blockquote>",
    "</blockquote>",
    "<td>",
    "9 - a , b 2020",
    "353   0   0.0 ( 0 )",
    "Track 2 Session 6",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=30))
def test_no_mixture_of_lines_breaks_any_format(lines: list[str]) -> None:
    document = Document("\n".join(lines), "-")
    for each in PROSE:
        each.recognises(document)
        try:
            issues = each.parse(document)
        except PaperrackError:
            continue
        for issue in issues:
            shown = [issue.title, issue.text, *(entry.title or entry.abstract or "" for entry in issue.entries)]
            assert not any(char in text for text in shown for char in "\x1b\u202e")
            assert issue.id == ""
            assert issue.format == each.NAME


@pytest.mark.parametrize("depth", [300, 1500])
def test_a_page_that_is_nested_deep_is_read(depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + "<p>See arXiv:1706.03762 for it.</p>"
    (issue,) = read(Document(page, "-"))
    assert issue.entries[0].identifiers == {"arxiv": "1706.03762"}


def test_scripts_styles_and_comments_of_a_page_are_nobodys_words() -> None:
    page = (
        "<html><head><script>var a = 'arXiv:1111.11111'</script><style>arXiv:1111.11112</style></head><body>"
        "<!-- arXiv:1111.11113 --><noscript>arXiv:1111.11114</noscript><template>arXiv:1111.11115</template>"
        "<nav><a href='https://arxiv.org/abs/1111.11116'>x</a></nav><p>arXiv:1706.03762</p></body></html>"
    )
    (issue,) = read(Document(page, "-"))
    assert [entry.identifiers["arxiv"] for entry in issue.entries] == ["1706.03762"]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1"])
def test_addresses_that_are_none_become_no_links(target: str) -> None:
    (issue,) = read(
        Document(f'<html><body><p>arXiv:1706.03762 <a href="{target}">a</a></p>', "-", "https://site.example/")
    )
    assert issue.entries[0].links == ()
