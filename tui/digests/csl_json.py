"""CSL-JSON (the Citation Style Language's data format, schema 1.0.2) as an issue named after its file.

Zotero, pandoc, Crossref and doi.org write it; each has its own place for an arXiv id.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from tui.digests import json_stream
from tui.digests.csl_more import more, names, own
from tui.digests.document import Document
from tui.digests.records import (
    Collection,
    address_in,
    arxiv_in,
    bare_doi,
    entry_of,
    issue_named,
    markup_free,
    month_of,
    pages_of,
    settled_type,
    year_of,
)
from tui.digests.unread import Unread, new_key
from tui.identifiers import arxiv_id
from tui.model import Entry, Issue, Marks, Record, RecordType, Remark

NAME = "csl-json"
LABEL = "CSL-JSON file"

_TYPES: dict[str, RecordType] = {
    "article-journal": "journal", "article-magazine": "journal", "article-newspaper": "journal", "review": "journal",
    "review-book": "journal", "article": "preprint", "manuscript": "preprint",
    "paper-conference": "conference", "speech": "conference",
    "chapter": "chapter", "entry": "chapter", "entry-dictionary": "chapter", "entry-encyclopedia": "chapter",
    "book": "book", "collection": "book", "thesis": "thesis", "report": "report", "standard": "report",
    "software": "software", "dataset": "dataset",
}  # fmt: skip


def recognises(document: Document) -> bool:
    """Return whether *document* is a list of CSL items, or one."""
    return json_stream.contents(document.text) == "csl"


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the one issue that holds the items of *document* in order; what is no item is among its warnings."""
    return collect(document).issues


def collect(document: Document) -> Collection:
    """Return the issue, with the citation keys that its items state as marks."""
    entries: list[Entry] = []
    remarks: list[Remark] = []
    unread = Unread()
    keys: set[str] = set()
    marks: dict[tuple[int, int], Marks] = {}
    for element in json_stream.elements(document.text):
        item = element.value
        if element.broken or not isinstance(item, Mapping):
            remarks.append(Remark(element.line, str(item)[:2000], element.broken or "it is no CSL item"))
            continue
        entry = _entry(item, element.line, unread)
        if entry is None:
            remarks.append(Remark(element.line, str(item)[:2000], "the item states no title, abstract or identifier"))
            continue
        if key := new_key(_key(item), keys, element.line, unread):
            marks[0, len(entries)] = Marks(key=key)
        entries.append(entry)
    remarks += unread.remarks()
    remarks.sort(key=lambda remark: remark.line)
    return Collection((issue_named(document, NAME, entries, remarks),), marks)


def _key(item: Mapping[str, Any]) -> str:
    """Return the citation key that *item* states; numbers and Zotero's addresses are ids of another kind."""
    stated = _text(item, "citation-key") or _text(item, "id")
    return "" if stated.isdecimal() or "/" in stated else stated


def _entry(item: Mapping[str, Any], line: int, unread: Unread) -> Entry | None:
    """Return what *item* says of a paper, or None where it names none; what is not kept goes to *unread*."""
    arxiv = _arxiv(item)
    venue: str | None = _text(item, "container-title", "event-title", "event")
    if not venue and item.get("type") in ("article", "manuscript"):
        # Zotero names the server of a preprint as its publisher.
        venue = _text(item, "publisher")
    kind, venue = settled_type(_TYPES.get(str(item.get("type")), "other"), venue or None, arxiv)
    stated = own(item)
    if kind == "conference" and stated.get("type") == "workshop":
        kind = "workshop"
    people = tuple(names(item.get("author")))
    year, month = _date(item)
    number = _text(item, "issue", "number", "collection-number")
    if kind == "preprint" and arxiv and arxiv in number:
        number = ""
    others = stated.get("more_authors", "")
    urls = address_in(_text(item, "URL"))
    record = Record(
        type=kind,
        title=markup_free(_text(item, "title")) or None,
        authors=tuple(name.kept for name in people),
        more_authors=int(others) if others.isdecimal() and len(others) < 6 else 0,
        year=year,
        month=month,
        venue=markup_free(venue or "") or None,
        volume=_text(item, "volume") or None,
        number=number or None,
        pages=pages_of(_text(item, "page")),
        publisher=None if kind == "preprint" else _text(item, "publisher") or None,
        editors=tuple(name.kept for name in names(item.get("editor"))),
        doi=bare_doi(_text(item, "DOI")),
        arxiv=arxiv,
        primary_class=stated.get("primary_class") if arxiv else None,
        url=next(iter(urls), None),
    )
    if beyond := more(item, record, line, unread):
        record = dataclasses.replace(record, more=beyond)
    return entry_of(
        record,
        (name.shown for name in people),
        abstract=markup_free(_text(item, "abstract")) or None,
        urls=urls,
        categories=(part.strip() for part in _text(item, "keyword").split(",")),
        line=line,
    )


def _text(item: Mapping[str, Any], *names: str) -> str:
    """Return the first of *names* that is text or a number; Crossref puts a title into a list of one."""
    for name in names:
        value = item.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _date(item: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Return year and month of ``issued``: date-parts of numbers or digits, else its words."""
    issued = item.get("issued")
    if not isinstance(issued, Mapping):
        return year_of(str(issued or "")), None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(part) for part in first[:2]]
    if numbers:
        return year_of(numbers[0]), month_of(numbers[1]) if len(numbers) > 1 else None
    words = _text(issued, "raw", "literal")
    return year_of(words), month_of(words[5:7]) if words[4:5] == "-" else None


def _arxiv(item: Mapping[str, Any]) -> str | None:
    """Return the arXiv id, from wherever the writers of CSL put it."""
    if _text(item, "archive").lower() == "arxiv" and (found := arxiv_id(_text(item, "archive_location"))):
        return found
    stated = [_text(item, name) for name in ("number", "container-title", "note", "URL")]
    if doi := bare_doi(_text(item, "DOI")):
        stated.append(f"https://doi.org/{doi}")
    return next((found for found in map(arxiv_in, stated) if found), None)
