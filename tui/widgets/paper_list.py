"""The pane of papers: place, title, authors and year, with the reader's marks as quiet symbols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.model import Paper
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts

WIDE = 100
"""From this many cells on a paper takes one line; below, its authors go under the title."""


@dataclass(frozen=True)
class Row:
    """A paper's place in the list that is shown, and its id."""

    position: int
    paper: str


class PaperList(Lines):
    """The papers of an issue, of a search, or all; it asks for a paper when its row comes into view."""

    def __init__(self, lookup: Callable[[str], Paper], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lookup = lookup
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row], chosen: str | None = None) -> None:
        """Show *rows*, with the cursor on the paper *chosen* where it is among them."""
        self._rows = rows
        places = (index for index, row in enumerate(rows) if row.paper == chosen)
        self.reset(next(places, 0))

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self._rows

    @property
    def current(self) -> str | None:
        """The id of the paper under the cursor, or None in an empty list."""
        return self._rows[self.cursor].paper if self._rows else None

    def __len__(self) -> int:
        """Return the number of papers shown."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """One line where there is room for columns, else two."""
        return 1 if self.size.width >= WIDE else 2

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return the lines of row *index*. The title is the column that never goes."""
        row = self._rows[index]
        paper = self._lookup(row.paper)
        digits = max(2, len(str(self._rows[-1].position)))
        symbols = [("◆" if paper.marks.marked else " ", "mark"), ("★" if paper.marks.starred else " ", "mark")]
        unread = "" if paper.marks.read else "•"
        asks = "?" if paper.details and paper.details.offers else " "
        lead: list[tuple[str, str]] = [
            *symbols,
            (fit_right(str(row.position), digits), "muted"),
            (asks, "mark"),
            (fit(unread, 2), "accent"),
        ]
        used = 2 + digits + 3
        title, year = title_of(paper), str(paper.year or "")
        strength = "muted" if paper.marks.read or not paper.title else "strong"
        if self.row_height == 2:
            under = " · ".join(part for part in (byline(paper, 2), year) if part)
            return [
                [*lead, (fit(title, width - used - 1), strength)],
                [(" " * used, ""), (fit(under, width - used - 1), "muted")],
            ]
        authors = min(30, (width - used) // 4)
        room = width - used - authors - 8
        return [
            [
                *lead,
                (fit(title, room), strength),
                ("  ", ""),
                (fit(byline(paper, 1 if authors < 20 else 2), authors), "muted"),
                (fit_right(year, 5), "muted"),
                (" ", ""),
            ]
        ]


_PARTICLES = frozenset(
    "van von de den der del della di da do dos du la le ten ter zu bin ibn al el".split()  # noqa: SIM905 - as words
)


def title_of(paper: Paper) -> str:
    """Return the title as a reader expects it, or how the abstract begins where no issue gives a title."""
    if paper.title:
        return shown(paper.title)
    if paper.abstract:
        return f"“{shown(paper.abstract[:300]).replace(chr(10), ' ')}”"
    return paper.links[0].url if paper.links else paper.id


def byline(paper: Paper, most: int) -> str:
    """Return the authors as a list shows them: one or two family names, and how many more."""
    names = [_family(name) for name in paper.authors]
    more = len(names) + paper.more_authors - most
    if not names:
        return ""
    if more <= 0:
        return ", ".join(names)
    return f"{', '.join(names[:most])} +{more}"


def _family(name: str) -> str:
    name = shown(name)
    if "," in name:
        return name.split(",")[0]
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv"):
        words.pop()
    particles = [word for word in words[1:-1] if word.lower() in _PARTICLES]
    return " ".join([*particles, words[-1]]) if words else name
