"""The papers of a week: rows of a table, or numbered lines and headings with what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.digests.blocks import Block
from tui.digests.findings import UNHEADED
from tui.digests.mentions import MAX_TITLE, bare, is_named
from tui.digests.statements import identifiers_in, is_label, is_link_line, links_of
from tui.identifiers import identify, relation
from tui.model import Entry, Section
from tui.text import clean

_NUMBERED = re.compile(r"[\s*_]{0,6}\(?(\d{1,3})(?:\.?\)|\.(?=[\s*_])|\s?[-–—:](?=\s))[\s*_.)]{0,6}(?=\S)")
_BREAK = re.compile(r"(?<=\S)(?:\s{2,20}|\xa0)(?=\S)")
_VERBS = "introduc|propos|present|show|provid|explor|investigat|develop|describ|demonstrat|releas|announc|examin"
_BEGINS = re.compile(
    r"(?<=\S)\s(?=(?:This|In this) (?:new |latest |recent )?(?:paper|work|survey|study|report|article)\b"
    rf"|(?:{_VERBS})e?s (?:an?|the|how|that|new)\b|(?:{_VERBS.title()})e?s\b)"
)
_DASH = re.compile(r"\s[-–—]{1,2}\s{1,3}(?=\S)|(?<=\S)—(?=\S)")
_BULLET = re.compile(r"\s{0,4}[●▪◦‣]\s{0,4}")
_STOP = re.compile(r"(?<=[.:!?;])\s{2,20}")
_HOLLOW = re.compile(r"[(\[][\s|,/·&;]{0,20}[)\]]")


@dataclass(frozen=True)
class Unit:
    """The blocks that speak of one paper; the first holds its title."""

    blocks: tuple[Block, ...]

    @staticmethod
    def number_of(block: Block) -> int | None:
        """Return the number that *block* begins with, or None."""
        match = _NUMBERED.match(block.text[:40])
        return int(match[1]) if match else None


def units(blocks: Sequence[Block]) -> list[Unit]:
    """Return what *blocks* say of each paper: the rows that link to something, else a numbered list that does."""
    rows = [block for block in blocks if block.kind == "row" and (block.addresses or Unit.number_of(block))]
    if any(block.addresses for block in rows):
        return [Unit((block,)) for block in rows]
    starts = [index for index, block in enumerate(blocks) if block.kind != "row" and Unit.number_of(block)]
    starts = _counted(blocks, starts)
    bounds = pairwise([*starts, len(blocks)])
    found = [Unit(tuple(_own(blocks[start:end]))) for start, end in bounds]
    return found if any(_is_linked(unit) for unit in found) else []


def _counted(blocks: Sequence[Block], starts: Sequence[int]) -> list[int]:
    """Return those of *starts* that carry the count on; headings first, where papers have such."""
    headed = [index for index in starts if blocks[index].kind == "heading"]
    kept: list[int] = []
    number = 0
    for index in headed or starts:
        if (found := Unit.number_of(blocks[index])) == number + 1 or (not kept and found is not None):
            kept.append(index)
            number = found or 0
    return kept


def _own(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return *blocks* without what follows the next heading that is no paper's."""
    end = next((index for index, block in enumerate(blocks) if index and block.kind == "heading"), len(blocks))
    return blocks[:end]


def _is_linked(unit: Unit) -> bool:
    return any(
        identify(url) or relation(url, words) in ("paper", "pdf")
        for block in unit.blocks
        for url, words in block.addresses
    )


def entry(unit: Unit) -> Entry:
    """Return the paper that *unit* speaks of; the links beside it go before those within the words."""
    first = unit.blocks[0]
    end = _end(first)
    title, at = _title(first, end)
    said = [_words(first, at, end), *(_words(block, 0, len(block.text)) for block in _prose(unit.blocks[1:]))]
    text = "\n".join(filter(None, said))
    beside = [_cut(first, end)] if end < len(first.text) else []
    return Entry(
        title=title,
        identifiers=identifiers_in(beside) or identifiers_in(unit.blocks),
        links=links_of([*beside, *unit.blocks]),
        sections=(Section(UNHEADED, text),) if text else (),
        line=first.line,
    )


def _end(block: Block) -> int:
    """Return where the words of a row end: before the last cell, if that is there for links."""
    if block.kind != "row" or len(block.cells) < 2:
        return len(block.text)
    start, end = block.cells[-1]
    rest = block.text[start:]
    for anchor in reversed(block.links):
        if anchor.start >= start:
            rest = rest[: anchor.start - start] + rest[anchor.end - start :]
    return start - 1 if is_label(rest, empty=True) else end


def _cut(block: Block, start: int) -> Block:
    """Return *block* from *start* on."""
    links = (replace(each, start=each.start - start, end=each.end - start) for each in block.links)
    return replace(block, text=block.text[start:], links=tuple(each for each in links if each.start >= 0))


def _prose(blocks: Sequence[Block]) -> Sequence[Block]:
    return [block for block in blocks if block.kind not in ("rule", "image") and not is_link_line(block)]


def _title(block: Block, end: int) -> tuple[str | None, int]:
    """Return the title that the words of *block* begin with, behind its number, and where it ends."""
    number = _NUMBERED.match(block.text[:40])
    start = number.end() if number else 0
    if block.kind == "heading":
        return bare(block.text[start:end]) or None, end
    for at, stop, words in block.bold:
        within = _NUMBERED.match(words)
        title = bare(words[within.end() :] if within else words)
        if at <= start and stop <= end and is_named(title):
            return title, stop
    for anchor in block.links:
        if anchor.start <= start + 2 and anchor.end <= end and is_named(bare(anchor.label)):
            return bare(anchor.label), anchor.end
    return _plain_title(block.text, start, end)


def _plain_title(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return the title where nothing but two blanks, the first verb, or a dash sets it off from what is said."""
    head = text[start : min(end, start + MAX_TITLE + 60)]
    breaks = sorted(filter(None, (_BREAK.search(head), _BEGINS.search(head))), key=lambda match: match.start())
    for match in (*breaks[:1], _DASH.search(head)):
        if match and is_named(bare(head[: match.start()])):
            return bare(head[: match.start()]), start + match.end()
    if end - start <= MAX_TITLE and not re.search(r"[a-z]{3}[.!] [A-Z]", head[: end - start]):
        return bare(text[start:end]) or None, end
    return None, start


def _words(block: Block, start: int, end: int) -> str:
    """Return what *block* says between *start* and *end*, without links' labels; its bullets begin lines."""
    text = block.text[start:end]
    for anchor in reversed(block.links):
        if start <= anchor.start and anchor.end <= end and is_label(anchor.label):
            text = text[: anchor.start - start] + text[anchor.end - start :]
    text = _HOLLOW.sub("", text).strip(" \t:;,-–—|·*_")
    lines = _BULLET.sub("\n● ", _STOP.sub("\n", text)).split("\n")
    mark = "- " if block.kind == "item" else ""
    return mark + "\n".join(filter(None, map(clean, lines))) if text else ""
