"""Text that holds more than text: what :mod:`tui.exports.reading` gives and every encoder takes."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_SPAN = 0x100000
"""The first placeholder; plane 16 is private use, so no text has a meaning there."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece that is more than text: its TeX, its words, and whether its braces do no more than protect capitals."""

    tex: str
    plain: str
    group: bool = False

    @property
    def math(self) -> bool:
        """Whether it is a formula."""
        return self.tex.startswith("{$")


@dataclass(frozen=True, slots=True)
class Prose:
    """Text with placeholders, from :data:`FIRST_SPAN` on, for its spans."""

    text: str
    spans: tuple[Span, ...] = ()

    def span(self, char: str) -> Span | None:
        """Return the span that *char* stands for, or None for a character of text."""
        place = ord(char) - FIRST_SPAN
        return self.spans[place] if 0 <= place < len(self.spans) else None

    @property
    def plain(self) -> str:
        """The words, with each span as it would be read out."""
        if not self.spans:
            return self.text
        return "".join(span.plain if (span := self.span(char)) else char for char in self.text)
