"""When something was, is and will be, as a reader is told it: in the reader's own time zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.widgets.issue_list import short_date

MINUTE, HOUR = 60, 3600


def parsed(text: str | None) -> datetime | None:
    """Return the moment that ISO 8601 *text* names, or None where it names none with a time zone."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def day(text: str | None) -> str:
    """Return the day of the ISO 8601 moment *text* as ``21 Nov 2026``; what is no moment comes back as a date would."""
    moment = parsed(text)
    return short_date(_local(moment).date().isoformat()) if moment else short_date(text or "")


def clock(moment: datetime, now: datetime) -> str:
    """Return *moment* as ``15:02``, ``tomorrow 09:10`` or ``23 Nov 09:10``."""
    here, today = _local(moment), _local(now).date()
    time = f"{here:%H:%M}"
    if here.date() == today:
        return time
    if here.date() == today + timedelta(days=1):
        return f"tomorrow {time}"
    return f"{short_date(here.date().isoformat()).rpartition(' ')[0]} {time}"


def countdown(moment: datetime, now: datetime) -> str:
    """Return how long it is until *moment*: ``9 s``, ``14 min 02 s``, ``3 h 07 min``, or ``now``."""
    seconds = max(0, round((moment - now).total_seconds()))
    if not seconds:
        return "now"
    if seconds < MINUTE:
        return f"in {seconds} s"
    if seconds < HOUR:
        return f"in {seconds // MINUTE} min {seconds % MINUTE:02} s"
    return f"in {seconds // HOUR} h {seconds % HOUR // MINUTE:02} min"


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        # A service's year 9999, moved a zone on, is no year of the calendar.
        return moment
