"""Hugging Face's daily papers, as its API gives them: an issue a day, a paper an element.

Shape: https://huggingface.co/api/daily_papers (also with ``?date=``), its search, dumps with an element a line, and
the papers of ``/api/papers`` without the element round them. The API has no written contract; what is read here stood
in answers of 2024 to 2026. A key that is missing or of another shape is passed over, and its element is read all the
same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from tui.digests import json_stream
from tui.digests.dates import day_range, feed_date
from tui.digests.document import Document
from tui.digests.papers_shapes import text_in
from tui.identifiers import arxiv_id, find_urls, relation, same_address, urlsplit_or_none
from tui.model import Entry, Issue, Link, Remark, Section
from tui.text import clean

NAME = "hf-daily-papers"
LABEL = "Hugging Face daily papers"
SERIES = "Hugging Face Daily Papers"

_OWN = frozenset(("upvotes", "discussionId", "submittedOnDailyAt", "submittedOnDailyBy", "ai_summary", "numComments"))
_ROUND = frozenset(("publishedAt", "numComments", "submittedBy", "thumbnail", "isAuthorParticipating"))
_ISO_DAY = re.compile(r"(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)")
_MAX_AUTHORS = 20_000
_LOOKED_AT = 3


def recognises(document: Document) -> bool:
    """Return whether the first elements of the JSON *document* are papers as Hugging Face states them."""
    if document.text.lstrip()[:1] not in ("[", "{"):
        return False
    return any(_paper(element.value) is not None for element in islice(_elements(document.text), _LOOKED_AT))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return an issue for each day on which papers were listed, in the order in which the days appear."""
    days: dict[str | None, list[Entry]] = {}
    remarks: list[Remark] = []
    stated = _day_of(document)
    for element in _elements(document.text):
        paper = _paper(element.value)
        if element.broken or paper is None:
            why = element.broken or "it is no paper as Hugging Face states them"
            remarks.append(Remark(element.line, _excerpt(element.value), why))
            continue
        round_it = element.value if "paper" in element.value else {}
        entry = _entry(paper, round_it, element.line)
        if not (entry.title or entry.abstract or entry.identifiers):
            why = "the paper has no title, abstract or identifier"
            remarks.append(Remark(element.line, _excerpt(element.value), why))
            continue
        # Before 2025 the element's own date was that of the list; since then it is the paper's.
        day = _day(paper, "submittedOnDailyAt") or stated or _day(round_it, "publishedAt")
        days.setdefault(day, []).append(entry)
    issues = [_issue(document, day, entries) for day, entries in days.items()]
    if issues and remarks:
        issues[0] = replace(issues[0], warnings=tuple(remarks))
    return tuple(issues)


