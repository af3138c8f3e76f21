"""Text as LaTeX: what TeX would read as a command escaped once, accents as braced commands, symbols as math.

BibTeX reads bytes: an accent must stand as ``{\\'E}`` for names to be abbreviated and titles to be lowered rightly
(BibTeX's manual "BibTeXing", section 4). Scripts that T1 fonts do not have are left as they are. Where UTF-8 is wanted
(biber reads it) letters and signs of text stay as they are as well; signs of math are formulas in either, for fonts of
text lack them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from tui.exports.markup import letters
from tui.exports.prose import Prose, Span
from tui.exports.symbols import LETTERS, MARKS, math_form, text_form
from tui.patterns import later

_SPECIAL = later(r"""[\\{}~^<>|"`&%#_$@]|[^\x00-\x7f]|''|--""")
# What is to be encoded, in runs: one formula is made of neighbouring signs of math.
_RUN = later(
    r"[\x20-\x7e]?[\u0300-\u036f]+|[^\x00-\x7f]+|[\\{}~^<>|\"`&%#_$@]|'(?=[”'])|(?<=[”'])'|-(?=[–—-])|(?<=[–—-])-"
)
_CLUSTER = later(r".[\u0300-\u036f]*", re.DOTALL)
_GREEK_WORD = later(r"[\u0370-\u03ff\u1f00-\u1fff][\u0300-\u03ff\u1f00-\u1fff]{2,}")
_LETTER_COMMANDS = {letter: name for name, letter in LETTERS.items()}
_SMALL = {"<super>": "textsuperscript", "<sub>": "textsubscript"}


def escape(prose: Prose | str, unicode: bool = False) -> str:
    """Return *prose* as LaTeX text with balanced braces, letters beyond ASCII as they are where *unicode* is wanted.

    Characters that 8-bit LaTeX cannot print stay as they are.
    """
    if isinstance(prose, str):
        prose = Prose(prose)
    if not _SPECIAL.search(prose.text):
        return prose.text
    if unicode:
        return _RUN.sub(lambda match: _unicode_run(match[0], prose), prose.text)
    return _RUN.sub(lambda match: _run(match[0], prose, _form), prose.text)


def unprintable(tex: str) -> str:
    """Return the characters of encoded text that 8-bit BibTeX cannot print, each once, in order."""
    return "" if tex.isascii() else "".join(dict.fromkeys(char for char in tex if ord(char) > 0x7F))


def _unicode_run(run: str, prose: Prose) -> str:
    """Return *run* with the Greek words in it as they are: words are no formulas."""
    made, end = [], 0
    for word in _GREEK_WORD.finditer(run):
        made += [_run(run[end : word.start()], prose, _unicode_form), word[0]]
        end = word.end()
    return "".join([*made, _run(run[end:], prose, _unicode_form)])


def _run(run: str, prose: Prose, formed: Callable[[str], tuple[str, str]]) -> str:
    made: list[str] = []
    math: list[str] = []
    small: list[str] = []
    for cluster in _CLUSTER.findall(run):
        span = prose.span(cluster[0])
        kind, form = ("tex", _span(span, formed)) if span else formed(cluster)
        if math and kind != "math":
            made.append(_formula(math))
            math = []
        if small and kind != small[0]:
            made.append(_smaller(small))
            small = []
        if kind == "math":
            math.append(form)
        elif kind == "tex":
            # Two quotes in a row would run together into another pair than was meant.
            made.append("{}" + form if made and made[-1][-1:] == form[:1] and form[0] in "`'-" else form)
        else:
            small = [*(small or [kind]), form]
    if math:
        made.append(_formula(math))
    if small:
        made.append(_smaller(small))
    return "".join(made)


def _formula(forms: list[str]) -> str:
    made = ""
    for form in forms:
        # A command's name ends before the letter of the next.
        made += " " + form if made and form[0].isalpha() and re.search(r"\\[A-Za-z]+$", made) else form
    return f"{{${made}$}}"


def _smaller(forms: list[str]) -> str:
    return f"\\{_SMALL[forms[0]]}{{{''.join(forms[1:])}}}"


@lru_cache(maxsize=8192)
def _form(cluster: str) -> tuple[str, str]:
    """Return how a character with its marks is set: ("tex" | "math" | "<super>" | "<sub>", what stands there)."""
    if cluster in ("'", "-"):
        # Only one that would run together with its neighbour into another sign comes here.
        return "tex", f"{{}}{cluster}{{}}"
    if cluster.isascii():
        return "tex", text_form(cluster) or cluster
    letter = _letter(cluster)
    if letter:
        return "tex", f"{{{letter}}}"
    decomposition = unicodedata.decomposition(cluster[0])
    kind = decomposition.partition(" ")[0]
    plain = unicodedata.normalize("NFKC", cluster[0]).replace("−", "-")
    if kind in _SMALL and plain.isascii() and len(plain) == 1:
        return kind, plain
    if form := text_form(cluster[0]) if len(cluster) == 1 else None:
        return "tex", form
    if form := math_form(cluster):
        return "math", form
    # A mark that TeX has no accent for leaves the sign below it TeX's own: a brace is a brace.
    return "tex", (text_form(cluster[0]) or cluster[0] if cluster[0].isascii() else cluster[0]) + cluster[1:]


@lru_cache(maxsize=8192)
def _unicode_form(cluster: str) -> tuple[str, str]:
    """Return how a character is set where the reader takes UTF-8: as itself, unless it is TeX's own or one of math."""
    kind, form = _form(cluster)
    if kind != "tex" or (cluster[0].isascii() and (cluster.isascii() or not cluster[0].isalnum())):
        return kind, form
    # Dashes stay as TeX's in any encoding; a sign that fonts of text lack keeps the words that stand for it.
    return kind, cluster if cluster[0].isalpha() or (form[0] != "[" and form[0] not in "{-") else form


def _span(span: Span, formed: Callable[[str], tuple[str, str]]) -> str:
    """Return the TeX of *span*, for UTF-8 with the letters in it as they are."""
    return span.tex if formed is _form or span.math else letters(span.tex)


def _letter(cluster: str) -> str | None:
    """Return the accent commands that make the letter *cluster*, without braces round them, or None."""
    if cluster in _LETTER_COMMANDS:
        return "\\" + _LETTER_COMMANDS[cluster]
    base, *marks = list(unicodedata.normalize("NFD", cluster))
    if not marks or not ((base.isascii() and base.isalpha()) or base in _LETTER_COMMANDS):
        return None
    if any(mark not in MARKS for mark in marks):
        return None
    above = unicodedata.combining(marks[0]) == 230
    made = "\\" + _LETTER_COMMANDS[base] if base in _LETTER_COMMANDS else base
    # An i under an accent has no dot of its own. LaTeX knows so of the four commonest, and biber of no other way.
    dotted = base == "i" and len(marks) == 1 and marks[0] in "\u0300\u0301\u0302\u0308"
    made = "\\" + base if base in "ij" and above and not dotted else made
    for mark in marks:
        made = _accented(MARKS[mark], made)
    return made


def _accented(command: str, base: str) -> str:
    # As in the manuals: {\\'e} but {\\v{c}}.
    plain = len(base) == 1 or base in ("\\i", "\\j")
    return f"\\{command}{base}" if plain and not command.isalpha() else f"\\{command}{{{base}}}"
