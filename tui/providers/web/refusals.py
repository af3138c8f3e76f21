"""What an answer that is no success means: in words, and for how long there is no point in asking again."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.errors import NetworkError
from tui.text import clean

if TYPE_CHECKING:
    import httpx

LIMITED = (403, 429)
"""Statuses with which services say that a quota is used up; GitHub says 403."""

_RESETS = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
_EPOCH = 1_000_000_000
"""A reset above is a time (GitHub: seconds since 1970), one below a number of seconds (OpenAlex)."""


def shown(address: httpx.URL) -> str:
    """Return *address* as an error may show it: without its query, which may hold a key."""
    return clean(f"{address.host}{address.path}".rstrip("/"), 100)


def phrase(status: int) -> str:
    """Return *status* with its name, where it has one."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"


def is_passing(status: int) -> bool:
    """Return whether the same request may be answered a moment later."""
    return status >= 500 or status in (408, 425, 429)


def refusal(where: str, status: int, headers: Mapping[str, str], now: datetime) -> NetworkError:
    """Return the error for an answer that is no success, with until when to wait where it says so."""
    passing = is_passing(status)
    if until := until_when(status, headers, now):
        words = f"{where} asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC ({phrase(status)})."
        return NetworkError(words, status=status, until=until, passing=passing)
    return NetworkError(f"{where} answers {phrase(status)}.", status=status, passing=passing)


def until_when(status: int, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return until when the answer asks to wait, None where it does not or where that is over.

    It is Retry-After (RFC 9110, 10.2.3), or when a quota is used up the time at which there is a new one.
    """
    if until := _stated(headers.get("retry-after", ""), now):
        return until
    if status not in LIMITED or (status == 403 and headers.get("x-ratelimit-remaining", "").strip() != "0"):
        return None
    resets = [headers.get(name, "") for name in _RESETS]
    # draft-ietf-httpapi-ratelimit-headers, as Hugging Face sends it: "api";r=0;t=120
    resets += [part.strip()[2:] for part in headers.get("ratelimit", "").split(";") if part.strip().startswith("t=")]
    return next((until for each in resets if (until := _reset(each, now))), None)


def _stated(value: str, now: datetime) -> datetime | None:
    if (seconds := _number(value)) is not None:
        return now + timedelta(seconds=seconds)
    try:
        stated = email.utils.parsedate_to_datetime(value)
        stated = stated.replace(tzinfo=stated.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return stated if stated > now else None


def _reset(value: str, now: datetime) -> datetime | None:
    seconds = _number(value, digits=11)
    if seconds is None:
        return None
    until = datetime.fromtimestamp(seconds, UTC) if seconds > _EPOCH else now + timedelta(seconds=seconds)
    return until if until > now else None


def _number(value: str, digits: int = 7) -> int | None:
    """Return the whole seconds of *value*, rounded up; services send ``1.5`` too, which no standard knows."""
    whole, dot, rest = value.strip().partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= digits):
        return None
    if dot and not (rest.isascii() and rest.isdecimal()):
        return None
    return int(whole) + (1 if rest.strip("0") else 0)


def size(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count:,} bytes"
