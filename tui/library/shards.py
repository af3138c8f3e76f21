"""Shards: what the reader did with papers in 256 files, and what services said of them in 4096.

A shard holds one document a paper. The first are small and change with every key the reader presses; the others are
large, and written by machines.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from tui.library.atomic import SYSTEM, System
from tui.library.changes import Turned
from tui.library.contents import DetailContents, Stamp, StateContents
from tui.library.documents import Condition, condition_of, name_of
from tui.library.names import DETAILS, PAPERS, details_file, shard_file
from tui.library.places import places_of
from tui.library.state import PaperState
from tui.library.storage import SCHEMA, AtomicJSONStorage, DamagedError, Document, Whole, opened, serialised, unusable
from tui.model import Choices, Marks
from tui.shapes import plain, restore

_PARTS: Mapping[str, type[Marks] | type[Choices]] = {"marks": Marks, "choices": Choices}
"""The parts of a paper's document that are objects of their own, each with fields that a newer program may add to."""
_KNOWN_PARTS = {part: frozenset(item.name for item in dataclasses.fields(kind)) for part, kind in _PARTS.items()}
_STATE_FIELDS = frozenset({"id", "inquiry", "merged_into", *_PARTS})

_OF_SERVICES = frozenset({"id", "inquiry"})
"""What the document of a paper has in schema 1 with which the reader did nothing."""
_NOTHING = PaperState()

Kept = PaperState | Turned | Mapping[str, Any]
"""What is kept of a paper in a shard: its state, or what services said, in the plain shape of an inquiry."""


class OldError(DamagedError):
    """A shard is of a schema that has to be migrated before it is changed."""


