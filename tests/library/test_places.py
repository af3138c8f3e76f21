"""Where documents lie in the bytes of a file, whoever laid it out."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.papers import json_values
from tui.library import places
from tui.library.places import places_of
from tui.library.storage import DamagedError, document_in, examined, parsed, serialised

Data = dict[str, dict[str, dict[str, Any]]]

tables = st.dictionaries(
    st.text(max_size=9).filter(lambda name: name != "_meta"),
    st.dictionaries(
        st.integers(0, 9999).map(str), st.dictionaries(st.text(max_size=9), json_values, max_size=3), max_size=4
    ),
    max_size=3,
)


def _check(raw: bytes, data: Data) -> None:
    found = {
        name: {str(number): document_in(raw[start : start + length]) for number, (start, length) in table.items()}
        for name, table in places_of(raw, data).items()
    }
    assert found == data


@given(tables)
def test_the_bytes_of_a_place_are_the_document(data: Data) -> None:
    _check(serialised(data), data)


@given(tables, st.sampled_from([None, 0, 3]), st.booleans(), st.sampled_from(["\n", "\r\n", "\t\n "]))
def test_they_are_in_a_file_of_any_layout_too(data: Data, indent: int | None, ascii_only: bool, line_end: str) -> None:
    try:
        text = json.dumps({"_meta": {"1": {}}, **data}, indent=indent, ensure_ascii=ascii_only)
        raw = text.replace("\n", line_end).encode()
    except UnicodeEncodeError:
        return
    _check(raw, data)


def test_the_library_s_own_files_are_not_walked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    data: Data = {"entries": {"1": {"entry": {}, "paper": "a: {"}, "2": {}}, "issue": {"1": {"id": "x"}}, "none": {}}
    monkeypatch.delattr(places, "_by_walking")
    _check(serialised(data), data)


@pytest.mark.parametrize(
    "text",
    [
        '{"papers": 5, "papers": {"1": {"id": "a"}}}',
        '{"papers": {"x": {}, "y": 5}, "papers": {"1": {"id": "a"}}}',
        '{"papers": {"1": {"id": "b"}, "x": {}}, "papers": {"1": {"id": "a"}}}',
        '{"papers": {"1": {"id": "a"}, "1": {"id": "a"}}}',
        '{"papers": {"01": {"id": "a"}}}',
        ' { "papers" :{"1" : {"id":"a"} } } ',
    ],
)
def test_what_is_said_last_holds_as_it_does_for_whoever_reads_the_whole(text: str) -> None:
    assert parsed(text.encode())[0] == {"papers": {"1": {"id": "a"}}}
    _check(text.encode(), {"papers": {"1": {"id": "a"}}})


@pytest.mark.parametrize(
    "text",
    [
        '{"papers": {"1": {"id": "a"}}, "papers": {"1": {"id": "b"}}}',
        '{"papers": {"1": {"id": "a"}, "1": {"id": "b"}}}',
        '{"papers": {"1": {"id": "a"}, "01": {"id": "b"}, "1": {"id": "b"}}}',
        '{"papers": {\n"1": {"id": "a"},\n"1": {"id": "b"}\n}}\n',
    ],
)
def test_documents_under_one_number_are_all_there_and_the_later_has_a_number_of_its_own(text: str) -> None:
    found = examined(text.encode())
    assert (found.tables, found.sound) == ({"papers": {"1": {"id": "a"}, "2": {"id": "b"}}}, False)
    _check(text.encode(), found.tables)
    assert parsed(serialised(found.tables))[0]["papers"] == found.tables["papers"]


def test_a_checksum_that_fits_the_last_of_two_does_not_cost_the_first() -> None:
    raw = serialised({"papers": {"1": {"id": "a"}}}).replace(b'"1": {"id"', b'"1": {"id": "b"},\n"1": {"id"')
    found = examined(raw)
    assert not found.sound
    assert [each["id"] for each in found.tables["papers"].values()] == ["b", "a"]


@given(st.lists(st.tuples(st.sampled_from(["1", "01", "2", "3", "9" * 15]), st.integers(0, 9)), max_size=30))
def test_whatever_the_numbers_nothing_is_lost_and_all_can_be_read_again(members: list[tuple[str, int]]) -> None:
    text = ", ".join(f'"{number}": {{"id": {value}}}' for number, value in members)
    raw = f'{{"papers": {{{text}}}}}'.encode()
    papers = parsed(raw)[0]["papers"]
    expected = {(int(number), value) for number, value in members}
    assert sorted(each["id"] for each in papers.values()) == sorted(value for _, value in expected)
    _check(raw, {"papers": papers})
    assert parsed(serialised({"papers": papers}))[0]["papers"] == papers


def test_many_documents_under_one_number_take_no_more_than_their_length() -> None:
    text = ", ".join(f'"7": {{"id": {number}}}' for number in range(50_000))
    started = time.process_time()
    assert len(parsed(f'{{"papers": {{{text}}}}}'.encode())[0]["papers"]) == 50_000
    assert time.process_time() - started < 10  # a fraction of a second; comparing each with each takes minutes


def test_a_large_file_of_another_layout_takes_no_more_than_its_length() -> None:
    # Places are in bytes: counting those before each document anew would take the square of their number.
    data: Data = {"papers": {str(number): {"id": f"ü{number}"} for number in range(20_000)}}
    found = places_of(json.dumps(data, ensure_ascii=False).encode(), data)["papers"]
    assert len(found) == 20_000


@given(st.binary(max_size=60))
def test_no_bytes_are_a_document_without_being_json(raw: bytes) -> None:
    try:
        value = document_in(raw)
    except ValueError:
        return
    assert json.dumps(value) is not None


def test_nesting_without_end_is_no_document() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        document_in(b"[" * 200_000)
    with pytest.raises(DamagedError):
        parsed(b'{"papers": {"1": {"a": ' + b"[" * 200_000)
