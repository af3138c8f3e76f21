"""Formulas of strangers: let through where they are made of listed commands and will compile, else None.

A grammar of what TeX's math mode reads (The TeXbook, chapter 26), without assignments, environments and boxes.
"""

from __future__ import annotations

import re

from tui.exports.symbols import MATH_SYMBOLS, math_form
from tui.exports.words import words
from tui.patterns import later

_ONE = words(
    """
    hat bar tilde vec dot ddot acute grave breve check mathring widehat widetilde overline underline overbrace
    underbrace overrightarrow overleftarrow mathbb mathcal mathfrak mathbf mathrm mathit mathsf mathtt
    boldsymbol operatorname mathop mathbin mathrel pmod sqrt
    """
)
_TWO = words("frac dfrac tfrac binom dbinom tbinom overset underset stackrel")
_RENAMED = {"mathscr": "mathcal", "bm": "boldsymbol", "mathds": "mathbb", "mathbbm": "mathbb", "textrm": "mathrm",
            "textbf": "mathbf", "textit": "mathit", "textsf": "mathsf", "texttt": "mathtt", "text": "mathrm",
            "mbox": "mathrm", "hbox": "mathrm", "textnormal": "mathrm", "emph": "mathit", "textsc": "mathrm",
            "bold": "mathbf", "pmb": "boldsymbol", "Bbb": "mathbb", "frak": "mathfrak", "widebar": "overline",
            "textup": "mathrm", "operatorname*": "operatorname"}  # fmt: skip
