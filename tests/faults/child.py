"""The program that is killed: works on a library through the desk, and says what it puts and what it was told is saved.

``python -m tests.faults.child FOLDER SEED SERVICES [STEPS]``; each line on stdout is a JSON object: ``doing`` a word on
what begins now, ``put`` what is about to be put (by name, its digest), ``saved`` that all of that is on the disk.
Without STEPS it goes on until it is killed.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench import papers
from tests.faults.ledger import digest
from tui.desk import Desk
from tui.desk.taking import Brought
from tui.library import Library, PaperState
from tui.model import Issue, Marks
from tui.settings import PROVIDERS, Provider, Settings

STATES = ("new", "to read", "reading", "read", "dropped")
MOST_ISSUES = 12
"""How many issues more than at first there may be, before one goes for each that comes."""
_PATIENCE = 3.0


def tell(**line: Any) -> None:
    """Write one line in one call: a killed program has written it whole or not at all."""
    os.write(1, json.dumps(line).encode() + b"\n")


class Told(Library):
    """A library that says what is put into it, before it is put."""

    def put_states(
        self, changed: Mapping[str, PaperState], later: bool = False, before: Mapping[str, PaperState] | None = None
    ) -> None:
        """Say and put *changed*."""
        tell(put={f"state {name}": digest(state) for name, state in changed.items()})
        super().put_states(changed, later, before)

    def put_inquiries(self, changed: Mapping[str, Mapping[str, Any]], later: bool = False) -> None:
        """Say and put *changed*."""
        tell(put={f"inquiry {name}": digest(dict(shape)) for name, shape in changed.items()})
        super().put_inquiries(changed, later)

    def put_issue(self, issue: Issue, papers: Sequence[str], meanwhile: Any = None) -> Any:
        """Say and put *issue*."""
        tell(put={f"issue {issue.id}": digest((issue, tuple(papers)))})
        return super().put_issue(issue, papers, meanwhile)

    def remove_issue(self, issue_id: str) -> None:
        """Say and remove the issue."""
        tell(put={f"issue {issue_id}": None})
        super().remove_issue(issue_id)


class Work:
    """What a reader does all day, at random but the same for the same *seed*."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self._desk = desk
        self._chance = random.Random(seed)
        self._fresh = self._issues(seed)
        self._most = len(desk.shelf()) + MOST_ISSUES
        self._names = tuple(itertools.islice(desk.papers(), 5000))

    def _issues(self, seed: int) -> Iterator[Issue]:
        """Issues that nobody has; many of their papers are in the library under the same identifiers."""
        for number in itertools.count():
            for issue in papers.issues(200, seed + number):
                yield dataclasses.replace(issue, number=f"{seed}.{number}.{issue.number}")

    def _some(self, most: int = 1) -> list[str]:
        rack = self._desk.rack
        chosen = self._chance.choices(self._names, k=self._chance.randint(1, most))
        return [name for name in dict.fromkeys(map(rack.canonical, chosen)) if name in rack]

    def _change(self, most: int = 1, **values: Any) -> None:
        self._desk.marking.change(self._some(most), "changed", lambda marks: dataclasses.replace(marks, **values))

    def mark(self) -> None:
        """Mark one paper, or take its mark away."""
        self._desk.marking.mark(self._some(), self._chance.random() < 0.6)

    def mark_many(self) -> None:
        """Mark up to forty papers at once."""
        self._desk.marking.mark(self._some(40), self._chance.random() < 0.6)

    def note(self) -> None:
        """Write a note of 10 to 9,000 letters."""
        length = int(10 ** self._chance.uniform(1, 3.95))
        self._change(note=f"{self._chance.random()} " + "x" * length)

    def sort(self) -> None:
        """Give a state and tags."""
        tags = tuple(self._chance.sample(("thesis", "später", "graphs", "引用"), k=self._chance.randint(0, 2)))
        self._change(3, state=self._chance.choice(STATES), tags=tags, starred=self._chance.random() < 0.5)

    def go_back(self) -> None:
        """Undo, and sometimes redo."""
        self._desk.marking.undo()
        if self._chance.random() < 0.5:
            self._desk.marking.redo()

    def take_in(self) -> None:
        """Take an issue in; where there are many, one goes first."""
        shelf = self._desk.shelf()
        if len(shelf) > self._most:
            self._desk.remove([self._chance.choice(shelf).id])
        self._desk.keep(next(self._fresh), [Brought(PaperState(Marks(note="came along")))])

    def fetch(self) -> None:
        """Look a few papers up."""
        looking, end = self._desk.looking, time.monotonic() + _PATIENCE
        looking.ask(self._some(3), refresh=True)
        while looking.busy and time.monotonic() < end:
            looking.wait(0.02)
            looking.collect()

    def step(self) -> None:
        """Do one thing, and most times wait until it is saved."""
        ways: list[Callable[[], None]] = [
            self.mark, self.mark_many, self.note, self.sort, self.go_back, self.take_in, self.fetch,
        ]  # fmt: skip
        (way,) = self._chance.choices(ways, weights=[30, 5, 20, 15, 5, 8, 6])
        tell(doing=way.__name__)
        way()
        if self._chance.random() < 0.75:
            self._desk.library.flush()
            tell(saved=True)


def settings(services: str) -> Settings:
    """Return the settings with every provider asking *services*, an address on this machine."""
    return dataclasses.replace(
        Settings(), providers={name: Provider(base_url=f"{services}/{name}", pace=0.0) for name in PROVIDERS}
    )


def main() -> None:
    """Work until the steps are done, or for ever."""
    folder, seed, services, *steps = sys.argv[1:]
    tell(doing="open")
    with Desk(Told(Path(folder)), settings(services)) as desk:
        work = Work(desk, int(seed))
        tell(doing="ready")
        for _ in range(int(steps[0])) if steps else itertools.count():
            work.step()
        tell(doing="close")
    tell(saved=True)


if __name__ == "__main__":
    main()
