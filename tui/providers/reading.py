"""Shapes read out of a stranger's JSON: what has another shape than the expected is passed over, never an error.

Every string comes out clean (:func:`tui.text.clean`), so that a provider may build identifiers and addresses of it.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any
from urllib.parse import quote

from tui.errors import AnswerError
from tui.identifiers import doi, identify, link_to
from tui.model.names import Name
from tui.text import clean, clean_lines

MAX_PARTS = 500_000
"""The most lists and objects, and half of the most values, in an answer: beyond it 8 MB become gigabytes of objects."""

MAX_NUMBER = 2**53
"""Numbers beyond this (RFC 8259, section 6) are no counts, years or places."""

_OLD_ACL_DOI = re.compile(r"10\.3115/v1/([a-z]\d{2}-\d{4})")
_DATE = re.compile(r"\s{0,9}(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)")


def json_of(content: bytes) -> Any:
    """Return the JSON value *content* (RFC 8259, UTF-8). Raises AnswerError where it is none or is no data."""
    if content.count(b"[") + content.count(b"{") > MAX_PARTS or content.count(b",") > 2 * MAX_PARTS:
        raise AnswerError("The answer holds more parts than any answer needs.")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise AnswerError("The answer is not UTF-8 text.") from error
    except RecursionError as error:
        raise AnswerError("The answer is nested too deep to be read.") from error
    except ValueError as error:
        if content.lstrip()[:1] == b"<":
            raise AnswerError("The answer is a web page or XML and not the JSON that was asked for.") from error
        raise AnswerError("The answer is not the JSON that was asked for.", passing=True) from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def text_of(value: object) -> str | None:
    """Return *value* as one clean line if it is text with anything in it, else None."""
    return clean(value) or None if isinstance(value, str) else None


def lines_of(value: object) -> str | None:
    """Return *value* as clean text of several lines if it is text with anything in it, else None."""
    return clean_lines(value) or None if isinstance(value, str) else None


def label_of(value: object) -> str | None:
    """Return the volume, issue or page that *value* is, as text; some services write ``12`` and some ``"12"``."""
    number = int_of(value) if isinstance(value, int) else None
    return text_of(value) if number is None else str(number)


def first_text(*values: object) -> str | None:
    """Return the first of *values* that is text with anything in it, a list counting as its items."""
    texts = (text_of(part) for value in values for part in (value if isinstance(value, list) else (value,)))
    return next((text for text in texts if text), None)


def list_of(value: object) -> list[Any]:
    """Return *value* if it is a list; a single object as a list of one; of every other shape an empty list."""
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else []


def map_of(value: object) -> dict[str, Any]:
    """Return *value* if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def int_of(value: object) -> int | None:
    """Return the whole number that *value* is or spells in digits, at most :data:`MAX_NUMBER` in size, else None."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,16}", digits := value.strip()):
        # Not every blank that is stripped is one to int.
        value = int(digits)
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_NUMBER
    return value if whole and isinstance(value, int) else None


def year_of(value: object) -> int | None:
    """Return the year that *value* is or begins with (``2021``, ``"2021-03-04"``), between 1000 and 2199."""
    if isinstance(value, str) and (match := _DATE.match(value)):
        value = match[1]
    year = int_of(value)
    return year if year is not None and 1000 <= year < 2200 else None


def month_of(value: object) -> int | None:
    """Return the month from 1 to 12 that *value* is in digits, else None."""
    month = int_of(value)
    return month if month is not None and 1 <= month <= 12 else None


def year_and_month(value: object) -> tuple[int | None, int | None]:
    """Return what the ISO 8601 date *value* (``2021-03-04T..``) or a bare year says; no month without a year."""
    if year_of(value) is None:
        return None, None
    match = _DATE.match(value) if isinstance(value, str) else None
    return year_of(value), month_of(match[2]) if match else None


def date_parts(value: object) -> tuple[int | None, int | None]:
    """Return year and month of ``{"date-parts": [[2021, 3, 4]]}`` (CSL and Crossref), where nulls happen."""
    dates = map_of(value).get("date-parts")
    first = dates[0] if isinstance(dates, list) and dates else None
    parts = first if isinstance(first, list) else dates if isinstance(dates, list) else []
    year = year_of(parts[0]) if parts else None
    return year, month_of(parts[1]) if year is not None and len(parts) > 1 else None


def date_of(value: object) -> str | None:
    """Return the day that the text *value* begins with as ISO 8601, ``2021-03-04``, else None."""
    match = _DATE.match(value) if isinstance(value, str) else None
    if not match or not match[3] or year_of(match[1]) is None or month_of(match[2]) is None:
        return None
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if 1 <= int(match[3]) <= 31 else None


def name_of(given: object, family: object, suffix: object = None) -> str | None:
    """Return a name as a record keeps it (:class:`tui.model.names.Name`) of the parts that are text, else None."""
    parts = Name(text_of(family) or "", text_of(given) or "", text_of(suffix) or "")
    return (parts.kept if parts.family else parts.shown) or None


def work_of_doi(value: object) -> dict[str, str]:
    """Return what the DOI *value* names as identifiers, empty where it is no DOI.

    arXiv's own DOIs are arXiv ids and no DOIs; the ACL Anthology's, of whichever prefix, are both.
    """
    found = doi(value) if isinstance(value, str) else None
    if found and (match := _OLD_ACL_DOI.fullmatch(found)):
        return {"acl": match[1].upper(), "doi": found}
    address = link_to("doi", quote(found, safe="/")) if found else None
    if not found or not address:
        return {}
    scheme, name = identify(address) or ("doi", found)
    return {"acl": name, "doi": found} if scheme == "acl" else {str(scheme): name}


def pages_of(first: object, last: object = None) -> str | None:
    """Return pages with a plain hyphen, ``1-5``, of ``1--5``, ``1–5`` or of the *first* and the *last* page.

    Where page numbers hold hyphens themselves (``S1-3``–``S1-9``) an en dash stands between them.
    """
    begin, end = label_of(first), label_of(last)
    text = f"{begin}–{end}" if begin and end and begin != end else begin or end or ""
    text = re.sub(r" ?(?:-{2,9}|[‐-―−]{1,9}) ?", "–", text[:100])
    return (text if "-" in text else text.replace("–", "-")) or None
