"""The details in paperrack's own JSON: what services said comes back, and what nobody could have said does not."""

from __future__ import annotations

from typing import Any

import pytest

from tui.digests.papers_details import NOTHING_ASKED, asked_in
from tui.model import Answer, Choices, Inquiry, Record
from tui.shapes import plain

FOUND = Record(title="Of zebras", authors=("Ada Byron",), year=2019, arxiv="1901.00001", doi="10.1000/x")


def version(**more: Any) -> dict[str, Any]:
    return {"kind": "published", "provider": "crossref", "record": plain(FOUND)} | more


def test_what_was_asked_comes_back_as_it_was() -> None:
    answer = Answer("crossref", "10.1000/x", "published", FOUND, identifiers={"doi": "10.1000/x"})
    inquiry = Inquiry(answers=(answer,), done="2026-01-01T00:00:00Z")
    choices = Choices(values={"year": "2020"}, taken=("crossref:10.1000/x",))
    details = plain(inquiry) | {"choices": plain(choices), "versions": [version()]}
    assert asked_in(details) == (inquiry, choices)


def test_where_only_versions_are_stated_each_is_an_answer_that_stands_for_itself() -> None:
    inquiry, choices = asked_in({"versions": [version(), version(kind="preprint", provider=None)]})
    assert choices == Choices()
    published, preprint = inquiry.answers
    assert (published.provider, published.kind, published.record, published.via) == (
        "crossref",
        "published",
        FOUND,
        "title",
    )
    assert published.identifiers == {"arxiv": "1901.00001", "doi": "10.1000/x"}
    assert (preprint.provider, preprint.kind) == ("import", "preprint")
    assert published.id != preprint.id


@pytest.mark.parametrize(
    "versions",
    [
        None, "x", 3, {}, {"record": plain(FOUND)}, [], [None], ["x"], [[]], [3], [{}], [{"record": None}],
        [{"record": "x"}], [{"record": []}], [version(kind="other")], [version(kind=None)],
        [version(kind=["published"])],
        [version(record={})], [version(record={"title": ""})], [version(record={"title": 3})],
        [version(record={"authors": ["Ada Byron"]})],
    ],
)  # fmt: skip
def test_what_is_no_version_is_nobody_s_answer(versions: object) -> None:
    assert asked_in({"versions": versions}) == NOTHING_ASKED


@pytest.mark.parametrize("provider", [3, None, [], {"name": "crossref"}, ""])
def test_a_provider_that_is_none_is_the_import(provider: object) -> None:
    (answer,) = asked_in({"versions": [version(provider=provider)]})[0].answers
    assert answer.provider == "import"


def test_one_bad_version_beside_good_ones_is_left_out_alone() -> None:
    inquiry, _ = asked_in({"versions": [None, version(), {"record": 3}, version(kind="preprint")]})
    assert [answer.kind for answer in inquiry.answers] == ["published", "preprint"]


@pytest.mark.parametrize("details", [None, 3, "x", [], [[1]], True])
def test_details_that_are_none_ask_nothing(details: object) -> None:
    assert asked_in(details) == NOTHING_ASKED


def test_values_that_no_reader_could_have_written_are_not_the_reader_s() -> None:
    values = {"year": "not a year", "title": "Of zebras", "id": "x", "nonsense": "x", "authors": ""}
    assert asked_in({"choices": {"values": values}})[1].values == {"title": "Of zebras"}
    for choices in (None, 3, "x", [], {"values": 3}, {"values": {"year": 3}}):
        assert asked_in({"choices": choices})[1].values == {}
