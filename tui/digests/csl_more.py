"""What a CSL item states beyond a record's own fields, by BibLaTeX's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui.digests.records import arxiv_in, markup_free
from tui.digests.unread import Unread
from tui.model import Record
from tui.model.names import Name

_TEXTS = {
    "edition": "edition", "ISBN": "isbn", "ISSN": "issn", "collection-title": "series", "note": "note",
    "publisher-place": "location", "event-title": "eventtitle", "event": "eventtitle", "event-place": "venue",
    "language": "language", "version": "version", "chapter-number": "chapter", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "genre": "type", "keyword": "keywords", "title-short": "shorttitle",
    "shortTitle": "shorttitle", "container-title-short": "shortjournal", "journalAbbreviation": "shortjournal",
    "annote": "annotation", "medium": "howpublished", "PMID": "pmid", "PMCID": "pmcid", "status": "pubstate",
    "original-title": "origtitle", "original-publisher": "origpublisher", "call-number": "library",
    "original-publisher-place": "origlocation", "collection-number": "number", "number": "number",
    "archive": "archive", "archive_location": "archive_location", "source": "source", "section": "section",
    "container-title": "journaltitle", "publisher": "publisher", "volume-title": "maintitle",
}  # fmt: skip
_NAMES = {"translator": "translator", "container-author": "bookauthor", "collection-editor": "editora"}
_DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_READ = frozenset([
    "id", "citation-key", "type", "title", "author", "editor", "issued", "volume", "issue", "page", "DOI", "URL",
    "abstract", "custom",
])  # fmt: skip
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_KINDS = {
    "webpage": "online", "post": "online", "post-weblog": "online", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "motion_picture": "movie",
    "song": "audio", "broadcast": "audio", "legal_case": "jurisdiction", "manuscript": "unpublished",
    "review-book": "review", "collection": "collection", "periodical": "periodical",
}  # fmt: skip
"""CSL's types that are no record's own, by BibLaTeX's; one that is not here goes by CSL's name."""

_PLAIN = frozenset([
    "article", "paper-conference", "article-journal", "chapter", "book", "thesis", "report", "software", "dataset",
    "document", *_SUBTYPES,
])  # fmt: skip
_OWN = ("primary_class", "more_authors", "type")
"""What ``custom`` holds of a record's own fields where paperrack wrote it."""


def own(item: Mapping[str, Any]) -> dict[str, str]:
    """Return what ``custom`` states of a record's own fields."""
    custom = item.get("custom")
    stated = custom if isinstance(custom, Mapping) else {}
    return {name: stated[name] for name in _OWN if isinstance(stated.get(name), str)}


def more(item: Mapping[str, Any], record: Record, line: int, unread: Unread) -> dict[str, str]:
    """Return what *item* states that *record* does not hold; what is kept nowhere goes to *unread*."""
    found: dict[str, str] = {}
    if date := _full_date(item.get("issued"), record):
        found["date"] = date
    for name, value in ((name, value) for name, value in item.items() if name not in _READ and value):
        place, text = _field(name, value)
        if not text:
            unread.add(str(name), line, "CSL has no variable of that name, or its value has another shape")
        elif not _is_held(name, text, record):
            found.setdefault(place, text)
    _add_kind(found, _text(item.get("type")))
    custom = item.get("custom")
    for name, value in custom.items() if isinstance(custom, Mapping) else ():
        if name not in _OWN and (text := _text(value)):
            found.setdefault(str(name).lower(), text)
    return found


def _add_kind(found: dict[str, str], kind: str) -> None:
    """Add a type of CSL's that the record's own type does not tell."""
    if kind in _SUBTYPES:
        found["entrysubtype"] = _SUBTYPES[kind]
    elif kind and kind not in _PLAIN:
        found["entrytype"] = _KINDS.get(kind, kind)


def names(people: object) -> Iterator[Name]:
    """Yield the persons and organisations in a list of CSL's names."""
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, Mapping):
            continue
        particles = [_text(person.get("dropping-particle")), _text(person.get("non-dropping-particle"))]
        family = " ".join(part for part in (*particles, _text(person.get("family"))) if part)
        given = _text(person.get("given"))
        whole = _text(person.get("literal")) or _text(person.get("name")) or family or given
        if whole:
            yield Name(family, given, _text(person.get("suffix"))) if family else Name(whole)


def _field(name: object, value: object) -> tuple[str, str]:
    """Return BibLaTeX's name and the text of CSL's variable *name*; an empty text where it has none."""
    if name in _TEXTS:
        return _TEXTS[str(name)], markup_free(_text(value))
    if name in _NAMES:
        return _NAMES[str(name)], " and ".join(each.kept for each in names(value))
    if name in _DATES:
        return _DATES[str(name)], _date(value)
    return "", ""


def _text(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _date(value: object) -> str:
    """Return a CSL date as BibLaTeX writes it: ``2020-10-21``, a range with a slash, or its words."""
    if not isinstance(value, Mapping):
        return _text(value)
    parts = value.get("date-parts")
    dates = [_iso(each) for each in parts[:2]] if isinstance(parts, list) else []
    if dates and all(dates):
        return "/".join(dates)
    return _text(value.get("literal")) or _text(value.get("raw"))


def _iso(part: object) -> str:
    numbers = [_text(each) for each in part[:3]] if isinstance(part, list) else []
    if not numbers or not all(number.isdecimal() and len(number) <= 4 for number in numbers):
        return ""
    return "-".join([numbers[0], *(f"{int(number):02}" for number in numbers[1:])])


def _full_date(issued: object, record: Record) -> str:
    """Return when it was issued where that says more than year and month."""
    date = _date(issued)
    month = f"-{record.month:02}" if record.month else ""
    return "" if date in ("", str(record.year), f"{record.year}{month}") else date


def _is_held(name: object, text: str, record: Record) -> bool:
    """Return whether *record* says what a variable does: as venue or number, or as the arXiv id."""
    if text in (record.venue, record.publisher, record.number) and name not in ("note", "edition", "version"):
        return True
    if record.arxiv is None:
        return False
    if name in ("publisher", "archive", "container-title", "source", "event-title"):
        return text.lower().startswith("arxiv") or text.lower() == "corr"
    if name in ("number", "archive_location"):
        return record.arxiv in text
    return name == "note" and len(text) < 40 and arxiv_in(text) == record.arxiv
