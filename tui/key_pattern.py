"""The pattern that new citation keys are made by, ``{author}{year}{title}`` where the reader sets no other.

It is read here, below the settings, which check it; :mod:`tui.exports.keys` applies it.

::

    pattern = { literal | "{" choice "}" }          literal: letters, digits and ! $ & * + - . / : ; < > ? @ [ ] ^ _ ` |
    choice  = part { "|" part }                     the first of them that the paper has
    part    = name [ ":" option { "," option } ]

    {author}   family name of the first author, or editor; the first title word where there is none
    {year}     2020
    {title}    the first title word that says something; a, the, of, für, les, con ... do not
    {venue}    the short name of conference or journal: neurips, cvpr, jasa
    {arxiv}    2010.10915
    {doi}      10.1000-182

    3          the first three authors or words (author, title, venue)      4 or 2   digits of the year
    2-4        the second to the fourth word (title, venue)
    all        all authors or words
    etal       EtAl behind the names where authors are left out (author)
    initials   first letters alone: vsp of Vaswani, Shazeer, Parmar; of all words or names unless a number is given
    every      no word is left out for saying nothing (title)               skip=x+y   leave these words out too (title)
    lower, upper, capitalise, keep      case; lower is what holds without    german   ä as ae, ö as oe, ü as ue
    letters=4  the first four letters of each name or word                  max=20   the first 20 characters of the part
    sep=-      what stands between names or words

``{author:2,etal,capitalise}_{year:2}_{title:3,sep=-}`` gives ``VaswaniShazeerEtAl_17_attention-need``.
"""

from __future__ import annotations

import dataclasses
import difflib
from functools import lru_cache
from typing import Literal

from tui.errors import SettingsError
from tui.frozen import dataclass
from tui.patterns import later
from tui.text import clean

DEFAULT = "{author}{year}{title}"
"""The pattern in force where the reader sets none: ``saeed2020contrastive``."""

SAFE = r"A-Za-z0-9!$&*+./:;<>?@\[\]^_`|-"
"""The characters of a key, as a class of a regular expression: all that no reader of ``.bib`` files stumbles over."""

MAX_PATTERN = 500
"""The longest pattern that is read."""

Name = Literal["author", "year", "title", "venue", "arxiv", "doi"]
Case = Literal["lower", "upper", "capitalise", "keep"]

