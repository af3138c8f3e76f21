"""Words that nothing holds, and what the reader may have meant: the next words of the index's vocabulary.

A word of three letters may have one mistake, one of eight two; a letter left out, put in, changed, or two swapped are
one each (Damerau, 1964; the optimal string alignment distance). Of the vocabulary only what begins alike is looked
at, and what begins as the word would after one mistake in its first letters: some thousand words, not all of them.
Three letters are near to too many words: those count that begin alike, and first those that have all three letters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tui.searching.terms import ANYWHERE, COLUMN_OF, And, Not, Or, Term, Words

SHORTEST = 3
"""Letters of a word from which on it is taken for a mistake where nothing holds it."""
_SHORT = 4
"""Letters of a word of which one mistake may leave but two that begin alike."""
_TWICE = 8
_BEST = 3
_RARE = 20
"""How many times as frequent another word is beside which one is not worth looking for."""
_MOST = 5_000
"""Words of the vocabulary that are looked at behind one beginning."""

_TABLE = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, words, row)"
_BETWEEN = "SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT ?"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_END = chr(0x10FFFF)


def corrected(connection: sqlite3.Connection, term: Term) -> tuple[Term, dict[str, str]]:
    """Return *term* with the words that nothing begins with replaced by the nearest, and which were for which."""
    instead: dict[str, str] = {}
    return _corrected(connection, term, instead), instead


def _corrected(connection: sqlite3.Connection, term: Term, instead: dict[str, str]) -> Term:
    if isinstance(term, Words):
        return _respelled(connection, term, instead) if _may_be_wrong(term) else term
    if isinstance(term, Not):
        return term  # a word that nothing holds refuses nothing, whatever was meant
    if isinstance(term, (And, Or)):
        return type(term)(tuple(_corrected(connection, part, instead) for part in term.parts))
    return term


def _may_be_wrong(words: Words) -> bool:
    known = words.field == ANYWHERE or (words.field in COLUMN_OF and words.field != "id")
    return known and words.prefix and len(words.text) >= SHORTEST and words.text.isalpha()


def _respelled(connection: sqlite3.Connection, words: Words, instead: dict[str, str]) -> Term:
    word = words.text
    connection.execute(_TABLE)
    if connection.execute(_BETWEEN, (word, word + _END, 1)).fetchone():
        return words
    best = _nearest(connection, word)
    if not best:
        return words
    instead[word] = " or ".join(best)
    parts = tuple(Words(words.field, each) for each in best)
    return Or(parts) if len(parts) > 1 else parts[0]


def _nearest(connection: sqlite3.Connection, word: str) -> list[str]:
    """Return the best few words for *word*: of the fewest mistakes, the most frequent first."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 2 if len(word) >= _TWICE else 1
    known: dict[str, int] = {}
    shortest = len(word) == SHORTEST
    for start in _starts(word):
        known.update(connection.execute(_BETWEEN, (start, start + _END, _MOST)))
    if shortest:
        known = {each: count for each, count in known.items() if each[0] == word[0] and len(each) >= SHORTEST}
    for whole in (True,) if shortest else (True, False):
        # A word that is still being typed is the beginning of what was meant.
        there = known if whole else _cut(known, len(word))
        near = extract(word, there.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        if near:
            fewest = min(distance for _, distance, _ in near)
            nearest = [each for each, distance, _ in near if distance == fewest]
            kept = [each for each in nearest if set(word) <= set(each)] if shortest else []
            return _best(kept or nearest, there)
    return []


def _best(words: list[str], counts: dict[str, int]) -> list[str]:
    """Return the most frequent of *words*, without those that are rare beside it, or found with another of them."""
    most = max(counts[word] for word in words)
    common = sorted((word for word in words if counts[word] * _RARE >= most), key=lambda word: (-counts[word], word))
    return [word for word in common if not any(word != other and word.startswith(other) for other in common)][:_BEST]


def _cut(known: dict[str, int], length: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, count in known.items():
        if len(word) > length:
            found[word[:length]] = max(count, found.get(word[:length], 0))
    return found


def _starts(word: str) -> Iterator[str]:
    """Yield how what was meant may begin: as the word does, or with one mistake in its first three letters."""
    yield word[: 3 if len(word) > _SHORT else 2]
    size = max(3, len(word) - 3)
    found = dict.fromkeys(variant[:size] for variant in _variants(word[: size + 1]))
    # What begins as the word itself was looked at.
    yield from (start for start in found if not start.startswith(word[:3]))


def _variants(word: str) -> Iterator[str]:
    letters = _LETTERS if word.isascii() else ""
    for place in range(3):
        head, tail = word[:place], word[place:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        yield from (head + letter + tail[1:] for letter in letters)
        yield from (head + letter + tail for letter in letters)
