"""The threads that fetch sources and take them apart, several hosts at a time; nothing here touches the library."""

from __future__ import annotations

import collections
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.desk.items import Met
from tui.desk.reading_sources import Apart, take_apart
from tui.errors import NetworkError, PaperrackError, StoppedError
from tui.identifiers import is_at, urlsplit_or_none
from tui.model import FollowedSource

if TYPE_CHECKING:
    from tui.providers.web.conditional import Answered
    from tui.providers.web.stopping import Stop

HOSTS = 6
"""Hosts that are asked at a time."""

_AHEAD = 4
"""Answers that wait to be taken in."""

_PATIENCE = 2.0
_POLL = 0.05

Fetch = Callable[[FollowedSource, "Stop", Callable[[], bool]], "Answered | None"]
"""Fetches what is new of a source; the last argument is asked, when it is its turn, whether it is still to be done."""


@dataclass(frozen=True)
class Fetched:
    """What a thread brought back of a source: what it answered, and that taken apart.

    Without an answer it had been fetched elsewhere meanwhile; without ``apart`` it is what it was.
    """

    source: FollowedSource
    answered: Answered | None = None
    apart: Apart | None = None
    error: PaperrackError | None = None
    cancelled: bool = False


class Fetching:
    """Fetches *sources*, those of one host one after the other.

    *still* tells whether a source is yet to be fetched, *met* what was met in all sources; with *everything*, items
    are wanted, too, that a source had before it was followed. ``asking`` are the names of those that are under way.
    """

    def __init__(
        self,
        sources: Sequence[FollowedSource],
        fetch: Fetch,
        still: Callable[[FollowedSource], bool],
        met: Met,
        stop: Stop,
        everything: bool,
    ) -> None:
        self.asking: dict[str, str] = {}
        self._fetch, self._still, self._met, self._stop, self._everything = fetch, still, met, stop, everything
        self._results: queue.Queue[Fetched | None] = queue.Queue(_AHEAD)
        self._left = threading.Event()
        hosts: dict[str, list[FollowedSource]] = {}
        for source in sources:
            hosts.setdefault(_host(source.url), []).append(source)
        self._hosts = collections.deque(hosts.values())

    def __iter__(self) -> Iterator[Fetched]:
        """Yield what comes back, once; whoever leaves before the end ends the fetching."""
        names = (f"sources {number}" for number in range(min(HOSTS, len(self._hosts))))
        threads = [threading.Thread(target=self._run, name=name, daemon=True) for name in names]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                fetched = self._results.get()
                if fetched is None:
                    running -= 1
                else:
                    yield fetched
        finally:
            if running:
                self._stop.set()
            self._left.set()
            for thread in threads:
                thread.join(_PATIENCE)

    def _run(self) -> None:
        with suppress(IndexError):
            while True:
                for source in self._hosts.popleft():
                    self._put(Fetched(source, cancelled=True) if self._stop.is_set else self._visit(source))
        self._put(None)

    def _put(self, result: Fetched | None) -> None:
        while not self._left.is_set():
            with suppress(queue.Full):
                self._results.put(result, timeout=_POLL)
                return

    def _visit(self, source: FollowedSource) -> Fetched:
        self.asking[source.id] = source.name
        try:
            answered = self._fetch(source, self._stop, lambda: self._still(source))
            if answered is None or answered.content is None:
                return Fetched(source, answered)
            return Fetched(source, answered, take_apart(source, answered, self._met, self._everything))
        except StoppedError as error:
            return Fetched(source, error=error, cancelled=True)
        except PaperrackError as error:
            return Fetched(source, error=error)
        except Exception as error:  # a defect in one must not leave the others waiting
            return Fetched(source, error=NetworkError(f"{source.name} could not be read ({error!r})."))
        finally:
            self.asking.pop(source.id, None)


def _host(url: str) -> str:
    """Return whom a source is asked of; all of arXiv's hosts are one."""
    host = urlsplit_or_none(url) or url
    return "arxiv.org" if is_at(host, "arxiv.org") else urlsplit(url).netloc.lower()
