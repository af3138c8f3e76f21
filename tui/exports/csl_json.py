"""CSL-JSON: what pandoc, Zotero and every citation processor of the Citation Style Language read.

Items are valid by the schema of CSL 1.0.2 (https://github.com/citation-style-language/schema, ``csl-data.json``); what
it has no variable for stands under ``custom``, the schema's own place for that, and comes back from there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tui.exports.asked import Item, Options
from tui.exports.keys import plausible_year
from tui.exports.names import Name, people
from tui.exports.plain import Work, Works, abstract_of, said
from tui.exports.values import pages
from tui.exports.written import Written
from tui.patterns import later

NAME = "csl-json"
LABEL = "CSL-JSON"
SUFFIX = ".json"

_TYPES = {
    "preprint": "article", "conference": "paper-conference", "workshop": "paper-conference",
    "journal": "article-journal", "chapter": "chapter", "book": "book", "thesis": "thesis", "report": "report",
    "software": "software", "dataset": "dataset", "other": "document",
}  # fmt: skip

_MORE = {
    "edition": "edition", "isbn": "ISBN", "issn": "ISSN", "series": "collection-title", "note": "note",
    "location": "publisher-place", "address": "publisher-place", "eventtitle": "event-title", "venue": "event-place",
    "language": "language", "langid": "language", "version": "version", "chapter": "chapter-number",
    "pagetotal": "number-of-pages", "volumes": "number-of-volumes", "type": "genre", "keywords": "keyword",
    "shorttitle": "title-short", "shortjournal": "container-title-short", "annotation": "annote",
    "howpublished": "medium", "pmid": "PMID", "pmcid": "PMCID", "pubstate": "status", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "library": "call-number",
}  # fmt: skip
_MORE_NAMES = {"translator": "translator", "bookauthor": "container-author"}
_MORE_DATES = {"urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_DATE = later(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_AND = later(r"(?<!\s)\s++and\s+", re.IGNORECASE)


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as a list of CSL items, in their order; one without a title is left out and named."""
    works = Works()
    made = []
    for work in works.of(items):
        made.append(_item(work, options))
        if work.unnamed:
            works.warnings.append(f"{work.item.key}: CSL-JSON cannot say that more authors are not named.")
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n" if made else ""
    return Written(text, len(made), tuple(works.failures), tuple(works.warnings))


def _item(work: Work, options: Options) -> dict[str, Any]:
    record, key = work.record, work.item.key
    item: dict[str, Any] = {
        "id": key,
        "citation-key": key,
        "type": _TYPES[record.type],
        "title": work.title,
        "author": [_name(name) for name in work.authors],
        "editor": [_name(name) for name in work.editors],
        "issued": _issued(work),
        **_place(work),
        "volume": work.text("volume"),
        **_number(work),
        "page": pages(work.text("pages")).replace("–", "-"),
        "DOI": work.doi,
        "URL": work.url,
    }
    if work.arxiv:
        item |= {"archive": "arXiv", "archive_location": work.arxiv}
        if record.type == "preprint":
            item["number"] = item.get("number") or f"arXiv:{work.arxiv}"
            item["publisher"] = item["publisher"] or "arXiv"
    custom = {"primary_class": record.primary_class} if work.arxiv and record.primary_class else {}
    custom |= {"type": "workshop"} if record.type == "workshop" else {}
    custom |= _add_more(item, record.more)
    if record.more_authors:
        custom["more_authors"] = str(record.more_authors)
    if "abstract" in options.fields:
        item["abstract"] = abstract_of(work.item)
    item["custom"] = custom
    return {name: value for name, value in item.items() if value}


def _place(work: Work) -> dict[str, str]:
    """Return where it appeared: the container of most, of a book its series, of thesis and report the institution."""
    venue, publisher = work.text("venue"), work.text("publisher")
    if work.record.type in ("thesis", "report"):
        return {"container-title": venue if publisher else "", "publisher": publisher or venue}
    return {"collection-title" if work.record.type == "book" else "container-title": venue, "publisher": publisher}


def _number(work: Work) -> dict[str, str]:
    kind = work.record.type
    name = "issue" if kind == "journal" else "number"
    return {"collection-number" if kind in ("book", "chapter", "conference", "workshop") else name: work.text("number")}


def _name(name: Name) -> dict[str, str]:
    if name.whole:
        return {"literal": name.last}
    parts = {
        "family": name.last, "given": name.first, "non-dropping-particle": name.von, "suffix": name.suffix,
    }  # fmt: skip
    return {part: value for part, value in parts.items() if value}


def _issued(work: Work) -> dict[str, Any]:
    year, month = plausible_year(work.record.year), work.record.month
    stated = _date(work.record.more.get("date", ""))
    if stated and (year is None or stated.get("date-parts", [[year]])[0][0] == year):
        return stated
    if year is None:
        return {}
    return {"date-parts": [[year, month] if month and 1 <= month <= 12 else [year]]}


def _date(text: str) -> dict[str, Any]:
    """Return a BibLaTeX date, or a range of two, as CSL's; what is none as its words."""
    found = [_DATE.fullmatch(part) for part in text.split("/", 1)]
    parts = [[int(part) for part in match.groups() if part] for match in found if match]
    if parts and len(parts) == len(found) and all(1 <= part[1] <= 12 for part in parts if len(part) > 1):
        return {"date-parts": parts}
    return {"literal": said(text)} if said(text) else {}


def _add_more(item: dict[str, Any], more: Mapping[str, str]) -> dict[str, str]:
    """Add what CSL has a variable for to *item*, and return the rest."""
    rest: dict[str, str] = {}
    for name, value in more.items():
        if name == "abstract" or (name == "date" and "issued" in item):
            continue
        place, made = _variable(name, value)
        if made and not item.get(place):
            item[place] = made
        elif text := said(value):
            rest[name] = text
    return rest


def _variable(name: str, value: str) -> tuple[str, Any]:
    """Return CSL's variable for BibLaTeX's field *name* and its value, or nothing."""
    if name in _MORE_NAMES:
        return _MORE_NAMES[name], [_name(each) for each in people(_AND.split(value))[0]]
    if name in _MORE_DATES:
        return _MORE_DATES[name], _date(value)
    if name == "eid":
        return "page", said(value)
    return _MORE.get(name, ""), said(value) if name in _MORE else ""
