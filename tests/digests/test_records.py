"""The record formats together: which texts they take, and that no text breaks or stalls them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.digests import bibtex, csl_json, papers_json, ris
from tui.digests.document import Document
from tui.digests.records import kept_key, month_of, named_after, pages_of, settled_type, year_of
from tui.model.names import Name

SHARED = Path(__file__).resolve().parents[3] / "shared"
FORMATS = {"papers-json": papers_json, "csl-json": csl_json, "bibtex": bibtex, "ris": ris}

BIB = "@misc{vaswani2017,\n  title = {Attention Is All You Need},\n  eprint = {1706.03762}\n}\n"
CSL = json.dumps([{"id": "a", "type": "article-journal", "title": "Attention Is All You Need"}])
RIS = "TY  - JOUR\nTI  - Attention Is All You Need\nER  - \n"
PAPERS = json.dumps([{"title": "Attention Is All You Need", "identifiers": {"arxiv": "1706.03762"}}])


def taken(text: str, source: str = "-") -> list[str]:
    return [name for name, each in FORMATS.items() if each.recognises(Document(text, source))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", BIB),
        ("bibtex", "% Encoding: UTF-8\n\n" + BIB * 3 + "@comment{jabref-meta: x}\n"),
        ("bibtex", "@article(key,\n title = {A (b) c)}, year = 2020)\n"),
        ("csl-json", CSL),
        ("csl-json", json.dumps(json.loads(CSL)[0])),
        ("csl-json", json.dumps([{"note": "no item"}, *json.loads(CSL)])),
        ("ris", RIS),
        ("ris", "Provider: a publisher\nContent: text/plain\n\n" + RIS),
        ("papers-json", PAPERS),
        ("papers-json", json.dumps(json.loads(PAPERS)[0])),
        ("papers-json", json.dumps([{"title": "An only title"}])),
        ("papers-json", json.dumps([{"mentions": [{"issue": "a", "title": "b"}], "unknown": 1}])),
    ],
)
def test_each_kind_of_text_is_taken_by_exactly_one_format(name: str, text: str) -> None:
    assert taken(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1] A. Vaswani. Attention is all you need. arXiv:1706.03762\n[2] Another.",
        "[A paper](https://arxiv.org/abs/1706.03762) and its `@misc{key, title={x}}`.\n\n" + BIB,
        "This week's papers\n\n1. Attention Is All You Need\nWe cite it so:\n" + BIB,
        "# BibTeX\n" + BIB,
        BIB + "\n".join(f"A line of prose, number {n}, on why it matters." for n in range(20)),
        '{"title": "x"} is how a paper looks in JSON',
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "A feed", "items": [{"id": "1"}]}),
        json.dumps([{"paper": {"id": "1706.03762", "title": "Attention"}, "title": "Attention"}]),
        json.dumps({"message": {"DOI": "10.1000/x", "title": ["y"]}}),
        "[]",
        "[1, 2, 3]",
        "TY - the abbreviation - is explained below.\nER is too.",
        "A digest that shows RIS:\n" + "line\n" * 12 + RIS,
    ],
)
def test_a_digest_that_only_quotes_records_is_left_to_the_others(text: str) -> None:
    assert taken(text) == []


def test_no_shared_digest_is_taken_for_records() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared folder is not beside this checkout")
    files = [*(SHARED / "seeds").iterdir(), *(SHARED / "samples").iterdir(), *(SHARED / "seeds_html").iterdir()]
    assert files
    assert {
        file.name: taken(file.read_text("utf-8"), file.name) for file in files if taken(file.read_text("utf-8"))
    } == {}


HOSTILE = {
    "open brackets": "[" * 400_000,
    "open objects": '{"a":' * 100_000,
    "open braces": "@misc{a, title = " + "{" * 400_000,
    "at signs": "@misc{a,\n" * 20_000,
    "blanks": "@misc{a, title = {" + " " * 400_000 + "}}",
    "blank lines": "@misc{a, title = {x}}" + "\n \t" * 150_000,
    "dollars": "@misc{a, title = {" + "$a" * 150_000 + "}}",
    "open math": "@misc{a, title = {" + r"\(a" * 150_000 + "}}",
    "ands": "@misc{a, title = {x}, author = {" + " and " * 80_000 + "}}",
    "commas": "@misc{a, title = {x}, author = {" + "," * 200_000 + "}}",
    "hashes": "@misc{a, title = {x}, note = " + "a # " * 100_000 + "b}",
    "doubling macros": "".join(f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 5_000))
    + "@misc{a, title = m4999}\n",
    "one name for all": "@misc{a, title={x}, crossref={a}}\n" * 2_000,
    "RIS without an end": "TY  - JOUR\n" * 30_000 + "ER  - ",
    "a long RIS value": "TY  - JOUR\nTI  - x\n" + "word\n" * 80_000 + "ER  - ",
    "RIS authors": "TY  - JOUR\nTI  - x\n" + "AU  - A, B\n" * 30_000 + "ER  - ",
    "long number": '[{"title": "x", "year": ' + "9" * 100_000 + "}]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_the_time_of_its_length(name: str) -> None:
    document = Document(HOSTILE[name], "hostile.bib" if "@" in HOSTILE[name][:1] else "hostile")
    start = time.process_time()
    for each in FORMATS.values():
        if each.recognises(document):
            each.parse(document)
    each = {"[": papers_json, "{": papers_json, "T": ris}.get(document.text[0], bibtex)
    assert len(each.parse(document)) == 1
    assert time.process_time() - start < 10


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "authors",
                    "author",
                    "mentions",
                    "record",
                    "identifiers",
                    "arxiv",
                    "links",
                    "url",
                    "rel",
                    "issued",
                    "date-parts",
                    "type",
                    "DOI",
                    "family",
                    "position",
                    "issue",
                    "sections",
                    "posts",
                    "text",
                    "metrics",
                    "tags",
                    "state",
                    "key",
                    "container-title",
                ],
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.lists(_VALUES, max_size=4))
def test_json_of_any_shape_is_read_without_a_traceback(items: list[object]) -> None:
    document = Document(json.dumps(items), "any.json")
    for each in (papers_json, csl_json):
        for issue in each.parse(document):
            assert all(entry.title or entry.abstract or entry.identifiers or entry.record for entry in issue.entries)


_PIECES = st.lists(
    st.sampled_from(
        ["@misc{", "@string{", "@comment{", "k", ",", "title", "author", "=", "{", "}", '"', "#", "(", ")", "\\", "$",
         "%", "\n", " and ", "@", "TY  - JOUR\n", "ER  - \n", "TI  - x\n", "AU  - ,\n", "é", "\\'e", "~", "--"]
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None)
@given(_PIECES)
def test_torn_bibtex_and_ris_are_read_without_a_traceback(pieces: list[str]) -> None:
    document = Document("".join(pieces), "torn.bib")
    for each in (bibtex, ris):
        lines = document.text.count("\n") + 1
        assert all(1 <= remark.line <= lines for issue in each.parse(document) for remark in issue.warnings)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("-", "Standard input"),
        ("refs/my.papers.bib", "my.papers"),
        ("refs\\mine.bib", "mine"),
        ("https://example.org/a/list%20one.json?x=1", "list one"),
        ("https://example.org/", "example.org"),
        (".bib", ".bib"),
    ],
)
def test_an_issue_without_a_title_is_named_after_its_file(source: str, title: str) -> None:
    assert named_after(Document("x", source)) == title


@pytest.mark.parametrize(
    ("name", "shown", "kept"),
    [
        (Name("Vaswani", "Ashish"), "Ashish Vaswani", "Ashish Vaswani"),
        (Name("van der Maaten", "Laurens"), "Laurens van der Maaten", "Laurens van der Maaten"),
        (Name("García Márquez", "Gabriel"), "Gabriel García Márquez", "García Márquez, Gabriel"),
        (Name("Smith", "John", "Jr."), "John Smith Jr.", "Smith, Jr., John"),
        (Name("ATLAS Collaboration"), "ATLAS Collaboration", "ATLAS Collaboration"),
    ],
)
def test_a_record_keeps_commas_only_where_the_family_name_would_be_lost(name: Name, shown: str, kept: str) -> None:
    assert (name.shown, name.kept) == (shown, kept)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12--34", "12-34"),
        ("12 – 34", "12-34"),
        ("12-34", "12-34"),
        ("S1-5--S1-9", "S1-5–S1-9"),
        ("e7", "e7"),
        ("", None),
    ],
)
def test_pages_get_one_dash(text: str, pages: str | None) -> None:
    assert pages_of(text) == pages


@pytest.mark.parametrize(
    ("text", "month"),
    [("January", 1), ("oct", 10), ("10", 10), ("sept.", 9), ("May~5", 5), ("13", None), ("Spring", None), ("", None)],
)
def test_months_are_read_from_words_and_numbers(text: str, month: int | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(("text", "year"), [("2020", 2020), ("in press 2021", 2021), ("20201", None), ("n.d.", None)])
def test_years_are_four_digits_of_their_own(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize("key", ["", "a b", "a{b", "a,b", "a%b", "a\\b", "x" * 300, "a~b", "a'b", "müller_2020"])
def test_a_key_that_would_break_a_bib_file_is_not_kept(key: str) -> None:
    assert kept_key(key) is None


@pytest.mark.parametrize("key", ["vaswani2017attention", "DBLP:conf/nips/VaswaniSPUJGKP17", "mueller_2020-a"])
def test_a_usual_key_is_kept_as_it_is(key: str) -> None:
    assert kept_key(key) == key


@pytest.mark.parametrize(
    ("kind", "venue", "arxiv", "settled"),
    [
        ("journal", "arXiv preprint arXiv:1706.03762", "1706.03762", ("preprint", None)),
        ("journal", "CoRR", "1706.03762", ("preprint", None)),
        ("journal", "bioRxiv", None, ("preprint", "bioRxiv")),
        ("journal", "Nature", "1706.03762", ("journal", "Nature")),
        ("other", None, "1706.03762", ("preprint", None)),
        ("other", None, None, ("other", None)),
        ("conference", "Workshop on Insights", None, ("workshop", "Workshop on Insights")),
        ("conference", "NeurIPS", "1706.03762", ("conference", "NeurIPS")),
    ],
)  # fmt: skip
def test_a_preprint_is_told_by_its_venue_and_its_arxiv_id(kind: str, venue: str, arxiv: str, settled: object) -> None:
    assert settled_type(kind, venue, arxiv) == settled  # type: ignore[arg-type]  # parametrised by plain strings
