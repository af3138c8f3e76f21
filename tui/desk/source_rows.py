"""Sources as they are listed, the one that a reader's words name, and what a round did with them in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.desk.marking import count
from tui.errors import UnknownError
from tui.identifiers import same_address
from tui.model import FollowedSource, IssueRow, SourceRow
from tui.text import clean, fold

if TYPE_CHECKING:
    from tui.desk.refreshing import Refreshed


def source_named(every: Sequence[FollowedSource], words: str) -> FollowedSource:
    """Return which of *every* source *words* name: by address, title or id, or what only one of these begins with.

    Raises UnknownError.
    """
    wanted, address = fold(clean(words)), same_address(clean(words))
    fits: tuple[Callable[[FollowedSource], bool], ...] = (
        lambda each: wanted == each.id or address == same_address(each.url),
        lambda each: wanted == fold(each.name),
        lambda each: fold(each.name).startswith(wanted) or same_address(each.url).startswith(address),
    )
    for fit in fits if wanted else ():
        found = [each for each in every if fit(each)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(each.name for each in found[:5])
            raise UnknownError(f"{clean(words, 100)!r} could be one of {len(found):,} sources: {names}.")
    raise UnknownError(f"There is no source called {clean(words, 100)!r}.")


def row_of(source: FollowedSource, shelf: Mapping[str, IssueRow]) -> SourceRow:
    """Return *source* with what it gave that is on the *shelf* of issues, by their ids."""
    from tui.desk.items import seen_in

    names = dict.fromkeys(each.issue for each in seen_in(source.visits))
    rows = [shelf[name] for name in names if name in shelf]
    newest = max(rows, key=lambda row: row.date or "", default=None)
    if newest is None:
        return SourceRow(source)
    return SourceRow(source, newest.id, newest.title, newest.date, len(rows), sum(row.unread for row in rows))


def summary(done: Sequence[Refreshed]) -> str:
    """Return in a sentence what a round did."""
    taken = [each for source in done for each in source.taken]
    new = sum(each.outcome == "new" for each in taken)
    papers = sum(each.new_papers for each in taken)
    parts = [f"{count(len(done), 'source')}: {count(new, 'new issue')}, {count(papers, 'new paper')}"]
    parts += [f"{len(taken) - new:,} updated"] if len(taken) > new else []
    for outcome, word in (("failed", "failed"), ("waiting", "waiting"), ("stopped", "asked no more"),
                          ("cancelled", "not asked"), ("offline", "not reached")):  # fmt: skip
        number = sum(each.outcome == outcome for each in done)
        parts += [f"{number:,} {word}"] if number else []
    return f"{', '.join(parts)}."
