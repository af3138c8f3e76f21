"""The last step of an entry: its type, what goes with it and what does not, and the dialect's own names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.exports.dialects import BIBLATEX, Dialect, Wish
from tui.exports.latex import escape
from tui.exports.prose import Prose
from tui.exports.values import short_title
from tui.exports.words import words
from tui.model import Record
from tui.patterns import later

if TYPE_CHECKING:
    from tui.exports.fields import Draft

_MASTERS = later(r"\bmaster|\bm\.?sc\b|\bdiplom|\bmathesis\b|\blicentiate", re.IGNORECASE)
# What the type of entry says by itself.
_SAID_BY_TYPE = words("phdthesis mastersthesis mathesis techreport dissertation thesis phd") | {
    "phd thesis", "ph.d. thesis", "doctoral thesis", "doctoral dissertation", "phd dissertation", "master's thesis",
    "masters thesis", "master thesis", "technical report", "report", "mathesis",
}  # fmt: skip
_PLACES = ("journal", "booktitle", "school", "institution", "series")
# BibLaTeX's data model gives these types no pages and no volume.
_WITHOUT_PAGES = words("misc online software dataset thesis report")


def settle(made: Draft, kind: str, record: Record, dialect: Dialect, wish: Wish) -> None:
    """Give the entry its type and its fields their names and order.

    One that lacks what its type requires is a @misc, for which styles require nothing.
    """
    made.type, required = dialect.types.get(kind, ("misc", ()))
    if not all(any(made.values.get(name) for name in names.split("|")) for names in required):
        made.type, required = "misc", ()
    if dialect is BIBLATEX:
        _as_biblatex(made, kind, record)
    else:
        _as_bibtex(made, kind, record)
    for name in wish.dropped:
        if name not in required and not any(name in names.split("|") for names in required):
            made.values.pop(name, None)
    if dialect.names:
        made.values = {dialect.names.get(name, name): value for name, value in made.values.items()}
        made.prose = {dialect.names.get(name, name): prose for name, prose in made.prose.items()}
    known = [name for name, value in made.values.items() if value and name in dialect.rank]
    made.values = {name: made.values[name] for name in sorted(known, key=dialect.rank.__getitem__)}
    made.prose = {name: prose for name, prose in made.prose.items() if name in made.values}
    made.names = {name: each for name, each in made.names.items() if name in made.values}
    made.bare &= made.values.keys()


def _as_bibtex(made: Draft, kind: str, record: Record) -> None:
    values = made.values
    if made.type == "phdthesis" and _is_masters(record):
        made.type = "mastersthesis"
    _drop_plain_type(made)
    if made.type == "article":
        # No style prints an article's publisher.
        _drop(made, "publisher")
        _move(made, "eid", "pages")
    elif made.type in ("inproceedings", "incollection", "book") and (values.get("volume") or not values.get("series")):
        # Styles take the one or the other, and a number of a series alone.
        _drop(made, "number")
    if made.type == "misc":
        _as_misc(made)
    if "version" in values and "note" not in values:
        prose = Prose(f"Version {made.prose['version'].text}", made.prose["version"].spans)
        values["note"], made.prose["note"] = escape(prose, made.unicode), prose
    if not (values.get("author") or values.get("editor")):
        # What styles sort it by, and cite it as.
        name = short_title(made.prose["title"])
        values["key"], made.prose["key"] = escape(name, made.unicode), name


def _as_misc(made: Draft) -> None:
    """Put what @misc would not print where it does print."""
    values = made.values
    place = next((name for name in _PLACES if name in values), "")
    for name in (place, "publisher", "organization"):
        _move(made, name, "howpublished")
        _drop(made, name)
    for name in ("eid", *_PLACES):
        _drop(made, name)


def _as_biblatex(made: Draft, kind: str, record: Record) -> None:
    values = made.values
    if made.type == "book" and not values.get("author"):
        made.type = "collection"
    if made.type in ("thesis", "report"):
        _drop_plain_type(made)
        said = "techreport" if kind == "report" else "mathesis" if _is_masters(record) else "phdthesis"
        values.setdefault("type", said)
    _fit(made)
    if "eprint" in values:
        values["archivePrefix"] = "arxiv"
    if "year" in values:
        month = f"-{record.month:02}" if "month" in values else ""
        values["date"] = values.pop("year") + month
    _drop(made, "month")


def _fit(made: Draft) -> None:
    """Leave out what BibLaTeX's data model has no place for in this type, or put it where it has one."""
    if made.type == "misc":
        _as_misc(made)
    elif made.type in ("online", "software", "dataset"):
        _move(made, "howpublished", "organization")
        if made.type == "online":
            _move(made, "publisher", "organization")
            _drop(made, "publisher")
        _drop(made, "howpublished")
    elif made.type == "article":
        _drop(made, "publisher")
    if made.type in _WITHOUT_PAGES:
        for name in ("volume", "pages", *(["number"] if made.type != "report" else [])):
            _drop(made, name)


def _is_masters(record: Record) -> bool:
    said = (record.venue, record.number, record.publisher, record.more.get("type"))
    return _MASTERS.search(" ".join(filter(None, said))) is not None


def _drop_plain_type(made: Draft) -> None:
    """Leave out a kind of thesis or report that the type of entry says by itself."""
    if "type" in made.prose and made.prose["type"].plain.lower() in _SAID_BY_TYPE:
        _drop(made, "type")


def _move(made: Draft, name: str, place: str) -> None:
    """Let what stands in field *name* stand in *place*, unless something does."""
    if name in made.values and place not in made.values:
        made.values[place] = made.values[name]
        if name in made.prose:
            made.prose[place] = made.prose[name]
        _drop(made, name)


def _drop(made: Draft, name: str) -> None:
    made.values.pop(name, None)
    made.prose.pop(name, None)
