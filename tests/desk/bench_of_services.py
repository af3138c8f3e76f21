"""A library folder whose desk asks the services on the loopback, for tests of looking up."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.services import Services
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue, Paper
from tui.settings import Settings


class Bench:
    """A library folder whose desk can be opened again and again, with all services on the loopback."""

    def __init__(self, folder: Path, services: Services) -> None:
        self.folder = folder
        self.services = services

    @contextlib.contextmanager
    def open(self, *issues: Issue, only: tuple[str, ...] = (), **settings: Any) -> Iterator[Desk]:
        """Yield a desk that holds *issues* too and asks *only* these services, all of them where none are named."""
        chosen = dataclasses.replace(self.services.settings(Settings()), **settings)
        if only:
            providers = {n: dataclasses.replace(each, enabled=n in only) for n, each in chosen.providers.items()}
            chosen = dataclasses.replace(chosen, providers=providers)
        with Desk(Library(self.folder), chosen) as desk:
            for each in issues:
                desk.keep(each)
            yield desk


def issue(*entries: Entry, name: str = "week-1") -> Issue:
    return Issue(name, name, entries, "newsletter")


def run(desk: Desk, *names: str, refresh: bool = False, seconds: float = 30.0) -> list[Paper]:
    """Look papers up to the end and return them."""
    desk.looking.ask(names, refresh)
    end = time.monotonic() + seconds
    while desk.looking.busy and time.monotonic() < end:
        desk.looking.wait(0.2)
        desk.looking.collect()
    assert not desk.looking.busy
    return [desk.rack.paper(desk.rack.canonical(name)) for name in names]


def by_arxiv(value: str, title: str | None = None) -> Entry:
    return Entry(title=title, identifiers={"arxiv": value})
