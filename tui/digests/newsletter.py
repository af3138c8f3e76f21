"""The newsletter issue: for each paper a title, links, and sections such as ``What is it?`` and ``Why it matters?``.

A title is what stands right above a paper's links or its first section, or is a heading of that level. Links on lines
of their own are the paper's; those inside a section lead elsewhere, to what the section speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tui.digests.blocks import Block
from tui.digests.bylines import split_names
from tui.digests.document import Document
from tui.digests.labels import Label
from tui.digests.mastheads import Masthead, masthead
from tui.digests.newsletter_lines import Lines, unlabelled
from tui.digests.paragraphs import prose
from tui.digests.statements import identifiers_in, is_sign_off, links_of, remarks
from tui.model import Entry, Issue, Remark, Section
from tui.text import clean

NAME = "newsletter"
LABEL = "Newsletter issue"
UNLABELLED = "Summary"
"""What a paragraph is headed with that stands under no heading of the newsletter's own."""

_NUMBERING = re.compile(r"(?:\(?\d{1,3}[.)]|paper \d{1,3}:?|[-*•])\s+(?=\S)", re.IGNORECASE)


_ADDRESS_BEHIND = re.compile(r"(?:(?<!\s)\s++)?https?://\S{1,2000}$")


@dataclass
class _Part:
    """The blocks of one paper, sorted by what they are."""

    title: Block | None
    line: int
    group: str | None = None
    links: list[Block] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[Block]]] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Return whether titles stand here above sections that ask what a paper is and why it matters."""
    if not re.search(r"wh?[ayt]{1,3}\b|wha\w{0,2}\b", document.text, re.IGNORECASE):
        return False
    reader = _lines(document)
    sorts = {label.sort for label in reader.labels.values()} & {"what", "why"}
    if not sorts or not reader.titles:
        return False
    if len(sorts) == 2:
        return True
    named = masthead(document.head, reader.before())
    return bool(named.series or any(identifiers_in([reader.blocks[index]]) for index in reader.links))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the newsletter as one issue, with series and number where its first lines state them."""
    reader = _lines(document)
    if not reader.titles:
        return ()
    end, warnings = _end(reader)
    parts = _parts(reader, end)
    entries = tuple(_entry(part) for part in parts)
    named = masthead(document.head, reader.before())
    return (_issue(document, named, entries, warnings),)


@lru_cache(maxsize=1)
def _lines(document: Document) -> Lines:
    # Asked for to recognise it, and again to read it.
    return Lines(document)


def _end(reader: Lines) -> tuple[int, tuple[Remark, ...]]:
    """Return where the last paper ends, and remarks on what the newsletter says after it."""
    blocks = reader.blocks
    last = max([*reader.titles[-1:], *(place for place in reader.labels)], default=0)
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        over = block.kind == "rule" or is_sign_off(block) or (block.kind == "heading" and index > last + 1)
        if over and index not in reader.links:
            return index, remarks(blocks[index:], "stands behind the last paper")
    return len(blocks), ()


def _parts(reader: Lines, end: int) -> list[_Part]:
    """Return the papers' blocks; a second ``What is it?`` without a title above it begins a paper without title."""
    parts: list[_Part] = []
    group: str | None = None
    titles = set(reader.titles)
    for index, block in enumerate(reader.blocks[:end]):
        label = reader.labels.get(index)
        if index in titles:
            parts.append(_Part(block, block.line, group, [block] if block.links else []))
        elif reader.is_group(index):
            group = block.plain
        elif not parts or block.kind == "rule":
            continue
        else:
            if label and label.sort == "what" and any(_asks_what(name) for name, _ in parts[-1].sections):
                parts.append(_Part(None, block.line, group))
            is_authors = not parts[-1].sections and reader.is_authors(index)
            _add(parts[-1], block, label, index in reader.links, is_authors)
    return parts


def _asks_what(heading: str) -> bool:
    return heading.lower().startswith("what")


def _add(part: _Part, block: Block, label: Label | None, is_link: bool, is_authors: bool) -> None:
    if is_link:
        part.links.append(block)
    elif label and label.sort == "authors":
        part.authors.append(label.rest)
    elif label:
        rest = [replace(block, text=label.rest, gap=True)] if label.rest else []
        part.sections.append((label.words, rest))
    elif is_authors:
        part.authors.append(unlabelled(block.plain))
    elif part.sections:
        part.sections[-1][1].append(block)
    else:
        part.sections.append((UNLABELLED, [block]))


def _entry(part: _Part) -> Entry:
    names, more = split_names(", ".join(part.authors)) if part.authors else ((), 0)
    texts = [block for _, blocks in part.sections for block in blocks]
    identifiers = identifiers_in(part.links)
    if not identifiers and not any(block.addresses for block in part.links):
        identifiers = _first_mention(texts)
    title = part.title.plain if part.title else None
    if title and (match := _NUMBERING.match(title)):
        title = title[match.end() :]
    return Entry(
        title=_ADDRESS_BEHIND.sub("", title) if title and "://" in title else title,
        authors=names,
        more_authors=more,
        identifiers=identifiers,
        links=links_of([*part.links, *texts]),
        sections=tuple(Section(words, prose(blocks)) for words, blocks in part.sections if blocks),
        categories=(part.group,) if part.group else (),
        line=part.line,
    )


def _first_mention(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the identifiers of the only paper that the first words of the first section link to, if they do."""
    found = identifiers_in(
        [replace(block, links=tuple(a for a in block.links if a.start < 150)) for block in blocks[:1]]
    )
    return found if len(identifiers_in(blocks)) == len(found) == 1 else {}


def _issue(document: Document, named: Masthead, entries: tuple[Entry, ...], warnings: tuple[Remark, ...]) -> Issue:
    first = next((entry.title for entry in entries if entry.title), None)
    return Issue(
        id="",
        title=named.title or clean(f"{LABEL}: {first}" if first else LABEL),
        entries=entries,
        format=NAME,
        series=named.series,
        number=named.number,
        date=named.date,
        introduction=prose(named.introduction) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=(*remarks(named.left, "stands before the first paper"), *warnings),
    )
