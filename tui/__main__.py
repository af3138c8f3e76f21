"""The door: ``paperrack`` and ``python -m tui``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.desk import Desk


def main() -> int:
    """Run paperrack with the words of the command line and return its exit status."""
    from tui.cli import run

    return run(sys.argv[1:], _screens)


def _screens(desk: Desk, paths: Sequence[str], format: str | None) -> int:
    from tui.app import PaperrackApp

    app = PaperrackApp(desk, paths, format)
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
