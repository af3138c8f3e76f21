"""The commands about paperrack itself, which need no library: what makes shells complete its words, and its manual."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tui.cli import streams


def completions(words: argparse.Namespace) -> int:
    """Print a shell's script."""
    from tui.cli.shells import SHELLS
    from tui.cli.shells.described import described

    sys.stdout.write(SHELLS[words.shell](described()))
    return 0


def man(_words: argparse.Namespace) -> int:
    """Show the manual by the system's own program where a reader waits for it, else print its source."""
    from tui.cli.manual import page

    reader = shutil.which("man") if sys.stdout.isatty() else None
    if reader is None:
        sys.stdout.write(page())
        return 0
    with tempfile.TemporaryDirectory(prefix="paperrack-") as folder:
        path = Path(folder) / "paperrack.1"
        path.write_text(page(), encoding="utf-8")
        try:
            # A name with a slash is a file, for every man.
            return int(bool(subprocess.run([reader, str(path)], check=False).returncode))  # noqa: S603 - a list of words, no shell
        except OSError as error:
            streams.narrate(f"{reader} could not be started: {error.strerror}.")
            return 1


ALONE: dict[str, Callable[[argparse.Namespace], int]] = {"completions": completions, "man": man}
"""The commands of this file by their names."""
