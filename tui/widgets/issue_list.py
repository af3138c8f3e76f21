"""The pane of issues: grouped by series, newest first, with what is unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.model import IssueRow
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class IssueList(Lines):
    """All papers first, then the issues under the names of their series."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[IssueRow | str] = []

    def show(self, rows: Sequence[IssueRow], everything: IssueRow, chosen: str | None) -> None:
        """Show *rows* under *everything*, with the cursor on the issue *chosen* where it is among them."""
        self._rows = [everything, *_grouped(rows)]
        places = {row.id: index for index, row in enumerate(self._rows) if isinstance(row, IssueRow)}
        self.reset(places.get(chosen or "", 0))

    @property
    def current(self) -> IssueRow | None:
        """The issue under the cursor, or None in an empty list."""
        row = self._rows[self.cursor] if self._rows else None
        return row if isinstance(row, IssueRow) else None

    def __len__(self) -> int:
        """Return the number of rows, headings among them."""
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether row *index* is an issue and not a heading."""
        return isinstance(self._rows[index], IssueRow)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*: a heading, or number and title on the left and the unread count on the right."""
        row = self._rows[index]
        if isinstance(row, str):
            return [[(fit(f" {row}", width), "heading")]]
        unread = f"{row.unread:,}" if row.unread else ""
        lead = " " if not index else "  "
        room = width - len(lead) - max(4, len(unread) + 1) - 1
        strength = "strong" if row.unread else "muted"
        label = label_of(row)
        return [
            [
                (lead, ""),
                (fit(label, room), strength),
                (fit_right(unread, width - room - len(lead) - 1), "accent"),
                (" ", ""),
            ]
        ]


def _grouped(rows: Sequence[IssueRow]) -> Iterator[IssueRow | str]:
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            yield shown(group)
        yield row


def label_of(row: IssueRow) -> str:
    """Return what tells the issue from others of its group: its number, else its date, and its title."""
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
