"""The list of followed sources: how each stands, its newest issue and what is unread, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from tui.model import SourceRow
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.issue_list import short_date
from tui.widgets.lines import Lines, Parts
from tui.widgets.times import countdown, parsed

_WORD, _UNREAD, _DATE, _WHEN = 8, 7, 12, 16

_STRENGTH = {
    "new": "strong", "ok": "muted", "asking": "accent", "failed": "mark", "waiting": "mark",
    "paused": "mark", "gone": "mark",
}  # fmt: skip


class SourceList(Lines):
    """A line a source, each folder under a heading; the cursor stays on its source while others come and go."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[SourceRow | str] = ()
        self._asking: Collection[str] = ()
        self._now = datetime.min

    def show(self, rows: Sequence[SourceRow], asking: Collection[str], now: datetime) -> None:
        """Show *rows*, of which those with the ids *asking* are being fetched, as it is *now*."""
        known = self.current.source.id if self.current else None
        shown_rows: list[SourceRow | str] = []
        folder: str | None = None
        for row in rows:
            if row.source.folder and row.source.folder != folder:
                shown_rows.append(row.source.folder)
            folder = row.source.folder
            shown_rows.append(row)
        places = {row.source.id: place for place, row in enumerate(shown_rows) if isinstance(row, SourceRow)}
        self._rows, self._asking, self._now = shown_rows, asking, now
        self.reset(places.get(known or "", self.cursor))

    @property
    def current(self) -> SourceRow | None:
        """The source under the cursor, None where there is none."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return row if isinstance(row, SourceRow) else None

    def go_to(self, source: str) -> None:
        """Put the cursor on the source with the id *source*, where it is in the list."""
        for place, row in enumerate(self._rows):
            if isinstance(row, SourceRow) and row.source.id == source:
                self.move_to(place)

    def __len__(self) -> int:
        """Return the number of rows, headings among them."""
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether row *index* is no heading."""
        return isinstance(self._rows[index], SourceRow)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index* as a heading or a source."""
        row = self._rows[index]
        if isinstance(row, str):
            return [[(fit(shown(row), width), "heading")]]
        return [list(self._source(row, width))]

    def _source(self, row: SourceRow, width: int) -> Iterator[tuple[str, str]]:
        source = row.source
        state = "asking" if source.id in self._asking else source.state
        name = max(12, min(44, (width - _WORD - _UNREAD) * 2 // 5))
        room = max(0, width - 2 - _WORD - name - 2 - _UNREAD)
        yield "  " + fit(state, _WORD), _STRENGTH[state]
        yield fit(shown(source.name), name), "strong" if row.unread or source.state != "ok" else ""
        yield "  ", ""
        if source.visits.why and source.state != "ok":
            until = parsed(source.visits.until)
            when = countdown(until, self._now) if until and source.visits.stopped is None else ""
            wide = min(_WHEN, room) if when else 0
            yield fit(when, wide), "mark"
            yield fit(shown(source.visits.why), room - wide), "muted"
        else:
            date = short_date(row.date or "") if row.last and room > 2 * _DATE else ""
            yield fit(shown(row.last), max(0, room - (_DATE if date else 0))), "muted"
            yield fit_right(date, _DATE) if date else "", "muted"
        yield fit_right(f"{row.unread:,}" if row.unread else "", _UNREAD), "accent"


def told(row: SourceRow | None, now: datetime) -> str:
    """Return everything that is known of *row*, for the lines under the list."""
    if row is None:
        return ""
    source, visits = row.source, row.source.visits
    until = parsed(visits.until)
    said = [source.url]
    if visits.why and source.state != "ok":
        again = {"gone": "It is asked no more.", "paused": "It is asked again when you say so."}.get(source.state)
        again = again or (f"Next try {countdown(until, now)}." if until and until > now else "It is tried again now.")
        said.append(f"{shown(visits.why)} {again}")
    elif source.state == "new":
        said.append("It was not fetched yet.")
    else:
        said.append(f"{row.issues:,} {'issue' if row.issues == 1 else 'issues'} here, {row.unread:,} unread papers.")
    return "\n".join(said)
