"""What differs between two titles, word by word, and what that means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tui.matching.sequels import counts_parts, is_sequel, says_little
from tui.matching.slips import one_word, slip
from tui.matching.titles import MAX_CHARS, MAX_WORDS, MIN_CUT, MIN_SHARE, Relation, Title, take_apart
from tui.matching.vocabulary import NUMBER_WORDS, OF_ANOTHER, SEQUELS, SHAPES, STOP
from tui.patterns import later

Conflict = Literal["kind", "number", "word"]

_DIGITS = later(r"\d+")
_TOLD = 60


@dataclass(frozen=True)
class Compared:
    """How two titles stand (*wanted* to *found*), how alike they are (0 to 1), and what differs, in words."""

    relation: Relation
    alike: float
    conflict: Conflict | None
    told: str


_ALIKE: dict[Relation, float] = {"equal": 1.0, "near": 0.98, "cut": 0.96, "headed": 0.93, "word": 0.92}


@lru_cache(maxsize=4096)
def compare(wanted: str, found: str) -> Compared:
    """Return how the title *found* stands to the title *wanted*."""
    ours, theirs = take_apart(wanted), take_apart(found)
    if not ours.words or not theirs.words:
        return Compared("different", 0.0, None, "One of the titles says nothing")
    if max(len(wanted), len(found)) > MAX_CHARS or max(len(ours.words), len(theirs.words)) > MAX_WORDS:
        same = wanted == found
        told = "The title is the same" if same else "The titles are too long to compare"
        return Compared("equal" if same else "different", float(same), None, told)
    if ours.kinds != theirs.kinds:
        return _of_other_kind(ours, theirs)
    if ours.letters == theirs.letters:
        return Compared("equal", 1.0, None, "The title is the same")
    if cut := _at_ellipsis(ours, theirs):
        return cut
    return _by_words(ours, theirs)


def _of_other_kind(ours: Title, theirs: Title) -> Compared:
    kinds = ", ".join(theirs.kinds) or f"no {', '.join(ours.kinds)}"
    alike = min(_ratio(ours, theirs), 0.6)
    return Compared("similar" if alike >= 0.5 else "different", alike, "kind", f"It is of another kind ({kinds})")


def _ratio(ours: Title, theirs: Title) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(ours.letters, theirs.letters)


def _at_ellipsis(ours: Title, theirs: Title) -> Compared | None:
    """Return a title that is the beginning of the other and says that it was cut, by an ellipsis."""
    for cut, whole in ((ours, theirs), (theirs, ours)):
        if cut.cut and len(cut.letters) >= MIN_CUT and whole.letters.startswith(cut.letters):
            conflict = _behind(whole, max(len(cut.words) - 1, 0))
            if len(cut.letters) < MIN_SHARE * len(whole.letters):
                conflict = "word"
            told = "The title agrees as far as it was printed"
            told += f" and ends in {_quoted(' '.join(whole.printed[-2:]))}" if conflict else ""
            return Compared("similar" if conflict else "cut", 0.85 if conflict else _ALIKE["cut"], conflict, told)
    return None


def _behind(title: Title, place: int) -> Conflict | None:
    """Return what in *title*, from word *place* on, makes it the next work of what stands before."""
    if counts_parts(title, place):
        return "number"
    last = max(place, *title.starts, 0)
    return (
        "word" if is_sequel(title.words[place:]) or (last in title.starts and says_little(title.words[last:])) else None
    )


@dataclass(frozen=True)
class _Block:
    """Words that only one title has, or each has in place of the other's, from where on (places in the titles)."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    at: tuple[int, int]
    ends: tuple[int, int]


def _blocks(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Block]:
    """Yield what is left of both titles beside their longest common run of words."""
    from rapidfuzz.distance import LCSseq

    end = (0, 0)
    steps = [(op.src_start, op.dest_start, op.src_end, op.dest_end) for op in LCSseq.opcodes(ours, theirs)
             if op.tag == "equal"]  # fmt: skip
    for i, j, i_end, j_end in (*steps, (len(ours), len(theirs), 0, 0)):
        if (i, j) != end:
            yield _Block(tuple(ours[end[0] : i]), tuple(theirs[end[1] : j]), end, (i, j))
        end = (i_end, j_end)


