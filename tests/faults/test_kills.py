"""The short form of the kill loop; ``python -m tests.faults`` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.bench import papers
from tests.faults.kills import kill
from tests.faults.ledger import Ledger, Verdict


def test_a_program_that_is_killed_at_work_loses_nothing_that_it_was_told_was_saved(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    papers.build(folder, 100)
    count = kill(folder, kills=10, seed=5, compare=5)
    assert count.sound, "\n".join([*count.notes, *count.program])
    assert count.told > 0


def test_what_was_told_saved_and_is_not_there_is_found_out() -> None:
    ledger = Ledger({"state a": "1"})
    for line in ('{"put": {"state a": "2"}}', '{"saved": true}', '{"put": {"state a": "3"}}'):
        ledger.hear(line)
    assert ledger.settle({"state a": "1"}) == Verdict(lost=("state a",), wrong=())


def test_what_nobody_put_is_found_out() -> None:
    ledger = Ledger({})
    ledger.hear('{"put": {"state a": "2"}}')
    assert ledger.settle({"state a": "4"}) == Verdict(lost=(), wrong=("state a",))


def test_what_was_put_and_not_told_saved_may_be_there_or_not() -> None:
    for found in ({"state a": "1"}, {"state a": "2"}):
        ledger = Ledger({"state a": "1"})
        ledger.hear('{"put": {"state a": "2"}}')
        assert ledger.settle(found) == Verdict((), ())
