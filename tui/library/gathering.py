"""New issues that go to the disk while more of them are made: as many at once as there are by then."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.library.contents import IssueContents
from tui.library.folder import reason
from tui.library.together import MOST

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

New = tuple[Path, bytes, IssueContents]
"""A file that is not there yet, its bytes, and what it holds."""


class Gathering:
    """Has *write* called in a thread of *threads* with what was put: it returns for each its contents, or an error."""

    def __init__(
        self, threads: Executor, write: Callable[[Sequence[New]], Sequence[IssueContents | Exception]]
    ) -> None:
        self._threads = threads
        self._write = write
        self._lock = threading.Lock()
        self._waiting: list[New] = []
        self._jobs: list[Future[None]] = []
        self._done: list[tuple[IssueContents, IssueContents | Exception]] = []

    def put(self, new: New) -> None:
        """Have *new* brought to the disk."""
        with self._lock:
            self._waiting.append(new)
        self._jobs.append(self._threads.submit(self._work))

    def settled(self) -> Iterator[IssueContents]:
        """Yield all that was put since this was asked last, when it is on the disk. Raises LibraryError."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.result()
        done, self._done = self._done, []
        for new, made in done:
            if isinstance(made, Exception):
                why = reason(made).removesuffix(".")
                raise LibraryError(f"The issue {new.issue.id} could not be saved: {why}.") from None
            yield made

    def _work(self) -> None:
        with self._lock:
            some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        if some:
            try:
                made = self._write(some)
            except Exception as error:
                made = [error] * len(some)
            self._done += zip((contents for _, _, contents in some), made, strict=True)


def stamped(contents: IssueContents, stamp: object) -> IssueContents | Exception:
    """Return *contents* with the *stamp* of their file, which may be why it has none."""
    return stamp if isinstance(stamp, Exception) else dataclasses.replace(contents, stamp=stamp)  # type: ignore[arg-type]  # it is a stamp then
