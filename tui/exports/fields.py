"""A record as the type and fields of a BibTeX entry: what styles need, in a fixed order; no more.

Types and required fields are those of Oren Patashnik's "BibTeXing" (1988), arXiv's fields those of
https://info.arxiv.org/help/hypertex/bibstyles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tui.exports.addresses import bare_doi, plain_url
from tui.exports.bylines import byline
from tui.exports.keys import plausible_year
from tui.exports.latex import escape
from tui.exports.names import Name, people
from tui.exports.prose import Prose
from tui.exports.reading import read
from tui.exports.titles import title
from tui.exports.words import words
from tui.identifiers import arxiv_id
from tui.model import Record

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_PLACEHOLDERS = words(
    """
    none null nan undefined unknown n/a na n.a. n.d. nil todo tba tbd ? ?? ??? - -- [] {} false true [none]
    0000 xxxx untitled
    """
) | {"unknown author", "no title", "anonymous author", "not available", "no journal", "not yet known"}
_ON_ARXIV = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_SAYS = re.compile(r"[^\W_]|[\u2190-\U0010ffff]")
_MASTERS = re.compile(r"\bmaster|\bm\.?sc\b|\bdiploma", re.IGNORECASE)
_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
# Archives that were their papers' class when ids began with their name.
_OWN_CLASS = words("gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph")
_PAGE_RANGE = re.compile(r"\s*([\w.:]*\d[\w.:]*)\s*-\s*([\w.:]*\d[\w.:]*)\s*")

# By type of record: type of entry, and the fields without which styles complain; the year they can do without.
_TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "conference": ("inproceedings", ("author", "booktitle")),
    "workshop": ("inproceedings", ("author", "booktitle")),
    "journal": ("article", ("author", "journal")),
    "chapter": ("incollection", ("author", "booktitle", "publisher")),
    "book": ("book", ("author|editor", "publisher")),
    "thesis": ("phdthesis", ("author", "school")),
    "report": ("techreport", ("author", "institution")),
}
_VENUE_FIELD = {"conference": "booktitle", "workshop": "booktitle", "journal": "journal", "chapter": "booktitle",
                "book": "series", "thesis": "school", "report": "institution"}  # fmt: skip
_ORDER = (
    "author", "title", "journal", "booktitle", "editor", "series", "school", "institution", "howpublished", "volume",
    "number", "pages", "publisher", "year", "month", "eprint", "archivePrefix", "primaryClass", "doi", "url",
)  # fmt: skip


@dataclass
class Draft:
    """An entry before it is written.

    ``values`` hold field to TeX, ``bare`` names the fields that are macros; ``prose`` and ``names`` say what was
    meant, for the comparison after writing; ``remarks`` are phrases for the reader.
    """

    type: str
    values: dict[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    prose: dict[str, Prose] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def draft(record: Record) -> Draft | None:
    """Return *record* as an entry, or None where it has no title."""
    made = Draft("misc")
    wording = _wording(record.title)
    if wording is None:
        return None
    made.values["title"], made.prose["title"] = title(wording), wording
    _add_names(made, record)
    kind = _kind(record)
    _add_venue(made, record, kind)
    for name, value in (("volume", record.volume), ("number", record.number)):
        _add_text(made, name, value, _dashed)
    _add_text(made, "pages", record.pages, _pages)
    _add_date(made, record)
    _add_identifiers(made, record)
    _settle(made, kind, record)
    made.values = {name: made.values[name] for name in _ORDER if made.values.get(name)}
    return made


def _wording(value: str | None) -> Prose | None:
    """Return what *value* says, or None where it says nothing: "N/A" is no title and no publisher."""
    if not value or value.strip("{} ").lower() in _PLACEHOLDERS:
        return None
    prose = read(value)
    said = prose.plain.strip(" .")
    return prose if _SAYS.search(said) and said.lower() not in _PLACEHOLDERS else None


def _add_text(made: Draft, name: str, value: str | None, change: Callable[[str], str] | None = None) -> None:
    prose = _wording(change(value) if change and value else value)
    if prose:
        made.values[name], made.prose[name] = escape(prose), prose


def _add_date(made: Draft, record: Record) -> None:
    """Add the year, and beside it the month: styles complain of a month without a year."""
    year = plausible_year(record.year)
    if not year:
        return
    made.values["year"] = str(year)
    if record.month and 1 <= record.month <= 12:
        made.values["month"], made.bare = MONTHS[record.month - 1], frozenset(["month"])


def _add_names(made: Draft, record: Record) -> None:
    for name, listed, more in (("author", record.authors, record.more_authors > 0), ("editor", record.editors, False)):
        names, others = people(listed)
        if names:
            made.values[name], made.names[name] = byline(names, more or others), names


def _kind(record: Record) -> str:
    """Return the record's type; what was "published" on arXiv alone is a preprint."""
    if record.arxiv and record.type in ("journal", "conference", "other") and _ON_ARXIV.search(record.venue or ""):
        return "preprint"
    return record.type


