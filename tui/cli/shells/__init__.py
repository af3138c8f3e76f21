"""What makes shells complete paperrack's words: a script a shell, written from the words of the command line.

A script knows commands and options by itself; names out of the library it asks for (:mod:`tui.cli.completing`). A
shell more is a module with ``script(commands)`` and a line in :data:`SHELLS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.cli.shells import bash, fish, zsh
from tui.cli.shells.described import Described

SHELLS: dict[str, Callable[[Iterable[Described]], str]] = {
    "bash": bash.script,
    "zsh": zsh.script,
    "fish": fish.script,
}
