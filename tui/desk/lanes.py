"""Threads that ask: one for each service, which takes as many questions at once as fit into one request.

A lane knows no library and no paper; what it hears goes into a queue, from which the desk's own thread takes it.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tui.errors import NetworkError, StoppedError
from tui.model import Answer
from tui.providers.asking import Provider, Question, Service

CANDIDATES = 10
"""Records of a search that are looked at."""

TITLE = 2000
"""Letters of a title: what stands in 70,000 is no title, and comparing it would hold up the keys."""


class Stop(Protocol):
    """What ends a request from another thread."""

    def set(self) -> None:
        """End it."""


Open = Callable[[], tuple[Service, Stop]]
"""Makes the service ready for one request, and what stops it."""


@dataclass(frozen=True)
class Heard:
    """How a request ended: the answers to each question that it asked, or the error."""

    provider: str
    questions: tuple[Question, ...]
    answers: Mapping[Question, tuple[Answer, ...]] = field(default_factory=dict)
    error: NetworkError | None = None


Hear = Callable[[Heard], None]


class Lane:
    """The questions to one service, the most urgent first, and the thread that asks them while there are any."""

    def __init__(self, provider: Provider, open: Open, hear: Hear) -> None:
        self.provider = provider
        self._open = open
        self._hear = hear
        self._turn = threading.Condition()
        self._waiting: list[Question] = []
        self._asking: tuple[Question, ...] = ()
        self._stop: Stop | None = None
        self._thread: threading.Thread | None = None

    def put(self, questions: Iterable[Question], front: bool = False) -> None:
        """Ask *questions* when it is their turn, before all others where they are at the *front*."""
        with self._turn:
            there = {*self._waiting, *self._asking}
            fresh = [question for question in questions if question not in there]
            self._waiting = [*fresh, *self._waiting] if front else [*self._waiting, *fresh]
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"ask {self.provider.NAME}", daemon=True)
                self._thread.start()

    def drop(self, questions: Collection[Question] | None = None) -> None:
        """Forget *questions*, all of them if none are named; a request that asks nothing else is stopped."""
        with self._turn:
            self._waiting = [each for each in self._waiting if questions is not None and each not in questions]
            if self._stop and all(questions is None or each in questions for each in self._asking):
                self._stop.set()

    def load(self) -> tuple[int, int]:
        """Return how many questions are being asked and how many wait."""
        with self._turn:
            return len(self._asking), len(self._waiting)

    def asking(self) -> frozenset[Question]:
        """Return the questions of the request that is under way."""
        with self._turn:
            return frozenset(self._asking)

    def join(self, seconds: float) -> None:
        """Wait for the thread to end, at most so long."""
        if thread := self._thread:
            thread.join(seconds)

    def _run(self) -> None:
        while batch := self._take():
            heard = self._ask(batch)
            with self._turn:
                self._asking, self._stop = (), None
            self._hear(heard)

    def _take(self) -> tuple[Question, ...]:
        """Return the next questions, all about the same; the thread ends where there are none."""
        with self._turn:
            if not self._waiting:
                self._thread = None
                return ()
            about = self._waiting[0].about
            most = max(1, self.provider.ASKS.get(about, 1))
            batch = [each for each in self._waiting if each.about == about][:most]
            taken = set(batch)
            self._waiting = [each for each in self._waiting if each not in taken]
            self._asking = tuple(batch)
            return self._asking

    def _ask(self, batch: Sequence[Question]) -> Heard:
        name, asked = self.provider.NAME, tuple(batch)
        try:
            service, stop = self._open()
            with self._turn:
                self._stop = stop
            found = self.provider.look_up(asked, service)
            return Heard(name, asked, {question: _bounded(question, each) for question, each in found.items()})
        except NetworkError as error:
            return Heard(name, asked, error=error)
        except Exception as error:  # a defect in one service must not end the thread and leave its papers waiting
            return Heard(name, asked, error=NetworkError(f"{self.provider.LABEL} could not be read ({error!r})."))


class Lanes:
    """A lane for each service that was asked something. *open* makes a service ready; *hear* is told what came."""

    def __init__(self, provider: Callable[[str], Provider], open: Callable[[str], tuple[Service, Stop]], hear: Hear):
        self._provider = provider
        self._open = open
        self._hear = hear
        self._lanes: dict[str, Lane] = {}

    def put(self, name: str, questions: Iterable[Question], front: bool) -> None:
        """Ask the service *name* these questions when it is their turn."""
        if name not in self._lanes:
            self._lanes[name] = Lane(self._provider(name), lambda: self._open(name), self._hear)
        self._lanes[name].put(questions, front)

    def drop(self, questions: Collection[Question] | None = None, service: str | None = None) -> None:
        """Forget *questions* (all of them where none are named), to one *service* or to all."""
        for name, lane in self._lanes.items():
            if service in (None, name):
                lane.drop(questions)

    def asking(self) -> frozenset[Question]:
        """Return the questions that are under way."""
        return frozenset(question for lane in self._lanes.values() for question in lane.asking())

    def loads(self) -> dict[str, tuple[int, int]]:
        """Return how many questions are asked of each service and wait for it."""
        return {name: lane.load() for name, lane in self._lanes.items()}

    def close(self) -> None:
        """Stop every request and wait a moment for the threads."""
        self.drop()
        for lane in self._lanes.values():
            lane.join(1.0)


def _bounded(question: Question, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return as many of *answers* as a question needs, no title longer than any has been."""
    most = CANDIDATES if question.about in ("title", "abstract") else 3
    return tuple(_cut(answer) for answer in answers[:most])


def _cut(answer: Answer) -> Answer:
    title = answer.record.title
    if not title or len(title) <= TITLE:
        return answer
    return dataclasses.replace(answer, record=dataclasses.replace(answer.record, title=title[:TITLE]))


def stopped(heard: Heard) -> bool:
    """Return whether the reader ended the request."""
    return isinstance(heard.error, StoppedError)
