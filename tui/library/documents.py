"""What the files hold: an issue with its entries in one; what the reader did, and what services said, in shards.

Reading takes what it understands; changing keeps the fields that a newer program wrote and this one does not know.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tinydb.table import Document as Numbered

from tui.frozen import dataclass
from tui.library.atomic import SYSTEM, System
from tui.library.contents import NOWHERE, IssueContents, Stamp
from tui.library.numbering import line_of
from tui.library.places import places_of
from tui.library.storage import SCHEMA, AtomicJSONStorage, DamagedError, Document, opened, sealed, unusable
from tui.model import Entry, Issue
from tui.model.noted import noted
from tui.shapes import plain, restore
from tui.text import clean

_ISSUE_FIELDS = frozenset(item.name for item in dataclasses.fields(Issue))


@dataclass(frozen=True)
class Condition:
    """How a file was found: its schema number, whether its checksum fits, and what of it was passed over.

    ``laid_out`` is whether it is, byte by byte, as the library lays files out.
    """

    schema: int = SCHEMA
    sound: bool = True
    laid_out: bool = True
    problems: tuple[str, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a newer program wrote the file, so that it may not be overwritten."""
        return self.schema > SCHEMA


def read_issue(path: Path, file: str, system: System = SYSTEM) -> tuple[IssueContents, Condition]:
    """Return the issue in *path*, which is called *file*, and how the file was found.

    Raises DamagedError, NewerError where it holds no issue, and OSError.
    """
    with opened(path, system) as (database, storage):
        condition = condition_of(storage)
        issues = database.table("issue").all()
        entries = database.table("entries").all()
    if len(issues) != 1:
        raise unusable(condition.schema, f"it holds {len(issues)} issues instead of one")
    entries.sort(key=lambda document: document.doc_id)
    good = [each for each in entries if isinstance(each.get("entry"), dict) and name_of(each.get("paper"))]
    problems = (f"{len(entries) - len(good)} of its entries could not be read",) if len(good) < len(entries) else ()
    try:
        issue = restore(Issue, {**issues[0], "entries": [each["entry"] for each in good]})
    except ValueError as error:
        raise unusable(condition.schema, str(error)) from None
    papers = tuple(str(each["paper"]) for each in good)
    places = places_of(storage.raw, storage.read() or {}).get("entries", {})
    contents = IssueContents(file, storage.stamp, issue, papers, tuple(places[each.doc_id] for each in good))
    return contents, dataclasses.replace(condition, problems=problems)


Written = Callable[[Path], IssueContents]
"""Puts an issue into the file at a path."""


def new_issue(file: str, issue: Issue, papers: Sequence[str]) -> tuple[bytes, IssueContents]:
    """Return the bytes of *file*, which is not there yet, that hold *issue*, and what it holds then."""
    known = plain(dataclasses.replace(issue, entries=()))
    known.pop("entries", None)
    # Nothing is there that TinyDB would have to read, and nothing to carry along.
    pairs = zip(issue.entries, papers, strict=True)
    lines = [f'{{"entry": {entry_line(entry)}, "paper": {line_of(paper)}}}' for entry, paper in pairs]
    raw, places = sealed({"entries": lines, "issue": [line_of(known)]})
    return raw, IssueContents(file, NOWHERE, issue, tuple(papers), tuple(places["entries"]))


def issue_writing(
    file: str, issue: Issue, papers: Sequence[str], system: System = SYSTEM
) -> tuple[IssueContents, Written]:
    """Return *issue* as it is to lie in *file*, which is not there yet, and what puts it there.

    That may be called in another thread, and returns the same with the stamp that the file has then.
    """
    raw, contents = new_issue(file, issue, papers)

    def write(path: Path) -> IssueContents:
        storage = AtomicJSONStorage(path, system)
        storage.write_raw(raw)
        return dataclasses.replace(contents, stamp=storage.stamp)

    return contents, write


def write_issue(path: Path, file: str, issue: Issue, papers: Sequence[str], system: System = SYSTEM) -> IssueContents:
    """Put *issue* into *path*, which is called *file*, in place of the edition there. Raises as :func:`read_issue`."""
    if not path.exists():
        return issue_writing(file, issue, papers, system)[1](path)
    known = plain(dataclasses.replace(issue, entries=()))
    known.pop("entries", None)
    pairs = zip(issue.entries, papers, strict=True)
    storage = _write_over(path, known, [{"entry": plain(entry), "paper": paper} for entry, paper in pairs], system)
    return _placed(storage.raw, file, storage.stamp, issue, papers)


def _placed(raw: bytes, file: str, stamp: Stamp, issue: Issue, papers: Sequence[str]) -> IssueContents:
    numbers = range(1, len(papers) + 1)
    places = places_of(raw, {"entries": dict.fromkeys(numbers), "issue": {1: None}})
    return IssueContents(file, stamp, issue, tuple(papers), tuple(places["entries"][number] for number in numbers))


@noted
def entry_line(entry: Entry) -> str:
    """Return the JSON that *entry* is written as in an issue's file."""
    return line_of(plain(entry))


def _write_over(path: Path, known: Document, entries: Sequence[Document], system: System) -> AtomicJSONStorage:
    with opened(path, system) as (database, storage):
        table = database.table("issue")
        carried = {name: value for old in table.all() for name, value in old.items() if name not in _ISSUE_FIELDS}
        table.truncate()
        table.insert(Numbered({**carried, **known}, 1))
        table = database.table("entries")
        table.truncate()
        table.insert_multiple(Numbered(each, number) for number, each in enumerate(entries, 1))
    return storage


def reseal(path: Path, system: System = SYSTEM) -> None:
    """Write the file *path* again as it is, with the checksum that fits. Raises as :func:`read_issue`."""
    storage = AtomicJSONStorage(path, system)
    tables = storage.read()
    if tables is not None:
        storage.write(tables)


def condition_of(storage: AtomicJSONStorage) -> Condition:
    """Return how the file of *storage* was found. Raises FileNotFoundError, and as :func:`read_issue`."""
    if storage.read() is None:
        raise FileNotFoundError(storage.path)
    return Condition(storage.schema, storage.sound, storage.laid_out)


def name_of(value: object) -> str | None:
    """Return *value* if it can be a paper's id: a clean text, and not an empty one."""
    return value if isinstance(value, str) and value and _is_clean(value) else None


@lru_cache(maxsize=4096)
def _is_clean(name: str) -> bool:
    return clean(name) == name


def check_removable(path: Path) -> None:
    """Raise NewerError where a newer program wrote *path*, and OSError where it cannot be read or is not there."""
    storage = AtomicJSONStorage(path)
    with suppress(DamagedError):
        storage.read()
    if not storage.raw:
        raise FileNotFoundError(path)
    if storage.schema > SCHEMA:
        raise unusable(storage.schema, "")
