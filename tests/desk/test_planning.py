"""Planning: what should be asked next about a paper, of whom, and when nothing is left."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tui.desk.planning import OPEN, Reach, Situation, plan
from tui.model import Answer, Choices, Entry, Inquiry, Link, Mention, Paper, Record
from tui.provenance import details_of

ALL: Reach = {
    "arxiv": ("arxiv", "title", "abstract"),
    "datacite": ("arxiv", "doi", "title"),
    "crossref": ("doi", "title", "abstract"),
    "openalex": ("doi", "arxiv", "title"),
    "semantic_scholar": ("arxiv", "doi", "acl", "title"),
    "dblp": ("title",),
    "openreview": ("openreview", "title"),
    "acl": ("acl",),
    "huggingface": ("arxiv",),
    "github": ("repository",),
    "unpaywall": ("doi",),
}
PREPRINT = Answer(
    "arxiv",
    "2010.11929v2",
    "preprint",
    Record("preprint", "A title of several words", ("A B",), arxiv="2010.11929"),
    identifiers={"arxiv": "2010.11929"},
    links=(Link("https://github.com/google-research/vision_transformer", "code"), Link("https://x.org/a.pdf", "pdf")),
)
PUBLISHED = Answer(
    "crossref", "10.1000/a", "published", Record("journal", "A title of several words", ("A B",), doi="10.1000/a"),
    identifiers={"doi": "10.1000/a"}, via="title",
)  # fmt: skip


def paper(entry: Entry, *answers: Answer) -> Paper:
    details = details_of(Inquiry(answers), Choices(), entry.identifiers)
    return Paper("p", (Mention("i", "I", None, None, None, 1, entry),), details=details)


def asked(entry: Entry, *answers: Answer, ended: Mapping[str, str] | None = None, reach: Reach = ALL) -> list[str]:
    found = plan(Situation(paper(entry, *answers), answers, ended or {}), reach)
    return [question.name for question in found.questions]


BY_ID = [
    ({"arxiv": "2010.11929"}, "arxiv arxiv 2010.11929"),
    ({"doi": "10.1000/a"}, "crossref doi 10.1000/a"),
    ({"acl": "N19-1423"}, "acl acl N19-1423"),
    ({"openreview": "YicbFdNTTy"}, "openreview openreview YicbFdNTTy"),
]


@pytest.mark.parametrize(("identifiers", "first"), BY_ID)
def test_an_identifier_is_asked_of_the_service_that_gave_it(identifiers: dict[str, str], first: str) -> None:
    assert asked(Entry(title="Whatever it is called", identifiers=identifiers)) == [first]


def test_the_next_service_stands_in_only_after_the_first_ended_without_an_answer() -> None:
    entry = Entry(identifiers={"arxiv": "2010.11929"})
    first = "arxiv arxiv 2010.11929"
    assert asked(entry, ended={first: OPEN}) == []
    assert asked(entry, ended={first: "failed"}) == ["datacite arxiv 2010.11929"]
    assert asked(entry, ended={first: "nothing"}) == ["datacite arxiv 2010.11929"]
    assert asked(entry, ended={first: "failed", "datacite arxiv 2010.11929": "failed"}) == ["openalex arxiv 2010.11929"]


def test_all_identifiers_are_asked_about_at_once() -> None:
    entry = Entry(identifiers={"arxiv": "2010.11929", "doi": "10.1000/a", "openreview": "YicbFdNTTy"})
    assert len(asked(entry)) == 3


def test_without_an_identifier_the_title_is_searched_for_in_two_places() -> None:
    assert asked(Entry(title="A title of several words")) == [
        "arxiv title A title of several words",
        "crossref title A title of several words",
    ]


def test_an_abstract_alone_is_searched_for_by_its_own_words() -> None:
    (question,) = asked(Entry(abstract="We show that graphs " * 40))
    assert question.startswith("arxiv abstract We show that graphs")
    assert len(question) < 320


def test_a_preprint_s_publication_is_looked_for_and_a_publication_s_preprint() -> None:
    entry = Entry(identifiers={"arxiv": "2010.11929"})
    done = {"arxiv arxiv 2010.11929": "answered"}
    assert asked(entry, PREPRINT, ended=done) == [
        "openalex arxiv 2010.11929",
        "semantic_scholar arxiv 2010.11929",
        "dblp title A title of several words",
        "crossref title A title of several words",
    ]
    assert asked(Entry(identifiers={"doi": "10.1000/a"}), PUBLISHED, ended={"crossref doi 10.1000/a": "answered"}) == [
        "arxiv title A title of several words"
    ]


def test_the_publication_that_a_preprint_names_is_asked_for_by_its_doi() -> None:
    named = Answer(
        "arxiv", "1", "preprint", PREPRINT.record, identifiers=PREPRINT.identifiers, facts={"published_as": "10.1000/a"}
    )
    found = asked(Entry(identifiers={"arxiv": "2010.11929"}), named, ended={"arxiv arxiv 2010.11929": "answered"})
    assert found == ["crossref doi 10.1000/a"]


def test_code_and_models_come_last() -> None:
    ended = {"arxiv arxiv 2010.11929": "answered", "crossref doi 10.1000/a": "answered"}
    found = asked(Entry(identifiers={"arxiv": "2010.11929"}), PREPRINT, PUBLISHED, ended=ended)
    assert found == ["huggingface arxiv 2010.11929", "github repository google-research/vision_transformer"]
    everything = {**ended, **dict.fromkeys(found, "nothing")}
    assert asked(Entry(identifiers={"arxiv": "2010.11929"}), PREPRINT, PUBLISHED, ended=everything) == []


def test_the_open_pdf_is_asked_for_where_no_pdf_is_known() -> None:
    entry = Entry(identifiers={"doi": "10.1000/a", "arxiv": "2010.11929"}, links=())
    bare = Answer("arxiv", "1", "preprint", PREPRINT.record, identifiers=PREPRINT.identifiers)
    ended = {"arxiv arxiv 2010.11929": "answered", "crossref doi 10.1000/a": "answered"}
    assert asked(entry, bare, PUBLISHED, ended=ended) == ["huggingface arxiv 2010.11929", "unpaywall doi 10.1000/a"]


def test_a_service_that_is_switched_off_is_passed_over() -> None:
    reach = {name: abouts for name, abouts in ALL.items() if name != "arxiv"}
    assert asked(Entry(identifiers={"arxiv": "2010.11929"}), reach=reach) == ["datacite arxiv 2010.11929"]
    assert asked(Entry(identifiers={"arxiv": "2010.11929"}), reach={}) == []


@pytest.mark.parametrize("url", ["https://github.com/topics/vision", "https://github.com", "https://gitlab.com/a/b"])
def test_what_is_no_repository_on_github_is_not_asked_about(url: str) -> None:
    entry = Entry(identifiers={"doi": "10.1000/a"}, links=(Link(url, "code"), Link("https://x.org/a.pdf", "pdf")))
    ended = {"crossref doi 10.1000/a": "answered", "arxiv title A title of several words": "nothing"}
    assert asked(entry, PUBLISHED, ended=ended) == []
