"""The door: ``paperrack`` and ``python -m tui``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run paperrack with the words of the command line and return its exit status."""
    from tui.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
