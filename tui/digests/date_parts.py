"""The parts of a date: numerals of any script, the order of day and month, and Iran's calendar in ours."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui.digests.date_names import words_day_first
from tui.patterns import later

HAN = "〇零一二三四五六七八九"
"""Chinese numerals below ten, with both signs for zero."""

# Letters of languages in all of which the day stands before the month.
_DAY_FIRST_LETTERS = later("[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff]")
_DAY_FIRST_LANGUAGES = frozenset(
    re.findall(
        r"\S+",
        "ar bg ca cs da de el es et fa fi fr gl he hr id it lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi en-au en-gb"
        " en-ie en-in en-nz",
    )
)
_MONTH_FIRST_LANGUAGES = frozenset(("en-us", "en-ph"))


def ordered(a: int, b: int, sep: str, folded: str, language: str | None) -> tuple[int, int]:
    """Return month and day of ``a/b/year``, or zeros where it may be meant in two ways."""
    tag = (language or "").lower().replace("_", "-")
    if a > 12 or a == b or sep == ".":
        # With points the day stands first in every language that writes so.
        return b, a
    if b > 12 or tag in _MONTH_FIRST_LANGUAGES:
        return a, b
    if tag in _DAY_FIRST_LANGUAGES or tag.partition("-")[0] in _DAY_FIRST_LANGUAGES:
        return b, a
    if _DAY_FIRST_LETTERS.search(folded) or not words_day_first().isdisjoint(re.findall(r"[a-z]+", folded)):
        return b, a
    return 0, 0


def number_in(digits: str) -> int:
    """Return the number that digits of any script, or Chinese numerals below a hundred, write; 0 for other words."""
    if digits.isdecimal():
        return int(digits)
    if digits == "元":
        return 1
    if any(sign not in HAN + "十" for sign in digits):
        return 0
    values = [str(max(0, HAN.index(sign) - 1)) if sign != "十" else "十" for sign in digits]
    tens, ten, ones = "".join(values).partition("十")
    return int(tens or "1") * 10 + int(ones or "0") if ten and "十" not in ones else 0 if ten else int(tens)


def day_of(year: int, month: int, day: int) -> str | None:
    """Return a day of our calendar in ISO 8601, or None where there is none such."""
    try:
        # Years before that are of other calendars: 1402 is Iran's, 1445 the Islamic one's.
        return date(year, month, day).isoformat() if year > 1500 else None
    except (ValueError, OverflowError):  # a number too large for a day, or for the machine's own
        return None


def gregorian(year: int, month: int, day: int) -> str | None:
    """Return a day of Iran's calendar in ours: six months of 31 days, five of 30, and leap years in cycles of 33."""
    if not (1300 <= year <= 1500 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leap = (1, 5, 9, 13, 17, 22, 26, 30)
    years = range(min(year, 1403), max(year, 1403))
    days = sum(366 if each % 33 in leap else 365 for each in years) * (1 if year >= 1403 else -1)
    days += 31 * (month - 1) - max(0, month - 7) + day - 1
    return (date(2024, 3, 20) + timedelta(days=days)).isoformat()
