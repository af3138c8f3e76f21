"""A title or an abstract as the words of a search: nothing in them can be an operator of the service's language."""

from __future__ import annotations

import re

from tui.text import fold

MAX_CHARS = 1_000
"""The first characters of a text that are read for words: no search needs more."""

_NO_WORD = re.compile(r"[^\w'’-]")
_MATHEMATICS = re.compile(r"[\\${}^_=<>|]")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md"))


def words(text: str) -> list[str]:
    """Return the words of *text* in order, lower case; hyphens and apostrophes stay only inside of words.

    Without quotes, brackets and colons, and without capital AND, OR and NOT, they mean nothing but themselves in
    Lucene's query syntax, which arXiv and DataCite have, when they stand inside of quotes.
    """
    parts = (part.strip("'’-_") for part in _NO_WORD.sub(" ", text[:MAX_CHARS]).split())
    return [part.lower() for part in parts if part]


def single_words(text: str) -> list[str]:
    """Return the words of *text* as :func:`words` does, those with hyphens as the words that they are made of."""
    return words(text[:MAX_CHARS].replace("-", " ").replace("_", " "))


def telling(text: str, count: int) -> list[str]:
    """Return the *count* longest of the single words of *text*, each once, in their order."""
    known = list(dict.fromkeys(single_words(text)))
    longest = sorted(known, key=len, reverse=True)[:count]
    return [word for word in known if word in longest]


def opening(text: str, count: int) -> list[str]:
    """Return the first *count* words in a row that hold no mathematics, or as many as there are in a row."""
    best: list[str] = []
    run: list[str] = []
    for token in text[: MAX_CHARS * 4].split():
        if _MATHEMATICS.search(token):
            run = []
            continue
        run += words(token)
        if len(run) >= count:
            return run[:count]
        best = max(best, run, key=len)
    return list(best)


def family_name(author: str) -> str | None:
    """Return the family name of ``Given Family`` or ``Family, Given`` in plain lower-case letters.

    Of a name of several parts (``Lopez-Paz``, ``van der Maaten``) it is the longest or the last. None where the name
    cannot be written in the letters from a to z.
    """
    person = author[:MAX_CHARS].split(",")[0]
    parts = [part for part in words(fold(person)) if part.replace(".", "") not in _SUFFIXES]
    if not parts:
        return None
    longest = max(parts[-1].replace("'", "-").split("-"), key=len)
    return longest if longest.isascii() and longest.isalpha() and len(longest) > 1 else None
