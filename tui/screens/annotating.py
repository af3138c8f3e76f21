"""What the reader writes on papers: tags, notes, reading states, stars."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.getters import query_one

from tui.desk.annotating import PUT
from tui.desk.marking import count
from tui.screens.choosing import AT_ONCE
from tui.screens.ordering import Ordering
from tui.text import clean
from tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from tui.screens.tags import Retagged

MANY = 50
"""Papers that become something else without a question."""

STARS = {"starred": "starred", "unstarred": "without a star now"}
"""What is said of stars that were given or taken."""


class Annotating(Ordering):
    """The keys that write on papers, on top of those that decide and sort."""

    key_line = query_one(KeyLine)

    def many(self) -> int:
        """Return for how many papers an action would be, without asking which."""
        places = self.paper_list.range
        return len(places) if places else self.desk.counts().marked or min(1, len(self.paper_list))

    async def several(self) -> tuple[str, ...]:
        """Return the papers that an action is for; where there are none in sight, say so."""
        if not self.paper_list.range and not self.desk.counts().marked and self.seen() is None:
            return ()
        names = self.chosen() if self.many() <= AT_ONCE else await asyncio.to_thread(self.chosen)
        if not names:
            self.tell("There is no paper here.", "warning")
        return names

    # The letter after a prefix

    def action_prefix(self, action: str) -> None:
        """Wait for the letter that says what *action* does, and say for how many papers it will be."""
        super().action_prefix(action)
        many = self.many()
        verb = "make" if action == "become" else "copy of" if action == "yank" else ""
        papers = count(many, "paper")
        if verb and many:
            self.key_line.lead(f"{verb} {papers}:", f"{papers}:", f"{many:,}:")

    def leave_prefix(self) -> None:
        """Give all keys their meaning back."""
        super().leave_prefix()
        self.key_line.lead()

    # States and stars

    async def action_become(self, what: str) -> None:
        """Give a reading state, or a star, to the chosen papers; many are asked about first."""
        self.leave_prefix()
        if (many := self.many()) <= MANY:
            await self._become(what)
            return
        papers = count(many, "paper")
        where = "The range, from its first paper to the cursor" if self.paper_list.range else "All that are marked"
        said = {"starred": "get a star", "unstarred": "lose their star"}.get(what, f"become “{what}”")
        self.ask_first(
            f"{papers}: {what}?", f"{where}: {papers} {said}. u takes it back.", "does it", partial(self._become, what)
        )

    async def _become(self, what: str) -> None:
        if not (names := await self.several()):
            return
        annotating = self.desk.annotating
        change = partial(annotating.star, names, what == "starred") if what in STARS else None
        done = next((said for state, said in PUT.items() if state == what), STARS.get(what, what))
        await self._change(names, change or partial(annotating.set_state, names, what), done)

    async def _change(self, names: tuple[str, ...], change: Callable[[], int], done: str) -> None:
        """Have *change* made to *names*, say what was *done* to how many, and show it."""
        with self.telling():
            if len(names) > AT_ONCE:
                self.tell(f"Changing {len(names):,} papers …")
            changed = change() if len(names) <= AT_ONCE else await asyncio.to_thread(change)
            already = "It was so already." if len(names) == 1 else f"All {len(names):,} were so already."
            self.tell(f"{count(changed, 'paper')} {done}, {self.key('undo')} undoes." if changed else already)
        self.end_range()
        self.refresh_marks(names)
        self.refresh_details(stay=True)

    # Tags

    async def action_tags(self) -> None:
        """Ask for the tags of the chosen papers."""
        from tui.screens.tags import Tags

        if not (names := await self.several()):
            return

        async def asked(made: Retagged | None) -> None:
            if made and (made.add or made.remove):
                said = ", ".join([*(f"+{tag}" for tag in made.add), *(f"-{tag}" for tag in made.remove)])
                change = partial(self.desk.annotating.tag, names, made.add, made.remove)
                await self._change(names, change, f"tagged {clean(said, 80)}")

        self.app.clear_notifications()
        await self.app.push_screen(Tags(self.desk, names), asked)

    # Notes

    async def action_note(self) -> None:
        """Write the note on the paper under the cursor, in place."""
        from tui.screens.note import Note

        if (paper := self._written_on()) is None:
            return

        def written(sentence: str | None) -> None:
            self._noted(paper, sentence)

        with self.telling():
            dialog = Note(self.desk, paper)
            self.app.clear_notifications()
            await self.app.push_screen(dialog, written)

    def action_edit_note(self) -> None:
        """Write the note on the paper under the cursor in the reader's own editor."""
        from tui.screens.note import said, with_editor

        if (paper := self._written_on()) is None:
            return
        kept: list[str] = []

        def keep(text: str) -> None:
            self.desk.annotating.note(paper, text)
            kept.append(text)

        with self.telling():
            with_editor(self.app, self.desk.annotating.note_on(paper), keep)
            self._noted(paper, said(kept[0]) if kept else "The note was left as it was.")

    def _written_on(self) -> str | None:
        """Return the paper under the cursor, if one is in sight."""
        if (name := self.seen()) is None:
            return None
        paper = self.current_paper()
        return paper.id if paper else name

    def _noted(self, paper: str, sentence: str | None) -> None:
        if sentence:
            self.tell(sentence)
            self.refresh_marks([paper], unread=False)
            self.refresh_details(stay=True)
