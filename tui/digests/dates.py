"""Dates and ordinals as digests print them, in words or digits and in several languages, brought to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from tui.text import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari",
            "february feb februar fevrier febrero febbraio fevereiro februari",
            "march mar marz maerz mars marzo marco maart",
            "april apr avril abril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug aout agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro okt",
            "november nov novembre noviembre novembro",
            "december dec dezember decembre diciembre dicembre dezembro dez",
        ),
        1,
    )
    for name in names.split()
}
_ENGLISH = [next(name.title() for name, number in _MONTHS.items() if number == month) for month in range(1, 13)]
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = (
    re.compile(rf"(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:de )?(?P<m>{_MONTH})\.?,? (?:de )?(?P<y>\d{{4}})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"),
    # The month first: the sites that write so are American.
    re.compile(r"(?<!\d)(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?!\d)"),
)
_YEAR = re.compile(r"\d{4}")
_UNITS = re.findall(
    r"\S+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth",
)
_TENS = re.findall(r"\S+", "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")
_TENS_BEFORE = re.findall(r"\S+", "twenty thirty forty fifty sixty seventy eighty ninety")
_CARDINALS = re.findall(
    r"\S+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
)
ORDINALS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    **{
        f"{tens} {unit}": number * 10 + more
        for number, tens in enumerate(_TENS_BEFORE, 2)
        for more, unit in enumerate(_UNITS[:9], 1)
    },
    "hundredth": 100,
    "one hundredth": 100,
}
"""Ordinal words from the first to the hundredth; hyphens are written as blanks."""


def dates_in(text: str) -> tuple[str, ...]:
    """Return the dates that *text* (its first 400 characters) names, as ISO 8601 days, in order of appearance."""
    if not _YEAR.search(text, 0, 400):
        return ()
    folded = fold(re.sub(r"\s+", " ", text[:400]))
    found: list[tuple[int, str]] = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(folded):
            month = _MONTHS.get(match["m"]) or (int(match["m"]) if match["m"].isdecimal() else 0)
            try:
                found.append((match.start(), date(int(match["y"]), month, int(match["d"])).isoformat()))
            except ValueError:
                continue
    return tuple(dict.fromkeys(day for _, day in sorted(found)))


def date_in(text: str) -> str | None:
    """Return the first date that *text* names, as an ISO 8601 day, or None."""
    return next(iter(dates_in(text)), None)


def is_date(text: str) -> bool:
    """Return whether *text* says a date and nothing else: ``Nov 7, 2020``, ``Published on 7 November 2020``."""
    if len(text) > 60 or not date_in(text):
        return False
    words = re.findall(r"[^\W\d_]+", fold(text))
    about = {"published", "posted", "updated", "last", "date", "on", "de", "st", "nd", "rd", "th"}
    days = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
    left = [word for word in words if word not in about and word not in _MONTHS and not word.endswith("day")]
    return all(word in days for word in left)


def number_of(words: str) -> int | None:
    """Return the number that ``6``, ``6th``, ``six`` or ``sixth`` means, or None."""
    plain = re.sub(r"[-\s]+", " ", fold(words)).strip().removeprefix("#").strip()
    if match := re.fullmatch(r"(\d{1,5})(?:st|nd|rd|th)?", plain):
        return int(match[1])
    if plain in _CARDINALS:
        return _CARDINALS.index(plain) + 1
    return ORDINALS.get(plain)


def day_range(days: tuple[str, ...]) -> str:
    """Return ISO days in words, ``20–21 December 2022``; *days* holds at least one."""
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    end = f"{last.day} {_ENGLISH[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {_ENGLISH[first.month - 1]}"
    return f"{start} – {end}" if first.year == last.year else f"{start} {first.year} – {end}"
