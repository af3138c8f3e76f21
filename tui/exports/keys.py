"""Citation keys: made by a pattern of author, year and title, in ASCII, never empty, unique where it matters.

The pattern's grammar is in :mod:`tui.key_pattern`. The characters left out are those that BibTeX, TeX or biber
stumble over in a key: blanks and ``" # % ' ( ) , = { } \\ ~``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from tui.exports.key_words import title_words, venue_words
from tui.exports.names import Name, people
from tui.exports.romanised import romanised
from tui.key_pattern import DEFAULT, SAFE, Part, parse
from tui.model import Record
from tui.patterns import later

MAX_KEY = 200
"""The longest key that is made or kept."""

_SAFE = later(rf"[{SAFE}]{{1,{MAX_KEY}}}")
_UNSAFE = later(rf"[^{SAFE}]")
_WORD = later(r"[A-Za-z0-9](?:[A-Za-z0-9'-]*[A-Za-z0-9])?")
_HANGUL = later(r"[\uac00-\ud7a3]{2,4}")
_LONGEST_NAME = 40


def is_safe(key: str) -> bool:
    """Return whether every reader of .bib files takes *key* as it is."""
    return _SAFE.fullmatch(key) is not None


def refuse_key(key: str) -> str | None:
    """Return why the reader cannot have *key* as a citation key, one sentence; None where it can be one."""
    if is_safe(key):
        return None
    if not key:
        return "A citation key cannot be empty."
    if len(key) > MAX_KEY:
        return f"A citation key cannot be longer than {MAX_KEY} characters, and this one has {len(key):,}."
    sign = _UNSAFE.findall(key)[0]
    if not sign.isprintable() or sign.isspace():
        said = "a blank" if sign.isspace() else "a control character"
    else:
        said = sign if sign != '"' else "a quotation mark"
    why = "is not ASCII, and old BibTeX splits it" if not sign.isascii() else "breaks BibTeX, TeX or biber"
    shown = "".join(char if char.isprintable() else " " for char in key)
    return f"“{shown[:60]}{'…' * (len(key) > 60)}” cannot be a citation key, for {said} in it {why}."


def plausible_year(year: int | None) -> int | None:
    """Return *year* if a publication can have it: one of many digits is a slip, and no key or entry can use it."""
    return year if year is not None and 1000 <= year <= 2100 else None


def propose(record: Record, fallback: str, pattern: str = DEFAULT) -> str:
    """Return the key that *pattern* makes of *record*: ``saeed2020contrastive`` by the default.

    Without an author or editor who can be written in ASCII, the first title word stands in. Where no part of the
    pattern says more than the year, the default's key is returned, and where that does not, *fallback* (the paper's
    id).
    Raises SettingsError where *pattern* is none.
    """
    made = _Made(record)
    key = made.by(pattern) or (made.by(DEFAULT) if pattern != DEFAULT else "")
    if key:
        return key[:MAX_KEY]
    plain = "-".join(_WORD.findall(romanised(fallback).replace("'", "")))
    return (plain or "paper" + made.year(Part("year")))[:60]


def assign(
    wanted: Sequence[tuple[str, Record, str | None]], taken: Callable[[str], bool], pattern: str = DEFAULT
) -> dict[str, str]:
    """Return paper id to key for *wanted* (id, record, kept key or None), unique ignoring case; none is *taken*.

    A kept key stays, unless two of *wanted* keep the same or it is none that BibTeX could read; others are made by
    *pattern*. The same papers in the same order get the same keys. Raises SettingsError where *pattern* is none.
    """
    keys: dict[str, str] = {}
    used: set[str] = set()
    for paper, _, kept in wanted:
        if kept and is_safe(kept) and kept.lower() not in used and paper not in keys:
            keys[paper] = kept
            used.add(kept.lower())
    suffixes: dict[str, Iterator[str]] = {}
    for paper, record, _ in wanted:
        if paper in keys:
            continue
        key = base = propose(record, paper, pattern)
        while key.lower() in used or taken(key):
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


class _Made:
    """The parts of one record's key. A title word that has stood in for the author, or equals it, is not repeated."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._said: list[str] = []

    def by(self, pattern: str) -> str:
        """Return the key by *pattern*, or nothing where none of its parts says more than the year."""
        self._said = []
        made: list[str] = []
        between = ""
        names: list[str] = []
        pieces = parse(pattern)
        for place, piece in enumerate(pieces):
            if isinstance(piece, tuple):
                name, said = next(((part.name, said) for part in piece if (said := self._part(part))), ("", ""))
                made += [between, said] if said else []
                names += [name] if said else []
                between = "" if said else between
            elif 0 < place < len(pieces) - 1 and not any(char.isalnum() for char in piece):
                # What only parts the parts from each other has no use beside one that is empty.
                between = (between or piece) if names else ""
            else:
                made.append(piece)
                between = ""
        return "".join(made) if set(names) - {"year"} else ""

    def _part(self, part: Part) -> str:
        makers: dict[str, Callable[[Part], str]] = {
            "author": self._author, "year": self.year, "title": self._title, "venue": self._venue,
            "arxiv": lambda part: _identifier(self._record.arxiv, part),
            "doi": lambda part: _identifier(self._record.doi, part),
        }  # fmt: skip
        return makers[part.name](part)[: part.limit]

    def year(self, part: Part) -> str:
        """Return the year in *part*'s digits, or nothing where it is not known."""
        return str(plausible_year(self._record.year) or "")[-part.digits :]

    def _author(self, part: Part) -> str:
        record = self._record
        listed = record.authors or record.editors
        names, others = people(listed if part.last is None else listed[: part.last + 2])
        found = [said for name in names if (said := _family(name, part))]
        if not found:
            found = [word for word in title_words(record, part) if word.lower() not in self._said][:1]
            return self._joined(found, part)
        kept = found[: part.last]
        more = others or record.more_authors > 0 or len(found) > len(kept) or len(listed) > len(names)
        return self._joined(kept, part, "EtAl" if part.etal and more else "")

    def _title(self, part: Part) -> str:
        found = title_words(self._record, part)
        if part.first == 1 and not part.every:
            # "Gemini Team" wrote "Gemini: A Family", and gemini2023gemini says no more than gemini2023.
            found = [word for word in found if word.lower() not in self._said]
            if self._said and not part.counted:
                found = [word for word in found if not word.isdigit()]
        return self._joined(found[part.first - 1 : part.last], part)

    def _joined(self, found: list[str], part: Part, behind: str = "") -> str:
        self._said += [word.lower() for word in found]
        return _written(found, part, "" if part.initials else behind)

    def _venue(self, part: Part) -> str:
        return _written(venue_words(self._record, part)[part.first - 1 : part.last], part)


