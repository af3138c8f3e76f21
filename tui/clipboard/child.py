"""The process that speaks to pyperclip: ``child.py copy|paste TOOL``; see :mod:`tui.clipboard.system`.

It takes UTF-8 on stdin or gives it on stdout, says what went wrong on stderr, and ends with 0 only if it is done:
for a copy, when the clipboard was read and holds the text.
"""

from __future__ import annotations

import sys
import time

import pyperclip

# What pyperclip calls the tools; WSL's it has no name for.
NAMES = {"wl-copy": "wl-clipboard"}
_TRIES = 10


def main(action: str, tool: str) -> str | None:
    """Copy stdin or print the clipboard; return what went wrong, or None."""
    if tool == "clip.exe":
        copy, paste = pyperclip.init_wsl_clipboard()
    else:
        pyperclip.set_clipboard(NAMES.get(tool, tool))
        copy, paste = pyperclip.copy, pyperclip.paste
    if action == "paste":
        sys.stdout.buffer.write((paste() or "").encode("utf-8", "replace"))
        return None
    text = sys.stdin.buffer.read().decode("utf-8")
    copy(text)
    for _ in range(_TRIES):
        if _plain(paste() or "") == _plain(text):
            return None
        # A tool that goes to the background may own the selection a moment after its parent has ended.
        time.sleep(0.05)
    return "the clipboard does not hold the text afterwards"


def _plain(text: str) -> str:
    """Line ends as clipboards may change them: Windows has its own, and some tools end a text with one."""
    return text.replace("\r\n", "\n").rstrip("\n")


if __name__ == "__main__":
    try:
        problem = main(*sys.argv[1:3])
    except Exception as error:
        # pyperclip lets any error of its tools through; the parent wants one line.
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
    if problem:
        sys.exit(problem)
