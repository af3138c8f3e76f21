"""Authors as arXiv prints them: ``A, B (1), C (2) ((1) London, (2) Berlin)``; accents in TeX, and collaborations."""

from __future__ import annotations

import re

from tui.text import clean, shown

_OTHERS = r"\((\d{1,5}) (?:additional|more|other) authors?[^()]{0,40}\)"
_MORE = re.compile(rf"\bet\.? al\.?(?:,?\s{{0,2}}{_OTHERS})?[.,\s]*$", re.IGNORECASE)
_COUNT = re.compile(rf"{_OTHERS}[.,\s]*$", re.IGNORECASE)


def people(text: str) -> tuple[tuple[str, ...], int, bool]:
    """Return the names in *text* with their accents read, how many more it counts, and whether it said where they are.

    ``Ada Byron (1), Max M\\"uller (2) ((1) London, (2) Berlin)`` are two names.
    """
    more = 0
    for pattern in (_MORE, _COUNT):
        if match := pattern.search(text):
            more, text = int(match[1] or 1), text[: match.start()]
            break
    bare = _without_brackets(text)
    group = re.match(r"([^:,]{3,100}\bcollaborations?)\s?:\s", bare, re.IGNORECASE)
    names = [group[1]] if group else []
    rest = bare[group.end() :] if group else bare
    for part in re.split(r"(?:(?<!\s)\s++)?[,;]\s*(?:and\s+)?|(?<!\s)\s++and\s+", rest):
        name = re.sub(r"^(?:for|on behalf of)\s+(?:the\s+)?", "", part.strip(), flags=re.IGNORECASE)
        if names and re.fullmatch(r"(?:Jr|Sr)\.?|I{2,3}|IV", name):
            names[-1] += f" {name}"
        elif name:
            names.append(name)
    return tuple(shown(name) for name in names), more, bare != text


def _without_brackets(text: str) -> str:
    """Return *text* without what stands in round brackets, and without the brackets; one that is never closed stays."""
    kept: list[str] = []
    depth = done = opened = 0
    for match in re.finditer(r"(?<!\\)[()]", text):
        if match[0] == "(":
            if not depth:
                opened = match.start()
                kept.append(text[done:opened])
                done = opened
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                done = match.end()
    if not kept:
        return text
    return clean("".join([*kept, text[done:]]))
