"""A record as the type and fields of an entry: what styles need, in a fixed order; no more.

What a dialect calls them stands in :mod:`tui.exports.dialects`; here they go by BibTeX's names until the entry is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tui.exports.addresses import bare_doi, eprint, plain_url
from tui.exports.asked import Item
from tui.exports.bylines import byline
from tui.exports.dialects import ADDED, BIBTEX, MORE, OF_KIND, Dialect, Wish
from tui.exports.keys import plausible_year
from tui.exports.latex import escape
from tui.exports.names import Name, people
from tui.exports.prose import Prose
from tui.exports.settling import settle
from tui.exports.titles import title
from tui.exports.values import PLACEHOLDERS, dashed, pages, proceedings, standard_number, wording
from tui.exports.words import words
from tui.model import Record
from tui.patterns import later

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ON_ARXIV = later(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_RESOLVER = later(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_CLASS = later(r"[a-z-]+(?:\.[A-Za-z-]+)?")
# Archives that were their papers' class when ids began with their name.
_OWN_CLASS = words("gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph")
_VENUE_FIELD = {"conference": "booktitle", "workshop": "booktitle", "journal": "journal", "chapter": "booktitle",
                "book": "series", "thesis": "school", "report": "institution"}  # fmt: skip


@dataclass
class Draft:
    """An entry before it is written.

    ``values`` hold field to TeX, ``bare`` names the fields that are macros; ``prose`` and ``names`` say what was
    meant, for the comparison after writing; ``remarks`` are phrases for the reader. ``unicode`` tells how letters
    are written.
    """

    type: str
    values: dict[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    prose: dict[str, Prose] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    unicode: bool = False

    @cached_property
    def enclosed(self) -> dict[str, str]:
        """The fields with the braces that they are written in; macros have none."""
        return {name: value if name in self.bare else f"{{{value}}}" for name, value in self.values.items()}

    def add(self, name: str, value: str | None, change: Callable[[str], str] | None = None) -> None:
        """Add the text *value*, after *change*, as a field, where it says something."""
        if not value:
            return
        prose = wording(change(value) if change else value)
        if prose:
            self.values[name], self.prose[name] = escape(prose, self.unicode), prose


def draft(item: Item, dialect: Dialect = BIBTEX, wish: Wish = Wish()) -> Draft | None:  # noqa: B008 - frozen
    """Return *item* as an entry of *dialect*, or None where it has no title."""
    record = item.record
    made = Draft("misc", unicode=dialect.utf8 or wish.unicode)
    name = wording(record.title)
    if name is None:
        return None
    made.values["title"], made.prose["title"] = title(name, made.unicode), name
    _add_names(made, record)
    kind = _kind(record)
    _add_venue(made, record, kind)
    made.add("volume", record.volume, dashed)
    made.add("number", record.number, dashed)
    made.add("pages", record.pages, pages)
    _add_date(made, record)
    _add_identifiers(made, record)
    if record.more:
        _add_more(made, record.more, kind)
    if wish.added:
        _add_wished(made, item, wish)
    settle(made, kind, record, dialect, wish)
    return made


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
        names, others = people(listed) if listed else ((), False)
        if names:
            made.values[name], made.names[name] = byline(names, more or others, made.unicode), names


def _kind(record: Record) -> str:
    """Return the record's type; what was "published" on arXiv alone is a preprint."""
    if record.arxiv and record.type in ("journal", "conference", "other") and _ON_ARXIV.search(record.venue or ""):
        return "preprint"
    return record.type


def _add_venue(made: Draft, record: Record, kind: str) -> None:
    venue = None if kind == "preprint" and _ON_ARXIV.search(record.venue or "") else record.venue
    more = record.more
    if kind in ("thesis", "report"):
        venue = venue or more.get("institution") or more.get("school") or record.publisher
    elif not _ON_ARXIV.search(record.publisher or ""):
        made.add("publisher", record.publisher)
    if kind in ("conference", "workshop") and venue:
        venue = proceedings(venue, record.year)
    made.add(_VENUE_FIELD.get(kind, "howpublished"), venue)


def _add_more(made: Draft, more: Mapping[str, str], kind: str) -> None:
    """Add what a source states besides, as far as entries of this *kind* have a place for it."""
    for name in OF_KIND.get(kind, ()):
        if name not in made.values:
            made.add(name, _first(more, name))


def _first(more: Mapping[str, str], name: str) -> str | None:
    return next((more[each] for each in MORE[name] if more.get(each)), None)


def _add_wished(made: Draft, item: Item, wish: Wish) -> None:
    """Add what the reader asks for by name; the abstract of the paper where its record has none."""
    for name in ADDED:
        if name not in wish.added:
            continue
        value = _first(item.record.more, name)
        if name in ("isbn", "issn"):
            if value and (number := standard_number(value)):
                made.values[name] = number
            continue
        if name == "abstract" and not value and item.paper:
            value = item.paper.abstract
        made.add(name, value)


def _add_identifiers(made: Draft, record: Record) -> None:
    stated = (record.arxiv, record.doi, record.url)
    preprint = next((found for text in stated if text and (found := eprint(text))), None)
    if record.arxiv and not preprint:
        made.remarks.append(f"{record.arxiv[:60]} is no arXiv id and was left out")
    if preprint:
        made.values |= {"eprint": preprint, "archivePrefix": "arXiv"}
        archive = preprint.partition("/")[0]
        group = record.primary_class or (archive if archive in _OWN_CLASS else "")
        if _CLASS.fullmatch(group):
            made.values["primaryClass"] = group
    doi = bare_doi(record.doi) if record.doi else None
    if doi:
        made.values["doi"] = doi
    elif record.doi and record.doi.lower() not in PLACEHOLDERS:
        made.remarks.append(f"{record.doi[:60]} is no DOI and was left out")
    url = plain_url(record.url) if record.url else None
    if url and not (doi and _RESOLVER.match(url)):
        made.values["url"] = url
    elif record.url and not url and record.url.lower() not in PLACEHOLDERS:
        made.remarks.append("its address is none of the web and was left out")
