"""Two titles side by side: the same, the same but for a slip, one cut short, or of two works.

What decides is not how many letters agree but what the differing words are: a lost "the" is nothing, "II" in place
of "I" is another paper. Every step is linear in the titles, or bounded by :data:`MAX_WORDS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tui.matching.vocabulary import GENERIC, GLUE, GREEK, KINDS, NUMBER_WORDS, OF_ANOTHER, PARTS, STATUS, STOP, TAGS
from tui.patterns import later
from tui.text import fold, shown

MAX_WORDS = 400
"""Titles of more words are the same only if they are equal."""

MAX_CHARS = 8_000
"""Letters of a title that are looked at; longer ones are the same only if they are equal."""

MIN_CUT = 25
MIN_SHARE = 0.5
"""Letters, and share of them all, that must be left of a title that ends in an ellipsis."""

Relation = Literal["equal", "near", "cut", "headed", "word", "similar", "different"]
"""How two titles stand: a slip apart, cut at a colon or an ellipsis, without the name in front, a word apart."""

# Scripts that set no blanks between words: each sign is a word of its own.
_WORD = later(r"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff_])\w)+[+#]{0,3}")
_BREAK = later(r"[:;?!|()\[\]/=]|[.,]?\s-+\s|\.\s|--")
_ELLIPSIS = later(r"(?:\.{3}|…|\[(?:\.{3}|…)\])\s*$")
_LEADING = later(r"^\s*[\[(]([^\[\]()]{1,60})[\])]\s*+[:.-]?\s*+(?=\S)")
_LISTED = later(r"^\s*\d{1,3}[.):]\s+(?=\S)")
_TRAILING = later(r"[\[(]([^\[\]()]{1,60})[\])]\s*$")


@dataclass(frozen=True)
class Title:
    """A title taken apart: its folded words, the same as printed, and where a new part of it begins.

    ``kinds`` is what it is of another work (``comment``, ``correction``), and of what that is, ``cut`` whether it ends
    in an ellipsis.
    """

    words: tuple[str, ...]
    printed: tuple[str, ...]
    starts: frozenset[int]
    kinds: tuple[str, ...]
    cut: bool

    @property
    def initials(self) -> frozenset[str]:
        """The words that are names or initials, as their capitals say; none where the whole title is in capitals."""
        found = {word for word, form in zip(self.words, self.printed, strict=True) if sum(map(str.isupper, form)) > 1}
        return frozenset(found) if len(found) * 2 <= len(self.words) else frozenset()

    @property
    def letters(self) -> str:
        """The words without the blanks, by which "data set" and "dataset" are one."""
        return "".join(self.words)

    @property
    def content(self) -> tuple[str, ...]:
        """The words that say something."""
        return tuple(word for word in self.words if word not in STOP)

    @property
    def generic(self) -> bool:
        """Whether many works are called so: "Introduction", "Deep learning"."""
        return all(word in GENERIC or word in NUMBER_WORDS for word in self.content)

    @property
    def short(self) -> bool:
        """Whether it is a word or two without weight, such as a method's initials."""
        return len(self.content) <= 2 and not any(len(word) > 4 for word in self.content)

    @property
    def distinctive(self) -> bool:
        """Whether hardly two works can be called so."""
        telling = [word for word in self.content if word not in GENERIC]
        return len(self.content) >= 5 and len(telling) >= 3 and len(self.letters) >= 30 and not self.kinds

    @property
    def telling(self) -> bool:
        """Whether few works of one year can be called so."""
        telling = [word for word in self.content if word not in GENERIC]
        return len(self.content) >= 3 and len(telling) >= 2 and len(self.letters) >= 20 and not self.kinds


@lru_cache(maxsize=4096)
def take_apart(title: str) -> Title:
    """Return the title *title* taken apart, without TeX, HTML and the labels that lists print beside a title."""
    text = shown(title[:MAX_CHARS]).replace("—", " : ").replace("–", "-").strip()
    cut = bool(_ELLIPSIS.search(text))
    text, kinds = _without_labels(_LISTED.sub("", _ELLIPSIS.sub("", text)))
    words: list[str] = []
    printed: list[str] = []
    starts: set[int] = set()
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        if words and _BREAK.search(gap):
            starts.add(len(words))
        words.append(_folded(match[0]))
        printed.append(match[0])
        end = match.end()
    _number(words, printed, cut)
    first, last = _kind_in_front(words, starts), _kind_behind(words, starts)
    kinds += first[1] + last[1]
    begin, stop = first[0], max(last[0], first[0])
    return Title(
        tuple(words[begin:stop]),
        tuple(printed[begin:stop]),
        frozenset(start - begin for start in starts if begin < start < stop),
        tuple(sorted(kinds)),
        cut,
    )


def _folded(word: str) -> str:
    folded = fold(word)
    return folded.translate(GREEK) if len(folded) <= 3 else folded


def _without_labels(text: str) -> tuple[str, list[str]]:
    """Return *text* without the bracketed labels at its ends, and what kind of work the brackets name."""
    kinds: list[str] = []
    for pattern in (_LEADING, _TRAILING):
        for _ in range(3):
            match = pattern.search(text)
            if not match:
                break
            words = [fold(word) for word in _WORD.findall(match[1])]
            found = [KINDS[word] for word in words if word in KINDS]
            if found and all(word in KINDS or word in GLUE for word in words):
                kinds += found if words != ["poster"] else []
            elif not words or not all(word in TAGS or word.isdecimal() for word in words):
                break
            rest = text[: match.start()] + text[match.end() :]
            if not rest.strip():
                break
            text = rest.strip()
    return text, kinds


def _number(words: list[str], printed: list[str], cut: bool) -> None:
    """Write the numbers that count parts as digits: "Part II", "part two", "Gravity IV"; a *cut* last word is none."""
    for place, word in enumerate(words):
        if word not in NUMBER_WORDS or (cut and place == len(words) - 1):
            continue
        counted = place > 0 and words[place - 1] in PARTS
        roman = set(word) <= set("ivx")
        alone = roman and (len(word) > 1 or place == len(words) - 1 > 0)
        if counted or (alone and (printed[place].isupper() or place == len(words) - 1)):
            words[place] = NUMBER_WORDS[word]


def _kind_in_front(words: list[str], starts: set[int]) -> tuple[int, list[str]]:
    """Return how many words name a kind of work before the title proper, and which: "Author correction to the"."""
    kinds: list[str] = []
    end = place = 0
    while place < min(len(words), 8) and (words[place] in KINDS or words[place] in GLUE or words[place] in STATUS):
        word = words[place]
        place += 1
        if word in KINDS:
            kinds.append(KINDS[word])
        # "Review of", "Comment:" are of another work; "Response surfaces" is not.
        follows = place in starts or (place < len(words) and words[place] in GLUE and kinds)
        if (word in KINDS and follows) or (kinds and place in starts) or (word in STATUS and place in starts):
            end = place
    while 0 < end < len(words) and kinds and words[end] in GLUE:
        end += 1
    return (end, kinds) if 0 < end < len(words) else (0, [])


def _kind_behind(words: list[str], starts: set[int]) -> tuple[int, list[str]]:
    """Return how many words there are before a last part that names a kind of work, and which: "X: a comment"."""
    last = max(starts, default=0)
    tail = words[last:]
    kinds = [KINDS[word] for word in tail if word in OF_ANOTHER]
    if last > 0 and len(tail) <= 4 and kinds and all(word in KINDS or word in GLUE for word in tail):
        return last, kinds
    return len(words), []
