"""The list of what is being looked up: the services, how each stands, and under them the papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tui.model import Job, ServiceState
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts
from tui.widgets.times import countdown

Row = str | ServiceState | Job

_LABEL, _WORD, _BURDEN = 18, 11, 17

_STRENGTH = {
    "ready": "muted",
    "off": "muted",
    "done": "muted",
    "cancelled": "muted",
    "asking": "accent",
    "running": "accent",
    "waiting": "strong",
    "paused": "mark",
    "blocked": "mark",
    "failed": "mark",
}


class JobList(Lines):
    """Services, papers, PDFs, each under a heading; the cursor stays on its row while others come and go."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._labels: dict[str, str] = {}
        self._now = datetime.min

    def show(
        self, services: Sequence[ServiceState], jobs: Sequence[Job], now: datetime, pdfs: Sequence[Job] = ()
    ) -> None:
        """Show how *services* stand and under them *jobs*, the PDFs behind the papers, as it is *now*."""
        rows: list[Row] = ["Services", *services, "Papers", *jobs]
        rows += ["PDFs", *pdfs] if pdfs else []
        names = {_name(row): place for place, row in enumerate(rows)}
        here = names.get(_name(self._rows[self.cursor]), self.cursor) if self._rows else 1
        self._labels = {each.name: each.label for each in services}
        self._rows, self._now = rows, now
        self.reset(here)

    @property
    def current(self) -> Job | ServiceState | None:
        """What the cursor is on."""
        row = self._rows[self.cursor] if self._rows else None
        return None if isinstance(row, str) else row

    def __len__(self) -> int:
        """Return the number of rows, headings among them."""
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether row *index* is no heading."""
        return not isinstance(self._rows[index], str)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index* as a heading, a service or a paper."""
        row = self._rows[index]
        if isinstance(row, str):
            return [[(fit(row, width), "heading")]]
        if isinstance(row, ServiceState):
            return [list(_service(row, width, self._now))]
        return [list(_job(row, width, self._labels, self._now))]


def _name(row: Row) -> tuple[str, str]:
    if isinstance(row, str):
        return "heading", row
    return ("service", row.name) if isinstance(row, ServiceState) else ("job", row.paper)


def _service(each: ServiceState, width: int, now: datetime) -> Iterator[tuple[str, str]]:
    yield "  " + fit(shown(each.label), _LABEL), "strong" if each.condition != "off" else "muted"
    yield fit(each.condition, _WORD), _STRENGTH[each.condition]
    burden = fit(_burden(each), _BURDEN) if each.asking or each.waiting else ""
    yield burden, ""
    room = max(0, width - 2 - _LABEL - _WORD - len(burden))
    back = f"back {countdown(each.until, now)}" if each.until and each.until > now else ""
    left = room - len(back) - 3
    if back and each.why and left > 12:
        yield f"{back}   ", "mark"
        yield fit(shown(each.why), left), "muted"
    else:
        yield fit(back or shown(each.why or ""), room), "mark" if back else "muted"


def _burden(each: ServiceState) -> str:
    parts = [f"{each.asking} asked" if each.asking else "", f"{each.waiting} wait" if each.waiting else ""]
    return ", ".join(part for part in parts if part)


def _job(job: Job, width: int, labels: dict[str, str], now: datetime) -> Iterator[tuple[str, str]]:
    beside = ", ".join(labels.get(name, name) for name in job.services)
    if job.state == "paused" and job.until:
        beside = f"goes on {countdown(job.until, now)}"
    elif job.state == "cancelled":
        beside = ""
    elif job.state == "done" or job.state == "failed":
        beside = shown(job.why or "")
    room = max(10, min(34, width // 3)) if beside else 0
    yield "  " + fit(job.state, _WORD), _STRENGTH[job.state]
    yield (
        fit(shown(job.title), width - 2 - _WORD - room - bool(room)),
        "muted" if job.state in ("done", "cancelled") else "strong",
    )
    yield fit_right(f" {beside}", room + 1) if room else "", "muted"


def told(row: Job | ServiceState | None, now: datetime) -> str:
    """Return everything that is known of *row* in a sentence or two, for the lines under the list."""
    if row is None:
        return ""
    name = shown(row.label if isinstance(row, ServiceState) else row.title)
    when = f" It goes on {countdown(row.until, now)}." if row.until and row.until > now else ""
    if row.why:
        why = shown(row.why)
        return f"{why}{when}" if why.startswith(name) else f"{name}: {why}{when}"
    if isinstance(row, ServiceState):
        words = {"ready": "answers when it is asked.", "asking": "is being asked.", "off": "is off in the settings."}
        return f"{name} {words.get(row.condition, f'is {row.condition}.')}{when}"
    return f"{name}{'.' if when else ''}{when}"
