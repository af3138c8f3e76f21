"""Other editions of the five kinds: printed from known papers, as text in every habit and as page, and read again."""

from __future__ import annotations

import random

import pytest

from tests.digests import editions
from tui.digests import FORMATS, links, newsletter, ranking, read, session, shamra, summaries
from tui.digests.document import Document, decode
from tui.model import Issue

SEEDS = range(24)
COUNTS = (1, 2, 5, 60)


def dice(seed: int) -> tuple[random.Random, int]:
    return random.Random(seed), COUNTS[seed % len(COUNTS)]


def taken(text: str, kind: object) -> Issue:
    """Return the one issue in *text*, which its own kind alone recognises, the generic one aside."""
    document = decode(text.encode(), "edition")
    assert [each for each in FORMATS if each is not links and each.recognises(document)] == [kind]
    (issue,) = read(document)
    return issue


def folded(text: str | None) -> str:
    return " ".join((text or "").split())


def printed(seed: int, text: str) -> str:
    """Return *text* in one of the habits; a third of the editions have their lines broken."""
    luck = random.Random(seed + 1000)
    return editions.habit(luck, editions.broken(text) if seed % 3 == 2 else text)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["text", "page"])
def test_newsletters_are_read_as_they_were_printed(seed: int, form: str) -> None:
    known, text, page, number = editions.newsletter(*dice(seed))
    issue = taken(printed(seed, text) if form == "text" else page, newsletter)
    assert (issue.series, issue.number) == ("paper notes", str(number))
    assert issue.title.startswith(f"week {number} - ")
    assert "Welcome to the" in (issue.introduction or "")
    assert [entry.title for entry in issue.entries] == [paper.title for paper in known]
    for entry, paper in zip(issue.entries, known, strict=True):
        assert tuple(link.url for link in entry.links) == paper.links
        assert entry.identifiers.get("arxiv") == paper.arxiv
        assert [(part.heading.rstrip("?: "), folded(part.text)) for part in entry.sections] == [
            (heading.rstrip("?: "), words) for heading, (words,) in paper.sections
        ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["text", "page"])
def test_sessions_are_read_as_they_were_printed(seed: int, form: str) -> None:
    known, text, page = editions.session(*dice(seed + 4))
    issue = taken(printed(seed, text) if form == "text" else page, session)
    assert issue.title.startswith("Track ")
    assert [(entry.title, entry.authors) for entry in issue.entries] == [
        (paper.title, paper.authors) for paper in known
    ]
    for entry, paper in zip(issue.entries, known, strict=True):
        assert folded(entry.abstract) == paper.abstract
        assert entry.categories == paper.categories
        assert (entry.venue, entry.year) == (("NeurIPS", 2021) if form == "page" else (None, None))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["text", "page"])
def test_summaries_are_read_as_they_were_printed(seed: int, form: str) -> None:
    known, text, page = editions.summaries(*dice(seed))
    issue = taken(printed(seed, text) if form == "text" else page, summaries)
    assert [entry.title for entry in issue.entries] == [paper.title for paper in known]
    for place, (entry, paper) in enumerate(zip(issue.entries, known, strict=True)):
        assert (entry.authors, entry.more_authors) == (paper.authors, paper.more)
        assert (entry.date, entry.year) == (f"2022-12-{20 + place % 3}", None)
        assert entry.metrics == {"words": paper.words}
        assert folded(entry.abstract) == paper.abstract
        assert entry.identifiers.get("arxiv") == (paper.arxiv if form == "page" else None)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["text", "page"])
def test_rankings_are_read_as_they_were_printed(seed: int, form: str) -> None:
    luck, count = dice(seed)
    known, text, page, day = editions.ranking(luck, count)
    if not any(paper.posts or paper.metrics for paper in known):
        pytest.skip("an edition without posts and counts is a list like any other")
    issue = taken(printed(seed, text) if form == "text" else page, ranking)
    assert issue.series == "Hot Papers"
    if form == "page" or any(paper.posts for paper in known):
        assert (issue.title, issue.date) == (f"Hot Papers {day}", day)
    assert [(entry.title, entry.authors) for entry in issue.entries] == [
        (paper.title, paper.authors) for paper in known
    ]
    for entry, paper in zip(issue.entries, known, strict=True):
        assert folded(entry.abstract) == paper.abstract
        assert [(post.author, post.handle, post.date) for post in entry.posts] == [
            (name, handle, day) for name, handle, _ in paper.posts
        ]
        assert [post.text for post in entry.posts] == ["\n".join(lines) for _, _, lines in paper.posts]
        if form == "page":
            assert entry.identifiers.get("arxiv") == paper.arxiv
        else:
            assert (entry.metrics, entry.categories) == (paper.metrics, paper.categories)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["text", "page"])
def test_arabic_pages_are_read_as_they_were_printed(seed: int, form: str) -> None:
    known, text, page = editions.shamra(*dice(seed))
    issue = taken(printed(seed, text) if form == "text" else page, shamra)
    own, *related = issue.entries
    assert (own.title, own.submitter, own.authors, own.date) == (known[0].title, "Xin Rong", (), "2020")
    assert (issue.title, own.categories) == (known[0].title, known[0].categories)
    assert [entry.title for entry in related] == [None] * (len(known) - 1)
    for entry, paper in zip(issue.entries, known, strict=True):
        assert entry.authors == paper.authors
        assert folded(entry.abstract) == paper.abstract


def test_a_page_of_a_kind_keeps_its_text_with_the_targets_of_its_links() -> None:
    _, _, page, _ = editions.newsletter(random.Random(7), 3)
    document = Document(page, "page.html")
    (issue,) = read(document)
    assert issue.text == document.flat.strip()
    assert "https://github.com/example/" in issue.text or "https://arxiv.org/abs/" in issue.text
