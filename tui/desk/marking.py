"""What the reader does with papers, each change a step that can be undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from tui.desk import writing
from tui.desk.filling import Filling
from tui.desk.history import History, Step
from tui.desk.rack import Rack
from tui.desk.searches import SavedSearches
from tui.library import PaperState
from tui.model import Choices, Issue, Marks


class Marking:
    """Marks and reading states of the papers in a library, and the way back.

    *others* does again, or takes back, what a step did to what is neither paper, nor issue, nor search.
    """

    def __init__(
        self, rack: Rack, filling: Filling, searches: SavedSearches, others: Callable[[Step, bool], object]
    ) -> None:
        self._rack = rack
        self._filling = filling
        self._searches = searches
        self._others = others
        self._history = History(rack.library)
        self.turned: tuple[str, ...] = ()
        """The papers that the last :meth:`undo` or :meth:`redo` was about."""

    def sync(self, whole: bool = False) -> bool:
        """Take in what another program changed in the library meanwhile; return whether anything did.

        *whole* looks at every file, also for what was written over in place, which moves nothing in a folder.
        """
        return self._filling.sync(whole)

    def change(self, names: Iterable[str], label: str, change: Callable[[Marks], Marks]) -> int:
        """Give each paper in *names* the marks that *change* makes of its own; return how many differ by it.

        It is one step for :meth:`undo`, called *label*.
        """
        return self._change(names, label, lambda state: dataclasses.replace(state, marks=change(state.marks)))

    def decide(self, name: str, label: str, change: Callable[[Choices], Choices]) -> int:
        """Give the paper the choices that *change* makes of its own, as one step; return 1 if they differ, else 0."""
        return self._change([name], label, lambda state: dataclasses.replace(state, choices=change(state.choices)))

    def _change(self, names: Iterable[str], label: str, change: Callable[[PaperState], PaperState]) -> int:
        self.sync()
        before: dict[str, PaperState] = {}
        after: dict[str, PaperState] = {}
        # Nobody else changes these papers between the look at them and the change.
        with self._rack.catalogue.change():
            for name in names:
                state = self._rack.state(name)
                changed = change(state)
                if changed != state:
                    before[name], after[name] = state, changed
            if after:
                # The way back before the change: a program that ends between the two leaves a step that does nothing.
                self._history.add(Step.between(label, before, after))
            self.put(after)
        return len(after)

    def mark(self, names: Iterable[str], on: bool = True) -> int:
        """Mark papers, or take their mark away; return how many that changed."""
        chosen = list(names)
        label = f"{count(len(chosen), 'paper')} {'marked' if on else 'unmarked'}"
        return self.change(chosen, label, lambda marks: dataclasses.replace(marks, marked=on))

    def mark_read(self, names: Iterable[str], on: bool = True) -> int:
        """Make papers read, or new again; return how many that changed."""
        chosen = list(names)
        label = f"{count(len(chosen), 'paper')} {'read' if on else 'unread'}"
        return self.change(chosen, label, lambda m: m if (m.read if on else m.unread) else _with_state(m, on))

    def remove(self, names: Iterable[str], on: bool = True) -> int:
        """Remove papers from every list, or bring them back; what was done with them is kept for then.

        They stay removed when other issues speak of them. Returns how many that changed.
        """
        chosen = list(names)
        label = f"{count(len(chosen), 'paper')} {'removed' if on else 'brought back'}"
        return self.change(chosen, label, lambda marks: dataclasses.replace(marks, removed=on))

    def undo(self) -> str | None:
        """Take the newest change back and return what it was called, or None where there is none.

        Raises LibraryError or ExportError, and leaves the step where it was.
        """
        self.turned = ()
        with self._history.undo() as step:
            return self._turned(step, back=True)

    def redo(self) -> str | None:
        """Do the change again that was undone last and return what it is called, or None where there is none."""
        self.turned = ()
        with self._history.redo() as step:
            return self._turned(step, back=False)

    def skip(self, back: bool = True) -> str | None:
        """Forget the newest change without taking it back and return what it was called, or None without any.

        Or, not *back*, the one that was undone last, without doing it again.
        """
        step = self._history.skip(back)
        return step.label if step else None

    def _turned(self, step: Step | None, back: bool) -> str | None:
        if step is None:
            return None
        self.turned = tuple(step.changes)
        if step.file:
            writing.put_back(step.file, back)
        self.sync()
        with self._rack.catalogue.change():
            states = step.states(self._rack.state, back)
            if back:
                states |= _apart(step, states)
            self.put(states)
        for name, shelved in step.issues(self._issue, back).items():
            if shelved is None:
                self._filling.remove_issue(name)
            else:
                self._filling.put_issue(shelved.issue, shelved.papers)
        self._searches.step(step, back)
        self._others(step, back)
        return step.label

    def _issue(self, name: str) -> Issue | None:
        return self._rack.issue(name) if self._rack.has_issue(name) else None

    def note(self, step: Step) -> None:
        """Make a step of what was done already."""
        self._history.add(step)

    def put(self, states: Mapping[str, PaperState]) -> None:
        """Keep *states* without making a step of it."""
        if states:
            self._filling.put_states(states)

    def keep_keys(self, keys: Mapping[str, str]) -> None:
        """Keep citation keys with papers that have none yet; no step, for a key that was given out never changes."""
        self.sync()
        states = {name: self._rack.state(name) for name in keys}
        self.put(
            {
                name: dataclasses.replace(state, marks=dataclasses.replace(state.marks, key=keys[name]))
                for name, state in states.items()
                if not state.marks.key
            }
        )


def _apart(step: Step, states: Mapping[str, PaperState]) -> dict[str, PaperState]:
    """Return the states of papers that are papers of their own again, told never to be made one by themselves."""
    found = {}
    for name, change in step.changes.items():
        other = change.after.get("merged_into")
        state = states.get(name)
        if other is not None and state is not None and state.merged_into is None:
            apart = tuple(dict.fromkeys((*state.choices.apart, other)))
            found[name] = dataclasses.replace(state, choices=dataclasses.replace(state.choices, apart=apart))
    return found


def _with_state(marks: Marks, read: bool) -> Marks:
    return dataclasses.replace(marks, state="read" if read else "new")


def count(number: int, noun: str) -> str:
    """Return ``1 paper``, ``2 entries`` or ``1,200 addresses``."""
    plural = noun + "es" if noun.endswith("s") else noun + "s"
    if noun.endswith("y") and not noun.endswith("ey"):
        plural = noun[:-1] + "ies"
    return f"{number:,} {noun if number == 1 else plural}"
