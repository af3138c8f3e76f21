"""The rows of the export dialog: format, destination, fields, file; each choice is a new wish."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from pathlib import Path

from textual import on, work
from textual.getters import query_one
from textual.widgets import Input

from tui.desk import Desk
from tui.screens import wanted as choosing
from tui.screens.leaving import Leaving
from tui.screens.wanted import BIB, To, Wanted
from tui.widgets.choices import Choices
from tui.widgets.richer_list import RicherList


class Rows(Leaving):
    """What the reader chooses in the dialog on papers *names*; *issue* is the one that has them all."""

    format = query_one("#export-format", Choices)
    to = query_one("#export-to", Choices)
    fields = query_one("#export-fields", Choices)
    files = query_one("#export-files", Choices)
    path = query_one("#export-path", Input)

    def __init__(self, desk: Desk, names: tuple[str, ...], issue: str | None = None) -> None:
        super().__init__(desk, names, desk.settings.bibtex.fields)
        self.issue = issue
        self.formats = desk.exporting.formats()
        self.offered: dict[str, str] = {}
        self.found: tuple[Path, ...] = ()
        self.said = ""

    def change(self, wanted: Wanted) -> None:
        """Want something else; what was said of the former wish is gone."""
        self.said = ""
        self.think_again()
        if wanted.to != "into" or wanted.path != self.wanted.path:
            wanted, self.offered = dataclasses.replace(wanted, replace=frozenset()), {}
        self.want(wanted)

    def action_format(self, number: int) -> None:
        """Take the format with that number."""
        if number > len(self.formats):
            return
        chosen, wanted = self.formats[number - 1], self.wanted
        if wanted.to == "into" and chosen.name not in BIB:
            self.say(f"A .bib file holds BibTeX or BibLaTeX, and not {chosen.label}.")
            return
        path = choosing.with_suffix(wanted.path, self.suffix, chosen.suffix) if wanted.to == "file" else wanted.path
        self.change(dataclasses.replace(wanted, format=chosen.name, path=path))
        self.path.value = path

    @property
    def suffix(self) -> str:
        """The suffix of files of the chosen format."""
        return next(each.suffix for each in self.formats if each.name == self.wanted.format)

    @on(Choices.Picked, "#export-format")
    def _format_picked(self, event: Choices.Picked) -> None:
        self.action_format([each.name for each in self.formats].index(event.name) + 1)

    def action_to(self, to: To) -> None:
        """Take the destination, and go to where its file is named."""
        self._go_to(to)
        if self.wanted.to == to and to != "clipboard":
            (self.files if to == "into" and self.files.display else self.path).focus()

    @on(Choices.Picked, "#export-to")
    def _to_picked(self, event: Choices.Picked) -> None:
        self._go_to(next(name for name, _, _ in choosing.DESTINATIONS if name == event.name))

    def _go_to(self, to: To) -> None:
        if to == self.wanted.to:
            return
        if to == "into" and self.wanted.format not in BIB:
            self.say("Into a .bib file goes BibTeX (1) or BibLaTeX (2).")
            return
        path = self._proposed() if to == "file" else self._first() if to == "into" else ""
        self.change(dataclasses.replace(self.wanted, to=to, path=path))
        self.path.value = path

    @work(group="finding", exit_on_error=False)
    async def _find(self) -> None:
        """Look for the files that are offered; a TeX project is read through for them."""
        with contextlib.suppress(OSError):  # the working folder was removed
            self.found = await asyncio.to_thread(self.desk.into.files)
        if self.wanted.to == "into" and not self.wanted.path:
            self.path.value = self._first()
        self.show_made()

    def _first(self) -> str:
        return choosing.short(self.found[0]) if self.found else ""

    def _proposed(self) -> str:
        key = self.desk.exporting.keys(self.names[:1])[self.names[0]]
        return choosing.proposed(self.names, key, self.issue, self.suffix)

    @on(Choices.Picked, "#export-fields")
    def _field_picked(self, event: Choices.Picked) -> None:
        self.change(self.wanted.with_field(event.name))

    @on(Choices.Picked, "#export-files")
    def _file_picked(self, event: Choices.Picked) -> None:
        self.path.value = choosing.short(Path(event.name))

    @on(Input.Changed)
    def _path_changed(self, event: Input.Changed) -> None:
        path = event.value.strip()
        if path != self.wanted.path and self.wanted.to != "clipboard":
            self.change(dataclasses.replace(self.wanted, path=path))

    @on(RicherList.Picked)
    def _richer_picked(self, event: RicherList.Picked) -> None:
        self.change(self.wanted.with_replaced(event.key))
