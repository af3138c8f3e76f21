"""The conference's session page: title, authors between middle dots, abstract; no marks, perhaps no blank lines.

A line of names between middle dots is certain; the line above it is the title and what follows is the abstract, up to
the next title. A paper by one author has no dots: there the line of one name between a title and an abstract counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.digests import anthology
from tui.digests.asides import KIND, KIND_BEFORE, SESSION, VENUE, aside, leading, venue_of
from tui.digests.blocks import Block
from tui.digests.bylines import dotted, is_person, may_be_dotted
from tui.digests.conference_cards import cards_in
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.paragraphs import begins_sentence, fills, prose, unwrapped, width
from tui.digests.statements import identifiers_in, is_link_line, links_of, outward, remarks, without_sign_off
from tui.model import Entry, Issue, Section

NAME = "session"
LABEL = "Conference session"

MAX_TITLE = 300
"""A longer line is an abstract's."""


@dataclass(frozen=True)
class _Place:
    """Where an entry stands: the place of its title and of the line of its authors."""

    title: int
    byline: int


def recognises(document: Document) -> bool:
    """Return whether titles stand here with authors between middle dots below them, and abstracts.

    A session whose papers all have one author is recognised by its heading.
    """
    blocks = _prepared(document)
    if not any(may_be_dotted(block.text) or _may_title(block) for block in blocks):
        return False
    places = _places(blocks)
    certain = any(dotted(blocks[place.byline].text) for place in places)
    if not places or any(date_in(blocks[place.byline].text) for place in places):
        return False
    titled = any(map(_may_title, blocks[: places[0].title]))
    # A list of links with one dotted line somewhere is no session; the Anthology has bars between names as well.
    enough = (certain or titled) and len(places) * (60 if titled else 25) >= len(blocks)
    return enough and not (_is_several(blocks, places) or anthology.recognises(document))


def _may_title(block: Block) -> bool:
    """Return whether *block* may be what a session is called."""
    return len(block.text) < 100 and bool(SESSION.search(block.text))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the session as one issue, named as its page is."""
    blocks = _prepared(document)
    places = _places(blocks)
    if not places:
        return ()
    first = places[0].title
    kinds_lead = first > 0 and bool(KIND.fullmatch(blocks[first - 1].text))
    venue, year = venue_of(document, blocks[:first])
    blocks, taken_leave = without_sign_off(blocks)
    leads = [leading(blocks, place.title) if kinds_lead else 0 for place in places]
    # What stands above the first title may be the session's: as many lines are the paper's as above the others.
    leads[0] = min(leads[0], max(leads[1:], default=1))
    starts = [place.title - lead for place, lead in zip(places, leads, strict=True)]
    entries = [
        _entry(blocks, start, place, end, venue, year)
        for start, place, end in zip(starts, places, [*starts[1:], len(blocks)], strict=True)
    ]
    before = blocks[: starts[0]]
    return (_issue(document, before, entries, (venue, year), taken_leave),)


def _is_several(blocks: Sequence[Block], places: Sequence[_Place]) -> bool:
    """Return whether the page lists several sessions, or papers whose authors do not stand between dots."""
    cards, _ = cards_in(blocks)
    return len(cards) > len(places) or len({card.group for card in cards}) > 1


def _prepared(document: Document) -> list[Block]:
    blocks = [block for block in document.blocks if not block.furniture and block.kind != "image"]
    blocks = list(outward(blocks, document.head.address or document.address))
    if document.markup == "html":
        return blocks
    blocks = _whole_bylines(blocks)
    return list(unwrapped(blocks, lambda index: _starts(blocks, index), width(document.blocks)))


def _starts(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the line at *index* begins something: a byline, a title above one, an abstract below one."""

    def byline(at: int) -> bool:
        return 0 <= at < len(blocks) and bool(dotted(blocks[at].text))

    above = blocks[index - 1] if index else None
    person_above = above is not None and is_person(above.text) and index > 1 and not byline(index)
    # A title may take up to three lines, none of which ends a sentence.
    ends = next((place for place in range(index, index + 3) if byline(place + 1)), None)
    titled = ends is not None and begins_sentence(blocks, index)
    titled = titled and not any(each.text.endswith(".") for each in blocks[index : (ends or 0) + 1])
    single = is_person(blocks[index].text) and index > 0
    single = single and (begins_sentence(blocks, index - 1) or aside(blocks[index - 2]) != "")
    single = single and len(blocks[index + 1].text if index + 1 < len(blocks) else "") >= 40
    return single or byline(index) or titled or byline(index - 1) or person_above or aside(blocks[index]) != ""


def _whole_bylines(blocks: Sequence[Block]) -> list[Block]:
    """Join lists of authors that were broken over lines: at a dot, or within a name between two dotted lines."""
    broken_at = width(blocks)
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and _goes_on(runs[-1][-1], block, broken_at, len(runs[-1]) > 1):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [replace(run[0], text=" ".join(block.text for block in run)) if len(run) > 1 else run[0] for run in runs]


