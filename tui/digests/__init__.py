"""The digest formats, and the one function that takes a digest apart.

A format is a module with ``NAME``, ``LABEL``, ``recognises`` and ``parse``, typed by :class:`Format`. To add one, write
the module and name it in :data:`FORMATS`, the most particular first; another package adds its own through an entry
point in the group ``paperrack.digests``. A format of records may have a ``collect`` too, which gives the reader's marks
with the issues (see :mod:`tui.digests.records`), and ``collections``, which reads a file of any length bit by bit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import entry_points
from typing import IO, Protocol

from tui.digests import (
    anthology,
    arxiv_mailing,
    bibtex,
    conference,
    csl_json,
    feed,
    hf_daily,
    hf_newsletter,
    links,
    mail,
    newsletter,
    openreview,
    paper_tables,
    papers_json,
    ranking,
    reading_list,
    ris,
    session,
    shamra,
    summaries,
    weekly,
)
from tui.digests.document import Document, beginning
from tui.digests.records import Collection
from tui.errors import NoPapersError, UnknownError, UnreadableError
from tui.model import Issue, Remark
from tui.text import clean

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


HEAD = 1 << 20
"""From how many bytes the format of a large file is told."""


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
    mail,
    bibtex,
    ris,
    arxiv_mailing,
    feed,
    hf_daily,
    hf_newsletter,
    openreview,
    anthology,
    ranking,
    summaries,
    shamra,
    session,
    conference,
    newsletter,
    weekly,
    paper_tables,
    reading_list,
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
    chosen = _chosen(document, format)
    if gives := getattr(chosen, "collect", None):
        found: Collection = gives(document)
    else:
        found = Collection(tuple(issue for issue in chosen.parse(document) if issue.entries))
    if not any(issue.entries for issue in found.issues):
        raise _no_papers(document, format, _damage(chosen, found))
    return _with_damage(found, document)


def _with_damage(found: Collection, document: Document) -> Collection:
    """Return *found*, whose first issue says so where bytes of *document* were damaged and stand for no character."""
    count = document.flat.count("\ufffd") if "\ufffd" in document.text else 0
    if not count:
        return found
    above, _, behind = document.flat.partition("\ufffd")
    line = "\ufffd".join([above.rpartition("\n")[2], behind.partition("\n")[0]])
    why = "has a damaged character" if count == 1 else f"has the first of {count:,} damaged characters"
    remark = Remark(above.count("\n") + 1, clean(line, 500), why)
    first, *others = found.issues
    return replace(found, issues=(replace(first, warnings=(*first.warnings, remark)), *others))


def is_of_records(document: Document) -> bool:
    """Return whether *document* is a file of whole records: BibTeX, CSL-JSON, RIS or paperrack's own JSON."""
    return any(each.recognises(document) for each in (papers_json, csl_json, bibtex, ris))


def reads_bit_by_bit(head: bytes, source: str, format: str | None = None) -> bool:
    """Return whether the file that begins with *head* is of a kind that is read by :func:`collections`."""
    document = beginning(head[:HEAD], source)
    return document is not None and hasattr(_chosen(document, format), "collections")


def collections(
    file: IO[bytes], head: bytes, source: str, format: str | None = None
) -> Iterator[tuple[Collection, int]]:
    """Yield what *file*, which begins with *head*, holds, some issues at a time, and how many of its bytes are behind.

    Raises as :func:`collect`, and UnreadableError where the file cannot be read to its end.
    """
    document = beginning(head, source) or Document("", source)
    any_papers, damage = False, ""
    try:
        for found, behind in _chosen(document, format).collections(file, document):  # type: ignore[attr-defined]  # asked for before
            any_papers = any_papers or any(issue.entries for issue in found.issues)
            yield found, behind
    except NoPapersError as error:
        damage = str(error)
    except OSError as error:
        raise UnreadableError(f"{_called(source)} cannot be read to its end: {error.strerror or error}.") from None
    if not any_papers:
        raise _no_papers(document, format, damage)


def _chosen(document: Document, format: str | None) -> Format:
    return _named(format) if format else next((each for each in formats() if _recognised(each, document)), links)


def _damage(chosen: Format, found: Collection) -> str:
    """Return why nothing of a file of records could be read, where that is said; another text may name no paper."""
    if chosen not in (papers_json, csl_json):
        return ""
    return next((remark.why for issue in found.issues for remark in issue.warnings), "")


def _no_papers(document: Document, format: str | None, damage: str) -> NoPapersError:
    if damage:
        return NoPapersError(f"{_called(document.source)} names no paper that can be read: {damage}.")
    how = f" as far as the format {_named(format).NAME} reads it" if format else ""
    return NoPapersError(
        f"{_called(document.source)} names no paper{how}: no title with authors, no arXiv id, DOI or PDF was found."
    )


def _called(source: str) -> str:
    return {"-": "Standard input", "clipboard": "The clipboard"}.get(source, clean(source, 500))


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
