"""Tables of papers: which column holds title, authors, date and the rest, as the row above them says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.blocks import Block
from tui.digests.mentions import bare
from tui.text import clean, fold

_COLUMNS = {
    "title": ("title", "paper title", "paper", "papers", "name", "article", "work"),
    "authors": ("authors", "author", "by"),
    "date": ("date", "publish date", "published", "submitted", "publication date", "updated"),
    "year": ("year",),
    "venue": ("venue", "conference", "journal", "publication", "source", "published in"),
    "abstract": ("abstract", "summary", "tl;dr", "tldr", "description"),
    "note": ("comment", "comments", "note", "notes", "remarks", "key idea", "highlights"),
}
_KNOWN = {word: name for name, words in _COLUMNS.items() for word in words}

Cells = Mapping[str, tuple[int, int]]
"""Where the named cells of a row stand in its text."""


def columns(block: Block) -> dict[str, int] | None:
    """Return which column holds what, if *block* is the head of a table of papers, else None."""
    names = [fold(bare(block.text[start:end])) for start, end in block.cells]
    found = {_KNOWN[name]: index for index, name in reversed(list(enumerate(names))) if name in _KNOWN}
    return found if "title" in found and len(names) > 1 and all(len(name) < 40 for name in names) else None


def cells(block: Block, head: Mapping[str, int]) -> Cells:
    """Return where the cells that *head* names stand in the row *block*."""
    places = block.cells
    return {name: places[index] for name, index in head.items() if index < len(places)}


def cell(block: Block, places: Cells, name: str) -> str:
    """Return the words of a cell, or an empty string where the row has none such."""
    if name not in places:
        return ""
    words = clean(block.text[places[name][0] : places[name][1]])
    words = re.sub(r"^(?:show|abstract|details)\s+(?=\S)", "", words, flags=re.IGNORECASE)
    return "" if words.lower() in ("", "-", "–", "null", "none", "n/a") else words
