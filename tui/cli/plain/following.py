"""The commands on the feeds and pages that are followed: how they stand, one more, and what is new of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui.cli import streams
from tui.cli.plain import lines
from tui.cli.plain.reading import Reading
from tui.desk.marking import count
from tui.errors import SourceError
from tui.text import clean

if TYPE_CHECKING:
    from tui.desk.refreshing import Refreshed
    from tui.model import FollowedSource

Lines = Iterable[str]


def sources(reading: Reading, words: str) -> Lines:
    """Say the sources and how each stands, or follow one more."""
    from tui.cli.source_lines import state

    if words:
        return [_followed(reading, words)]
    rows = reading.desk.sources.rows()
    reading.sources = tuple(row.source for row in rows)
    if not rows:
        return ["No source is followed; sources and an address follows one."]
    return (
        f"{number}. {lines.sentence(row.source.name)} {lines.sentence(_begun(state(row)))}"
        for number, row in enumerate(rows, 1)
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _followed(reading: Reading, words: str) -> str:
    done = reading.desk.sources.add(words)
    if done.known:
        return f"{done.source.name} is followed already."
    there = "" if done.items is None else f", with {count(done.items, 'item')}"
    what = "a feed" if done.source.kind == "feed" else "a page"
    return f"{done.source.name} is followed: {what}{there}. refresh takes in what is new; undo takes it back."


def refresh(reading: Reading, words: str) -> Lines:
    """Take in what is new of all sources, or of one, and say at once what comes of each.

    Raises SourceError, when all the others were asked, where one of them gave nothing.
    """
    from tui.cli.refreshing import stopping
    from tui.desk.source_rows import summary

    going = reading.desk.sources.refresh([_named(reading, words)] if words else None)
    done: list[Refreshed] = []
    with stopping(going):
        for each in going:
            done.append(each)
            for line in _said(each):
                streams.say(line)
    reading.issues = reading.desk.shelf()
    streams.say(summary(done) if done else "No source is followed; sources and an address follows one.")
    if going.stopped:
        raise KeyboardInterrupt
    if failed := [f"{each.source.name}: {each.why}" for each in done if each.outcome in ("failed", "offline")]:
        raise SourceError(" ".join(failed[:3]) + (f" {len(failed) - 3:,} more failed." if failed[3:] else ""))
    return ()


def _named(reading: Reading, words: str) -> FollowedSource:
    """Return the source that *words* name, by its number in the list or as commands do. Raises UnknownError."""
    if words.isdecimal() and len(words) < 9:
        reading.sources = reading.sources or reading.desk.sources.list()
        if 1 <= int(words) <= len(reading.sources):
            return reading.desk.sources.named(reading.sources[int(words) - 1].id)
    return reading.desk.sources.named(words)


def _said(each: Refreshed) -> Iterator[str]:
    """Yield what came of a source; of one that failed it is said at the end."""
    name = each.source.name
    if each.moved:
        yield f"{name} moved to {clean(each.moved, 500)}, and is followed there from now on."
    for taken in each.taken:
        what = "Updated" if taken.outcome == "updated" else "New"
        papers = f"{count(taken.papers, 'paper')}, {taken.new_papers:,} new"
        yield f"{what} in {name}: {lines.sentence(taken.issue.title)} {papers}."
    if each.outcome in ("waiting", "stopped"):
        yield f"{name}: {each.why}"
