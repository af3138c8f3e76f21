"""The steps that can be undone and done again, kept in ``history/``: a small file each, whose name says how it stands.

``000000000017-3fa9c2d1.json`` is a step that was done, ``….undone.json`` one that was undone and can be done again.
To undo is to rename, so a crash leaves a step on one side or the other; the number says what came first, and the
letters keep apart what two programs, or two machines that share a folder, number alike. The bytes of files that a step
wrote lie compressed beside it in ``….bytes``. Nothing is read before somebody asks for a step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tui.errors import LibraryError
from tui.library.atomic import TEMPORARY, is_temporary, sync_folder
from tui.library.folder import Folder, reason
from tui.library.steps import StepDocument, read_step, write_step
from tui.library.storage import DamagedError

HISTORY = "history"

STEPS = 1000
"""How far back a reader can go."""
MOST_BYTES = 200_000_000
"""What all steps together may take on the disk; the newest one stays however large it is."""

_NAMES = re.compile(r"(?<![^\0])([0-9]{12,60}-[0-9a-f]{8})(\.undone\.json|\.json|\.bytes)(?![^\0])")
"""Finds the stems and the endings in names that stand between zeros, which no name holds: one look at a thousand."""
_DONE, _UNDONE, _BYTES = ".json", ".undone.json", ".bytes"
_LIMIT = 10**60
"""Numbers have 12 digits, and more where somebody put a step with a great one there: later ones still follow it."""


@dataclass(frozen=True)
class KeptStep:
    """A step in the history; ``stem`` is what it is called there, whether it is done or undone."""

    stem: str
    document: StepDocument


@dataclass(frozen=True)
class _Listing:
    """The stems of the steps in a history, oldest first; what was undone before the newest step was done is stale.

    ``litter`` are the names of files that a crash left behind.
    """

    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    litter: tuple[str, ...] = ()


class Steps:
    """The history of the library in *folder*. *report* hears a sentence on each step that could not be read.

    What changes it (:meth:`append`, :meth:`move`, :meth:`drop`) may run in any thread and is on the disk on return.
    """

    def __init__(self, folder: Folder, report: Callable[[str], None] = lambda _: None) -> None:
        self._folder = folder
        self._path = folder.path / HISTORY
        self._report = report
        self._told: set[str] = set()
        self._sizes: dict[str, int] = {}

    def append(self, document: StepDocument) -> str:
        """Keep a new step, done; what was undone cannot be done again from now on. Return its stem.

        Raises LibraryError where the lock cannot be had, and OSError; then the history is as it was.
        """
        with self._changing():
            if not self._path.is_dir():
                self._path.mkdir(mode=0o700, exist_ok=True)
                sync_folder(str(self._folder.path), self._folder.system)
            there = self._listing()
            stem = f"{self._following(there):012}-{os.urandom(4).hex()}"
            paths = self._path / (stem + _DONE), self._path / (stem + _BYTES)
            self._prune(there, write_step(*paths, document, self._folder.system))
            return stem

    def _following(self, there: _Listing) -> int:
        """Return the number that follows all others; what leaves none to follow it is no reader's, and goes."""
        stems = (*there.done, *there.undone, *there.stale)
        number = max(map(_number, stems), default=0) + 1
        if number < _LIMIT:
            return number
        for stem in stems:
            if 2 * _number(stem) > _LIMIT:
                self._remove(stem)
        return self._following(self._listing())

    def move(self, stem: str, undone: bool) -> None:
        """Have the step stand as undone, or as done again; one that is gone stays gone. Raises as :meth:`append`."""
        old, new = (_DONE, _UNDONE) if undone else (_UNDONE, _DONE)
        with self._changing(), suppress(FileNotFoundError):
            if stale := self._listing().stale:
                # They are known by a newer step that is done; undone, it would have them back.
                for each in stale:
                    self._remove(each)
                sync_folder(str(self._path), self._folder.system)
            self._folder.system.replace(str(self._path / (stem + old)), str(self._path / (stem + new)))
            sync_folder(str(self._path), self._folder.system)

    def drop(self, stem: str) -> None:
        """Forget the step; that it is not there is no error. Raises as :meth:`append`."""
        with self._changing(), suppress(FileNotFoundError):
            self._remove(stem)
            sync_folder(str(self._path), self._folder.system)

    def next_stem(self, undone: bool) -> str | None:
        """Return what the step is called that was done last, or that is the next to be done again, or None.

        Nothing is read. Raises LibraryError.
        """
        try:
            there = self._listing()
            return next(iter(there.undone if undone else there.done[::-1]), None)
        except OSError as error:
            raise LibraryError(f"The history of the library cannot be read: {reason(error)}.") from None

    def newest(self) -> KeptStep | None:
        """Return the step that was done last, or None where there is none. Raises LibraryError.

        One that cannot be read is set aside and told of, and the one before it is returned.
        """
        return self._first_readable(lambda there: there.done[::-1], _DONE)

    def next_undone(self) -> KeptStep | None:
        """Return the step that is the next to be done again, or None where there is none. Raises LibraryError."""
        return self._first_readable(lambda there: there.undone, _UNDONE)

    def _first_readable(self, chosen: Callable[[_Listing], Sequence[str]], suffix: str) -> KeptStep | None:
        passed: set[str] = set()
        try:
            # Another program may undo a step, or do it again, between looking and reading; so each look is a new one.
            while waiting := [stem for stem in chosen(self._listing()) if stem not in passed]:
                passed.add(waiting[0])
                with suppress(FileNotFoundError):
                    try:
                        return KeptStep(waiting[0], self._read(waiting[0], suffix))
                    except DamagedError as error:
                        self._set_aside(waiting[0], suffix, str(error))
        except OSError as error:
            raise LibraryError(f"The history of the library cannot be read: {reason(error)}.") from None
        except LibraryError as error:
            raise LibraryError(f"The next step in the history cannot be used: {error}.") from None
        return None

    def _read(self, stem: str, suffix: str) -> StepDocument:
        return read_step(self._path / (stem + suffix), self._path / (stem + _BYTES), self._folder.system)

    def _set_aside(self, stem: str, suffix: str, why: str) -> None:
        """Rename the damaged step, where that can be, and tell of it once. Raises FileNotFoundError if it is gone."""
        name = f"{HISTORY}/{stem}{suffix}"
        if name in self._told:
            return
        try:
            with self._changing():
                where = f"is kept as {self._folder.set_aside(name)}"
        except FileNotFoundError:
            raise
        except (LibraryError, OSError) as error:
            where = f"stays where it is ({reason(error).removesuffix('.')})"
        self._told.add(name)
        self._report(f"{name} was damaged ({why}) and {where}; the step in it can no longer be undone or done again.")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._folder.lock(), self._folder.turn:
            yield

    def _listing(self) -> _Listing:
        names: list[str] = []
        with suppress(FileNotFoundError):
            names = os.listdir(self._folder.place(HISTORY))
        together = "\0".join(names)
        found = _NAMES.findall(together)
        done = {stem for stem, suffix in found if suffix == _DONE}
        rest = [pair for pair in found if pair[0] not in done]
        # A synced folder may bring a step under both names; to undo once more what is undone changes nothing.
        undone = sorted({stem for stem, suffix in rest if suffix == _UNDONE}, key=_place)
        ordered = sorted(done, key=_place)
        newest = _place(ordered[-1]) if ordered else (0, "")
        orphans = [stem + suffix for stem, suffix in rest if suffix == _BYTES and stem not in undone]
        return _Listing(
            done=tuple(ordered),
            undone=tuple(stem for stem in undone if _place(stem) > newest),
            stale=tuple(stem for stem in undone if _place(stem) < newest),
            litter=(*orphans, *(filter(is_temporary, names) if TEMPORARY in together else ())),
        )

    def _prune(self, before: _Listing, added: int) -> None:
        """Forget what can no longer be done again, and of the older steps what is too many or takes too much.

        The new step, of *added* bytes, stays whatever happens: what cannot be deleted now is deleted with a later one.
        """
        first = max(0, len(before.done) - STEPS + 1)
        for stem in before.done:
            if stem not in self._sizes:
                self._sizes[stem] = self._size(stem)
        total = added + sum(map(self._sizes.__getitem__, before.done[first:]))
        while total > MOST_BYTES and first < len(before.done):
            total -= self._sizes[before.done[first]]
            first += 1
        with suppress(OSError):
            for stem in (*before.done[:first], *before.undone, *before.stale):
                self._remove(stem)
            for name in before.litter:
                self._folder.system.unlink(str(self._path / name))

    def _remove(self, stem: str) -> None:
        self._sizes.pop(stem, None)
        for suffix in (_DONE, _UNDONE, _BYTES):
            path = self._path / (stem + suffix)
            if path.is_dir() and not path.is_symlink():
                self._folder.set_aside(f"{HISTORY}/{path.name}")  # none of ours, and who knows what is in it
            elif os.path.lexists(path):
                self._folder.system.unlink(str(path))

    def _size(self, stem: str) -> int:
        """Return how many bytes the step takes; files of the history never change, so each is looked at once."""
        size = 0
        for suffix in (_DONE, _BYTES):
            with suppress(OSError):
                size += os.stat(f"{self._path}/{stem}{suffix}").st_size
        return size


def _place(stem: str) -> tuple[int, str]:
    """Return what steps are put in order by."""
    return _number(stem), stem


def _number(stem: str) -> int:
    return int(stem.partition("-")[0])
