"""DBLP: curated venues, pages and full author lists of computer science, found by the words of a title.

Follows https://dblp.org/faq/How+to+use+the+dblp+search+API.html: every word asked for must be in the record, as the
beginning of a word. The record of CoRR is the preprint; every other one is of the published version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from tui.errors import AnswerError
from tui.identifiers import arxiv_id, link_to, relation, urlsplit_or_none
from tui.model import Answer, Link, Record
from tui.model.records import RecordType
from tui.providers.asking import About, Question, Service
from tui.providers.elsewhere import work_at, work_under
from tui.providers.query_words import family_name
from tui.providers.reading import int_of, json_of, list_of, map_of, pages_of, text_of, year_of
from tui.providers.venues import is_archive, is_workshop, series
from tui.text import fold, unescape

NAME = "dblp"
LABEL = "DBLP"
PACE = 2.0
ASKS: Mapping[About, int] = {"title": 1}
KEY: str | None = None
CONTACT = False

_SEARCH = "https://dblp.org/search/publ/api"
_HITS = 8
_MOST = 1000
"""The most hits that DBLP sends in one answer; what is beyond comes from somebody else."""

_WORDS = 10
"""The most words of a title that are sent: each one that DBLP spells otherwise hides the paper."""

_SLIGHT = frozenset((
    "a", "an", "and", "are", "as", "at", "by", "can", "de", "do", "for", "from", "in", "is", "it", "its",
    "of", "on", "or", "s", "t", "that", "the", "this", "to", "via", "we", "with",
))  # fmt: skip
_HOMONYM = re.compile(r" \d{4}$")
_VOLUME = re.compile(r" \((?:\d{1,3}|[IVX]{1,4}|poster|oral|spotlight)\)$", re.IGNORECASE)
_TYPES: Mapping[str, RecordType] = {
    "Conference and Workshop Papers": "conference",
    "Journal Articles": "journal",
    "Informal and Other Publications": "preprint",
    "Informal Publications": "preprint",
    "Books and Theses": "book",
    "Parts in Books or Collections": "chapter",
    "Reference Works": "chapter",
    "Data and Artifacts": "dataset",
    "Withdrawn Items": "other",
}
"""What DBLP's types of records are in ours."""


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return what DBLP finds by the title's significant words and the first author's family name, best first.

    Raises NetworkError.
    """
    found = {}
    for question in questions:
        words = _asked(question)
        if question.about == "title" and words:
            query = urlencode({"q": " ".join(words), "format": "json", "h": _HITS})
            content = service.get(f"{_SEARCH}?{query}")
            found[question] = parse(content) if content is not None else ()
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return every publication in the answer *content* of the search, in order. Raises AnswerError."""
    result = map_of(map_of(json_of(content)).get("result"))
    if not isinstance(result.get("hits"), dict):
        raise AnswerError("DBLP answered with something that is no result of a search.")
    status = map_of(result.get("status"))
    if (code := text_of(status.get("@code"))) and code != "200":
        raise AnswerError(f"DBLP could not search: “{(text_of(status.get('text')) or code)[:120]}”", passing=True)
    hits = [map_of(map_of(hit).get("info")) for hit in list_of(result["hits"].get("hit"))[:_MOST]]
    if not hits and int_of(result["hits"].get("@total")):
        raise AnswerError("DBLP found publications and sent none", passing=True)
    return tuple(answer for info in hits if (answer := _answer(info)))


def _asked(question: Question) -> tuple[str, ...]:
    """Return the words to search for: DBLP takes words apart at every sign, so none is sent."""
    words = tuple(re.findall(r"[^\W_]+", fold(question.value[:1000])))
    chosen = tuple(dict.fromkeys(word for word in words if word not in _SLIGHT))[:_WORDS] or words[:_WORDS]
    family = family_name(question.authors[0]) if question.authors and chosen else None
    return (*chosen, family) if family else chosen


def _answer(info: Mapping[str, Any]) -> Answer | None:
    """Return the publication that *info* describes, None where it has no title or is a whole volume."""
    title, stated = _title(info), text_of(info.get("type")) or ""
    if not title or stated == "Editorship":
        return None
    identifiers = _identifiers(info)
    if key := text_of(info.get("key")):
        identifiers["dblp"] = key
    type_ = _type(info, stated, identifiers)
    preprint = type_ == "preprint"
    record = _preprint(info, title, identifiers) if preprint else _published(info, title, identifiers, type_)
    return Answer(
        provider=NAME,
        id=key or title,
        kind="preprint" if preprint else "published",
        record=record,
        identifiers=identifiers,
        links=tuple(Link(url, relation(url)) for url in _addresses(info)[:5]),
        withdrawn="DBLP lists it as withdrawn." if stated == "Withdrawn Items" else None,
    )


