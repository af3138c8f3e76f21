"""The worst letters of a pattern, taken from its parsed form: what its repeats take, again and again, and no end.

A pattern that is slow is so because one stretch of text can be read in many ways, or from many places. So each repeat's
body is written down many times, behind what must stand before it and without what must follow; the letters that the
pattern names stand alone, in pairs, and each behind a beginning; and a wrong letter ends it all.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]  # the library's own parser is what says how it reads a pattern
_constants: Any = re._constants  # type: ignore[attr-defined]
_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT})
_PROBES = "aA0_ \t\n\r-.,:;!?/\\|()[]{}<>@#$%&*+='\"~^`\x0b\x1c\x85\xa0\u2028éßЖاש文あ한²½😀\ud800"
_MANY = 3
_MOST_PAIRS = 7
_WRONG = ("", "!", "\n", "\x00", "a", "文")


Attack = tuple[str, str, str]
"""What stands before, what is repeated, and what stands behind."""


def attacks(pattern: str | bytes, flags: int) -> list[Attack]:
    """Return what the pattern is to be tried on, each once."""
    return list(dict.fromkeys(each for each in _Reader(pattern, flags).attacks() if each[1]))


def text_of(attack: Attack, size: int) -> str:
    """Return the text of *size* letters that an attack makes."""
    before, again, behind = attack
    return before + again * max(1, (size - len(before) - len(behind)) // len(again)) + behind


def texts(pattern: str | bytes, flags: int, size: int) -> list[str]:
    """Return the texts of *size* letters that the pattern is tried on."""
    return [text_of(each, size) for each in attacks(pattern, flags)]


class _Reader:
    """A pattern, parsed, and texts that it takes."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        self._bytes = isinstance(pattern, bytes)
        self._tree = list(_parser.parse(pattern, flags & ~re.UNICODE if self._bytes else flags))
        self._dice = random.Random(text.encode("utf-8", "surrogatepass"))
        self._groups: dict[int, str] = {}

    def alphabet(self) -> set[str]:
        """Return letters of the pattern: each literal, one or two of each class, and one that is in none."""
        found: set[str] = set()
        for op, value in self._walk(self._tree):
            found.update(self._of(op, value))
        return found

    def attacks(self) -> Iterator[tuple[str, str, str]]:
        """Yield what stands before, what is repeated, and what stands behind."""
        alphabet = sorted(self.alphabet())[:40]
        whole = [self._sample(self._tree, short) for short in (True, False, False)]
        for letter in alphabet or ["a"]:
            yield "", letter, ""
            for wrong in _WRONG[:3]:
                yield self._beginning(), letter, wrong
        for before, body in self._repeats(self._tree, ""):
            yield from self._of_repeat(before, body)
        for each in whole:
            yield "", each, ""
            yield "", each + "\n", ""
            # Nearly a match, over and over: without its last letter, and with another one in its place.
            for cut in {1, 2, max(1, len(each) // 2)}:
                yield "", each[:-cut], ""
                yield "", each[:-cut] + "!", ""
                yield each, each[:cut], "!"
        often = [*self._dice.sample(alphabet, min(len(alphabet), _MOST_PAIRS))]
        for one, other in itertools.permutations(often, 2):
            yield "", one + other, ""
        for one, other in itertools.combinations(often[:4], 2):
            yield one, other, "\x00"
            yield "", one * 30 + other, ""
            yield "", one + other * 300, ""

    def _of_repeat(self, before: str, body: list[Any]) -> Iterator[tuple[str, str, str]]:
        bodies = [self._sample(body, short) for short in (True, *[False] * _MANY)]
        for one in dict.fromkeys(bodies):
            for wrong in _WRONG:
                yield before, one, wrong
            yield "", before + one, ""
            yield "", one + before, ""
            # From every beginning over a long run: what is quadratic in the run's length.
            yield "", before + one * 20, ""
            yield "", before + one * 300, ""
            yield "", (before or one) + one * 300 + "\n", ""
        for one, other in itertools.permutations(dict.fromkeys(bodies), 2):
            yield before, one + other, "!"

    def _beginning(self) -> str:
        """Return what the pattern takes up to its first repeat that has no end."""
        return next((before for before, _ in self._repeats(self._tree, "")), "")

    def _walk(self, tree: Any) -> Iterator[tuple[Any, Any]]:
        for op, value in tree:
            yield op, value
            for inner in _inner(op, value):
                yield from self._walk(inner)

    def _repeats(self, tree: Any, before: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield each repeat of eight and more, with a text that leads to it."""
        for op, value in tree:
            for inner in _inner(op, value):
                if op in _REPEATS and value[1] >= 8:
                    yield before, list(inner)
                yield from self._repeats(list(inner), before)
            before = (before + self._node(op, value, True))[-400:]

    def _sample(self, tree: Any, short: bool) -> str:
        """Return a text that *tree* takes, but for what looks around; a *short* one repeats nothing it need not."""
        return "".join(self._node(op, value, short) for op, value in tree)[:600]

    def _node(self, op: Any, value: Any, short: bool) -> str:
        if op in _REPEATS:
            low, high, inner = value
            count = low if short and low else min(high, low + (1 if short else self._dice.choice((1, 2, 5))))
            return "".join(self._sample(inner, short) for _ in range(min(count, 40)))
        if op is _constants.SUBPATTERN:
            made = self._sample(value[3], short)
            if value[0]:
                self._groups[value[0]] = made
            return made
        if op is _constants.BRANCH:
            return self._sample(value[1][0] if short else self._dice.choice(value[1]), short)
        if op is _constants.ATOMIC_GROUP:
            return self._sample(value, short)
        if op is _constants.GROUPREF:
            return self._groups.get(value, "")
        if op is _constants.GROUPREF_EXISTS:
            return self._sample(value[1], short)
        found = self._of(op, value)
        return found[0] if found and short else self._dice.choice(found) if found else ""

    def _of(self, op: Any, value: Any) -> list[str]:
        """Return letters that one step takes, three at most."""
        if op is _constants.LITERAL:
            return [chr(value)]
        if op is _constants.NOT_LITERAL:
            return [each for each in self._probes() if each != chr(value)][:3]
        if op is _constants.ANY:
            return ["a", " ", "-"]
        if op is _constants.IN:
            return self._in(value)
        return []

    def _in(self, items: Any) -> list[str]:
        negated = bool(items) and items[0][0] is _constants.NEGATE
        if negated:
            test = _class(repr(items), tuple((op, _frozen(value)) for op, value in items[1:]))
            return [each for each in self._probes() if not test(each)][:3]
        found: list[str] = []
        for op, value in items:
            if op is _constants.LITERAL:
                found.append(chr(value))
            elif op is _constants.RANGE:
                found += [chr(value[0]), chr(value[1])]
            elif op is _constants.CATEGORY:
                found += [each for each in self._probes() if _in_category(value, each)][:3]
        # The class may be a long list; its first, its last and one between say enough.
        return found if len(found) <= 4 else [found[0], found[len(found) // 2], found[-1]]

    def _probes(self) -> str:
        return "aA0_ \t\n\r-.,:;!?/\\|()[]{}<>@#$%&*+='\"~^`\x0b\x80\xa0\xff" if self._bytes else _PROBES


def _inner(op: Any, value: Any) -> list[Any]:
    """Return what stands within one step."""
    if op in _REPEATS:
        return [value[2]]
    if op is _constants.SUBPATTERN:
        return [value[3]]
    if op is _constants.BRANCH:
        return list(value[1])
    if op is _constants.ATOMIC_GROUP:
        return [value]
    if op in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [value[1]]
    return []


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, (list, tuple)) else value


@lru_cache(maxsize=4096)
def _class(_name: str, items: tuple[Any, ...]) -> Any:
    def holds(char: str) -> bool:
        return any(
            (op is _constants.LITERAL and ord(char) == value)
            or (op is _constants.RANGE and value[0] <= ord(char) <= value[1])
            or (op is _constants.CATEGORY and _in_category(value, char))
            for op, value in items
        )

    return holds


_CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}


def _in_category(category: Any, char: str) -> bool:
    name = str(category).removeprefix("CATEGORY_")
    known = (
        re.fullmatch(_CATEGORIES[name.removeprefix("NOT_").removeprefix("UNI_").removeprefix("LOC_")], char) is not None
    )
    return known != name.startswith("NOT_")
