"""What the catalogue is told of a paper: how lists show and sort it, and what it can be found by."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from tui.catalogue import Description, ranking
from tui.identifiers import arxiv_date
from tui.model import Choices, Entry, Inquiry, Issue, Marks, Mention, Paper, PaperRow, Record
from tui.model.noted import noted
from tui.model.papers import NAMED
from tui.shapes import plain
from tui.text import fold, shown

_T = TypeVar("_T", Description, PaperRow)

_RELS = ("code", "data", "pdf")
"""Where links may lead that lists of papers are chosen by."""


def describe(paper: Paper, issue: Issue, found: Iterable[str] = ()) -> Description:
    """Return what the catalogue keeps of *paper*, whose newest mention is in *issue*.

    *found* are further clues to it: the identifiers that services gave it.
    """
    # A start where nothing changed describes no paper.
    from tui.matching import clues, family_name
    from tui.searching.texts import indexed

    title, details = paper.title, paper.details
    own = {clue for mention in paper.mentions for clue in clues(mention.entry)}
    return Description(
        row=PaperRow.of(paper),
        marks=paper.marks,
        venue=paper.venue,
        recency=recency(issue),
        place=paper.mentions[0].position,
        title_key=fold(shown(title))[:80] if title else None,
        author_key=family_name(paper.authors[0]) if paper.authors else None,
        waiting=bool(details and details.waiting),
        done=bool(details and details.done),
        has=tuple(_has(paper)),
        clues=(*own, *found),
        texts=indexed(paper),
    )


def describe_alone(name: str, issue: Issue, position: int, entry: Entry, marks: Marks) -> Description:
    """Return what :func:`describe` does of a paper that *entry* alone speaks of, and of which no service was asked.

    Most papers that are taken in are such, and most of what is said of them can be found out before.
    """
    from tui.searching.texts import indexed_alone

    known = alone(entry)
    row = _but(known.row, id=name, title=known.row.title or name)
    texts = indexed_alone(known.texts, name, issue, marks)
    if marks == _NO_MARKS:
        return _but(known, row=row, recency=recency(issue), place=position, texts=texts)
    return _but(
        known,
        row=_but(
            row,
            marked=marks.marked,
            starred=marks.starred,
            state=marks.state,
            noted=bool(marks.note),
            tags=marks.tags,
        ),
        marks=marks,
        recency=recency(issue),
        place=position,
        has=(*known.has, "note") if marks.note else known.has,
        texts=texts,
    )


def _but(known: _T, **fields: object) -> _T:
    """Return *known* with other values of *fields*, as :func:`dataclasses.replace` does in ten times the time.

    It is for classes that look at no value when they are made; a misspelt name would do nothing.
    """
    made: _T = object.__new__(type(known))
    made.__dict__.update(known.__dict__, **fields)
    return made


@noted
def recency(issue: Issue) -> str:
    """Return what the papers of *issue* are sorted by in lists that begin with the newest issue."""
    return f"{ranking(issue)} {issue.id}"


@noted
def alone(entry: Entry) -> Description:
    """Return what *entry* says by itself to :func:`describe`, of a paper and an issue that have no name yet.

    It is what :func:`describe` returns of a paper with this one mention, without making one: this is most of what is
    done with a paper that is taken in.
    """
    from tui.matching import clues, family_name
    from tui.searching.texts import indexed_entry

    record = entry.record or _NO_RECORD
    if not (entry.title or record.title):
        return describe(Paper("", (mention_of(_NO_ISSUE, 0, entry),)), _NO_ISSUE)
    title, authors = entry.title or record.title, entry.authors or record.authors
    venue, year = entry.venue or record.venue, entry.year or record.year
    if not year:
        year = (arxiv_date(entry.identifiers.get("arxiv", "")) or (None,))[0]
    display = shown(str(title))
    row = PaperRow(
        "",
        display,
        True,
        tuple([shown(name) for name in authors[:NAMED]]),
        entry.more_authors + len(authors[NAMED:]),
        int(year) if year else None,
    )
    # Of two links to one address the first says what it leads to.
    rels = dict(reversed([(link.url, link.rel) for link in entry.links])).values()
    has = [name for name in _RELS if name in rels]
    return Description(
        row=row,
        marks=_NO_MARKS,
        venue=venue,
        recency="",
        place=0,
        title_key=fold(display)[:80],
        author_key=family_name(authors[0]) if authors else None,
        has=(*has, "abstract") if entry.abstract else tuple(has),
        clues=clues(entry),
        texts=indexed_entry(entry, display, authors, venue),
    )


def prepare(issue: Issue) -> None:
    """Find out what can be found out about the entries of *issue* by themselves: it goes with them from then on."""
    from tui.library.documents import entry_line
    from tui.matching import clues, paper_id

    for entry in issue.entries:
        for find in (paper_id, clues, alone, entry_line):
            find(entry)


def bare(entry: Entry) -> Entry:
    """Return *entry* without what was found out about it for taking it in, which is longer than itself."""
    made: Entry = object.__new__(Entry)
    made.__dict__.update((name, value) for name, value in entry.__dict__.items() if name in _FIELDS)
    return made


def prepare_asked(entry: Entry, inquiry: Inquiry, choices: Choices, prefer: str) -> None:
    """Find out what can be found out of what services said of the paper of *entry*, where nobody else speaks of it."""
    from tui.provenance import note_details

    shape_of(inquiry)
    note_details(inquiry, choices, stated_by((entry,)), prefer)


def stated_by(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the identifiers that *entries* state, the first one's where they differ."""
    return {name: value for entry in reversed(tuple(entries)) for name, value in entry.identifiers.items()}


@noted
def shape_of(inquiry: Inquiry) -> Mapping[str, Any]:
    """Return *inquiry* in its plain shape, which nobody may change."""
    shape: Mapping[str, Any] = plain(inquiry)
    return shape


_FIELDS = frozenset(item.name for item in dataclasses.fields(Entry))
_NO_ISSUE = Issue("", "", (), "")
_NO_MARKS = Marks()
_NO_RECORD = Record()


def _has(paper: Paper) -> Iterator[str]:
    rels = {link.rel for link in paper.links}
    yield from (name for name in _RELS if name in rels)
    if paper.abstract:
        yield "abstract"
    if paper.marks.note:
        yield "note"
    if paper.details and paper.details.done:
        yield "details"


def found_clues(inquiry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the identifiers that services gave, of an inquiry in its plain shape, which anybody may have written."""
    answers = inquiry.get("answers")
    for answer in answers if isinstance(answers, (list, tuple)) else ():
        known = answer.get("identifiers") if isinstance(answer, Mapping) else None
        for scheme, value in known.items() if isinstance(known, Mapping) else ():
            yield f"{scheme}:{value}"


def mention_of(issue: Issue, position: int, entry: Any) -> Mention:
    """Return what *issue* says of a paper in *entry*, at *position* (from 1)."""
    return Mention(issue.id, issue.title, issue.series, issue.number, issue.date, position, entry)
