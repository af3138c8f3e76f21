"""What an entry states beyond a record's own fields, by BibLaTeX's names (its manual, sections 2.1 and 2.2)."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.digests.bibtex_blocks import Block
from tui.digests.bibtex_values import prose
from tui.digests.records import arxiv_in, bare_doi, month_of, pages_of, preprint_venue
from tui.digests.unread import Unread
from tui.identifiers import find_urls
from tui.model import Record, RecordType

_NAMES = {
    "address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "school": "institution", "journal": "journaltitle", "key": "sortkey",
}  # fmt: skip
"""BibTeX's older names of BibLaTeX's fields (its manual, section 2.2.5)."""

_READ = frozenset(["title", "subtitle", "author", "editor", "abstract", "crossref", "xdata", "ee"])
"""Fields of which nothing is left, whatever they hold."""

_FILES = re.compile(r"(?:local-?)?files?|local-?url|localfile|bdsk-file-\d{1,4}|attachments?|file-attachments")
_PLACES = "it names a place on one machine"

_KINDS: dict[RecordType, tuple[str, ...]] = {
    "journal": ("article",), "conference": ("inproceedings", "conference"), "chapter": ("incollection",),
    "workshop": ("inproceedings", "conference"), "book": ("book",), "thesis": ("phdthesis", "thesis"),
    "report": ("techreport", "report"), "software": ("software",), "dataset": ("dataset",),
    "preprint": ("misc", "online", "article", "unpublished", "preprint", "electronic"),
    "other": ("misc", "online", "electronic", "www"),
}  # fmt: skip
"""Types of entries of which the record's own type says as much."""

Test = Callable[[str, str, Record], bool]
"""Takes a field as TeX and as text, and the record; returns whether that says as much."""

_DEGREES = {"mastersthesis": "mathesis", "bachelorsthesis": "bathesis"}
_VENUES = ("journal", "journaltitle", "booktitle", "maintitle", "eventtitle")
_PUBLISHERS = ("publisher", "school", "institution")
_PLAIN_MONTH = re.compile(r"[A-Za-z]{3,9}\.?|\d{1,2}")
_STATES_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:www\.)?arxiv(?:\.org/\w{3}/|[: ]) ?|abs/)?[\w.-]{1,20}(?:/\d{7})?(?: \[[\w.-]{1,20}\])?",
    re.IGNORECASE,
)


def more(block: Block, record: Record, unread: Unread) -> dict[str, str]:
    """Return what *block* states that *record* does not hold; what is kept nowhere goes to *unread*."""
    found: dict[str, str] = {}
    for name, raw in block.fields.items():
        if name in _READ or not raw.strip():
            continue
        if _FILES.fullmatch(name) or (name in ("pdf", "url") and raw.lstrip().startswith(("file:", "/", "~", "C:"))):
            unread.add(name, block.line, _PLACES)
            continue
        value = prose(raw)
        if value and not _is_held(name, raw, value, record):
            name, value = _named(name, value, record)
            found.setdefault(name, value)
    if degree := _DEGREES.get(block.kind):
        found.setdefault("type", degree)
    elif block.kind not in _KINDS[record.type]:
        found.setdefault("entrytype", block.kind)
    return found


def _named(name: str, value: str, record: Record) -> tuple[str, str]:
    """Return the field under BibLaTeX's name; a year in words is a state of publication there, or a date."""
    if name == "year":
        return ("date" if re.search(r"\d", value) else "pubstate"), value
    return _NAMES.get(name, name), value


def _is_held(name: str, raw: str, value: str, record: Record) -> bool:
    """Return whether *record*, or the entry that it stands in, says all that the field *name* does."""
    if test := _TESTS.get(name):
        return test(raw, value, record)
    return False


def _holds_venue(raw: str, value: str, record: Record) -> bool:
    return value == record.venue or (record.venue is None and _names_arxiv(raw, value, record))


def _names_arxiv(raw: str, value: str, record: Record) -> bool:
    """Return whether a field says no more than that the paper is on arXiv, and under which id."""
    if record.arxiv is None:
        return False
    server, rest = preprint_venue(value)
    return (server and rest is None) or (_STATES_ARXIV.fullmatch(value) is not None and arxiv_in(raw) == record.arxiv)


def _holds_date(raw: str, value: str, record: Record) -> bool:
    year, month = record.year, record.month
    return value == str(year) or (month is not None and value == f"{year}-{month:02}")


def _holds_month(raw: str, value: str, record: Record) -> bool:
    return record.month is not None and bool(_PLAIN_MONTH.fullmatch(value)) and month_of(value) == record.month


def _is_address(raw: str, value: str, record: Record) -> bool:
    """Return whether a field is one address, or several, which are links of the entry."""
    bare = raw.replace("\\url", " ").replace("{", " ").replace("}", " ").strip()
    found = find_urls(bare)
    left = bare
    for each in found:
        left = left.replace(bare[each.start : each.end], " ", 1)
    return (bool(found) and not left.strip(" ,;.")) or _names_arxiv(raw, value, record)


def _one_of(*names: str) -> Test:
    def test(raw: str, value: str, record: Record) -> bool:
        return any(value == getattr(record, name) for name in names) or _names_arxiv(raw, value, record)

    return test


_TESTS: dict[str, Test] = {
    **dict.fromkeys(_VENUES, _holds_venue),
    **dict.fromkeys(_PUBLISHERS, _one_of("publisher")),
    **dict.fromkeys(("url", "note", "howpublished", "pdf"), _is_address),
    **dict.fromkeys(("eprint", "arxivid", "arxiv"), lambda raw, value, record: _eprint(value, record)),
    **dict.fromkeys(
        ("archiveprefix", "eprinttype"), lambda raw, value, record: bool(record.arxiv) and value.lower() == "arxiv"
    ),
    **dict.fromkeys(("primaryclass", "eprintclass"), lambda raw, value, record: value == record.primary_class),
    "volume": _one_of("volume"), "number": _one_of("number"), "issue": _one_of("number"),
    "year": _holds_date, "date": _holds_date, "month": _holds_month,
    "pages": lambda raw, value, record: pages_of(value) == record.pages,
    "doi": lambda raw, value, record: bare_doi(raw) is not None,
}  # fmt: skip


def _eprint(value: str, record: Record) -> bool:
    # A version is more than the record's bare id says.
    return record.arxiv is not None and not re.search(r"\dv\d", value)
