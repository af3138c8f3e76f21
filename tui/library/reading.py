"""Reading a file of the library, checked; and what becomes of one that cannot be used.

A damaged file is set aside under another name and restored, one of a newer program or without permission stays where
it is and is not written, and there is a sentence on each: nothing keeps the rest of a library from opening.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tui.errors import LibraryError
from tui.library.atomic import System, read_file, replace_file
from tui.library.contents import Contents, IssueContents, Listeners, StateContents
from tui.library.documents import Condition, read_issue, reseal
from tui.library.folder import Folder, Found, reason
from tui.library.names import DETAILS, ISSUES, PAPERS, issue_file, room_of
from tui.library.shards import read_details, read_states, shard_of
from tui.library.storage import SCHEMA, DamagedError, NewerError, shown
from tui.text import clean

Reader = Callable[[Path, str, System], tuple[Contents, Condition]]

READERS: Mapping[str, Reader] = {ISSUES: read_issue, PAPERS: read_states, DETAILS: read_details}
_NAMED = re.compile(rb'"(?:id|paper)": "([^"\\\n]{1,200})"')
"""A paper's id, as the lines of a shard (``id``) and of an issue (``paper``) have it."""


class Reading:
    """The files of *folder*, read one at a time.

    ``closed`` says which files must not be written, each with a sentence why; ``reports`` are sentences for the reader.
    *migrate* brings a library of an older schema to this one's.
    """

    def __init__(self, folder: Folder, writable: bool, migrate: Callable[[], None], listeners: Listeners) -> None:
        self.closed: dict[str, str] = {}
        self.reports: list[str] = []
        self.writable = writable
        self._folder = folder
        self._migrate = migrate
        self._listeners = listeners
        self._told: set[tuple[str, object]] = set()

    def read(self, file: str) -> Contents | None:
        """Return what *file* holds; what is wrong with it goes into ``reports``.

        None where there is nothing to be had: the file is gone, or of a shape that this program cannot read, or was
        damaged and there is no copy of it.
        """
        self.closed.pop(file, None)
        try:
            return self._read(file)
        except DamagedError as error:
            return self._damaged(file, str(error))
        except FileNotFoundError:
            return None
        except (NewerError, OSError) as error:
            self._close(file, f"{_shown(file)} cannot be read: {reason(error)}.")
            return None

    def tell(self, sentence: str, once: object = None) -> None:
        """Report *sentence*, once for each state *once* of what it is about."""
        if (sentence, once) not in self._told:
            self._told.add((sentence, once))
            self.reports.append(sentence)

    def tell_of(self, found: Found) -> None:
        """Report what lies in the rooms that is not the library's."""
        for name in found.leading_out:
            self._close(name, f"{_shown(name)} is a link that leads out of the library and was passed over.")
        for name in found.strangers:
            self.tell(f"{_shown(name)} is no file of this library and was passed over.")
        copies = [name for name in found.copies if (name, None) not in self._told]
        if copies:
            self._told.update((name, None) for name in copies)
            more = f" and {len(copies) - 3} more" if len(copies) > 3 else ""
            what, which = ("is a copy", "its original") if len(copies) == 1 else ("are copies", "their originals")
            self.reports.append(
                f"{', '.join(map(_shown, copies[:3]))}{more} {what} that a synced folder or an editor left, and not"
                f" read: compare with {which}, and delete what is not needed."
            )

    def _read(self, file: str) -> Contents | None:
        room = room_of(file)
        if room is None:
            self._close(file, f"{_shown(file)} is no file of this library and was passed over.")
            return None
        path = self._folder.place(file)
        found, condition = READERS[room](path, file, self._folder.system)
        if self.writable and self._put_right(file, path, room, condition):
            self._look_at(file, found, condition)
            found, condition = READERS[room](path, file, self._folder.system)
            # What was passed over is passed over still, and told.
            self._told.update((f"In {file} {problem}.", found.stamp) for problem in condition.problems)
        if isinstance(found, IssueContents) and issue_file(found.issue.id) != file:
            sentence = f"{_shown(file)} holds the issue {found.issue.id} under another name and was passed over."
            self._close(file, sentence)
            return None
        self._look_at(file, found, condition)
        return found

    def _put_right(self, file: str, path: Path, room: str, condition: Condition) -> bool:
        """Bring a file into this program's layout, where that can be; return whether it has to be read again."""
        old = condition.schema < SCHEMA and room == PAPERS
        if condition.newer or (condition.laid_out and not old):
            return False
        try:
            if condition.laid_out:
                self._migrate()
            else:
                # What somebody laid out anew is no file that a migration knows; an inquiry in it is found there too.
                with self._folder.lock(), self._folder.turn:
                    reseal(path, self._folder.system)
        except (LibraryError, OSError) as error:
            self.tell(f"{file} could not be written anew: {reason(error).removesuffix('.')}.")
            return False
        return True

    def _look_at(self, file: str, found: Contents, condition: Condition) -> None:
        for problem in condition.problems:
            self.tell(f"In {file} {problem}.", found.stamp)
        if condition.newer:
            schema = shown(condition.schema)
            self._close(file, f"{file} was written by a newer paperrack (schema {schema}) and can only be read.")
        elif not condition.sound:
            self.tell(
                f"{file} was changed by another program than paperrack; what it holds was taken over.", found.stamp
            )

    def _close(self, file: str, sentence: str) -> None:
        self.closed[file] = sentence
        self.tell(sentence, self._folder.stamp(file))

    def _damaged(self, file: str, why: str) -> Contents | None:
        """Set *file* aside and restore it, unless it is whole by now, or nothing here may be renamed."""
        try:
            if not self.writable:
                raise LibraryError("the library is read-only")
            if not (self._folder.path / "lock").exists():
                # Nothing was ever saved here: this is somebody's folder, and its files are theirs.
                raise LibraryError("nothing in this folder is known to be paperrack's")
            with self._folder.lock(), self._folder.turn:
                with suppress(DamagedError):
                    return self._read(file)
                self.restore(file, why)
            return self._read(file)
        except FileNotFoundError:
            return None
        except (LibraryError, OSError) as error:
            self._close(file, f"{_shown(file)} is damaged ({why}) and stays where it is, for {reason(error)}.")
            return None

    def restore(self, file: str, why: str) -> None:
        """Set the damaged *file* aside, write what can be had of it, and report which papers it concerns.

        The lock must be held. Raises OSError.
        """
        path = self._folder.place(file)
        spoken_of = _concerned(path)
        raw, whence = self._copy(file)
        aside = self._folder.set_aside(file, leave=raw is not None)
        restored: tuple[str, ...] = ()
        then = ""
        if raw is not None:
            try:
                replace_file(path, raw, self._folder.system)
            except OSError:
                with suppress(OSError):
                    (self._folder.path / aside).unlink()
                raise
            restored = self._papers(file, path)
            then = f"; {_listed(restored) or 'what it held'} came back from {whence}"
        if lost := [name for name in spoken_of if name not in restored]:
            then += f"; nothing was left of {_listed(lost)}" if raw is not None else f"; it spoke of {_listed(lost)}"
        self.reports.append(f"{file} was damaged ({why}) and is kept as {aside}{then}.")

    def _copy(self, file: str) -> tuple[bytes | None, str]:
        """Return the newest copy of *file* that there is, and where it comes from."""
        remembered = self._listeners.remembered
        if file.startswith(PAPERS) and remembered is not None:
            with suppress(Exception):  # whatever is wrong with a memory that is only derived: the backups are there too
                if states := remembered(file):
                    return shard_of(states), "the catalogue"
        from tui.library.backups import Backups

        found = Backups(self._folder.path).found(file)
        return (found[0], f"the backup of {found[1]:%Y-%m-%d %H:%M} UTC") if found else (None, "")

    def _papers(self, file: str, path: Path) -> tuple[str, ...]:
        """Return the papers that *file* speaks of, none where it cannot be read."""
        try:
            contents, _ = READERS[file.partition("/")[0]](path, file, self._folder.system)
        except (LibraryError, OSError):
            return ()
        if isinstance(contents, IssueContents):
            return contents.papers
        return tuple(contents.states if isinstance(contents, StateContents) else contents.inquiries)


def _concerned(path: Path) -> list[str]:
    """Return which papers a damaged file speaks of, as far as its bytes still say."""
    with suppress(OSError):
        names = dict.fromkeys(clean(name.decode(errors="replace")) for name in _NAMED.findall(read_file(path)[0]))
        return [name for name in names if name]
    return []


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{', '.join(names[:5])}{more}"


def _shown(file: str) -> str:
    """Return the name of a file that anybody may have put there, safe to show."""
    return clean(file.encode("utf-8", "replace").decode())
