"""Names written as the value of an author or editor field, in the form with commas, where BibTeX guesses least."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tui.exports.latex import escape
from tui.exports.names import Name
from tui.patterns import later

# What BibTeX or its readers take for something else than a part of a name.
_UNSAFE = later(r"[\d(),@]|^(?:and|others)$", re.IGNORECASE)


def byline(names: Iterable[Name], more: bool, unicode: bool = False) -> str:
    """Return *names* as the value of an author or editor field; *unicode* is what :func:`escape` takes."""
    written = [_written(name, unicode) for name in names]
    return " and ".join([*written, "others"] if more and written else written)


@lru_cache(maxsize=32768)
def _written(name: Name, unicode: bool) -> str:
    last = escape(name.last, unicode)
    if name.whole:
        return f"{{{{{last}}}}}" if last.startswith("\\") else f"{{{last}}}"
    words = name.last.split()
    # BibTeX splits at hyphens and takes what begins in lower case for a particle.
    lower = any(_is_lower(word, unicode) for word in words) and (len(words) > 1 or "-" in name.last or "'" in name.last)
    last = f"{{{last}}}" if lower or _is_unsafe(name.last) else _initialled(last)
    von = " ".join(escape(word, unicode) for word in name.von.split())
    first = " ".join(_given(word, unicode) for word in name.first.split())
    family = f"{von} {last}".strip()
    return ", ".join(part for part in (family, escape(name.suffix, unicode), first) if part)


def _is_lower(word: str, unicode: bool) -> bool:
    """Return whether BibTeX takes *word* for a particle: a letter of more than one byte is lower case to it."""
    return word[0].islower() or (unicode and not word[0].isascii())


def _is_unsafe(word: str) -> bool:
    return _UNSAFE.search(word) is not None


def _given(word: str, unicode: bool) -> str:
    tex = escape(word, unicode)
    return f"{{{tex}}}" if _is_unsafe(word) else _initialled(tex)


def _initialled(tex: str) -> str:
    """Let an initial that is a formula (a Greek letter) be one "special character", which BibTeX abbreviates whole."""
    match = re.match(r"\{\$(\\?[A-Za-z]++(?:\{[^{}]*(?:\{[^{}]*\})?\})?)(.*?)\$\}", tex)
    if not match:
        return tex
    rest = f"{{${match[2].strip()}$}}" if match[2].strip() else ""
    return f"{{\\ensuremath{{{match[1]}}}}}{rest}{tex[match.end() :]}"
