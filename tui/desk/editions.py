"""When two digests are one issue, which of two editions is kept, and what an issue is called."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from tui.identifiers import same_address
from tui.model import Entry, Issue
from tui.text import fold

_DULL = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 60) -> str:
    """Return *text* as a name of lower-case ASCII words between hyphens; empty for a script without them."""
    words = _DULL.sub("-", fold(text)).strip("-")
    return words if len(words) <= limit else words[:limit].rpartition("-")[0] or words[:limit]


def name_issue(issue: Issue, papers: Iterable[str], taken: Callable[[str], bool]) -> str:
    """Return an id for *issue* that is not *taken*: series and number or date, else its title.

    A date that the series or the title says already is not said again.
    """
    date = issue.date or ""
    plain = slug(issue.series or issue.title)
    if issue.series and (issue.number or not _says(plain, date)):
        plain = slug(f"{issue.series} {issue.number or date}")
    check = hashlib.sha256("\n".join(papers).encode()).hexdigest()
    plain = plain or issue.format
    dated = f"{plain}-{date}" if not _says(plain, date) else ""
    choices = (plain, dated, f"{plain}-{check[:6]}")
    numbered = (f"{plain}-{check[:6]}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain(choices, numbered) if name and not taken(name))


def _says(name: str, date: str) -> bool:
    """Return whether *date*, in ISO's form, is a part of the *name*; no date always is."""
    return not date or f"-{date}-" in f"-{name}-"


def same_issue(new: Issue, papers: frozenset[str], old: Issue, old_papers: frozenset[str]) -> bool:
    """Return whether both are editions of one issue.

    The address says so, and so do series and number where any paper is in both; else the papers alone: nine in ten
    must be the same, or one under the same title. A number, date or address that differs denies it. Of two that name
    no paper title, series and date must be the same.
    """
    if new.address and old.address:
        return same_address(new.address) == same_address(old.address)
    shared, all_papers = len(papers & old_papers), len(papers | old_papers)
    if not all_papers:
        return (new.title, new.series, new.date, new.number) == (old.title, old.series, old.date, old.number)
    numbered = [(fold(each.series or ""), each.number) for each in (new, old)]
    if all(series and number for series, number in numbered):
        return numbered[0] == numbered[1] and bool(shared)
    if any(a and b and a != b for a, b in ((new.number, old.number), (new.date, old.date))):
        return False
    # Two lists of one field share papers; only under one title is a part of them enough.
    enough = 1 if fold(new.title) == fold(old.title) else 0.9 * all_papers
    return new.format == old.format and bool(shared) and shared >= enough


Pair = tuple[Entry, str]
"""An entry, and the id of the paper that it speaks of."""


def revised(new: Issue, papers: Sequence[str], old: Issue, old_papers: Sequence[str]) -> tuple[Issue, tuple[str, ...]]:
    """Return *old* as the edition *new* has it, and the id of each entry's paper.

    Of the two, the one with more identifiers is believed, as a page is before the text that was copied from it; what
    it does not state, the other one fills in. A paper that only *old* has goes where *new* is plainly a correction
    (it has three quarters of the old papers, and no fewer identifiers); else it stays: no paper is lost by accident.
    """
    ours: list[Pair] = list(zip(new.entries, papers, strict=True))
    theirs: list[Pair] = list(zip(old.entries, old_papers, strict=True))
    known = {name: entry for entry, name in reversed(theirs)}
    poorer = _identified(entry for entry, name in ours if name in known) < _identified(
        known[name] for name in dict.fromkeys(papers) if name in known
    )
    merged = [(_filled(entry, known[name], poorer) if name in known else entry, name) for entry, name in ours]
    if poorer or 4 * len(set(papers) & set(known)) < 3 * len(known):
        merged = _woven(merged, [pair for pair in theirs if pair[1] not in papers], len(ours) < len(theirs), theirs)
    base, other = (old, new) if poorer else (new, old)
    names = [item.name for item in dataclasses.fields(Issue) if item.name not in ("id", "entries", "warnings", "text")]
    filled = {name: getattr(base, name) or getattr(other, name) for name in names}
    issue = dataclasses.replace(base, **filled, id=old.id, entries=tuple(entry for entry, _ in merged))
    return issue, tuple(name for _, name in merged)


def _identified(entries: Iterable[Entry]) -> int:
    return sum(len(entry.identifiers) for entry in entries)


def _woven(merged: list[Pair], left: list[Pair], shorter: bool, theirs: list[Pair]) -> list[Pair]:
    """Return all pairs in the order of the longer edition, with those of the other one at the end."""
    if not shorter:
        return merged + left
    mine = {name: (entry, name) for entry, name in merged}
    places = {name for _, name in theirs}
    return [mine.get(name, (entry, name)) for entry, name in theirs] + [
        pair for pair in merged if pair[1] not in places
    ]


def _filled(new: Entry, old: Entry, poorer: bool) -> Entry:
    """Return the entry that is believed, with what only the other one states."""
    base, other = (old, new) if poorer else (new, old)
    values = {item.name: getattr(base, item.name) or getattr(other, item.name) for item in dataclasses.fields(Entry)}
    links = {link.url: link for link in (*other.links, *base.links)}
    values["links"] = base.links if len(links) == len(base.links) else tuple(links.values())
    values["identifiers"] = {**other.identifiers, **base.identifiers}
    if base.authors:
        values["more_authors"] = base.more_authors
    return Entry(**values)


def unchanged(new: Issue, old: Issue) -> bool:
    """Return whether *new* prints exactly what *old* prints, wherever it was taken from."""
    same = dataclasses.replace(
        new, id=old.id, source=old.source, taken=old.taken, text=old.text, warnings=old.warnings, entries=_lineless(new)
    )
    return same == dataclasses.replace(old, entries=_lineless(old))


def _lineless(issue: Issue) -> tuple[Entry, ...]:
    """Return the entries without the lines that they stand on: blank lines are no change."""
    return tuple(dataclasses.replace(entry, line=0) for entry in issue.entries)
