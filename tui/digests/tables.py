"""Tables of papers: which column holds title, authors, date and the rest, as the row above them says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.blocks import Block
from tui.digests.mentions import bare
from tui.text import clean, fold

_COLUMNS = {
    "title": (
        *("title", "paper title", "paper name", "title & authors", "title and authors", "titel", "titre", "titulo"),
        *(
            "标题",
            "题目",
            "論文名",
            "タイトル",
            "العنوان",
            "paper",
            "papers",
            "article",
            "name",
            "work",
            "论文",
            "論文",
        ),
    ),
    "authors": ("authors", "author", "by", "autoren", "auteurs", "autores", "作者", "著者", "المؤلفون"),
    "date": (
        *("publish date", "publication date", "published", "date", "submitted", "submission date", "updated"),
        *("datum", "fecha", "日期", "日付", "التاريخ"),
    ),
    "year": ("year", "jahr", "année", "año", "年份", "年"),
    "venue": ("venue", "conference", "journal", "publication", "published in", "venue & year", "source", "会议"),
    "abstract": ("abstract", "summary", "tl;dr", "tldr", "description", "zusammenfassung", "résumé", "摘要", "要旨"),
    "note": ("comment", "comments", "note", "notes", "remarks", "key idea", "highlights"),
}

_KNOWN = {name: tuple(map(fold, words)) for name, words in _COLUMNS.items()}

_BUTTON = re.compile(
    r"(?:(?:click |tap )?(?:to )?(?:show|expand|abstract|details|read)(?: more| abstract)?)\W{0,3}\s+(?=\S)",
    re.IGNORECASE,
)
_CUT = re.compile(r"(\S.{0,60}?)\s?(?:\.\.\.|…)\s+(?=\S)")
_NOTHING = frozenset(["", "-", "–", "—", "null", "none", "n/a", "nan", "tbd", "todo", "/"])

Cells = Mapping[str, tuple[int, int]]
"""Where the named cells of a row stand in its text."""


def columns(block: Block) -> dict[str, int] | None:
    """Return which column holds what, if *block* is the head of a table of papers, else None."""
    names = [fold(bare(block.text[start:end])) for start, end in block.cells]
    places = {name: index for index, name in reversed(list(enumerate(names)))}
    # Of two columns that could hold the same, such as "Title" and "Paper", the plainer name holds it.
    stated = {name: [places[word] for word in words if word in places] for name, words in _KNOWN.items()}
    found = {name: indices[0] for name, indices in stated.items() if indices}
    return found if "title" in found and len(names) > 1 and all(len(name) < 40 for name in names) else None


def cells(block: Block, head: Mapping[str, int]) -> Cells:
    """Return where the cells that *head* names stand in the row *block*."""
    places = block.cells
    return {name: places[index] for name, index in head.items() if index < len(places)}


def cell(block: Block, places: Cells, name: str) -> str:
    """Return the words of a cell, or an empty string where the row has none such."""
    return words_in(block, places[name]) if name in places else ""


def words_in(block: Block, place: tuple[int, int]) -> str:
    """Return the words between the two places of a cell, without the button that unfolds them."""
    words = clean(block.text[place[0] : place[1]].replace("\\|", "|"))
    words = _BUTTON.sub("", words, count=1)
    cut = _CUT.match(words)
    if cut and words[cut.end() :].startswith(cut[1]):
        # A summary that is the beginning of what it unfolds.
        words = words[cut.end() :]
    return "" if words.lower() in _NOTHING else words
