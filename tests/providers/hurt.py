"""Answers gone wrong: a service's JSON with other shapes in some places, or cut and spoilt as bytes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "\x1b[31m",
            "\u202e",
            "https://[",
            "http://",
            "10.1/",
            "0",
            "²",
            "-1",
            "10.1234/\ud800x",
            "https://doi.org/10.1234/\ud800",
            "https://arxiv.org/abs/２１03.14030",
            "a" * 5000,
            "\ud800",
        ]
    ),
    st.just([]),
    st.just({}),
    st.just([[[]]]),
    st.just([None, 1, "x", {}]),
    st.just({"value": {"value": []}}),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path to every part of the JSON *value*."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in parts for place in _places(part, (*path, name)))]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return *value* with *new* at *path*, as it is where the path is there no more."""
    if not path:
        return new
    if isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _with(value[path[0]], path[1:], new)}
    if isinstance(value, list) and isinstance(path[0], int) and path[0] < len(value):
        return [_with(part, path[1:], new) if place == path[0] else part for place, part in enumerate(value)]
    return value


@st.composite
def hurt(draw: st.DrawFn, sample: object) -> bytes:
    """Return the JSON of *sample* with up to four odd values in it, and now and then spoilt bytes."""
    value: Any = sample
    for place in draw(st.lists(st.sampled_from(_places(sample)), min_size=1, max_size=4)):
        value = _with(value, place, draw(_ODD))
    content = json.dumps(value).encode()
    if draw(st.integers(0, 4)) == 0:
        where = draw(st.integers(0, len(content)))
        content = content[:where] + draw(st.binary(max_size=3))
    return content
