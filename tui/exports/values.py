"""What a record's field says, brought to the form that a bibliography prints; nothing where it says nothing."""

from __future__ import annotations

import re

from tui.exports.prose import Prose
from tui.exports.reading import read
from tui.exports.words import words
from tui.patterns import later

PLACEHOLDERS = words(
    """
    none null nan undefined unknown n/a na n.a. n.d. nil todo tba tbd ? ?? ??? - -- [] {} false true [none]
    0000 xxxx untitled
    """
) | {"unknown author", "no title", "anonymous author", "not available", "no journal", "not yet known"}
"""What programs write, in lower case, where they know nothing."""

_SAYS = later(r"[^\W_]|[\u2190-\U0010ffff]")
_NUMBERS = later(r"[0-9]+(?:–[0-9]+)?")
_RANGE = later(r"(\d{1,9})(?:-|--|–)(\d{1,9})")
_PAGE_RANGE = later(r"(?:(?<!\s)\s++)?(?<![\w.:])((?=[\w.:]*\d)[\w.:]++)\s*+-\s*+((?=[\w.:]*\d)[\w.:]++)\s*")
# Crossref's names of proceedings end in the event's short name: "Proceedings of the 40th ... - ACL '02".
_SHORT_NAME = later(r"\s[-–]{1,2}\s[A-Z][\w/-]{1,15}\s?['’]\d\d$")
_OWN_YEAR = later(r"(?:(?<=\w),?\s\(?|\s['’]|\s\()((?:19|20)?\d\d)\)?$")
_ISBN = later(r"[\dXx -]{8,20}")


def wording(value: str | None) -> Prose | None:
    """Return what *value* says, or None where it says nothing: "N/A" is no title and no publisher."""
    if not value or value.strip("{} ").lower() in PLACEHOLDERS:
        return None
    if _NUMBERS.fullmatch(value):
        return Prose(value)
    prose = read(value)
    said = prose.plain.strip(" .")
    return prose if _SAYS.search(said) and said.lower() not in PLACEHOLDERS else None


def dashed(value: str) -> str:
    """Return *value* with an en dash for every dash: a number 3–4."""
    return value if value.isdigit() else re.sub(r"(?:(?<!\s)\s++)?[‐-―−]\s*", "–", value)


def pages(value: str) -> str:
    """Return page numbers with an en dash in each range: "pp. 3-19, 25" as 3–19, 25."""
    if match := _RANGE.fullmatch(value):
        return f"{match[1]}–{match[2]}"
    value = re.sub(r"^\s*(?:pp?\.?|pages?)\s*(?=[\dA-Za-z]*\d)", "", value, flags=re.IGNORECASE)
    value = re.sub(r"(?:(?<!\s)\s++)?(?:[‐-―−]|-{2,3})\s*", "–", value).strip(" –-,;")
    if "–" not in value:
        parts = [re.sub(r"\s+", " ", part) for part in value.split(",")]
        value = ", ".join(
            _PAGE_RANGE.sub(r"\1–\2", part, count=1).strip() if part.count("-") == 1 else part.strip() for part in parts
        )
    return re.sub(r"–{2,}", "–", value)


def proceedings(venue: str, year: int | None) -> str:
    """Return the name of proceedings without what Crossref glues to it, and without a year that is the entry's own.

    "2022 IEEE/CVF Conference ..." and "Findings of ...: EMNLP 2020" are names as published and keep theirs.
    """
    if len(venue) > 1000 or not (venue[-1:].isdigit() or venue.endswith(")")):
        return venue
    venue = _SHORT_NAME.sub("", venue)
    match = _OWN_YEAR.search(venue)
    if not (match and year) or int(match[1]) not in (year, year % 100):
        return venue
    rest = venue[: match.start()].rstrip(" ,")
    glued = match[0].startswith((",", " (")) or re.fullmatch(r"[A-Z][\w*-]{1,15}", rest)
    return rest if rest and glued and not rest.endswith(":") else venue


def standard_number(value: str) -> str:
    """Return an ISBN or ISSN (several with blanks between) in its own characters, or an empty string."""
    return value.strip().upper() if _ISBN.fullmatch(value.strip()) else ""


def short_title(title: Prose) -> Prose:
    """Return what a work without an author is listed under: its title up to the first colon, at most six words."""
    head = re.split(r"[:?!–—]", title.text, maxsplit=1)[0].strip() or title.text
    return Prose(" ".join(head.split()[:6])[:80], title.spans)
