"""One thread that writes: changes wait a moment for others to the same file, and nobody waits for a disk."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress

from tui.errors import LibraryError
from tui.library.atomic import remove_file
from tui.library.documents import change_shard, reseal, write_issue
from tui.library.folder import Folder, LockedError, reason
from tui.library.holdings import Batch, Change, Holdings, Kept, Key
from tui.library.intake import Intake
from tui.library.state import PaperState
from tui.library.storage import DamagedError

PAUSE = 0.1
"""Seconds that a change waits for others."""


def save(batch: Batch, folder: Folder, holdings: Holdings, intake: Intake) -> dict[str, str]:
    """Write *batch* into its files and return, by file, why one could not be written.

    Each file is read, changed and replaced under the library's lock, so that what another program wrote stays.
    """
    files: defaultdict[str, dict[Key, Change]] = defaultdict(dict)
    for key, change in batch.items():
        files[key[0]][key] = change
    failures: dict[str, str] = {}
    saved: set[str] = set()
    # A paper that became another one is written after the one that its marks went to: a crash between loses neither.
    for file in sorted(files, key=lambda each: any(_leads_away(change) for change in files[each].values())):
        try:
            with folder.lock():
                _save_file(file, files[file], folder, holdings, intake)
            saved.add(file)
        except LockedError as error:
            # The next file would wait as long for the same lock.
            return failures | {each: str(error).removesuffix(".") for each in files if each not in saved}
        except LibraryError as error:
            failures[file] = str(error).removesuffix(".")
        except OSError as error:
            failures[file] = reason(error)
    return failures


def _leads_away(change: Change) -> bool:
    return isinstance(change, PaperState) and change.merged_into is not None


def _save_file(file: str, changes: Batch, folder: Folder, holdings: Holdings, intake: Intake) -> None:
    before = folder.stamp(file)
    try:
        _apply(file, changes, folder)
    except DamagedError as error:
        intake.set_aside(file, str(error))
        _apply(file, {**holdings.of_file(file), **changes}, folder)
    # What another program changed since it was read here is still to be taken in: then the old stamp stays.
    if before == intake.stamps.get(file):
        after = folder.stamp(file)
        if after is None:
            intake.stamps.pop(file, None)
        else:
            intake.stamps[file] = after


def _apply(file: str, changes: Batch, folder: Folder) -> None:
    path = folder.path / file
    states = {name: change for (_, name), change in changes.items() if isinstance(change, PaperState)}
    if states:
        change_shard(path, states, folder.system)
        return
    for change in changes.values():
        if isinstance(change, Kept):
            write_issue(path, change.issue, change.papers, folder.system)
            return
    if "remove" in changes.values():
        remove_file(path, folder.system)
    else:
        reseal(path, folder.system)


class Writer:
    """The thread that hands batches to *write*, which returns by file why one was not written.

    What failed is tried again with the next change or flush. ``on_error`` hears of failures in this thread.
    """

    def __init__(self, write: Callable[[Batch], Mapping[str, str]]) -> None:
        self.on_error: Callable[[str], None] | None = None
        self._write = write
        self._waiting: dict[Key, Change] = {}
        self._writing: dict[Key, Change] = {}
        self._failures: Mapping[str, str] = {}
        self._due = self._hurry = self._stopping = False
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, batch: Batch) -> None:
        """Have *batch* written soon; what of it waits already is replaced."""
        with self._turn:
            self._waiting.update(batch)
            self._wake()

    def unsaved(self) -> frozenset[Key]:
        """Return what is not known to be on the disk."""
        with self._turn:
            return frozenset(self._waiting) | frozenset(self._writing)

    def flush(self) -> None:
        """Return when everything put so far is on the disk. Raises LibraryError, which names what is not."""
        with self._turn:
            if self._waiting and not self._stopping:
                self._hurry = True
                self._wake()
            self._turn.wait_for(lambda: not self._due and not self._writing)
            if self._waiting:
                raise LibraryError(_told(self._waiting, self._failures))

    def stop(self) -> None:
        """Flush, and end the thread whether or not that worked. Raises LibraryError as :meth:`flush` does."""
        try:
            self.flush()
        finally:
            with self._turn:
                self._stopping = True
                self._turn.notify_all()
            if self._thread is not None:
                self._thread.join()

    def _wake(self) -> None:
        self._due = True
        if self._thread is None:
            # A daemon, for Python joins other threads before it runs what is registered at exit; that flushes.
            self._thread = threading.Thread(target=self._run, name="library writer", daemon=True)
            self._thread.start()
        self._turn.notify_all()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._due or self._stopping)
                if self._stopping:
                    return
                self._turn.wait_for(lambda: self._hurry or self._stopping, timeout=PAUSE)
                self._writing, self._waiting = self._waiting, {}
                self._due = self._hurry = False
            failures = self._attempt()
            with self._turn:
                failed = {key: change for key, change in self._writing.items() if key[0] in failures}
                # What was put meanwhile is newer than what failed.
                self._waiting = {**failed, **self._waiting}
                self._writing, self._failures = {}, failures
                self._turn.notify_all()
            if failures and self.on_error is not None:
                # A listener on its way out must not end the saving.
                with suppress(Exception):
                    self.on_error(_told(failed, failures))

    def _attempt(self) -> Mapping[str, str]:
        try:
            return self._write(self._writing)
        except Exception as error:
            # Whoever waits for this thread must hear of it, whatever it was.
            return {file: reason(error) for file, _ in self._writing}


def _told(unsaved: Batch, failures: Mapping[str, str]) -> str:
    names = list(dict.fromkeys(name or file for file, name in unsaved))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    why = next((failures[file] for file, _ in unsaved if file in failures), "it was not tried")
    return f"The changes to {', '.join(names[:3])}{more} could not be saved: {why}."
