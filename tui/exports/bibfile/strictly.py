"""Whether BibTeX, at the end of a text, is still within a block, as its own reader goes through errors and all.

A transcription of what bibtex.web does (sections 236 to 263): at an error it goes on from there to the next ``@``. What
is appended to a text that leaves it within a block would be lost.
"""

from __future__ import annotations

import re

from tui.exports.bibfile.enclosed import brace_end
from tui.exports.bibfile.scan import UnclosedError

_WHITE = re.compile(r"[ \t\r\n]*+")
# A name begins with no digit and holds no sign of the syntax; an @ is none.
_NAME = re.compile(r"""(?!\d)[^ "#%'(),={}\x00-\x1f\x7f]++""")
_KEYS = {"}": re.compile(r"[^ \t\r\n,}]*+"), ")": re.compile(r"[^ \t\r\n,]*+")}
_IN_QUOTES = re.compile(r'["{}]')
_DIGITS = re.compile(r"\d++")
_CLOSERS = {"{": "}", "(": ")"}


class _SyntaxError(Exception):
    """BibTeX gives the block up here."""


def check_end(text: str) -> None:
    """Raise UnclosedError where BibTeX would still be within a block at the end of *text*."""
    reader = _Reader(text)
    at = text.find("@")
    while at >= 0:
        reader.at = at + 1
        reader.block(at)
        at = text.find("@", reader.at)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self.at, self._closer = text, 0, ""

    def block(self, start: int) -> None:
        """Read the block whose ``@`` is at *start*, as far as BibTeX does."""
        kind = key = ""
        try:
            self._white()
            kind = self._name("{(").lower()
            if kind == "comment":
                return
            self._white()
            self._closer = _CLOSERS.get(self._sign(), "")
            self._expect("{(")
            if kind not in ("string", "preamble"):
                match = _KEYS[self._closer].match(self._text, self.at)
                key, self.at = (match[0], match.end()) if match else ("", self.at)
            self._content(kind)
        except _SyntaxError:
            return
        except EOFError:
            # Only a block that was opened takes in what comes behind it.
            if self._closer:
                raise UnclosedError(kind, key, start) from None
        finally:
            self._closer = ""

    def _content(self, kind: str) -> None:
        self._white()
        if kind in ("string", "preamble"):
            if kind == "string":
                self._assigned()
            self._value()
            self._expect(self._closer)
            return
        while self._sign() != self._closer:
            self._expect(",")
            if self._sign() == self._closer:
                break
            self._assigned()
            self._value()
        self.at += 1

    def _assigned(self) -> None:
        self._name("=")
        self._white()
        self._expect("=")

    def _value(self) -> None:
        """Read the pieces of a value, joined by number signs."""
        self._piece()
        while self._sign() == "#":
            self._expect("#")
            self._piece()

    def _piece(self) -> None:
        sign = self._sign()
        if sign == "{":
            end = brace_end(self._text, self.at + 1)
            if end < 0:
                raise EOFError
            self.at = end
        elif sign == '"':
            self._quoted()
        elif match := _DIGITS.match(self._text, self.at):
            self.at = match.end()
            self._follows("#," + self._closer)
        else:
            self._name("#," + self._closer)
        self._white()

    def _quoted(self) -> None:
        depth = 0
        for match in _IN_QUOTES.finditer(self._text, self.at + 1):
            self.at = match.end()
            if match[0] == '"':
                if depth == 0:
                    return
            else:
                depth += 1 if match[0] == "{" else -1
            if depth < 0:
                raise _SyntaxError
        raise EOFError

    def _name(self, followers: str) -> str:
        self._sign()
        match = _NAME.match(self._text, self.at)
        if match is None:
            raise _SyntaxError
        self.at = match.end()
        self._follows(followers)
        return match[0]

    def _follows(self, signs: str) -> None:
        """Check that a name or number ends in a blank or one of *signs*."""
        sign = self._text[self.at : self.at + 1]
        if sign and sign not in " \t\r\n" and sign not in signs:
            raise _SyntaxError

    def _sign(self) -> str:
        """Return the sign that is next. Raises EOFError where there is none."""
        if self.at >= len(self._text):
            raise EOFError
        return self._text[self.at]

    def _expect(self, signs: str) -> None:
        if self._sign() not in signs:
            raise _SyntaxError
        self.at += 1
        if self._closer not in signs or len(signs) > 1:
            self._white()

    def _white(self) -> None:
        match = _WHITE.match(self._text, self.at)
        self.at = match.end() if match else self.at
