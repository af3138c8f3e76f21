"""A record of each type, in three states: with everything, with hardly anything, and with what few records have."""

from __future__ import annotations

from typing import Any

from tui.exports import Item
from tui.model import Record

VENUES: dict[str, str | None] = {
    "preprint": None, "conference": "Proceedings of the 9th Conference on Rain", "workshop": "Workshop on Small Rain",
    "journal": "Journal of Rain", "chapter": "A Handbook of Weather", "book": "Lectures in Weather",
    "thesis": "University of Rain", "report": "Institute of Rain", "software": None, "dataset": None,
    "other": "Rain Quarterly",
}  # fmt: skip

FULL: dict[str, Any] = {
    "title": "The Weight of Rain: A Study of Umbrellas", "year": 2021, "month": 3,
    "authors": ("Ada Lovelace", "Ludwig van Beethoven", "King, Jr., Martin Luther"), "editors": ("Mary Somerville",),
    "volume": "12", "number": "7", "pages": "101--119", "publisher": "Rain Press", "doi": "10.1000/rain.7",
    "arxiv": "2010.10915", "primary_class": "cs.SD", "url": "https://example.org/rain",
}  # fmt: skip
BARE: dict[str, Any] = {"title": "Rain", "authors": ("Ada Lovelace",)}
MORE: dict[str, Any] = {
    "title": "On $\\alpha$-Rain & 50% of Snow", "authors": ("Ada Lovelace",), "publisher": "Rain Press",
    "editors": ("Mary Somerville", "The Rain Collaboration"), "year": 1999,
    "more_authors": 2, "doi": "10.1000/snow", "month": 12, "pages": "e12, 14-15",
    "more": {
        "date": "1999-12-24", "edition": "2", "isbn": "978-0-262-03561-3", "issn": "1234-5678", "series": "Weather",
        "note": "In press", "location": "Oslo", "eventtitle": "Rain 1999", "language": "german", "version": "1.2",
        "chapter": "3", "type": "Master's thesis", "keywords": "rain; snow, ice", "translator": "Roe, R. and Poe, P.",
        "bookauthor": "Max Born", "urldate": "2001-02-03", "eid": "e12", "howpublished": "Letter", "pmid": "123",
        "organization": "Rain Society", "shorttitle": "Rain", "annotation": "Read it", "own": "field_1",
        "abstract": "Much rain.", "address": "Rome", "library": "R 1", "volumes": "4", "pagetotal": "300",
    },
}  # fmt: skip


def _item(kind: str, number: int, name: str, fields: dict[str, Any]) -> Item:
    """Return a record with a title, a DOI and an id of its own: one work in a file is one entry."""
    own = {"title": f"{fields['title']}, {kind.capitalize()}"}
    if "doi" in fields:
        own["doi"] = f"{fields['doi']}.{kind}"
    if "arxiv" in fields:
        own["arxiv"] = f"2010.109{number:02}"
    return Item(f"{kind}-{name}", Record(type=kind, venue=VENUES[kind], **{**fields, **own}))  # type: ignore[arg-type]  # by name


ITEMS = [
    _item(kind, number, name, fields)
    for number, kind in enumerate(VENUES)
    for name, fields in (("full", FULL), ("bare", BARE), ("more", MORE))
]
