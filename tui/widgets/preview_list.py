"""What a digest holds before it is kept: its issues, their papers, and the lines that were not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from tui.model import Entry, Issue, Remark
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.issue_list import short_date
from tui.widgets.lines import Lines, Parts

_SIGN = 9

Row = str | tuple[Issue, str] | tuple[Entry, bool] | Remark


class PreviewList(Lines):
    """A heading an issue, a row a paper, and the lines that were not understood below."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()

    def show(self, issues: Iterable[tuple[Issue, str, Sequence[bool]]], remarks: Sequence[Remark]) -> None:
        """Show *issues*, each with what it is to the library and which of its papers are there, and *remarks*."""
        rows: list[Row] = []
        for issue, outcome, known in issues:
            rows.append((issue, outcome))
            rows += zip(issue.entries, known, strict=True)
        if remarks:
            rows += ["Not understood", *remarks]
        self._rows = rows
        self.reset()

    def __len__(self) -> int:
        """Return the number of rows, headings among them."""
        return len(self._rows)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*."""
        row = self._rows[index]
        if isinstance(row, str):
            return [[(fit(row, width), "heading")]]
        if isinstance(row, Remark):
            line = fit(f"  {row.line}", _SIGN)
            return [[(line, "mark"), (fit(shown(f"{row.text or '…'}   {row.why}"), width - _SIGN), "muted")]]
        thing, said = row
        if isinstance(thing, Issue):
            beside = "   ".join(part for part in (short_date(thing.date or ""), str(said)) if part)
            name = " ".join(part for part in (thing.title, thing.number if not thing.title else None) if part)
            room = max(0, width - cell_len(beside) - 2)
            return [[(fit(shown(name), room), "heading"), (fit_right(beside, width - room), "accent")]]
        sign = "known" if said else "new"
        title = thing.title or thing.abstract or next(iter(thing.identifiers.values()), "without a title")
        strength = "muted" if said else "strong"
        return [[(f"  {fit(sign, _SIGN - 2)}", "muted" if said else "accent"),
                 (fit(shown(title), max(0, width - _SIGN)), strength)]]  # fmt: skip