def _add_venue(made: Draft, record: Record, kind: str) -> None:
    venue = None if kind == "preprint" and _ON_ARXIV.search(record.venue or "") else record.venue
    if kind in ("thesis", "report"):
        venue = venue or record.publisher
    elif not _ON_ARXIV.search(record.publisher or ""):
        _add_text(made, "publisher", record.publisher)
    _add_text(made, _VENUE_FIELD.get(kind, "howpublished"), venue)


def _settle(made: Draft, kind: str, record: Record) -> None:
    """Give the entry its type; one that lacks what its type requires is a @misc, for which styles require nothing."""
    type, required = _TYPES.get(kind, ("misc", ()))
    values = made.values
    if all(any(values.get(name) for name in names.split("|")) for names in required):
        made.type = type
        if type == "phdthesis" and _MASTERS.search(f"{record.venue} {record.number} {record.publisher}"):
            made.type = "mastersthesis"
    if made.type != "misc":
        return
    # What @misc would not print stands where it does print.
    place = next(
        (values.pop(name) for name in ("journal", "booktitle", "school", "institution", "series") if name in values), ""
    )
    publisher = values.pop("publisher", "")
    if "howpublished" not in values and (place or publisher):
        values["howpublished"] = place or publisher
    made.prose = {name: prose for name, prose in made.prose.items() if name in values}


def _add_identifiers(made: Draft, record: Record) -> None:
    eprint = arxiv_id(record.arxiv) if record.arxiv else None
    if record.arxiv and not eprint:
        made.remarks.append(f"{record.arxiv[:60]} is no arXiv id and was left out")
    if eprint:
        made.values |= {"eprint": eprint, "archivePrefix": "arXiv"}
        archive = eprint.partition("/")[0]
        group = record.primary_class or (archive if archive in _OWN_CLASS else "")
        if _CLASS.fullmatch(group):
            made.values["primaryClass"] = group
    doi = bare_doi(record.doi) if record.doi else None
    if doi:
        made.values["doi"] = doi
    elif record.doi and record.doi.lower() not in _PLACEHOLDERS:
        made.remarks.append(f"{record.doi[:60]} is no DOI and was left out")
    url = plain_url(record.url) if record.url else None
    if url and not (doi and re.match(r"https?://(?:dx\.)?doi\.org/", url, re.IGNORECASE)):
        made.values["url"] = url
    elif record.url and not url and record.url.lower() not in _PLACEHOLDERS:
        made.remarks.append("its address is none of the web and was left out")


def _dashed(value: str) -> str:
    return re.sub(r"\s*[‐-―−]\s*", "–", value)


def _pages(value: str) -> str:
    """Return page numbers with an en dash in each range: "pp. 3-19, 25" as 3–19, 25."""
    value = re.sub(r"^\s*(?:pp?\.?|pages?)\s*(?=[\dA-Za-z]*\d)", "", value, flags=re.IGNORECASE)
    value = re.sub(r"\s*(?:[‐-―−]|-{2,3})\s*", "–", value).strip(" –-,;")
    if "–" not in value:
        parts = [re.sub(r"\s+", " ", part) for part in value.split(",")]
        value = ", ".join(
            _PAGE_RANGE.sub(r"\1–\2", part, count=1).strip() if part.count("-") == 1 else part.strip() for part in parts
        )
    return re.sub(r"–{2,}", "–", value)
