"""Tables of words, written as prose is: a set with a quote round every word is hard to read and to mend."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of *text*, which blanks part."""
    return frozenset(text.split())
