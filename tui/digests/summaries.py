"""The blog's list of summarised papers: title (twice), summary, then ``December 21, 2022 · 1458 words · authors``.

What the footer counts and dates is the summary; the abstract stands between ``Abstract`` and ``Paper Content``. On the
page, the link and the picture of a post carry the paper's arXiv id. A page of one post has its footer above the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.digests.blocks import Block
from tui.digests.bylines import is_name, may_be_dotted, split_names
from tui.digests.dates import date_in, day_range, is_date
from tui.digests.document import Document
from tui.digests.paragraphs import fills, prose, unwrapped, width
from tui.digests.statements import identifiers_in, links_of, remarks
from tui.identifiers import arxiv_id
from tui.model import Entry, Issue, Section
from tui.text import clean

NAME = "summaries"
LABEL = "Summarised papers"

_DOT = re.compile(r"\s{0,9}[·•∙⋅‧|]\s{0,9}")
_WORDS = re.compile(r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,9}) words?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4}) min(?:ute)?s?(?: read(?:ing)?)?", re.IGNORECASE)
_HEADINGS = re.compile(r"(?:^|\s)(Link to paper|Abstract|Paper Content)(?=\s|$)")
_BODY = re.compile(r"Link to paper\b|Abstract(?:\s|$)|Paper Content\b|The full paper is available")
_POST_ID = re.compile(r"/(?:posts?|papers?|thumbnails|covers|images)/(\d{4})[.-](\d{4,5})(?:v\d{1,2})?(?=[/.]|$)")
_POST_LINK = re.compile(r"post link to ", re.IGNORECASE)
_FURNITURE = re.compile(
    r"«? ?prev(?:ious)?(?: page)?( next( page)? ?»?)?|next( page)? ?»?|go to top|©.{0,200}|powered by .{0,200}"
    r"|copyright .{0,200}"
    r"|\W{0,3} ?(?:archive|search|home|about|tags|menu|rss|share|page \d+|\d{1,5}(?: / \d{1,5})?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Footer:
    """What a post's footer says: date, words, minutes, authors."""

    date: str
    metrics: dict[str, int]
    authors: tuple[str, ...]
    more: int


def recognises(document: Document) -> bool:
    """Return whether a footer of date, number of words and authors stands here."""
    return any(_footer(block) for block in document.blocks)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the list as one issue; its date is the newest post's."""
    blocks = [block for block in document.blocks if not block.furniture and not _FURNITURE.fullmatch(block.text)]
    if document.markup == "text":
        blocks = _whole_footers(blocks)
        blocks = list(unwrapped(blocks, lambda index: _starts(blocks, index), width(document.blocks)))
    footers = [index for index, block in enumerate(blocks) if _footer(block)]
    if not footers:
        return ()
    above = any(_BODY.match(block.text) for block in blocks[: footers[0]])
    below = any(_BODY.match(block.text) for block in blocks[footers[0] + 1 : footers[0] + 3])
    if below and not above:
        return (_issue(document, blocks[: footers[0] - 1], [_entry(blocks[footers[0] - 1 :], 1)], ()),)
    entries: list[Entry] = []
    before: Sequence[Block] = ()
    start = 0
    for index in footers:
        end = index + 1
        while end < len(blocks) and _POST_LINK.match(blocks[end].text) and blocks[end].links:
            end += 1
        first = _title_at(blocks[start:index])
        before = blocks[:first] if not entries else before
        entries.append(_entry(blocks[start + first : end], index - start - first))
        start = end
    return (_issue(document, before, entries, blocks[start:]),)


def _starts(blocks: Sequence[Block], index: int) -> bool:
    block, above = blocks[index], blocks[max(0, index - 1)]
    if index and (_same(block, above) or (_footer(above) and not above.text.rstrip().endswith((",", "·", " and")))):
        return True
    return bool(_BODY.match(block.text) or _footer(block) or date_in(block.text[:24]) or block.kind == "heading")


def _whole_footers(blocks: Sequence[Block]) -> list[Block]:
    """Join footers whose authors were broken over lines."""
    broken_at = width(blocks)
    joined: list[Block] = []
    last = Block("", 0)
    for block, below in zip(blocks, [*blocks[1:], last], strict=False):
        above = joined[-1] if joined else None
        # A title stands twice, or above the summary.
        titled = _same(block, below) or _BODY.match(below.text)
        if above and not titled and broken_at and fills(last, block, broken_at) and _goes_on(above, block):
            joined[-1] = replace(above, text=f"{above.text} {block.text}")
        else:
            joined.append(block)
        last = block
    return joined


def _goes_on(above: Block, block: Block) -> bool:
    """Return whether *block* goes on with the names of the footer *above*."""
    before, whole = _footer(above), _footer(replace(above, text=f"{above.text} {block.text}"))
    return bool(
        before
        and whole
        and not before.more
        and whole.authors
        and all(is_name(name) and len(name.split()) <= 5 for name in whole.authors)
    )


