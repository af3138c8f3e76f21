"""What of a paper can be found by words: one text for each column of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tui.identifiers import SCHEMES
from tui.model import Entry, Issue, Marks, Mention, Paper
from tui.model.names import shown_name
from tui.searching.folding import plain
from tui.text import shown

MOST = 30_000
"""Letters of a column that are indexed: no abstract is longer, and no issue writes more of a paper."""

_APART = "\n\ue000\n"
"""What stands between two names or titles: a word that nobody types, so that no phrase reaches across."""


def indexed(paper: Paper) -> tuple[str, ...]:
    """Return the texts by which *paper* is found, folded, in the order of ``COLUMNS`` of the catalogue's schema."""
    marks = paper.marks
    return (
        _text(_titles(paper)),
        _text(_authors(paper)),
        _text(_abstracts(paper)),
        _text(_said(paper), "\n"),
        _text((marks.note,)),
        _text(marks.tags),
        _text(_ids(paper), "\n"),
    )


def indexed_entry(entry: Entry, title: str, authors: Iterable[str], venue: str | None) -> tuple[str, ...]:
    """Return what :func:`indexed` does, of a paper without a name that *entry* alone speaks of.

    *title* is its own as it is shown, *authors* and *venue* those of the paper.
    """
    known = entry.identifiers
    schemes = known if len(known) < 2 else (*SCHEMES, *sorted(known))
    ids = dict.fromkeys([f"{scheme}:{known[scheme]}" for scheme in schemes if scheme in known])
    return (
        plain(title[:MOST]),
        _text(shown_name(name) for name in authors),
        plain(shown(entry.abstract)[:MOST]) if entry.abstract else "",
        _text((*_written(entry), venue), "\n"),
        "",
        "",
        plain("\n".join(ids)[:MOST]),
    )


def indexed_alone(texts: Sequence[str], name: str, issue: Issue, marks: Marks) -> tuple[str, ...]:
    """Return what :func:`indexed` does, of the paper called *name*, of which *issue* alone speaks.

    *texts* are its own of that paper without name, issue and marks.
    """
    title, authors, abstract, said, _, _, ids = texts
    place = _place_text(issue.title, issue.series, issue.number)
    own = plain(name)
    # Most papers are called what they are known by already, and the reader did nothing with them.
    if ids != own:
        known = (own, *ids.split("\n"))
        ids = "\n".join(dict.fromkeys(filter(None, known)))
    if marks.key:
        ids = "\n".join(dict.fromkeys((*ids.split("\n"), plain(marks.key))))
    return (
        title,
        authors,
        abstract,
        f"{place}\n{said}" if said else place,
        _text((marks.note,)) if marks.note else "",
        _text(marks.tags) if marks.tags else "",
        ids,
    )


@lru_cache(maxsize=16)
def _place_text(title: str, series: str | None, number: str | None) -> str:
    return _text(_place(title, series, number), "\n")


def _text(values: Iterable[str | None], between: str = _APART) -> str:
    return plain(between.join(dict.fromkeys(filter(None, values)))[:MOST])


def _titles(paper: Paper) -> Iterator[str]:
    found = (paper.title, *(mention.entry.title for mention in paper.mentions))
    return (shown(title) for title in dict.fromkeys(found) if title)


def _authors(paper: Paper) -> Iterator[str]:
    for names in dict.fromkeys((paper.authors, *(mention.entry.authors for mention in paper.mentions))):
        yield from (shown_name(name) for name in names)


def _abstracts(paper: Paper) -> Iterator[str]:
    best = paper.abstract
    if best:
        yield shown(best)
    for mention in paper.mentions:
        other = mention.entry.abstract
        # Digests cut abstracts: the beginning of the one that is there adds nothing.
        if other and best and other != best and not best.startswith(other.rstrip(".… ")):
            yield shown(other)


def _said(paper: Paper) -> Iterator[str | None]:
    for mention in paper.mentions:
        yield from _mentioned(mention)
    yield paper.venue


def _mentioned(mention: Mention) -> Iterator[str | None]:
    yield from _place(mention.issue_title, mention.series, mention.number)
    yield from _written(mention.entry)


def _written(entry: Entry) -> Iterator[str | None]:
    yield entry.venue
    yield entry.submitter
    yield from entry.categories
    for section in entry.sections:
        yield section.heading
        yield shown(section.text)
    for post in entry.posts:
        yield f"{post.author or ''} {post.handle or ''}"
        yield shown(post.text)


def _place(title: str, series: str | None, number: str | None) -> Iterator[str]:
    yield title
    if series:
        yield f"{series} {number}" if number else series


def _ids(paper: Paper) -> Iterator[str | None]:
    yield paper.id
    for scheme, value in paper.identifiers.items():
        yield f"{scheme}:{value}"
    yield paper.marks.key
