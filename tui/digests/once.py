"""Properties that are found out once: as :func:`functools.cached_property`, without the lock it takes up to 3.11.

A block has several, a large page thirty thousand blocks, and a thread reads its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as a decorator, as property is
    """A property whose value is kept in the object, where Python looks first from then on."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, holder: None, kind: type) -> once[T]: ...

    @overload
    def __get__(self, holder: object, kind: type) -> T: ...

    def __get__(self, holder: object | None, kind: type) -> once[T] | T:
        if holder is None:
            return self
        found = self._find(holder)
        holder.__dict__[self._name] = found
        return found
