"""A round through the unread papers of a list, one after the other: where the reader is in it, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tui.desk.listing import Listing
from tui.model import Papers

if TYPE_CHECKING:
    from tui.desk.rack import Rack
    from tui.desk.triaging import Decided, Decision, Triaging


class Round:
    """The papers of a list that were unread when it began, from a place of that list on and round to it again.

    It goes in steps from 0: a step a paper, and behind those another one for each paper that is to come again. What
    is looked at of the papers is fetched when the round comes to it.
    """

    def __init__(self, triaging: Triaging, rack: Rack, papers: Papers, place: int) -> None:
        self.papers: Listing = triaging.unread(papers)
        self.left = len(self.papers)
        """How many of them are unread still."""
        self._triaging = triaging
        self._rack = rack
        here = triaging.next_unread(papers, place - 1)
        self._first = self.papers.index(papers[here]) if here is not None else 0
        self._step = self._furthest = 0
        self._over = not self.papers.nums
        self._again: list[int] = []
        self._decided: dict[str, tuple[Decision, int]] = {}

    # Where it is

    @property
    def current(self) -> str | None:
        """The id of the paper that the round is at, or None at its end."""
        return None if self._over else self._name(self._step)

    @property
    def decided(self) -> Mapping[Decision, int]:
        """How many papers each decision was made on."""
        return Counter(decision for decision, _ in self._decided.values())

    def decision(self, name: str) -> Decision | None:
        """Return what was decided on the paper in this round."""
        return self._decided[name][0] if name in self._decided else None

    def _index(self, step: int) -> int:
        count = len(self.papers)
        return (self._first + step) % count if step < count else self._again[step - count]

    def _name(self, step: int) -> str:
        return self._rack.canonical(self.papers[self._index(step)])

    # Going on

    def decide(self, decision: Decision) -> Decided:
        """Decide on the current paper and go on; the same decision once more takes it back, and stays.

        Raises LibraryError.
        """
        name = self._name(self._step)
        before = self._rack.marks(name).unread
        decided = self._triaging.decide([name], decision)
        if decided.state == "new":
            self._decided.pop(name, None)
            self.left += not before
        else:
            self._decided[name] = decision, self._step
            self.left -= before
            self.go_on()
        return decided

    def put_off(self) -> None:
        """Let the current paper come again at the end, and go on."""
        index = self._index(self._step)
        if index not in self._again[max(0, self._step - len(self.papers) + 1) :]:
            self._again.append(index)
        self.go_on()

    def pass_over(self) -> None:
        """Go on without a decision: over what was seen already step by step, and else to what is unread."""
        if self._step < self._furthest:
            self._step += 1
        else:
            self.go_on()

    def go_on(self) -> None:
        """Go to the next paper that is unread, or to the end."""
        after = self._next()
        self._over = after is None
        self._step = self._step if after is None else after
        self._furthest = max(self._furthest, self._step)

    def _next(self) -> int | None:
        count = len(self.papers)
        if self._step < count and (found := self._next_of_all()) is not None:
            return found
        for step in range(max(count, self._step + 1), count + len(self._again)):
            if self._rack.marks(self._name(step)).unread:
                return step
        return None

    def _next_of_all(self) -> int | None:
        """Return the next step whose paper is unread: from where the round began to the end, and then from the top."""
        index, count = self._index(self._step), len(self.papers)
        found = self._triaging.next_unread(self.papers, index)
        if index >= self._first:
            if found is not None:
                return found - self._first
            found = self._triaging.next_unread(self.papers, -1)
        return count - self._first + found if found is not None and found < self._first else None

    def go_back(self) -> None:
        """Go to the step before, whatever was decided there."""
        if self._over and len(self.papers):
            self._over = False
        else:
            self._step = max(0, self._step - 1)

    # What happens beside it

    def taken_back(self, names: Iterable[str]) -> bool:
        """Go back to the first of *names* that was decided on in this round: that is undone. Return whether any was."""
        found = [name for name in map(self._rack.canonical, names) if name in self._decided]
        for name in reversed(found):
            self._step, self._over = self._decided.pop(name)[1], False
            self.left += 1
        return bool(found)

    def recount(self) -> None:
        """Count anew what is left: another program decided, too."""
        self.left = len(self._triaging.unread(self.papers))
