"""Where the words of a search stand in a text as it is shown.

The text is folded piece by piece, and for each folded letter it is kept where it came from. One expression of all
words then runs over the folded text, so the time goes with its length alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.searching.folding import ARABIC, GREEK, SINGLE, plain

_PIECE = re.compile(
    f"[{SINGLE}]|[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]|[{GREEK}][{GREEK}\u0300-\u036f]*|[{ARABIC}]+|[\x00-\x7f]+"
    f"|[^\x00-\x7f{GREEK}{ARABIC}{SINGLE}\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]+"
)


def hits(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where *words* stand in *text*: start and end (exclusive) of each, in order, none inside another.

    *words* are folded words and phrases, as ``Found.words`` has them. A word is found at the beginning of one, and
    where it ends in a blank only where the word there ends too.
    """
    pattern = _pattern(words)
    if pattern is None or not text:
        return ()
    if text.isascii():
        return tuple(match.span() for match in pattern.finditer(text.lower()))
    folded, starts, ends = _folded(text)
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        start, end = starts[match.start()], ends[match.end() - 1]
        if found and start < found[-1][1]:
            # Two letters of the folded text can come from one that is shown.
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


@lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the expression of all *words*, the longest first: where two begin at one place it is the one found."""
    each = sorted({word for word in words if word.strip()}, key=lambda word: (-len(word), word))
    if not each:
        return None
    return re.compile(f"(?<![^\\W_])(?:{'|'.join(map(_one, each))})")


def _one(word: str) -> str:
    between = r"[\W_]+".join(map(re.escape, word.split()))
    return between + (r"(?![^\W_])" if word.endswith(" ") else "")


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """Return *text* as it is indexed, and of each letter of that where in *text* it begins and ends."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        piece, (start, end) = plain(match[0]), match.span()
        pieces.append(piece)
        if len(piece) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        elif end - start > 1 and (each := [plain(char) for char in match[0]]) and "".join(each) == piece:
            for place, letters in enumerate(each, start):
                starts += [place] * len(letters)
                ends += [place + 1] * len(letters)
        else:
            starts += [start] * len(piece)
            ends += [end] * len(piece)
    return "".join(pieces), starts, ends
