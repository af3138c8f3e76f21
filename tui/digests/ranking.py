"""The ranking with quoted posts: numbered titles, authors, counts, links, categories, abstract, posts on each paper.

``Hot Papers 2021-02-26`` is one. A post's attribution (``— Name (@handle) February 26, 2021``) stands after its first
line where a page was copied as text, and after its last line on the page itself; both are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui.digests.blocks import Block
from tui.digests.bylines import is_name, split_names
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.paragraphs import gaps_tell, prose, unwrapped, width
from tui.digests.posts import attribution, posts_in, signed_last
from tui.digests.ranking_lines import NUMBERED, begins, categories, counts, is_authors, whole_heads
from tui.digests.statements import identifiers_in, links_of, remarks, without_sign_off
from tui.identifiers import identify
from tui.model import Entry, Issue

NAME = "ranking"
LABEL = "Ranking with posts"
SERIES = "Hot Papers"

_DAY_BEHIND = re.compile(r"(?:(?<![\s\-–—:|,])[\s\-–—:|,]++)?(?:\d{4}-\d{2}-\d{2}|\w{3,9} \d{1,2},? \d{4})\s*$")
_LINK_LINE = re.compile(r"links?\s{0,3}:", re.IGNORECASE)


@dataclass
class _Part:
    """The blocks of one numbered entry, sorted by what they are."""

    number: int
    title: Block
    authors: list[Block] = field(default_factory=list)
    facts: list[Block] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Return whether numbered titles stand here with counts of retweets, or with posts that are quoted."""
    blocks = [block for block in document.blocks if not block.furniture]
    numbered = any(NUMBERED.match(block.text) for block in blocks)
    return numbered and any(counts(block) or attribution(block) for block in blocks)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the ranking as one issue; entries keep the ranking's order."""
    blocks = [block for block in document.blocks if not block.furniture]
    if document.markup == "text":
        blocks, heads = whole_heads(blocks)
        blocks = list(unwrapped(blocks, lambda index: begins(blocks, index, heads), width(document.blocks)))
    starts = _starts(blocks)
    if not starts:
        return ()
    blocks, taken_leave = without_sign_off(blocks)
    parts = [
        _sorted(blocks[start:end], number)
        for (number, start), end in zip(starts, [*(at for _, at in starts[1:]), len(blocks)], strict=True)
    ]
    trust = document.markup == "html" or gaps_tell(blocks)
    last = signed_last([(part.title.text, part.rest) for part in parts])
    entries = tuple(_entry(part, trust, last) for part in parts)
    return (_issue(document, blocks[: starts[0][1]], entries, taken_leave),)


