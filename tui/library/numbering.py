"""The numbers of documents in a table: each has one of its own, whatever somebody who merged two files made of them.

Every library numbers its documents from 1, so that two of them side by side in one file may well have the same number,
and JSON's readers know but the last (RFC 8259, section 4).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count
from typing import Any, TypeVar

META = "_meta"
"""The table in which a file speaks of itself."""

_DIGITS = 15
_MOST = 10 ** (_DIGITS - 1)
_Value = TypeVar("_Value")


def line_of(value: Any) -> str:
    """Return the JSON that *value* is written as in a file of the library."""
    return ENCODER.encode(value)


def is_number(key: str) -> bool:
    """Return whether *key* can be the number of a document."""
    return key.isascii() and key.isdecimal() and len(key) <= _DIGITS


def is_table(table: object) -> bool:
    """Return whether *table* has the shape of a table: documents by number."""
    return isinstance(table, dict) and all(is_number(key) and isinstance(each, dict) for key, each in table.items())


def numbered(found: Sequence[tuple[str, _Value]], written: Callable[[_Value], str]) -> dict[int, _Value]:
    """Return what was *found* by number: where two have one number, the later one gets one that is free.

    It follows all others then, where numbers are left; so does one whose number leaves no room for those after it.
    Two under one number that are *written* the same are one.
    """
    taken = {number for key, _ in found if (number := int(key)) < _MOST}
    free = (n for n in chain(range(max(taken, default=0) + 1, _MOST), count(1)) if n not in taken)
    made: dict[int, _Value] = {}
    first: dict[int, _Value] = {}
    seen: dict[int, set[str]] = {}
    for key, value in found:
        number = int(key)
        if number not in first:
            first[number] = value
            made[number if number < _MOST else next(free)] = value
            continue
        same = seen.setdefault(number, {written(first[number])})
        if (line := written(value)) not in same:
            same.add(line)
            made[next(free)] = value
    return made


def with_doubles(text: str) -> dict[str, Any]:
    """Return the tables that *text* holds, with every document of each; *text* is JSON, and of that shape.

    A table that is there twice holds the documents of both. Raises RecursionError.
    """
    made: dict[str, Any] = {}
    found: dict[str, list[tuple[str, Any]]] = {}
    for name, table in _members(_DOUBLES.decode(text)):
        made[name] = table
        if name != META and all(is_number(key) and isinstance(each, dict) for key, each in _members(table)):
            found.setdefault(name, []).extend(_members(table))
    for name, documents in found.items():
        made[name] = {str(number): each for number, each in numbered(documents, line_of).items()}
    return made


class _Doubled(dict[str, Any]):
    """A JSON object in which a name stands twice; ``members`` are all of them."""

    members: Sequence[tuple[str, Any]] = ()


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    if len(made) == len(members):
        return made
    doubled = _Doubled(made)
    doubled.members = members
    return doubled


def _members(value: object) -> Iterable[tuple[str, Any]]:
    if isinstance(value, _Doubled):
        return value.members
    return value.items() if isinstance(value, dict) else (("", None),)


def _no_number(_: str) -> None:
    """Read NaN and Infinity, which Python's json knows and JSON does not, as null."""


def _number(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_number)
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True)
_DOUBLES = json.JSONDecoder(parse_constant=_no_number, parse_float=_number, object_pairs_hook=_object)
