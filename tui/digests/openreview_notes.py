"""The notes that OpenReview's pages are made of: where each begins, and what each line under its title is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tui.digests.blocks import Anchor, Block
from tui.digests.bylines import is_byline
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.statements import is_link_line

_FORUM = re.compile(
    r"https?://(?:dev\.|www\.)?openreview\.net/(?:forum|references/pdf)\?(?:[^#]{0,200}&)?id=[\w-]{5,60}"
)
_META = re.compile(
    r"(?:published|submitted|created|last modified|modified|edited)\s?:|\d{1,2} \w{3,9} \d{4}\s?\((?:modified|edited)\b"
    r"|readers\s?:|\d{1,4} repl(?:y|ies)\b|(?:cc (?:by|0)|license)\b|everyone$|bibtex$|pdf$|\d{1,2} \w{3,9} \d{4}$",
    re.IGNORECASE,
)
SURE = re.compile(r"(?:published|submitted|last modified|modified)\s?:|\(modified:|readers\s?:\s?\W{0,9}everyone", re.I)
_REPLIES = re.compile(r"(\d{1,4}) repl(?:y|ies)\b", re.IGNORECASE)
_FIELD = re.compile(
    r"(abstract|tl;?dr|keywords?|primary(?: subject)? area|subject areas?|submission(?: number| type)?|track|code"
    r"|one-sentence summary|supplementary materials?|authorids|venueid|decision|comment|student paper"
    r"|confirmation|reproducibility|code of ethics|submission guidelines|anonymous url|paper ?hash|community"
    r"|no acknowledgement section|assigned action editor|changes since last submission|title|authors|pdf"
    r"|data|dataset|software|video|website|previous url|certifications?|other [\w ]{3,40})\s?[:：]\s*",
    re.IGNORECASE,
)
_TOGGLE = re.compile(
    r"(?:show|hide) (?:details|abstract|more)|download pdf|(?:view|add|hide) all.{0,40}|revisions?|back to .{0,80}",
    re.I,
)
_NO_VENUE = re.compile(
    r"(?:published|submitted|created|last modified|modified|edited)\s?:\s?[\w.]{1,9} [\w.]{1,9},? \d{4},?"
    r"|\d{1,2} \w{3,9} \d{4}\s?\((?:modified|edited):?[^()]{0,40}\)|readers\s?:\s?.{0,80}"
    r"|\d{1,4} repl\w{1,4}.{0,40}|cc (?:by|0)[\w .-]{0,20}|everyone.{0,60}|bibtex|\brevisions\b",
    re.IGNORECASE,
)
VENUE = re.compile(r"(?P<name>.{2,80}?)\s(?P<year>(?:19|20)\d\d)(?:\s(?P<kind>[^:]{2,60}))?")


"""``ICLR 2024 oral``."""


@dataclass
class Note:
    """A note as far as it was read: what stands under its title, the fields in their order, and what stands in none."""

    title: str
    block: Block
    own: list[Block]
    names: str = ""
    date: str | None = None
    venue: str | None = None
    metrics: dict[str, int] = field(default_factory=dict)
    fields: list[tuple[str, list[Block]]] = field(default_factory=list)
    loose: list[Block] = field(default_factory=list)


def prepared(document: Document) -> list[Block]:
    """Return the blocks of *document* without the site's furniture."""
    return [block for block in document.blocks if not block.furniture and block.kind not in ("image", "rule")]


def forum(block: Block) -> Anchor | None:
    """Return the link of a title in *block*: to a forum, and with words of its own."""
    for anchor in block.links:
        label = anchor.label.strip()
        if _FORUM.match(anchor.url) and "noteid=" not in anchor.url.lower() and anchor.start <= 3 and label:
            return None if _META.match(label) or _TOGGLE.fullmatch(label) else anchor
    return None


