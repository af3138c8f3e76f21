"""Bringing changes to the disk: at once, in a thread of its own, so that whoever made one waits for no disk.

The first change waits for nobody; what comes while it is written goes together after it.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tui.errors import LibraryError
from tui.library.atomic import remove_file
from tui.library.changes import Turned
from tui.library.contents import Contents, IssueContents, Listeners, Saved, Stamp
from tui.library.documents import check_removable, issue_writing, new_issue, write_issue
from tui.library.folder import Folder, LockedError, reason
from tui.library.gathering import Gathering, New, stamped
from tui.library.names import ISSUES
from tui.library.reading import Reading
from tui.library.shards import Held, Kept, OldError, change_shard, changed_shard
from tui.library.state import PaperState
from tui.library.storage import DamagedError
from tui.library.together import MOST, replace_files
from tui.model import Issue

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Meanwhile = Callable[[IssueContents], object]
"""What is done with an issue while it goes to the disk; it has the stamp NOWHERE then, unless it is there already."""

Batch = Mapping[str, Mapping[str, Kept]]
"""By file and by paper what is to be kept."""

LEISURE, LONGEST = 3.0, 8.0
"""Seconds that a change waits for others which nobody is waiting for: from the last one on, and from the first."""

_FEW = 6
"""Files that are written one by one: each is known to be saved a little sooner."""

_HISTORY = "the history"
"""What is named where a step could not be kept."""


class Saving:
    """Reads, changes and replaces files of *folder* one at a time, under its lock: what others wrote there stays.

    *listeners* hear of each, in the thread that saved it, when the lock is given back; what they raise is passed over.
    """

    def __init__(self, folder: Folder, reading: Reading, migrate: Callable[[], None], listeners: Listeners) -> None:
        self._folder = folder
        self._reading = reading
        self._migrate = migrate
        self._listeners = listeners
        self._gathering: Gathering | None = None

    def save(self, batch: Batch, saved: Callable[[str], None] = lambda _: None) -> dict[str, str]:
        """Write *batch* into its files and return, by file, why one could not be written; *saved* hears of each."""
        failures: dict[str, str] = {}
        # A paper that became another is written after the one that its marks went to: a crash between loses neither.
        files = [file for file in batch if not any(map(_leads_away, batch[file].values()))]
        alone: list[str] = []
        try:
            for start in range(0, len(files), MOST):
                some = files[start : start + MOST]
                alone += some if len(some) < _FEW else self._change_all(some, batch, saved)
        except LockedError as error:
            return dict.fromkeys(batch, str(error).removesuffix("."))
        for file in (*alone, *(batch.keys() - set(files))):
            try:
                self._change(file, batch[file], saved)
            except LockedError as error:
                # The next file would wait as long for the same lock.
                return failures | {each: str(error).removesuffix(".") for each in batch if each not in failures}
            except LibraryError as error:
                failures[file] = str(error).removesuffix(".")
            except OSError as error:
                failures[file] = reason(error)
        return failures

    def put_issue(
        self, file: str, issue: Issue, papers: tuple[str, ...], meanwhile: Meanwhile | None = None
    ) -> IssueContents:
        """Keep *issue* in *file*. Raises LibraryError, OSError, and what *meanwhile* does."""
        path = self._folder.place(file)
        if self._gathering is not None and meanwhile is not None and not path.exists():
            raw, new = new_issue(file, issue, papers)
            self._gathering.put((path, raw, new))
            meanwhile(new)
            return new
        if meanwhile is None or path.exists():
            kept = self._replaced(
                file, (issue.id,), lambda path: write_issue(path, file, issue, papers, self._folder.system)
            )
            if meanwhile is not None:
                meanwhile(cast(IssueContents, kept))
            return cast(IssueContents, kept)
        contents, write = issue_writing(file, issue, papers, self._folder.system)
        writing = self._beside.submit(self._replaced, file, (issue.id,), write)
        try:
            meanwhile(contents)
        finally:
            kept = writing.result()
        return cast(IssueContents, kept)

    def gather(self) -> None:
        """Wait for no new issue from now on, until :meth:`settle`."""
        self._gathering = Gathering(self._beside, self._put_new)

    def settled(self) -> list[IssueContents]:
        """Return the new issues that were not waited for, when they are on the disk. Raises LibraryError."""
        return list(self._gathering.settled()) if self._gathering is not None else []

    def settle(self) -> list[IssueContents]:
        """Return what :meth:`settled` does, and wait for each issue again. Raises LibraryError."""
        try:
            return self.settled()
        finally:
            self._gathering = None

    def _put_new(self, new: Sequence[New]) -> list[IssueContents | Exception]:
        folder = self._folder
        with folder.lock(), folder.turn:
            rooms = folder.rooms()
            before = [folder.stamp(contents.file) for _, _, contents in new]
            stamps = replace_files([(path, raw) for path, raw, _ in new], folder.system)
            folder.touch(ISSUES, rooms)
            after = folder.rooms()
        made = [stamped(contents, stamp) for (_, _, contents), stamp in zip(new, stamps, strict=True)]
        there = [(each, old) for each, old in zip(made, before, strict=True) if isinstance(each, IssueContents)]
        for number, (each, old) in enumerate(there, 1):
            told = (rooms, after if number == len(there) == len(new) else rooms)
            self._tell(Saved(each.file, each.stamp, old, each, (each.issue.id,), *told))
        return made

    @functools.cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """The thread in which an issue's file goes to the disk while other things are done with it."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "library issues")

    def close(self) -> None:
        """End that thread."""
        if "_beside" in self.__dict__:
            self._beside.shutdown()

    def remove(self, file: str, name: str) -> None:
        """Remove *file*, which holds the issue *name*. Raises LibraryError, FileNotFoundError, and OSError."""

        def remove(path: Path) -> None:
            check_removable(path)
            remove_file(path, self._folder.system)

        self._replaced(file, (name,), remove)

    def _change(self, file: str, changes: Mapping[str, Kept], saved: Callable[[str], None]) -> None:
        self._replaced(
            file,
            tuple(changes),
            lambda path: change_shard(path, file, changes, self._folder.system),
            lambda: saved(file),
            lambda: _met(changes),
        )

    def _change_all(self, files: Sequence[str], batch: Batch, saved: Callable[[str], None]) -> list[str]:
        """Write *batch* into *files* at once, and return those in which it is not: each alone will tell.

        Raises LockedError.
        """
        folder, made = self._folder, list[tuple[str, Path, Stamp | None, bytes, Held]]()
        with folder.lock(), folder.turn:
            rooms = folder.rooms()
            for file in files:
                with suppress(LibraryError, OSError):
                    path, before = folder.place(file), folder.stamp(file)
                    raw, held = changed_shard(path, file, batch[file], folder.system)
                    if raw is not None:
                        made.append((file, path, before, raw, held))
            stamps = replace_files([(path, raw) for _, path, _, raw, _ in made], folder.system)
            for room in {file.partition("/")[0] for file, *_ in made}:
                folder.touch(room, rooms)
            after = folder.rooms()
        there = [(*each, stamp) for each, stamp in zip(made, stamps, strict=True) if not isinstance(stamp, OSError)]
        for number, (file, _, before, _, held, stamp) in enumerate(there, 1):
            saved(file)
            known = None if _met(batch[file]) else before
            # All were replaced at once: who knew what there was before knows what is there now with the last of them.
            told = (rooms, after if number == len(there) == len(made) else rooms)
            self._tell(Saved(file, stamp, known, held(stamp), tuple(batch[file]), *told))
        done = {file for file, *_ in there}
        return [file for file in files if file not in done]

    def _tell(self, told: Saved) -> None:
        if (listener := self._listeners.on_saved) is not None:
            # What is on the disk is there whatever a listener makes of it.
            with suppress(Exception):
                listener(told)

    def _replaced(
        self,
        file: str,
        names: tuple[str, ...],
        write: Callable[[Path], Contents | None],
        saved: Callable[[], None] = lambda: None,
        met: Callable[[], bool] = lambda: False,
    ) -> Contents | None:
        """Have *write* replace *file*, which it is called with, and tell of it; *met* says if it was not as known."""
        folder = self._folder
        with folder.lock(), folder.turn:
            path = folder.place(file)
            rooms = folder.rooms()
            before = folder.stamp(file)
            contents = self._written(file, path, write)
            folder.touch(file, rooms)
            before = None if met() else before
            told = Saved(file, contents.stamp if contents else None, before, contents, names, rooms, folder.rooms())
        saved()
        self._tell(told)
        return contents

    def _written(self, file: str, path: Path, write: Callable[[Path], Contents | None]) -> Contents | None:
        try:
            return write(path)
        except OldError:
            self._migrate()
        except DamagedError as error:
            self._reading.restore(file, str(error))
        return write(path)


def _met(changes: Mapping[str, Kept]) -> bool:
    return any(isinstance(each, Turned) and each.met for each in changes.values())


def _leads_away(kept: Kept) -> bool:
    state = kept.after if isinstance(kept, Turned) else kept
    return isinstance(state, PaperState) and state.merged_into is not None


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
