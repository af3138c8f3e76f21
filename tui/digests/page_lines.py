"""Blocks of a web page as they are written, and as lines of Markdown."""

from __future__ import annotations

import re

from tui.digests.blocks import ODD, Anchor, Block, Kind

_MARKS = {"item": "- ", "quote": "> ", "row": "| "}
_LISTED = frozenset(["item", "row"])
_BLANK = re.compile(r"\s+")
_ASCII = bytes(range(0x20, 0x7F))
_new = object.__new__


class Lines:
    """Blocks that are complete with their lines, and the pieces of the one that is being written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._ends_blank = True
        self._gap = True
        self._items = 0
        self._item_begins = False

    def _add(self, words: str) -> None:
        """Write *words*, each run of blanks as one."""
        if words.isspace():
            words = " "
        elif not words.isascii():
            words = _BLANK.sub(" ", words.translate(ODD))
        elif "  " in words or words.encode().translate(None, _ASCII):
            words = _BLANK.sub(" ", words)
        if self._ends_blank and words[:1] == " ":
            words = words[1:]
        if words:
            self._pieces.append(words)
            self._length += len(words)
            self._ends_blank = words[-1] == " "

    def _since(self, start: int) -> str:
        """Return what was written of the block from *start* on."""
        at, first = self._length, len(self._pieces)
        while at > start:
            first -= 1
            at -= len(self._pieces[first])
        return "".join(self._pieces[first:])[start - at :]

    def _write(
        self,
        text: str,
        kind: Kind,
        level: int,
        links: tuple[Anchor, ...],
        quote: int,
        furniture: bool,
        spans: tuple[tuple[int, int], ...] | None,
    ) -> None:
        lines = self.lines
        if self._gap and lines and not (kind in _LISTED and kind == self.blocks[-1].kind):
            lines.append("")
        lines.append(_marked(text, kind, level, links))
        # As the class itself makes it, in a third of the time.
        block = _new(Block)
        block.__dict__.update(
            text=text, line=len(lines), kind=kind, level=level, gap=self._gap, links=links, quote=quote,
            furniture=furniture, spans=spans, indent=max(0, 2 * self._items - 1 - self._item_begins),
        )  # fmt: skip
        self.blocks.append(block)
        self._gap = self._item_begins = False


def _marked(text: str, kind: Kind, level: int, links: tuple[Anchor, ...]) -> str:
    """Return a block as a line of Markdown, its links spelled out."""
    if kind == "image":
        return f"![{text}]({links[0].url})"
    if links:
        text = _spelled_out(text, links)
    if kind == "heading":
        return f"{'#' * level} {text}"
    return _MARKS[kind] + text if kind in _MARKS else text


def _spelled_out(text: str, links: tuple[Anchor, ...]) -> str:
    pieces: list[str] = []
    at = 0
    for anchor in links:
        words = text[anchor.start : anchor.end].strip()
        # A link may be said to stand in another, and then the first is written.
        if anchor.start >= at and words != anchor.url:
            pieces += [text[at : anchor.start], f"[{words}]({anchor.url})"]
            at = anchor.end
    return "".join([*pieces, text[at:]])
