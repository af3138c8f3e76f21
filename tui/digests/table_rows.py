"""A row of a table as a paper: title, authors, date and the rest by its columns, the other columns as sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.digests import tables
from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, split_names
from tui.digests.dates import date_in
from tui.digests.findings import UNHEADED
from tui.digests.mentions import bare, is_named, is_titular, mentions
from tui.digests.naming import cell_title
from tui.digests.statements import identifiers_in, is_label, links_of
from tui.digests.venues import place_in
from tui.model import Entry, Section
from tui.text import clean

_COUNTED = re.compile(r"citations?|cited(?: by)?|stars?|likes?|upvotes?|score|views?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IDENTIFIER = re.compile(r"(?:arxiv:?\s?)?\d{4}\.\d{4,5}(?:v\d{1,3})?|10\.\d{4,9}/\S{1,200}", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The head of a table: which column holds what, and what each is called."""

    places: Mapping[str, int]
    names: Sequence[str]


def head_of(block: Block) -> Head | None:
    """Return what *block* says of a table's columns, or None where it is no head of a table of papers."""
    if block.kind != "row" or len(block.text) > 1000 or block.links:
        return None
    found = tables.columns(block)
    return Head(found, [bare(block.text[start:end]) for start, end in block.cells]) if found else None


def entry(block: Block, head: Head | None, categories: tuple[str, ...]) -> Entry | None:
    """Return the paper in the row *block*, or None where it names none: neither title nor link."""
    places = tables.cells(block, head.places if head else {})
    title = _title(block, places)
    if not (title and head) and not mentions(block):
        return None
    names, more = split_names(tables.cell(block, places, "authors"))
    within = _beside_title(block, places, title)
    byline = next((words for words in within if not names and (is_byline(words) or "et al" in words)), "")
    if byline:
        names, more = split_names(byline)
    stated = tables.cell(block, places, "date")
    venue, year = place_in(tables.cell(block, places, "venue"))
    day = date_in(stated)
    return Entry(
        title=title,
        authors=names,
        more_authors=more,
        date=day,
        year=_year(tables.cell(block, places, "year")) or year or (None if day else _year(stated)),
        venue=venue,
        abstract=tables.cell(block, places, "abstract") or None,
        identifiers=_identifiers(block, places),
        links=links_of([block]),
        sections=(*_said(within, byline), *_others(block, head, places, title)),
        categories=categories,
        metrics=_metrics(block, head),
        line=block.line,
    )


def _title(block: Block, places: tables.Cells) -> str | None:
    if "title" in places:
        words = cell_title(block, *places["title"])
        if words and not is_label(words) and not _IDENTIFIER.fullmatch(words):
            return words.replace("\\|", "|")
    bold = (bare(words) for _, _, words in block.bold)
    labels = (bare(anchor.label) for anchor in block.links)
    return (
        next(filter(is_named, bold), None) or next(filter(is_titular, labels), None) if "title" not in places else None
    )


def _identifiers(block: Block, places: tables.Cells) -> dict[str, str]:
    """Return the identifiers of a row's own paper, which no abstract or comment of it names."""
    words = [places[name] for name in ("abstract", "note") if name in places]
    own = [link for link in block.links if not any(start <= link.start < end for start, end in words)]
    pieces = [block.text[start:end] for start, end in block.cells if (start, end) not in words]
    return identifiers_in([Block(" | ".join(pieces), block.line, links=tuple(own))])


def _beside_title(block: Block, places: tables.Cells, title: str | None) -> list[str]:
    """Return what the cell of the title says besides it, line by line."""
    if "title" not in places or not title:
        return []
    start, end = places["title"]
    text = block.text[start:end]
    for anchor in reversed(block.links):
        if start <= anchor.start and anchor.end <= end and is_label(anchor.label, empty=True):
            text = text[: anchor.start - start] + text[anchor.end - start :]
    behind = text.replace("\\|", "|").partition(title)[2]
    parts = re.split(r"\s{2,20}|\n", behind)
    cleaned = (clean(re.sub(r"[\[(]\s{0,3}[\])]", "", part)).strip(" *_,;:|-–—()[]") for part in parts)
    return [part for part in cleaned if part and not is_label(part)]


def _said(within: Sequence[str], byline: str) -> list[Section]:
    words = " ".join(part for part in within if part != byline)
    return [Section(UNHEADED, words)] if len(words.split()) > 2 else []


def _others(block: Block, head: Head | None, places: tables.Cells, title: str | None) -> list[Section]:
    """Return the cells that have words and no place elsewhere, under the names of their columns."""
    taken = {place for name, place in places.items() if name != "note"}
    found = []
    for index, place in enumerate(block.cells):
        words = tables.words_in(block, place) if place not in taken else ""
        name = head.names[index] if head and index < len(head.names) else UNHEADED
        if words and not (is_label(words) or _IDENTIFIER.fullmatch(bare(words)) or _is_count(name, words)):
            labels = " ".join(link.label for link in block.links if place[0] <= link.start < place[1])
            if clean(labels) != words and bare(words) != title:
                found.append(Section(name or UNHEADED, words))
    return found


def _is_count(name: str, words: str) -> bool:
    return bool(_COUNTED.fullmatch(name)) and words.replace(",", "").isdecimal() and len(words) < 15


def _metrics(block: Block, head: Head | None) -> dict[str, int | float]:
    found: dict[str, int | float] = {}
    for name, (start, end) in zip(head.names if head else (), block.cells, strict=False):
        words = clean(block.text[start:end])
        if _is_count(name, words):
            found.setdefault(name.lower(), int(words.replace(",", "")))
    return found


def _year(words: str) -> int | None:
    match = _YEAR.search(words[:200])
    return int(match[0]) if match else None
