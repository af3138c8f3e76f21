"""What runs beside the keyboard, one thing after the other, and can be given up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tui.desk import Desk
from tui.screens.shown import Shown

Done = TypeVar("Done")


class Beside(Shown):
    """One thread for what the catalogue is asked: it keeps its connection, and what that has read already."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lane: ThreadPoolExecutor | None = None
        self._busy = 0

    async def beside(self, work: Callable[[], Done]) -> Done:
        """Return what *work* gives. Raises OutdatedError where it was given up."""
        if self._lane is None:
            self._lane = ThreadPoolExecutor(1, "search")
        self._busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._lane, work)
        finally:
            self._busy -= 1

    def interrupt(self) -> None:
        """Give up what runs: something else is wanted by now."""
        if self._busy:
            self.desk.interrupt()

    def on_unmount(self) -> None:
        """End the thread, once what runs in it was given up."""
        self.interrupt()
        if self._lane is not None:
            self._lane.shutdown(wait=False, cancel_futures=True)
