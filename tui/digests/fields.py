"""Records of labelled lines between rules, as mailing lists send them: ``Title: …``, ``Authors: …``, an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.digests.blocks import Block
from tui.digests.bylines import split_names
from tui.digests.dates import date_in
from tui.digests.paragraphs import unwrapped
from tui.digests.statements import identifiers_in, links_of
from tui.model import Entry
from tui.text import clean

_FIELD = re.compile(
    r"(title|authors?|abstract|summary|categories|comments?|doi|journal-ref|date(?: \(revised[^)]{0,20}\))?"
    r"|arxiv(?: id)?|paper"
    r"|link|url|pdf|code|venue|year|published|acm-class|msc-class|report-no|replaced with revised"
    r" version.{0,60})\s?[:：]\s*",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\\\\")


def records(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield begin and end (exclusive) of every run of blocks between rules that has a title and another field."""
    start = 0
    for index in range(len(blocks) + 1):
        if index == len(blocks) or blocks[index].kind == "rule":
            names = {match[1].lower() for block in blocks[start:index] if (match := _FIELD.match(block.text))}
            titles = sum(block.text[:6].lower() == "title:" for block in blocks[start:index])
            if titles == 1 and names & {"authors", "author", "arxiv", "doi", "abstract", "link", "url", "paper"}:
                yield start, index
            start = index + 1


def entry(blocks: Sequence[Block]) -> Entry:
    """Return what a record's lines state; what follows the last field behind an edge (``\\\\``) is the abstract."""
    fields: dict[str, list[str]] = {}
    name = ""
    body: list[Block] = []
    edges = 0
    for block in blocks:
        edge = _EDGE.match(block.text)
        match = None if edge else _FIELD.match(block.text)
        if edge:
            edges += 1
            name = ""
        elif match:
            name = match[1].lower().split(" ")[0]
            fields.setdefault(name, []).append(block.text[match.end() :])
        elif name and not (edges >= 2):
            fields[name].append(block.text)
        elif edges:
            body.append(block)
    said = {key: clean(" ".join(words)) for key, words in fields.items()}
    names, more = split_names(said.get("authors") or said.get("author") or "")
    abstract = " ".join(block.text for block in unwrapped(body, lambda index: False)) or said.get("abstract")
    return Entry(
        title=said.get("title"),
        authors=names,
        more_authors=more,
        date=date_in(said.get("date", "")),
        venue=said.get("journal-ref") or said.get("venue"),
        abstract=abstract or None,
        identifiers=identifiers_in(block for block in blocks if block not in body),
        links=links_of(blocks),
        categories=tuple(said.get("categories", "").split()),
        line=blocks[0].line,
    )
