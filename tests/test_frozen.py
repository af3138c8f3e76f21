"""The frozen dataclasses that are made late are those of the standard library, seen from everywhere else."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any, ClassVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import frozen


class Mixed:
    """What comes before the fields of a class, as the cleaning of strings does."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", getattr(self, "name", "").strip())


def plain(dataclass: Callable[..., Callable[[type], type]]) -> type:
    """Return a class made by *dataclass* that has one of everything."""

    @dataclass(frozen=True)
    class Plain(Mixed):
        """Each kind of field."""

        KIND: ClassVar[str] = "plain"
        name: str
        count: int = 0
        parts: tuple[str, ...] = ()
        more: dict[str, str] = dataclasses.field(default_factory=dict, compare=False)
        secret: str = dataclasses.field(default="", repr=False)
        fixed: int = dataclasses.field(default=7, init=False)

    return Plain


def child(dataclass: Callable[..., Callable[[type], type]]) -> type:
    """Return a class made by *dataclass* that adds to another's fields, and has its own way of being shown."""
    parent = plain(dataclass)

    @dataclass(frozen=True)
    class Child(parent):  # type: ignore[misc, valid-type]  # one that is only known when the test runs
        """A field more."""

        last: str | None = None

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return Child


def single(dataclass: Callable[..., Callable[[type], type]]) -> type:
    """Return a class made by *dataclass* with one field."""

    @dataclass(frozen=True)
    class Single:
        """One field."""

        value: Any

    return Single


def bare(dataclass: Callable[..., Callable[[type], type]]) -> type:
    """Return a class made by *dataclass* without fields."""

    @dataclass(frozen=True)
    class Bare:
        """No field."""

    return Bare


MADE = (plain, child, single, bare)
OURS = cast(Callable[..., Callable[[type], type]], frozen.dataclass)
THEIRS = cast(Callable[..., Callable[[type], type]], dataclasses.dataclass)

_values = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["", " a", "a", "b"]),
        "count": st.integers(0, 2),
        "parts": st.sampled_from([(), ("a",)]),
        "more": st.sampled_from([{}, {"a": "b"}]),
        "secret": st.sampled_from(["", "s"]),
        "last": st.sampled_from([None, "z"]),
        "value": st.sampled_from([1, 1.0, "a", (), [], float("nan")]),
        "stranger": st.just(1),
    },
)


def outcome(done: Callable[[], object]) -> object:
    """Return what *done* returns, or the kind and the words of its error."""
    try:
        return done()
    except (TypeError, AttributeError) as error:
        return type(error), str(error)


def compared(make: Callable[..., type], one: dict[str, Any], other: dict[str, Any], dataclass: object) -> object:
    """Return all that can be seen of two objects of a class, made of *one* and of *other*."""
    cls = make(dataclass)

    def seen() -> object:
        left, right = cls(**one), cls(**other)
        return (
            repr(left), dataclasses.asdict(left), left == right, left == one, left.__eq__(one),
            outcome(lambda: hash(left) == hash(right)), outcome(lambda: dataclasses.asdict(dataclasses.replace(left))),
            outcome(lambda: setattr(left, "name", "x")), outcome(lambda: delattr(left, "name")),
            outcome(lambda: setattr(left, "stranger", "x")),
        )  # fmt: skip

    return outcome(seen)


@given(st.sampled_from(MADE), _values, _values)
def test_objects_are_made_shown_compared_and_kept_as_those_of_the_standard_library(
    make: Callable[..., type], one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert repr(compared(make, one, other, OURS)) == repr(compared(make, one, other, THEIRS))


@pytest.mark.parametrize("make", MADE)
def test_a_class_tells_of_itself_what_the_standard_one_does(make: Callable[..., type]) -> None:
    ours, theirs = make(OURS), make(THEIRS)
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert inspect.get_annotations(ours.__init__) == inspect.get_annotations(theirs.__init__)  # type: ignore[misc]
    assert [each.name for each in dataclasses.fields(ours)] == [each.name for each in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__  # type: ignore[attr-defined]  # every dataclass has it
    assert ours.__init__.__qualname__ == theirs.__init__.__qualname__  # type: ignore[misc]  # looked at, not called
    assert ours.__doc__ == theirs.__doc__


@frozen.dataclass(frozen=True)
class Kept:
    """One that a file or another process can hold."""

    name: str
    more: dict[str, int] = dataclasses.field(default_factory=dict)


def test_an_object_is_pickled_and_each_has_its_own_default() -> None:
    one = Kept("a")
    one.more["x"] = 1
    assert pickle.loads(pickle.dumps(one)) == one
    assert Kept("a").more == {}


def test_what_changes_is_left_to_the_standard_library() -> None:
    with pytest.raises(TypeError, match="standard library"):
        OURS(frozen=False)


def test_nothing_is_compiled_before_an_object_is_made() -> None:
    made = plain(OURS)
    assert not callable(vars(made)["__init__"])
    made(name="a")
    assert inspect.isfunction(vars(made)["__init__"])
