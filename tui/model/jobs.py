"""What is being looked up at this moment, as a reader is shown it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tui.frozen import dataclass

JobState = Literal["running", "waiting", "paused", "failed", "done", "cancelled"]
Condition = Literal["ready", "asking", "paused", "blocked", "off"]


@dataclass(frozen=True)
class Job:
    """The look-up of one paper: the services that are being asked, and why it waits or failed.

    ``paused`` is a job that goes on by itself at ``until``.
    """

    paper: str
    title: str
    state: JobState
    services: tuple[str, ...] = ()
    why: str | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ServiceState:
    """A service: whether it can be asked, how many questions it is at and has before it, and why not until when.

    ``blocked`` is a service that refuses programs, ``off`` one that the settings switch off.
    """

    name: str
    label: str
    condition: Condition
    asking: int = 0
    waiting: int = 0
    why: str | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """How many of the papers asked for since the last pause are done, and how.

    ``done`` counts all that have ended: those that failed or wait for a service, and those that were cancelled, too.
    ``asks`` are papers with a record about which the reader should say whether it is theirs.
    """

    done: int = 0
    total: int = 0
    failed: int = 0
    cancelled: int = 0
    asks: int = 0