def _swapped(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two neighbouring words have changed places and nothing else differs."""
    if len(ours) != len(theirs):
        return False
    apart = [place for place, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and set(ours[apart[0] :][:2]) == set(theirs[apart[0] :][:2])


def _by_words(ours: Title, theirs: Title) -> Compared:
    if _swapped(ours.words, theirs.words) and ours.words != theirs.words:
        return Compared("word", _ALIKE["word"], None, "Two words of the title have changed places")
    relation: Relation = "near"
    alike = _ratio(ours, theirs)
    told: list[str] = []
    for block in _blocks(ours.words, theirs.words):
        what, conflict = _judged(block, ours, theirs)
        if conflict:
            close: Relation = "similar" if alike >= 0.5 or what in ("cut", "headed") else "different"
            return Compared(close, min(alike, 0.85), conflict, _told(block, ours, theirs))
        if what == "different" or (what in ("cut", "headed", "word") and relation != "near"):
            return _loose(alike, _told(block, ours, theirs))
        if what in ("cut", "headed", "word"):
            relation = what
        if what != "same":
            told.append(_told(block, ours, theirs))
    return Compared(relation, _ALIKE[relation], None, (*told, "The title is the same but for small words")[0])


def _loose(alike: float, told: str) -> Compared:
    return Compared("similar" if alike >= 0.6 else "different", min(alike, 0.89), None, told)


def _judged(block: _Block, ours: Title, theirs: Title) -> tuple[Relation | Literal["same"], Conflict | None]:
    """Return what a block makes of two titles that agree elsewhere, and the conflict that is in it."""
    mine, other = _telling(block.ours), _telling(block.theirs)
    if "".join(block.ours) == "".join(block.theirs) or "".join(mine) == "".join(other):
        return "same", None
    edge = _edge(block, ours, theirs)
    if edge == "cut":
        return edge, _behind(ours, block.at[0]) if block.ours else _behind(theirs, block.at[1])
    if _numbers(block.ours) != _numbers(block.theirs):
        return edge or "different", "number"
    if edge:
        return edge, "word" if is_sequel(mine or other) else None
    if mine and other:
        return _replaced(mine, other, ours, theirs, block)
    if block.ours and block.theirs:
        return "different", "word"
    if _doubled(block, ours, theirs):
        return "same", None
    inside = min(block.at) > 0 and block.ends != (len(ours.words), len(theirs.words))
    return _added(mine or other, inside)


def _replaced(
    mine: tuple[str, ...], other: tuple[str, ...], ours: Title, theirs: Title, block: _Block
) -> tuple[Relation, Conflict | None]:
    """Return what words make of a title that stand in place of others: a slip of the pen, or another work."""
    if len(mine) == len(other) and all(map(one_word, mine, other)):
        # No letter of BERT is a slip for BART.
        named = (set(mine) & ours.initials, set(other) & theirs.initials)
        return ("different", "word") if all(map(_without_plural, named)) and _differ(*named) else ("near", None)
    if slip("".join(mine), "".join(other)):
        return "near", None
    return ("word", None) if _broken_off(block, ours, theirs) else ("different", "word")


def _doubled(block: _Block, ours: Title, theirs: Title) -> bool:
    """Return whether a block only says again what the title says beside it."""
    words, title, at, end = block.ours, ours.words, block.at[0], block.ends[0]
    if not words:
        words, title, at, end = block.theirs, theirs.words, block.at[1], block.ends[1]
    return words in (title[at - len(words) : at], title[end : end + len(words)])


def _without_plural(words: set[str]) -> set[str]:
    return {word.removesuffix("s") for word in words}


def _differ(one: set[str], other: set[str]) -> bool:
    return _without_plural(one) != _without_plural(other)


def _telling(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in STOP)


def _added(words: tuple[str, ...], inside: bool) -> tuple[Relation, Conflict | None]:
    """Return what words make of a title that has them besides; only *inside* it can they be thought forgotten."""
    if any(word in OF_ANOTHER for word in words):
        return "different", "kind"
    if any(word in SEQUELS or word in SHAPES for word in words):
        return "different", "word"
    return ("word", None) if len(words) == 1 and inside else ("different", None)


def _edge(block: _Block, ours: Title, theirs: Title) -> Literal["cut", "headed"] | None:
    """Return whether one title goes on behind a colon, or has a name before one, where the other has nothing."""
    for title, words, rest, side in ((ours, block.ours, block.theirs, 0), (theirs, block.theirs, block.ours, 1)):
        if rest or not words:
            continue
        if block.ends == (len(ours.words), len(theirs.words)) and block.at[side] in title.starts:
            return "cut"
        if block.at == (0, 0) and block.ends[side] in title.starts:
            return "headed"
    return None


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers and single letters of *words* by which parts and versions are told apart."""
    found: list[str] = []
    for word in words:
        if digits := _DIGITS.findall(word):
            found += digits
        elif word in NUMBER_WORDS and word not in STOP:
            found.append(NUMBER_WORDS[word])
        elif len(word) == 1 and word not in STOP and word != "s":
            found.append(word)
    return tuple(sorted(found))


def _broken_off(block: _Block, ours: Title, theirs: Title) -> bool:
    """Return whether one title's last word begins the other's last, as a field that is full leaves it."""
    if block.ends != (len(ours.words), len(theirs.words)) or len(block.ours) != 1 or len(block.theirs) != 1:
        return False
    short, long = sorted((block.ours[0], block.theirs[0]), key=len)
    return len(short) >= 3 and long.startswith(short) and long.isalpha() and len(long) - len(short) <= 4


def _told(block: _Block, ours: Title, theirs: Title) -> str:
    """Return in words what a block differs in."""
    mine = " ".join(ours.printed[block.at[0] : block.ends[0]])
    other = " ".join(theirs.printed[block.at[1] : block.ends[1]])
    last = block.ends == (len(ours.words), len(theirs.words))
    if mine and other:
        return f"The title has {_quoted(other)} and not {_quoted(mine)}"
    if other:
        return f"The title {'goes on with' if last else 'also has'} {_quoted(other)}"
    return f"The title {'ends before' if last else 'lacks'} {_quoted(mine)}"


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= _TOLD else words[: _TOLD - 1].rstrip() + '…'}”"
