"""What the reader decides on details: is this it, which version, and whose word holds."""

from __future__ import annotations

from collections.abc import Callable

from tui.model import Kind, Paper
from tui.screens.asking import Asking


class Deciding(Asking):
    """The keys that decide, on top of those that look up."""

    def action_take(self) -> None:
        """Take the record that is offered: it is the paper."""
        self._answer(self.desk.deciding.take)

    def action_refuse(self) -> None:
        """Refuse the record that is offered, for good."""
        self._answer(self.desk.deciding.refuse)

    def _answer(self, decide: Callable[[str, str], str]) -> None:
        if (paper := self._paper()) is None:
            return
        if not (paper.details and paper.details.offers):
            self.tell("Nothing is offered for this paper.", "warning")
            return
        offer = paper.details.offers[0].answer.name
        self.decided(paper, lambda: decide(paper.id, offer))

    def action_version(self) -> None:
        """Show and export the other version of the paper."""
        if (paper := self._paper()) is None:
            return
        details = paper.details
        if details is None or details.shown is None or len(details.versions) < 2:
            self.tell(
                "Only one version of this paper is known."
                if details
                else f"{self.key('look-up')} looks the paper up first."
            )
            return
        kind: Kind = "published" if details.question or details.shown.kind == "preprint" else "preprint"
        self.decided(paper, lambda: self.desk.deciding.prefer(paper.id, kind))

    def action_provenance(self) -> None:
        """Show every field of the paper with who says so."""
        from tui.screens.provenance import Provenance

        if (paper := self._paper()) is not None:
            self.app.push_screen(
                Provenance(self.desk, paper.id), lambda changed: self.show_changed([paper.id] if changed else ())
            )

    def action_compare(self) -> None:
        """Show what each issue says of the paper, side by side."""
        if (paper := self._paper()) is None:
            return
        if len(paper.mentions) < 2:
            self.tell("Only one issue speaks of this paper.")
            return
        from tui.screens import keymap
        from tui.screens.comparing import Comparing

        self.app.clear_notifications()
        self.app.push_screen(Comparing(keymap.of(self.desk.settings), paper, self.issue or None))

    def decided(self, paper: Paper, decide: Callable[[], str]) -> None:
        """Do what the reader decided on *paper*, say what that was, and show it."""
        with self.telling():
            self.tell(decide())
        self.show_changed([paper.id])
        self.say_progress()

    def _paper(self) -> Paper | None:
        name = self.seen()
        return self.desk.rack.paper(name) if name else None
