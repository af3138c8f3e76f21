"""The section headings of newsletters, right or misspelled: ``What is it?``, ``Why does it matters?``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tui.digests.blocks import Block
from tui.text import fold

Sort = Literal["what", "why", "authors", "other"]

_LABEL = re.compile(r"[\W_]{0,6}([^\n?:：？!.]{2,48}?)\s?([?:：？]{1,3})[\s\-–—:*_]{0,6}")
_WHOLE = re.compile(r"[\W_]{0,6}([^\n?:：？!.]{2,48}?)\s?[?:：？!.…*_]{0,4}")
_WORD = re.compile(r"[^\W\d_]+")
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "is it its s this the paper about are they does do was did new idea work in of that these happened"
        " all a an article study here",
    )
)
_MATTERS = re.compile(
    r"(?:mat{1,3}|mater|maat|mtt|import|impro?tan|care|relev|signif|interes|useful|need|read|big deal)"
)
_OTHERS = frozenset(
    re.findall(
        r"\S+",
        "how who whose where when which so tldr tl key main result results limitations takeaway takeaways"
        " summary contribution contributions method methods approach idea problem background conclusion"
        " conclusions findings the my our in bottom details caveats use what why further strengths weaknesses",
    )
)


@dataclass(frozen=True)
class Label:
    """A section heading at the beginning of a block: its words as printed, its sort, and the text behind it."""

    words: str
    sort: Sort
    rest: str


def labels(blocks: Iterable[Block]) -> dict[int, Label]:
    """Return the section headings that *blocks* begin with, by their place.

    ``What is it?`` and ``Why it matters?`` count wherever they begin a block; other words only in bold, on a line of
    their own as a heading, or where the text uses them twice.
    """
    seen = list(blocks)
    known = Counter(fold(match[1]) for block in seen if (match := _beginning(block)))
    found: dict[int, Label] = {}
    for index, block in enumerate(seen):
        if block.kind in ("rule", "image", "row"):
            continue
        if label := _label(block, known):
            found[index] = label
    return found


def _beginning(block: Block) -> re.Match[str] | None:
    plain = block.plain[:80]
    # Few lines have a sign that ends a label, and to look for one is quicker.
    return _LABEL.match(plain) if "?" in plain or ":" in plain or not plain.isascii() else None


def _label(block: Block, known: Counter[str]) -> Label | None:
    plain = block.plain
    if match := _beginning(block):
        sort = _sort(fold(match[1]))
        if sort in ("what", "why", "authors") or (sort and _stands_out(block, match[1], known)):
            return Label(_printed(plain[: match.end()]), sort, plain[match.end() :].lstrip())
    bold = block.bold[0] if block.spans != () and block.bold and block.bold[0][0] <= 4 else None
    if bold and (sort := _sort(fold(bold[2]))) and sort != "other":
        return Label(_printed(bold[2]), sort, plain[plain.find(bold[2]) + len(bold[2]) :].lstrip(" :?-–—"))
    whole = _WHOLE.fullmatch(plain) if len(plain) <= 56 else None
    sort = _sort(fold(whole[1])) if whole else None
    headed = sort == "other" and block.kind == "heading" and len(plain) <= 30
    return Label(_printed(plain), sort, "") if sort in ("what", "why") or (sort and headed) else None


def _printed(words: str) -> str:
    return words.strip(" \t-–—:：*_#>").strip()


def _stands_out(block: Block, words: str, known: Counter[str]) -> bool:
    """Return whether *words* are set off from what follows them: in bold, or used twice and followed by sentences."""
    if block.kind == "heading":
        return False
    bold = block.bold[0] if block.bold else None
    if bold and bold[0] <= 4:
        # A title that is bold as a whole may have a question in it.
        return fold(bold[2]).strip(" ?:") == fold(words).strip(" ?:")
    return known[fold(words)] >= 2 and block.plain.endswith((".", "!", "?"))


@lru_cache(maxsize=4096)
def _sort(folded: str) -> Sort | None:
    """Return what a heading asks for, or None where these words are no heading."""
    words = _WORD.findall(folded)
    if not 1 <= len(words) <= 8:
        return None
    first, rest = words[0], words[1:]
    if _near(first, "what") and rest and all(word in _FILLERS or len(word) <= 2 for word in rest):
        return "what"
    if first in ("whats", "whatis") and all(word in _FILLERS for word in rest):
        return "what"
    if _near(first, "why") and rest and (any(map(_MATTERS.match, rest)) or all(word in _FILLERS for word in rest)):
        return "why"
    if first in ("author", "authors", "by"):
        return "authors" if not rest else None
    return "other" if first in _OTHERS and len(words) <= 6 else None


def _near(word: str, known: str) -> bool:
    """Return whether *word* is *known* but for one letter too many, too few, wrong, or two letters changed about."""
    if word == known:
        return True
    if abs(len(word) - len(known)) > 1 or len(word) < 2:
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    if len(word) == len(known):
        swapped = known[:start] + known[start + 1 : start + 2] + known[start : start + 1] + known[start + 2 :]
        return (word[start + 1 :] == known[start + 1 :] and word[0] == known[0]) or word == swapped
    shorter, longer = sorted((word, known), key=len)
    return longer[:start] + longer[start + 1 :] == shorter
