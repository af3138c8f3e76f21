"""What a title means, read from however it was written: plain text, TeX from arXiv, HTML from a publisher.

:func:`read` gives text in which everything that is more than text (math, emphasis, raised and lowered letters) is one
placeholder character each. Commands that are not known come out as the characters that they were typed with, so no
command of a stranger's ever reaches a reader's document.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.exports import commands
from tui.exports.latex import escape
from tui.exports.markup import prepared
from tui.exports.mathematics import is_math_command, read_math
from tui.exports.prose import FIRST_SPAN, Prose, Span
from tui.exports.symbols import TEXT_SYMBOLS, text_signs
from tui.exports.typography import typeset
from tui.patterns import later

_LONGEST = 500
_MOST_SPANS = 2000
_DEEPEST = 12

_SIMPLE = later(r"[A-Za-z0-9 ,.:;?!()/+*=À-ÖØ-öø-ſ\[\]-]*")
_TOKEN = later(
    r"\\(?P<name>[A-Za-z]+)\*?(?P<blank>[ \n]*)|\\(?P<sign>[^A-Za-z])|(?P<open>\{)|(?P<close>\})|(?P<dollar>\$\$?)"
    r"|(?P<script>[\^_][0-9A-Za-z]?)|(?P<text>[^\\{}$^_]+)|(?P<rest>\\)",
    re.DOTALL,
)
_CLOSING_DOLLAR = later(r"(?:[^$\\]|\\.)*+\$\$?(?!\d)", re.DOTALL)


@lru_cache(maxsize=4096)
def read(text: str) -> Prose:
    """Return *text* with its TeX and HTML understood; whatever it is, the result can be written and compared."""
    if "--" not in text and _SIMPLE.fullmatch(text):
        return Prose(text)
    text = prepared(text)
    if not any(char in text for char in "\\{}$"):
        return Prose(typeset(text))
    reader = _Reader(text)
    return Prose(typeset(reader.group(0, len(reader.tokens), 0).strip()), tuple(reader.spans))


class _Reader:
    """Reads the tokens of one text; each of its methods returns text with placeholders."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens = list(_TOKEN.finditer(text))
        self._partner = self._partners()
        self._starts = {token.start(): index for index, token in enumerate(self.tokens)}
        self.spans: list[Span] = []
        self._no_more_math = False

    def _partners(self) -> dict[int, int]:
        """Return which brace closes which, by token; a lone one is in no pair and means itself."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for index, token in enumerate(self.tokens):
            if token["open"]:
                opened.append(index)
            elif token["close"] and opened:
                pairs[opened.pop()] = index
        return pairs

    def group(self, at: int, end: int, depth: int) -> str:
        """Return what the tokens from *at* to *end* (exclusive) mean."""
        made: list[str] = []
        while at < end:
            token = self.tokens[at]
            if (switch := commands.SWITCHES.get(token["name"] or "")) is not None and 0 < depth <= _DEEPEST:
                made.append(self._styled(switch, self.group(at + 1, end, depth + 1)))
                break
            piece, at = self._piece(at, end, depth)
            made.append(piece)
        return "".join(made)

    def _piece(self, at: int, end: int, depth: int) -> tuple[str, int]:
        token = self.tokens[at]
        if token["open"]:
            return self._braces(at, end, depth)
        if token["dollar"]:
            return self._dollar(at, end)
        if token["name"]:
            return self._command(at, end, depth)
        if token["sign"]:
            return self._sign(at, end)
        return token[0], at + 1

    def _argument(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the tokens between the braces that open at *at*, blanks before them passed over, or None."""
        if at < end and self.tokens[at]["text"] and not self.tokens[at][0].strip():
            at += 1
        close = self._partner.get(at, end)
        return (at + 1, close) if at < end and close < end else None

    def _braces(self, at: int, end: int, depth: int) -> tuple[str, int]:
        argument = self._argument(at, end)
        if argument is None or depth > _DEEPEST:
            return self.tokens[at][0], at + 1
        inner = self.group(*argument, depth + 1)
        whole = at == 0 and argument[1] == len(self.tokens) - 1
        first = self.tokens[argument[0]]
        # A group that begins with a command protects nothing, one round the whole title says nothing.
        if whole or first["name"] or first["sign"] or not any(char.isupper() for char in inner) or depth:
            return inner, argument[1] + 1
        return self._add(Span(self._tex(inner), self._plain(inner), group=True)), argument[1] + 1

    def _dollar(self, at: int, end: int) -> tuple[str, int]:
        """Read a formula: a dollar opens one before no blank, and closes it after none and before no digit."""
        start = self.tokens[at].end()
        closing = None if self._no_more_math else _CLOSING_DOLLAR.match(self._text, start)
        if closing is None:
            self._no_more_math = True
            return "$", at + 1
        source = closing[0].rstrip("$")
        last = self._starts.get(start + len(source))
        if (
            last is None
            or last >= end
            or not source.strip()
            or (source != source.strip() and len(self.tokens[at][0]) < 2)
        ):
            return "$", at + 1
        formula = read_math(source)
        if formula is None:
            return "$", at + 1
        return self._formula(formula), last + 1

    def _formula(self, formula: str) -> str:
        return self._add(Span(f"{{${formula}$}}", formula))

    def _sign(self, at: int, end: int) -> tuple[str, int]:
        sign = self.tokens[at]["sign"]
        if sign in commands.BLANKS:
            return " ", at + 1
        if sign in "([":
            closing = self._text.find(
                "\\)" if sign == "(" else "\\]", self.tokens[at].end(), self.tokens[at].end() + _LONGEST
            )
            last = self._starts.get(closing) if closing >= 0 else None
            formula = read_math(self._text[self.tokens[at].end() : closing]) if last and last < end else None
            if formula and last:
                return self._formula(formula), last + 1
        if sign in "/-@!":
            return "", at + 1
        if sign in "&%#_${}":
            return sign, at + 1
        if sign in "'`^\"~=.":
            # An accent on nothing.
            return sign if sign != "~" else " ", at + 1
        return "\\" + sign, at + 1

    def _command(self, at: int, end: int, depth: int) -> tuple[str, int]:
        name = self.tokens[at]["name"]
        if name in commands.SIGNS or name in commands.LOGOS or name in TEXT_SYMBOLS:
            return self._word(at, name)
        if name in commands.NOTHING:
            return "", at + 1
        if name in commands.BLANKS:
            return " ", at + 1
        if is_math_command(name):
            return self._bare_formula(at, end)
        first = self._argument(at + 1, end)
        if first is None or depth > _DEEPEST:
            known = name in commands.STYLES or name in commands.CONTENT or name in commands.SWITCHES
            return ("" if known else self.tokens[at][0]), at + 1
        if applied := self._applied(name, first, end, depth):
            return applied
        return f"{self.tokens[at][0]}{{{self.group(*first, depth + 1)}}}", first[1] + 1

    def _applied(self, name: str, first: tuple[int, int], end: int, depth: int) -> tuple[str, int] | None:
        """Read a command with its argument, or return None where the command is not known."""
        after = first[1] + 1
        if name == "ensuremath":
            formula = read_math(self._text[self.tokens[first[0] - 1].end() : self.tokens[first[1]].start()][:_LONGEST])
            return (self._formula(formula), after) if formula else None
        if name in commands.DROPPED:
            return "", after
        if name in commands.STYLES:
            return self._styled(commands.STYLES[name], self.group(*first, depth + 1)), after
        if name in commands.CONTENT:
            return self.group(*first, depth + 1), after
        if name in commands.FIRST or name in commands.SECOND:
            second = self._argument(after, end)
            if second is None:
                return None
            return self.group(*(first if name in commands.FIRST else second), depth + 1), second[1] + 1
        return None

    def _word(self, at: int, name: str) -> tuple[str, int]:
        sign = commands.SIGNS.get(name) or self._rarer(name)
        # TeX swallows the blank behind a command's name; who typed it into a web form meant it.
        blank = " " if self.tokens[at]["blank"] else ""
        empty = self._partner.get(at + 1) == at + 2
        return sign + blank, at + (3 if empty else 1)

    def _rarer(self, name: str) -> str:
        if name in commands.LOGOS:
            return self._add(Span(commands.LOGOS[name], "~" if name == "textasciitilde" else name))
        return text_signs().get(name, "\\" + name)

    def _bare_formula(self, at: int, end: int) -> tuple[str, int]:
        """Read a command of math that stands outside of any, with its arguments and scripts."""
        last = at + 1
        while last < min(end, at + 12):
            if argument := self._argument(last, end) if self.tokens[last]["open"] else None:
                last = argument[1] + 1
            elif self.tokens[last]["script"]:
                last += 1 if len(self.tokens[last][0]) == 2 or last + 1 == end else 2
                if last < end and self.tokens[last - 1]["open"]:
                    last = self._partner.get(last - 1, last - 1) + 1
            else:
                break
        if self.tokens[last - 1].end() - self.tokens[at].start() > _LONGEST:
            last = at + 1
        source = self._text[self.tokens[at].start() : self.tokens[last - 1].end()]
        formula = read_math(source)
        if formula is None:
            return self.tokens[at][0], at + 1
        return self._formula(formula) + (" " if source[-1].isspace() else ""), last

    def _styled(self, style: str, inner: str) -> str:
        if not style or not inner.strip():
            return inner
        return self._add(Span(f"\\{style}{{{self._tex(inner)}}}", self._plain(inner)), inner)

    def _tex(self, inner: str) -> str:
        return escape(Prose(typeset(inner), tuple(self.spans)))

    def _plain(self, inner: str) -> str:
        return Prose(typeset(inner), tuple(self.spans)).plain

    def _add(self, span: Span, instead: str = "") -> str:
        """Return the placeholder of a new span, or *instead* (else its words) where there are too many."""
        if len(self.spans) >= _MOST_SPANS:
            return instead or span.plain
        self.spans.append(span)
        return chr(FIRST_SPAN + len(self.spans) - 1)
