"""The palette: every action by its name, made from the bindings, and every issue by its title."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.screens import keys
from tui.screens.browse import Browse
from tui.text import shown


class Actions(Provider):
    """What the keys do, with the keys, and the issues to go to."""

    async def discover(self) -> Hits:
        """Yield every action, for an empty field."""
        for name, help_text, action in self._actions():
            yield DiscoveryHit(Content(name), partial(self._run, action), text=name, help=help_text)

    async def search(self, query: str) -> Hits:
        """Yield what fits *query*: actions, then issues."""
        matcher = self.matcher(query)
        for name, help_text, action in (*self._actions(), *self._issues()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, Content(name), partial(self._run, action), text=name, help=help_text)

    @property
    def _browse(self) -> Browse | None:
        return self.screen if isinstance(self.screen, Browse) else None

    def _actions(self) -> Iterator[tuple[str, str, str]]:
        for _, bindings in (keys.TAKING, keys.CHORDS, keys.LOOKING, keys.CHOOSING, keys.PROGRAM, keys.MOVING):
            for binding in bindings:
                if binding.action not in ("arrow(1)", "arrow(-1)", "app.command_palette", "prefix", "interrupt"):
                    name = f"Copy {binding.description}" if binding in keys.CHORDS[1] else binding.description
                    yield name, f"{keys.key_of(binding)}  {binding.tooltip}", binding.action

    def _issues(self) -> Iterator[tuple[str, str, str]]:
        if self._browse:
            for row in self._browse.desk.shelf():
                yield f"Issue: {shown(row.title)}", f"{row.papers} papers, {row.unread} unread", f"go:{row.id}"

    async def _run(self, action: str) -> None:
        if self._browse is None:
            return
        if action.startswith("go:"):
            self._browse.show_issue(action.removeprefix("go:"))
        else:
            # The choices after the prefix are asleep; what they do has a name of its own.
            await self.app.run_action(action.replace("yank(", "copy("), self._browse)
