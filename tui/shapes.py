"""Model objects as plain JSON shapes, and back from shapes that anybody may have written.

:func:`restore` reads the class's own type hints, so a field added to the model needs no line here.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeVar

_T = TypeVar("_T")

_ATOMS = frozenset({str, int, float, bool, types.NoneType})

_LISTS = frozenset({list, dict})
"""What is the default of every field that takes it where it is empty."""

Reader = Callable[[Any], Any]
"""Takes a JSON value and returns it in the shape that is wanted, or None where it has another."""


def plain(value: Any) -> Any:
    """Return a model object as JSON-ready dictionaries and lists; fields that hold their default are left out."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if (defaults := _defaults(typing.cast(Any, kind))) is not None:
        made: dict[str, Any] = {}
        for name, default in defaults:
            part = getattr(value, name)
            if part is not default and part != default:
                made[name] = part if type(part) in _ATOMS else plain(part)
        return made
    if kind is dict or isinstance(value, Mapping):
        return {str(name): part if type(part) in _ATOMS else plain(part) for name, part in value.items()}
    if kind is tuple or isinstance(value, (tuple, list)):
        return [part if type(part) in _ATOMS else plain(part) for part in value]
    return value


@lru_cache(maxsize=64)
def _defaults(kind: type) -> tuple[tuple[str, Any], ...] | None:
    """Return each field of a dataclass and what it holds where nothing is said; None for what is no dataclass."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple((item.name, _default(item)) for item in dataclasses.fields(kind))


def restore(kind: type[_T], data: object) -> _T:
    """Return the model object of class *kind* that :func:`plain` made *data* of, or that a stranger wrote.

    Unknown names are passed over and a value of the wrong shape becomes its field's default: what can be read is.
    Raises ValueError where *data* is no object or lacks what *kind* cannot be without.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"{_called(kind)} is an object, not {type(data).__name__}")
    made: dict[str, Any] = {}
    for name, read, needed, may_be_none, bare in _fields(typing.cast(Any, kind)):
        # Most values of most papers are not stated, so that is found out first.
        stated = data.get(name)
        value = None if not stated and (stated is None or (bare and type(stated) in _LISTS)) else read(stated)
        if value is not None or (may_be_none and name in data):
            made[name] = value
        elif needed:
            raise ValueError(f"{_called(kind)} needs its {name}")
    return kind(**made)


def _called(kind: type) -> str:
    return ("an " if kind.__name__[0] in "AEIOU" else "a ") + kind.__name__.lower()


def _default(item: dataclasses.Field[Any]) -> Any:
    """Return what *item* holds where nothing is said, or MISSING where something must be."""
    return item.default if item.default_factory is dataclasses.MISSING else item.default_factory()


def _may_be_none(item: dataclasses.Field[Any], hint: Any) -> bool:
    """Return whether None is a value of the field that must be said, such as the series of a mention."""
    return _default(item) is dataclasses.MISSING and types.NoneType in typing.get_args(hint)


@lru_cache(maxsize=32)
def _fields(kind: type) -> tuple[tuple[str, Reader, bool, bool, bool], ...]:
    """Return each field's name, what reads it, and three things that may hold.

    It must be stated; it may be stated as None; nothing in it is what it holds where nothing is said.
    """
    hints = typing.get_type_hints(kind)
    return tuple(
        (
            item.name,
            _reader(hints[item.name]),
            _default(item) is dataclasses.MISSING,
            _may_be_none(item, hints[item.name]),
            _default(item) in ((), {}),
        )
        for item in dataclasses.fields(kind)
    )


@lru_cache(maxsize=256)
def _reader(hint: Any) -> Reader:
    """Return what reads values of *hint*: a hint is taken apart once, and values come by the hundred thousand."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        readers = [_reader(each) for each in args if each is not types.NoneType]
        return readers[0] if len(readers) == 1 else lambda value: _first(readers, value)
    if origin is Literal:
        return lambda value: value if isinstance(value, str) and value in args else None
    if origin is tuple:
        return _tuple_of(_reader(args[0]), args[0])
    if origin is Mapping:
        return _mapping_to(_reader(args[1]))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda value: _restored(hint, value)
    # Of an atom's own class there is nothing more to find out.
    if hint is str:
        return lambda value: value if isinstance(value, str) else None
    return lambda value: value if type(value) is int and hint is int else _single(hint, value)


def _first(readers: list[Reader], value: Any) -> Any:
    return next((shape for shape in (read(value) for read in readers) if shape is not None), None)


def _tuple_of(reader: Reader, hint: Any) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            return ()
        if hint is str and _TEXT.issuperset(map(type, value)):
            return tuple(value)
        return tuple([part for part in map(reader, value) if part is not None])

    return read


_TEXT = frozenset({str})


def _mapping_to(reader: Reader) -> Reader:
    def read(value: Any) -> Any:
        shaped = ((str(n), reader(each)) for n, each in value.items()) if isinstance(value, Mapping) else ()
        return {name: each for name, each in shaped if each is not None}

    return read


def _restored(kind: type, value: object) -> Any:
    if type(value) is kind:
        # Made already, and shared by all who have it.
        return value
    try:
        return restore(kind, value)
    except ValueError:
        return None


def _single(hint: Any, value: object) -> Any:
    if hint is int and isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        return int(value)
    # JSON's true is an int to Python and a year to nobody; 1e400 is no number to JSON's other readers.
    if isinstance(value, bool) != (hint is bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, hint) else None
