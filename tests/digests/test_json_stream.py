"""JSON read from a file piece by piece gives what reading it whole gives, and where each element stands."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.digests import json_stream
from tui.digests.json_stream import Element, decoded, elements, file_elements

BLANKS = st.text(" \t\n\r", max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("aé王\\\"[]{},😀 \n", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aé\"", max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def in_file(data: bytes, limit: int = 10**9) -> list[Element]:
    return list(file_elements(BytesIO(data), limit, lambda value: False))


@pytest.fixture
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 7)


@settings(deadline=None)
@given(st.lists(VALUES, max_size=6), BLANKS, st.booleans(), st.integers(1, 40), st.booleans())
def test_a_file_in_pieces_of_any_size_gives_the_elements_of_the_list_and_their_places(
    values: list[Any], blank: str, ascii_only: bool, chunk: int, marked: bool
) -> None:
    written = [json.dumps(value, ensure_ascii=ascii_only) for value in values]
    text = f"{blank}[{blank}" + f"{blank},{blank}".join(written) + f"{blank}]{blank}"
    data = (b"\xef\xbb\xbf" if marked else b"") + text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", chunk)
        found = in_file(data)
    assert [(each.value, each.broken) for each in found] == [(value, None) for value in values]
    assert [decoded(data[each.start : each.start + each.length]) for each in found] == values
    assert [each.line for each in found] == [each.line for each in elements(text)]


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_a_file_that_is_cut_ends_as_the_same_text_does(values: list[Any], data: st.DataObject) -> None:
    text = json.dumps(values)
    text = text[: data.draw(st.integers(1, len(text)))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", data.draw(st.integers(1, 40)))
        found = in_file(text.encode())
    wanted = list(elements(text))
    assert [(each.value, each.line) for each in found if not each.broken] == [
        (each.value, each.line) for each in wanted if not each.broken
    ]
    assert [bool(each.broken) for each in found] == [bool(each.broken) for each in wanted]


def test_one_object_is_one_element_and_what_follows_is_reported() -> None:
    assert [each.value for each in in_file(b' {"a": 1} ')] == [{"a": 1}]
    first, last = in_file(b'{"a": 1} and more')
    assert (first.value, last.broken) == ({"a": 1}, "text stands behind the JSON")


@pytest.mark.usefixtures("in_small_pieces")
@pytest.mark.parametrize("number", ["2", "2.5", "-2.5e+30", "123456789012345", "true", "null"])
def test_a_number_is_not_cut_where_a_piece_ends(number: str) -> None:
    for before in range(10):
        assert in_file(b"[" + b" " * before + number.encode() + b"]")[0].value == json.loads(number)


@pytest.mark.usefixtures("in_small_pieces")
def test_an_element_that_is_too_long_ends_the_reading_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_ELEMENT", 1000)
    first, last = in_file(b'["ok", "' + b"x" * 100_000 + b'", "never"]')
    assert first.value == "ok"
    assert last.broken == "an element is longer than 1,000 characters; nothing is read from here on"


def test_a_mistake_is_found_without_reading_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 100)

    class Counted(BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.given += len(data)
            return data

    file = Counted(b'[{"a": 1}, {"b" 2}, ' + b"{}, " * 100_000)
    *_, last = file_elements(file, 10**9, lambda value: True)
    assert last.broken
    assert "Expecting" in last.broken
    assert file.given < 1000


def test_deep_nesting_is_a_sentence() -> None:
    (only,) = in_file(b"[" * 100_000)
    assert only.broken


def test_a_file_is_read_up_to_its_limit() -> None:
    found = in_file(b"[" + b"1234," * 1000 + b"5]", limit=50)
    assert 5 < len(found) < 15
    assert found[-1].broken == "only 50 characters are read"


def test_bytes_that_are_no_letters_cost_one_letter_and_not_the_paper() -> None:
    (only,) = in_file(b'[{"title": "Caf\xe9 au lait"}]')
    assert only.value == {"title": "Caf\ufffd au lait"}
