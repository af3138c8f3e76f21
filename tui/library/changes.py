"""What a step changed of a paper, field by field, and the way back: only those fields, and only what the step did.

Between a step and its undoing another program, a service or the reader may have changed the same paper. So nothing is
put back whole: a field that is as the step left it becomes what it was; of lists and of what is kept by name just what
the step added or took away is reverted; and any other field that is something else by now stays as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.errors import LibraryError
from tui.library.state import PaperState
from tui.model import Choices, Marks
from tui.shapes import plain, restore

MERGED = "merged_into"

_PARTS: Mapping[str, type[Marks] | type[Choices]] = {"marks": Marks, "choices": Choices}
_FIELDS = {f"{part}.{each.name}": (part, each.name) for part in _PARTS for each in dataclasses.fields(_PARTS[part])}
_NAMES = frozenset({MERGED, *_FIELDS})


@dataclass(frozen=True)
class Change:
    """What fields of a paper were before and after: ``marks.state`` or ``choices.values``, and ``merged_into``."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def turned(self, back: bool) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return what a paper is expected to be, and what it becomes by this change, or by taking it *back*."""
        return (self.after, self.before) if back else (self.before, self.after)


def difference(before: PaperState, after: PaperState) -> Change | None:
    """Return what leads from one state to the other, None where that is nothing."""
    was: dict[str, Any] = {}
    becomes: dict[str, Any] = {}
    for part in _PARTS:
        old, new = getattr(before, part), getattr(after, part)
        if old is not new:
            there = vars(old)
            for field, value in vars(new).items():
                if there[field] != value:
                    was[f"{part}.{field}"], becomes[f"{part}.{field}"] = there[field], value
    if before.merged_into != after.merged_into:
        was[MERGED], becomes[MERGED] = before.merged_into, after.merged_into
    return Change(was, becomes) if was else None


def apply(state: PaperState, change: Change, back: bool = False) -> PaperState:
    """Return *state* with *change* done to it, or taken *back*; fields that the change does not name stay."""
    expected, wanted = change.turned(back)
    parts: dict[str, dict[str, Any]] = {}
    made: dict[str, Any] = {}
    for name, value in wanted.items():
        if name == MERGED:
            made[MERGED] = _turned(expected[MERGED], value, state.merged_into)
            continue
        part, field = _FIELDS[name]
        now = getattr(getattr(state, part), field)
        if (then := _turned(expected[name], value, now)) != now:
            parts.setdefault(part, {})[field] = then
    for part, values in parts.items():
        made[part] = dataclasses.replace(getattr(state, part), **values)
    return dataclasses.replace(state, **made) if made else state


def _turned(expected: Any, wanted: Any, now: Any) -> Any:
    """Return what a field that is *now* becomes, where the change expects it to be one thing and wants another."""
    if now == expected:
        return wanted
    if isinstance(now, Mapping) and isinstance(wanted, Mapping):
        touched = [name for name in {**expected, **wanted} if expected.get(name) != wanted.get(name)]
        turned = {name: _turned(expected.get(name), wanted.get(name), now.get(name)) for name in touched}
        return {name: value for name, value in {**now, **turned}.items() if value is not None}
    if isinstance(now, tuple) and isinstance(wanted, tuple):
        return _with(expected, wanted, now)
    return now


def _with(expected: tuple[str, ...], wanted: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """Return *now* without what the change takes away and with what it adds, after the neighbour that it had."""
    gone = set(expected) - set(wanted)
    found = [each for each in now if each not in gone]
    for index, each in enumerate(wanted):
        if each not in expected and each not in found:
            neighbours = [found.index(left) for left in wanted[:index] if left in found]
            found.insert(neighbours[-1] + 1 if neighbours else 0, each)
    return tuple(found)


@dataclass
class Turned:
    """A paper's state before a change and after it; ``made`` is what was made of the one that its file had."""

    before: PaperState
    after: PaperState
    made: PaperState | None = None

    def onto(self, now: PaperState) -> PaperState:
        """Return what *now* becomes: somebody else may have changed other things of it meanwhile."""
        change = difference(self.before, self.after) if now != self.before else None
        self.made = self.after if now == self.before else apply(now, change) if change else now
        return self.made

    def then(self, later: Turned) -> Turned:
        """Return the change that both are, one after the other."""
        return Turned(self.before, later.after)

    @property
    def met(self) -> bool:
        """Whether its file had another state than this program knew of."""
        return self.made is not None and self.made != self.after


def as_document(change: Change) -> dict[str, Any]:
    """Return *change* as a plain object."""
    return {"before": plain(dict(change.before)), "after": plain(dict(change.after))}


def from_document(document: Mapping[str, Any]) -> Change:
    """Return the change in what :func:`as_document` returned.

    Raises LibraryError where it names a field that this program does not know: half a step is none.
    """
    change = Change(_typed(document.get("before")), _typed(document.get("after")))
    if change.before.keys() != change.after.keys():
        raise LibraryError("it does not say what was before and after")
    return change


def _typed(values: object) -> dict[str, Any]:
    if not isinstance(values, Mapping) or not _NAMES.issuperset(values):
        raise LibraryError("a newer paperrack wrote it")
    found: dict[str, Any] = {}
    for part, kind in _PARTS.items():
        named = {field: values[name] for name, (of, field) in _FIELDS.items() if of == part and name in values}
        made = restore(kind, named)
        found |= {f"{part}.{field}": getattr(made, field) for field in named}
    if MERGED in values:
        found[MERGED] = values[MERGED] if isinstance(values[MERGED], str) else None
    return found
