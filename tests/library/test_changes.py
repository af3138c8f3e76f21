"""What a step changed of a paper is taken back, and nothing that was done to it otherwise."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library import papers
from tui.errors import LibraryError
from tui.library import PaperState
from tui.library.changes import Change, apply, as_document, difference, from_document
from tui.model import Choices, Marks

states = st.builds(
    PaperState,
    marks=papers.marks,
    choices=papers.choices,
    merged_into=st.none() | st.sampled_from(["arxiv:1", "arxiv:2"]),
    extra=st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=1),
)

_KINDS = {"marks": Marks, "choices": Choices}
PLACES = [(part, item.name) for part, kind in _KINDS.items() for item in dataclasses.fields(kind)]


def with_field(state: PaperState, place: tuple[str, str], other: PaperState) -> PaperState:
    part, name = place
    return dataclasses.replace(
        state,
        **{part: dataclasses.replace(getattr(state, part), **{name: getattr(getattr(other, part), name)})},  # type: ignore[arg-type]
    )


def changed(before: PaperState, after: PaperState) -> Change:
    return difference(before, after) or Change({}, {})


@given(states, states)
def test_doing_leads_from_one_state_to_the_other_and_taking_back_leads_back(one: PaperState, two: PaperState) -> None:
    change = changed(one, two)
    there = dataclasses.replace(two, extra=one.extra)
    assert apply(one, change) == there
    assert apply(there, change, back=True) == one
    assert apply(apply(there, change, back=True), change) == there


@given(states, states)
def test_doing_or_taking_back_twice_is_doing_it_once(one: PaperState, two: PaperState) -> None:
    change = changed(one, two)
    assert apply(apply(one, change), change) == apply(one, change)
    assert apply(apply(two, change, back=True), change, back=True) == apply(two, change, back=True)


@given(states, states, states)
def test_fields_that_a_step_did_not_touch_are_never_touched(one: PaperState, two: PaperState, now: PaperState) -> None:
    change = changed(one, two)
    for back in (False, True):
        after = apply(now, change, back)
        for part, name in PLACES:
            if f"{part}.{name}" not in change.before:
                assert getattr(getattr(after, part), name) == getattr(getattr(now, part), name)
        if "merged_into" not in change.before:
            assert after.merged_into == now.merged_into
        assert after.extra == now.extra


@given(states, states, st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_steps_on_different_fields_are_taken_back_in_any_order(
    start: PaperState, other: PaperState, one: tuple[str, str], two: tuple[str, str]
) -> None:
    if one == two:
        return
    middle = with_field(start, one, other)
    end = with_field(middle, two, other)
    first, second = changed(start, middle), changed(middle, end)
    assert apply(apply(end, second, back=True), first, back=True) == start
    assert apply(apply(end, first, back=True), second, back=True) == start
    assert apply(apply(start, second), first) == end


tags = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6).map(tuple)


def tagged(names: tuple[str, ...]) -> PaperState:
    return PaperState(Marks(tags=names))


@given(tags, st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("def")))
def test_steps_on_different_tags_are_taken_back_in_any_order(
    start: tuple[str, ...], flipped: set[str], also: set[str]
) -> None:
    def flip(names: tuple[str, ...], which: set[str]) -> tuple[str, ...]:
        return (*(name for name in names if name not in which), *sorted(which - set(names)))

    middle, end = flip(start, flipped), flip(flip(start, flipped), also)
    first, second = changed(tagged(start), tagged(middle)), changed(tagged(middle), tagged(end))
    for order in ((second, first), (first, second)):
        state = tagged(end)
        for change in order:
            state = apply(state, change, back=True)
        assert set(state.marks.tags) == set(start)
        assert len(state.marks.tags) == len(start)


@pytest.mark.parametrize(
    ("before", "after", "now", "back"),
    [
        (("a", "b"), ("b",), ("b",), ("a", "b")),
        (("a", "b"), ("b",), ("b", "c"), ("a", "b", "c")),
        (("a", "b", "c"), ("a", "c"), ("a", "c", "d"), ("a", "b", "c", "d")),
        ((), ("a",), ("x", "a", "y"), ("x", "y")),
        ((), ("a",), (), ()),
        (("a",), (), ("a", "b"), ("a", "b")),
    ],
)
def test_of_tags_only_what_the_step_did_is_taken_back(
    before: tuple[str, ...], after: tuple[str, ...], now: tuple[str, ...], back: tuple[str, ...]
) -> None:
    change = changed(tagged(before), tagged(after))
    assert apply(tagged(now), change, back=True).marks.tags == back


def test_of_edited_fields_only_those_of_the_step_are_taken_back() -> None:
    start = PaperState(choices=Choices(values={"title": "A", "year": "2020"}))
    end = PaperState(choices=Choices(values={"title": "B", "venue": "C"}))
    now = PaperState(choices=Choices(values={"title": "B", "venue": "mine", "doi": "10.1/x"}))
    back = apply(now, changed(start, end), back=True)
    assert back.choices.values == {"title": "A", "year": "2020", "venue": "mine", "doi": "10.1/x"}


def test_what_somebody_else_set_since_stays() -> None:
    change = changed(PaperState(Marks(state="new")), PaperState(Marks(state="read")))
    now = PaperState(Marks(state="to read", marked=True))
    assert apply(now, change, back=True) == now


def test_two_states_alike_are_no_change() -> None:
    assert difference(PaperState(), PaperState()) is None
    assert difference(PaperState(extra={"a": 1}), PaperState()) is None


@given(states, states)
def test_a_change_comes_back_from_its_document(one: PaperState, two: PaperState) -> None:
    change = changed(one, two)
    assert from_document(json.loads(json.dumps(as_document(change)))) == change


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"before": [], "after": {}},
        {"before": {"marks.mood": "x"}, "after": {"marks.mood": "y"}},
        {"before": {"marks.state": "new"}, "after": {"marks.marked": True}},
    ],
)
def test_a_change_that_is_not_understood_is_refused_whole(document: dict[str, object]) -> None:
    with pytest.raises(LibraryError, match=r"newer paperrack|before and after"):
        from_document(document)


@given(papers.json_values, papers.json_values)
def test_whatever_values_a_document_has_its_change_can_be_applied(one: object, two: object) -> None:
    names = ("marks.tags", "choices.values", "marks.state", "marks.key", "merged_into")
    change = from_document({"before": dict.fromkeys(names, one), "after": dict.fromkeys(names, two)})
    for back in (True, False):
        assert isinstance(apply(PaperState(Marks(tags=("a",))), change, back), PaperState)
