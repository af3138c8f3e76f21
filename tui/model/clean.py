"""The gate that every string of the model passes: frozen dataclasses that clean themselves as they are made."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tui.text import clean, clean_lines, clean_source, clean_written


class Clean:
    """Cleans every string of a frozen dataclass as it is made; an empty optional string becomes None.

    Fields of many lines (abstracts, sections, posts) are named in ``LINES``, those that are kept however long they
    are in ``WHOLE``, and those whose lines a reader indented in ``WRITTEN``.
    """

    LINES: typing.ClassVar[frozenset[str]] = frozenset()
    WHOLE: typing.ClassVar[frozenset[str]] = frozenset()
    WRITTEN: typing.ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        values = self.__dict__
        for name, gate, optional in _gates(typing.cast(Any, type(self))):
            value = values[name]
            kind = type(value)
            if value is None or kind in _NUMBERS or (not value and kind is not str and kind is not list):
                continue
            cleaned = gate(value) if kind is str else _cleaned(value, gate)
            if cleaned == "" and optional:
                cleaned = None
            if cleaned is not value:
                object.__setattr__(self, name, cleaned)


_NUMBERS = frozenset({int, float, bool})
Gate = typing.Callable[[str], str]


@lru_cache(maxsize=32)
def _gates(kind: type[Clean]) -> tuple[tuple[str, Gate, bool], ...]:
    """Return each field's name, what cleans it, and whether None stands for an empty text there."""

    def gate(name: str) -> Gate:
        gates = ((kind.WHOLE, clean_source), (kind.WRITTEN, clean_written), (kind.LINES, clean_lines))
        return next((clean_so for names, clean_so in gates if name in names), clean)

    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # only dataclasses inherit from Clean
    return tuple((item.name, gate(item.name), item.default is None) for item in fields)


def _cleaned(value: Any, gate: Gate) -> Any:
    kind = type(value)
    if kind is str:
        return gate(value)
    if isinstance(value, Clean) or kind in _NUMBERS:
        return value
    if kind is tuple or kind is list:
        parts = [gate(each) if type(each) is str else _cleaned(each, gate) for each in value]
        return tuple([part for part in parts if part != ""])
    if kind is dict or isinstance(value, Mapping):
        # However many lines a value may have, its name is one.
        return {clean(str(name)): _cleaned(each, gate) for name, each in value.items()}
    return value
