"""What follows from a visit to a source: when it is visited again, and whether at all."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

from tui.errors import PaperrackError
from tui.model import FollowedSource, Visits
from tui.text import clean

FIRST = timedelta(minutes=15)
"""How long a source is left alone that failed once; each further time it is twice as long."""

LONGEST = timedelta(days=1)

STATED = timedelta(days=7)
"""The longest wait that a server may ask for."""

MISSING = 3
"""So often in a row not found (404), and a source is asked no more by itself."""

_GONE = 410
_NOT_FOUND = 404


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def stamp(when: datetime) -> str:
    """Return *when* as visits have it."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


def moment(stamp: str | None) -> datetime | None:
    """Return the time of a *stamp*, None where it is none."""
    try:
        found = datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None


def succeeded(visits: Visits, now: datetime, etag: str | None, modified: str | None) -> Visits:
    """Return *visits* after one that went well; whatever was wrong is over."""
    when = stamp(now)
    return dataclasses.replace(
        visits, etag=etag, modified=modified, checked=when, succeeded=when, failures=0, missing=0, why=None, until=None,
        asked=False, stopped=None,
    )  # fmt: skip


def failed(visits: Visits, error: PaperrackError, now: datetime) -> Visits:
    """Return *visits* after one that ended with *error*."""
    status, until = getattr(error, "status", None), getattr(error, "until", None)
    failures, missing = visits.failures + 1, visits.missing + 1 if status == _NOT_FOUND else 0
    stopped = "gone" if status == _GONE else "paused" if missing >= MISSING else visits.stopped
    again = now + min(LONGEST, FIRST * 2 ** min(failures - 1, 10))
    if until is not None:
        again = max(now, min(until, now + STATED))
    return dataclasses.replace(
        visits, checked=stamp(now), failures=failures, missing=missing, why=clean(str(error), 300), until=stamp(again),
        asked=until is not None, stopped=stopped,
    )  # fmt: skip


def put_off(visits: Visits, why: str, until: datetime) -> Visits:
    """Return *visits* of a source that was not asked: its host wants to be left alone, because of another one."""
    return dataclasses.replace(visits, why=clean(why, 300), until=stamp(until), asked=True)


def unreached(visits: Visits, why: str, now: datetime) -> Visits:
    """Return *visits* after one that may have failed for want of a network: nothing is held against the source."""
    return dataclasses.replace(visits, checked=stamp(now), why=clean(why, 300))


def due(source: FollowedSource, now: datetime, named: bool) -> bool:
    """Return whether *source* may be asked *now*; one that the reader *named* unless its server wants it left alone."""
    visits = source.visits
    until = moment(visits.until)
    waits = until is not None and now < until <= now + STATED + LONGEST
    if named:
        return not (waits and visits.asked)
    return not waits and visits.stopped is None
