"""Frozen dataclasses whose making costs a start next to nothing: ``dataclass(frozen=True)`` of the standard library.

The standard library compiles six methods for each class when its module is loaded, some 0.6 ms a class; with the
seventy that stand behind the first screen that was an eighth of a start. Here five of the six are shared, and
``__init__``, the one that has to be compiled, is made by the standard library when a first object is. Whoever writes
or checks a class sees the standard library's decorator; ``tests/test_frozen.py`` holds this one to it. What it has
beside ``frozen`` (slots, an order, no ``__eq__``) is not here: such a class takes the standard one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable
    from operator import attrgetter
    from typing import Any, Never

    def dataclass(*, frozen: bool) -> Callable[[type], type]:
        """Return a decorator for a class whose objects never change (*frozen* says so where the class stands)."""
        if not frozen:
            raise TypeError("what changes takes the dataclass of the standard library")
        return _frozen

    def _frozen(cls: type) -> type:
        # It finds the fields, and compiles nothing of what it is told to leave.
        dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
        own = {"__init__": _Init(cls), "__repr__": _shown, **_compared(cls)}
        for name, method in own.items():
            if cls.__dict__.get(name) is None:
                setattr(cls, name, method)
        cls.__setattr__, cls.__delattr__ = _set, _delete
        return cls

    class _Init:
        """The ``__init__`` of a class, made when it is first looked up, which the first object does."""

        def __init__(self, cls: type) -> None:
            self.cls = cls

        def __get__(self, instance: object, owner: type) -> Callable[..., None]:
            made = _init(self.cls)
            # Two threads may come here at once: both make the same.
            self.cls.__init__ = made
            return made.__get__(instance, owner)

    def _init(cls: type) -> Callable[..., None]:
        fields = [(each.name, each.type, each) for each in dataclasses.fields(cls)]
        # A method of this name is only looked for: the one that is called is the object's.
        after = {"__post_init__": None} if hasattr(cls, "__post_init__") else {}
        twin = dataclasses.make_dataclass(cls.__name__, fields, namespace=after, frozen=True, repr=False, eq=False)
        made = twin.__init__
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    def _compared(cls: type) -> dict[str, Callable[..., Any]]:
        names = [each.name for each in dataclasses.fields(cls) if each.compare]
        values = attrgetter(*names) if names else type

        def equal(self: object, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self: object) -> int:
            return hash(values(self))

        return {"__eq__": equal, "__hash__": hashed}

    def _shown(self: object) -> str:
        values = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
        return f"{self.__class__.__qualname__}({', '.join(values)})"

    def _set(self: object, name: str, value: object) -> Never:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(self: object, name: str) -> Never:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
