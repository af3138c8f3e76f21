"""Files that are read, changed and replaced one at a time or together, under the library's lock."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from tui.library.writer import Batch
from tui.model import Issue

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Meanwhile = Callable[[IssueContents], object]
"""What is done with an issue while it goes to the disk; it has the stamp NOWHERE then, unless it is there already."""

_REMEMBERED = 50_000
"""New issues, and shards, whose bytes are known again by their digest."""

_FEW = 6
"""Files that are written one by one: each is known to be saved a little sooner."""


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
        self.written: dict[str, str] = {}

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
        self._remember((contents.file, raw) for _, raw, contents in new)
        made = [stamped(contents, stamp) for (_, _, contents), stamp in zip(new, stamps, strict=True)]
        there = [(each, old) for each, old in zip(made, before, strict=True) if isinstance(each, IssueContents)]
        for number, (each, old) in enumerate(there, 1):
            told = (rooms, after if number == len(there) == len(new) else rooms)
            self._tell(Saved(each.file, each.stamp, old, each, (each.issue.id,), *told))
        return made

    def _remember(self, files: Iterable[tuple[str, bytes]]) -> None:
        if len(self.written) < _REMEMBERED:
            self.written.update((file, hashlib.sha256(raw).hexdigest()) for file, raw in files)

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
        self._remember((file, raw) for file, _, _, raw, *_ in there)
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
