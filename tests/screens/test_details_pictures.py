"""How details look in each state: under way, there, doubtful, refused; and the dialogs about them."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.desk.test_taking_in import weekly
from tests.screens.answers import LATER, NOW, Standing, arxiv, dblp, failure, github, inquiry, keep, offer, standing
from tests.screens.test_pictures import Snap, app, keys
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.model import Entry, Inquiry, Job, Progress, Section, ServiceState

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

PERFORMER = Entry(
    title="Rethinking Attention with Performers",
    identifiers={"arxiv": "2009.14794"},
    sections=(
        Section("What is it?", "Attention that costs as much as the sequence is long, and not its square."),
        Section("Why it matters", "Protein sequences and music are longer than what fits into a square."),
    ),
)
HINTON = Entry(
    title="How to represent part-whole hierarchies in a neural network",
    authors=("Geoffrey Hinton",),
    year=2021,
    sections=(Section("What is it?", "An imaginary system called GLOM."),),
)
MORE = tuple(Entry(title=f"Another paper that was read that week, number {n}") for n in range(1, 9))
PAPER = "arxiv:2009.14794"
FAILED = (
    failure("dblp", "DBLP answers programs with a bot check."),
    failure("semantic_scholar", "Semantic Scholar asks to wait.", LATER),
)


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clocks in pictures show one zone's time."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(weekly("6", PERFORMER, HINTON, *MORE))


@pytest.fixture
def stand(desk: Desk) -> Standing:
    return standing(desk)


def picture(snap: Snap, desk: Desk, size: tuple[int, int], *names: str) -> bool:
    """Compare the picture after the keys *names* are pressed, at the tests' own time."""

    async def press(pilot: Pilot[Any]) -> None:
        stopped(pilot.app)
        await keys(*names)(pilot)

    return snap(app(desk), terminal_size=size, run_before=press)


def stopped(shown: Any) -> None:
    """Let the clock of the screens stand still."""
    assert isinstance(shown, PaperrackApp)
    shown.screen.clock = lambda: NOW  # type: ignore[attr-defined]


@SIZES
def test_looking_up(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    stand.held = (Job(PAPER, PERFORMER.title or "", "running", ("arxiv", "crossref", "openalex")),)
    stand.how_far = Progress(3, 10)
    keep(desk, PAPER, inquiry(waiting=True, done=None))
    assert picture(snap_compare, desk, size, "enter")


@SIZES
def test_two_versions(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    keep(desk, PAPER, inquiry(arxiv(), dblp(), github()))
    assert picture(snap_compare, desk, size, "enter")


@SIZES
def test_is_this_it(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    keep(desk, desk.papers()[1], inquiry(offers=(offer(),)))
    assert picture(snap_compare, desk, size, "j", "enter")


@SIZES
def test_not_reached(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    keep(desk, PAPER, inquiry(arxiv(withdrawn="The authors found an error in a proof."), failures=FAILED))
    assert picture(snap_compare, desk, size, "enter")


@SIZES
def test_paused(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    stand.held = (Job(PAPER, PERFORMER.title or "", "paused", ("arxiv",), "arXiv asks to wait.", LATER),)
    stand.how_far = Progress(1, 1)
    keep(desk, PAPER, Inquiry(waiting=True, replies=(failure("arxiv", "arXiv asks to wait.", LATER),)))
    assert picture(snap_compare, desk, size, "enter")


@SIZES
def test_jobs(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    names = desk.papers()
    titles = [desk.rack.paper(name).title or "" for name in names]
    stand.held = (
        Job(names[1], titles[1], "running", ("crossref", "openalex")),
        *(Job(name, title, "waiting", ("crossref",)) for name, title in zip(names[2:6], titles[2:6], strict=True)),
        Job(names[0], titles[0], "paused", ("arxiv",), "arXiv asks to wait.", LATER),
        Job(names[6], titles[6], "failed", (), "No service could be reached."),
        Job(names[7], titles[7], "done"),
        Job(names[8], titles[8], "cancelled"),
    )
    stand.how_far = Progress(3, 9)
    stand.conditions = {
        "arxiv": ServiceState("arxiv", "arXiv", "paused", 0, 14, "It answered “Rate exceeded.” (429).", LATER),
        "crossref": ServiceState("crossref", "Crossref", "asking", 1, 5),
        "openalex": ServiceState("openalex", "OpenAlex", "asking", 1),
        "dblp": ServiceState("dblp", "DBLP", "blocked", why="It answers programs with a bot check."),
        "openreview": ServiceState("openreview", "OpenReview", "blocked", why="It wants a login from programs (403)."),
        "unpaywall": ServiceState("unpaywall", "Unpaywall", "off", why="It is off in the settings."),
    }
    assert picture(snap_compare, desk, size, "J")


@SIZES
def test_who_says_so(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    record = dataclasses.replace(arxiv().record, title="Rethinking attention with Performers", year=2022, month=None)
    keep(desk, PAPER, inquiry(arxiv(), arxiv(provider="datacite", id="10.48550/x", record=record), dblp(), github()))
    desk.deciding.edit(PAPER, "venue", "International Conference on Learning Representations")
    assert picture(snap_compare, desk, size, "i")


@SIZES
def test_the_address(snap_compare: Snap, desk: Desk, stand: Standing, size: tuple[int, int]) -> None:
    stand.needs_contact = True
    assert picture(snap_compare, desk, size, "f")
