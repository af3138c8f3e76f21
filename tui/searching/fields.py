"""What may stand behind a field of a search, and what is said where it cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.catalogue.schema import HAS
from tui.errors import QueryError
from tui.identifiers import SCHEMES, arxiv_id, identify
from tui.searching.folding import tokens
from tui.searching.terms import (
    COLUMN_OF,
    FEWEST,
    FIRST_YEAR,
    IN_TABLES,
    LAST_YEAR,
    MOST,
    STATES,
    Has,
    Is,
    Issues,
    Term,
    Words,
    Years,
    either,
)
from tui.text import clean

FIELDS = (*COLUMN_OF, *IN_TABLES, "year", "issues", "is", "has")
"""The names of all fields."""

_ALSO = {"authors": "author", "titles": "title", "tags": "tag", "notes": "note", "years": "year",
         "venues": "venue", "ids": "id", "keys": "key"}  # fmt: skip
_SERVICES = (*SCHEMES, "dblp", "openalex", "pmid", "s2")

_YEAR = re.compile(r"(\d{1,4})\.?")
_RANGE = re.compile(r"(\d{0,4})(?:\.\.\.?|[-–—…])(\d{0,4})")
_BOUND = re.compile(r"([<>]=?|=)(\d{0,4})")
_COUNT = re.compile(r"(\d{1,4})\.?", re.ASCII)
_COUNTS = re.compile(r"(\d{0,4})(?:\.\.\.?|…)(\d{0,4})")


def field_of(name: str, place: int) -> str | None:
    """Return the field that *name* means, None where it is an ordinary word before a colon.

    Names of identifiers are fields too. Raises QueryError where the name is nearly that of a field; *place* is that of
    its first letter, from 1.
    """
    low = name.lower()
    if low in FIELDS or low in _SERVICES:
        return low
    if low in _ALSO:
        return _ALSO[low]
    if len(low) > 3 and low.isascii():
        from rapidfuzz.distance import OSA

        near = [field for field in FIELDS if len(field) > 3 and OSA.distance(low, field, score_cutoff=1) <= 1]
        if near:
            raise QueryError(
                f"There is no field {name}: (letter {place}); {near[0]}: is one, and quotes make words of it."
            )
    return None


def wish(field: str) -> str:
    """Return, in a sentence, what *field* waits for that has nothing behind it yet."""
    if field == "year":
        return "year: wants a year, as year:2019 or year:2019..2021."
    if field == "issues":
        return "issues: wants a number, as issues:3 or issues:2..4."
    if known := {"is": STATES, "has": HAS}.get(field):
        return f"{field}: wants {_listed(known)}."
    return f"{field}: wants {'an identifier' if field in _SERVICES or field == 'id' else 'a word'}."


def _listed(known: tuple[str, ...]) -> str:
    *most, end = (each.replace(" ", "-") for each in known)
    return f"{', '.join(most)} or {end}"


def meaning(field: str, value: str, place: int, *, exact: bool = False, last: bool = False) -> Term | None:
    """Return what ``field:value`` asks for; None where it is not enough yet to mean anything.

    *exact* says that the value stands in quotes, *last* that it may still be typed. Raises QueryError where it cannot
    be meant.
    """
    if field in _SERVICES:
        return _words("id", f"{field} {(field == 'arxiv' and arxiv_id(value)) or value}", exact)
    if field == "issues" and (exact or value[:1] not in "0123456789<>=.…"):
        field = "issue"  # its words, and not how many there are
    if field in _CHOSEN:
        values = [value] if exact else value.split(",")
        parts = (_CHOSEN[field](each.strip(), place, last) for each in values if each.strip())
        return either([part for part in parts if part is not None])
    if field == "tag" and not exact:
        tags = (_words(field, each, exact) for each in value.split(","))
        return either([tag for tag in tags if tag is not None])
    if field == "key":
        key = value.strip().lower().replace('"', "")
        return Words(field, key, not exact) if key else None
    return _words(field, value, exact)


def _words(field: str, value: str, exact: bool) -> Words | None:
    if field in ("", "id") and not exact:
        if found := identify(value) if "://" in value else None:
            return Words("id", tokens(" ".join(found)))
        if arxiv := arxiv_id(value) if value[-1:].isdigit() else None:
            # The version does not tell papers apart.
            return Words(field, tokens(arxiv))
    text = tokens(value)
    return Words(field, text, not exact) if text else None


def _year(value: str, place: int, _: bool) -> Years | None:
    """Return the years that *value* means; what is cut means all years that begin so: ``201`` is 2010 to 2019."""
    if match := _YEAR.fullmatch(value):
        years = Years(_first(match[1]), _last(match[1]))
    elif match := _RANGE.fullmatch(value):
        first, last = match[1], match[2]
        if _first(first) > _last(last):
            first, last = last, first
        years = Years(_first(first), _last(last))
    elif match := _BOUND.fullmatch(value):
        years = _bounded(match[1], match[2])
    else:
        raise _no_year(value, place)
    # Every year is what stands there before the first digit does.
    return None if years == Years(FIRST_YEAR, LAST_YEAR) else years


def _no_year(value: str, place: int) -> QueryError:
    return QueryError(
        f"“{_cut(value)}” (letter {place}) is no year; write year:2019, year:2019..2021, year:>=2019 or year:..2019."
    )


def _bounded(sign: str, year: str) -> Years:
    if sign == "=" or not year:
        return Years(_first(year), _last(year))
    if sign[0] == ">":
        return Years(_first(year) if sign == ">=" else min(_last(year) + 1, LAST_YEAR), LAST_YEAR)
    return Years(FIRST_YEAR, _last(year) if sign == "<=" else max(_first(year) - 1, FIRST_YEAR))


def _first(digits: str) -> int:
    return int(digits.ljust(4, "0")) if digits else FIRST_YEAR


def _last(digits: str) -> int:
    return int(digits.ljust(4, "9")) if digits else LAST_YEAR


def _issues(value: str, place: int, _: bool) -> Issues | None:
    """Return how many issues *value* means: ``3``, ``2..4``, ``2..`` or ``>=2``."""
    if match := _COUNT.fullmatch(value):
        return Issues(int(match[1]), int(match[1]))
    if match := _COUNTS.fullmatch(value):
        fewest, most = int(match[1] or FEWEST), int(match[2] or MOST)
        issues = Issues(min(fewest, most), max(fewest, most))
    elif match := _BOUND.fullmatch(value):
        issues = _counted(match[1], match[2])
    elif value == ".":
        return None
    else:
        raise QueryError(
            f"“{_cut(value)}” (letter {place}) is no number of issues; write issues:3, issues:2.. or issues:>=2."
        )
    return None if issues == Issues(FEWEST, MOST) else issues


def _counted(sign: str, digits: str) -> Issues:
    if not digits:
        return Issues(FEWEST, MOST)
    number = int(digits)
    if sign == "=":
        return Issues(number, number)
    if sign[0] == ">":
        return Issues(number if sign == ">=" else min(number + 1, MOST), MOST)
    return Issues(FEWEST, number if sign == "<=" else max(number - 1, FEWEST))


def _is(value: str, place: int, last: bool) -> Is | None:
    state = _chosen("is", value, STATES, place, last)
    return Is(state) if state else None


def _has(value: str, place: int, last: bool) -> Has | None:
    what = _chosen("has", value, HAS, place, last)
    return Has(what) if what else None


def _chosen(field: str, value: str, known: tuple[str, ...], place: int, last: bool) -> str | None:
    said = " ".join(value.lower().replace("-", " ").replace("_", " ").split())
    if said in known:
        return said
    if last and any(each.startswith(said) for each in known):
        return None
    raise QueryError(f"“{_cut(value)}” (letter {place}) is none of {field}: {_listed(known)}.")


def _cut(value: str) -> str:
    value = clean(value, 2_000)
    return value if len(value) <= 40 else value[:39] + "…"


_CHOSEN: dict[str, Callable[[str, int, bool], Term | None]] = {
    "year": _year,
    "issues": _issues,
    "is": _is,
    "has": _has,
}
