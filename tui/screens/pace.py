"""When a screen is painted: at once, as long as it was quiet, and at an even pace where much changes.

Textual paints at its own ticks, sixty a second. What changes just after one, as the details do after the row that a
key moved, waits for a later one: up to two ticks, which is longer than all of the work that the key makes.
"""

from __future__ import annotations

import time
from asyncio import sleep
from collections.abc import Callable

from textual.constants import MAX_FPS
from textual.message_pump import MessagePump
from textual.timer import Timer

BURST = 4
"""Pictures that may come right after each other: the key's own, the list's, the details', and what else comes of it."""


class Pace(Timer):
    """What stands in place of the timer by which Textual's screens update themselves.

    It is resumed when something changed and calls *update*, which pauses it: at once while fewer than :data:`BURST`
    pictures are owing, one of which is paid off at each tick. So no more than ``TEXTUAL_FPS`` come in a second of
    steady change.
    """

    def __init__(self, screen: MessagePump, update: Callable[[], object]) -> None:
        super().__init__(screen, 1 / MAX_FPS, name="screen_update", callback=update, pause=True)
        self._owing = 0.0
        self._counted = 0.0

    async def _run(self) -> None:
        while True:
            await self._active.wait()
            if (wait := self.wait(time.monotonic())) > 0:
                await sleep(wait)
            else:
                self._owing += 1
                await self._tick(next_timer=0, count=0)

    def wait(self, now: float) -> float:
        """Return the seconds from *now* (on a clock that never goes back) until there may be a picture."""
        self._owing = max(0.0, self._owing - (now - self._counted) / self._interval)
        self._counted = now
        return (self._owing - BURST + 1) * self._interval
