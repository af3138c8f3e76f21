"""What shape each value of paperrack's own JSON has, and what to say of one that has another.

The contract is the table of ``papers --json``; a stranger's or an older program's file may break it anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from tui.digests.records import identifier
from tui.identifiers import urlsplit_or_none
from tui.model import STATES, Remark
from tui.text import clean

PAPER_KEYS = frozenset({
    "id", "position", "title", "authors", "more_authors", "year", "date", "venue", "abstract", "identifiers",
    "links", "sections", "posts", "categories", "metrics", "issues", "marked", "read", "starred", "tags",
    "note", "key", "state", "mentions", "record", "details", "submitter",
})  # fmt: skip
"""The keys of a paper; ``submitter`` is a mention's, and stands in lists that people wrote themselves."""

_FOREIGN = "these keys are not known and were passed over: "


def text_in(raw: Mapping[str, Any], name: str) -> str | None:
    """Return the text that *raw* has under *name*, cleaned, or None where there is none."""
    value = raw.get(name)
    return clean(value) or None if isinstance(value, str) else None


def identifiers_in(stated: object) -> dict[str, str]:
    """Return those of the *stated* identifiers that are some, in their one form."""
    if not stated or not isinstance(stated, Mapping):
        return {}
    known = {str(name): _in_one_form(str(name), value) for name, value in stated.items() if isinstance(value, str)}
    return {name: value for name, value in known.items() if value}


@lru_cache(maxsize=256)
def _in_one_form(scheme: str, text: str) -> str | None:
    """Return what :func:`identifier` does: a paper states its identifiers once for itself and once a mention."""
    return identifier(scheme, text)


def links_in(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the links that lead to an http or https address."""
    links = raw.get("links")
    return [link for link in links if _is_link(link)] if links and isinstance(links, list) else []


def _is_link(link: object) -> bool:
    if not isinstance(link, Mapping):
        return False
    url = link.get("url")
    return isinstance(url, str) and urlsplit_or_none(url) is not None


def doubts(raw: Mapping[str, Any], line: int) -> Iterator[Remark]:
    """Yield a remark on each value of a paper whose shape is not the contract's, and one on keys that it has not."""
    if PAPER_KEYS.issuperset(raw) and _is_sound(raw):
        return
    foreign = sorted(str(name) for name in raw if name not in PAPER_KEYS)
    if foreign:
        yield Remark(line, text_in(raw, "title") or "", _FOREIGN + ", ".join(foreign)[:200])
    for name, shape in _SHAPES.items():
        value = raw.get(name)
        if value is not None and not shape(value):
            yield Remark(line, str(value)[:2000], f"the value of “{name}” has a wrong shape and is not read as a whole")


def _is_sound(raw: Mapping[str, Any]) -> bool:
    """Return whether every value has its shape, as nearly every paper's have."""
    for name, value in raw.items():
        if value is not None and type(value) is not _ATOMS.get(name):
            shape = _SHAPES.get(name)
            if shape is not None and not shape(value):
                return False
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and _TEXT.issuperset(map(type, value))


_TEXT = frozenset({str})


def _are_objects(*needed: str) -> Callable[[object], bool]:
    """Return the test for a list of objects that have the texts *needed*."""

    def test(value: object) -> bool:
        if value == []:
            return True
        parts = value if isinstance(value, list) else [None]
        return all(isinstance(part, Mapping) and all(_is_text(part.get(name)) for name in needed) for part in parts)

    return test


def _are_links(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_link, value))


def _are_identifiers(value: object) -> bool:
    return isinstance(value, Mapping) and len(identifiers_in(value)) == len(value)


def _are_numbers(value: object) -> bool:
    numbers = value.values() if isinstance(value, Mapping) else (None,)
    return all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in numbers)


_IS: dict[type, Callable[[object], bool]] = {str: _is_text, int: _is_count, bool: _is_flag}
_ATOMS: dict[str, type] = {
    **dict.fromkeys(("id", "title", "date", "venue", "abstract", "note", "key", "submitter"), str),
    **dict.fromkeys(("position", "more_authors", "year"), int),
    **dict.fromkeys(("marked", "read", "starred"), bool),
}
"""The values of a paper that are one text, number or flag."""

_SHAPES: dict[str, Callable[[object], bool]] = {
    **{name: _IS[kind] for name, kind in _ATOMS.items()},
    **dict.fromkeys(("authors", "categories", "issues", "tags"), _are_texts),
    "state": STATES.__contains__,
    "identifiers": _are_identifiers,
    "links": _are_links,
    "metrics": _are_numbers,
    "sections": _are_objects("heading", "text"),
    "posts": _are_objects("text"),
    "mentions": _are_objects(),
    **dict.fromkeys(("record", "details"), lambda value: isinstance(value, Mapping)),
}
"""What each value of a paper has to be where it is not null."""
