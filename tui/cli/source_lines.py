"""A source as commands print it, and the sources that a reader's words name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.cli import streams
from tui.desk import Desk
from tui.desk.marking import count
from tui.errors import PaperrackError
from tui.model import FollowedSource, SourceRow


def state(row: SourceRow) -> str:
    """Return how a source stands, in words."""
    source = row.source
    if source.state == "new":
        return "not fetched yet"
    last = f"last {row.last}{f', {row.date}' if row.date else ''}" if row.last else ""
    said = f"{count(row.issues, 'issue')}, {row.unread:,} unread"
    if source.state != "ok":
        said = f"{source.state}: {source.visits.why} {next_try(source)}"
    return "; ".join(part.strip() for part in (said, last) if part)


def next_try(source: FollowedSource) -> str:
    """Return when a source that failed is tried again."""
    if source.state == "gone":
        return "It is asked no more."
    if source.state == "paused":
        return "It is asked again when it is named."
    until = source.visits.until
    return f"Next try {until[:16].replace('T', ' ')} UTC." if until else ""


def document(row: SourceRow) -> dict[str, Any]:
    """Return a source as ``sources --json`` lists it."""
    source, visits = row.source, row.source.visits
    names = ("id", "url", "title", "kind", "folder", "home", "added")
    return {
        **{name: getattr(source, name) or None for name in names},
        "state": source.state,
        "why": visits.why,
        "until": visits.until if source.state in ("failed", "waiting") else None,
        "failures": visits.failures,
        "checked": visits.checked,
        "succeeded": visits.succeeded,
        "moved_from": visits.moved,
        "issues": row.issues,
        "unread": row.unread,
        "last": row.last or None,
        "last_date": row.date,
    }


def named(desk: Desk, names: Sequence[str]) -> tuple[list[FollowedSource], int]:
    """Return the sources that *names* name, and 1 if any of them names none; that is said on stderr."""
    found: dict[str, FollowedSource] = {}
    failed = 0
    for name in names:
        try:
            source = desk.sources.named(name)
            found[source.id] = source
        except PaperrackError as error:
            streams.narrate(str(error))
            failed = 1
    return list(found.values()), failed
