"""The palette: every action by its name, made from the bindings; issues and saved searches by theirs; any search."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.screens import keys
from tui.screens.browse import Browse
from tui.screens.keymap import DEFAULT
from tui.screens.remembering import Themed
from tui.text import fold, shown
from tui.widgets.issue_list import label_of

MOST = 30
"""Issues that are offered at a time: who sees none that fits types on."""

SLICE = 200
"""Issues that are looked at before a key comes in."""


_ORDER = (
    keys.TAKING, keys.CHORDS, keys.READING, keys.STATES, keys.LOOKING, keys.CHOOSING, keys.PROGRAM, keys.MOVING,
)  # fmt: skip
"""The groups in the order of the palette."""

_LEADS = {keys.CHORDS: "Copy", keys.STATES: "Make it"}
"""What stands before the names of choices."""

_KEYS_ALONE = frozenset({"arrow-down", "arrow-up", "palette", "copy", "make", "interrupt"})
"""Actions that have a meaning as keys only."""


class Actions(Provider):
    """What the keys do, with the keys, and the issues to go to."""

    async def discover(self) -> Hits:
        """Yield every action, for an empty field."""
        for name, help_text, action in (*self._actions(), *self._themes()):
            yield DiscoveryHit(Content(name), partial(self._run, action), text=name, help=help_text)

    async def search(self, query: str) -> Hits:
        """Yield what fits *query*: actions, searches and issues; then to search every paper for it."""
        matcher = self.matcher(query)
        for name, help_text, action in (*self._actions(), *self._searches(), *self._themes()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, Content(name), partial(self._run, action), text=name, help=help_text)
        async for name, help_text, action in self._issues(query):
            score = matcher.match(name) or 0.1
            yield Hit(score, Content(name), partial(self._run, action), text=name, help=help_text)
        name = f"Search every paper for “{query.strip()}”"
        yield Hit(0.01, Content(name), partial(self._run, f"for:{query.strip()}"), text=name, help=self._same())

    def _same(self) -> str:
        return f"{self._browse.keymap.key('search')}  the same" if self._browse else ""

    @property
    def _browse(self) -> Browse | None:
        return self.screen if isinstance(self.screen, Browse) else None

    def _actions(self) -> Iterator[tuple[str, str, str]]:
        keymap = self._browse.keymap if self._browse else DEFAULT
        for group in _ORDER:
            for row in group[1]:
                if row.id not in _KEYS_ALONE:
                    name = f"{_LEADS[group]} {row.description}" if group in _LEADS else row.description
                    keys_of = keymap.said(row.id)
                    yield name, f"{keys_of}  {row.tooltip}" if keys_of else row.tooltip, row.action

    def _themes(self) -> Iterator[tuple[str, str, str]]:
        app = cast(Themed, self.app)
        for name in app.theme_names():
            yield (
                f"Theme: {name}",
                "It is the present one" if name == app.theme else "Show it, and keep it",
                f"theme:{name}",
            )

    def _searches(self) -> Iterator[tuple[str, str, str]]:
        for row in self._browse.searches if self._browse else ():
            # What stands beside a name is markup to Textual: no words of a reader's or a stranger's go there.
            found = "" if row.papers is None else f"{row.papers:,} papers"
            yield f"Search: {row.name}", found or "Saved", f"saved:{row.name}"

    async def _issues(self, query: str) -> AsyncIterator[tuple[str, str, str]]:
        """Yield the first issues whose group and title hold every word of *query*."""
        words, found = fold(query).split(), 0
        for number, row in enumerate(self._browse.desk.shelf() if self._browse else ()):
            if number % SLICE == SLICE - 1:
                await asyncio.sleep(0)
            name = f"Issue: {shown(row.title)}"
            text = fold(f"{name} {row.group} {label_of(row)}")
            if all(word in text for word in words):
                yield name, f"{row.papers:,} papers, {row.unread:,} unread", f"go:{row.id}"
                found += 1
            if found == MOST:
                return

    async def _run(self, action: str) -> None:
        if self._browse is None:
            return
        if action.startswith("go:"):
            self._browse.show_issue(action.removeprefix("go:"))
        elif action.startswith("saved:"):
            self._browse.show_search(action.removeprefix("saved:"))
        elif action.startswith("theme:"):
            cast(Themed, self.app).choose_theme(action.removeprefix("theme:"))
        elif action.startswith("for:"):
            await self._browse.search_for(action.removeprefix("for:"))
        else:
            await self.app.run_action(action, self._browse)
