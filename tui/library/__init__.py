"""Everything that is kept: issues as they were printed, and what the reader did with papers.

Small files, each a TinyDB document that is replaced whole: ``issues/<id>.json`` and ``papers/<shard>.json``. A
:class:`Library` holds them in memory, which is the truth for whoever reads; one thread brings changes to the disk.
"""

from __future__ import annotations

import atexit
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tui.errors import LibraryError, UnknownError
from tui.library.atomic import SYSTEM, System
from tui.library.documents import issue_file, shard_file
from tui.library.folder import Folder
from tui.library.health import Health, examine
from tui.library.holdings import Batch, Holdings, Kept
from tui.library.intake import Intake
from tui.library.saving import Writer, save
from tui.library.state import PaperState
from tui.model import Issue
from tui.text import clean

__all__ = ["Health", "Library", "PaperState"]


class Library:
    """A library folder, open. Close it, or use it in a ``with`` statement; what is unsaved is saved then.

    ``writable`` says whether changes can be kept. Two programs may have one library open: each change to a file is
    made to what is in it at that moment. *patience* is how many seconds another program's save is waited for.
    Raises LibraryError where there is no library and none can be made.
    """

    def __init__(self, folder: Path, *, create: bool = True, system: System = SYSTEM, patience: float = 10.0) -> None:
        self.folder = folder
        self._place = Folder(folder, system, patience)
        self.writable = self._place.prepare(create)
        self._holdings = Holdings()
        self._intake = Intake(self._place, self._holdings, self.writable)
        self._writer = Writer(lambda batch: save(batch, self._place, self._holdings, self._intake))
        self._closed = False
        if self.writable:
            self._place.tidy()
        else:
            self._intake.reports.append(f"The library {folder} is read-only; changes will not be kept.")
        self._take_in()
        atexit.register(self._leave)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def reports(self) -> tuple[str, ...]:
        """Sentences that the reader should be told: what was set aside, restored, passed over or is read-only."""
        return tuple(self._intake.reports)

    @property
    def on_error(self) -> Callable[[str], None] | None:
        """What is called, in the thread that writes, with a sentence on changes that could not be saved."""
        return self._writer.on_error

    @on_error.setter
    def on_error(self, listener: Callable[[str], None] | None) -> None:
        self._writer.on_error = listener

    def issues(self) -> tuple[Issue, ...]:
        """Return all issues, whole, in the order of their ids."""
        return tuple(kept.issue for _, kept in sorted(self._holdings.issues.items()))

    def issue_ids(self, issue_id: str) -> tuple[str, ...]:
        """Return the paper id of each entry of the issue, in order. Raises UnknownError where it is not here."""
        kept = self._holdings.issues.get(issue_id)
        if kept is None:
            raise UnknownError(f"There is no issue {issue_id} in the library.")
        return kept.papers

    def states(self) -> Mapping[str, PaperState]:
        """Return what is kept of papers, by paper id: a view, which shows later changes too."""
        return MappingProxyType(self._holdings.states)

    def put_issue(self, issue: Issue, paper_ids: Sequence[str]) -> None:
        """Keep *issue*, whose entries speak of the papers *paper_ids* (one each), in place of one with its id.

        Raises LibraryError where its file cannot be written, and ValueError where the ids are not one an entry.
        """
        if len(paper_ids) != len(issue.entries) or not issue.id:
            raise ValueError("an issue needs an id, and a paper id for each of its entries")
        _check_names(paper_ids)
        self._put({(issue_file(issue.id), issue.id): Kept(issue, tuple(paper_ids))})

    def remove_issue(self, issue_id: str) -> None:
        """Forget the issue; its papers' states stay. Raises UnknownError, and LibraryError as :meth:`put_issue`."""
        self.issue_ids(issue_id)
        self._put({(issue_file(issue_id), issue_id): "remove"})

    def put_states(self, changed: Mapping[str, PaperState]) -> None:
        """Keep the states *changed*, by paper id; the default one forgets a paper. Raises LibraryError."""
        _check_names(changed)
        self._put({(shard_file(name), name): state for name, state in changed.items()})

    def _put(self, batch: Batch) -> None:
        if self._closed:
            raise LibraryError(f"The library {self.folder} is closed.")
        if not self.writable:
            raise LibraryError(f"The library {self.folder} is read-only, so this cannot be kept.")
        for file, _ in batch:
            if file in self._intake.closed:
                raise LibraryError(self._intake.closed[file])
        for key, change in batch.items():
            self._holdings.put(key, change)
        self._writer.put(batch)

    def flush(self) -> None:
        """Return when everything put so far is on the disk. Raises LibraryError, which names what is not."""
        self._writer.flush()

    def refresh(self) -> bool:
        """Take in what other programs changed since; return whether anything is different. Raises LibraryError."""
        return self._take_in()

    @contextlib.contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the library for one operation: nobody else changes it from here until what was put is saved.

        Yields whether another program had changed anything before. Raises LibraryError.
        """
        if not self.writable:
            yield self.refresh()
            return
        with self._place.lock():
            yield self.refresh()
            self.flush()

    def _take_in(self) -> bool:
        changed = self._intake.take_in(self._writer.unsaved())
        mend, self._intake.mend = self._intake.mend, {}
        if mend and self.writable:
            self._writer.put(mend)
        return changed

    def close(self) -> None:
        """Save what is unsaved and stop; closing twice is no error. Raises LibraryError, which names what is not."""
        if not self._closed:
            self._closed = True
            atexit.unregister(self._leave)
            self._writer.stop()

    def _leave(self) -> None:
        try:
            self.close()
        except LibraryError as error:
            # The program is ending and has nobody else left who could tell.
            sys.stderr.write(f"{clean(str(error))}\n")

    def health(self) -> Health:
        """Return how the library is, after reading every file of it again. Raises LibraryError."""
        return examine(self._place, self._holdings, self._intake)


def _check_names(names: Sequence[str] | Mapping[str, PaperState]) -> None:
    if any(not name or clean(name) != name for name in names):
        raise ValueError("a paper's id is a clean text, and not an empty one")
