"""Papers of the week: a heading that names the week, and under it a table or a numbered list of papers with links.

``Top ML Papers of the Week (December 18 - December 24)`` is one. Its rows begin with a number and a title, in bold in
earlier years and followed by two blanks or a line break in later ones; a file may hold very many weeks, each of which
is an issue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui.digests.blocks import Block
from tui.digests.document import Document
from tui.digests.paragraphs import prose
from tui.digests.statements import remarks, without_sign_off
from tui.digests.weekly_dates import last_day
from tui.digests.weekly_papers import Unit, entry, units
from tui.model import Entry, Issue, Remark

NAME = "weekly"
LABEL = "Papers of the week"

_WEEK = re.compile(
    r"\bpapers? (?:of|for|from) (?:the|this|last) week\b|\b(?:this|last) week['’]?s? (?:top |best )?papers\b"
    r"|\bweekly (?:top |best )?(?:\w{1,12} )?papers\b|\bpapers? (?:this|last) week\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:#|\bweek\s{1,2}|\bno\.?\s{1,2}|\bissue\s{1,2})(\d{1,3})\b", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Return whether a heading here names papers of a week, and papers with links are counted under it."""
    if not _WEEK.search(document.flat):
        return False
    blocks = [block for block in document.blocks if not block.furniture]
    return any(units(blocks[start + 1 : end]) for start, end in _weeks(blocks))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return an issue for each week, as the file orders them; what stands above the first week is its own."""
    blocks = [block for block in document.blocks if not block.furniture]
    lines = document.flat.split("\n")
    found: list[Issue] = []
    starts = [start for start, end in _weeks(blocks) if units(blocks[start + 1 : end])]
    # A week that names no paper stands with the one above it, so that nothing of the file is lost.
    for place, (start, end) in enumerate(pairwise([*starts, len(blocks)])):
        top, begin = (blocks[start].line - 1, start) if place else (0, 0)
        bottom = blocks[end].line - 1 if end < len(blocks) else len(lines)
        part = [replace(block, line=block.line - top) for block in blocks[begin:end]]
        found.append(_issue(document, part, start - begin, "\n".join(lines[top:bottom]), len(starts) == 1))
    return tuple(found)


def _weeks(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return begin and end of each week: from its heading to the next one's."""
    heads = [index for index, block in enumerate(blocks) if _is_head(block, index)]
    return list(pairwise([*heads, len(blocks)]))


def _is_head(block: Block, index: int) -> bool:
    if len(block.text) > 200 or not _WEEK.search(block.plain):
        return False
    return block.kind == "heading" or (block.kind == "text" and (index == 0 or bool(block.bold)) and not block.links)


def _issue(document: Document, blocks: Sequence[Block], head: int, text: str, alone: bool) -> Issue:
    title = blocks[head].plain
    below, farewell = without_sign_off(blocks[head + 1 :])
    listed = units(below)
    entries = tuple(entry(unit) for unit in listed)
    taken = {id(block) for unit in listed for block in unit.blocks}
    first = min((unit.blocks[0].line for unit in listed), default=0)
    left = [block for block in below if id(block) not in taken and not _is_table_head(block)]
    opening = [block for block in left if block.line < first and block.kind in ("text", "quote")]
    above = [block for block in blocks[:head] if len(block.text) > 60 and block.kind in ("text", "quote")]
    named = _WEEK.search(title)
    number = _NUMBER.search(title)
    return Issue(
        id="",
        title=title,
        entries=entries,
        format=NAME,
        series=re.sub(r"^[^\w\[(\"“]{1,10}", "", title[: named.end()] if named else title),
        number=number[1] if number else None,
        date=last_day(title, _identifiers(entries)) or (document.head.date if alone else None),
        introduction=prose([*above, *opening]) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=text,
        warnings=_warnings(blocks[:head], [block for block in left if block not in opening], farewell),
    )


def _warnings(above: Sequence[Block], left: Sequence[Block], farewell: Sequence[Block]) -> tuple[Remark, ...]:
    # A table of contents leads nowhere but into the file itself.
    before = [block for block in above if len(block.text) <= 60 and not re.search(r"\]\(#|\]\(\.", block.text)]
    named = [block for block in before if block.kind not in ("heading", "image")]
    return (
        remarks(named, "stands before the first paper")
        + remarks(left, "stands between the papers and is none")
        + remarks(farewell, "stands behind the last paper")
    )


def _is_table_head(block: Block) -> bool:
    return block.kind == "row" and not block.addresses and len(block.text) < 60 and Unit.number_of(block) is None


def _identifiers(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(entry.identifiers["arxiv"] for entry in entries if "arxiv" in entry.identifiers)
