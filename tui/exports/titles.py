"""Titles for BibTeX: the capitals that a style must not lower stand in braces, word by word; ordinary words stay free.

Most styles print titles in sentence case. BibTeX then lowers every letter outside of braces but the first one and one
behind a colon and a blank (``change.case$`` in bibtex.web); so whole titles in braces would bind every style, and
bare acronyms would be lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tui.exports.latex import escape
from tui.exports.nouns import ACRONYMS, FUNCTION_WORDS, PROPER_NOUNS
from tui.exports.prose import FIRST_SPAN, Prose
from tui.patterns import later

_CHUNK = later(r"(?:[^\s~/–—()-]|\)(?=\w))+")
_FREE = later(r"[a-z0-9]{0,60}[.,:;?!]?")
_CAPITALISED = later(r"([A-Z][a-z]{1,60})[.,:;?!]?")
_STRIPPED = ",.:;?!“”‘'\"[]"
_SUBTITLE = later(r"[.?!][’”')\]}»]*$")
_ABBREVIATION = later(r"(?:^|\W)(?:vs|etc|al|cf|dr|st|no|vol|e\.g|i\.e|mr|mrs|prof|jr|sr|inc|[a-z])\.$", re.IGNORECASE)
_FINAL_STOP = later(r"(?<![.])\.(?=[’”']*$)")
_KEEPS_STOP = later(r"(?:^|\W)(?:inc|jr|etc|vs|al|u\.s|[A-Z])\.$", re.IGNORECASE)
# BibTeX knows these by command and lowers the command; in a name that is wrong.
_LOWERED_COMMANDS = frozenset("ŁØÆŒÅ")


class _Place(NamedTuple):
    """Where a word stands: what is before it, and what kind of title it is in."""

    first: bool
    opens: bool
    starts: bool
    last: bool
    joined: bool
    sentence_case: bool


def title(prose: Prose, unicode: bool = False) -> str:
    """Return the title *prose* as BibTeX text, without a final full stop; *unicode* is what :func:`escape` takes."""
    prose = _calmed(_without_stop(prose))
    text = prose.text
    chunks = [(match.start(), match[0]) for match in _CHUNK.finditer(text)]
    sentence_case = _in_sentence_case(text, chunks)
    made: list[str] = []
    end = 0
    for start, word in chunks:
        if start > end:
            made.append(_gap(text[end:start], prose, unicode))
        end = start + len(word)
        if _is_lower(word) or _is_ordinary(word, text, start, sentence_case):
            made.append(word)
        elif word.isascii():
            made.append(_ascii_word(word, _place(text, start, end, sentence_case)))
        else:
            made.append(_word(word, prose, _place(text, start, end, sentence_case), unicode))
    return "".join([*made, _gap(text[end:], prose, unicode)])


def _gap(text: str, prose: Prose, unicode: bool) -> str:
    return text if text in ("", " ", "-", "(", " (", "/") else escape(Prose(text, prose.spans), unicode)


def _is_lower(word: str) -> bool:
    return (word.islower() and word.isalpha() and word.isascii()) or _FREE.fullmatch(word) is not None


def _is_ordinary(word: str, text: str, start: int, sentence_case: bool) -> bool:
    """Return whether *word* is one with a capital that a style may lower, by what decides nine of ten."""
    match = _CAPITALISED.fullmatch(word)
    if match is None:
        return False
    if start == 0:
        return True
    if sentence_case or match[1] in PROPER_NOUNS or match[1].removesuffix("s") in PROPER_NOUNS:
        return False
    return start > 1 and text[start - 1] in " -" and (text[start - 2].isalnum() or text[start - 2] in ",:")


@lru_cache(maxsize=32768)
def _ascii_word(word: str, place: _Place) -> str:
    return _word(word, Prose(word), place, unicode=False)


def _place(text: str, start: int, end: int, sentence_case: bool) -> _Place:
    first = start < 40 and not any(char.isalnum() for char in text[:start])
    return _Place(
        first=first,
        # BibTeX keeps the very first character, so not the letter behind a sign.
        opens=(first and _signs(text[:start])) or _opens(text, start),
        starts=_starts(text, start),
        last=end == len(text) or text[end] in "),;:.?!]",
        joined=text[start - 1 : start] in ("-", "/") or text[end : end + 1] in ("-", "/"),
        sentence_case=sentence_case,
    )


def _signs(text: str) -> bool:
    """Return whether *text* has signs and no formula or styled word, which would be the first word."""
    return bool(text.strip()) and max(text) < chr(FIRST_SPAN)


def _without_stop(prose: Prose) -> Prose:
    text = prose.text.rstrip(" ,;")
    if text.endswith((".", ".”", ".'")) and not _KEEPS_STOP.search(text):
        text = _FINAL_STOP.sub("", text).rstrip()
    return Prose(text, prose.spans)


def _calmed(prose: Prose) -> Prose:
    """Return a title that was set in capitals throughout with capitals where a title has them."""
    if prose.text[1:].islower() or sum(map(str.isupper, prose.text)) * 2 < len(prose.text):
        return prose
    letters = [char for char in prose.text if char.isalpha() and char.lower() != char.upper()]
    if len(letters) <= 12 or sum(char.isupper() for char in letters) <= 0.8 * len(letters):
        return prose
    return Prose(re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda match: _calm(match, prose.text), prose.text), prose.spans)


def _calm(match: re.Match[str], text: str) -> str:
    word = match[0]
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    # A name before the first colon, a word with figures, and one without vowels are no ordinary words.
    named = match.start() == 0 and text[match.end() : match.end() + 1] == ":"
    if named or word in ACRONYMS or any(char.isdigit() for char in beside) or not re.search("[AEIOUYÀ-ÿ]", word):
        return word
    if word.lower() in FUNCTION_WORDS and not _starts(text, match.start()):
        return word.lower()
    return word[0] + word[1:].lower()


def _in_sentence_case(text: str, chunks: Iterable[tuple[int, str]]) -> bool:
    """Return whether ordinary words stand in lower case, so that a capital within the title means a name."""
    lower = upper = 0
    for start, word in chunks:
        if len(word) < 4:
            continue
        if not word.isalpha():
            word = word.strip(_STRIPPED)
            if len(word) < 4 or not word.isalpha():
                continue
        # "Pre-training" says nothing of the rest.
        if text[start - 1 : start] == "-" or word in PROPER_NOUNS or word.lower() in FUNCTION_WORDS:
            continue
        if word.islower():
            lower += 1
        elif word[1:].islower() and not _starts(text, start):
            upper += 1
    return lower > 0 and lower >= upper


def _starts(text: str, at: int) -> bool:
    """Return whether a sentence or a subtitle starts at *at*."""
    if _follows(text, at):
        return False
    before = text[max(0, at - 40) : at].rstrip(" “‘([")
    return not before or before.endswith(":") or _opens(text, at)


def _follows(text: str, at: int) -> bool:
    """Return whether there is but a blank between the word before and *at*: nothing starts there."""
    return at > 1 and text[at - 1] == " " and text[at - 2].isalnum()


def _opens(text: str, at: int) -> bool:
    """Return whether a part of the title starts at *at* that BibTeX does not know for one."""
    if _follows(text, at):
        return False
    before = text[max(0, at - 40) : at].rstrip()
    if not before:
        return False
    if before[-1] in "–—" or before.endswith(" -"):
        return True
    return _SUBTITLE.search(before) is not None and not _ABBREVIATION.search(before)


def _word(word: str, prose: Prose, place: _Place, unicode: bool) -> str:
    start = next((index for index, char in enumerate(word) if _is_core(char)), len(word))
    end = next((index for index in range(len(word), start, -1) if _is_core(word[index - 1])), start)
    lead, core, tail = word[:start], word[start:end], word[end:]
    alone = prose.span(core) if len(core) == 1 else None
    if not core or (alone and not alone.group):
        return escape(Prose(word, prose.spans), unicode)
    tex = escape(Prose(core, prose.spans), unicode)
    grouped = any(span.group for char in core if (span := prose.span(char)))
    said = _said(core, prose)
    place = place if not tail else place._replace(last=True)
    if grouped or _is_protected(said, place, bool(lead)):
        # A group that begins with a command would be a "special character", which BibTeX lowers.
        tex = f"{{{{{tex}}}}}" if tex.startswith("\\") else f"{{{tex}}}"
    return escape(Prose(lead, prose.spans), unicode) + tex + escape(Prose(tail, prose.spans), unicode)


def _is_core(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    raised = unicodedata.decomposition(char).startswith("<su")
    return raised or char.isalnum() or ord(char) >= FIRST_SPAN or unicodedata.combining(char) > 0


def _said(core: str, prose: Prose) -> str:
    if core.isascii():
        return core
    return "".join(char if (span := prose.span(char)) is None else "" if span.math else span.plain for char in core)


def _is_protected(word: str, place: _Place, led: bool) -> bool:
    letters = [char for char in word if char.isalnum()]
    capitals = [index for index, char in enumerate(letters) if char.isupper()]
    if not capitals:
        return False
    if len(capitals) > 1 or capitals[0] > 0 or any(char.isdigit() for char in letters):
        return True
    if place.opens or (place.starts and led):
        return True
    if len(letters) == 1:
        return letters[0] != "A" or _is_name_of_one_letter(place)
    if _LOWERED_COMMANDS.intersection(word) and not place.first:
        return True
    plain = re.sub(r"['’]s?$", "", word)
    if plain in PROPER_NOUNS or (plain.endswith("s") and plain[:-1] in PROPER_NOUNS):
        return not place.first
    return place.sentence_case and not place.starts


def _is_name_of_one_letter(place: _Place) -> bool:
    """Return whether a capital A is more than the article: vitamin A, A/B, or A within lower case."""
    return place.joined or (place.last and not place.first) or (place.sentence_case and not place.first)
