"""Markdown's reference links (CommonMark 4.7 and 6.3): ``[words][label]`` here, ``[label]: https://…`` somewhere else.

Addresses are kept once however often they are referred to, so that a short text cannot become a long one. A link's
words may be broken over lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tui.digests.blocks import MAX_LINE
from tui.identifiers import urlsplit_or_none
from tui.text import clean

MAX_DEFINITIONS = 50_000
"""More addresses than these are not looked for in one text."""

_DEFINITION = re.compile(
    r"[ ]{0,3}\[([^\[\]\n]{1,300})\]:[ \t]{0,8}<?(https?://[^\s<>]{1,2000})>?"
    r"""[ \t]{0,8}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\))?[ \t]{0,8}""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,600})\](?:[ ]?\[([^\[\]\n]{0,300})\])?(?!\()")

Definitions = Mapping[str, str]
"""Addresses by their labels, which are folded."""


def definitions(text: str) -> dict[str, str]:
    """Return the http and https addresses that the lines of *text* define, by label; of each label the first."""
    found: dict[str, str] = {}
    if "]:" not in text:
        return found
    for line in text.split("\n"):
        if "]:" in line and (match := _DEFINITION.fullmatch(line.rstrip())) and urlsplit_or_none(match[2]):
            found.setdefault(_label(match[1]), match[2])
            if len(found) >= MAX_DEFINITIONS:
                break
    return found


def is_definition(line: str, known: Definitions) -> bool:
    """Return whether *line* does nothing but define one of the addresses that are *known*."""
    match = _DEFINITION.fullmatch(line) if known and "]:" in line else None
    return bool(match and _label(match[1]) in known)


def references(text: str, known: Definitions) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, words and target of every reference link in *text*, in order. Linear in its length."""
    if not known or "]" not in text:
        return
    for match in _REFERENCE.finditer(text):
        words, label = match[1], match[2]
        url = known.get(_label(label or words))
        if url:
            start = match.start() - (text[match.start() - 1 : match.start()] == "!")
            # A bare number stays in its brackets: it is a note's and no word of the sentence's.
            bare = label is None and not re.search(r"[^\W\d_]", words)
            yield start, match.end(), match[0] if bare else words, url


def used(text: str, known: Definitions) -> frozenset[str]:
    """Return the labels of the *known* addresses that *text* refers to."""
    if not known:
        return frozenset()
    lines = "\n".join(line for line in text.split("\n") if not is_definition(line.strip(), known))
    return frozenset(label for match in _REFERENCE.finditer(lines) if (label := _label(match[2] or match[1])) in known)


def _label(words: str) -> str:
    """Return *words* as labels are compared: case folded, blanks as one."""
    return clean(words).casefold()


def whole_links(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of *text* with their numbers; where a link's words were broken over lines, these are one."""
    if "](" not in text and "][" not in text:
        yield from enumerate(text.split("\n"), 1)
        return
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        more = _more_lines(lines, index)
        yield (
            index + 1,
            " ".join([lines[index].rstrip(), *(line.strip(" >") for line in more)]) if more else lines[index],
        )
        index += 1 + len(more)


def _more_lines(lines: Sequence[str], index: int) -> list[str]:
    """Return the lines, three at most, in which the words of a link go on that the line at *index* opens."""
    line = lines[index]
    opened = line.rfind("[")
    if opened < 0 or len(line) - opened > 600 or "]" in line[opened:]:
        return []
    for end, below in enumerate(lines[index + 1 : index + 4], index + 2):
        if not below.strip() or len(below) > MAX_LINE:
            return []
        if match := re.search(r"[\[\]]", below):
            return list(lines[index + 1 : end]) if below[match.start() : match.start() + 2] in ("](", "][") else []
    return []
