"""How the library, the services, the clipboard's routes and what the program is built on are: for ``doctor``."""

from __future__ import annotations

from datetime import UTC

from tui.desk import Desk
from tui.desk.versions import versions
from tui.model import ServiceState
from tui.text import clean


def examine(desk: Desk) -> dict[str, object]:
    """Return a report in JSON's shapes; nothing is asked of a service for it. Raises LibraryError."""
    from tui import clipboard

    health = desk.library.health()
    return {
        "library": clean(str(desk.library.folder)),
        "writable": desk.library.writable,
        "issues": health.issues,
        "papers": desk.counts().papers,
        "files": health.files,
        "bytes": health.size,
        "set_aside": list(health.set_aside),
        "problems": list(health.problems),
        "waiting": len(desk.looking.waiting()),
        "services": [service(state) for state in desk.looking.services()],
        "clipboard": [{"route": name, "usable": usable, "why": why} for name, usable, why in clipboard.routes()],
        "versions": versions(),
    }


def service(state: ServiceState) -> dict[str, object]:
    """Return how a service stands, in JSON's shapes."""
    until = state.until.astimezone(UTC).isoformat(timespec="seconds") if state.until else None
    return {"name": state.name, "label": state.label, "state": state.condition, "why": state.why, "until": until}