_OPTIONS: dict[str, tuple[str, ...]] = {
    "author": ("a number", "all", "etal", "initials", "letters=N", "sep=TEXT"),
    "year": ("4", "2"),
    "title": ("a number", "2-4", "all", "every", "skip=WORD+WORD", "initials", "letters=N", "sep=TEXT"),
    "venue": ("a number", "2-4", "all", "initials", "letters=N", "sep=TEXT"),
    "arxiv": (),
    "doi": (),
}
_EVERYWHERE = ("lower", "upper", "capitalise", "keep", "german", "max=N")
_PIECE = later(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_NUMBER = later(r"[1-9]\d{0,2}")
_RANGE = later(r"([1-9]\d?)-([1-9]\d?)")
_UNSAFE = later(rf"[^{SAFE}]")
_LIKE = f'a pattern such as "{DEFAULT}"'


@dataclass(frozen=True)
class Part:
    """One part of a pattern with its options; ``first`` and ``last`` count from 1, ``last`` is None for all there are.

    ``digits`` are the year's, ``letters`` how many of each word, ``limit`` how many characters of the whole part.
    """

    name: Name
    first: int = 1
    last: int | None = 1
    counted: bool = False
    etal: bool = False
    initials: bool = False
    every: bool = False
    skip: frozenset[str] = frozenset()
    case: Case = "lower"
    german: bool = False
    digits: int = 4
    letters: int | None = None
    limit: int | None = None
    separator: str = ""


Pattern = tuple[str | tuple[Part, ...], ...]
"""A pattern that was read: literal texts, and parts each with those that stand in for it."""


class _RefusedError(Exception):
    """What a pattern must be, as the phrase behind "must be"."""


def check(pattern: str) -> str | None:
    """Return what a pattern must be where *pattern* is none, as the phrase behind "must be"; None where it is one."""
    try:
        _parse(pattern)
    except _RefusedError as error:
        return str(error)
    return None


def parse(pattern: str) -> Pattern:
    """Return *pattern* as its pieces. Raises SettingsError, one sentence, where it is none."""
    try:
        return _parse(pattern)
    except _RefusedError as error:
        raise SettingsError(f"The pattern of citation keys must be {error}.") from None


@lru_cache(maxsize=64)
def _parse(text: str) -> Pattern:
    if len(text) > MAX_PATTERN:
        raise _RefusedError(f"{_LIKE}, of at most {MAX_PATTERN} characters")
    pieces: list[str | tuple[Part, ...]] = []
    for match in _PIECE.finditer(text):
        if match[3]:
            what = 'closes each "{" by a "}"' if match[3] == "{" else 'opens a "{" before each "}"'
            raise _RefusedError(f"{_LIKE} that {what}")
        pieces.append(_literal(match[2]) if match[2] else _choice(match[1]))
    if not any(isinstance(piece, tuple) for piece in pieces):
        raise _RefusedError(f"{_LIKE} that holds one of {_listed(_braced())} at least")
    return tuple(pieces)


def _literal(text: str) -> str:
    if bad := _UNSAFE.search(text):
        sign = {" ": "blanks", "\t": "tabs", "\n": "line breaks"}.get(bad[0], f'"{bad[0]}"')
        sign = sign if bad[0].isprintable() or bad[0] in "\t\n" else f"U+{ord(bad[0]):04X}"
        raise _RefusedError(f"{_LIKE} without {sign}, which BibTeX cannot take in a key")
    return text


def _choice(text: str) -> tuple[Part, ...]:
    return tuple(_part(each) for each in text.split("|"))


def _part(text: str) -> Part:
    name, _, options = text.partition(":")
    name = name.strip().lower()
    if name not in _OPTIONS:
        near = difflib.get_close_matches(name, _OPTIONS, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        said = f'("{clean(name[:40])}" is none{hint})' if name else "(one is empty)"
        raise _RefusedError(f"{_LIKE} whose parts are {_listed(list(_OPTIONS))} {said}")
    part = Part(name)  # type: ignore[arg-type]  # it is one of the names
    for option in options.split(",") if options.strip() else ():
        part = _with(part, option.strip())
    if part.initials and not part.counted:
        part = dataclasses.replace(part, last=None)
    return part


def _with(part: Part, option: str) -> Part:
    """Return *part* with *option*, or refuse it with those that it has."""
    made = _single(part, option.lower()) or _valued(part, *option.partition("=")[::2])
    if made is None:
        known = _listed([*_OPTIONS[part.name], *_EVERYWHERE])
        said = f'"{clean(option[:40])}" is none' if option else "one is empty"
        raise _RefusedError(f"{_LIKE} where the options of {{{part.name}}} are {known} ({said})")
    return made


def _single(part: Part, option: str) -> Part | None:
    """Return *part* with an *option* that is a word or a number, or None where it has no such option."""
    known = _OPTIONS[part.name]
    if option in ("lower", "upper", "capitalise", "capitalize", "keep"):
        return dataclasses.replace(part, case=option.replace("ize", "ise"))  # type: ignore[arg-type]  # it is a case
    if option == "german":
        return dataclasses.replace(part, german=True)
    if option in ("2", "4") and part.name == "year":
        return dataclasses.replace(part, digits=int(option))
    if option in ("etal", "initials", "every") and option in known:
        return dataclasses.replace(part, **{option: True})  # type: ignore[arg-type]  # a flag of this name
    if option == "all" and option in known:
        return dataclasses.replace(part, last=None, counted=True)
    if _NUMBER.fullmatch(option) and "a number" in known:
        return dataclasses.replace(part, last=int(option), counted=True)
    if (span := _RANGE.fullmatch(option)) and "2-4" in known and int(span[1]) <= int(span[2]):
        return dataclasses.replace(part, first=int(span[1]), last=int(span[2]), counted=True)
    return None


def _valued(part: Part, name: str, value: str) -> Part | None:
    """Return *part* with an option ``name=value``, or None where it has no such option or that value is none."""
    name, known = name.strip().lower(), " ".join(_OPTIONS[part.name])
    if name == "max" and _NUMBER.fullmatch(value):
        return dataclasses.replace(part, limit=int(value))
    if name == "letters" and "letters=" in known and _NUMBER.fullmatch(value):
        return dataclasses.replace(part, letters=int(value))
    if name == "sep" and "sep=" in known and 0 < len(value) <= 10:
        return dataclasses.replace(part, separator=_literal(value))
    if name == "skip" and "skip=" in known and value:
        return dataclasses.replace(part, skip=part.skip | frozenset(value.lower().split("+")))
    return None


def _braced() -> list[str]:
    return [f"{{{name}}}" for name in _OPTIONS]


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
