"""The last day of the week that a heading names: ``(December 18 - December 24)``, ``(June 23–29) - 2025``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tui.digests.dates import dates_in
from tui.identifiers import arxiv_date

_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"([^\W\d_]{3,12})\.?"
_TO = r"\s{0,3}(?:-|–|—|to|until|through)\s{0,3}"
_ENDS = (
    # December 18 - December 24; June 23-29; 18 - 24 December
    re.compile(rf"{_MONTH}\s{{0,2}}{_DAY}{_TO}(?:{_MONTH}\s{{0,2}})?{_DAY}(?!\d)", re.IGNORECASE),
    re.compile(rf"{_DAY}\s{{0,2}}(?:{_MONTH})?{_TO}{_DAY}\s{{0,2}}{_MONTH}", re.IGNORECASE),
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LATE = 2
"""How many months may lie between a week and the newest paper in it where only the papers tell the year."""


def last_day(title: str, arxiv: Sequence[str] = ()) -> str | None:
    """Return the last day (ISO 8601) of the week that *title* names, or None where it names no days.

    Where it states no year, the newest of the *arxiv* ids tells it: a week's papers are not from the week after.
    """
    title = title[:300]
    years = _YEAR.findall(title)
    found = _month_and_day(_YEAR.sub(" ", title))
    if found is None:
        days = dates_in(title)
        return max(days) if days else None
    if years:
        return next(iter(dates_in(f"{found} {years[-1]}")), None)
    newest = max(filter(None, map(arxiv_date, arxiv)), default=None)
    if newest is None:
        return None
    for year in (newest[0], newest[0] + 1):
        day = next(iter(dates_in(f"{found} {year}")), None)
        months = _months(day, newest) if day else -1
        if day and 0 <= months <= LATE:
            return day
    return None


def _months(day: str, newest: tuple[int, int]) -> int:
    last = date.fromisoformat(day)
    return (last.year - newest[0]) * 12 + last.month - newest[1]


def _month_and_day(title: str) -> str | None:
    """Return the day that a range of days ends with, as ``24 December``."""
    title = re.sub(r"(?:(?<!\s)\s++)?,\s*", " ", title)
    for place, pattern in enumerate(_ENDS):
        for match in pattern.finditer(title):
            month, day = (match[3] or match[1], match[4]) if place == 0 else (match[4], match[3])
            if dates_in(f"{day} {month} 2000"):
                return f"{day} {month}"
    return None
