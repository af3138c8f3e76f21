"""What the files hold: an issue with its entries in one file, the states of a shard's papers in another.

Reading takes what it understands; changing keeps the fields that a newer program wrote and this one does not know.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from tui.library.atomic import SYSTEM, System
from tui.library.state import PaperState
from tui.library.storage import SCHEMA, AtomicJSONStorage, Document, opened, unusable
from tui.model import Choices, Issue, Marks
from tui.shapes import plain, restore
from tui.text import clean

ISSUES = "issues"
PAPERS = "papers"

_PLAIN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?=[a-z0-9])){0,119}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_SHARD = re.compile(r"[0-9a-f]{2}\.json")
_ISSUE_FIELDS = frozenset(item.name for item in dataclasses.fields(Issue))
_PARTS: Mapping[str, type[Marks] | type[Choices]] = {"marks": Marks, "choices": Choices}
"""The parts of a paper's document that are objects of their own, each with fields that a newer program may add to."""
_STATE_FIELDS = frozenset({"id", "inquiry", "merged_into", *_PARTS})


@dataclass(frozen=True)
class Condition:
    """How a file was found: its schema number, whether its checksum fits, and what of it was passed over."""

    schema: int = SCHEMA
    sound: bool = True
    problems: tuple[str, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a newer program wrote the file, so that it may not be overwritten."""
        return self.schema > SCHEMA


@dataclass(frozen=True)
class IssueFile:
    """What the file of an issue holds; ``papers`` is the paper id of each entry, in order."""

    issue: Issue
    papers: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True)
class ShardFile:
    """What the file of a shard holds: the state of each paper in it."""

    states: Mapping[str, PaperState]
    condition: Condition


def issue_file(issue_id: str) -> str:
    """Return where the issue is kept, relative to the library folder: a name that every file system takes.

    An id that is no plain name (the ids that the desk gives are) is kept under its hash, which no plain name equals.
    """
    if _PLAIN_NAME.fullmatch(issue_id) and not _DEVICES.fullmatch(issue_id):
        return f"{ISSUES}/{issue_id}.json"
    return f"{ISSUES}/_{_digest(issue_id)[:32]}.json"


def shard_file(paper_id: str) -> str:
    """Return where the paper's state is kept, relative to the library folder: one of 256 files, by hash."""
    return f"{PAPERS}/{_digest(paper_id)[:2]}.json"


def is_shard(name: str) -> bool:
    """Return whether *name* is the name of a shard's file."""
    return _SHARD.fullmatch(name) is not None


def read_issue(path: Path, system: System = SYSTEM) -> IssueFile:
    """Return the issue in the file *path*. Raises DamagedError, NewerError where it holds none, and OSError."""
    with opened(path, system) as database:
        condition = _condition(database)
        issues = database.table("issue").all()
        entries = database.table("entries").all()
    if len(issues) != 1:
        raise unusable(condition.schema, f"it holds {len(issues)} issues instead of one")
    entries.sort(key=lambda document: document.doc_id)
    good = [each for each in entries if isinstance(each.get("entry"), dict) and _name(each.get("paper"))]
    problems = (f"{len(entries) - len(good)} of its entries could not be read",) if len(good) < len(entries) else ()
    try:
        issue = restore(Issue, {**issues[0], "entries": [each["entry"] for each in good]})
    except ValueError as error:
        raise unusable(condition.schema, str(error)) from None
    papers = tuple(str(each["paper"]) for each in good)
    return IssueFile(issue, papers, dataclasses.replace(condition, problems=problems))


def write_issue(path: Path, issue: Issue, papers: Sequence[str], system: System = SYSTEM) -> None:
    """Put *issue* into the file *path*, in place of the edition there. Raises as :func:`read_issue`."""
    known = {name: value for name, value in plain(dataclasses.replace(issue, entries=())).items() if name != "entries"}
    with opened(path, system) as database:
        table = database.table("issue")
        carried = {name: value for old in table.all() for name, value in old.items() if name not in _ISSUE_FIELDS}
        table.truncate()
        table.insert({**carried, **known})
        entries = database.table("entries")
        entries.truncate()
        pairs = zip(issue.entries, papers, strict=True)
        entries.insert_multiple({"entry": plain(entry), "paper": paper} for entry, paper in pairs)


def read_shard(path: Path, system: System = SYSTEM) -> ShardFile:
    """Return the states in the file *path*. Raises DamagedError, NewerError where it is no such file, and OSError."""
    with opened(path, system) as database:
        condition = _condition(database)
        documents = database.table(PAPERS).all()
        tables = database.tables()
    if PAPERS not in tables:
        raise unusable(condition.schema, "it holds no papers' marks")
    states: dict[str, PaperState] = {}
    passed_over = 0
    for document in documents:
        name = _name(document.get("id"))
        if name is None or shard_file(name) != f"{PAPERS}/{path.name}" or name in states:
            passed_over += 1
        else:
            states[name] = _state(document)
    problems = (f"{passed_over} of its papers could not be read or do not belong there",) if passed_over else ()
    return ShardFile(states, dataclasses.replace(condition, problems=problems))


def change_shard(path: Path, changed: Mapping[str, PaperState], system: System = SYSTEM) -> None:
    """Give the papers *changed* their states in the file *path* and leave the others there as they are.

    A paper whose state is the default one leaves the file. Raises as :func:`read_shard`.
    """

    def change(document: MutableMapping[str, Any]) -> None:
        made = _document(document["id"], changed[document["id"]], document)
        document.clear()
        document.update(made)

    ours = where("id").test(lambda name: isinstance(name, str) and name in changed)
    with opened(path, system) as database:
        table = database.table(PAPERS, persist_empty=PAPERS not in database.tables())
        there = {document["id"] for document in table.search(ours)}
        table.update(change, ours)
        fresh = {name: _document(name, state, {}) for name, state in changed.items() if name not in there}
        table.insert_multiple(document for document in fresh.values() if len(document) > 1)
        table.remove(lambda document: document.keys() == {"id"})


def reseal(path: Path, system: System = SYSTEM) -> None:
    """Write the file *path* again as it is, with the checksum that fits. Raises as :func:`read_shard`."""
    storage = AtomicJSONStorage(path, system)
    tables = storage.read()
    if tables is not None:
        storage.write(tables)


def _condition(database: TinyDB) -> Condition:
    storage = database.storage
    if storage.read() is None:
        raise FileNotFoundError(storage.path)  # type: ignore[attr-defined]  # the middleware hands it on
    return Condition(storage.schema, storage.sound)  # type: ignore[attr-defined]  # the middleware hands them on


def _state(document: Mapping[str, Any]) -> PaperState:
    inquiry = document.get("inquiry")
    return PaperState(
        marks=restore(Marks, _mapping(document.get("marks"))),
        choices=restore(Choices, _mapping(document.get("choices"))),
        inquiry=_mapping(inquiry),
        merged_into=_name(document.get("merged_into")),
        extra=_extra(document),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _extra(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of *document* this program does not know, of its parts too."""
    extra = {name: value for name, value in document.items() if name not in _STATE_FIELDS}
    for part, kind in _PARTS.items():
        known = {item.name for item in dataclasses.fields(kind)}
        if more := {n: v for n, v in _mapping(document.get(part)).items() if n not in known}:
            extra[part] = more
    return extra


def _document(name: str, state: PaperState, old: Mapping[str, Any]) -> Document:
    """Return the document of the paper *name*; ``id`` alone where there is nothing to keep."""
    extra = {**state.extra, **_extra(old)}
    parts = {part: {**_mapping(extra.pop(part, None)), **plain(getattr(state, part))} for part in _PARTS}
    known = {**parts, "inquiry": dict(state.inquiry), "merged_into": state.merged_into}
    return {**extra, **{field: value for field, value in known.items() if value}, "id": name}


def _name(value: object) -> str | None:
    """Return *value* if it can be a paper's id: a clean text, and not an empty one."""
    return value if isinstance(value, str) and value and clean(value) == value else None


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
