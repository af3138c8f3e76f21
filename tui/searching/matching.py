"""Terms in the language of FTS5 (https://sqlite.org/fts5.html, section 3); it is given to SQLite as a parameter."""

from __future__ import annotations

from tui.catalogue.schema import COLUMNS
from tui.searching.folding import spellings
from tui.searching.terms import ANYWHERE, COLUMN_OF, And, Not, Or, Term, Words, wanted

WEIGHTS = {"title": 10.0, "authors": 5.0, "abstract": 1.0, "said": 1.0, "notes": 4.0, "tags": 4.0, "ids": 4.0}
"""What a hit in a column counts in bm25."""

RANK = f"bm25(words, {', '.join(str(WEIGHTS[name]) for name in COLUMNS)})"


def expression(term: Term) -> str | None:
    """Return *term* for MATCH, or None where it refuses, or asks for more than words do."""
    if isinstance(term, Words):
        return _words(term)
    if isinstance(term, Or):
        return _joined(" OR ", term.parts)
    if isinstance(term, And):
        refused = [part.part for part in term.parts if isinstance(part, Not)]
        asked = _joined(" AND ", [part for part in term.parts if not isinstance(part, Not)])
        if asked and refused:
            others = _joined(" OR ", refused)
            return f"({asked} NOT {others})" if others else None
        return asked
    return None


def _joined(operator: str, parts: list[Term] | tuple[Term, ...]) -> str | None:
    each = [expression(part) for part in parts]
    if not each or None in each:
        return None
    return f"({operator.join(part for part in each if part)})"


def _words(words: Words) -> str | None:
    if words.field != ANYWHERE and words.field not in COLUMN_OF:
        return None
    column = f"{COLUMN_OF[words.field]} : " if words.field else ""
    # Words are letters and digits, so a quote cannot end the phrase early.
    phrases = [f'"{text}"{" *" if words.prefix else ""}' for text in _spelled(words)]
    return f"{column}{phrases[0]}" if len(phrases) == 1 else f"{column}({' OR '.join(phrases)})"


def _spelled(words: Words) -> tuple[str, ...]:
    return spellings(words.text) if words.prefix and " " not in words.text else (words.text,)


def in_titles(matched: str) -> str:
    """Return the expression of what *matched* finds in titles alone."""
    return f"title : ({matched})"


def positive(term: Term | None) -> Term | None:
    """Return what of *term* asks for words: by these hits are ranked."""
    if isinstance(term, Words):
        return term if term.field == ANYWHERE or term.field in COLUMN_OF else None
    if isinstance(term, (And, Or)):
        parts = tuple(part for part in map(positive, term.parts) if part is not None)
        return type(term)(parts) if len(parts) > 1 else parts[0] if parts else None
    return None


def is_short(term: Term) -> bool:
    """Return whether *term* asks for one or two letters alone: nearly every title has a word that begins so."""
    return all(words.prefix and len(words.text) < 3 for words in wanted(term))


def highlighted(words: Words) -> tuple[str, ...]:
    """Return *words* as :func:`tui.searching.hits.hits` takes them: with a blank behind, where the last is whole."""
    return _spelled(words) if words.prefix else (f"{words.text} ",)
