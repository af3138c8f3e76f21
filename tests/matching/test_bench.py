"""The targets hold on a fixed third of the held-out pairs, and the pairs are what they are said to be."""

from __future__ import annotations

import pytest

from tests.bench.damage import DAMAGES
from tests.bench.matching import Tally, measure
from tests.bench.queries import queries
from tests.bench.records import pool
from tests.bench.scorers import PUBLISHED
from tests.bench.traps import TRAPS
from tui.matching import Choice, choose


@pytest.fixture(scope="module")
def ours() -> dict[str, Tally]:
    return measure(choose, queries("held out", every=3))


def test_what_is_taken_is_right_and_what_is_right_is_taken(ours: dict[str, Tally]) -> None:
    assert ours["all"].asked > 800
    assert ours["all"].precision >= 0.99
    assert ours["all"].recall >= 0.90


def test_the_table_has_every_kind_of_damage(ours: dict[str, Tally]) -> None:
    assert len(ours) >= len(DAMAGES) - 3  # a kind that needs a hyphen or an umlaut may not come up in a third
    assert "abstract" in ours


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_scorers_take_more_that_is_wrong(name: str, ours: dict[str, Tally]) -> None:
    scorer = PUBLISHED[name]
    theirs = measure(lambda wanted, answers: Choice(scorer(wanted, answers)), queries("held out", every=3))
    assert theirs["all"].asked == ours["all"].asked
    assert 0.3 < theirs["all"].precision < ours["all"].precision


def test_the_halves_share_no_work_and_each_call_gives_the_same_queries() -> None:
    development, held_out = pool("development").works, pool("held out").works
    assert not {(work.title, work.authors) for work in development} & {(work.title, work.authors) for work in held_out}
    assert min(len(development), len(held_out)) > 1_500
    assert list(queries("held out", every=50)) == list(queries("held out", every=50))


def test_the_held_out_half_has_damage_and_traps_that_the_other_lacks() -> None:
    assert {True, False} == set(DAMAGES.values()) == set(TRAPS.values())
    unseen = {damage.__name__.replace("_", " ") for damage, both in DAMAGES.items() if not both}
    assert unseen & {query.damage for query in queries("held out", every=5)}
    assert not unseen & {query.damage for query in queries("development", every=5)}


def test_two_of_five_queries_have_no_right_record_and_most_have_many_wrong_ones() -> None:
    asked = list(queries("held out", every=3))
    assert 0.55 < sum(bool(query.right) for query in asked) / len(asked) < 0.65
    wrong = [len({answer.name for answer in query.answers} - query.right) for query in asked]
    assert sum(count >= 2 for count in wrong) / len(asked) > 0.95
    assert max(len(query.answers) for query in asked) <= 8
