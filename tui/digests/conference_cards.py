"""The cards of a conference's page: titles that lead to events, the session that they stand in, and what is below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.digests.asides import SESSION, aside
from tui.digests.blocks import Anchor, Block
from tui.digests.dates import date_in

_EVENT = re.compile(
    r"https?://[^/?#]{3,100}/(?:[^/?#]{1,40}/)?virtual/(?:\d{4}/)?(?:poster|oral|spotlight|paper|demonstration|talk|tutorial"
    r"|invited-talk|workshop|panel|award|datasets?-[a-z-]{1,30}|position[a-z-]{0,30}|expo-[a-z-]{1,30}|competition"
    r"|creative[a-z-]{1,30}|journal[a-z-]{0,20}|events?)/\d{1,9}/?(?:[?#].{0,100})?$"
    r"|https?://[^?#]{3,200}/(?:poster|paper)_[\w.-]{1,60}\.html$",
    re.IGNORECASE,
)
_DULL = re.compile(
    r"(?:poster|oral|spotlight|paper|abstract|video|slides|project page|visit .{1,40}|details|more)s?\W{0,2}", re.I
)


@dataclass
class Card:
    """A card as far as it was read."""

    title: Block
    anchor: Anchor
    group: str | None
    above: list[Block]
    below: list[Block] = field(default_factory=list)


def _event(block: Block) -> Anchor | None:
    """Return the link in *block* that is the title of an event: all of its words, but for marks round them."""
    for anchor in block.links:
        words = anchor.label.strip()
        alone = len(block.text.strip(" -•*|[]")) <= len(words) + 40 and anchor.start <= 30
        if alone and _EVENT.match(anchor.url) and len(words) > 3 and not _DULL.fullmatch(words):
            return anchor
    return None


def cards_in(blocks: Sequence[Block]) -> tuple[list[Card], list[Block]]:
    """Return the cards in order, and what stands before the first; kinds and times above a title are its own."""
    cards: list[Card] = []
    before: list[Block] = []
    group: str | None = None
    for block in blocks:
        if anchor := _event(block):
            rest = cards[-1].below if cards else before
            above: list[Block] = []
            while rest and aside(rest[-1]) == "kind":
                above.insert(0, rest.pop())
            cards.append(Card(block, anchor, group, above))
        elif block.kind == "heading" and (SESSION.search(block.text) or date_in(block.plain)) and len(block.text) < 160:
            group = block.plain
            if not any(each.kind == "heading" for each in before):
                before.append(block)
        else:
            (cards[-1].below if cards else before).append(block)
    return cards, before
