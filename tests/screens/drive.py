"""Driving the screens in tests: an app on a desk, keys, and waiting until nothing is under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot
from textual.widgets import Input

from tui.app import PaperrackApp
from tui.desk import Desk
from tui.screens.browse import Browse


@dataclass
class Driven:
    """A running app and the hands on its keyboard."""

    app: PaperrackApp
    pilot: Pilot[None]

    @property
    def browse(self) -> Browse:
        """The main screen, also under a dialog."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Browse))

    async def press(self, *keys: str) -> None:
        """Press keys and wait until what they started is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait for workers and for the screen."""
        for _ in range(200):
            await self.pilot.pause()
            browse = self.browse
            behind = (browse.due and browse.details_pane.display) or browse.words != self.typed.strip()
            if not behind and all(worker.is_finished for worker in self.app.workers):
                break
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    @property
    def titles(self) -> list[str | None]:
        """The titles that the list of papers shows."""
        return [self.browse.desk.rack.paper(name).title for name in self.browse.paper_list.papers[:]]

    @property
    def current(self) -> str | None:
        """The title under the cursor."""
        name = self.browse.paper_list.current
        return self.browse.desk.rack.paper(name).title if name else None

    @property
    def toasts(self) -> list[str]:
        """What the toasts say, newest last."""
        return [notification.message for notification in self.app._notifications]

    @property
    def typed(self) -> str:
        """What stands in the filter."""
        return self.browse.query_one("#filter", Input).value

    @property
    def screen_text(self) -> str:
        """The whole screen as plain text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def driven(desk: Desk, size: tuple[int, int] = (120, 40), words: Sequence[str] = ()) -> AsyncIterator[Driven]:
    """Yield the app on *desk*, settled, in a terminal of *size*."""
    app = PaperrackApp(desk, words)
    async with app.run_test(size=size, notifications=True) as pilot:
        hands = Driven(app, pilot)
        await hands.settle()
        yield hands