def _footer_parts(block: Block) -> list[str] | None:
    # Few lines hold one of the signs that part a footer, and no footer is without.
    if len(block.text) > 4000 or not may_be_dotted(block.text) or not date_in(block.text[:40]):
        return None
    parts = _DOT.split(block.text.strip(" ·"))
    return parts if is_date(parts[0]) else None


def _footer(block: Block) -> _Footer | None:
    """Return what *block* says if it is a post's footer, else None."""
    parts = _footer_parts(block)
    if not parts:
        return None
    metrics: dict[str, int] = {}
    rest: list[str] = []
    for part in parts[1:]:
        if match := _WORDS.fullmatch(part):
            metrics["words"] = int(match[1].replace(",", ""))
        elif match := _MINUTES.fullmatch(part):
            metrics["minutes"] = int(match[1])
        elif part:
            rest.append(part)
    authors, more = split_names(", ".join(rest)) if rest else ((), 0)
    if not metrics and not (authors and len(rest) == 1 and all(map(is_name, authors))):
        return None
    return _Footer(date_in(parts[0]) or "", metrics, authors, more)


def _title_at(blocks: Sequence[Block]) -> int:
    """Return the place of the title among the blocks above a footer; what stands before it is the site's."""
    body = next((index for index, block in enumerate(blocks) if _BODY.match(block.text)), None)
    if body is None:
        for index in range(len(blocks) - 1):
            if _same(blocks[index], blocks[index + 1]):
                return index
        return next((index for index, block in enumerate(blocks) if block.kind == "heading"), 0)
    first = max(0, body - 1)
    while first > 0 and (_same(blocks[first - 1], blocks[first]) or blocks[first - 1].kind == "image"):
        first -= 1
    return first


def _same(one: Block, other: Block) -> bool:
    return one.plain.casefold() == other.plain.casefold()


def _entry(blocks: Sequence[Block], at: int) -> Entry:
    """Return the entry that *blocks* make, whose footer is the block with the place *at*."""
    footer = _footer(blocks[at])
    titles = [block for block in blocks[:at] if not _BODY.match(block.text)]
    title = next((block for block in titles if block.kind == "heading"), titles[0] if titles else None)
    body = [
        block
        for index, block in enumerate(blocks)
        if index != at and block.kind != "image" and not _POST_LINK.match(block.text)
        and not (title and _same(block, title))
    ]  # fmt: skip
    abstract, sections = _sections(body)
    return Entry(
        title=title.plain if title else None,
        authors=footer.authors if footer else (),
        more_authors=footer.more if footer else 0,
        date=footer.date if footer else None,
        abstract=abstract or None,
        identifiers=_identifiers(blocks, body),
        links=links_of(block for block in blocks if block.kind != "image"),
        sections=sections,
        metrics=footer.metrics if footer else {},
        line=title.line if title else blocks[0].line,
    )


def _sections(body: Sequence[Block]) -> tuple[str, tuple[Section, ...]]:
    """Return the abstract and the other sections of a summary; without headings the whole is the abstract."""
    found: dict[str, list[str]] = {}
    heading = "Abstract" if not any(_HEADINGS.search(block.text) for block in body) else "Link to paper"
    for block in body:
        pieces = _HEADINGS.split(block.text) if block.kind != "item" else [block.text]
        for index, piece in enumerate(pieces):
            # Each heading opens one section; the same word later on is the summary's own.
            if index % 2 and piece not in found and not (piece == "Abstract" and "Paper Content" in found):
                heading = piece
                found[heading] = []
            elif piece.strip():
                found.setdefault(heading, []).append(clean(piece))
    abstract = "\n".join(found.pop("Abstract", []))
    return abstract, tuple(Section(name, "\n".join(lines)) for name, lines in found.items() if lines)


def _identifiers(blocks: Sequence[Block], body: Sequence[Block]) -> dict[str, str]:
    """Return the identifiers of the post's own paper: its links' words, else the addresses of post and picture."""
    own = [block for block in body if block.text.startswith("The full paper") or "The full paper" in block.text[:60]]
    found = identifiers_in(own)
    for block in blocks:
        for url, _ in block.addresses if block.kind == "image" or _POST_LINK.match(block.text) else ():
            match = _POST_ID.search(url)
            if match and (known := arxiv_id(f"{match[1]}.{match[2]}")):
                found.setdefault("arxiv", known)
    return found


def _issue(document: Document, before: Sequence[Block], entries: Sequence[Entry], after: Sequence[Block]) -> Issue:
    days = tuple(entry.date for entry in entries if entry.date)
    titles = {entry.title for entry in entries}
    own = [
        block
        for block in before
        if block.kind != "image" and block.plain and len(block.text) <= 200 and block.plain not in titles
    ]
    named = own[0] if own else None
    title = document.head.title if document.head.title not in titles else None
    title = title or (named.plain if named else f"Summarised papers, {day_range(days)}")
    left = [block for block in before if block is not named and block.plain not in titles]
    return Issue(
        id="",
        title=title,
        entries=tuple(entries),
        format=NAME,
        date=max(days),
        introduction=prose([block for block in left if len(block.text) > 80]) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks([block for block in left if len(block.text) <= 80], "stands before the first paper")
        + remarks(after, "stands behind the last paper"),
    )
