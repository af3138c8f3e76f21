"""What a RIS record states beyond a record's own fields, by BibLaTeX's names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tui.digests.records import address_in, arxiv_in, bare_doi, markup_free, month_of, year_of
from tui.digests.unread import Unread
from tui.model import Record
from tui.model.names import Name

_TEXTS = {
    "ET": "edition", "T3": "series", "CY": "location", "PP": "location", "LA": "language", "M3": "type",
    "ST": "shorttitle", "J2": "shortjournal", "JA": "shortjournal", "JO": "journaltitle", "JF": "journaltitle",
    "NV": "volumes", "CN": "library", "C3": "eventtitle", "T2": "booktitle", "BT": "booktitle", "A3": "editora",
    "A2": "editora",
    "A4": "translator", "SE": "chapter", "OP": "origtitle", "RN": "annotation", "TT": "titleaddon", "N1": "note",
    "PB": "publisher", "IS": "number", "VL": "volume", "CP": "number", "DP": "source", "DB": "source",
}  # fmt: skip
"""Tag to BibLaTeX's field; where the record holds the value already it is not repeated."""

_READ = frozenset([
    "TY", "ER", "ID", "TI", "T1", "CT", "AU", "A1", "ED", "PY", "Y1", "SP", "EP", "DO", "UR", "AB", "N2", "KW",
    "SN", "DA", "Y2", "N1",
])  # fmt: skip
_LINKS = frozenset(["L1", "L2", "L3", "L4", "LK"])
_NAMED = re.compile(r"([a-z][a-z-]{1,30}): (.+)", re.DOTALL)

_KINDS = {
    "MGZN": "magazine", "NEWS": "newspaper", "ENCYC": "inreference", "DICT": "inreference", "STAND": "standard",
    "GOVDOC": "report", "PAT": "patent", "CASE": "jurisdiction", "STAT": "legislation", "ELEC": "online",
    "WEB": "online", "BLOG": "online", "VIDEO": "video", "MPCT": "movie", "SOUND": "audio", "MUSIC": "music",
    "MAP": "image", "ART": "artwork", "MANSCPT": "unpublished", "PCOMM": "letter",
}  # fmt: skip
"""Types that are no record's own, by BibLaTeX's."""


def more(kind: str, values: Mapping[str, Sequence[str]], record: Record, line: int, unread: Unread) -> dict[str, str]:
    """Return what the tags *values* of a record of type *kind* state that *record* does not hold.

    What is kept nowhere goes to *unread*.
    """
    found: dict[str, str] = {}
    _add_dates(found, values, record)
    _add_numbers(found, kind, values)
    if keywords := values.get("KW"):
        found["keywords"] = ", ".join(keywords)
    for tag, stated in values.items():
        # The secondary title of a whole is its series.
        place = "T3" if tag == "T2" and record.type in ("book", "thesis") else tag
        for value in stated if tag not in _READ else ():
            _add(found, place, value, record, line, unread)
    _add_notes(found, values.get("N1", ()), record)
    if kind in _KINDS:
        found.setdefault("entrytype", _KINDS[kind])
    return found


def name_of(value: str) -> Name:
    """Return the name that ``Family, Given, Suffix`` states."""
    family, given, suffix = ([part.strip() for part in value.split(",", 2)] + ["", ""])[:3]
    return Name(family, given, suffix) if given else Name(family or value)


def _add(found: dict[str, str], tag: str, value: str, record: Record, line: int, unread: Unread) -> None:
    """Add one *value* of *tag*, or say that it is kept nowhere."""
    if _is_held(tag, value, record):
        return
    text = markup_free(value)
    place = _TEXTS.get(tag, "")
    if place in ("translator", "editora"):
        text = name_of(text).kept
        found[place] = f"{found[place]} and {text}" if place in found else text
    elif place:
        if place not in found:
            found[place] = text
        elif found[place] != text:
            unread.add(tag, line, "the record states it twice, and the first is kept")
    elif tag in _LINKS:
        unread.add(tag, line, "it names a place on one machine")
    else:
        unread.add(tag, line, "a record of a paper has no field for it")


def _add_dates(found: dict[str, str], values: Mapping[str, Sequence[str]], record: Record) -> None:
    for tag in ("DA", "PY", "Y1"):
        for value in values.get(tag, ()):
            if day := re.match(r"(\d{4})[/-](\d\d)[/-](\d\d)", value):
                found.setdefault("date", "-".join(day.groups()))
            elif not _is_date(value, record):
                found.setdefault("date" if re.search(r"\d", value) else "pubstate", value.strip("/ "))
    for value in values.get("Y2", ()):
        found.setdefault("urldate", value.strip("/ ").replace("/", "-"))


def _is_date(value: str, record: Record) -> bool:
    """Return whether year and month of *record* are all that a date says."""
    year, _, rest = value.partition("/")
    parts = [part for part in rest.split("/") if part.strip()]
    months = [part for part in parts if record.month and month_of(part) == record.month]
    return not year.strip() or (year_of(year) == record.year and year.strip().isdecimal() and len(parts) == len(months))


def _add_numbers(found: dict[str, str], kind: str, values: Mapping[str, Sequence[str]]) -> None:
    """Add the standard numbers: ISSNs have eight digits, ISBNs more; a report's is its own."""
    for value in values.get("SN", ()):
        digits = re.sub(r"[^0-9Xx]", "", value)
        name = "number" if kind in ("RPRT", "PAT") else "issn" if len(digits) == 8 else "isbn"
        found[name] = f"{found[name]} {value}" if name in found else value


def _add_notes(found: dict[str, str], notes: Sequence[str], record: Record) -> None:
    """Add the notes as one; a field that RIS has no tag for stands in one with its name."""
    for note in notes:
        if arxiv_in(note) == record.arxiv is not None and len(note) < 40:
            continue
        named = _NAMED.fullmatch(note)
        if named and named[1] in _IN_NOTES and named[1] not in found:
            found[named[1]] = named[2]
        else:
            found["note"] = f"{found['note']}; {markup_free(note)}" if "note" in found else markup_free(note)


_IN_NOTES = frozenset([
    "organization", "version", "howpublished", "chapter", "venue", "eventdate", "pagetotal", "pubstate", "origtitle",
    "origdate", "origpublisher", "origlocation", "entrytype", "entrysubtype", "pmid", "pmcid", "eprint", "eprinttype",
    "eprintclass", "booksubtitle", "maintitle", "titleaddon", "month", "day", "source", "section", "holder", "part",
])  # fmt: skip
"""The fields that paperrack's own RIS has notes for."""


def _is_held(tag: str, value: str, record: Record) -> bool:
    """Return whether *record*, or the entry that it stands in, says what a tag does."""
    if tag in ("T2", "T3", "BT", "JO", "JF", "JA", "J2", "C3", "PB", "VL", "IS", "CP"):
        held = (record.venue, record.publisher, record.volume, record.number, record.title)
        if markup_free(value) in held:
            return True
    if tag == "A2":
        return record.type in ("chapter", "conference", "workshop", "book")
    if tag in _LINKS:
        return bool(address_in(value))
    if record.arxiv is None:
        return False
    if tag in ("DP", "DB", "PB", "T2", "JO", "JF", "JA", "J2"):
        return value.lower().startswith("arxiv") or value.lower() == "corr"
    return tag in ("AN", "M1", "M3", "C7", "VL", "IS") and (
        arxiv_in(value) == record.arxiv or bare_doi(value) is not None
    )
