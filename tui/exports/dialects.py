"""The two languages of .bib files: BibTeX's entries and BibLaTeX's, by type of record, and their fields in order.

Types and required fields of BibTeX are those of Oren Patashnik's "BibTeXing" (1988), arXiv's fields those of
https://info.arxiv.org/help/hypertex/bibstyles; those of BibLaTeX stand in its manual, sections 2.1 and 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tui.exports.words import words

ADDED = ("abstract", "keywords", "note", "isbn", "issn", "language")
"""Fields that are written only where the reader asks for them by ``[bibtex] fields``."""

MORE = {
    "edition": ("edition",), "series": ("series",), "address": ("location", "address"), "chapter": ("chapter",),
    "organization": ("organization",), "type": ("type",), "eventtitle": ("eventtitle",), "version": ("version",),
    "eid": ("eid",), "howpublished": ("howpublished",), "note": ("note",), "isbn": ("isbn",), "issn": ("issn",),
    "language": ("language", "langid"), "keywords": ("keywords",), "abstract": ("abstract",),
}  # fmt: skip
"""Field to the names under which :attr:`tui.model.Record.more` may hold it."""

_BOOKISH = ("series", "address", "organization")
OF_KIND: dict[str, tuple[str, ...]] = {
    "conference": (*_BOOKISH, "eventtitle"), "workshop": (*_BOOKISH, "eventtitle"), "journal": ("eid",),
    "chapter": (*_BOOKISH, "edition", "chapter"), "book": ("series", "address", "edition"),
    "thesis": ("type", "address"), "report": ("type", "address"),
    "software": ("version", "organization", "howpublished"),
    "dataset": ("version", "organization", "howpublished"), "preprint": ("version", "organization", "howpublished"),
    "other": ("version", "organization", "howpublished"),
}  # fmt: skip
"""What is taken of a record's ``more`` by its type; the rest of it no style prints."""


@dataclass(frozen=True)
class Dialect:
    """One of the two: ``types`` is type of record to type of entry and the fields without which that one is wrong."""

    types: Mapping[str, tuple[str, tuple[str, ...]]]
    order: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    utf8: bool = False

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each field in an entry."""
        return {name: place for place, name in enumerate(self.order)}


BIBTEX = Dialect(
    types={
        "conference": ("inproceedings", ("author", "booktitle")),
        "workshop": ("inproceedings", ("author", "booktitle")),
        "journal": ("article", ("author", "journal")),
        "chapter": ("incollection", ("author", "booktitle", "publisher")),
        "book": ("book", ("author|editor", "publisher")),
        "thesis": ("phdthesis", ("author", "school")),
        "report": ("techreport", ("author", "institution")),
    },
    order=(
        "key", "author", "title", "journal", "booktitle", "editor", "series", "type", "school", "institution",
        "organization", "howpublished", "edition", "chapter", "volume", "number", "pages", "publisher", "address",
        "year", "month", "note", "eprint", "archivePrefix", "primaryClass", "doi", "url", "isbn", "issn", "language",
        "keywords", "abstract",
    ),
)  # fmt: skip

BIBLATEX = Dialect(
    types={
        **BIBTEX.types,
        "thesis": ("thesis", ("author", "school")),
        "report": ("report", ("author", "institution")),
        "software": ("software", ()),
        "dataset": ("dataset", ()),
        "preprint": ("online", ("eprint|doi|url",)),
        "other": ("online", ("url",)),
    },
    order=(
        "author", "title", "journaltitle", "booktitle", "editor", "eventtitle", "series", "type", "institution",
        "organization", "howpublished", "version", "edition", "chapter", "volume", "number", "eid", "pages",
        "publisher", "location", "date", "note", "eprint", "eprinttype", "eprintclass", "doi", "url", "isbn", "issn",
        "language", "keywords", "abstract",
    ),
    names={
        "journal": "journaltitle", "address": "location", "school": "institution", "archivePrefix": "eprinttype",
        "primaryClass": "eprintclass",
    },
    utf8=True,
)  # fmt: skip

_ALIASES = {
    "journaltitle": "journal", "location": "address", "langid": "language", "eprinttype": "archivePrefix",
    "eprintclass": "primaryClass", "archiveprefix": "archivePrefix", "primaryclass": "primaryClass",
    "date": "year", "tags": "keywords",
}  # fmt: skip
_KEPT = words("key title author year")


@dataclass(frozen=True)
class Wish:
    """What the reader wants of each entry: fields beyond the usual, fields left out, letters as UTF-8.

    ``unknown`` are names that say nothing.
    """

    added: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    unicode: bool = False
    unknown: tuple[str, ...] = ()


def wish(names: Iterable[str], unicode: bool) -> Wish:
    """Return what ``[bibtex] fields`` asks for: ``abstract`` adds a field, ``-url`` leaves one out.

    Both spellings are known, BibTeX's and BibLaTeX's; a field that is written anyway may be named as well.
    """
    added, dropped, unknown = set[str](), set[str](), list[str]()
    for given in names:
        name = given.strip().lower().removeprefix("-")
        name = _ALIASES.get(name, name)
        less = given.strip().startswith("-")
        if name not in (*BIBTEX.order, *BIBLATEX.order) or (less and name in _KEPT):
            unknown.append(given)
        elif less:
            dropped.add(name)
        else:
            added.add(name)
    return Wish(frozenset(added), frozenset(dropped), unicode, tuple(unknown))


def complaint(unknown: Iterable[str]) -> str | None:
    """Return one sentence on names in ``[bibtex] fields`` that say nothing, or None where all do."""
    listed = ", ".join(f"“{name[:40]}”" for name in unknown)
    if not listed:
        return None
    return (
        f"{listed} in [bibtex] fields was passed over: there are {', '.join(ADDED)} to add, and every other field but"
        " author, title and year can be left out with a hyphen before its name (-url)."
    )
