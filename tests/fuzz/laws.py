"""The laws that results keep, whatever was read: said here once, in other words than the program's own gate."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fuzz.target import BrokenLawError
from tui.shapes import plain, restore

# Nothing here may reach a terminal: controls, halves of pairs, line and paragraph separators, what turns the writing
# direction, what cannot be seen, and tags.
DIRTY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINED = frozenset({"text", "abstract", "introduction", "note", "values", "value"})
"""Fields that have lines."""


def law(holds: object, which: str) -> None:
    """Raise BrokenLawError where *holds* is false; *which* says the law."""
    if not holds:
        raise BrokenLawError(which)


def same(one: object, other: object, which: str) -> None:
    """Raise BrokenLawError where *one* and *other* differ."""
    if one != other:
        raise BrokenLawError(which)


def clean_text(text: str, where: str, lines: bool = False) -> None:
    """Raise where *text* holds what a terminal would obey, or more than one line where there may be one."""
    if text.isascii() and text.isprintable():
        return
    if found := DIRTY.search(text):
        raise BrokenLawError(f"{where} holds U+{ord(found[0]):04X}")
    law(lines or ("\n" not in text and "\t" not in text), f"{where} has lines")
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        law(run <= 8, f"{where} has more than eight marks on a letter")


def clean(value: Any, where: str = "result") -> None:
    """Raise where a string anywhere in *value* is not clean."""
    for name, text in _strings(value, where):
        clean_text(text, name, name.rsplit(".", 1)[-1] in _LINED)


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            yield from _strings(getattr(value, item.name), f"{type(value).__name__}.{item.name}")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _strings(name, f"{where} (name)")
            yield from _strings(each, where)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _strings(each, where)


def sentence(error: BaseException) -> None:
    """Raise where the text of *error* is no one clean sentence."""
    said = str(error)
    clean_text(said, f"the sentence of {type(error).__name__}")
    law(said and len(said) < 3_000, f"the sentence of {type(error).__name__} is empty or endless")


def kept_whole(value: Any) -> None:
    """Raise where *value*, an object of the model, is not the same again once it was kept in a file."""
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
    text.encode()
    same(restore(type(value), json.loads(text)), value, f"{type(value).__name__} is another after it was kept")