def _starts(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return number and place of each numbered title: those that carry the count on, and have authors below them.

    Posts and abstracts hold numbered lines of their own; where two lines carry the count on, the one with authors or
    counts below it is the title.
    """
    places: dict[int, list[int]] = {}
    headings = any(block.kind == "heading" and NUMBERED.match(block.text) for block in blocks)
    for index, block in enumerate(blocks):
        if (not headings or block.kind == "heading") and (match := NUMBERED.match(block.text)):
            places.setdefault(int(match[1]), []).append(index)
    found: list[tuple[int, int]] = []
    number, after = min(places, default=1), -1
    while number in places:
        later = [index for index in places[number] if index > after]
        nearest = next((index for index in later if _is_title(blocks, index)), None)
        if (
            nearest is None
            and later
            and any(_is_title(blocks, each) for each in places.get(number + 1, ()) if each > later[0])
        ):
            # Neither authors nor abstract stand below it, but the count goes on behind it.
            nearest = later[0]
        if nearest is None:
            break
        found.append((number, nearest))
        number, after = number + 1, nearest
    return found


def _is_title(blocks: Sequence[Block], index: int) -> bool:
    """Return whether authors, counts or an abstract stand below the numbered line at *index*; a long title may take
    two lines.
    """
    below = blocks[index + 1 : index + 3]
    if below and len(below[0].text) > 150 and not attribution(below[0]):
        return True
    return any(counts(block) or is_authors(block) for block in below[:1]) or any(counts(block) for block in below[1:])


def _sorted(blocks: Sequence[Block], number: int) -> _Part:
    """Return the blocks of one entry as title, authors, facts and the rest: abstract and posts."""
    part = _Part(number, blocks[0])
    for index, block in enumerate(blocks[1:], 1):
        if part.rest:
            part.rest.append(block)
        elif not part.authors and not part.facts and (is_authors(block) or (index == 1 and _is_group(blocks))):
            part.authors.append(block)
        elif counts(block) or categories(block) or _LINK_LINE.match(block.text):
            part.facts.append(block)
        elif index == 1 and len(blocks) > 2 and is_authors(blocks[2]) and len(block.text) < 200:
            # The title takes two lines.
            part.title = replace(part.title, text=f"{part.title.text} {block.text}")
        else:
            part.rest.append(block)
    return part


def _is_group(blocks: Sequence[Block]) -> bool:
    """Return whether the line below the title is one name, a group's or a single word, and the abstract follows."""
    if len(blocks) < 3 or blocks[1].quote or not is_name(blocks[1].text) or len(blocks[1].text.split()) > 4:
        return False
    return bool(counts(blocks[2]) or len(blocks[2].text) > 150)


def _entry(part: _Part, trust: bool, last: bool) -> Entry:
    abstract, posts = posts_in(part.rest, part.title.text, trust=trust, last=last)
    metrics = {name: count for block in part.facts for name, count in counts(block).items()}
    authors, more = split_names(part.authors[0].text) if part.authors else ((), 0)
    title = NUMBERED.match(part.title.plain)
    own = [block for block in part.facts if _LINK_LINE.match(block.text)] + [part.title]
    return Entry(
        title=title[2] if title else part.title.plain,
        authors=authors,
        more_authors=more,
        abstract=prose(abstract) or None,
        identifiers=identifiers_in(own) or _labelled(part.rest),
        links=links_of([part.title, *part.authors, *part.facts, *part.rest]),
        posts=tuple(posts),
        categories=tuple(dict.fromkeys(name for block in part.facts for name in categories(block))),
        metrics=metrics,
        line=part.title.line,
    )


def _labelled(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the identifier that a post gives behind ``abs:`` or ``pdf:``; other addresses in posts may be others'."""
    found: dict[str, str] = {}
    for block in blocks:
        if re.match(r"(?:abs|pdf|paper|arxiv|doi)\s?:\s?http", block.text, re.IGNORECASE):
            for url, _ in block.addresses[:1]:
                if known := identify(url):
                    found.setdefault(*known)
    return found


def _issue(document: Document, before: Sequence[Block], entries: tuple[Entry, ...], after: Sequence[Block]) -> Issue:
    days = Counter(post.date for entry in entries for post in entry.posts if post.date)
    named = next((block for block in before if block.kind == "heading"), None)
    named = named or next((block for block in before if len(block.text) < 120 and date_in(block.text)), None)
    named = named or next((block for block in before if len(block.text) < 120), None)
    title = named.plain if named else document.head.title
    day = (date_in(title or "") if title else None) or document.head.date
    day = day or (days.most_common(1)[0][0] if days else None)
    series = _DAY_BEHIND.sub("", title or "") or SERIES
    others = [block for block in before if block is not named and not date_in(block.text)]
    introduction = prose([block for block in others if len(block.text) > 60])
    return Issue(
        id="",
        title=title or (f"{SERIES} {day}" if day else SERIES),
        entries=entries,
        format=NAME,
        series=series,
        date=day,
        introduction=introduction or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks([block for block in others if len(block.text) <= 60], "stands before the first paper")
        + remarks(after, "stands behind the last paper"),
    )
