"""Answers of other shapes than a service's own, made of a right one: what every parser must take or refuse in words."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from tui.errors import AnswerError
from tui.model import Answer
from tui.providers.asking import Provider

_STRANGE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(
        ["", "10.", "https://[", "http://\ud800", "<p", "&#0;", "2021-99-99", "\x1b]0;x\x07", 10**400, [[None]]]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=5), st.dictionaries(st.text(max_size=3), st.none()))),
    st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
)


def places(value: Any) -> list[tuple[Any, ...]]:
    """Return the way to every value inside of *value*, as keys and positions."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(name, *rest) for name, part in pairs for rest in [(), *places(part)]]


@st.composite
def broken(draw: st.DrawFn, right: Any) -> bytes:
    """Draw *right* as JSON with one to four of its values replaced, wrapped or left out, and sometimes cut."""
    changed = copy.deepcopy(right)
    for _ in range(draw(st.integers(1, 4))):
        ways = places(changed)
        if not ways:
            break
        *way, last = draw(st.sampled_from(ways))
        inside = changed
        for step in way:
            inside = inside[step]
        deed = draw(st.sampled_from(["replace", "wrap", "leave out"]))
        if deed == "leave out":
            del inside[last]
        else:
            inside[last] = draw(_STRANGE) if deed == "replace" else [inside[last]]
    content = json.dumps(changed).encode()
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 9)) == 0 else content


def parsed(provider: Provider, content: bytes) -> tuple[Answer, ...]:
    """Return what *provider* reads in *content*, nothing where it refuses it in words; another error ends the test."""
    try:
        return provider.parse(content)
    except AnswerError as error:
        if len(str(error).split()) < 4:
            raise AssertionError(f"{error!r} is no sentence for a reader") from error
        return ()
