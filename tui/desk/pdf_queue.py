"""The PDFs that screens fetch, one after the other: how far each is, and the way to cancel it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.desk.marking import count
from tui.errors import PaperrackError, StoppedError
from tui.model import Job

if TYPE_CHECKING:
    from tui.desk.pdfs import Pdf, Pdfs
    from tui.model.jobs import JobState
    from tui.providers.web import Stop

PREFIX = "pdf "
"""What stands before the paper's id in a job that is about its PDF."""

BAR = 8
"""Cells of a bar."""

_KEPT = 200
"""Ended jobs that are remembered."""


@dataclass
class Turn:
    """One PDF that was asked for; ``there`` and ``total`` count bytes."""

    paper: str
    title: str
    url: str | None = None
    state: JobState = "waiting"
    there: int = 0
    total: int | None = None
    why: str | None = None
    stop: Stop | None = field(default=None, repr=False)

    @property
    def active(self) -> bool:
        """Whether it waits or is being fetched."""
        return self.state in ("waiting", "running")

    def job(self) -> Job:
        """Return it as the dialog on what is under way shows it."""
        said = (amount(self.there, self.total),) if self.state == "running" else ()
        return Job(PREFIX + self.paper, self.title, self.state, said, self.why)


@dataclass(frozen=True)
class Fetched:
    """What came of fetching some PDFs: those that are here now, and by paper why others are not."""

    pdfs: tuple[Pdf, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    cancelled: int = 0

    def said(self) -> str:
        """Return it in one line."""
        new = sum(pdf.new for pdf in self.pdfs)
        here = len(self.pdfs) - new
        parts = [f"{count(new, 'PDF')} fetched"]
        parts += [f"{here:,} {'was' if here == 1 else 'were'} here already"] if here else []
        parts += [f"{len(self.failures):,} not to be had"] if self.failures else []
        parts += [f"{self.cancelled:,} cancelled"] if self.cancelled else []
        return ", ".join(parts)


class PdfQueue:
    """Who fetches asks for a turn each (:meth:`add`) and takes them one after the other (:meth:`fetch`)."""

    def __init__(self, pdfs: Pdfs) -> None:
        self._pdfs = pdfs
        self._turns: list[Turn] = []
        self._lock = threading.Lock()

    def add(self, names: Iterable[str], url: str | None = None) -> tuple[Turn, ...]:
        """Return a turn for each of the papers that does not wait for one already; from *url* where one is chosen."""
        with self._lock:
            waiting = {turn.paper for turn in self._turns if turn.active}
            new = tuple(Turn(name, self._pdfs.title(name), url) for name in dict.fromkeys(names) if name not in waiting)
            ended = [turn for turn in self._turns if not turn.active]
            self._turns = [*ended[-_KEPT:], *(turn for turn in self._turns if turn.active), *new]
        return new

    def fetch(self, turn: Turn) -> Pdf:
        """Fetch the PDF whose turn it is; for a worker thread. Raises as :meth:`Pdfs.fetch` does."""
        from tui.providers.web import Stop

        with self._lock:
            if turn.state == "cancelled":
                raise StoppedError("It was cancelled.")
            turn.state, turn.stop = "running", Stop()

        def told(there: int, total: int | None) -> None:
            turn.there, turn.total = there, total

        try:
            found = self._pdfs.fetch(turn.paper, told, turn.stop, turn.url)
        except StoppedError:
            turn.state = "cancelled"
            raise
        except PaperrackError as error:
            turn.state, turn.why = "failed", str(error)
            raise
        except BaseException:
            turn.state = "failed"
            raise
        turn.state, turn.why = "done", size(found.size)
        return found

    def cancel(self, papers: Iterable[str] | None = None) -> int:
        """Cancel the PDFs of *papers*, or all; return how many. What came of them is gone on with the next time."""
        wanted = None if papers is None else set(papers)
        with self._lock:
            ended = [turn for turn in self._turns if turn.active and (wanted is None or turn.paper in wanted)]
            for turn in ended:
                turn.state = "cancelled"
                if turn.stop is not None:
                    turn.stop.set()
        return len(ended)

    def jobs(self) -> tuple[Job, ...]:
        """Return what was asked for in this run, the oldest first."""
        return tuple(turn.job() for turn in tuple(self._turns))


def pdf_of(job: Job) -> str | None:
    """Return the paper whose PDF *job* is about, or None where it is a look-up."""
    return job.paper.removeprefix(PREFIX) if job.paper.startswith(PREFIX) else None


def amount(there: int, total: int | None) -> str:
    """Return how many bytes there are, of how many where that is known, in words: ``0.4 of 1.2 MB``."""
    if not total:
        return size(there)
    whole, unit = size(total).split()
    come = {"bytes": f"{there}", "kB": f"{there // 1000}", "MB": f"{there / 1e6:,.1f}"}[unit]
    return f"{come} of {whole} {unit}"


def size(count: int) -> str:
    """Return a number of bytes in words: ``775 bytes``, ``12 kB``, ``1.2 MB``."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count // 1000} kB" if count < 1_000_000 else f"{count / 1e6:,.1f} MB"


def bar(done: int, total: int | None) -> str:
    """Return a bar of :data:`BAR` cells that shows how much of *total* is done, an empty text where that is unknown."""
    if not total:
        return ""
    full = min(BAR, BAR * done // total)
    return "━" * full + "─" * (BAR - full)
