"""What is kept of a paper that several turned out to be: nothing that the reader did or a service said is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from tui.desk.filling import Filling
from tui.desk.rack import NOTHING_ASKED, Rack
from tui.library import PaperState
from tui.model import STATES, Choices, Inquiry, Marks

NOTHING_KEPT = PaperState()
"""The state of a paper of which nothing is kept."""


Note = Callable[[Mapping[str, PaperState], Mapping[str, PaperState]], object]


class Uniting:
    """Makes one paper of those that turned out to be one work."""

    def __init__(self, rack: Rack, filling: Filling) -> None:
        self._rack = rack
        self._filling = filling

    def merge(self, best: str, olds: Collection[str], note: Note = lambda *_: None) -> None:
        """Let the papers *olds* be the paper *best* from now on; *note* hears of the states before and after it."""
        if not olds:
            return
        before = {name: self._rack.state(name) for name in (best, *olds)}
        inquiries = [found for name in before if (found := self._rack.inquiry(name)) != NOTHING_ASKED]
        after = {old: dataclasses.replace(before[old], merged_into=best) for old in olds}
        after[best] = dataclasses.replace(united(tuple(before.values())), merged_into=None)
        note(before, after)
        self._filling.put_states(after)
        if inquiries and (len(inquiries) > 1 or self._rack.inquiry(best) == NOTHING_ASKED):
            self._filling.put_inquiries({best: united_inquiries(inquiries)})


def united(states: Sequence[PaperState]) -> PaperState:
    """Return the state of a paper that several turned out to be, the best first: nothing is lost."""
    choices = Choices(
        values={name: value for state in reversed(states) for name, value in state.choices.values.items()},
        sources={name: value for state in reversed(states) for name, value in state.choices.sources.items()},
        taken=tuple(dict.fromkeys(name for state in states for name in state.choices.taken)),
        refused=tuple(dict.fromkeys(name for state in states for name in state.choices.refused)),
        apart=tuple(dict.fromkeys(name for state in states for name in state.choices.apart)),
        version=next((state.choices.version for state in states if state.choices.version), None),
    )
    return dataclasses.replace(states[0], marks=joined(state.marks for state in states), choices=choices)


def united_inquiries(inquiries: Sequence[Inquiry]) -> Inquiry:
    """Return what services said of a paper that several turned out to be, the best first."""
    return Inquiry(
        answers=_unique((answer.name, answer) for each in inquiries for answer in each.answers),
        offers=_unique((offer.answer.name, offer) for each in inquiries for offer in each.offers),
        replies=_unique((reply.question, reply) for each in inquiries for reply in each.replies),
        waiting=any(each.waiting for each in inquiries),
        done=max((each.done or "" for each in inquiries), default="") or None,
    )


_T = TypeVar("_T")


def _unique(named: Iterable[tuple[str, _T]]) -> tuple[_T, ...]:
    """Return the first thing of each name, in order."""
    found: dict[str, _T] = {}
    for name, thing in named:
        found.setdefault(name, thing)
    return tuple(found.values())


def filled(state: PaperState, brought: PaperState) -> PaperState:
    """Return *state* with those parts of *brought* of which it has nothing itself."""
    marks = brought.marks if state.marks == NOTHING_KEPT.marks else state.marks
    choices = brought.choices if state.choices == NOTHING_KEPT.choices else state.choices
    if marks is state.marks and choices is state.choices:
        return state
    return PaperState(marks, choices, state.merged_into, state.extra)


def joined(marks: Iterable[Marks]) -> Marks:
    """Return the marks of papers that turned out to be one: nothing that the reader did is lost."""
    all_marks = list(marks)
    notes = dict.fromkeys(each.note for each in all_marks if each.note)
    return dataclasses.replace(
        all_marks[0],
        marked=any(each.marked for each in all_marks),
        starred=any(each.starred for each in all_marks),
        state=max((each.state for each in all_marks), key=STATES.index),
        tags=tuple(dict.fromkeys(tag for each in all_marks for tag in each.tags)),
        note="\n\n".join(notes),
        key=next((each.key for each in all_marks if each.key), None),
        removed=all(each.removed for each in all_marks),
    )
