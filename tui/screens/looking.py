"""Looking papers up: the keys that ask, and what arrives while the reader goes on reading."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from tui.desk import Desk
from tui.desk.marking import count
from tui.model import Job, Paper, Progress
from tui.screens.opening import Opening
from tui.widgets.details_text import ACTIONS, LookUp

SLICE = 0.003
"""Seconds for which what arrived is taken in at a time: answers come by the hundred, and keys come first."""

SHARE = 5
"""How many times as long as the last taking-in took the keys have the screen to themselves."""

PAUSE = 0.2
"""Seconds between two pictures of what arrived."""

STILL = 0.15
"""Seconds for which the cursor must not have moved before what arrived is taken in."""

PATIENCE = 0.8
"""Seconds after which it is taken in all the same, more of it at a time."""

REST = 0.6
"""Seconds that the cursor rests on a paper before it is looked up by itself, where the settings say so."""

BAR = 8
"""Cells of the progress bar."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Looking(Opening):
    """The keys that look papers up, on top of those that open."""

    class Arrived(Message):
        """A service answered; posted by the thread that heard it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.clock: Callable[[], datetime] = utc_now
        self._told = False
        self._next = self._moved = self._collected = self._pictured = 0.0
        self._changed: frozenset[str] = frozenset()
        self._picture: Timer | None = None
        self._batch = 0
        self._resumed = 0
        self._resting: Timer | None = None

    # What arrives

    def listen(self) -> None:
        """Take in from now on what services answer, and go on with what waited when the program ended."""
        self.desk.listen(self._hear)
        # Without anything to go on with, the look-ups are loaded when the first one is asked for.
        if self.desk.looks_up or self.desk.waiting():
            with self.telling():
                # Nothing is told of it: the line on top shows how far it is, and what came of it.
                self._batch = self._resumed = self.desk.looking.resume()
            self.say_progress()

    def on_unmount(self) -> None:
        """Hear no more."""
        self.desk.listen(None)

    def _hear(self) -> None:
        # In another thread. One message is enough, however much arrives before it is read.
        if not self._told:
            self._told = True
            self.post_message(self.Arrived())

    @on(Arrived)
    def _arrived(self) -> None:
        now = time.monotonic()
        # While the cursor moves, its keys come first; but not for ever, for then nothing would ever arrive.
        still = min(self._moved + STILL, self._collected + PATIENCE)
        if (wait := max(self._next, still) - now) > 0:
            self.set_timer(wait, self._arrived)
        else:
            self.collect()

    def collect(self) -> None:
        """Take in a slice of what arrived, and show it where it is seen; nothing moves under the reader."""
        self._told = False
        begun = time.monotonic()
        moving = begun < self._moved + STILL
        with self.telling():
            self._changed |= self.desk.looking.collect(5 * SLICE if moving else SLICE)
        self._collected = time.monotonic()
        self._next = self._collected + SHARE * (self._collected - begun)
        if self._picture is None:
            self._picture = self.set_timer(PAUSE, self._show_collected)

    def _show_collected(self) -> None:
        if time.monotonic() < self._moved + STILL and time.monotonic() < self._pictured + PATIENCE:
            self._picture = self.set_timer(STILL, self._show_collected)
            return
        self._pictured = time.monotonic()
        changed, self._changed, self._picture = self._changed, frozenset(), None
        self.show_changed(changed)
        self.say_progress()

    def show_changed(self, changed: Iterable[str]) -> None:
        """Show papers that are different now: in the list, where rows keep their order, and in the details."""
        names = frozenset(changed)
        self.show_on_card(names)
        current = self.paper_list.current
        if current is None or not names:
            return
        canonical = self.desk.rack.canonical
        if any(canonical(name) != name for name in names):
            # Some were found to be one work: the list has fewer papers.
            self.refresh_issues(canonical(current), details=False)
        else:
            self.paper_list.read_anew(names)
            self.count_searches()
        if names & {current, canonical(current)}:
            self.refresh_details(stay=True)

    def say_progress(self) -> None:
        """Show in the line on top how far the look-ups are, and say when a batch of them is through."""
        if not self.desk.looks_up:
            self.say_counts()
            return
        progress = self.desk.looking.progress()
        busy = progress.done < progress.total
        self.progress = f"{_bar(progress.done, progress.total)} {progress.done:,}/{progress.total:,}" if busy else ""
        if busy:
            self._batch = progress.total
        elif 0 < self._batch <= self._resumed:
            # The reader asked for it in an earlier run; without a network it would be told at every start.
            self.progress = f"{progress.failed:,} not looked up: {self.key('jobs')}" if progress.failed else ""
        elif self._batch > 1:
            self.tell(_summary(progress, self.key("jobs")), "warning" if progress.failed else "information")
        self._batch = self._batch if busy else 0
        self.say_counts()

    def look_up(self, paper: Paper) -> LookUp:
        """Return how the look-up of *paper* stands."""
        from tui.provenance import FACTS, LABELS

        soon = self.desk.settings.details.auto
        keys = {id: self.key(id) for id in ACTIONS}
        return LookUp(self.clock(), LABELS, FACTS, self._job(paper), soon, self.pdf_of(paper), keys)

    def _job(self, paper: Paper) -> Job | None:
        if not self.desk.looks_up:
            return None
        progress = self.desk.looking.progress()
        if progress.total == 0 and not (paper.details and paper.details.waiting):
            return None
        return next((job for job in self.desk.looking.jobs() if job.paper == paper.id), None)

    # The list of them

    def action_jobs(self) -> None:
        """Show what is being looked up, and how services stand."""
        from tui.screens.jobs import Jobs

        self.app.clear_notifications()  # one would hide what is shown
        self.app.push_screen(Jobs(self.desk, self.clock), lambda _: self.collect())

    # Where the cursor rests

    def refresh_details(self, stay: bool = False) -> None:
        """Show the paper under the cursor; where the settings say so, look it up when the cursor has come to rest."""
        super().refresh_details(stay)
        if not stay:
            self._moved = time.monotonic()
        if self.desk.settings.details.auto and not stay:
            self._rest()

    def _rest(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        if isinstance(self.focused, Input) or self.app.screen is not self:
            self._rest()
        elif (name := self.paper_list.current) and not self.desk.looking.needs_contact:
            # Nobody is asked for an address because a cursor stood still.
            self.ask([name], quiet=True)


def _summary(progress: Progress, jobs: str) -> str:
    """Return how a batch went; the key *jobs* shows more."""
    known = progress.total - progress.failed - progress.cancelled
    said = [f"{count(known, 'paper')} looked up"]
    said += [f"{progress.failed:,} not reached"] if progress.failed else []
    said += [f"{progress.cancelled:,} cancelled"] if progress.cancelled else []
    said += [f"{progress.asks:,} {'asks' if progress.asks == 1 else 'ask'} “is this it?”"] if progress.asks else []
    return f"{', '.join(said)}; {jobs} shows how each went."


def _bar(done: int, total: int) -> str:
    full = BAR * done // total if total else 0
    return "━" * full + "─" * (BAR - full)
