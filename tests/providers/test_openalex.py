"""OpenAlex: one work for every version of a paper, and which version its record is of."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings

from tests.providers.fake import FakeService
from tests.providers.shapes import broken, parsed
from tui.errors import AnswerError, NetworkError
from tui.model import Answer, Link
from tui.providers import openalex
from tui.providers.asking import About, Provider, Question
from tui.providers.openalex_work import abstract_of

PROVIDER: Provider = openalex
ARXIV_DOI = "10.48550/arxiv.2010.10915"


def place(page: str | None, name: str | None, kind: str | None, **changed: Any) -> dict[str, Any]:
    source = {"display_name": name, "type": kind, "host_organization_name": "Its Press"} if name else None
    return {"is_oa": False, "landing_page_url": page, "pdf_url": None, "source": source, "license": None} | changed


ON_ARXIV = place(
    "http://arxiv.org/abs/2010.10915",
    "arXiv (Cornell University)",
    "repository",
    version="submittedVersion",
    is_oa=True,
    pdf_url="https://arxiv.org/pdf/2010.10915",
)
AT_IEEE = place("https://doi.org/10.1109/icassp39728.2021.9413528", "ICASSP 2021", "conference")


def work(**changed: Any) -> dict[str, Any]:
    """Return a work with the members and shapes of OpenAlex's own."""
    members: dict[str, Any] = {
        "id": "https://openalex.org/W3160137267",
        "doi": "https://doi.org/10.1109/ICASSP39728.2021.9413528",
        "display_name": "Contrastive Learning of General-Purpose Audio Representations",
        "publication_year": 2021,
        "publication_date": "2021-05-13",
        "ids": {"openalex": "https://openalex.org/W3160137267", "pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
        "type": "article",
        "type_crossref": "proceedings-article",
        "indexed_in": ["crossref"],
        "primary_location": AT_IEEE,
        "locations": [AT_IEEE, ON_ARXIV],
        "best_oa_location": ON_ARXIV,
        "open_access": {"is_oa": True, "oa_status": "green", "oa_url": "https://arxiv.org/pdf/2010.10915"},
        "authorships": [
            {"author": {"display_name": "Aaqib Saeed"}, "raw_author_name": "Saeed, Aaqib"},
            {"author": {"display_name": "David Grangier"}, "raw_author_name": "David Grangier"},
            {"author": {"display_name": "Neil Zeghidour"}, "raw_author_name": "NEIL ZEGHIDOUR"},
        ],
        "biblio": {"volume": None, "issue": None, "first_page": "3875", "last_page": "3879"},
        "is_retracted": False,
        "cited_by_count": 300,
        "referenced_works_count": 33,
        "abstract_inverted_index": {"learn": [1, 3], "We": [0], "and": [2], ".": [4]},
    }
    return {name: value for name, value in (members | changed).items() if value is not ...}


def answer(**changed: Any) -> Answer:
    (found,) = openalex.parse(json.dumps(work(**changed)).encode())
    return found


def content(*works: dict[str, Any]) -> bytes:
    return json.dumps({"meta": {"count": len(works)}, "results": list(works), "group_by": []}).encode()


def ask(value: str, about: About = "doi", authors: tuple[str, ...] = ()) -> Question:
    return Question("openalex", about, value, authors)


def test_a_published_paper_is_the_record_of_its_primary_location() -> None:
    found = answer()
    assert (found.id, found.kind, found.record.type) == ("W3160137267", "published", "conference")
    assert (found.record.venue, found.record.year, found.record.month) == ("ICASSP 2021", 2021, 5)
    assert (found.record.pages, found.record.doi) == ("3875-3879", "10.1109/icassp39728.2021.9413528")
    assert found.record.authors == ("Aaqib Saeed", "David Grangier", "Neil Zeghidour")
    assert found.record.arxiv is None
    assert found.identifiers == {
        "openalex": "W3160137267",
        "doi": "10.1109/icassp39728.2021.9413528",
        "arxiv": "2010.10915",
        "pmid": "123",
    }
    assert found.facts == {"citations": 300, "references": 33, "open_access": "green"}
    assert found.links == (Link("https://arxiv.org/pdf/2010.10915", "pdf"),)
    assert found.abstract == "We learn and learn ."


def test_a_preprint_is_a_preprint_although_it_appeared() -> None:
    stated = {"type": "preprint", "type_crossref": "posted-content", "doi": f"https://doi.org/{ARXIV_DOI}"}
    found = answer(**stated, primary_location=ON_ARXIV, publication_date="2020-10-21", publication_year=2020)
    assert (found.kind, found.record.type, found.record.venue) == ("preprint", "preprint", None)
    assert (found.record.arxiv, found.record.doi, found.record.year) == ("2010.10915", None, 2020)
    assert (found.record.pages, found.record.publisher) == (None, None)
    assert found.facts["published_as"] == "10.1109/icassp39728.2021.9413528"
    assert "doi" not in found.identifiers


def test_a_preprint_whose_work_has_the_publishers_doi_names_it_as_published() -> None:
    found = answer(primary_location=ON_ARXIV, locations=[ON_ARXIV])
    assert (found.kind, found.record.doi) == ("preprint", None)
    assert found.facts["published_as"] == "10.1109/icassp39728.2021.9413528"
    lone = answer(
        primary_location=ON_ARXIV, locations=[ON_ARXIV], doi="https://doi.org/10.5281/zenodo.1", indexed_in=[]
    )
    assert "published_as" not in lone.facts


def test_a_year_that_may_be_the_preprints_is_none() -> None:
    venue = place("https://openreview.net/forum?id=YicbFdNTTy", "International Conference on Learning", "conference")
    same = {"doi": None, "primary_location": venue, "locations": [venue, ON_ARXIV], "publication_date": "2020-10-22"}
    doubtful = answer(**same, publication_year=2020)
    assert (doubtful.kind, doubtful.record.year, doubtful.record.month) == ("published", None, None)
    assert doubtful.identifiers["openreview"] == "YicbFdNTTy"
    assert answer(**same | {"publication_date": "2021-05-03"}, publication_year=2021).record.year == 2021


@pytest.mark.parametrize(
    ("source", "stated", "version", "kind", "record_type", "venue"),
    [
        (("Nature", "journal"), "article", None, "published", "journal", "Nature"),
        (
            ("bioRxiv (Cold Spring Harbor Laboratory)", "repository"),
            "preprint",
            None,
            "preprint",
            "preprint",
            "bioRxiv",
        ),
        (("SSRN Electronic Journal", "repository"), "article", None, "preprint", "preprint", "SSRN Electronic Journal"),
        (("PubMed Central", "repository"), "article", "publishedVersion", "published", "journal", None),
        (("DSpace@MIT", "repository"), "dissertation", None, "published", "thesis", None),
        (("HAL (Le Centre)", "repository"), "dissertation", "submittedVersion", "published", "thesis", None),
        (("Zenodo", "repository"), "dataset", None, "published", "dataset", None),
        (("Springer eBooks", "ebook platform"), "book-chapter", None, "published", "chapter", None),
        (("Lecture notes in computer science", "book series"), "book-chapter", None, "published", "chapter", None),
        (("A Workshop on Birds", "conference"), "article", None, "published", "workshop", "A Workshop on Birds"),
        ((None, None), "article", None, "published", "other", None),
    ],
)
def test_the_version_and_the_type_follow_from_where_it_is(
    source: tuple[str | None, str | None],
    stated: str,
    version: str | None,
    kind: str,
    record_type: str,
    venue: str | None,
) -> None:
    where = place("https://example.org/1", *source, version=version)
    found = answer(primary_location=where, locations=[where], type=stated, type_crossref=...)
    assert (found.kind, found.record.type, found.record.venue) == (kind, record_type, venue)


@pytest.mark.parametrize("stated", ["paratext", "peer-review", "grant", "supplementary-materials"])
def test_what_is_no_work_of_somebodys_is_no_answer(stated: str) -> None:
    assert openalex.parse(json.dumps(work(type=stated)).encode()) == ()


def test_a_retracted_paper_says_so() -> None:
    assert "retracted" in str(answer(is_retracted=True).withdrawn)
    assert answer(is_retracted="false").withdrawn is None


def test_a_first_of_january_is_a_year_alone() -> None:
    assert answer(publication_date="2021-01-01").record.month is None


@pytest.mark.parametrize(
    ("index", "abstract"),
    [
        ({"big": [1], "A": [0], "bird": [2]}, "A big bird"),
        ({"A": [0], "bird": [10**12]}, "A"),
        ({"A": [0, True, None, "1", -1, 1.0], "b": "0", "c": {"d": 1}}, "A"),
        ({"<p>A": [0], "bird</p>": [1]}, "A bird"),
        ({}, None),
        (None, None),
        ([["A", 0]], None),
    ],
)
def test_an_abstract_is_put_together_from_its_places(index: Any, abstract: str | None) -> None:
    assert abstract_of(index) == abstract


def test_an_abstract_of_hostile_size_costs_little() -> None:
    index = {f"w{number}": list(range(200)) for number in range(2_000)}
    began = time.process_time()
    assert len((abstract_of(index) or "").split()) == 200
    assert time.process_time() - began < 2


def test_without_a_key_dois_are_asked_for_one_by_one() -> None:
    service = FakeService({"doi:10.1109/icassp39728.2021.9413528": json.dumps(work()).encode(), "doi:": None})
    mine, unknown = ask("10.1109/icassp39728.2021.9413528"), ask("10.1000/2")
    assert list(openalex.look_up([mine, unknown], service)) == [mine]
    assert service.requests[0].url == "https://api.openalex.org/works/doi:10.1109%2Ficassp39728.2021.9413528"
    assert [request.headers for request in service.requests] == [{}, {}]


def test_the_first_refusal_ends_the_look_up() -> None:
    refusal = NetworkError("OpenAlex wants 15 hours of rest.", status=429)
    service = FakeService({"x.1": None, "doi:": refusal})
    with pytest.raises(NetworkError, match="15 hours"):
        openalex.look_up([ask(f"10.1000/x.{number}") for number in range(1, 9)], service)
    assert len(service.requests) == 2


def test_with_a_key_fifty_dois_are_one_request_and_the_key_is_in_a_header() -> None:
    dois = [f"10.1000/x.{number}" for number in range(50)]
    works = [
        work(id=f"https://openalex.org/W{number}", doi=f"https://doi.org/{doi}") for number, doi in enumerate(dois, 1)
    ]
    service = FakeService({"filter=doi:": content(*reversed(works[:-1]))}, key="sesame")
    found = openalex.look_up([ask(doi) for doi in dois], service)
    assert {question.value: answers[0].id for question, answers in found.items()} == {
        doi: f"W{number}" for number, doi in enumerate(dois[:-1], 1)
    }
    (request,) = service.requests
    asked = parse_qs(urlsplit(request.url).query)
    assert (asked["filter"][0].count("|"), asked["per-page"]) == (49, ["50"])
    assert request.headers == {"Authorization": "Bearer sesame"}
    assert "sesame" not in request.url


def test_a_doi_with_a_comma_or_a_bar_is_asked_for_apart() -> None:
    service = FakeService({"works": content()}, key="sesame")
    openalex.look_up([ask("10.1000/a,b"), ask("10.1000/c"), ask("10.1000/d")], service)
    assert [unquote(request.url).rpartition("works")[2].partition("&")[0] for request in service.requests] == [
        "/doi:10.1000/a,b",
        "?filter=doi:10.1000/c|10.1000/d",
    ]


def test_dois_that_do_not_fit_into_one_address_are_two_requests() -> None:
    service = FakeService({"works": content()}, key="sesame")
    openalex.look_up([ask(f"10.1000/{number:02}{'(' * 280}") for number in range(9)], service)
    assert len(service.requests) > 1
    assert max(len(request.url) for request in service.requests) < 5_000
    assert sum(unquote(request.url).count("10.1000/") for request in service.requests) == 9


def test_an_arxiv_paper_is_asked_for_by_arxivs_doi_and_found_under_the_publishers() -> None:
    service = FakeService({"doi:10.48550": json.dumps(work()).encode()})
    question = ask("2010.10915", "arxiv")
    assert openalex.look_up([question], service)[question][0].kind == "published"
    assert service.requests[0].url.endswith("/works/doi:10.48550%2Farxiv.2010.10915")


def test_a_merged_work_is_taken_by_its_doi_and_another_one_refused() -> None:
    merged = FakeService({"works": json.dumps(work(id="https://openalex.org/W1", ids={})).encode()})
    question = ask("10.1109/ICASSP39728.2021.9413528")
    assert openalex.look_up([question], merged)[question][0].id == "W1"
    with pytest.raises(AnswerError, match="another work"):
        openalex.look_up([ask("10.1000/mine")], merged)


def test_a_search_wants_a_key() -> None:
    title, abstract = (
        ask('Audio: "General | Purpose", !', "title"),
        ask("We learn a lot of things about sound", "abstract"),
    )
    service = FakeService({"works": content(work())})
    assert openalex.look_up([title], service) == {}
    assert openalex.look_up([abstract], service) == {}
    assert service.requests == []
    service.key = "sesame"
    assert len(openalex.look_up([title], service)[title]) == 1
    assert len(openalex.look_up([abstract], service)[abstract]) == 1
    filters = [parse_qs(urlsplit(request.url).query)["filter"][0] for request in service.requests]
    assert filters[0] == "title.search:audio general purpose"
    assert filters[1].startswith('abstract.search:"we learn a lot')


def test_what_openalex_does_not_know_is_nothing() -> None:
    assert openalex.look_up([ask("10.1000/1")], FakeService({"works": None})) == {}
    assert openalex.look_up([ask("10.1000/1"), ask("10.1000/2")], FakeService({"works": content()}, key="k")) == {}
    assert openalex.look_up([], FakeService({})) == {}
    assert openalex.look_up([ask("none"), ask("none either")], FakeService({})) == {}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<!doctype html><title>404</title>", "web page"),
        (
            b'{"error": "Invalid API key", "message": "The key is not known."}',
            "refuses the request: The key is not known.",
        ),
        (b'{"error": "Too many requests"}', "Too many requests"),
        (b"[]", "neither a work"),
        (b'{"results": {}}', "neither a work"),
        (b'{"id": "W1"}', "neither a work"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_work_is_refused_in_words(body: bytes, sentence: str) -> None:
    with pytest.raises(AnswerError, match=sentence):
        openalex.parse(body)


@settings(max_examples=150, deadline=None)
@given(broken({"results": [work(), work(primary_location=ON_ARXIV)]}))
def test_no_shape_raises_anything_but_an_answer_error(body: bytes) -> None:
    for found in parsed(openalex, body):
        assert found.id.startswith("W")
        assert found.kind in ("preprint", "published")
