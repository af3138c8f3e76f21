"""The look-ups of this run, one a paper: what each has open, how its questions ended, and when a paused one goes on."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from tui.desk.rack import Rack
from tui.model import Job, JobState, Progress
from tui.providers.asking import Question

_ORDER: tuple[JobState, ...] = ("running", "waiting", "paused", "failed", "done", "cancelled")


PATIENT = 1
"""The stages up to this one bring a record; what comes after it can wait."""


@dataclass
class LookUp:
    """A paper's look-up; ``front`` is asked before the others, ``ended`` says how each question ended, by its name.

    ``batch`` numbers those that were asked for together, ``stage`` is that of the plan that it is at.
    """

    paper: str
    refresh: bool = False
    front: bool = False
    ended: dict[str, str] = field(default_factory=dict)
    batch: int = 0
    stage: int = 0
    open: set[Question] = field(default_factory=set)
    state: JobState = "waiting"
    why: str | None = None
    until: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether it has something to ask, or is about to."""
        return self.state in ("running", "waiting")


class Jobs:
    """Look-ups by paper. *call* is called, in another thread, when the first paused one can go on."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._alarm: threading.Timer | None = None
        self._jobs: dict[str, LookUp] = {}
        self._owners: defaultdict[Question, list[LookUp]] = defaultdict(list)
        self._counted: dict[int, LookUp] = {}
        self._batches: dict[int, dict[int, LookUp]] = {}
        self._batch = 0

    def get(self, paper: str) -> LookUp | None:
        """Return the newest look-up of the paper."""
        return self._jobs.get(paper)

    def all(self) -> tuple[LookUp, ...]:
        """Return every look-up of this run, the newest of each paper."""
        return tuple(self._jobs.values())

    @property
    def busy(self) -> bool:
        """Whether one is active."""
        return any(job.active for job in self._jobs.values())

    @property
    def questions(self) -> int:
        """How many questions are open."""
        return len(self._owners)

    def begin(self, jobs: Iterable[LookUp], anew: bool) -> None:
        """Add *jobs*; progress counts from *anew* where nothing was under way.

        What a paper was asked about before has ended, and is let go.
        """
        if anew:
            self._counted.clear()
        self._batch += 1
        batch = {id(job): job for job in jobs}
        if batch:
            self._batches[self._batch] = batch
        for job in batch.values():
            job.batch = self._batch
            if old := self._jobs.pop(job.paper, None):
                self._forget(old)
            self._jobs[job.paper] = job
        self._counted |= batch

    def _forget(self, job: LookUp) -> None:
        self._counted.pop(id(job), None)
        batch = self._batches.get(job.batch, {})
        batch.pop(id(job), None)
        if not batch:
            self._batches.pop(job.batch, None)

    def rename(self, old: str, new: str) -> None:
        """Let the look-up of the paper *old* be that of *new*, which it was found to be; one of its own goes on too."""
        if job := self._jobs.pop(old, None):
            job.paper = new
            if new in self._jobs and self._jobs[new].active:
                self._jobs[f"{new} ({old})"] = job
            else:
                self._jobs[new] = job

    def is_held(self, job: LookUp, stage: int) -> bool:
        """Return whether *job* should wait with what is beyond the record: others of its batch have none yet.

        A whole issue is readable after a request or two this way, before the first one's code is looked for.
        """
        if stage <= PATIENT or job.front:
            return False
        return any(o.open and o.stage == 0 and o is not job for o in self._batches.get(job.batch, {}).values())

    def open(self, job: LookUp, questions: Iterable[Question]) -> None:
        """Take note that *questions* are asked for *job*."""
        for question in questions:
            job.open.add(question)
            self._owners[question].append(job)

    def ended(self, question: Question) -> tuple[LookUp, ...]:
        """Return the look-ups that wait for *question*, which has ended."""
        owners = [job for job in self._owners.pop(question, ()) if question in job.open]
        for job in owners:
            job.open.discard(question)
        return tuple(owners)

    def cancel(self, jobs: Iterable[LookUp]) -> frozenset[Question]:
        """End *jobs* and return the questions that nobody waits for any more."""
        gone: set[Question] = set()
        for job in jobs:
            for question in job.open:
                self._owners[question].remove(job)
                if not self._owners[question]:
                    del self._owners[question]
                    gone.add(question)
            job.open, job.state, job.until = set(), "cancelled", None
        return frozenset(gone)

    def due(self) -> tuple[LookUp, ...]:
        """Return the paused look-ups whose time has come."""
        now = datetime.now(UTC)
        return tuple(job for job in self._jobs.values() if job.state == "paused" and job.until and job.until <= now)

    def set_alarm(self) -> None:
        """Have *call* called when the next paused look-up is due."""
        self.close()
        times = [job.until for job in self._jobs.values() if job.state == "paused" and job.until]
        if times:
            seconds = max(0.1, (min(times) - datetime.now(UTC)).total_seconds() + 0.5)
            self._alarm = threading.Timer(min(seconds, 86_400.0), self._call)
            self._alarm.daemon = True
            self._alarm.start()

    def close(self) -> None:
        """Call nobody any more."""
        if self._alarm:
            self._alarm.cancel()

    def progress(self, rack: Rack, coming: int = 0) -> Progress:
        """Return how many of the papers asked for since the last pause are done, and how; more are *coming*."""
        counted = tuple(self._counted.values())
        states = [job.state for job in counted]
        done = sum(not job.active for job in counted)
        asks = 0 if coming or done < len(states) else sum(_asks(job, rack) for job in counted)
        failed = states.count("failed") + states.count("paused")
        return Progress(done, len(states) + coming, failed, states.count("cancelled"), asks)

    def views(self, rack: Rack, asking: Collection[Question]) -> tuple[Job, ...]:
        """Return the look-ups as a reader is shown them, while the questions *asking* are under way."""
        shown = [_view(job, rack, asking) for job in self._jobs.values()]
        return tuple(sorted(shown, key=lambda job: _ORDER.index(job.state)))


def _asks(job: LookUp, rack: Rack) -> bool:
    details = rack.paper(job.paper).details if job.paper in rack else None
    return bool(details and details.offers)


def _view(job: LookUp, rack: Rack, asking: Collection[Question]) -> Job:
    paper = rack.paper(job.paper) if job.paper in rack else None
    title = (paper.title or paper.abstract if paper else None) or job.paper
    now = sorted({question.provider for question in job.open if question in asking})
    later = sorted({question.provider for question in job.open})
    why = job.why or ("asks “is this it?”" if job.state == "done" and _asks(job, rack) else None)
    made = Job(job.paper, title, job.state, tuple(now or later), why, job.until)
    return replace(made, state="running" if now else "waiting") if job.active else made
