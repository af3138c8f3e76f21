"""The thread that brings changes to the disk, so that whoever made one waits for no disk.

The first change waits for nobody; what comes while it is written goes together after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from tui.errors import LibraryError
from tui.library.changes import Turned
from tui.library.contents import Listeners
from tui.library.folder import reason
from tui.library.shards import Kept

Batch = Mapping[str, Mapping[str, Kept]]
"""By file and by paper what is to be kept."""

LEISURE, LONGEST = 3.0, 8.0
"""Seconds that a change waits for others which nobody is waiting for: from the last one on, and from the first."""

_HISTORY = "the history"
"""What is named where a step could not be kept."""


def _joined(first: Mapping[str, Kept], then: Mapping[str, Kept]) -> dict[str, Kept]:
    """Return the changes *first* with *then* made to them."""
    joined = dict(first)
    for name, later in then.items():
        earlier = joined.get(name)
        both = isinstance(earlier, Turned) and isinstance(later, Turned)
        joined[name] = earlier.then(later) if both else later  # type: ignore[union-attr, arg-type]  # both are turned then
    return joined


class Writer:
    """The thread that hands batches to *write*, which returns by file why one was not written.

    It calls what it is handed with the batch for each file that is on the disk. What failed is tried again with the
    next change or flush. *listeners* hear of failures in this thread.
    """

    def __init__(
        self, write: Callable[[Batch, Callable[[str], None]], Mapping[str, str]], listeners: Listeners
    ) -> None:
        self._write = write
        self._listeners = listeners
        self._waiting: dict[str, dict[str, Kept]] = {}
        self._writing: dict[str, dict[str, Kept]] = {}
        self._jobs: list[Callable[[], object]] = []
        self._working: list[Callable[[], object]] = []
        self._firsts: list[Callable[[], object]] = []
        self._leading: list[Callable[[], object]] = []
        self._failures: Mapping[str, str] = {}
        self._later: dict[str, dict[str, Kept]] = {}
        self._when: float | None = None
        self._until = 0.0
        self._due = self._stopping = False
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, batch: Batch, later: bool = False) -> None:
        """Have *batch* written; what of it waits already is replaced.

        What may be written *later* waits some seconds (:data:`LEISURE`) for more of its kind, for files cost more
        than what is changed in them.
        """
        with self._turn:
            for file, changes in batch.items():
                if later:
                    self._later[file] = _joined(self._later.get(file, {}), changes)
                else:
                    there = _joined(self._later.pop(file, {}), self._waiting.get(file, {}))
                    self._waiting[file] = _joined(there, changes)
            if not later:
                self._wake()
            else:
                now = time.monotonic()
                self._until = now + LONGEST if self._when is None else self._until
                self._when = min(now + LEISURE, self._until)
                self._start()

    def afterwards(self, job: Callable[[], object]) -> None:
        """Have *job* called when everything put so far is on the disk; it raises an error where it fails."""
        with self._turn:
            self._jobs.append(job)
            self._wake()

    def before(self, job: Callable[[], object]) -> None:
        """Have *job* called before anything that is put from now on is written; likewise."""
        with self._turn:
            self._firsts.append(job)
            self._wake()

    def unsaved_files(self) -> frozenset[str]:
        """Return the files of what is not known to be on the disk."""
        with self._turn:
            return frozenset((*self._waiting, *self._writing, *self._later))

    def is_unsaved(self, file: str) -> bool:
        """Return whether a change to *file* is not known to be on the disk."""
        with self._turn:
            return file in self._waiting or file in self._writing or file in self._later

    def hurry(self) -> None:
        """Have what may be written later written now, without waiting for it."""
        with self._turn:
            if self._later:
                self._hurry()
                self._wake()

    def flush(self) -> None:
        """Return when everything put so far is on the disk. Raises LibraryError, which names what is not."""
        with self._turn:
            self._hurry()
            if (self._waiting or self._jobs or self._firsts) and not self._stopping:
                self._wake()
            self._turn.wait_for(lambda: not (self._due or self._writing or self._working or self._leading))
            if self._waiting or self._jobs or self._firsts:
                raise LibraryError(_told(self._waiting, self._failures))

    def stop(self) -> None:
        """Flush, and end the thread whether or not that worked. Raises LibraryError as :meth:`flush` does."""
        try:
            self.flush()
        finally:
            with self._turn:
                self._stopping = True
                self._turn.notify_all()
            if self._thread is not None and self._thread is not threading.current_thread():
                self._thread.join()

    def _hurry(self) -> None:
        """Let what may be written later be written now."""
        for file, changes in self._later.items():
            self._waiting[file] = _joined(changes, self._waiting.get(file, {}))
        self._later, self._when = {}, None

    def _wake(self) -> None:
        self._due = True
        self._start()

    def _start(self) -> None:
        if self._thread is None:
            # A daemon, for Python joins other threads before it runs what is registered at exit; that flushes.
            self._thread = threading.Thread(target=self._run, name="library writer", daemon=True)
            self._thread.start()
        self._turn.notify_all()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._due or self._stopping or self._when is not None)
                if not (self._due or self._stopping) and self._when is not None:
                    self._turn.wait_for(lambda: self._due or self._stopping, self._when - time.monotonic())
                if self._stopping:
                    return
                if self._when is not None and self._when <= time.monotonic():
                    self._hurry()
                self._writing, self._waiting = self._waiting, {}
                self._working, self._jobs = self._jobs, []
                self._leading, self._firsts = self._firsts, []
                self._due = False
            failures = self._attempt()
            with self._turn:
                # What was put meanwhile is newer than what failed.
                for file, changes in self._writing.items():
                    self._waiting[file] = _joined(changes, self._waiting.get(file, {}))
                self._jobs = [*self._working, *self._jobs]
                self._firsts = [*self._leading, *self._firsts]
                told = _told(self._writing, failures)
                self._writing, self._working, self._leading, self._failures = {}, [], [], failures
                self._turn.notify_all()
            if failures and (listener := self._listeners.on_error) is not None:
                # A listener on its way out must not end the saving.
                with suppress(Exception):
                    listener(told)

    def _attempt(self) -> Mapping[str, str]:
        """Write what there is to write, and return why what is still there then could not be."""
        # A history that cannot be written keeps no change from being saved.
        failures = self._done(self._leading)
        try:
            failures |= self._write(dict(self._writing), self._saved) if self._writing else {}
        except Exception as error:
            # Whoever waits for this thread must hear of it, whatever it was.
            return dict.fromkeys(self._writing, reason(error))
        return failures or self._done(self._working)

    def _done(self, jobs: list[Callable[[], object]]) -> dict[str, str]:
        """Do *jobs*, of which those that are done leave the list; return why one was not."""
        try:
            while jobs:
                jobs[0]()
                with self._turn:
                    jobs.pop(0)
        except Exception as error:
            return {_HISTORY: reason(error).removesuffix(".")}
        return {}

    def _saved(self, file: str) -> None:
        with self._turn:
            self._writing.pop(file)
            self._turn.notify_all()


def _told(unsaved: Batch, failures: Mapping[str, str]) -> str:
    names = list(dict.fromkeys(name for changes in unsaved.values() for name in changes)) or [_HISTORY]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    why = next((failures[file] for file in unsaved if file in failures), None) or failures.get(_HISTORY)
    return f"The changes to {', '.join(names[:3])}{more} could not be saved: {why or 'it was not tried'}."
