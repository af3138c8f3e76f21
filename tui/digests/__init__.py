"""The digest formats, and the one function that takes a digest apart.

A format is a module with ``NAME``, ``LABEL``, ``recognises`` and ``parse``, typed by :class:`Format`. To add one, write
the module and name it in :data:`FORMATS`, the most particular first; another package adds its own through an entry
point in the group ``paperrack.digests``. A format of records may have a ``collect`` too, which gives the reader's marks
with the issues (see :mod:`tui.digests.records`).
"""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Protocol

from tui.digests import bibtex, csl_json, links, newsletter, papers_json, ranking, ris, session, shamra, summaries
from tui.digests.document import Document
from tui.digests.records import Collection
from tui.errors import NoPapersError, UnknownError
from tui.model import Issue
from tui.text import clean

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


class Format(Protocol):
    """The shape of a digest format; a module is one."""

    NAME: str
    """What ``--format`` and JSON call it, such as ``newsletter``."""

    LABEL: str
    """What a reader calls it, such as ``Newsletter issue``."""

    def recognises(self, document: Document) -> bool:
        """Return whether *document* is of this kind, beyond doubt."""
        ...

    def parse(self, document: Document) -> tuple[Issue, ...]:
        """Return the issues that *document* holds; raises a SourceError where it cannot be read."""
        ...


FORMATS: tuple[Format, ...] = (
    papers_json,
    csl_json,
    bibtex,
    ris,
    ranking,
    summaries,
    shamra,
    session,
    newsletter,
    links,
)
"""The formats of the house, the most particular first; the last one reads whatever names papers."""


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Return every format that is known: other packages' first, for they are the more particular, then ours."""
    found: list[Format] = []
    for point in entry_points(group="paperrack.digests"):
        try:
            found.append(point.load())
        except Exception as error:
            # A stranger's package may fail in any way, and our own formats must go on working.
            _LOG.warning("The digest format %s cannot be loaded: %s", point.name, error)
    return (*found, *FORMATS)


def label(name: str) -> str:
    """Return what a reader calls the format *name*, or *name* itself where it is not known any more."""
    return next((each.LABEL for each in formats() if name == each.NAME), name)


def read(document: Document, format: str | None = None) -> tuple[Issue, ...]:
    """Return the issues in *document*, read as the kind that it is, or as *format*.

    Raises NoPapersError where it names no paper, UnknownError where there is no such format.
    """
    return collect(document, format).issues


def collect(document: Document, format: str | None = None) -> Collection:
    """Return the issues in *document*, and what it states of the reader's own marks, where its format has such.

    Raises NoPapersError where it names no paper, UnknownError where there is no such format.
    """
    chosen = _named(format) if format else next((each for each in formats() if _recognised(each, document)), links)
    if gives := getattr(chosen, "collect", None):
        found: Collection = gives(document)
    else:
        found = Collection(tuple(issue for issue in chosen.parse(document) if issue.entries))
    if not any(issue.entries for issue in found.issues):
        name = {"-": "Standard input", "clipboard": "The clipboard"}.get(document.source, clean(document.source, 500))
        how = f" as far as the format {chosen.NAME} reads it" if format else ""
        raise NoPapersError(f"{name} names no paper{how}: no title with authors, no arXiv id, DOI or PDF was found.")
    return found


def _named(name: str) -> Format:
    for each in formats():
        if name == each.NAME:
            return each
    known = ", ".join(each.NAME for each in formats())
    raise UnknownError(f"There is no digest format {clean(name, 80)!r}; known are {known}.")


def _recognised(each: Format, document: Document) -> bool:
    if each in FORMATS:
        return each.recognises(document)
    try:
        return each.recognises(document)
    except Exception as error:
        _LOG.warning("The digest format %s failed: %s", each.NAME, error)
        return False
