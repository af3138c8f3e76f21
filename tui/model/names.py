"""A person's name: in its parts, as a record keeps it, and as a reader sees it."""

from __future__ import annotations

import re

from tui.frozen import dataclass
from tui.patterns import later
from tui.text import shown

_SUFFIX = later(r"(?:jr|sr|i{1,3}|iv|v)\.?", re.IGNORECASE)
_COMPANY = later(r"(?:inc|ltd|llc|corp|co|gmbh|ag|s\.a|plc)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A person's name in its parts, or an organisation's as ``family`` alone."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def shown(self) -> str:
        """The name as readers see it: ``Given Family Suffix``."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def kept(self) -> str:
        """The name as a record keeps it: as shown, and with commas where that would not tell the family name."""
        if not self.given:
            return self.shown
        if self.suffix:
            return f"{self.family}, {self.suffix}, {self.given}"
        words = self.family.split()
        while len(words) > 1 and words[0][:1].islower():
            words.pop(0)
        return self.shown if len(words) == 1 else f"{self.family}, {self.given}"


def shown_name(kept: str) -> str:
    """Return the display form of a name that a record keeps: ``García Márquez, Gabriel`` is Gabriel García Márquez."""
    parts = [part.strip() for part in shown(kept).split(",")]
    if len(parts) == 2 and all(parts) and not _COMPANY.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}" if _SUFFIX.fullmatch(parts[1]) else f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and all(parts) and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return ", ".join(parts)


def others(unshown: int, unnamed: int) -> str:
    """Return the words for authors that a list leaves out: *unshown* names, and *unnamed* ones of which none is known.

    One unnamed author is also how a record keeps "et al." (BibTeX's ``and others``), which counts nobody.
    """
    if unnamed == 1:
        return f"{unshown:,} or more others" if unshown else "et al."
    return f"{unshown + unnamed:,} more" if unshown + unnamed else ""
