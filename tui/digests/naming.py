"""The title that a line, an item, a row or a heading evidently gives the first paper that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from tui.digests import tables
from tui.digests.blocks import Anchor, Block
from tui.digests.bylines import is_byline
from tui.digests.mentions import (
    Mention,
    bare,
    bold_title,
    is_named,
    is_titular,
    line_title,
    linked_title,
    mentions,
    quoted_title,
    reference_title,
)
from tui.digests.once import kept
from tui.digests.statements import is_label, is_link_line
from tui.text import clean

_AFTER_TITLE = re.compile(
    r"[\s*_,.]{0,6}\(?((?:1[5-9]|20)\d\d)\)?[,.:]?\s{0,3}(?:by )?([^\[\]()|]{0,400}?)[,.\s]{0,4}(?:[\[(|]|$)"
)


_SENTENCE = re.compile(
    r"(?<![\s(.][A-Za-z])(?<!\bal)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\bFig)(?<!\bDr)(?<!\bMr)(?<!\bNo)"
    r"[.!?…][\"”’»)\]]{0,3}\s{1,4}(?=[\"“‘«(\[]{0,2}[^\W_a-z])|[。！？]"
)


def title_of(
    blocks: Sequence[Block], index: int, named: Sequence[Mention], head: Mapping[str, int] | None
) -> tuple[str | None, tables.Cells | None, Block]:
    """Return the title that the block at *index* gives its first paper, its cells where it is a table's row, and the
    block that the title stands in, which may be one above."""
    block = blocks[index]
    if block.kind == "row" and head:
        places = tables.cells(block, head)
        return cell_title(block, *places.get("title", (0, 0))), places, block
    linked = linked_title(named[0]) or _leading_label(block, named[0])
    if block.kind == "heading":
        return linked or bare(block.text), None, block
    bold = bold_title(block)
    if bold and bold[0] <= named[0].start:
        return bold[2], None, block
    if not linked and is_link_line(block):
        title, above = line_above(blocks, index) or (None, block)
        return title, None, above
    return linked or _plain_title(block, named), None, block


def _leading_label(block: Block, mention: Mention) -> str | None:
    """Return the linked words that a list's item begins with, or that are all of a line: a short title is one there."""
    label = bare(mention.label) if mention.label else ""
    text = bare(block.text)
    if not is_named(label) or not text.startswith(label):
        return None
    leads = block.kind in ("item", "numbered") and not is_byline(label)
    return label if leads or text == label else None


def cell_title(block: Block, start: int, end: int) -> str | None:
    """Return the title in a cell: its words in bold, a link's that can be one, or what it begins with."""
    bold = next((bare(words) for at, _, words in block.bold if start <= at < end), None)
    labels = (bare(anchor.label) for anchor in block.links if start <= anchor.start < end)
    return bold or next(filter(is_titular, labels), None) or _first_words(block.text[start:end])


def _first_words(cell: str) -> str | None:
    """Return the title that a cell begins with, where two blanks or a sentence follow it, else the whole cell."""
    first = re.split(r"(?<=\S)(?:\s{2,20}|\xa0)(?=\S)", cell.strip(), maxsplit=1)[0]
    words = bare(first)
    return words if 0 < len(words) <= 300 else None


def _plain_title(block: Block, named: Sequence[Mention]) -> str | None:
    if len({mention.key for mention in named}) > 1 and len(block.text) > 400:
        return None
    if reference := reference_title(block.text[: named[0].start]):
        return reference[1]
    quoted = quoted_title(block.text)
    if quoted or block.kind in ("item", "numbered", "row") or len(block.text) < 250:
        return quoted or line_title(block, named)
    return None


def line_above(blocks: Sequence[Block], index: int) -> tuple[str, Block] | None:
    """Return the title in the line above a line of links, or two above where authors stand between, and its block."""
    for above in (blocks[index - back] for back in (1, 2) if index >= back):
        if above.kind in ("row", "image") or mentions(above):
            return None
        plain = bare(above.text)
        if above.kind == "heading" or (is_titular(plain) and not above.plain.endswith((".", ":"))):
            return (plain, above) if len(plain) > 2 else None
        bold = bold_title(above)
        if title := quoted_title(above.text) or (bold[2] if bold else None):
            return title, above
        if not is_byline(above.plain):
            return None
    return None


def after_by(block: Block, title: str) -> str | None:
    """Return the words that follow a title and ``by``."""
    at = block.text.find(title)
    match = re.match(r"[\"”“»«’*_,.\s]{0,8}\(?by\s+(?=\S)", block.text[at + len(title) :][:40]) if at >= 0 else None
    return block.text[at + len(title) + match.end() :] if match else None


def after_title(block: Block, title: str | None) -> re.Match[str] | None:
    """Return year and authors that stand right behind the title: ``**Title** (2015), G. Hinton et al.``"""
    at = block.text.find(title) if title else -1
    return _AFTER_TITLE.match(block.text[at + len(title or "") :][:600]) if at >= 0 else None


def sentences_of(block: Block, named: Sequence[Mention], keys: Set[str]) -> str:
    """Return the sentences of *block* that speak of the paper whose mentions have *keys*.

    A sentence without a mention goes on about the paper of the one before it, and those before the first lead to the
    first. Where two papers share a sentence, both have it.
    """
    ends = [match.end() for match in _SENTENCE.finditer(block.text)]
    owners: set[str] = next(({named[0].key} for _ in named), set())
    kept: list[str] = []
    place = 0
    for start, end in pairwise([0, *ends, len(block.text)]):
        own: set[str] = set()
        while place < len(named) and named[place].start < end:
            own.add(named[place].key)
            place += 1
        owners = own or owners
        if owners & keys:
            kept.append(block.text[start:end])
    return clean(" ".join(kept))


def _is_button(block: Block, anchor: Anchor) -> bool:
    """Return whether the words of a link are none of the sentence that it stands in: a label, or in a list anything."""
    if block.kind not in ("text", "quote"):
        return True
    bracketed = block.text[: anchor.start].rstrip()[-1:] in ("[", "(", "|")
    return is_label(anchor.label, empty=True) and (
        bracketed or not re.search(r"\w\W{0,3}$", block.text[: anchor.start])
    )


def said_of(block: Block, title: str | None, row: tables.Cells | None, after: re.Match[str] | None) -> str:
    """Return what *block* says besides the labels of its links, its title, and the authors behind that."""
    if row is None:
        text = _unbuttoned(block)
    else:
        start, end = row.get("title", (0, 0))
        text = _without_buttons(block, start, end)
    if title and bare(text).startswith(title) and (at := text.find(title)) >= 0:
        text = text[at + len(title) + (after.end() if after else 0) :]
    elif row is None:
        return _said(block)
    return _tidied(text)


@kept
def _said(block: Block) -> str:
    # A line may name forty papers, and says the same of each.
    return _tidied(_unbuttoned(block))


@kept
def _unbuttoned(block: Block) -> str:
    return _without_buttons(block, 0, len(block.text))


def _without_buttons(block: Block, start: int, end: int) -> str:
    """Return the words of *block* from *start* to *end* without those that only name what they link to."""
    text = block.text
    for anchor in reversed(block.links):
        if start <= anchor.start < end and not is_titular(bare(anchor.label)) and _is_button(block, anchor):
            text, end = text[: anchor.start] + text[anchor.end :], end - (anchor.end - anchor.start)
    return text[start:end]


def _tidied(text: str) -> str:
    text = clean(re.sub(r"\[\s*\]|\(\s*\)", "", text))
    return text.strip(' \t:;,-–—|·•*_"”“[]')
