"""What a hostile case is: a way in, what comes through it, and what must hold beyond what holds for every case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.hostile.room import Room

Way = Callable[["Room", Any, Mapping[str, Any]], None]
"""Brings a payload in by one way, and checks what must hold there."""


@dataclass(frozen=True)
class Case:
    """A hostile case; ``must`` is read by its way, whose docstring says what may stand there."""

    name: str
    way: Way
    payload: Any
    must: Mapping[str, Any] = field(default_factory=dict)