def titles(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield where notes begin: at titles that are links, or, in a text that lost its links, two lines above a date."""
    linked = [index for index, block in enumerate(blocks) if forum(block)]
    own = [index for index in linked if blocks[index].kind == "heading"] or linked
    if own:
        yield from own
        return
    last = -1
    for index, block in enumerate(blocks):
        if index and len(block.text) <= 300 and SURE.search(block.text):
            title = _title_above(blocks, index)
            if title > last:
                last = title
                yield title


def _title_above(blocks: Sequence[Block], index: int) -> int:
    """Return where the title stands that the dates at *index* are of: above the authors, or the heading; -1 if none."""
    names = index - 2 if is_venue(blocks[index - 1]) else index - 1
    if names > 0 and is_byline(blocks[names].plain):
        title = blocks[names - 1]
        if (
            title.kind != "heading"
            and 3 < len(title.text) <= 300
            and not (_META.match(title.text) or _TOGGLE.fullmatch(title.plain))
        ):
            return names - 1
    # A paper's own page has its title and its authors as headings.
    above = range(index - 1, max(-1, index - 6), -1)
    headings = (each for each in above if blocks[each].kind == "heading")
    return next((each for each in headings if not _is_names(blocks[each])), -1)


def note_of(blocks: Sequence[Block]) -> Note:
    """Return the note whose title and lines are *blocks*."""
    anchor = forum(blocks[0])
    note = Note(anchor.label if anchor else blocks[0].plain, blocks[0], [blocks[0]])
    # Where names of fields are bold, a paragraph that begins with "Code:" is no field.
    in_bold = any(_bold_name(block) for block in blocks[1:])
    for block in blocks[1:]:
        if name := _bold_name(block) if in_bold else _name(block):
            note.fields.append((name[0], [_behind(block, name[1])]))
        elif block.links or not _TOGGLE.fullmatch(block.plain):
            _sort(note, block)
    return note


def _sort(note: Note, block: Block) -> None:
    """Put a line that begins no field where it belongs."""
    if _is_meta(block):
        _meta(note, block)
    elif note.fields:
        note.fields[-1][1].append(block)
    elif is_link_line(block):
        note.own.append(block)
    elif not note.names and _is_names(block):
        note.names = block.plain
    elif not note.venue and is_venue(block):
        note.venue = block.plain
    else:
        note.loose.append(block)


def _name(block: Block) -> tuple[str, int] | None:
    match = _FIELD.match(block.text) if len(block.text) <= 20_000 else None
    return (match[1], match.end()) if match else None


def _behind(block: Block, start: int) -> Block:
    return Block(block.text[start:].strip(), block.line, gap=True, links=block.links)


def _is_meta(block: Block) -> bool:
    return len(block.text) <= 300 and bool(_META.match(block.text) or SURE.search(block.text))


def _is_names(block: Block) -> bool:
    profiles = any("/profile?" in anchor.url for anchor in block.links)
    return profiles or is_byline(block.plain) or block.plain.lower() == "anonymous"


def _bold_name(block: Block) -> tuple[str, int] | None:
    """Return the name of a field that stands in bold before its value, and where the value begins."""
    for start, end, words in block.bold:
        if start == 0 and end <= 80 and words.rstrip().endswith((":", "：")):
            return words.rstrip(" :："), end
    return None


def _meta(note: Note, block: Block) -> None:
    """Take in a line of dates, venue, readers and replies; a copied text has them all in one."""
    text = block.plain
    note.own.append(block)
    note.date = note.date or date_in(text)
    if match := _REPLIES.search(text):
        note.metrics.setdefault("replies", int(match[1]))
    rest = _NO_VENUE.sub(" ", text)
    rest = rest.strip(" ,;·|-")
    if rest and not note.venue and VENUE.fullmatch(rest):
        note.venue = rest


def is_venue(block: Block) -> bool:
    """Return whether *block* names a venue and its year, and nothing else."""
    return len(block.text) <= 120 and bool(VENUE.fullmatch(block.plain))