def _elements(text: str) -> Iterator[json_stream.Element]:
    """Yield the elements of a JSON list, or of a dump that has an object on each line."""
    if not re.match(r"\s*+\{.*\}\s*+\{", text):
        yield from json_stream.elements(text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        for element in json_stream.elements(line):
            yield element._replace(line=number)


def _paper(value: object) -> Mapping[str, Any] | None:
    """Return the paper that an element is or holds; None where it is something else."""
    if not isinstance(value, Mapping):
        return None
    inner = value.get("paper")
    if isinstance(inner, Mapping):
        known = not _OWN.isdisjoint(inner) or not _ROUND.isdisjoint(value)
        return inner if known and ("id" in inner or "title" in inner) else None
    named = isinstance(value.get("id"), str) and "title" in value
    return value if named and not _OWN.isdisjoint(value) else None


def _entry(paper: Mapping[str, Any], round_it: Mapping[str, Any], line: int) -> Entry:
    number = text_in(paper, "id") or ""
    arxiv = arxiv_id(number)
    # In older answers abstracts have arXiv's line ends in them; text_in makes one line of them.
    abstract = text_in(paper, "summary") or text_in(round_it, "summary")
    published = _day(paper, "publishedAt")
    return Entry(
        title=text_in(paper, "title") or text_in(round_it, "title"),
        authors=_authors(paper.get("authors")),
        submitter=_person(round_it.get("submittedBy")) or _person(paper.get("submittedOnDailyBy")),
        date=published,
        year=int(published[:4]) if published else None,
        abstract=abstract,
        identifiers={"arxiv": arxiv} if arxiv else {},
        links=_links(paper, round_it, abstract or "", number),
        sections=tuple(_sections(paper, round_it)),
        metrics=_metrics(paper, round_it),
        line=line,
    )


def _authors(stated: object) -> tuple[str, ...]:
    """Return the names of authors; those that the site hides were found not to be the paper's."""
    people = [each for each in stated if isinstance(each, Mapping)] if isinstance(stated, list) else []
    names = [text_in(each, "name") for each in people[:_MAX_AUTHORS] if each.get("hidden") is not True]
    if isinstance(stated, list) and not people:
        names = [clean(each) for each in stated[:_MAX_AUTHORS] if isinstance(each, str)]
    return tuple(name for name in names if name)


def _person(stated: object) -> str | None:
    if isinstance(stated, str):
        return clean(stated, 200) or None
    if not isinstance(stated, Mapping):
        return None
    return text_in(stated, "fullname") or text_in(stated, "name") or text_in(stated, "user")


def _links(paper: Mapping[str, Any], round_it: Mapping[str, Any], abstract: str, number: str) -> tuple[Link, ...]:
    """Return every address that the paper states, its own page on the site first."""
    stated: list[tuple[str, str]] = []
    if re.fullmatch(r"[\w./-]{4,40}", number):
        stated.append((f"https://huggingface.co/papers/{number}", "paper"))
    for raw in (paper, round_it):
        stated += [(raw[key], label) for key, label in _ADDRESSES.items() if isinstance(raw.get(key), str)]
    stated += [(found.url or "", "") for found in find_urls(abstract)]
    for raw in (paper, round_it):
        media = raw.get("mediaUrls")
        stated += [(url, "") for url in media[:50] if isinstance(url, str)] if isinstance(media, list) else []
    links: dict[str, Link] = {}
    for url, label in stated:
        url = url.strip()
        if urlsplit_or_none(url):
            links.setdefault(same_address(url), Link(url, relation(url, label)))
    return tuple(links.values())


_ADDRESSES = {"githubRepo": "code", "projectPage": "project page", "thumbnail": ""}


def _sections(paper: Mapping[str, Any], round_it: Mapping[str, Any]) -> Iterator[Section]:
    """Yield what the list says of a paper besides the paper's own words."""
    if summary := text_in(paper, "ai_summary"):
        yield Section("AI-generated summary", summary)
    words = paper.get("ai_keywords")
    listed = [clean(word, 100) for word in words[:100] if isinstance(word, str)] if isinstance(words, list) else []
    if keywords := ", ".join(filter(None, listed)):
        yield Section("AI-generated keywords", keywords)
    group = paper.get("organization") or round_it.get("organization")
    if isinstance(group, Mapping) and (name := text_in(group, "fullname") or text_in(group, "name")):
        yield Section("Organization", name)


def _metrics(paper: Mapping[str, Any], round_it: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, raw, key in (
        ("upvotes", paper, "upvotes"),
        ("comments", round_it, "numComments"),
        ("comments", paper, "numComments"),
        ("stars", paper, "githubStars"),
    ):
        count = raw.get(key)
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 10**12:
            found.setdefault(name, count)
    return found


def _day(raw: Mapping[str, Any], key: str) -> str | None:
    day = feed_date(text_in(raw, key) or "")
    return day if day and len(day) == 10 else None


def _day_of(document: Document) -> str | None:
    """Return the day that the address or the file's name states: ``…/daily_papers?date=2024-02-22``."""
    match = _ISO_DAY.search(document.address or "") or _ISO_DAY.search(document.source)
    return feed_date(match[0]) if match else None


def _issue(document: Document, day: str | None, entries: Sequence[Entry]) -> Issue:
    # The API's own address is the same every day; the page of the day is the issue's.
    address = f"https://huggingface.co/papers/date/{day}" if day else document.address
    return Issue(
        id="",
        title=f"Daily Papers, {day_range((day,))}" if day else "Daily Papers",
        entries=tuple(entries),
        format=NAME,
        series=SERIES,
        date=day,
        address=address,
        source=document.source,
    )


def _excerpt(value: object) -> str:
    return clean(str(value)[:2000], 500)
