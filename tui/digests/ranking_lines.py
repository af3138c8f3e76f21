"""The lines of a ranking: numbered titles, authors, counts, categories; told apart, and made whole where broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, split_names
from tui.digests.paragraphs import begins_sentence, fills, width
from tui.digests.posts import attribution

NUMBERED = re.compile(r"(\d{1,3})[.)]\s{1,4}(\S.{0,600})")
"""A numbered line: the number, and the words behind it."""
_COUNT = re.compile(r"([A-Za-z][A-Za-z ]{1,24}):\s{0,3}(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?=\s|,|;|\||$)")
_COUNTED = re.compile(
    r"retweets?|favou?rites?|likes?|reposts?|replies|stars?|comments?|upvotes?|quotes?|bookmarks?", re.I
)
_CATEGORY = re.compile(
    r"[a-z]{1,8}(?:-[a-z]{2,5})?\.[A-Za-z]{2,4}(?:-[a-z]{2,5})?|(?:hep-(?:th|ph|ex|lat)|gr-qc|quant-ph|math-ph"
    r"|nucl-(?:th|ex)|astro-ph|cond-mat|q-bio|q-fin)"
)


def counts(block: Block) -> dict[str, int]:
    """Return the counts that a line such as ``retweets: 96, favorites: 36 (…)`` states, or nothing."""
    if len(block.text) > 200 or ":" not in block.text:
        return {}
    found = {match[1].strip().lower(): int(match[2].replace(",", "")) for match in _COUNT.finditer(block.text)}
    return found if found and all(_COUNTED.fullmatch(name) for name in found) else {}


def categories(block: Block) -> tuple[str, ...]:
    """Return the arXiv categories that *block* lists, if it lists nothing else: ``cs.CY | cs.CL``."""
    parts = tuple(re.split(r"(?:(?<!\s)\s++)?[|,·]\s*", block.text.strip())) if len(block.text) < 300 else ()
    return parts if parts and all(_CATEGORY.fullmatch(part) for part in parts) else ()


def is_authors(block: Block) -> bool:
    """Return whether *block* is a line of authors, and stands in no post."""
    return not block.quote and block.kind == "text" and is_byline(block.text)


def whole_heads(blocks: Sequence[Block]) -> tuple[list[Block], frozenset[int]]:
    """Join numbered titles and lists of authors that were broken over lines; return the lines that begin something."""
    broken_at = width(blocks)
    joined: list[Block] = []
    heads: set[int] = set()
    index = 0
    while index < len(blocks):
        block, index = blocks[index], index + 1
        if broken_at and NUMBERED.match(block.text):
            title, index = _broken(blocks, index - 1, broken_at, _is_more_title)
            joined.append(title)
            if index < len(blocks) and is_authors(blocks[index]):
                heads.add(blocks[index].line)
                block, index = _broken(blocks, index, broken_at, _is_more_authors)
                joined.append(block)
            if index < len(blocks):
                heads.add(blocks[index].line)
        else:
            joined.append(block)
    return joined, frozenset(heads)


def _broken(
    blocks: Sequence[Block], start: int, broken_at: int, goes_on: Callable[[Sequence[Block], int, Block], bool]
) -> tuple[Block, int]:
    """Return the block at *start* with the lines that go on with it, and where the next one stands."""
    whole, index = blocks[start], start + 1
    while index < len(blocks) and fills(blocks[index - 1], blocks[index], broken_at) and goes_on(blocks, index, whole):
        whole, index = replace(whole, text=f"{whole.text} {blocks[index].text}"), index + 1
    return whole, index


def _is_more_title(blocks: Sequence[Block], index: int, whole: Block) -> bool:
    """Return whether authors stand below the line at *index* and it is none of them itself."""
    block = blocks[index]
    if len(whole.text) > 300 or counts(block) or (len(split_names(block.text)[0]) > 1 and is_authors(block)):
        return False
    return any(is_authors(each) for each in blocks[index + 1 : index + 2]) or not is_authors(block)


def _is_more_authors(blocks: Sequence[Block], index: int, whole: Block) -> bool:
    return is_byline(f"{whole.text} {blocks[index].text}")


def begins(blocks: Sequence[Block], index: int, heads: frozenset[int]) -> bool:
    """Return whether the line at *index* always begins one: authors below a title, what stands below them."""
    block = blocks[index]
    if block.line in heads:
        return True
    if begins_sentence(blocks, index) and _is_first_of_post(blocks, index):
        return True
    if (
        attribution(blocks[min(index + 1, len(blocks) - 1)])
        and "https://t.co/" in block.text
        and block.text[0].isupper()
    ):
        # Some abstracts end without a point.
        return True
    return bool(
        NUMBERED.match(block.text)
        or block.kind in ("item", "heading", "quote")
        or attribution(block)
        or counts(block)
        or re.match(r"(?:pdf|abs|code|project page|links?|paper)\s?:", block.text, re.IGNORECASE)
    )


def _is_first_of_post(blocks: Sequence[Block], index: int) -> bool:
    """Return whether an attribution stands below the line at *index*, or below the one sentence that it begins."""
    for below in range(index + 1, min(index + 4, len(blocks))):
        if attribution(blocks[below]):
            return True
        if begins_sentence(blocks, below):
            return False
    return False
