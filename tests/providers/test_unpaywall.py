"""Unpaywall: the open PDF of a DOI, and no question without the reader's address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.providers.fake import FakeService
from tests.providers.shapes import broken, parsed
from tui.errors import AnswerError, NetworkError
from tui.model import Link, Record
from tui.providers import unpaywall
from tui.providers.asking import Provider, Question

DOI = "10.7717/peerj.4375"
PROVIDER: Provider = unpaywall


def said(**changed: Any) -> dict[str, Any]:
    """Return what Unpaywall says of a DOI, in its own members and shapes."""
    best = {
        "url": "https://peerj.com/articles/4375",
        "url_for_pdf": "https://peerj.com/articles/4375.pdf",
        "url_for_landing_page": "https://doi.org/10.7717/peerj.4375",
        "license": "cc-by",
        "host_type": "publisher",
        "version": "publishedVersion",
    }
    return {
        "doi": DOI.upper(),
        "is_oa": True,
        "oa_status": "gold",
        "title": "The state of OA",
        "year": 2018,
        "best_oa_location": best,
        "oa_locations": [best],
        "z_authors": [{"given": "Heather", "family": "Piwowar"}],
    } | changed


def body(**changed: Any) -> bytes:
    return json.dumps(said(**changed)).encode()


def test_the_open_pdf_comes_without_a_record() -> None:
    (answer,) = unpaywall.parse(body())
    assert (answer.id, answer.kind, answer.record) == (DOI, None, Record())
    assert answer.identifiers == {"doi": DOI}
    assert answer.links == (Link("https://peerj.com/articles/4375.pdf", "pdf"),)
    assert answer.facts == {"open_access": "gold", "licence": "CC BY"}


@pytest.mark.parametrize(
    ("changed", "links"),
    [
        ({"is_oa": False, "oa_status": "closed", "best_oa_location": None, "oa_locations": []}, ()),
        (
            {"best_oa_location": {"url": "https://a.example/1"}, "oa_locations": []},
            (Link("https://a.example/1", "paper"),),
        ),
        (
            {
                "best_oa_location": {"url": "https://a.example/1"},
                "oa_locations": [{"url_for_pdf": "https://b.example/1"}],
            },
            (Link("https://b.example/1", "pdf"),),
        ),
        ({"best_oa_location": {"url": "https://arxiv.org/pdf/2010.1"}}, (Link("https://arxiv.org/pdf/2010.1", "pdf"),)),
        ({"best_oa_location": {"url_for_pdf": "file:///etc/passwd", "url": 7}, "oa_locations": "x"}, ()),
    ],
)
def test_the_best_copy_is_linked(changed: dict[str, Any], links: tuple[Link, ...]) -> None:
    (answer,) = unpaywall.parse(body(**changed))
    assert answer.links == links


def test_without_an_address_nothing_is_asked() -> None:
    service = FakeService({"unpaywall": body()})
    assert unpaywall.look_up([Question("unpaywall", "doi", DOI)], service) == {}
    assert service.requests == []


def test_a_doi_is_asked_for_with_the_readers_address() -> None:
    service = FakeService({"unpaywall": body()}, contact="me+x@example.org")
    question = Question("unpaywall", "doi", DOI)
    assert unpaywall.look_up([question], service)[question][0].id == DOI
    assert service.requests[0].url == "https://api.unpaywall.org/v2/10.7717%2Fpeerj.4375?email=me%2Bx%40example.org"
    assert unpaywall.look_up([question], FakeService({"v2": None}, contact="me@example.org")) == {}


def test_another_paper_is_refused_and_a_refusal_passed_on() -> None:
    question = Question("unpaywall", "doi", "10.1000/mine")
    with pytest.raises(AnswerError, match="another paper"):
        unpaywall.look_up([question], FakeService({"v2": body()}, contact="me@example.org"))
    with pytest.raises(NetworkError, match="422"):
        unpaywall.look_up([question], FakeService({"v2": NetworkError("It said 422.", status=422)}, contact="nobody"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b'{"HTTP_status_code": 422, "error": true, "message": "Please use your own email address."}',
            "your own email",
        ),
        (b"{}", "says nothing of any DOI"),
        (b"[]", "says nothing of any DOI"),
        (b'{"doi": 5}', "says nothing of any DOI"),
        (b"<html>", "web page"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(AnswerError, match=sentence):
        unpaywall.parse(content)


@settings(max_examples=100, deadline=None)
@given(broken(said()))
def test_no_shape_raises_anything_but_an_answer_error(content: bytes) -> None:
    for answer in parsed(unpaywall, content):
        assert all(link.url.startswith("http") for link in answer.links)
