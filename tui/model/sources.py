"""The sources that a reader follows: feeds and pages that are fetched again and again for what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from tui.frozen import dataclass
from tui.model.clean import Clean

SourceKind = Literal["feed", "page"]
SourceState = Literal["new", "ok", "failed", "waiting", "paused", "gone"]


@dataclass(frozen=True)
class Visits(Clean):
    """What came of the visits to a source; times are ISO 8601, UTC.

    ``etag`` and ``modified`` are the server's own words on what it gave last (RFC 9110, 8.8). ``failures`` are those in
    a row, the last one because of ``why``, and of them ``missing`` in a row that it was not found; the source is not
    asked before ``until``, and where the server itself ``asked`` for that wait, not even when the reader wants it.
    ``stopped`` is a source that is asked no more by itself: ``gone`` says the server, ``paused`` is one that was not
    found time and again. ``moved`` is where it was before it moved. ``seen`` are the items that were met, the newest
    first, as :mod:`tui.desk.items` writes them; of items dated ``before`` or earlier nothing is new that is not there.
    """

    etag: str | None = None
    modified: str | None = None
    checked: str | None = None
    succeeded: str | None = None
    failures: int = 0
    missing: int = 0
    why: str | None = None
    until: str | None = None
    asked: bool = False
    stopped: Literal["gone", "paused"] | None = None
    moved: str | None = None
    seen: tuple[str, ...] = ()
    before: str | None = None


@dataclass(frozen=True)
class FollowedSource(Clean):
    """A source: its address now, what the reader calls it, and the folder that it stands in (``a/b``), if any.

    ``id`` never changes, wherever the source moves; ``named`` says that the reader gave the title; ``attributes`` are
    what an OPML file said of it beyond that.
    """

    id: str
    url: str
    title: str = ""
    kind: SourceKind = "feed"
    folder: str | None = None
    added: str | None = None
    named: bool = False
    home: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    visits: Visits = Visits()

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.title or self.url

    @property
    def state(self) -> SourceState:
        """How it stands."""
        visits = self.visits
        if visits.stopped:
            return visits.stopped
        if visits.failures or visits.why:
            # Its host asked for a while without requests, because of another source of its.
            return "failed" if visits.failures or not visits.asked else "waiting"
        return "ok" if visits.succeeded else "new"


@dataclass(frozen=True)
class SourceRow:
    """A source as a list shows it: its newest issue, how many issues it gave, and how many papers are unread there.

    ``newest`` is that issue's id, ``last`` its title, ``date`` its date.
    """

    source: FollowedSource
    newest: str | None = None
    last: str = ""
    date: str | None = None
    issues: int = 0
    unread: int = 0
