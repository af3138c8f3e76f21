"""OpenReview's pages: a venue's list of papers, a search or profile, a paper's own page; and the same copied as text.

The shape is that of openreview-web's note components (title in a heading with links to ``/forum`` and ``/pdf``,
authors, a list with dates, venue, readers and replies, and folded fields such as ``Abstract:``), and of the older
interface (before 2023), from memory and without the network: sure of the order and the words, less of the elements.
So only the order, the words and the addresses are relied on, which a copied text has too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tui.digests.blocks import Block
from tui.digests.bylines import split_names
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.openreview_notes import SURE, VENUE, Note, forum, is_venue, note_of, prepared, titles
from tui.digests.paragraphs import prose
from tui.digests.statements import links_of, remarks
from tui.identifiers import identify
from tui.model import Entry, Issue, Section
from tui.text import clean

NAME = "openreview"
LABEL = "OpenReview page"

_HOST = re.compile(r"https?://(?:\w{2,5}\.)?openreview\.net/")
_TAGS = frozenset(("keyword", "keywords", "primary area", "primary subject area", "subject area", "subject areas"))
_DULL = frozenset(("title", "authors", "authorids", "venueid", "pdf", "paper hash", "paperhash", "code of ethics"))
_TAB_WORDS = frozenset(
    re.findall(
        r"\S+",
        "accept accepted oral orals spotlight poster posters reject rejected notable withdrawn desk top all active"
        " under your recent submitted submission submissions paper papers activity consoles review by filter venue home"
        " search login conference",
    )
)

_DATED = re.compile(r"ed\s?:")
"""What ``Published:``, ``Submitted:`` and ``Modified:`` end in."""


def recognises(document: Document) -> bool:
    """Return whether *document* lists notes: titles that lead to a forum, or that stand above OpenReview's lines."""
    small = document.text[:2_000_000].lower()
    if "openreview" not in small and not (_may_be_sure(small[:200_000]) and SURE.search(document.text, 0, 200_000)):
        return False
    blocks = prepared(document)
    starts = list(titles(blocks))
    metas = sum(1 for block in blocks if len(block.text) < 300 and SURE.search(block.text))
    # Other digests link to forums as well; what stands below such a title there is none of these lines.
    return bool(starts) and metas * 2 >= len(starts)


def _may_be_sure(small: str) -> bool:
    """Return whether a text in small letters may hold one of OpenReview's lines: to look for all takes much longer."""
    return "readers" in small or bool(_DATED.search(small))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the page as one issue, its notes in order."""
    blocks = prepared(document)
    starts = list(titles(blocks))
    if not starts:
        return ()
    notes = [note_of(blocks[start:end]) for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    left = [block for note in notes for block in note.loose]
    entries = [_entry(note) for note in notes]
    address = document.address or document.head.address
    if len(entries) == 1 and not entries[0].identifiers and (known := identify(address or "")):
        # A paper's own page does not link to itself.
        entries[0] = replace(entries[0], identifiers=dict([known]))
    return (_issue(document, blocks[: starts[0]], entries, left),)


def _entry(note: Note) -> Entry:
    said = {name.lower().replace(";", ""): prose(blocks) for name, blocks in reversed(note.fields)}
    venue, year, kind = _placed(note.venue)
    names, more = split_names(note.names or said.get("authors", ""))
    anonymous = len(names) == 1 and names[0].lower().startswith("anonymous")
    tags = [kind] if kind else []
    for name, blocks in note.fields:
        if name.lower() in _TAGS:
            tags += [clean(tag, 200) for tag in re.split(r"(?:(?<!\s)\s++)?[,;]\s*", prose(blocks)) if tag]
    anchor = forum(note.block)
    known = identify(anchor.url) if anchor else None
    return Entry(
        title=note.title,
        authors=() if anonymous else names,
        more_authors=more,
        date=note.date,
        year=year,
        venue=venue,
        abstract=said.get("abstract") or None,
        identifiers=dict([known]) if known else {},
        links=links_of([_own_links(note.block), *note.own[1:], *(block for _, each in note.fields for block in each)]),
        sections=tuple(
            Section(name, text)
            for name, blocks in note.fields
            if name.lower() not in _TAGS | _DULL | {"abstract"} and (text := prose(blocks))
        ),
        categories=tuple(dict.fromkeys(tags)),
        metrics=note.metrics,
        line=note.block.line,
    )


def _is_tab(block: Block) -> bool:
    words = re.findall(r"[^\W\d_]+", block.text.lower()[:400])
    return len(words) < 9 and all(word in _TAB_WORDS for word in words)


def _own_links(block: Block) -> Block:
    return Block(block.text, block.line, links=tuple(each for each in block.links if _HOST.match(each.url)))


def _placed(venue: str | None) -> tuple[str | None, int | None, str | None]:
    """Return venue, year and kind of ``ICLR 2024 oral``; ``Submitted to ICLR 2024`` is of the kind Submitted."""
    match = VENUE.fullmatch(venue or "")
    if not match:
        return None, None, None
    name, kind = match["name"], match["kind"]
    if before := re.match(r"(submitted|accepted) (?:to|at|by|for) ", name, re.IGNORECASE):
        name, kind = name[before.end() :], kind or before[1]
    kind = re.sub(r"^conference (?=\w)", "", kind or "", flags=re.IGNORECASE).strip(" ()")
    return name, int(match["year"]), kind.capitalize() or None


def _issue(document: Document, before: Sequence[Block], entries: Sequence[Entry], left: Sequence[Block]) -> Issue:
    headings = [block for block in before if block.kind == "heading"]
    named = headings[:1] or [block for block in before if is_venue(block)][:1]
    short = next((entry for entry in entries if entry.venue and entry.year), None)
    stated = re.sub(r"(?<!\s)\s++\|\s+OpenReview$", "", document.head.title or "")
    title: str | None = named[0].plain if named else stated
    if not title and len(entries) == 1:
        title = entries[0].title
    rest = [block for block in before if block not in named and not _is_tab(block)]
    introduction = [block for block in rest if len(block.text) > 60 or is_venue(block) or block.kind == "heading"]
    day = next((found for block in before[:12] if len(block.text) < 150 and (found := date_in(block.plain))), None)
    ignored = [block for block in rest if block not in introduction and not date_in(block.plain) and not block.links]
    return Issue(
        id="",
        title=title or LABEL,
        entries=tuple(entries),
        format=NAME,
        series=f"{short.venue} {short.year}" if short and len(entries) > 1 else None,
        date=day,
        introduction=prose(introduction) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks(ignored, "stands before the first paper") + remarks(left, "stands in no field of a paper"),
    )
