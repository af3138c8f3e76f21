"""What a terminal makes easier: a line can be edited, earlier ones come back, and tab completes words."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable

from tui.cli.plain.reading import Reading
from tui.cli.plain.table import COMMANDS, find
from tui.desk.listing import SORTS
from tui.errors import PaperrackError

_MOST = 200
"""Words that are offered at once."""


def ready(reading: Reading) -> None:
    """Let lines be edited, repeated and completed, where Python was built with readline."""
    try:
        import readline
    except ImportError:
        return
    found: list[str] = []

    def complete(_word: str, state: int) -> str | None:
        if state == 0:
            before = readline.get_line_buffer()[: readline.get_endidx()]
            found[:] = completions(reading, before)[:_MOST]
        return found[state] if state < len(found) else None

    # What is completed is all that stands behind the command: names and paths hold blanks.
    readline.set_completer_delims("\n")
    readline.set_completer(complete)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")


def completions(reading: Reading, before: str) -> list[str]:
    """Return the lines that *before* can become."""
    line = before.lstrip()
    name, blank, behind = line.partition(" ")
    if not blank:
        return [f"{each.name} " for each in COMMANDS if each.name.startswith(name.lower())]
    try:
        command = find(name)
        return [f"{name} {each}" for each in _offered(reading, command.completes, behind.lstrip())]
    except PaperrackError:
        return []


def _offered(reading: Reading, kind: str, start: str) -> Iterable[str]:
    if kind == "files":
        return _files(start)
    if kind == "tags":
        # The last of the tags, behind commas and perhaps a number.
        cut = max(start.rfind(","), start.rfind(" ")) + 1
        kept, word = start[:cut], start[cut:].lower()
        return [kept + tag for tag in reading.desk.annotating.tags() if tag.lower().startswith(word)]
    words: dict[str, Iterable[str]] = {
        "commands": (each.name for each in COMMANDS),
        "issues": (row.id for row in reading.desk.shelf()),
        "searches": (each.name for each in reading.desk.searches.list()),
        "sources": (each.name for each in reading.desk.sources.list()),
        "orders": SORTS,
        "whats": ("bibtex", "keys", "cite", "title", "url"),
    }
    return [word for word in words.get(kind, ()) if word.lower().startswith(start.lower())]


def _files(start: str) -> list[str]:
    pattern = glob.escape(os.path.expanduser(start)) + "*"
    return [f"{path}/" if os.path.isdir(path) else path for path in sorted(glob.iglob(pattern))[:_MOST]]
