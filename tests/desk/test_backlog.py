"""Looking very many papers up: a few at a time, all in the end, counted as one batch, and cancelled as one."""

from __future__ import annotations

import time

import pytest

from tests.desk.bench_of_services import Bench, by_arxiv, issue
from tests.desk.test_looking import recorded_ids
from tests.services import Services
from tui.desk import Desk, backlog, looking
from tui.desk.backlog import Backlog


def go_on(desk: Desk, seconds: float | None = None) -> None:
    """Take in what arrives until nothing is under way."""
    end = time.monotonic() + 30
    while desk.looking.busy and time.monotonic() < end:
        desk.looking.wait(0.2)
        desk.looking.collect(seconds)
    assert not desk.looking.busy


@pytest.mark.parametrize("seconds", [None, 0.001])
def test_all_of_very_many_papers_are_looked_up_and_counted_as_one_batch(
    bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch, seconds: float | None
) -> None:
    monkeypatch.setattr(looking, "AHEAD", 20)
    ids = recorded_ids()[:100]
    with bench.open(issue(*map(by_arxiv, ids)), only=("arxiv",)) as desk:
        assert desk.looking.ask_later(desk.papers()) == 100
        assert services.count() == 0
        assert (desk.looking.progress().done, desk.looking.progress().total) == (0, 100)
        go_on(desk, seconds)
        assert (desk.looking.progress().done, desk.looking.progress().total) == (100, 100)
        assert all(desk.rack.paper(name).title for name in desk.papers())
        assert 1 < services.count("arxiv") <= 100 // backlog.PORTION + 1
        assert desk.looking.ask_later(desk.papers()) == 100
        go_on(desk)
        assert services.count("arxiv") <= 100 // backlog.PORTION + 1


def test_cancelling_everything_cancels_what_is_still_to_come(bench: Bench, services: Services) -> None:
    with bench.open(issue(*map(by_arxiv, recorded_ids()[:30])), only=("arxiv",)) as desk:
        names = desk.papers()
        desk.looking.ask_later(names)
        assert desk.looking.stop(names[:3]) == 3
        assert desk.looking.stop() == 27
        assert not desk.looking.busy
        desk.looking.collect()
    assert services.count() == 0


def test_a_paper_is_to_come_once_and_portions_do_not_mix() -> None:
    coming = Backlog()
    assert coming.add("aba", False) == 2
    assert coming.add("bc", True) == 1
    assert coming.take() == (["a", "b"], False)
    assert coming.take() == (["c"], True)
    assert coming.add(map(str, range(20)), False) == 20
    assert len(coming.take()[0]) == backlog.PORTION
