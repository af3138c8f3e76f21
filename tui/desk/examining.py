"""How the library, the services, the clipboard's routes and what the program is built on are: for ``doctor``."""

from __future__ import annotations

import dataclasses
import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC

from tui.desk import Desk
from tui.desk.versions import versions
from tui.errors import PaperrackError
from tui.library.health import Health
from tui.library.health import examine as examine_library
from tui.model import ServiceState
from tui.text import clean

_COUNTS = {
    "issues": "SELECT count(*) FROM issues",
    "entries": "SELECT count(*) FROM entries",
    "papers": "SELECT count(*) FROM papers WHERE listed",
    "states": "SELECT count(*) FROM states",
    "details": "SELECT count(*) FROM inquiries",
}
"""What counts in the catalogue what :class:`tui.library.health.Health` counts in the files."""


def examine(desk: Desk) -> dict[str, object]:
    """Return a report in JSON's shapes; nothing is asked of a service for it. Raises LibraryError."""
    from tui import clipboard

    health = examine_library(desk.library.folder, desk.library.writable)
    return {
        "library": clean(str(desk.library.folder)),
        "writable": desk.library.writable,
        "issues": health.issues,
        "papers": health.papers,
        "states": health.states,
        "details": health.details,
        "orphans": health.orphans,
        "files": health.files,
        "bytes": health.size,
        "set_aside": list(health.set_aside),
        "problems": [*health.problems, *_differences(desk, health)],
        "notices": list(health.notices),
        "backups": [
            {**dataclasses.asdict(each), "date": each.date.isoformat(timespec="seconds"), "sound": each.sound}
            for each in health.backups
        ],
        "waiting": len(desk.looking.waiting()),
        "services": [service(state) for state in desk.looking.services()],
        "clipboard": [{"route": name, "usable": usable, "why": why} for name, usable, why in clipboard.routes()],
        "versions": versions(),
    }


def repair(desk: Desk) -> tuple[str, ...]:
    """Mend what can be mended without loss, after a backup; return a sentence on each thing done. Raises LibraryError.

    The catalogue is made anew, which is said where it did not agree with the files.
    """
    from tui.library.repair import repair as repair_library

    desk.library.flush()
    told = repair_library(desk.library, datetime.datetime.now(UTC))
    with suppress(sqlite3.Error, PaperrackError, ValueError, TypeError):  # it is made anew in any case
        desk.filling.sync(whole=True)
    differs = any(_differences(desk, examine_library(desk.library.folder, desk.library.writable)))
    # An index can lie in more ways than anybody looks for; it is derived.
    desk.filling.anew()
    return (*told, "The index was dropped and made anew from the files.") if differs else told


def _differences(desk: Desk, health: Health) -> Iterator[str]:
    """Yield a sentence on each way in which the catalogue does not agree with the files."""
    store = desk.catalogue.store
    try:
        found = store.one("PRAGMA quick_check(1)")
        if found != "ok":
            yield f"The index is damaged: {clean(str(found))}."
            return
        for name, statement in _COUNTS.items():
            count, files = store.one(statement), getattr(health, name)
            if count != files:
                yield f"The index does not agree with the files: it has {count:,} {name}, and they have {files:,}."
    except (sqlite3.Error, PaperrackError, ValueError, TypeError) as error:
        yield f"The index cannot be read: {clean(str(error))}."


def service(state: ServiceState) -> dict[str, object]:
    """Return how a service stands, in JSON's shapes."""
    until = state.until.astimezone(UTC).isoformat(timespec="seconds") if state.until else None
    return {"name": state.name, "label": state.label, "state": state.condition, "why": state.why, "until": until}