def _goes_on(last: Block, block: Block, broken_at: int | None, joined: bool) -> bool:
    """Return whether *block* goes on with a list of authors whose last line is *last*; only the seam is looked at."""
    if not dotted(f"{last.text} {block.text}"):
        return False
    at_dot = last.text.endswith(("·", "•")) or block.text.startswith(("· ", "• "))
    within = broken_at is not None and (joined or bool(dotted(last.text))) and fills(last, block, broken_at)
    return at_dot or within or bool(dotted(last.text) and dotted(block.text))


def _places(blocks: Sequence[Block]) -> list[_Place]:
    """Return where titles and their authors stand, in order."""
    places: list[_Place] = []
    last = title = above = -1
    for index, block in enumerate(blocks):
        # The nearest line above that is no aside is carried along: walking back from every line takes squares.
        title, above = above, above if aside(block) else index
        if title <= last or not _is_title(blocks[title]):
            continue
        if dotted(block.text) or (is_person(block.text) and _is_single(blocks, title, index, last)):
            places.append(_Place(title, index))
            last = index
    return places


def _is_title(block: Block) -> bool:
    text = block.text
    return (
        2 < len(text) <= MAX_TITLE
        and not (text.endswith((".", ";", ",")) and not text.endswith("..."))
        and not dotted(text)
    )


def _is_single(blocks: Sequence[Block], title: int, index: int, last: int) -> bool:
    """Return whether the one name at *index* is the author of the title above it, and no words of an abstract."""
    if title != index - 1 or is_link_line(blocks[title]) or SESSION.fullmatch(blocks[title].text):
        return False
    following = [block for block in blocks[index + 1 : index + 5] if not aside(block)]
    if len(following) > 1 and dotted(following[0].text):
        # The name is the title of the dotted line below it.
        return False
    if blocks[title].kind == "heading" or (blocks[title].links and not blocks[title].text.startswith("http")):
        return True
    abstract = bool(following) and len(following[0].text) >= 100
    # Without an abstract, the next title follows at once, and its authors.
    bare = len(following) < 2 or bool(dotted(following[1].text)) or is_person(following[1].text)
    return abstract or (bare and last >= 0)


def _entry(blocks: Sequence[Block], start: int, place: _Place, end: int, venue: str | None, year: int | None) -> Entry:
    title, byline = blocks[place.title], blocks[place.byline]
    others = [*blocks[start : place.title], *blocks[place.title + 1 : place.byline], *blocks[place.byline + 1 : end]]
    asides = [(aside(block), block) for block in others]
    text = [block for sort, block in asides if not sort and not is_link_line(block)]
    if text and (match := re.match(r"abstract\s?[:.–—-]\s{0,3}(?=\S)", text[0].text, re.IGNORECASE)):
        text[0] = replace(text[0], text=text[0].text[match.end() :], links=())
    kinds = [match[1] for sort, block in asides if sort == "kind" and (match := KIND.fullmatch(block.text))]
    before = KIND_BEFORE.match(title.plain)
    if before:
        kinds.insert(0, before[1])
    names = dotted(byline.text) or (byline.plain,)
    own = [title, byline, *(block for block in others if is_link_line(block) or aside(block) == "site")]
    return Entry(
        title=title.plain[before.end() :] if before else title.plain,
        authors=names,
        year=year,
        venue=venue,
        abstract=prose(text) or None,
        identifiers=identifiers_in(own),
        links=links_of([*blocks[start : place.byline + 1], *blocks[place.byline + 1 : end]]),
        sections=tuple(Section(sort.capitalize(), block.plain) for sort, block in asides if sort in ("time", "room")),
        categories=tuple(dict.fromkeys(kind.strip().capitalize() for kind in kinds)),
        line=title.line,
    )


def _issue(
    document: Document,
    before: Sequence[Block],
    entries: Sequence[Entry],
    place: tuple[str | None, int | None],
    after: Sequence[Block],
) -> Issue:
    venue, year = place
    named = [b for b in before if SESSION.search(b.text) and len(b.text) <= MAX_TITLE and len(b.text.split()) > 1]
    named = [block for block in named if not aside(block)] or named
    headings = [block for block in before if block.kind == "heading" and len(block.text.split()) > 1]
    last = named[-1:] or headings[-1:] or [b for b in before if not aside(b) and len(b.text) <= 120][-1:]
    title = (last[0].plain if last else "") or document.head.title or LABEL
    left = [block for block in before if block not in last and not aside(block)]
    introduction = [block for block in left if len(block.text) > 100]
    short = [
        b for b in left if len(b.text) <= 100 and not SESSION.fullmatch(b.text.strip(" :")) and not VENUE.search(b.text)
    ]
    day = next((date_in(block.text) for block in before if len(block.text) < 120 and date_in(block.text)), None)
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
