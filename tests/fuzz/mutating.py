"""Inputs made of seeds: pieces cut, doubled, swapped and joined, and tokens put in; the same for the same dice."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.fuzz import tokens
from tests.fuzz.target import LARGEST, Target

_PIECE = re.compile(r"\w++|\s++|[^\w\s]")
_NUMBER = re.compile(r"\d++")


class Mutator:
    """Makes inputs for *target* of its seeds."""

    def __init__(self, target: Target, dice: random.Random) -> None:
        self._dice = dice
        self._json = target.kind == "json"
        # A format's own words are picked as often as all the others together.
        self._own = target.tokens or tokens.WORDS

    def made(self, seed: bytes, others: Sequence[bytes]) -> bytes:
        """Return *seed* changed in a few places, perhaps joined with one of *others*."""
        text = seed.decode("utf-8", "surrogateescape")
        for _ in range(self._dice.choice((1, 1, 1, 2, 2, 3, 4, 6, 9))):
            other = self._dice.choice(others).decode("utf-8", "surrogateescape") if others else text
            if self._json and self._dice.random() < 0.75:
                text = self._json_changed(text, other)
            else:
                text = self._dice.choice(_CHANGES)(self, text, other)
        data = _bytes(text)
        if self._dice.random() < 0.04 and data:
            at = self._dice.randrange(len(data))
            data = data[:at] + bytes([self._dice.randrange(256)]) + data[at + 1 :]
        return data[:LARGEST]

    def token(self) -> str:
        """Return a sign or a word that something reads as more than it is."""
        return self._dice.choice(self._own if self._dice.random() < 0.5 else tokens.ALL)

    def _span(self, text: str, most: int = 200) -> tuple[int, int]:
        """Return a place in *text* and another one behind it, mostly near."""
        start = self._dice.randrange(len(text) + 1)
        return start, min(len(text), start + int(most ** self._dice.random()))

    def put(self, text: str, _other: str) -> str:
        at = self._dice.randrange(len(text) + 1)
        return text[:at] + self.token() + text[at:]

    def replace(self, text: str, _other: str) -> str:
        start, end = self._span(text, 30)
        return text[:start] + self.token() + text[end:]

    def cut(self, text: str, _other: str) -> str:
        start, end = self._span(text, 2_000)
        return text[:start] + text[end:]

    def end(self, text: str, _other: str) -> str:
        return text[: self._dice.randrange(len(text) + 1)]

    def begin(self, text: str, _other: str) -> str:
        return text[self._dice.randrange(len(text) + 1) :]

    def double(self, text: str, _other: str) -> str:
        start, end = self._span(text)
        return text[:end] + text[start:end] * self._dice.choice((1, 1, 2, 5, 40)) + text[end:]

    def swap(self, text: str, _other: str) -> str:
        a, b = self._span(text)
        c, d = self._span(text)
        return text if b > c else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]

    def join(self, text: str, other: str) -> str:
        (_, end), (start, behind) = self._span(text), self._span(other, 3_000)
        return text[:end] + other[start:behind] + (text[end:] if self._dice.random() < 0.7 else "")

    def many(self, text: str, _other: str) -> str:
        at = self._dice.randrange(len(text) + 1)
        token = self.token() if self._dice.random() < 0.8 else self.token() + self.token()
        return text[:at] + token * self._dice.choice((3, 9, 60, 400)) + text[at:]

    def number(self, text: str, _other: str) -> str:
        found = list(_NUMBER.finditer(text))
        if not found:
            return self.put(text, "")
        match = self._dice.choice(found)
        return text[: match.start()] + self._dice.choice(tokens.NUMBERS) + text[match.end() :]

    def word(self, text: str, _other: str) -> str:
        """Put a token in the place of a word, a blank or a sign."""
        found = list(_PIECE.finditer(text[:LARGEST]))
        if not found:
            return self.token()
        match = self._dice.choice(found)
        return text[: match.start()] + self.token() + text[match.end() :]

    def lines(self, text: str, other: str) -> str:
        rows = text.splitlines(keepends=True) or [""]
        at = self._dice.randrange(len(rows))
        do = self._dice.randrange(4)
        if do == 0:
            rows.insert(at, self._dice.choice(other.splitlines(keepends=True) or ["\n"]))
        elif do == 1:
            del rows[at]
        elif do == 2:
            rows.insert(self._dice.randrange(len(rows)), rows[at])
        else:
            rows[at] = rows[at].rstrip("\n")
        return "".join(rows)

    def letter(self, text: str, _other: str) -> str:
        at = self._dice.randrange(len(text) + 1)
        code = self._dice.choice((0x80, 0x100, 0x800, 0x3000, 0xFFFF, 0x10FFFF))
        return text[:at] + chr(self._dice.randrange(code)) + text[at + self._dice.randrange(2) :]

    def _json_changed(self, text: str, other: str) -> str:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return self._dice.choice(_CHANGES)(self, text, other)
        try:
            donor = json.loads(other)
        except (ValueError, RecursionError):
            donor = None
        places = list(_places(value))
        if not places:
            return json.dumps(self._value(value, donor))
        holder, name = self._dice.choice(places)
        do = self._dice.randrange(5)
        if do == 0:
            del holder[name]
        elif do == 1 and isinstance(holder, list):
            holder.insert(self._dice.randrange(len(holder) + 1), holder[name])
        elif do == 1:
            holder[self.token()] = holder.pop(name)
        else:
            holder[name] = self._value(holder[name], donor)
        return json.dumps(value, ensure_ascii=self._dice.random() < 0.5)

    def _value(self, old: Any, donor: Any) -> Any:
        dice = self._dice
        if isinstance(old, str) and dice.random() < 0.6:
            return dice.choice(_CHANGES)(self, old, old)
        if donor is not None and dice.random() < 0.3:
            places = list(_places(donor))
            if places:
                holder, name = dice.choice(places)
                return holder[name]
        nest: Any = old
        for _ in range(dice.choice((1, 2, 50))):
            nest = [nest] if dice.random() < 0.5 else {self.token(): nest}
        plain = (
            None,
            True,
            False,
            0,
            -1,
            1,
            2**63,
            10**400,
            0.5,
            1e308,
            float("nan"),
            float("inf"),
            "",
            [],
            {},
            [None],
            [[]],
        )
        return dice.choice((*plain, self.token(), self.token(), [old, old], str(old)[:3_000], nest))


def _places(value: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    """Return every holder and name in the JSON *value*."""
    found: list[tuple[Any, Any]] = []
    if depth < 60 and isinstance(value, (dict, list)):
        for name in list(value) if isinstance(value, dict) else range(len(value)):
            found.append((value, name))
            found += _places(value[name], depth + 1)
    return found


def _bytes(text: str) -> bytes:
    """Return *text* as bytes: halves that stand for single bytes as these, others as UTF-8 would spell them."""
    return b"".join(_piece(each) for each in re.split("([\ud800-\udfff]+)", text))


def _piece(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


_CHANGES: tuple[Callable[[Mutator, str, str], str], ...] = (
    Mutator.put, Mutator.put, Mutator.replace, Mutator.replace, Mutator.cut, Mutator.cut, Mutator.end, Mutator.begin,
    Mutator.double, Mutator.double, Mutator.swap, Mutator.join, Mutator.join, Mutator.many, Mutator.number,
    Mutator.word,
    Mutator.word, Mutator.lines, Mutator.lines, Mutator.letter,
)  # fmt: skip
