"""Looking papers up: who is asked what and when, what came of it, and what still waits.

Threads ask (:mod:`tui.desk.lanes`); everything that touches the library happens in :meth:`Looking.collect`, on the
thread that the desk belongs to.
"""

from __future__ import annotations

import dataclasses
import queue
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping

from tui.desk import contact, hearing, planning
from tui.desk.backlog import AHEAD, Backlog
from tui.desk.filling import Filling
from tui.desk.identity import Identity
from tui.desk.jobs import PATIENT, Jobs, LookUp
from tui.desk.lanes import Heard, Lanes, stopped
from tui.desk.rack import Rack, stated_by
from tui.desk.services import Services
from tui.errors import NetworkError, OfflineError
from tui.model import Inquiry, Job, Progress, ServiceState
from tui.provenance import believed
from tui.providers.asking import Question
from tui.settings import Settings

Merge = Callable[[str, Collection[str]], None]
"""Makes one paper, the first, of several."""


class Looking:
    """The look-ups of one desk. ``on_arrival`` is called, in another thread, when there is something to collect."""

    def __init__(
        self, rack: Rack, filling: Filling, identity: Identity, settings: Settings, services: Services, merge: Merge
    ) -> None:
        self.on_arrival: Callable[[], None] | None = None
        self._merge = merge
        self._rack = rack
        self._filling = filling
        self._identity = identity
        self._settings = settings
        self._services = services
        self._jobs = Jobs(self._arrived)
        self._heard: queue.SimpleQueue[Heard | None] = queue.SimpleQueue()
        self._lanes = Lanes(services.provider, services.open, self._hear)
        self._pending: deque[tuple[Question, Heard]] = deque()
        self._held: list[LookUp] = []
        self._backlog = Backlog()
        self._contact_asked = False

    # Asking

    def wanted(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of the papers that were never looked up to the end."""
        found = (self._rack.canonical(name) for name in names)
        return tuple(name for name in dict.fromkeys(found) if name in self._rack and not self._rack.inquiry(name).done)

    def ask(self, names: Iterable[str], refresh: bool = False, front: bool = False) -> int:
        """Begin to look papers up and return how many there is something to ask about; it never waits.

        What was asked before and answered is asked again only to *refresh*; the *front* is asked before the others.
        """
        return self._begin(names, refresh, front, anew=not self.busy)

    def _begin(self, names: Iterable[str], refresh: bool, front: bool, anew: bool) -> int:
        plans: list[tuple[planning.Plan, LookUp]] = []
        for name in dict.fromkeys(self._rack.canonical(name) for name in names):
            there = self._jobs.get(name)
            if name not in self._rack or (there and there.active):
                continue
            job = LookUp(name, refresh, front, ended={} if refresh else self._ended(name))
            if (plan := self._plan(job)).questions:
                plans.append((plan, job))
        self._jobs.begin((job for _, job in plans), anew)
        self._keep({job.paper: dataclasses.replace(self._rack.inquiry(job.paper), waiting=True) for _, job in plans})
        self._ask(plans)
        return len(plans)

    def ask_later(self, names: Iterable[str], refresh: bool = False) -> int:
        """Look very many papers up, a few at a time as :meth:`collect` is called, and return how many are to come.

        Those that were not begun when the program ends are not looked up by the next run.
        """
        if not self.busy:
            self._jobs.begin((), anew=True)
        added = self._backlog.add(names, refresh)
        self._arrived()
        return added

    def _feed(self, end: float | None) -> None:
        """Ask about papers that are still to come, until *end*, while the services have little to do."""
        while self._backlog and self._jobs.questions < AHEAD:
            if end is not None and time.perf_counter() >= end:
                self._arrived()
                return
            names, refresh = self._backlog.take()
            self._begin(names, refresh, front=False, anew=False)
            if not self._backlog:
                self._arrived()  # that it was the last is to be told, also where there was nothing to ask

    def waiting(self) -> tuple[str, ...]:
        """Return the papers whose look-up has not come to its end, also that of an earlier run."""
        return tuple(self._rack.catalogue.papers.waiting())

    def resume(self) -> int:
        """Go on with what waited when the program ended; return how many papers that are."""
        waiting = self.waiting()
        return self.ask(waiting) if len(waiting) <= AHEAD else self.ask_later(waiting)

    def stop(self, papers: Iterable[str] | None = None, service: str | None = None) -> int:
        """Cancel the look-ups of *papers*, or the questions to one *service*, or everything; return how many."""
        if service is not None:
            return self._stop_service(service)
        names = None if papers is None else set(papers)
        dropped = self._backlog.drop(names)
        jobs = [job for job in self._jobs.all() if names is None or job.paper in names]
        ended = [job for job in jobs if job.active or job.state == "paused"]
        self._lanes.drop(self._jobs.cancel(ended))
        self._keep({job.paper: dataclasses.replace(self._rack.inquiry(job.paper), waiting=False) for job in ended})
        return len(ended) + dropped

    def _stop_service(self, service: str) -> int:
        questions = {q for job in self._jobs.all() for q in job.open if q.provider == service}
        self._lanes.drop(service=service)
        if questions:
            self._hear(Heard(service, tuple(questions), error=NetworkError("You cancelled the questions to it.")))
        return len(questions)

    def close(self) -> None:
        """End every request; what was not done is kept as waiting."""
        self.on_arrival = None
        self._jobs.close()
        self._lanes.close()
        self._services.close()

    # Knowing

    @property
    def busy(self) -> bool:
        """Whether a look-up is under way or can go on at once."""
        return bool(self._backlog) or self._jobs.busy

    def progress(self) -> Progress:
        """Return how many of the papers that were asked for since the last pause are done."""
        return self._jobs.progress(self._rack, len(self._backlog))

    def jobs(self) -> tuple[Job, ...]:
        """Return the look-ups of this run: running, waiting, paused, failed, done, cancelled."""
        return self._jobs.views(self._rack, self._lanes.asking())

    def services(self) -> tuple[ServiceState, ...]:
        """Return how each service stands; nothing is asked of it for that."""
        return self._services.states(self._lanes.loads())

    @property
    def needs_contact(self) -> bool:
        """Whether the reader should be asked for the address that services may write to."""
        return contact.needed(self._settings) and not self._contact_asked and self._services.real

    def keep_contact(self, address: str) -> None:
        """Keep the reader's *address*, empty for none; not asked again in either case. Raises SettingsError."""
        self._contact_asked = True
        contact.keep(address, self._settings)
        self._services.introduce(address)

    # Hearing

    def wait(self, seconds: float | None = None) -> bool:
        """Return whether something arrived within *seconds*; for a command, which has nothing else to do."""
        try:
            self._heard.put(self._heard.get(timeout=seconds))
        except queue.Empty:
            return False
        return True

    def collect(self, seconds: float | None = None) -> frozenset[str]:
        """Take in what arrived since, ask on, and return the ids of the papers that are different by it.

        With *seconds* it stops after about so long, for a screen whose keys come first; ``on_arrival`` is called
        again where something is left.
        """
        end = None if seconds is None else time.perf_counter() + seconds
        while not self._heard.empty():
            if heard := self._heard.get():
                self._pending.extend((question, heard) for question in heard.questions)
        if self._pending:
            self._filling.sync()
        changed: set[str] = set()
        while self._pending and (end is None or time.perf_counter() < end):
            changed |= self._settle(*self._pending.popleft())
        if self._pending:
            self._arrived()
        due = self._jobs.due()
        for job in due:
            job.ended, job.state, job.until, job.why = self._ended(job.paper), "running", None, None
            changed.add(job.paper)
        self._go_on(due)
        self._feed(end)
        return frozenset(changed)

    def _settle(self, question: Question, heard: Heard) -> set[str]:
        """Take in how *question* ended and ask on; return the papers that are different by it."""
        jobs = self._jobs.ended(question)
        touched: dict[str, Inquiry] = {}
        for job in jobs:
            self._take(job, question, heard, touched)
        self._keep(touched)
        changed = {*touched, *self._identify(touched)}
        self._go_on([job for job in jobs if job.active])
        return changed

    def _take(self, job: LookUp, question: Question, heard: Heard, touched: dict[str, Inquiry]) -> None:
        if stopped(heard) or job.paper not in self._rack:
            return
        before = touched.get(job.paper) or self._rack.inquiry(job.paper)
        if heard.error is not None:
            after = hearing.failed(before, question, heard.error)
            if isinstance(heard.error, OfflineError):
                job.why = str(heard.error)
        else:
            paper, refused = self._rack.paper(job.paper), self._rack.choices(job.paper).refused
            after = hearing.answered(before, question, heard.answers.get(question, ()), paper, refused)
        job.ended[question.name] = after.replies[-1].outcome
        touched[job.paper] = after

    def _identify(self, touched: Iterable[str]) -> list[str]:
        """Make one paper of those that services know to be one work; return the ids of the papers it is about."""
        found: list[str] = []
        for name in touched:
            if name not in self._rack or self._rack.canonical(name) != name:
                continue
            best, olds = self._identity.one_work(name)
            if olds:
                self._merge(best, olds)
                found += [best, *olds]
                for old in olds:
                    self._jobs.rename(old, best)
        return found

    # Going on

    def _go_on(self, jobs: Iterable[LookUp]) -> None:
        """Ask what should be asked next of each paper, and end the look-ups that have nothing left."""
        held, self._held = [job for job in self._held if job.active], []
        free = [job for job in held if not self._jobs.is_held(job, PATIENT + 1)]
        self._held = [job for job in held if job not in free]
        self._ask([(self._plan(job), job) for job in (*jobs, *free)])

    def _ask(self, plans: Iterable[tuple[planning.Plan, LookUp]]) -> None:
        by_lane: defaultdict[tuple[str, bool], list[Question]] = defaultdict(list)
        ended: list[LookUp] = []
        # The records first: whoever waits for them sees here what they begin.
        for plan, job in sorted(plans, key=lambda pair: pair[0].stage):
            if plan.questions and self._jobs.is_held(job, plan.stage):
                self._held.append(job)
                continue
            job.stage = plan.stage
            self._jobs.open(job, plan.questions)
            for question in plan.questions:
                by_lane[question.provider, job.front].append(question)
            if job.open:
                job.state = "running"
            else:
                ended.append(job)
        self._finish(ended)
        for (name, front), questions in by_lane.items():
            self._lanes.put(name, questions, front)

    def _plan(self, job: LookUp) -> planning.Plan:
        if job.why or job.paper not in self._rack:
            return planning.Plan()
        paper = self._rack.paper(job.paper)
        choices = self._rack.choices(job.paper)
        answers = believed(self._rack.inquiry(job.paper), choices, stated_by(paper.mentions)).answers
        known = {} if job.refresh else planning.known(answers)
        ended = {**known, **job.ended, **{question.name: planning.OPEN for question in job.open}}
        return planning.plan(planning.Situation(paper, answers, ended), self._services.reach())

    def _finish(self, jobs: Iterable[LookUp]) -> None:
        kept: dict[str, Inquiry] = {}
        for job in jobs:
            end = hearing.end_of(self._rack.inquiry(job.paper), job.why)
            job.state, job.why, job.until = end.state, end.why, end.until
            kept[job.paper] = end.inquiry
        self._keep(kept)
        if kept:
            self._jobs.set_alarm()

    def _ended(self, name: str) -> dict[str, str]:
        return hearing.settled(self._rack.inquiry(name))

    # What is under it

    def _hear(self, heard: Heard | None) -> None:
        self._heard.put(heard)
        if listener := self.on_arrival:
            listener()

    def _arrived(self) -> None:
        self._hear(None)

    def _keep(self, inquiries: Mapping[str, Inquiry]) -> None:
        if inquiries:
            self._filling.put_inquiries(inquiries)