_SWITCHES = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "cal": "mathcal", "sf": "mathsf", "tt": "mathtt"}
_NOTHING = words(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm limits nolimits displaystyle
    textstyle scriptstyle scriptscriptstyle ensuremath mathstrut relax protect nobreak allowbreak xspace
    middle boldmath
    """
)
_SIGNS = {",": r"\,", ";": r"\;", ":": r"\:", "!": r"\!", " ": r"\ ", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$",
          "_": r"\_", "{": r"\lbrace ", "}": r"\rbrace ",
          "|": r"\|", "\\": " ", "-": "", "/": "", ">": r"\:"}  # fmt: skip
_TOKEN = later(r"\\([A-Za-z]+)((?<=\\operatorname)\*)?[ \n]*|\\(.)|(.)", re.DOTALL)
_DEEPEST = 40


class _UnreadableError(Exception):
    """The formula would not compile."""


def read_math(source: str) -> str | None:
    """Return the formula *source* (what stands between dollars) with nothing in it but safe TeX, or None.

    Braces come out balanced even where each is counted, escaped or not, as BibTeX counts them.
    """
    reader = _Formula(source)
    try:
        formula = reader.sequence(0)
    except _UnreadableError:
        return None
    formula = formula.strip()
    # A blank behind a backslash is a command, and the sign behind it would be another one.
    return f"{formula} " if formula.endswith("\\") else formula or None


def is_math_command(name: str) -> bool:
    """Return whether the command *name* makes sense in math alone."""
    return name in MATH_SYMBOLS or name in _ONE or name in _TWO or name in ("mathscr", "mathds", "mathbbm", "bm")


class _Formula:
    def __init__(self, source: str) -> None:
        self._tokens = _TOKEN.findall(source)
        self._at = 0
        self._nested = 0

    def _peek(self) -> str:
        """Return the character that is next, or an empty string at a command or the end."""
        return str(self._tokens[self._at][3]) if self._at < len(self._tokens) else ""

    def _skip_blanks(self) -> None:
        while self._peek() in (" ", "\n") and self._at < len(self._tokens):
            self._at += 1

    def sequence(self, depth: int) -> str:
        """Read to the end of the group, or of the formula at *depth* 0."""
        self._nest()
        made: list[str] = []
        while self._at < len(self._tokens):
            if self._peek() == "}":
                if depth == 0:
                    raise _UnreadableError
                self._nested -= 1
                return "".join(made)
            if switch := _SWITCHES.get(self._tokens[self._at][0]):
                self._at += 1
                made.append(rf"\{switch}{{{self.sequence(depth + 1 if depth else 0)}}}")
                continue
            made.append(self._scripted(depth))
        if depth:
            raise _UnreadableError
        return "".join(made)

    def _nest(self) -> None:
        self._nested += 1
        if self._nested > _DEEPEST:
            raise _UnreadableError

    def _scripted(self, depth: int) -> str:
        """Read one atom with what is raised and lowered on it, each at most once."""
        nucleus = "{}" if self._peek() in ("^", "_") else self._atom(depth)
        made, seen = [nucleus], set()
        while script := self._script():
            # What comes to nothing would leave it to what stands before, which may have one.
            made[0] = made[0] if made[0].strip() else "{}"
            self._at += 1
            if script in _PRIMES:
                made.append(_PRIMES[script])
                script = "^"
                while more := _PRIMES.get(self._peek()):
                    self._at += 1
                    made.append(more)
            else:
                single = self._peek().isalnum() and self._peek().isascii()
                argument = self._argument(depth)
                made.append(script + (argument if single else f"{{{argument}}}"))
            if script in seen:
                raise _UnreadableError
            seen.add(script)
        return "".join(made)

    def _script(self) -> str:
        """Return the sign that raises or lowers what comes next, blanks or not, or an empty string where none does."""
        before = self._at
        self._skip_blanks()
        if (sign := self._peek()) in ("^", "_", *_PRIMES):
            return sign
        self._at = before
        return ""

    def _argument(self, depth: int) -> str:
        """Return the content of the next group, or the next atom."""
        self._skip_blanks()
        if self._at >= len(self._tokens) or self._peek() in ("^", "_", "}"):
            raise _UnreadableError
        if self._peek() == "{":
            return self._group(depth)
        return self._atom(depth)

    def _group(self, depth: int) -> str:
        self._at += 1
        content = self.sequence(depth + 1)
        self._at += 1
        return content

    def _atom(self, depth: int) -> str:
        self._nest()
        made = self._one_atom(depth)
        self._nested -= 1
        return made

    def _one_atom(self, depth: int) -> str:
        name, star, sign, char = self._tokens[self._at]
        if char == "{":
            return f"{{{self._group(depth)}}}"
        self._at += 1
        if char:
            return _character(char)
        if sign:
            if sign not in _SIGNS:
                raise _UnreadableError
            return _SIGNS[sign]
        return self._command(name + star if name == "operatorname" else name, depth)

    def _command(self, name: str, depth: int) -> str:
        name = _RENAMED.get(name, name)
        if name in _NOTHING:
            return self._delimiter() if name.startswith(("left", "right", "big", "Big", "middle")) else ""
        if name == "not":
            if not (denied := self._argument(depth)).strip():
                raise _UnreadableError
            return rf"\not{' ' if denied[0].isalpha() else ''}{denied}"
        if name == "sqrt" and self._peek() == "[":
            return self._root(depth)
        if name in _TWO:
            return rf"\{name}{{{self._argument(depth)}}}{{{self._argument(depth)}}}"
        if name in _ONE:
            return rf"\{name}{{{self._argument(depth)}}}"
        if name in MATH_SYMBOLS:
            return rf"\{name} " if self._peek().isalpha() else rf"\{name}"
        raise _UnreadableError

    def _delimiter(self) -> str:
        """Drop what a growing delimiter of nothing would be; a delimiter of its own size needs no partner."""
        self._skip_blanks()
        if self._peek() == ".":
            self._at += 1
        return ""

    def _root(self, depth: int) -> str:
        self._at += 1
        degree: list[str] = []
        while self._peek() != "]":
            if self._at >= len(self._tokens) or self._peek() == "}":
                raise _UnreadableError
            degree.append(self._scripted(depth))
        self._at += 1
        return rf"\sqrt[{''.join(degree)}]{{{self._argument(depth)}}}"


_PRIMES = {"'": "'", "`": "'", '"': "''"}
"""What is raised as a prime, once on an atom: TeX ends at a second one behind something else that is raised."""


def _character(char: str) -> str:
    if char in "%#&":
        return "\\" + char
    if char in "~\n":
        return " "
    if char in _PRIMES:
        return _PRIMES[char]
    if char == "\\":  # of a command that is cut off: what follows in the file would be its name
        raise _UnreadableError
    if char == "@":
        return "{@}"
    if char.isascii():
        return char
    form = math_form(char)
    if form is None:
        raise _UnreadableError
    return form + " " if re.search(r"\\[A-Za-z]+$", form) else form
