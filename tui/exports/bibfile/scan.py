"""A ``.bib`` file's text taken apart into entries, each where it stands, however badly it is written.

Where a block begins and ends is what BibTeX's own reader says (bibtex.web, sections 218 to 263): every ``@`` outside of
an entry begins a command, behind ``%`` and within ``@comment`` too, and every brace counts, escaped or not. Where that
reader gives an entry up, the rest of it is read as other programs read it. One pass, linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.exports.bibfile.enclosed import brace_end, quote_end

# What BibTeX takes for a name, the @ aside, which it takes too and nobody means.
_NAME = r"""[^\s"#%'(),={}@]"""
_START = re.compile(rf"@\s*+({_NAME}++)\s*+([{{(]?)\s*+")
_KEY = {"{": re.compile(r"([^\s,}=]*+)\s*+"), "(": re.compile(r"([^\s,=]*+)\s*+")}
_GAP = re.compile(r"[\s,]*+")
_FIELD = re.compile(rf"([\s,]*+)({_NAME}++)\s*+=\s*+(?:(\{{[^{{}}]*+\}})(?=\s*+[,}}]))?")
_BARE = re.compile(rf"{_NAME}++")
_JOINED = re.compile(r"\s*+#\s*+")
# Where reading can go on in an entry whose syntax is broken.
_AGAIN = {
    closer: re.compile(rf"[{{{closer}]|\n[ \t]*+@(?=[ \t]*+\w)|(?<![^\s,])(?={_NAME}{{1,60}}+\s*+=)") for closer in "})"
}
_STOP = {closer: re.compile(rf'[{{"{closer}]') for closer in "})"}
_OPEN_END = re.compile(r"(?:^|\n)[ \t]*+@\s*+(\w*+)\s*+\Z")
# An @ that begins no block, and what Python takes for a blank or a letter and BibTeX does not.
_UNUSUAL = re.compile(rf"@(?!\s*+(?!\d){_NAME}++\s*+[{{(])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\xa0\u1680\u2000-\u200a"
                      r"\u2028\u2029\u202f\u205f\u3000]")  # fmt: skip
# A comment's first word may be an entry, so what follows the brace is only looked at.
_ANY_KEY = re.compile(r"@\s*+\w++\s*+[{(]\s*+(?=([^\s,{}()=\"]++))")


class UnclosedError(Exception):
    """The text ends within a block: ``kind`` is its type, ``key`` its key, ``start`` where it begins."""

    def __init__(self, kind: str, key: str, start: int) -> None:
        super().__init__(kind, key, start)
        self.kind, self.key, self.start = kind, key, start


@dataclass(frozen=True)
class Block:
    """An entry: its type in lower case, its key, its fields' values as written, and the characters where it stands.

    ``broken`` says that BibTeX would give it up.
    """

    kind: str
    key: str
    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    broken: bool = False


@dataclass(frozen=True)
class Scanned:
    """The entries of a text in order, those that are commented out aside, and the raw values of its macros.

    ``odd`` says that there is something which BibTeX may read in another way.
    """

    blocks: tuple[Block, ...]
    macros: dict[str, str]
    odd: bool


def scan(text: str) -> Scanned:
    """Return the entries in *text*. Raises UnclosedError where it ends within a block."""
    entries: list[Block] = []
    macros: dict[str, str] = {}
    odd = _UNUSUAL.search(text) is not None
    for block, hidden in _blocks(text):
        odd = odd or block.broken
        if block.kind == "string":
            # As elsewhere in a file, what is defined first counts.
            for name, value in block.fields.items():
                macros.setdefault(name, value)
        elif block.kind != "preamble" and not hidden:
            entries.append(block)
    if last := _OPEN_END.search(text, max(0, len(text) - 200)):
        raise UnclosedError(last[1], "", last.start() + last[0].index("@"))
    return Scanned(tuple(entries), macros, odd)


def _blocks(text: str) -> Iterator[tuple[Block, bool]]:
    """Yield every block that BibTeX would read, comments aside, and whether other programs read nothing there."""
    # Where the last block ends, and up to where other programs read nothing.
    end = hidden = 0
    at = text.find("@")
    while at >= 0:
        start = _START.match(text, at)
        if start is None or not start[2]:
            at = text.find("@", start.end(1) if start else at + 1)
            continue
        kind = start[1].lower()
        if at >= hidden:
            hidden = _hidden(text, start, end)
        end = start.end(1)
        if kind != "comment":
            block = _block(text, start, kind)
            end = block.end
            yield block, at < hidden
        at = text.find("@", end)


def keys_in(text: str) -> Iterator[str]:
    """Yield everything in *text* that some reader takes for an entry's key, in comments and broken entries too."""
    return (match[1] for match in _ANY_KEY.finditer(text))


def _hidden(text: str, start: re.Match[str], before: int) -> int:
    """Return up to where programs other than BibTeX read nothing, if the block that *start* begins is in a comment.

    BibTeX ignores of ``@comment`` only the word itself, and knows no ``%``. *before* is where the last block ended.
    """
    at = start.start()
    line = max(before, text.rfind("\n", before, at) + 1)
    if text.find("%", line, at) >= 0:
        end = text.find("\n", at)
        return end if end >= 0 else len(text)
    if start[1].lower() != "comment" or start[2] != "{":
        return at
    end = brace_end(text, start.end(2))
    if end < 0:
        raise UnclosedError("comment", "", at)
    return end


def _block(text: str, start: re.Match[str], kind: str) -> Block:
    """Return the block that *start* begins; of a preamble only where it stands."""
    closer = "}" if start[2] == "{" else ")"
    reader = _Reader(text, start.end(), closer)
    key = ""
    if kind not in ("string", "preamble"):
        match = _KEY[start[2]].match(text, start.end())
        # "@misc{title = {x}}" has no key.
        if match and text[match.end() : match.end() + 1] != "=":
            key, reader.at = match[1], match.end()
    try:
        if kind == "preamble":
            reader.skip()
            reader.broken = True  # or at least not looked at
        else:
            reader.read(0 if kind == "string" else 1)
    except EOFError:
        raise UnclosedError(kind, key, start.start()) from None
    return Block(kind, key, start.start(), reader.at, reader.fields, reader.broken)


class _Reader:
    """Reads the fields of one block; EOFError where the text ends first."""

    def __init__(self, text: str, at: int, closer: str) -> None:
        self._text, self.at, self._closer = text, at, closer
        self.fields: dict[str, str] = {}
        self.broken = False

    def read(self, commas: int) -> None:
        """Read fields up to the end of the block; so many *commas* stand before each."""
        text, fields = self._text, self.fields
        while True:
            match = _FIELD.match(text, self.at)
            if match is None:
                if self._ends(commas):
                    return
                continue
            gap, name, value = match.groups()
            if gap.count(",") != commas or name[0].isdigit():
                self.broken = True
            self.at = match.end()
            if value := value or self._value():
                fields.setdefault(name.lower(), value)

    def skip(self) -> None:
        """Pass over values, joined or not, up to the end of the block."""
        while True:
            match = _STOP[self._closer].search(self._text, self.at)
            if match is None:
                raise EOFError
            self.at = match.start()
            if match[0] == self._closer:
                self.at += 1
                return
            self._piece()

    def _value(self) -> str:
        """Return the value that begins here, made of one piece or several; an empty text where there is none."""
        begin = self.at
        while self._piece():
            joined = _JOINED.match(self._text, self.at)
            if joined is None:
                return self._text[begin : self.at]
            self.at = joined.end()
        self.broken = True
        return ""

    def _piece(self) -> bool:
        """Pass over one piece of a value; return whether there is one."""
        sign = self._text[self.at : self.at + 1]
        if sign == "{":
            end = brace_end(self._text, self.at + 1)
        elif sign == '"':
            end = quote_end(self._text, self.at + 1)
            self.broken = self.broken or self._text.count("{", self.at, end) != self._text.count("}", self.at, end)
        elif match := _BARE.match(self._text, self.at):
            end = match.end()
            self.broken = self.broken or (match[0][0].isdigit() and not match[0].isdigit())
        else:
            self.at += 0 if sign in (self._closer, ",", "@") else 1
            return False
        if end < 0:
            raise EOFError
        self.at = end
        return True

    def _ends(self, commas: int) -> bool:
        """Return whether the block ends here; what is no field and no end is passed over."""
        if gap := _GAP.match(self._text, self.at):
            self.at = gap.end()
            self.broken = self.broken or gap[0].count(",") > commas
        sign = self._text[self.at : self.at + 1]
        if sign == self._closer:
            self.at += 1
            return True
        if not sign:
            raise EOFError
        if sign == "%":
            # BibTeX knows no comments here; people write them.
            self.broken = True
            line = self._text.find("\n", self.at)
            self.at = line if line >= 0 else len(self._text)
            return False
        return self._recovered()

    def _recovered(self) -> bool:
        """Go on where something can be read again; return whether that is behind the block's end."""
        self.broken = True
        if self._text.startswith("@", self.at):
            return True
        match = _AGAIN[self._closer].search(self._text, self.at)
        if match is None:
            raise EOFError
        self.at = match.start()
        if match[0] == "{":
            end = brace_end(self._text, match.end())
            if end < 0:
                raise EOFError
            self.at = end
        elif match[0] == self._closer:
            self.at = match.end()
            return True
        return bool(match[0].endswith("@"))
