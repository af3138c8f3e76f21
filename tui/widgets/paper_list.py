"""The pane of papers: place, title, authors and year, with the reader's marks as quiet symbols."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len
from textual import events
from textual.message import Message

from tui.model import NoPapers, PaperRow, Papers
from tui.widgets import reader_marks
from tui.widgets.cells import fit, fit_right
from tui.widgets.hits import Find, kept, lit, nowhere
from tui.widgets.lines import Lines, Parts

GAP = 3
"""Cells between a title or a byline and what the reader wrote, at least."""

WIDE = 100
"""From this many cells on a paper takes one line; below, its authors go under the title."""

MARK = 1
"""The cells on the left that a mark takes."""


class PaperList(Lines):
    """The papers of an issue, of a search, or all; it asks for a row when that comes into view."""

    dense: bool = False
    """Whether a paper takes one line in a narrow pane too."""

    class Turned(Message):
        """The reader clicked where the mark of *paper* stands, or would."""

        def __init__(self, lines: PaperList, paper: str) -> None:
            super().__init__()
            self.lines = lines
            self.paper = paper

        @property
        def control(self) -> PaperList:
            """The list that was clicked."""
            return self.lines

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._papers: Papers = NoPapers()
        self._digits = 2
        self._find: Find = nowhere
        self._begun: int | None = None

    def show(self, papers: Papers, chosen: str | None = None, most: int = 0, find: Find = nowhere) -> None:
        """Show *papers*, with the cursor on the one *chosen* where it is among them.

        *most* is the highest number that can stand before one; what *find* finds is lit.
        """
        ends = self._ends()
        self._papers, self._find = papers, find
        self._digits = max(2, len(str(max(most, len(papers)))))
        self.reset(place_of(papers, chosen) or 0)
        if self._begun is not None and self._ends() != ends:
            self._begun = None  # its places are other papers now

    @property
    def papers(self) -> Papers:
        """The papers that are shown."""
        return self._papers

    @property
    def current(self) -> str | None:
        """The id of the paper under the cursor, or None in an empty list."""
        return self._papers[self.cursor] if len(self._papers) else None

    def __len__(self) -> int:
        """Return the number of papers shown."""
        return len(self._papers)

    # A range of rows

    @property
    def range(self) -> range | None:
        """The places of the rows from where a range was begun to the cursor, or None without a range."""
        if self._begun is None:
            return None
        return range(min(self._begun, self.cursor), max(self._begun, self.cursor) + 1)

    def begin_range(self) -> None:
        """Begin a range at the cursor; from now on it goes to wherever the cursor is."""
        if len(self):
            self._begun = self.cursor
            self.refresh()

    def end_range(self) -> None:
        """End the range; the cursor stays."""
        self._begun = None
        self.refresh()

    def _ends(self) -> tuple[str, ...]:
        """Return what tells that the range means the same papers: how many are listed, and those at its ends."""
        places, count = self.range, len(self)
        if places is None or places[-1] >= count:
            return ()
        return (str(count), self._papers[places[0]], self._papers[places[-1]])

    def ground(self, index: int) -> str:
        """Return the role of the ground of row *index*: rows of the range are lit."""
        return super().ground(index) or ("range" if self.range and index in self.range else "")

    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on row *index*; the range, if there is one, goes along."""
        super().move_to(index, direction)
        if self._begun is not None:
            self.refresh()

    def clicked(self, index: int, event: events.Click) -> None:
        """Go to row *index*; with shift as a range from where the cursor was; on the mark, turn it too."""
        if event.shift and self._begun is None:
            self.begin_range()
        if event.x < MARK and not event.shift:
            self.move_to(index)
            self.post_message(self.Turned(self, self._papers[index]))
            return
        super().clicked(index, event)
        if event.shift:
            self.post_message(self.Moved(self))  # also where it stayed on its row

    def read_anew(self, papers: Iterable[str] | None = None) -> None:
        """Show what changed: all that is in view, or of it only the rows of *papers*."""
        if papers is None:
            self._papers.forget()
            self.repaint()
        else:
            names = frozenset(papers)
            changed = [index for index in self.in_view if self._papers[index] in names]
            self._papers.forget()
            self.forget_others(self.in_view)
            self.repaint_rows(changed)

    @property
    def row_height(self) -> int:
        """One line where there is room for columns, or where the reader wants no more, else two."""
        return 1 if self.dense or self.size.width >= WIDE else 2

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return the lines of row *index*. The title is the column that never goes."""
        row = self._papers.row(index)
        lead: list[tuple[str, str]] = [
            ("◆" if row.marked else " ", "mark"),
            ("★" if row.starred else " ", "mark"),
            (fit_right(str(self._papers.position(index)), self._digits), "muted"),
            ("?" if row.asks else " ", "mark"),
            (fit(reader_marks.SIGNS[row.state], 2), "accent" if row.state in reader_marks.WANTED else "muted"),
        ]
        used = 2 + self._digits + 3
        year = str(row.year or "")
        strength = "strong" if row.state in reader_marks.WANTED and row.titled else "muted"
        if self.row_height == 2:
            under = " · ".join(part for part in (byline(row, 2), year, said_in(row)) if part)
            return [
                [*lead, *self._lit(row.title, width - used - 1, strength)],
                [(" " * used, ""), *self._annotated(row, under, width - used - 1, "muted")],
            ]
        authors = min(30, (width - used) // 4)
        return [
            [
                *lead,
                *self._annotated(row, row.title, width - used - authors - 11, strength),
                (f"{fit_right(said_in(row), 4)} ", "muted"),
                *self._lit(byline(row, 1 if authors < 20 else 2), authors, "muted"),
                (fit_right(year, 5), "muted"),
                (" ", ""),
            ]
        ]

    def _annotated(self, row: PaperRow, text: str, width: int, role: str) -> Parts:
        """Return *text*, and at its right end what the reader wrote, in what room the text leaves: it is never cut."""
        room = width - cell_len(text) - GAP if row.tags or row.noted else 0
        said = reader_marks.behind(row, room) if room > 0 else ""
        return [*self._lit(text, width - cell_len(said), role), (said, "muted")]

    def _lit(self, text: str, width: int, role: str) -> Parts:
        cut = fit(text, width)
        spans = self._find(text)
        return list(lit(cut, role, kept(spans, text, cut))) if spans else [(cut, role)]


def place_of(papers: Papers, paper: str | None) -> int | None:
    """Return the place of *paper* in the list, or None where it is not there."""
    if paper is None:
        return None
    try:
        return papers.index(paper)
    except ValueError:
        return None


def said_in(row: PaperRow) -> str:
    """Return in how many issues the paper is, where these are several: ``×3``."""
    return f"×{min(row.issues, 999)}" if row.issues > 1 else ""


_PARTICLES = frozenset(
    "van von de den der del della di da do dos du la le ten ter zu bin ibn al el".split()  # noqa: SIM905 - as words
)


def byline(row: PaperRow, most: int) -> str:
    """Return the authors as a list shows them: one or two family names, and how many more."""
    names = [_family(name) for name in row.authors]
    more = len(names) + row.more_authors - most
    if not names:
        return ""
    if more <= 0:
        return ", ".join(names)
    if row.more_authors == 1 and len(names) <= most:
        # Nobody counted them: so is "et al." kept.
        return f"{', '.join(names)} et al."
    return f"{', '.join(names[:most])} +{more}"


@lru_cache(maxsize=4096)
def _family(name: str) -> str:
    if "," in name:
        return name.split(",")[0]
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv"):
        words.pop()
    particles = [word for word in words[1:-1] if word.lower() in _PARTICLES]
    return " ".join([*particles, words[-1]]) if words else name
