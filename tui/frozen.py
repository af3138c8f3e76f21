"""Frozen dataclasses whose making costs a start next to nothing: ``dataclass(frozen=True)`` of the standard library.

The standard library compiles six methods for each class when its module is loaded, some 0.6 ms a class; with the
seventy that stand behind the first screen that was an eighth of a start. Here five of the six are shared, and
``__init__`` is compiled when a first object is made. Whoever writes or checks a class sees the standard library's
decorator; ``tests/test_frozen.py`` holds this one to it. What that has beside ``frozen`` (slots, an order, fields by
name only) is not here: such a class takes the standard one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    import sys
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

    class _Made:
        """What stands in a signature for a default that is made for each object."""

        def __repr__(self) -> str:
            return "<factory>"

    _MADE = _Made()

    def _init(cls: type) -> Callable[..., None]:
        given, head, body, kinds = {"_set": object.__setattr__, "_made": _MADE}, ["self"], [], {}
        for each in dataclasses.fields(cls):
            name, own, made = each.name, f"_of_{each.name}", each.default_factory is not dataclasses.MISSING
            given[own] = each.default_factory if made else each.default
            if each.init:
                default = "" if given[own] is dataclasses.MISSING else "=_made" if made else f"={own}"
                head.append(name + default)
                kinds[name] = each.type
                body.append(f"_set(self, {name!r}, {f'{own}() if {name} is _made else {name}' if made else name})")
            elif made:
                body.append(f"_set(self, {name!r}, {own}())")
        body.append("self.__post_init__()" if hasattr(cls, "__post_init__") else "return")
        lines = "\n  ".join((f"def make({', '.join(given)}):\n def __init__({', '.join(head)}):", *body))
        room: dict[str, Any] = {}
        # As the standard library does: names are all that comes into it, and annotations find their module.
        exec(f"{lines}\n return __init__", vars(sys.modules[cls.__module__]), room)  # noqa: S102 - see above
        made_init = room["make"](**given)
        made_init.__qualname__ = f"{cls.__qualname__}.__init__"
        made_init.__annotations__ = {**kinds, "return": None}
        return made_init

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
