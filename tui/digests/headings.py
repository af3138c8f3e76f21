"""The headings of lists and tables of papers: which is the issue's own, which are categories; and what leads about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.digests.blocks import Block
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.mentions import bare, mentions
from tui.text import fold

MAX_DEPTH = 6

_NO_CATEGORY = re.compile(
    r"(?:the )?(?:full )?(?:papers?|paper list|list(?: of papers)?|papers? lists?|(?:table of )?contents?|toc|overview"
    r"|index|catalogu?e|main|updates?|latest papers|news|references|bibliography)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\W{0,4}(?:back to (?:the )?top|table of contents?|contents?|toc|目录|usage(?: instructions)?\b.{0,80})\W{0,4}",
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"\]\(\s{0,3}(?!https?:)[^()\s]{0,300}\)|<a\s{1,3}(?:href|name|id)\s{0,2}=")
_UPDATED = re.compile(r"\b(?:updat|as of|generat|publish|date)", re.IGNORECASE)
_EDGE = " -–—:|,·#()[]"
_DATE = re.compile(
    r"(?:(?:last )?updated?(?: on| at)?|as of|of|for)?[\s:]{0,3}(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,9} \d{4})",
    re.IGNORECASE,
)


class Headings:
    """The headings that the reader stands under, from the outermost to the innermost; the issue's *title* is none."""

    def __init__(self, title: Block | None) -> None:
        self._title = title
        self._stack: list[Block] = []

    def enter(self, block: Block) -> None:
        """Go on below the heading *block*."""
        while self._stack and self._stack[-1].level >= block.level:
            self._stack.pop()
        if block is not self._title:
            self._stack.append(block)

    @property
    def path(self) -> tuple[str, ...]:
        """The words of the headings that say what the papers below are about."""
        words = (category(block) for block in self._stack[-MAX_DEPTH:])
        return tuple(dict.fromkeys(filter(None, words)))


def category(block: Block) -> str:
    """Return what the heading *block* says that papers are about, or nothing where it says no such thing."""
    words = re.sub(r"^[^\w(\[\"“«$#+]{1,8}", "", bare(block.text))
    return "" if _NO_CATEGORY.fullmatch(words) or _DATE.fullmatch(words) or len(words) > 120 else words


def title_heading(blocks: Sequence[Block]) -> Block | None:
    """Return the heading that names the issue: the first one, unless papers stand above it or others are as high."""
    heads = [block for block in blocks if block.kind == "heading"]
    if not heads or mentions(heads[0]):
        return None
    first = heads[0]
    lone = all(block.level > first.level for block in heads[1:])
    early = all(not mentions(block) for block in blocks if block.line < first.line)
    if not early:
        return None
    return first if lone or first.level == 1 or _DATE.search(first.plain) else None


def heading_words(block: Block) -> str:
    """Return the words of the heading *block* without the badges behind them."""
    text = block.text
    for anchor in reversed(block.links):
        if anchor.start > 0 and anchor.end == len(text.rstrip()) and not mentions(block):
            text = text[: anchor.start]
    return bare(text) or block.plain


def is_navigation(block: Block) -> bool:
    """Return whether *block* leads about within a file or a repository and says nothing else."""
    text = block.text
    if not text or block.kind == "image" or _ABOUT.fullmatch(block.plain[:200]):
        return True
    if len(text) < 300 and not block.addresses and _NOWHERE.search(text):
        return True
    return bool(block.links) and not _besides(block) and not mentions(block)


def _besides(block: Block) -> bool:
    """Return whether *block* has words besides those that are linked: badges and menus have none."""
    done = 0
    for anchor in block.links:
        if re.search(r"[^\W\d_]", block.text[done : anchor.start]):
            return True
        done = anchor.end
    return bool(re.search(r"[^\W\d_]", block.text[done:]))


def issue_date(document: Document | None, title: Block | None, above: Iterable[Block]) -> str | None:
    """Return the day of an issue: of its heading, of a line above its papers that says when, or of the file."""
    if title is not None and (day := date_in(title.plain)):
        return day
    for block in above:
        if (
            len(block.text) < 120
            and (day := date_in(block.plain))
            and (_UPDATED.search(block.text) or len(block.text) < 30)
        ):
            return day
    return document.head.date if document else None


def series_of(title: str) -> str | None:
    """Return *title* without its date, or None where it is nothing else."""
    rest = _DATE.sub("", title).strip(_EDGE)
    return rest if len(rest) > 3 and fold(rest) not in ("updated", "daily", "papers") else None
