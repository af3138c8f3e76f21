"""The pane of issues: what is always there on top, then saved searches, then the issues by series, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.model import IssueRow, PlaceRow, SearchRow
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


LEAD = "   "
"""Where names begin: behind the signs of the places, so that all of them stand in one column."""

SEARCHES = "Searches"
"""The heading over saved searches."""

Row = IssueRow | SearchRow | str


class IssueList(Lines):
    """All papers and the places that are always there, saved searches, the issues under the names of their series."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []

    def show(
        self,
        rows: Sequence[IssueRow],
        first: Sequence[IssueRow | PlaceRow],
        chosen: str | SearchRow | None,
        searches: Sequence[SearchRow] = (),
    ) -> None:
        """Show *rows* under *first*, what is always there, and *searches*.

        The cursor is on what is *chosen*: an issue, or a search.
        """
        before, self._rows = self._rows, [*first, *_searches(searches), *_grouped(rows)]
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
            if isinstance(row, SearchRow) and type(row) is type(chosen) and row.name == chosen.name:
                return index
        return 0

    def show_places(self, places: Sequence[PlaceRow]) -> None:
        """Show new counts of the places that are always there; no row moves by it."""
        new = {row.id: row for row in places}
        for index, row in enumerate(self._rows):
            if isinstance(row, PlaceRow) and row != new[row.id]:
                self._rows[index] = new[row.id]
                self.repaint_rows((index,))
            elif isinstance(row, str):
                break

    def step(self, by: int) -> None:
        """Move the cursor to the next issue or search in the direction *by*, past the places that are always there."""
        place = self.cursor + by
        while 0 <= place < len(self) and (isinstance(self._rows[place], PlaceRow) or not self.selectable(place)):
            place += by
        if 0 <= place < len(self):
            self.move_to(place)

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
        if isinstance(row, PlaceRow):
            role, sign = ("strong", "mark") if row.papers else ("muted", "muted")
            count = fit_right(f"{row.papers:,}" if row.papers else "", width - len(row.name) - 4)
            return [[(" ", ""), (row.sign, sign), (f" {row.name}", role), (count, "muted"), (" ", "")]]
        if isinstance(row, SearchRow):
            count = "" if row.papers is None else f"{row.papers:,}"
            role, strength = "muted", "strong" if row.papers else "muted"
        else:
            count = f"{row.unread:,}" if row.unread else ""
            role, strength = "accent", "strong" if row.unread else "muted"
        room = width - len(LEAD) - max(4, len(count) + 1) - 1
        return [
            [
                (LEAD, ""),
                (fit(label_of(row), room), strength),
                (fit_right(count, width - room - len(LEAD) - 1), role),
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
