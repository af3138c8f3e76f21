"""The pane of issues: saved searches on top, then what is grouped by series, newest first, with what is unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.model import IssueRow, SearchRow
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


SEARCHES = "Searches"
"""The heading over saved searches."""

Row = IssueRow | SearchRow | str


class IssueList(Lines):
    """All papers first, then saved searches, then the issues under the names of their series."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []

    def show(
        self,
        rows: Sequence[IssueRow],
        everything: IssueRow,
        chosen: str | SearchRow | None,
        searches: Sequence[SearchRow] = (),
    ) -> None:
        """Show *rows* under *everything* and *searches*, with the cursor on what is *chosen*: an issue, or a search."""
        before, self._rows = self._rows, [everything, *_searches(searches), *_grouped(rows)]
        place = self._place(chosen)
        if place == self.cursor and len(before) == len(self._rows) and before:
            changed = enumerate(zip(before, self._rows, strict=True))
            self.repaint_rows(index for index, (old, new) in changed if old is not new and old != new)
        else:
            self.reset(place)

    def _place(self, chosen: str | SearchRow | None) -> int:
        for index, row in enumerate(self._rows):
            if isinstance(row, IssueRow) and row.id == chosen:
                return index
            if isinstance(row, SearchRow) and isinstance(chosen, SearchRow) and row.name == chosen.name:
                return index
        return 0

    @property
    def current(self) -> IssueRow | SearchRow | None:
        """The issue or the search under the cursor, or None in an empty list."""
        row = self._rows[self.cursor] if self._rows else None
        return None if isinstance(row, str) else row

    def __len__(self) -> int:
        """Return the number of rows, headings among them."""
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether row *index* is an issue or a search, and not a heading."""
        return not isinstance(self._rows[index], str)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*: a heading, or number and title on the left and a count on the right.

        Of an issue it is what is unread; of a search, all that it finds.
        """
        row = self._rows[index]
        if isinstance(row, str):
            return [[(fit(f" {row}", width), "heading")]]
        if isinstance(row, SearchRow):
            count = "" if row.papers is None else f"{row.papers:,}"
            role, strength = "muted", "strong" if row.papers else "muted"
        else:
            count = f"{row.unread:,}" if row.unread else ""
            role, strength = "accent", "strong" if row.unread else "muted"
        lead = " " if not index else "  "
        room = width - len(lead) - max(4, len(count) + 1) - 1
        return [
            [
                (lead, ""),
                (fit(label_of(row), room), strength),
                (fit_right(count, width - room - len(lead) - 1), role),
                (" ", ""),
            ]
        ]


def _searches(searches: Sequence[SearchRow]) -> Iterator[SearchRow | str]:
    if searches:
        yield SEARCHES
        yield from searches


def _grouped(rows: Sequence[IssueRow]) -> Iterator[IssueRow | str]:
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            yield shown(group)
        yield row


def label_of(row: IssueRow | SearchRow) -> str:
    """Return a search's name; of an issue what tells it from others of its group: number, else date, and title."""
    if isinstance(row, SearchRow):
        return row.name
    title = shown(row.title)
    if row.number and row.number not in title.split()[:3]:
        return f"{row.number} · {title}"
    if row.date and row.date in title:
        return short_date(row.date)
    return title


def short_date(date: str) -> str:
    """Return an ISO date as 26 Feb 2021, a month as Feb 2021; what is no such date comes back as it is."""
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts) or not 1 < len(parts) <= 3 or not 1 <= int(parts[1]) <= 12:
        return date
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month
