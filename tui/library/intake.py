"""Taking in what the files say: all of them at opening, later the ones that another program changed.

A file that cannot be used never keeps the rest from opening: a damaged one is set aside under another name, one of a
newer program or without permission stays where it is and is not written, and there is a sentence on each.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress

from tui.errors import LibraryError
from tui.library.documents import ISSUES, Condition, is_shard, issue_file, read_issue, read_shard
from tui.library.folder import Folder, Stamp, reason
from tui.library.holdings import Change, Holdings, Kept, Key
from tui.library.storage import DamagedError, NewerError
from tui.text import clean

_NAMED = re.compile(rb'"(?:id|paper)": "([^"\\\n]{1,200})"')
"""A paper's id, as the lines of a shard (``id``) and of an issue (``paper``) have it."""


class Intake:
    """The files of a folder as they were last read, and what there is to tell of them.

    ``stamps`` are the files' own; ``closed`` says which files must not be written, each with a sentence why; ``mend``
    is what to write so that the files agree with the memory again; ``reports`` are sentences for the reader.
    """

    def __init__(self, folder: Folder, holdings: Holdings, writable: bool) -> None:
        self.stamps: dict[str, Stamp] = {}
        self.closed: dict[str, str] = {}
        self.mend: dict[Key, Change] = {}
        self.reports: list[str] = []
        self._folder = folder
        self._holdings = holdings
        self.writable = writable

    def take_in(self, unsaved: Collection[Key] = ()) -> bool:
        """Read the files that changed since they were last read; return whether anything held is different by it.

        What *unsaved* names is about to be written and stays as it is held. Raises LibraryError where the folder
        cannot be read; what is wrong with a single file goes into ``reports``.
        """
        now = self._folder.stamps()
        changed = False
        for file in [*now, *(self.stamps.keys() - now.keys())]:
            if self.stamps.get(file) != now.get(file):
                changed |= self._take_in(file, unsaved)
            if file in now:
                self.stamps[file] = now[file]
            else:
                self.stamps.pop(file, None)
        return changed

    def set_aside(self, file: str, why: str) -> None:
        """Set the damaged *file* aside and report it with the papers it held. The lock must be held. Raises OSError."""
        held = [name for _, name in self._holdings.of_file(file)]
        papers = "" if held else _concerned(self._raw(file))
        aside = self._folder.set_aside(file)
        then = "; it was written again from what was in memory" if held else papers
        self.reports.append(f"{file} was damaged ({why}) and is kept as {aside}{then}.")

    def _take_in(self, file: str, unsaved: Collection[Key]) -> bool:
        self.closed.pop(file, None)
        try:
            return self._read(file, unsaved)
        except DamagedError as error:
            return self._damaged(file, unsaved, str(error))
        except NewerError as error:
            self._close(file, f"{_shown(file)} cannot be read: {error}.")
        except FileNotFoundError:
            return self._holdings.replace(file, {}, unsaved)
        except OSError as error:
            self._close(file, f"{_shown(file)} cannot be read: {reason(error)}.")
        return False

    def _read(self, file: str, unsaved: Collection[Key]) -> bool:
        self._folder.check_regular(file)
        path = self._folder.path / file
        found: dict[Key, Change]
        if file.startswith(ISSUES):
            kept = read_issue(path, self._folder.system)
            name = kept.issue.id
            if issue_file(name) != file:
                self._close(file, f"{_shown(file)} holds the issue {name} under another name and was passed over.")
                return False
            found, condition = {(file, name): Kept(kept.issue, kept.papers)}, kept.condition
        elif is_shard(path.name):
            shard = read_shard(path, self._folder.system)
            found, condition = {(file, name): state for name, state in shard.states.items()}, shard.condition
        else:
            self._close(file, f"{_shown(file)} is no file of this library and was passed over.")
            return False
        self._look_at(file, condition)
        return self._holdings.replace(file, found, unsaved)

    def _look_at(self, file: str, condition: Condition) -> None:
        self.reports += [f"In {file} {problem}." for problem in condition.problems]
        if condition.newer:
            self._close(
                file, f"{file} was written by a newer paperrack (schema {condition.schema}) and can only be read."
            )
        elif not condition.sound:
            self.reports.append(f"{file} was changed by another program than paperrack; what it holds was taken over.")
            self.mend[file, ""] = "seal"

    def _close(self, file: str, sentence: str) -> None:
        self.closed[file] = sentence
        self.reports.append(sentence)

    def _damaged(self, file: str, unsaved: Collection[Key], why: str) -> bool:
        """Set *file* aside, unless it is whole by now, or nothing here may be renamed."""
        try:
            if not self.writable:
                raise LibraryError("the library is read-only")
            if not (self._folder.path / "lock").exists():
                # Nothing was ever saved here: this is somebody's folder, and its files are theirs.
                raise LibraryError("nothing in this folder is known to be paperrack's")
            with self._folder.lock():
                with suppress(DamagedError):
                    return self._read(file, unsaved)
                self.set_aside(file, why)
        except FileNotFoundError:
            return self._holdings.replace(file, {}, unsaved)
        except (LibraryError, OSError) as error:
            self._close(file, f"{_shown(file)} is damaged ({why}) and stays where it is, for {reason(error)}.")
            return False
        self.mend.update(self._holdings.of_file(file))
        return False

    def _raw(self, file: str) -> bytes:
        with suppress(OSError):
            return (self._folder.path / file).read_bytes()
        return b""


def _concerned(raw: bytes) -> str:
    """Return in words which papers a damaged file speaks of, as far as its bytes still say."""
    found = dict.fromkeys(clean(name.decode(errors="replace")) for name in _NAMED.findall(raw))
    if not found:
        return ""
    names = [name for name in found if name]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"; it spoke of {', '.join(names[:5])}{more}"


def _shown(file: str) -> str:
    """Return the name of a file that anybody may have put there, safe to show."""
    return clean(file.encode("utf-8", "replace").decode())
