"""Lists of papers with links: the real ones, and every other order in which such lists put what they state."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tui.digests import FORMATS, links, read, reading_list
from tui.digests.document import Document, open_document
from tui.model import Entry, Issue

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
ARXIV = "https://arxiv.org/abs/"
OTHERS = f"- [A First Paper of Ours]({ARXIV}1801.00001)\n- [A Second Paper of Ours]({ARXIV}1801.00002)\n"


def real(name: str) -> Document:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside this checkout")
    return open_document(path)


def taken(document: Document | str, name: str = "list.md") -> Issue:
    """Return the one issue in *document*, which no other kind recognises, the generic one aside."""
    document = Document(document, name) if isinstance(document, str) else document
    assert [each for each in FORMATS if each is not links and each.recognises(document)] == [reading_list]
    (issue,) = read(document)
    return issue


def last(item: str) -> Entry:
    """Return what is read of *item* at the end of a list."""
    entries = taken(OTHERS + item).entries
    assert len(entries) == 3
    return entries[2]


def said(entry: Entry) -> str:
    return "\n".join(part.text for part in entry.sections)


def test_the_real_awesome_list() -> None:
    issue = taken(real("awesome-list.md"))
    assert (issue.title, len(issue.entries)) == ("awesome-list", 92)
    assert all(entry.title and entry.authors and entry.links for entry in issue.entries)
    assert sum(entry.year is None for entry in issue.entries) == 1
    assert sum(entry.more_authors for entry in issue.entries) > 60
    assert len({entry.categories for entry in issue.entries}) == 10
    first, last_one = issue.entries[0], issue.entries[-1]
    assert (first.title, first.authors, first.more_authors, first.year, first.categories) == (
        "Distilling the knowledge in a neural network",
        ("G. Hinton",),
        1,
        2015,
        ("Understanding / Generalization / Transfer",),
    )
    assert (first.identifiers, first.line, first.sections) == ({"arxiv": "1503.02531"}, 13, ())
    assert (last_one.title, last_one.authors) == (
        "Texture networks: Feed-forward synthesis of textures and stylized images",
        ("D Ulyanov",),
    )
    assert [link.rel for entry in issue.entries for link in entry.links].count("pdf") >= 90
    assert not any(entry.sections for entry in issue.entries)
    assert issue.warnings == ()


def test_the_real_highlights_of_a_month() -> None:
    issue = taken(real("monthly-highlights.md"))
    assert issue.title == "Highlights from Machine Translation and Multilinguality in November 2023"
    assert issue.introduction == "Here are a couple of articles that caught my attention in November."
    assert [entry.identifiers for entry in issue.entries] == [
        {"arxiv": number} for number in ("2311.02310", "2311.05350", "2311.07439", "2311.09404")
    ]
    assert [entry.line for entry in issue.entries] == [10, 27, 35, 53]
    assert all(entry.title and entry.categories == () for entry in issue.entries)
    words = said(issue.entries[1])
    assert words.startswith("Folks from Google show that")
    assert words.endswith("suitable training examples.")
    assert "\n" not in words
    assert issue.warnings == ()


A, M = "Ada Byron", "Max Planck"
ITEMS = [
    ("- **{T}** (2020), A. Byron and M. Planck [[pdf]({U})]", ("A. Byron", "M. Planck"), 0, None, 2020, ""),
    (
        "- [{T}]({U}) - Ada Byron, Max Planck, *ICML 2020*. [[code](https://github.com/a/b)]",
        (A, M),
        0,
        "ICML",
        2020,
        "",
    ),
    ("* **[CVPR 2021]** {T} [[Paper]({U})] [[Code](https://github.com/a/b)]", (), 0, "CVPR", 2021, ""),
    ("* (ICLR'22 Oral) **{T}**, A. Byron et al. [[paper]][p]\n\n[p]: {U}\n", ("A. Byron",), 1, "ICLR Oral", 2022, ""),
    ("+ [2023/05] **{T}** | [[arXiv]({U})] | It counts.", (), 0, None, 2023, ""),
    ("- `2019` [{T}]({U}), which we read twice.", (), 0, None, 2019, "which we read twice."),
    ("1. {T}. Ada Byron, Max Planck. ICLR 2020. [[pdf]]({U})", (A, M), 0, "ICLR", 2020, ""),
    ("- {T} (Ada Byron, Max Planck, 2020) [paper]({U})", (A, M), 0, None, 2020, ""),
    ('- Byron et al.: "{T}" [[pdf]({U})]', ("Byron",), 1, None, None, ""),
    ("- Byron, A., & Planck, M. (2015). {T}. *ICLR*. [link]({U})", ("A. Byron", "M. Planck"), 0, "ICLR", 2015, ""),
    ("- [Byron, A., & Planck, M. (2015). {T}. ICLR.]({U})", ("A. Byron", "M. Planck"), 0, None, 2015, ""),
    ("- Byron, A., et al. (2018, July 10). *{T}*. arXiv. {U}", ("A. Byron",), 1, None, 2018, ""),
    ("- **{T}**<br>\n  *Ada Byron, Max Planck.*<br>\n  ICML 2019. [[Paper]({U})]", (A, M), 0, "ICML", 2019, ""),
    (
        "- **{T}**\n  - Authors: Ada Byron, Max Planck\n  - Venue: ICML 2021\n  - [paper]({U})",
        (A, M),
        0,
        "ICML",
        2021,
        "",
    ),
    ("- **{T}**\n\n  [pdf]({U})\n\n  It swims.\n  It drowned then.", (), 0, None, None, "It swims.\nIt drowned then."),
    ("- [ ] [{T}]({U}): a way to count them all.", (), 0, None, None, "a way to count them all."),
]


@pytest.mark.parametrize(
    "title", ["Deep Sheep at Night: A Study", "Sheep Are All You Need", "Counting Sheep in the Dark?"]
)
@pytest.mark.parametrize(("item", "authors", "more", "venue", "year", "words"), ITEMS)
def test_an_item_gives_its_facts_in_whatever_order(
    title: str, item: str, authors: tuple[str, ...], more: int, venue: str | None, year: int | None, words: str
) -> None:
    entry = last(item.replace("{T}", title).replace("{U}", f"{ARXIV}1703.00001"))
    assert (entry.title, entry.identifiers) == (title, {"arxiv": "1703.00001"})
    assert (entry.authors, entry.more_authors, entry.venue, entry.year) == (authors, more, venue, year)
    assert said(entry) == words
    assert entry.links[0].rel == "paper"


def test_several_links_of_one_paper_are_one_entry() -> None:
    entry = last(
        f"- **Two Versions of a Sheep** (2016), [[pdf]({ARXIV}1703.00008)] [[extended version]({ARXIV}1703.00009)]"
        " [[NeurIPS proceedings](https://papers.nips.cc/paper/7181.pdf)] [[supplement](https://a.example/s.pdf)]"
    )
    assert (entry.title, entry.identifiers, len(entry.links)) == (
        "Two Versions of a Sheep",
        {"arxiv": "1703.00008"},
        4,
    )


def test_another_paper_in_an_item_is_one_of_its_own_unless_the_list_has_it() -> None:
    issue = taken(
        f"{OTHERS}- [A Dog and its Survey]({ARXIV}1801.00003) goes on from [A First Paper of Ours]({ARXIV}1801.00001)"
        f" and [the old way to count a dog]({ARXIV}1801.00004).\n"
    )
    assert [(entry.title, entry.identifiers["arxiv"][-1]) for entry in issue.entries] == [
        ("A First Paper of Ours", "1"),
        ("A Second Paper of Ours", "2"),
        ("A Dog and its Survey", "3"),
        ("the old way to count a dog", "4"),
    ]


def test_headings_are_categories_and_what_is_no_paper_is_said() -> None:
    issue = taken(
        "# Awesome Sheep [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n"
        "A list of papers on sheep and on goats and on other animals that sleep standing up.\n\n"
        f"## Contents\n- [Sleep](#sleep)\n\n## Sleep\n### Deep 😴\n{OTHERS}## Tools\n"
        f"- [SheepLib](https://github.com/a/lib): a library.\n- [Third Paper of Ours]({ARXIV}1801.00003)\n"
    )
    assert issue.title == "Awesome Sheep"
    assert (issue.introduction or "").startswith("A list of papers on sheep")
    assert [entry.categories for entry in issue.entries] == [("Sleep", "Deep 😴")] * 2 + [("Tools",)]
    assert [(remark.line, remark.text) for remark in issue.warnings] == [(13, "SheepLib: a library.")]


def test_items_set_in_under_a_word_are_papers_of_their_own() -> None:
    issue = taken(
        f"- Goats\n  - [One Goat of Many]({ARXIV}1801.00003)\n  - [Two Goats of Many]({ARXIV}1801.00004)\n{OTHERS}"
    )
    assert len(issue.entries) == 4
    assert [remark.text for remark in issue.warnings] == ["Goats"]


def test_a_list_on_a_page_is_one_too() -> None:
    issue = taken(
        "<html><head><title>Reading list</title></head><body><nav><a href='/'>Home</a></nav><h1>Reading list</h1>"
        f"<h2>Goats</h2><ul><li><a href='{ARXIV}1801.00001'>Goat One of Many</a>, Ada Byron and Max Planck, ICML 2020"
        f"</li><li><b>Goat Two</b><br>Ada Byron<br><a href='{ARXIV}1801.00002'>pdf</a></li>"
        f"<li><a href='{ARXIV}1801.00003'>Goat Three of Many</a>. We liked it most.</li></ul></body></html>",
        "https://lab.example/reading",
    )
    assert [(entry.title, entry.authors, entry.venue) for entry in issue.entries] == [
        ("Goat One of Many", (A, M), "ICML"),
        ("Goat Two", (A,), None),
        ("Goat Three of Many", (), None),
    ]
    assert {entry.categories for entry in issue.entries} == {("Goats",)}
    assert said(issue.entries[2]) == "We liked it most."


def test_two_papers_or_a_talk_of_papers_are_no_list() -> None:
    assert not reading_list.recognises(Document(OTHERS, "-"))
    prose = "".join(f"\n\nThen I read about it in arXiv:1801.0000{n}, which was fine." for n in range(4, 9))
    assert not reading_list.recognises(Document(f"{OTHERS}- [A Third of Ours]({ARXIV}1801.00003)\n{prose}", "-"))


@pytest.mark.parametrize(
    "piece",
    [
        "- [a b c](https://arxiv.org/abs/1801.00001)\n",
        "- **a** (2015), ",
        "- a\n  - b\n",
        "(",
        "- Byron, A., ",
        " - ",
        "### [\n",
    ],
)
def test_very_many_items_of_one_shape_are_read_in_seconds(piece: str) -> None:
    document = Document(OTHERS + "- [x y z](https://a.example/b.pdf)\n" + piece * (250_000 // len(piece)), "-")
    begin = time.process_time()
    reading_list.recognises(document)
    reading_list.parse(document)
    assert time.process_time() - begin < 20


BARE = "https://doi.org/10.5555/{0}"


@pytest.mark.parametrize(
    ("below", "own", "others"),
    [
        # One address below a paper goes on about it, as the journal's below the preprint's.
        (f"- {BARE.format('a')}", ("1801.00002", "10.5555/a"), []),
        (f"- {BARE.format('a')}\n- [code](https://github.com/a/b)", ("1801.00002", "10.5555/a"), []),
        # Of two, at least one is another paper's, and nobody knows which.
        (f"- {BARE.format('a')}\n- {BARE.format('b')}", ("1801.00002",), ["10.5555/a", "10.5555/b"]),
        (f"See also:\n\n1. {BARE.format('a')}\n2. doi:10.5555/b", ("1801.00002",), ["10.5555/a", "10.5555/b"]),
        (f"- {BARE.format('a')}\n- {BARE.format('a')}", ("1801.00002", "10.5555/a"), []),
        (f"- [paper]({BARE.format('a')})\n- [pdf]({BARE.format('b')})", ("1801.00002", "10.5555/a"), []),
    ],
)
def test_a_list_of_addresses_below_a_paper_is_of_other_papers(
    below: str, own: tuple[str, ...], others: list[str]
) -> None:
    headed = "".join(
        f"### [A Goat of Kind {n}]({ARXIV}1801.0000{n})\n\nWhat we think of it, at length.\n\n{below * (n == 2)}\n\n"
        for n in range(1, 5)
    )
    issue = taken(f"# Goats\n\n{headed}")
    titled = [entry for entry in issue.entries if entry.title]
    assert [tuple(entry.identifiers.values()) for entry in titled] == [
        ("1801.00001",),
        own,
        ("1801.00003",),
        ("1801.00004",),
    ]
    alone = [entry for entry in issue.entries if not entry.title]
    assert [entry.identifiers for entry in alone] == [{"doi": each} for each in others]
    assert all(not entry.sections for entry in alone)
    assert [entry.line for entry in issue.entries] == sorted(entry.line for entry in issue.entries)
