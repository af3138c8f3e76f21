"""What is found out once of an object and kept in it: properties, as :func:`functools.cached_property` without the lock
that it takes up to 3.11, and functions of the object.

A block has several, a large page thirty thousand blocks, and a thread reads its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar, overload

H = TypeVar("H")
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


def kept(find: Callable[[H], T]) -> Callable[[H], T]:
    """Return the function *find* of one frozen object, whose answer is kept in the object from the first call on.

    What a line of a digest is (whether it only links, which papers it names) is asked by one kind after another.
    """
    # No attribute is called that.
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def found(holder: H) -> T:
        known: dict[str, Any] = holder.__dict__
        if name in known:
            answer: T = known[name]
            return answer
        answer = known[name] = find(holder)
        return answer

    return found
