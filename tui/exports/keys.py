"""Citation keys: made of author, year and title, in ASCII, never empty, unique where it matters.

The characters left out are those that BibTeX, TeX or biber stumble over in a key: blanks and
``" # % ' ( ) , = { } \\ ~``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from tui.exports.names import Name, people
from tui.exports.nouns import FUNCTION_WORDS
from tui.exports.reading import read
from tui.model import Record

_SAFE = re.compile(r"[A-Za-z0-9!$&*+./:;<>?@\[\]^_`|-]+")
_ARTICLES = frozenset(
    ["le", "la", "les", "un", "une", "der", "die", "das", "ein", "eine", "el", "los", "las", "il", "gli"]
)
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'-]*[A-Za-z0-9])?")
_LETTERS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
            "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ȷ": "j", "ŋ": "ng", "Ŋ": "Ng",
            "ħ": "h", "Ħ": "H", "ə": "a", "Ə": "A", "’": "'", "ʼ": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-",
            "ĸ": "k", "ŧ": "t", "Ŧ": "T", "ƒ": "f"}  # fmt: skip
# ISO 9 and ELOT 743 without their marks.
_CYRILLIC = (
    "а a б b в v г g ґ g д d е e є ie ё e ж zh з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ў u ф f х kh"
    " ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz"
)
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_PAIRS = f"{_CYRILLIC} {_GREEK}".replace("_", "").split(" ")
_TRANSLITERATED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def is_safe(key: str) -> bool:
    """Return whether every reader of .bib files takes *key* as it is."""
    return _SAFE.fullmatch(key) is not None


def plausible_year(year: int | None) -> int | None:
    """Return *year* if a publication can have it: one of many digits is a slip, and no key or entry can use it."""
    return year if year is not None and 1000 <= year <= 2100 else None


def propose(record: Record, fallback: str) -> str:
    """Return family name of the first author, year and first significant title word: ``saeed2020contrastive``.

    Without an author who can be written in ASCII, title words stand in; without those, *fallback* (the paper's id).
    """
    words = _title_words(record.title or "")
    names, _ = people((record.authors or record.editors)[:3])
    author = next((part for name in names[:1] if (part := _author(name))), "")
    year = str(plausible_year(record.year) or "")
    if author:
        return author + year + (words[0] if words and not words[0].isdigit() else "")
    if words:
        return words[0] + year + (words[1] if len(words) > 1 else "")
    plain = "-".join(_WORD.findall(_ascii(fallback).replace("'", "")))
    return (plain + year if plain and not year else plain or "paper" + year)[:60]


def assign(wanted: Sequence[tuple[str, Record, str | None]], taken: Collection[str]) -> dict[str, str]:
    """Return paper id to key for *wanted* (id, record, kept key or None), unique ignoring case, also against *taken*.

    A kept key stays, unless two of *wanted* keep the same or it is none that BibTeX could read. The same papers in
    the same order get the same keys.
    """
    keys: dict[str, str] = {}
    used: set[str] = set()
    for paper, _, kept in wanted:
        if kept and is_safe(kept) and kept.lower() not in used and paper not in keys:
            keys[paper] = kept
            used.add(kept.lower())
    used |= {key.lower() for key in taken}
    suffixes: dict[str, Iterator[str]] = {}
    for paper, record, _ in wanted:
        if paper in keys:
            continue
        key = base = propose(record, paper)
        while key.lower() in used:
            key = base + next(suffixes.setdefault(base.lower(), _suffixes()))
        keys[paper] = key
        used.add(key.lower())
    return {paper: keys[paper] for paper, _, _ in wanted}


def _suffixes() -> Iterator[str]:
    """Yield a to z, then aa, ab and on, as JabRef does."""
    for number in count(1):
        suffix = ""
        while number:
            number, rest = divmod(number - 1, 26)
            suffix = chr(97 + rest) + suffix
        yield suffix


def _author(name: Name) -> str:
    words = [word for word in _WORD.findall(_ascii(name.family)) if word.lower() not in ("the", "and", "of")]
    if name.whole and len(words) > 1:
        words = words[:1]
    return re.sub(r"[^a-z0-9]", "", "".join(words).lower())[:40]


def _title_words(title: str) -> list[str]:
    """Return the words of *title* that say something, lower-case; of a long compound its first part."""
    found = []
    prose = read(title)
    said = "".join(
        " " if (span := prose.span(char)) and span.math else span.plain if span else char for char in prose.text
    )
    for word in _WORD.findall(_ascii(said if prose.spans else prose.text)):
        word = word.lower().replace("'", "")
        if word in FUNCTION_WORDS or word in _ARTICLES or word.isdigit():
            continue
        head, *rest = word.split("-")
        while rest and len(head) < 3:
            head += rest.pop(0)
        found.append(head[:40])
    telling = [word for word in found if len(word) > 1]
    return (
        telling
        or found
        or [word.lower().replace("'", "").replace("-", "")[:40] for word in _WORD.findall(_ascii(title))][:2]
    )


def _ascii(text: str) -> str:
    """Return *text* in ASCII: accents dropped, Greek and Cyrillic transliterated, other scripts left out."""
    if text.isascii():
        return text
    made: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        made.append(char if char.isascii() else _latin(char))
    return "".join(made)


def _latin(char: str) -> str:
    """Return what stands for *char*, which is not ASCII."""
    if known := _one_letter(char):
        return known
    parts = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
    plain = "".join(part if part.isascii() else _one_letter(part) for part in parts)
    # A letter of another script separates nothing; every other sign ends a word.
    return plain if plain or char.isalnum() else " "


def _one_letter(char: str) -> str:
    lower = char.lower()
    latin = _TRANSLITERATED.get(lower)
    if latin is not None:
        return latin if char == lower else latin.capitalize()
    return _LETTERS.get(char, "")
