"""The door: ``paperrack`` and ``python -m tui``."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.desk import Desk


def main() -> int:
    """Run paperrack with the words of the command line and return its exit status."""
    # What is loaded stays: to look for garbage among it takes time and finds none.
    gc.disable()
    from tui.cli import run, streams

    if sys.argv[1:2] != ["complete"]:
        # What a shell asks at every press of a key needs none of it.
        import tui.desk.opening  # noqa: F401 - loaded here, while nobody looks for garbage

    gc.freeze()
    gc.enable()
    streams.guard()
    try:
        return run(sys.argv[1:], _screens)
    finally:
        streams.settle()


def _screens(desk: Desk, paths: Sequence[str], format: str | None) -> int:
    # A key is painted in two steps, the row and then its details; at 60 pictures a second each would wait for its turn.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    # Nothing that a start makes can go before the first picture: until then the collector would look in vain.
    gc.disable()
    from tui.app import PaperrackApp, few_colours
    from tui.desk import layout
    from tui.screens import guarding

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if number := getattr(signal, name, None):
            # A terminal that is closed ends the program as q does: what is unsaved is saved, a demo's library goes.
            signal.signal(number, _leave)
    # A library that is thrown away leaves nothing to go back to, and is always opened for the first time.
    passing = os.path.realpath(desk.library.folder) != os.path.realpath(desk.settings.library.path)
    remembered = layout.Layout(teach=True) if passing else layout.of_platform()
    app = PaperrackApp(desk, paths, format, remembered, few_colours())
    guarding.guard(app)
    app.run()
    # Who leaves does not wait for a long backup: the next run makes it.
    desk.close(patience=3)
    return app.return_code or 0


def _leave(number: int, _frame: object) -> None:
    """End with the status of a signal, between two steps: in the midst of one, what runs there might swallow it."""
    import asyncio

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        sys.exit(128 + number)
    loop.call_soon_threadsafe(sys.exit, 128 + number)


if __name__ == "__main__":
    sys.exit(main())
