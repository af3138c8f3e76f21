"""Reading as lines: a prompt and typed commands, for screen readers, for terminals without a screen, and for scripts.

One fact a line, no columns, no colour and no sign that has to be seen; the terminal wraps. It is the same desk as the
screens'. :mod:`tui.cli.plain.table` has the commands: a new one is a function and a line there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.desk import Desk


def read(desk: Desk, paths: Sequence[str], format: str | None = None) -> int:
    """Read in lines until the reader leaves, and return the exit status: 1 if a command failed that no one typed."""
    from tui.cli.plain.prompt import Prompt
    from tui.cli.plain.reading import Reading

    return Prompt(Reading(desk)).run(paths, format)
