"""What a terminal says of itself among what the reader types, taken out before it is read as keys.

Textual knows the answers that it asked for. Others come all the same: the reader's editor, or what ran before, asked
for a colour or a name, and over a slow line the answer arrives when it has ended. Textual reads it letter by letter,
and letters are commands here: ``rgb:ffff`` would make a paper read, copy, and look up. It does so, too, with what
stands behind an escape within a pasted text, which is a stranger's, so a paste loses its escapes. The forms are those
of ECMA-48 (8.3.89, 8.3.27, 8.3.2: OSC, DCS, APC) and of xterm's list of control sequences (device attributes and
status, OSC 4, 10 to 19 and 52, the window's title and size).
"""

from __future__ import annotations

import re

MOST = 65_536
"""Letters of the longest answer that is waited for: a clipboard may be in it."""

_TEXT = r"\x1b(?:\]\d|\][lL]|P[0-9>!]|_G)[^\x07\x1b\x18\x1a]*+"
_ANSWER = re.compile(
    # A text behind OSC, DCS or APC, up to ST, BEL, or what cancels it; what a person presses is never followed so.
    rf"{_TEXT}(?:\x1b\\|[\x07\x18\x1a])"
    # Device attributes, status reports, sizes of the window; 48;...t is Textual's own.
    r"|\x1b\[[?>=][\d;]*+[cnS]|\x1b\[(?!48;)\d[\d;]*+t|\x1b\[[03]n"
)
_BEGUN = re.compile(rf"{_TEXT}\x1b?\Z")
_CUT = re.compile(r"\x1b\[20[01]?\Z")
_CUT_IN_PASTE = re.compile(r"\x1b(?:\[(?:2(?:0(?:1)?)?)?)?\Z")
"""What may be the beginning of a mark that comes in two pieces."""
_PASTE = re.compile(r"\x1b\[20([01])~")


class Answers:
    """Takes answers out of what comes, and escapes out of what is pasted, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._begun = ""
        self._pasting = False

    def without(self, data: str) -> str:
        """Return what is to be read of *data* by now."""
        if not self._begun and "\x1b" not in data:
            return data
        data, self._begun = self._begun + data, ""
        kept: list[str] = []
        at = 0
        for mark in _PASTE.finditer(data):
            kept += (self._typed(data[at : mark.start()]), mark[0])
            self._pasting = mark[1] == "0"
            at = mark.end()
        rest = data[at:]
        if (begun := self._cut(rest)) and len(begun[0]) <= MOST:
            rest, self._begun = rest[: begun.start()], begun[0]
        return "".join((*kept, self._typed(rest)))

    def _cut(self, text: str) -> re.Match[str] | None:
        """Return what at the end of *text* will be understood only with what comes next."""
        return _CUT_IN_PASTE.search(text) if self._pasting else _BEGUN.search(text) or _CUT.search(text)

    def _typed(self, text: str) -> str:
        return text.replace("\x1b", "") if self._pasting else _ANSWER.sub("", text)