def _title(info: Mapping[str, Any]) -> str | None:
    """Return the title without the full stop that DBLP puts behind every one that ends in no other sign."""
    title = _plain(info.get("title"))
    return title[:-1].rstrip() if title and title.endswith(".") and not title.endswith("..") else title


def _plain(value: object) -> str | None:
    """Return text with its HTML entities undone; of several values (a paper in two places) the first."""
    found = next((text for each in (value if isinstance(value, list) else [value]) if (text := text_of(each))), None)
    return text_of(unescape(found)) if found else None


def _authors(info: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the authors in order, without the numbers by which DBLP tells namesakes apart."""
    stated = map_of(info.get("authors")).get("author")
    names = (_plain(map_of(author).get("text") if isinstance(author, dict) else author) for author in _several(stated))
    return tuple(_HOMONYM.sub("", name) for name in names if name)


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _addresses(info: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the electronic edition, DBLP's choice first."""
    texts = (text_of(each) for each in _several(info.get("ee")))
    return [url for url in texts if url and urlsplit_or_none(url)]


def _identifiers(info: Mapping[str, Any]) -> dict[str, str]:
    """Return the identifiers that the record states: its DOI, what its addresses spell out, and the number in CoRR."""
    found = work_under(text_of(info.get("doi")))
    for url in _addresses(info)[:20]:
        found = work_at(url) | found
    if is_archive(_plain(info.get("venue")) or ""):
        number = (text_of(info.get("volume")) or "").removeprefix("abs/")
        if arxiv := arxiv_id(number):
            found["arxiv"] = arxiv
    return found


def _type(info: Mapping[str, Any], stated: str, identifiers: Mapping[str, str]) -> RecordType:
    """Return the type of the publication, from DBLP's type, its key (``phd/..``) and the name of the venue."""
    venue, key = _plain(info.get("venue")) or "", text_of(info.get("key")) or ""
    rules: tuple[tuple[bool, RecordType], ...] = (
        (key.startswith("journals/corr/") or is_archive(venue), "preprint"),
        (key.startswith(("phd/", "ms/")), "thesis"),
        (stated.startswith("Conference") and is_workshop(venue), "workshop"),
    )
    return next((name for holds, name in rules if holds), _TYPES.get(stated, "other"))


def _preprint(info: Mapping[str, Any], title: str, identifiers: Mapping[str, str]) -> Record:
    arxiv = identifiers.get("arxiv")
    venue = _plain(info.get("venue"))
    return Record(
        type="preprint",
        title=title,
        authors=_authors(info),
        year=year_of(info.get("year")),
        venue=None if arxiv else venue,
        number=None if arxiv else text_of(info.get("volume")),
        doi=identifiers.get("doi"),
        arxiv=arxiv,
        url=link_to("arxiv", arxiv) if arxiv else next(iter(_addresses(info)), None),
    )


def _published(info: Mapping[str, Any], title: str, identifiers: Mapping[str, str], type_: RecordType) -> Record:
    doi = identifiers.get("doi")
    return Record(
        type=type_,
        title=title,
        authors=_authors(info),
        year=year_of(info.get("year")),
        venue=_venue(info),
        volume=text_of(info.get("volume")),
        number=text_of(info.get("number")),
        pages=pages_of(_plain(info.get("pages"))),
        publisher=_plain(info.get("publisher")),
        doi=doi,
        arxiv=identifiers.get("arxiv"),
        url=None if doi else next(iter(_addresses(info)), None),
    )


def _venue(info: Mapping[str, Any]) -> str | None:
    """Return the venue, in full where its series is known; the number of a volume (``ECCV (12)``) is not its name."""
    venue = _plain(info.get("venue"))
    if not venue:
        return None
    if re.search(r" \(Findings\)$", venue):
        return "Findings of the Association for Computational Linguistics"
    short = _VOLUME.sub("", venue)
    known = series(short)
    return known.name if known else short
