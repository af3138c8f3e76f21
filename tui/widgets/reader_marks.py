"""What the reader wrote on a paper, as a list shows it quietly and the details in full."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tui.model import Paper, PaperRow, State
from tui.widgets.blocks import Block

SIGNS: dict[State, str] = {"new": "•", "to read": "◇", "reading": "▸", "read": " ", "dropped": "×"}
"""One cell for each reading state; one that is over is quiet."""

NOTE = "¶"
"""The sign of a note."""

WANTED: tuple[State, ...] = ("new", "to read", "reading")
"""The states of papers that still want to be read."""

MOST = 20_000
"""Letters of a note that the details lay out at every step of the cursor; the dialog has all of it."""

TAB = 4
"""Cells between two stops of a tab in a note."""


def behind(row: PaperRow, room: int) -> str:
    """Return what stands at the right end of a row in *room* cells: tags, as many as fit, and the sign of a note."""
    note = NOTE if row.noted else ""
    for many in range(len(row.tags), 0, -1):
        left = len(row.tags) - many
        said = f"{', '.join(row.tags[:many])}{f' +{left}' if left else ''}{f' {note}' if note else ''}"
        if cell_len(said) <= room:
            return said
    return note if room >= len(note) else ""


def marks(paper: Paper) -> Block:
    """Return the one line with reading state, star and tags; it is there in every state, so that nothing moves."""
    own = paper.marks
    parts = [(f"{SIGNS[own.state]} {own.state}".strip(), "link" if own.state in WANTED[1:] else "muted")]
    if own.starred:
        parts += [("  ★ starred", "mark")]
    if own.tags:
        parts += [("  tags ", "muted"), (", ".join(own.tags), "identifier")]
    return Block(tuple(parts), name="marks")


def note(paper: Paper) -> Iterator[Block]:
    """Yield the note under its heading, line by line as it was written."""
    if paper.marks.note:
        written = paper.marks.note
        yield Block((("Note", "heading"),), gap=1)
        yield Block(((written[:MOST].expandtabs(TAB), ""),), indent=2, bar=True, name="note")
        if left := len(written[MOST:]):
            yield Block(((f"… and {left:,} more letters; n shows them", "muted"),), indent=2, bar=True)
