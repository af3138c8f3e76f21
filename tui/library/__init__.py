"""Everything that is kept: issues as they were printed, what the reader did with papers, and what services said.

Small files, each a TinyDB document that is replaced whole: ``issues/<id>.json``, ``papers/<shard>.json`` and
``details/<shard>.json``. They are the truth. A :class:`Library` holds none of them in memory: who wants to find, list
or sort keeps a catalogue of what :meth:`Library.read` returns, and of what ``on_saved`` tells.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import LibraryError, UnknownError
from tui.library.atomic import SYSTEM, System
from tui.library.changes import Turned
from tui.library.contents import (
    Contents,
    DetailContents,
    IssueContents,
    Listeners,
    Saved,
    StaleError,
    Stamp,
    StateContents,
)
from tui.library.documents import name_of
from tui.library.folder import Folder, reason
from tui.library.names import DETAILS, PAPERS, details_file, issue_file, room_of, shard_file
from tui.library.reading import Reading
from tui.library.saving import Meanwhile, Saving
from tui.library.shards import Kept
from tui.library.single import entry_at, inquiry_at
from tui.library.state import PaperState
from tui.library.writer import Writer
from tui.model import Entry, Issue
from tui.text import clean

if TYPE_CHECKING:
    from tui.library.health import Health
    from tui.library.history import Steps
    from tui.library.searches import Searches
    from tui.library.sources import FollowedSources

__all__ = [
    "Contents",
    "DetailContents",
    "IssueContents",
    "Library",
    "PaperState",
    "Saved",
    "StaleError",
    "StateContents",
    "details_file",
    "issue_file",
    "shard_file",
]


class Library(Listeners):
    """A library folder, open. Close it, or use it in a ``with`` statement; what is unsaved is saved then.

    ``writable`` says whether changes can be kept. Two programs may have one library open: each change to a file is
    made to what is in it at that moment. *patience* is how many seconds another program's save is waited for.
    Raises LibraryError where there is no library and none can be made.
    """

    def __init__(self, folder: Path, *, create: bool = True, system: System = SYSTEM, patience: float = 10.0) -> None:
        self.folder = folder
        self._place = Folder(folder, system, patience)
        self.writable = self._place.prepare(create)
        self._reading = Reading(self._place, self.writable, self._migrate, self)
        self._saving = Saving(self._place, self._reading, self._migrate, self)
        self._writer = Writer(self._saving.save, self)
        self._closed = False
        if not self.writable:
            self._reading.reports.append(f"The library {folder} is read-only; changes will not be kept.")
        atexit.register(self._leave)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is told

    @property
    def reports(self) -> tuple[str, ...]:
        """Sentences that the reader should be told: what was set aside, restored, passed over or is read-only."""
        return tuple(self._reading.reports)

    def tell(self, sentence: str) -> None:
        """Report *sentence* to the reader, once."""
        self._reading.tell(sentence)

    # What there is

    def rooms(self) -> tuple[int, ...]:
        """Return what changes whenever a file is replaced, added or removed: a time (ns) for each room.

        Raises LibraryError where the folder is not there any more.
        """
        return self._place.rooms()

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamps of all documents by their names, and report what lies beside them. Raises LibraryError.

        What saves that were cut off left behind is deleted.
        """
        found = self._place.look()
        rooms = {room_of(file) for file in found.stamps}
        if self.writable and PAPERS in rooms and DETAILS not in rooms:
            # So it is in a library of schema 1: what a migration makes of it is to be seen here already.
            try:
                self._migrate()
            except (LibraryError, OSError) as error:
                self._reading.tell(f"The library could not be brought to this program's schema: {reason(error)}")
            found = self._place.look()
        self._reading.tell_of(found)
        if self.writable:
            self._place.tidy(found.litter)
        return found.stamps

    def stamp(self, file: str) -> Stamp | None:
        """Return the stamp of *file*, or None where there is none."""
        return self._place.stamp(file)

    def read(self, file: str) -> Contents | None:
        """Return what *file* holds, whole and checked; None where there is nothing to be had.

        Damage is set aside, restored from what is remembered or from the newest good backup, and reported.
        """
        return self._reading.read(file)

    def entry(self, file: str, stamp: Stamp, start: int, length: int) -> tuple[Entry, str]:
        """Return the entry at a place in *file*, and the paper that it speaks of.

        Raises StaleError where the file has another stamp than *stamp* by now.
        """
        return entry_at(f"{self.folder}/{file}", stamp, start, length)

    def inquiry(self, file: str, stamp: Stamp, start: int, length: int) -> Mapping[str, Any]:
        """Return what services said of the paper at a place in *file*. Raises as :meth:`entry`."""
        return inquiry_at(f"{self.folder}/{file}", stamp, start, length)

    # What is kept

    def put_issue(self, issue: Issue, paper_ids: Sequence[str], meanwhile: Meanwhile | None = None) -> IssueContents:
        """Keep *issue*, whose entries speak of the papers *paper_ids* (one each), in place of one with its id.

        It is on the disk on return; *meanwhile* is called with it on the way there. Raises what that does, LibraryError
        where the issue cannot be written, and ValueError where the ids are not one an entry.
        """
        if len(paper_ids) != len(issue.entries) or not issue.id:
            raise ValueError("an issue needs an id, and a paper id for each of its entries")
        _check_names(paper_ids)
        file = issue_file(issue.id)
        self._check_open(file)
        others: list[Exception] = []
        try:
            return self._saving.put_issue(file, issue, tuple(paper_ids), meanwhile and _noting(meanwhile, others))
        except (LibraryError, OSError) as error:
            if error in others:
                raise
            raise LibraryError(f"The issue {issue.id} could not be saved: {reason(error).removesuffix('.')}.") from None

    def gather(self) -> None:
        """Have :meth:`put_issue` not wait for new issues from now on: what it returns has no stamp then."""
        self._saving.gather()

    def settled(self, last: bool = False) -> list[IssueContents]:
        """Return the issues that were not waited for, when they are on the disk. Raises LibraryError.

        After the *last* time each is waited for again.
        """
        return self._saving.settle() if last else self._saving.settled()

    @property
    def written(self) -> Mapping[str, str]:
        """The sha256 of new issues that were not waited for, and of shards, as they were written, by their files."""
        return dict(self._saving.written)

    def remove_issue(self, issue_id: str) -> None:
        """Forget the issue, for good on return; its papers' states stay. Raises UnknownError and LibraryError."""
        file = issue_file(issue_id)
        self._check_open(file)
        try:
            self._saving.remove(file, issue_id)
        except FileNotFoundError:
            raise UnknownError(f"There is no issue {issue_id} in the library.") from None
        except (LibraryError, OSError) as error:
            raise LibraryError(
                f"The issue {issue_id} could not be removed: {reason(error).removesuffix('.')}."
            ) from None

    def put_states(
        self, changed: Mapping[str, PaperState], later: bool = False, before: Mapping[str, PaperState] | None = None
    ) -> None:
        """Keep the states *changed*, by paper id; the default one forgets a paper. Raises LibraryError.

        They are written at once, or, where that is said, a little *later* together with more; in a thread of its own:
        :meth:`flush` waits for it. Where it is said what they were *before*, only what is different is changed in the
        files: somebody else may have changed other things of a paper meanwhile.
        """
        if before is None:
            self._put(shard_file, changed, later)
        else:
            self._put(shard_file, {name: Turned(before[name], state) for name, state in changed.items()}, later)

    def check_states(self, names: Iterable[str]) -> None:
        """Raise LibraryError where the states of these papers cannot be kept, as far as that is known before."""
        self._check_open(*map(shard_file, names))

    def put_inquiries(self, changed: Mapping[str, Mapping[str, Any]], later: bool = False) -> None:
        """Keep what services said, in the plain shape of an inquiry, likewise; an empty one forgets."""
        self._put(details_file, changed, later)

    def put_step(self, change: Callable[[Steps], object], first: bool = False) -> None:
        """Have *change* made to the history, in the thread that writes, once all that was put before is on the disk.

        Or *first*, before what is put after it. It is made again, with the next change or flush, where it raises
        LibraryError or OSError. Raises LibraryError.
        """
        self._check_open()
        (self._writer.before if first else self._writer.afterwards)(lambda: change(self.steps))

    @functools.cached_property
    def steps(self) -> Steps:
        """The history: steps that can be undone, and such as were."""
        from tui.library.history import Steps

        return Steps(self._place, self._reading.tell)

    @functools.cached_property
    def searches(self) -> Searches:
        """The searches that the reader keeps under a name."""
        from tui.library.searches import Searches

        return Searches(self._place, self.writable, self._reading.tell, self._backup_of)

    @functools.cached_property
    def sources(self) -> FollowedSources:
        """The sources that the reader follows."""
        from tui.library.sources import FollowedSources

        return FollowedSources(self._place, self.writable, self._reading.tell, self._backup_of)

    def _put(self, file_of: Callable[[str], str], changed: Mapping[str, Kept], later: bool) -> None:
        _check_names(list(changed))
        batch: defaultdict[str, dict[str, Kept]] = defaultdict(dict)
        for name, kept in changed.items():
            batch[file_of(name)][name] = kept
        self._check_open(*batch)
        self._writer.put(batch, later)

    def _check_open(self, *files: str) -> None:
        if self._closed:
            raise LibraryError(f"The library {self.folder} is closed.")
        if not self.writable:
            raise LibraryError(f"The library {self.folder} is read-only, so this cannot be kept.")
        for file in files:
            if file in self._reading.closed:
                raise LibraryError(self._reading.closed[file])

    def unsaved_files(self) -> frozenset[str]:
        """Return the files into which changes belong that are not known to be on the disk."""
        return self._writer.unsaved_files()

    def is_unsaved(self, file: str) -> bool:
        """Return whether changes belong into *file* that are not known to be on the disk."""
        return self._writer.is_unsaved(file)

    def hurry(self) -> None:
        """Have what was put to be written later written from now on; who waits for it calls :meth:`flush`."""
        self._writer.hurry()

    def flush(self) -> None:
        """Return when everything put so far is on the disk. Raises LibraryError, which names what is not."""
        self._writer.flush()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the library: nobody else changes a file of it meanwhile. Raises LibraryError."""
        if not self.writable:
            yield
            return
        with self._place.lock():
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the library for one operation, until what was put in it is saved. Raises LibraryError."""
        with self.held():
            yield
            self.flush()

    def close(self) -> None:
        """Save what is unsaved and stop; closing twice is no error. Raises LibraryError, which names what is not."""
        if not self._closed:
            self._closed = True
            atexit.unregister(self._leave)
            self._saving.close()
            self._writer.stop()

    def _leave(self) -> None:
        try:
            self.close()
        except LibraryError as error:
            # The program is ending and has nobody else left who could tell.
            sys.stderr.write(f"{clean(str(error))}\n")

    def _migrate(self) -> None:
        """Bring the files of an older schema to this one's, after a backup. Raises LibraryError, and OSError."""
        import datetime

        from tui.library.migrations import migrate

        with self._place.lock(), self._place.turn:
            for sentence in migrate(self._place, datetime.datetime.now(datetime.UTC)):
                self._reading.tell(sentence)

    def _backup_of(self, file: str) -> bytes | None:
        from tui.library.backups import Backups

        return Backups(self.folder).newest(file)

    def health(self) -> Health:
        """Return how the library is, after reading every file of it again. Raises LibraryError."""
        from tui.library.health import examine

        return examine(self.folder, self.writable)


def _noting(action: Meanwhile, errors: list[Exception]) -> Meanwhile:
    """Return *action*, which puts what it raises to *errors* too."""

    def noting(contents: IssueContents) -> None:
        try:
            action(contents)
        except Exception as error:
            errors.append(error)
            raise

    return noting


def _check_names(names: Sequence[str]) -> None:
    if any(name_of(name) is None for name in names):
        raise ValueError("a paper's id is a clean text, and not an empty one")