class Later(Mapping[str, Any]):
    """A mapping that is made when it is first looked into, by *make*."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make
        self._made: Mapping[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self._whole()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> Mapping[str, Any]:
        if self._made is None:
            self._made = self._make()
        return self._made


def read_states(path: Path, file: str, system: System = SYSTEM) -> tuple[StateContents, Condition]:
    """Return the states in *path*, which is called *file*, and how the file was found.

    Raises DamagedError, NewerError where it is no shard, and OSError.
    """
    found, storage, condition = _read(path, file, PAPERS, system)
    states = _states(found)
    older = {name: pair for name, pair in found.items() if "inquiry" in pair[1]}
    details = _details(file, storage, older, PAPERS) if older else None
    return StateContents(file, storage.stamp, states, details), condition


def read_details(path: Path, file: str, system: System = SYSTEM) -> tuple[DetailContents, Condition]:
    """Return what services said of the papers in *path*, likewise."""
    found, storage, condition = _read(path, file, DETAILS, system)
    return _details(file, storage, found, DETAILS), condition


def change_shard(
    path: Path, file: str, changed: Mapping[str, Kept], system: System = SYSTEM
) -> StateContents | DetailContents:
    """Keep of the papers *changed* what is given, and of the others in *path* what is there; return what it holds.

    *path* is called *file*. A paper of which nothing is to be kept leaves the file. Where it is there twice, the first
    document is changed, which is the one that is read; the others stay as they are. Raises as :func:`read_states`, and
    OldError where the file has to be migrated first.
    """
    return _held(file, *_changed(path, file, changed, system, False))


Held = Callable[[Stamp], StateContents | DetailContents]
"""What a file holds that was written with a stamp."""


def changed_shard(
    path: Path, file: str, changed: Mapping[str, Kept], system: System = SYSTEM
) -> tuple[bytes | None, Held]:
    """Return the bytes that *path* is to be replaced by, None where it can stay, and what it holds then.

    Raises as :func:`change_shard`.
    """
    room, storage = _changed(path, file, changed, system, True)

    def held(stamp: Stamp) -> StateContents | DetailContents:
        storage.stamp = stamp
        return _held(file, room, storage)

    return storage.raw if storage.changed else None, held


def _changed(path: Path, file: str, changed: Mapping[str, Kept], system: System, held: bool) -> tuple[str, Whole]:
    """Make the changes; return the room of the file, and its storage, which is not written yet where it is *held*."""
    room = PAPERS if file.startswith(PAPERS) else DETAILS
    with opened(path, system, held) as (database, storage):
        if storage.read() is None:
            # Nothing is there that TinyDB would have to look for.
            fresh = [_document(name, kept, {}) for name, kept in changed.items()]
            storage.write({room: dict(enumerate((each for each in fresh if len(each) > 1), 1))})
            return room, storage
        if room not in database.tables():
            raise unusable(storage.schema, f"it holds no table of {room}")
        if storage.schema < SCHEMA and room == PAPERS and storage.laid_out:
            raise OldError("it is of an older schema")
        table = database.table(room)
        found = [(each.doc_id, str(each["id"])) for each in table.search(_named(changed))]
        ours = {name: number for number, name in sorted(found, reverse=True)}
        if ours:
            table.update(lambda document: _change(document, changed), doc_ids=list(ours.values()))
        new = {name: _document(name, kept, {}) for name, kept in changed.items() if name not in ours}
        if fresh := [document for document in new.values() if len(document) > 1]:
            table.insert_multiple(fresh)
        # Without the first document of a paper that is there twice, the second would be read in its place.
        once = {name for name, count in Counter(name for _, name in found).items() if count == 1}
        if empty := [number for name, number in ours.items() if name in once and _is_empty(table.get(doc_id=number))]:
            table.remove(doc_ids=empty)
    return room, storage


def shard_of(states: Mapping[str, PaperState]) -> bytes:
    """Return the file of a shard that holds *states*."""
    documents = (_document(name, state, {}) for name, state in sorted(states.items()))
    return serialised({PAPERS: dict(enumerate((each for each in documents if len(each) > 1), 1))})


def _held(file: str, room: str, storage: AtomicJSONStorage) -> StateContents | DetailContents:
    """Return what *storage*, which was just written, holds; the states when somebody looks into them."""
    documents = [(int(number), document) for number, document in (storage.read() or {})[room].items()]
    if room == DETAILS:
        return _details(file, storage, _belonging(documents, file)[0], room)

    def states() -> Mapping[str, PaperState]:
        return _states(_belonging(documents, file)[0])

    return StateContents(file, storage.stamp, Later(states))


_Found = dict[str, tuple[int, Mapping[str, Any]]]
"""The number and the document of each paper."""


def _read(path: Path, file: str, room: str, system: System) -> tuple[_Found, AtomicJSONStorage, Condition]:
    with opened(path, system) as (database, storage):
        condition = condition_of(storage)
        documents = database.table(room).all()
        tables = database.tables()
    if room not in tables:
        raise unusable(condition.schema, f"it holds no table of {room}")
    found, passed_over = _belonging([(each.doc_id, each) for each in documents], file)
    problems = (f"{passed_over} of its papers could not be read or do not belong there",) if passed_over else ()
    return found, storage, dataclasses.replace(condition, problems=problems)


def _belonging(documents: Iterable[tuple[int, Mapping[str, Any]]], file: str) -> tuple[_Found, int]:
    """Return the documents that belong into *file*, the first of each paper, and how many others there are."""
    found: _Found = {}
    file_of = shard_file if file.startswith(PAPERS) else details_file
    passed_over = 0
    for number, document in sorted(documents, key=lambda pair: pair[0]):
        name = name_of(document.get("id"))
        if name is None or name in found or file_of(name) != file:
            passed_over += 1
        else:
            found[name] = number, document
    return found, passed_over


def _states(found: _Found) -> dict[str, PaperState]:
    return {name: state_of(document) for name, (_, document) in found.items() if document.keys() - _OF_SERVICES}


def _details(file: str, storage: AtomicJSONStorage, found: _Found, room: str) -> DetailContents:
    places = places_of(storage.raw, storage.read() or {}).get(room, {})
    inquiries = {name: mapping(document.get("inquiry")) for name, (_, document) in found.items()}
    return DetailContents(file, storage.stamp, inquiries, {name: places[number] for name, (number, _) in found.items()})


def _named(changed: Mapping[str, Kept]) -> Any:
    """Return what TinyDB asks of each document: whether it is of one of the papers *changed*."""
    return lambda document: isinstance(name := document.get("id"), str) and name in changed


def _is_empty(document: object) -> bool:
    return isinstance(document, Mapping) and len(document) == 1


def _change(document: MutableMapping[str, Any], changed: Mapping[str, Kept]) -> None:
    made = _document(document["id"], changed[document["id"]], document)
    document.clear()
    document.update(made)


def state_of(document: Mapping[str, Any]) -> PaperState:
    """Return what the reader did with a paper whose document in a shard this is."""
    marks, choices = mapping(document.get("marks")), mapping(document.get("choices"))
    return PaperState(
        # Most papers have one of the two alone.
        marks=restore(Marks, marks) if marks else _NOTHING.marks,
        choices=restore(Choices, choices) if choices else _NOTHING.choices,
        merged_into=name_of(document.get("merged_into")),
        extra=_extra(document),
    )


def mapping(value: object) -> Mapping[str, Any]:
    """Return *value* where it is a JSON object, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def _extra(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of *document* this program does not know, of its parts too."""
    extra = {name: value for name, value in document.items() if name not in _STATE_FIELDS}
    for part, known in _KNOWN_PARTS.items():
        if more := {n: v for n, v in mapping(document.get(part)).items() if n not in known}:
            extra[part] = more
    return extra


def _document(name: str, kept: Kept, old: Mapping[str, Any]) -> Document:
    """Return the document of the paper *name*; ``id`` alone where there is nothing to keep."""
    if isinstance(kept, Turned):
        kept = kept.onto(state_of(old))
    if not isinstance(kept, PaperState):
        extra = {field: value for field, value in old.items() if field != "inquiry"}
        return {**extra, **({"inquiry": dict(kept)} if kept else {}), "id": name}
    extra = {**kept.extra, **_extra(old)}
    parts = {part: {**mapping(extra.pop(part, None)), **plain(getattr(kept, part))} for part in _PARTS}
    # What an older program kept here of services stays until it is moved to where it belongs.
    known = {**parts, "inquiry": old.get("inquiry"), "merged_into": kept.merged_into}
    return {**extra, **{field: value for field, value in known.items() if value}, "id": name}