def _family(name: Name, part: Part) -> str:
    """Return the family name with its particles as one word, of an organisation the first word that tells it."""
    if name.whole and _HANGUL.fullmatch(name.last):
        # A Korean name in one word: the family name is its first syllable.
        return romanised(name.last[0])
    found = [
        word for word in _WORD.findall(romanised(name.family, part.german))
        if word.lower() not in ("the", "and", "of")
    ]  # fmt: skip
    if name.whole and len(found) > 1:
        found = found[:1]
    return re.sub(r"[^A-Za-z0-9]", "", "".join(found))[:_LONGEST_NAME]


def _identifier(value: str | None, part: Part) -> str:
    """Return an identifier in the characters of a key, or nothing where there is none."""
    return _cased(re.sub(rf"[^{SAFE}]", "", (value or "").replace("/", "-"))[:80], part)


def _written(found: list[str], part: Part, behind: str = "") -> str:
    cut = 1 if part.initials else part.letters
    kept = [*(word[:cut] for word in found), behind]
    return part.separator.join(_cased(word, part) for word in kept if word)


def _cased(word: str, part: Part) -> str:
    if part.case == "capitalise":
        return word[:1].upper() + word[1:]
    return {"lower": word.lower, "upper": word.upper}.get(part.case, word.__str__)()
