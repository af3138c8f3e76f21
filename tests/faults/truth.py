"""What lies in a library: in its files, by name and digest; as the desk shows it; and what should not be there."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.faults.ledger import digest
from tui.desk import Desk
from tui.library import Library
from tui.library.contents import Contents, DetailContents, IssueContents, StateContents
from tui.settings import Settings

_EXPECTED = re.compile(
    r"(issues/[^/]+\.json|papers/[0-9a-f]{2}\.json|details/[0-9a-f]{3}\.json|searches\.json|lock|index\.sqlite"
    r"|history/[^/]+\.json(\.gz|\.bin)?|backups/([^/]+\.zip|\.gitignore)|\.gitignore)"
)
_SET_ASIDE = re.compile(r"\.corrupt-")


class Files:
    """What the files of a library hold; a file that has not changed since is not read again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, dict[str, str]]] = {}

    def digests(self, library: Library) -> dict[str, str]:
        """Return the digest of every issue, state and inquiry, by name."""
        found: dict[str, str] = {}
        stamps = library.stamps()
        for file, stamp in stamps.items():
            if self._known.get(file, (None, {}))[0] != stamp:
                self._known[file] = (stamp, dict(_named(library.read(file))))
            found.update(self._known[file][1])
        self._known = {file: self._known[file] for file in stamps}
        return found


def _named(contents: Contents | None) -> Iterator[tuple[str, str]]:
    held: dict[str, Any] = {}
    if isinstance(contents, IssueContents):
        held[f"issue {contents.issue.id}"] = (contents.issue, contents.papers)
    elif isinstance(contents, StateContents):
        held = {f"state {name}": state for name, state in contents.states.items()}
    elif isinstance(contents, DetailContents):
        held = {f"inquiry {name}": dict(shape) for name, shape in contents.inquiries.items()}
    for name, value in held.items():
        if check := digest(value):
            yield name, check


def litter(folder: Path) -> list[str]:
    """Return the files of a closed library that have no place in one; those set aside are none of them."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in files if not _EXPECTED.fullmatch(name) and not _SET_ASIDE.search(name))


def set_aside(folder: Path) -> list[str]:
    """Return the files that were damaged and put under another name."""
    return sorted(path.name for path in folder.rglob("*") if _SET_ASIDE.search(path.name))


# Between quotes, for which of several near words is meant depends on what the index held before.
_ASKED = ("model", '"came along"', "tag:thesis", "is:unread")


def seen(desk: Desk) -> dict[str, object]:
    """Return what a reader sees: every list and row, counts, and what some searches find."""
    listing = desk.papers()
    rows = [listing.row(place) for place in range(len(listing))]
    shelf = desk.shelf()
    return {
        "rows": {row.id: row for row in rows},
        "shelf": {row.id: row for row in shelf},
        "counts": desk.counts(),
        "orders": {row.id: tuple(desk.papers(row.id)) for row in shelf[:20]},
        "marked": sorted(desk.papers(marked=True)),
        "found": {words: sorted(desk.papers(query=words)) for words in _ASKED},
        "marks": {row.id: desk.rack.marks(row.id) for row in rows},
    }


def differences(folder: Path, shown: Mapping[str, object]) -> list[str]:
    """Return what of *shown*, the sight of the library *folder*, a catalogue made anew of the files shows otherwise."""
    if not shown:
        return []
    with tempfile.TemporaryDirectory(prefix="paperrack-faults-") as place:
        copied = Path(shutil.copytree(folder, Path(place) / "library", ignore=shutil.ignore_patterns("index.sqlite*")))
        with Desk(Library(copied), Settings()) as desk:
            anew = seen(desk)
    return [what for what, sight in shown.items() if sight != anew[what]]
