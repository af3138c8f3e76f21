"""Pages of NeurIPS-like conferences that list papers as cards: a day, a kind of event, all papers.

They are those of the virtual sites of nips.cc, neurips.cc, icml.cc, iclr.cc, and of others on the same software
(``/virtual/2024/poster/123``) or on MiniConf (``poster_123.html``). The shape of the cards (kind, title with a link to
the event, authors between middle dots or commas, time, room, abstract in a fold) is from memory and without the
network; sure are the addresses and the order. The page of one session is :mod:`tui.digests.session`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests import session
from tui.digests.asides import KIND, SESSION, aside, venue_of
from tui.digests.blocks import Block
from tui.digests.bylines import dotted, is_byline, split_names
from tui.digests.conference_cards import Card, cards_in
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.paragraphs import prose
from tui.digests.statements import identifiers_in, is_link_line, links_of, outward, remarks, without_sign_off
from tui.model import Entry, Issue, Section

NAME = "conference"
LABEL = "Conference's list of papers"

_SIGNS = ("virtual", "poster_", "paper_")
"""What stands in the addresses of events."""

_FOLD = re.compile(r"(?:abstract|tl;?dr)\s?[:.–—-]\s{0,3}(?=\S)", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Return whether cards of a conference's events stand here, and no single session."""
    if document.markup != "html" or not any(sign in document.text for sign in _SIGNS):
        return False
    cards = cards_in(_prepared(document))[0]
    return len(cards) > 1 and not session.recognises(document)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the page as one issue, its cards in order."""
    blocks, taken_leave = without_sign_off(_prepared(document))
    cards, before = cards_in(blocks)
    if not cards:
        return ()
    venue, year = venue_of(document, before)
    entries = [_entry(card, venue, year) for card in cards]
    return (_issue(document, before, entries, (venue, year), taken_leave),)


def _prepared(document: Document) -> list[Block]:
    blocks = [block for block in document.blocks if not block.furniture and block.kind not in ("image", "rule")]
    return list(outward(blocks, document.head.address or document.address))


def _entry(card: Card, venue: str | None, year: int | None) -> Entry:
    sections: list[Section] = []
    kinds = [match[1] for block in card.above if (match := KIND.fullmatch(block.text))]
    text: list[Block] = []
    own = [card.title]
    names: tuple[tuple[str, ...], int] = ((), 0)
    for block in card.below:
        sort = aside(block)
        if not names[0] and not text and _are_names(block):
            names = (dotted(block.text), 0) if dotted(block.text) else split_names(block.plain)
        elif sort in ("time", "room"):
            sections.append(Section(sort.capitalize(), block.plain))
        elif sort == "kind":
            kinds.append(block.plain)
        elif is_link_line(block) or sort in ("site", "abstract"):
            own.append(block)
        elif len(block.text) < 100 and not text and SESSION.search(block.text):
            sections.append(Section("Session", block.plain))
        else:
            text.append(_unfolded(block))
    if card.group:
        sections.insert(0, Section("Session", card.group))
    return Entry(
        title=card.anchor.label.strip(),
        authors=names[0],
        more_authors=names[1],
        date=date_in(card.group or ""),
        year=year,
        venue=venue,
        abstract=prose(text) or None,
        identifiers=identifiers_in(own),
        links=links_of([*own, *text]),
        sections=tuple(sections),
        categories=tuple(dict.fromkeys(kind.strip(" []").capitalize() for kind in kinds)),
        line=card.title.line,
    )


def _are_names(block: Block) -> bool:
    return bool(dotted(block.text)) or (is_byline(block.plain) and not aside(block))


def _unfolded(block: Block) -> Block:
    match = _FOLD.match(block.text)
    return Block(block.text[match.end() :], block.line, gap=block.gap, links=()) if match else block


def _issue(
    document: Document,
    before: Sequence[Block],
    entries: Sequence[Entry],
    place: tuple[str | None, int | None],
    after: Sequence[Block],
) -> Issue:
    venue, year = place
    headings = [block for block in before if block.kind == "heading"]
    title = headings[0].plain if headings else document.head.title or LABEL
    left = [block for block in before if block not in headings[:1] and not aside(block)]
    introduction = [block for block in left if len(block.text) > 100]
    short = [block for block in left if len(block.text) <= 100 and not block.links]
    day = next((found for block in before if len(block.text) < 120 and (found := date_in(block.plain))), None)
    return Issue(
        id="",
        title=title,
        entries=tuple(entries),
        format=NAME,
        series=" ".join(str(part) for part in (venue, year) if part) if venue else None,
        date=day,
        introduction=prose(introduction) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks(short, "stands before the first paper") + remarks(after, "stands behind the last paper"),
    )
