"""DataCite: one or many DOIs in a request, both of its shapes, and answers that are none."""

from __future__ import annotations

import contextlib
import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.fake import FakeService, Request
from tui.errors import AnswerError, NetworkError
from tui.model import Link
from tui.providers import datacite
from tui.providers.asking import About, Provider, Question

ABSTRACT = "A short text of our own, written so that a test has something to read."

ARXIV: dict[str, Any] = {
    "doi": "10.48550/arxiv.2010.10915",
    "creators": [
        {"name": "Saeed, Aaqib", "nameType": "Personal", "givenName": "Aaqib", "familyName": "Saeed"},
        {"name": "Grangier, David", "affiliation": []},
        {"name": "The Audio, Speech and Music Group", "nameType": "Organizational"},
    ],
    "titles": [{"title": "Contrastive Learning of General-Purpose Audio Representations"}],
    "publisher": "arXiv",
    "container": {},
    "publicationYear": 2020,
    "subjects": [
        {"subject": "Sound (cs.SD)", "subjectScheme": "arXiv"},
        {"subject": "Audio and Speech Processing (eess.AS)", "subjectScheme": "arXiv"},
        {
            "subject": "FOS: Computer and information sciences",
            "subjectScheme": "Fields of Science and Technology (FOS)",
        },
    ],
    "dates": [
        {"date": "2021-02-14T12:00:00Z", "dateType": "Updated", "dateInformation": "v2"},
        {"date": "2020-10-21T11:56:22Z", "dateType": "Submitted", "dateInformation": "v1"},
        {"date": "2020-10", "dateType": "Available", "dateInformation": "v1"},
        {"date": "2020", "dateType": "Issued"},
    ],
    "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article", "citeproc": "article"},
    "relatedIdentifiers": [
        {
            "relationType": "IsVersionOf",
            "relatedIdentifier": "10.1109/ICASSP39728.2021.9413528",
            "relatedIdentifierType": "DOI",
        }
    ],
    "version": "2",
    "rightsList": [
        {
            "rights": "arXiv.org perpetual, non-exclusive license",
            "rightsUri": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        }
    ],
    "descriptions": [
        {"description": ABSTRACT, "descriptionType": "Abstract"},
        {"description": "5 pages, 2 figures", "descriptionType": "Other"},
    ],
    "url": "https://arxiv.org/abs/2010.10915",
    "citationCount": 7,
}

DEPOSIT: dict[str, Any] = {
    "id": "https://doi.org/10.5281/zenodo.100",
    "doi": "10.5281/ZENODO.100",
    "url": "https://zenodo.org/record/100",
    "types": {"resourceTypeGeneral": "Software"},
    "creators": [{"name": "Müller, Jörg"}, {"name": "Team"}, {"givenName": "Ana", "familyName": "Cruz"}, "?", {}],
    "titles": [{"title": "A Tool"}, {"title": "Its Long Name", "titleType": "Subtitle"}],
    "publisher": {"name": "Zenodo"},
    "container": {"type": "Series", "identifier": "https://zenodo.org/communities/x"},
    "dates": [{"date": "2021-09-17", "dateType": "Issued"}],
    "publicationYear": "2021",
    "version": "1.0",
    "subjects": [{"subject": "tools"}, {"subject": "610 Medicine", "subjectScheme": "DDC"}],
    "rightsList": [
        {"rights": "Open Access", "rightsUri": "info:eu-repo/semantics/openAccess"},
        {"rights": "MIT License", "rightsUri": "https://opensource.org/licenses/MIT", "rightsIdentifier": "mit"},
    ],
    "descriptions": [{"description": "<p>One &amp; two.</p>\n<p>Three.</p>", "descriptionType": "Abstract"}],
    "relatedIdentifiers": [
        {"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.99", "relatedIdentifierType": "DOI"},
        {
            "relationType": "IsSupplementTo",
            "relatedIdentifier": "https://github.com/owner/tool/tree/v1",
            "relatedIdentifierType": "URL",
        },
    ],
}


def listed(*works: dict[str, Any]) -> bytes:
    return json.dumps(
        {"data": [{"id": work.get("doi"), "type": "dois", "attributes": work} for work in works], "meta": {"total": 2}}
    ).encode()


def single(work: dict[str, Any]) -> bytes:
    return json.dumps({"data": {"id": work["doi"], "type": "dois", "attributes": work}}).encode()


def asked(about: About, *values: str, authors: tuple[str, ...] = ()) -> list[Question]:
    return [Question("datacite", about, value, authors) for value in values]


def query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_the_module_is_a_provider() -> None:
    module: Provider = datacite
    assert (module.NAME, module.KEY, module.ASKS["arxiv"]) == ("datacite", None, 25)


def test_an_arxiv_paper_becomes_the_preprints_record() -> None:
    (answer,) = datacite.parse(single(ARXIV))
    made = answer.record
    assert (answer.provider, answer.id, answer.kind, made.type) == (
        "datacite", "10.48550/arxiv.2010.10915", "preprint", "preprint",
    )  # fmt: skip
    assert made.title == "Contrastive Learning of General-Purpose Audio Representations"
    assert made.authors == ("Aaqib Saeed", "David Grangier", "The Audio, Speech and Music Group")
    assert (made.year, made.month, made.doi, made.arxiv, made.primary_class) == (2020, 10, None, "2010.10915", "cs.SD")
    assert (made.venue, made.publisher, made.url) == (None, None, "https://arxiv.org/abs/2010.10915")
    assert answer.categories == ("cs.SD", "eess.AS")
    assert answer.abstract == ABSTRACT
    assert answer.identifiers == {"arxiv": "2010.10915", "doi": "10.1109/icassp39728.2021.9413528"}
    assert answer.facts == {
        "comment": "5 pages, 2 figures",
        "published_as": "10.1109/icassp39728.2021.9413528",
        "version": 2,
        "submitted": "2020-10-21",
        "updated": "2021-02-14",
        "licence": "arXiv.org perpetual, non-exclusive license",
        "citations": 7,
    }
    assert [link.rel for link in answer.links] == ["paper", "pdf"]
    assert answer.withdrawn is None


def test_a_deposit_in_the_other_shape_keeps_its_own_doi() -> None:
    (answer,) = datacite.parse(json.dumps(DEPOSIT).encode())
    made = answer.record
    assert (answer.id, answer.kind, made.type, made.doi) == (
        "10.5281/zenodo.100", "published", "software", "10.5281/zenodo.100",
    )  # fmt: skip
    assert (made.title, made.authors) == ("A Tool: Its Long Name", ("Jörg Müller", "Team", "Ana Cruz"))
    assert (made.year, made.month, made.publisher, made.venue) == (2021, 9, "Zenodo", None)
    assert answer.abstract == "One & two.\n\nThree."
    assert answer.identifiers == {"doi": "10.5281/zenodo.100"}
    assert answer.facts == {"version": "1.0", "licence": "mit", "keywords": "tools"}
    assert answer.links == (
        Link("https://zenodo.org/record/100", "paper"),
        Link("https://github.com/owner/tool/tree/v1", "code"),
    )


@pytest.mark.parametrize(
    ("types", "container", "kind"),
    [
        ({"resourceTypeGeneral": "JournalArticle"}, {}, "journal"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Journal article"}, {}, "journal"),
        ({"resourceTypeGeneral": "Text", "resourceType": "ConferencePaper"}, {}, "conference"),
        ({"resourceTypeGeneral": "ConferencePaper"}, {"title": "Proceedings of a Workshop"}, "workshop"),
        ({"resourceTypeGeneral": "ConferencePaper"}, {"title": "Proceedings of a Conference"}, "conference"),
        ({"resourceTypeGeneral": "BookChapter"}, {}, "chapter"),
        ({"resourceTypeGeneral": "Dissertation"}, {}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "PhD Thesis"}, {}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Preprint"}, {}, "preprint"),
        ({"resourceTypeGeneral": "Dataset", "resourceType": "Article"}, {}, "dataset"),
        ({"resourceTypeGeneral": "Image", "resourceType": "Article"}, {}, "other"),
        ({}, {}, "other"),
        ([], [], "other"),
    ],
)
def test_kinds_of_resources(types: object, container: object, kind: str) -> None:
    (answer,) = datacite.parse(json.dumps({**DEPOSIT, "types": types, "container": container}).encode())
    assert answer.record.type == kind
    assert answer.kind == ("preprint" if kind == "preprint" else "published")


@pytest.mark.parametrize(
    ("container", "pages"),
    [
        ({"title": "J", "firstPage": "109", "lastPage": "128"}, "109-128"),
        ({"title": "J", "firstPage": "e12", "lastPage": "e12"}, "e12"),
        ({"title": "J", "firstPage": "Bd. 1 Nr. 1 (2018)"}, None),
        ({"title": "J", "firstPage": "Journal of Something"}, None),
        ({"title": "J", "firstPage": 12}, None),
    ],
)
def test_pages_are_pages_and_not_what_depositors_write_there(container: object, pages: str | None) -> None:
    (answer,) = datacite.parse(json.dumps({**DEPOSIT, "container": container}).encode())
    assert (answer.record.venue, answer.record.pages) == ("J", pages)


def test_what_a_chapter_is_published_in_may_stand_among_the_related_items() -> None:
    item = {
        "relationType": "IsPublishedIn", "titles": [{"title": "A Book"}], "volume": "3", "issue": "2",
        "firstPage": "1", "lastPage": "9",
    }  # fmt: skip
    (answer,) = datacite.parse(json.dumps({**DEPOSIT, "container": {}, "relatedItems": [7, item]}).encode())
    made = answer.record
    assert (made.venue, made.volume, made.number, made.pages) == ("A Book", "3", "2", "1-9")


@pytest.mark.parametrize(
    ("relation", "value", "facts", "arxiv"),
    [
        ("IsVariantFormOf", "10.4324/9781003025078-6", {"published_as": "10.4324/9781003025078-6"}, None),
        ("IsVariantFormOf", "10.48550/arXiv.2010.10915", {"preprint_is": "10.48550/arxiv.2010.10915"}, "2010.10915"),
        ("IsVariantFormOf", "arXiv:2010.10915", {"preprint_is": "10.48550/arxiv.2010.10915"}, "2010.10915"),
        ("IsVersionOf", "10.5281/zenodo.99", {}, None),
        ("Cites", "10.1000/1", {}, None),
        (["IsVariantFormOf"], "10.1000/1", {}, None),
    ],
)
def test_other_versions_of_a_deposit(relation: object, value: str, facts: dict[str, str], arxiv: str | None) -> None:
    related = [{"relationType": relation, "relatedIdentifier": value, "relatedIdentifierType": "DOI"}]
    (answer,) = datacite.parse(json.dumps({**DEPOSIT, "relatedIdentifiers": related}).encode())
    assert {name: answer.facts[name] for name in ("published_as", "preprint_is") if name in answer.facts} == facts
    assert answer.identifiers.get("arxiv") == arxiv
    assert answer.identifiers["doi"] == "10.5281/zenodo.100"


def test_a_withdrawn_paper_says_so_and_has_no_pdf() -> None:
    withdrawn = {"date": "2023-01-02T10:00:00Z", "dateType": "Withdrawn", "dateInformation": "v3"}
    (answer,) = datacite.parse(single({**ARXIV, "dates": [*ARXIV["dates"], withdrawn]}))
    assert answer.withdrawn == "DataCite says that it was withdrawn on 2023-01-02."
    assert [link.rel for link in answer.links] == ["paper"]


def test_one_doi_is_asked_by_its_address_with_every_sign_escaped() -> None:
    service = FakeService({"/dois/10.48550/arxiv.2010.10915": single(ARXIV)})
    (question,) = asked("arxiv", "2010.10915")
    assert datacite.look_up([question], service)[question][0].record.arxiv == "2010.10915"
    assert service.requests[0].url == "https://api.datacite.org/dois/10.48550%2Farxiv.2010.10915"


def test_old_arxiv_ids_are_dois_with_two_slashes() -> None:
    work = {**ARXIV, "doi": "10.48550/ARXIV.HEP-TH/9711200"}
    service = FakeService({"/dois/10.48550%2Farxiv.hep-th%2F9711200": single(work)})
    (question,) = asked("arxiv", "hep-th/9711200")
    assert datacite.look_up([question], service)[question][0].record.arxiv == "hep-th/9711200"


def test_several_dois_are_one_request_and_come_back_in_any_order() -> None:
    service = FakeService({"/dois?query=": listed(DEPOSIT, {"doi": 7}, ARXIV)})
    questions = asked("doi", "10.48550/arxiv.2010.10915", "10.5281/zenodo.100", "10.1000/absent")
    found = datacite.look_up(questions, service)
    assert [found[question][0].id for question in questions[:2]] == ["10.48550/arxiv.2010.10915", "10.5281/zenodo.100"]
    assert questions[2] not in found
    (request,) = service.requests
    assert '"10.5281/zenodo.100" OR "10.5281/ZENODO.100"' in query(request)["query"]
    assert query(request)["page[size]"] == "6"


def test_dois_too_long_for_one_address_are_two_requests() -> None:
    names = [f"10.1000/{'x' * 250}{number}" for number in range(10)]
    service = FakeService({"/dois?query=": listed()})
    assert datacite.look_up(asked("doi", *names), service) == {}
    assert len(service.requests) == 2
    assert all(len(request.url) < 8_000 for request in service.requests)
    assert all(any(name in unquote(request.url) for request in service.requests) for name in names)


def test_what_is_not_there_is_nothing() -> None:
    gone = json.dumps({"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]})
    assert datacite.look_up(asked("arxiv", "2010.10915"), FakeService({"/dois/": None})) == {}
    assert datacite.look_up(asked("arxiv", "2010.10915"), FakeService({"/dois/": gone.encode()})) == {}
    assert datacite.look_up(asked("doi", "no doi"), FakeService({})) == {}
    assert datacite.look_up([], FakeService({})) == {}


def test_another_work_than_was_asked_for_is_refused() -> None:
    with pytest.raises(AnswerError, match="another work"):
        datacite.look_up(asked("arxiv", "2101.00001"), FakeService({"/dois/": single(ARXIV)}))


def test_a_refusal_is_the_callers_business() -> None:
    with pytest.raises(NetworkError, match="too often"):
        datacite.look_up(asked("arxiv", "2010.10915"), FakeService({"/dois/": NetworkError("too often", status=429)}))


@pytest.mark.parametrize(
    ("title", "search"),
    [
        ("Deep learning", "titles.title:(deep AND learning) AND creators.name:saeed"),
        (
            "A Long and (Quite) Telling Title: 5*",
            "titles.title:(a AND long AND and AND quite AND telling AND title AND 5)",
        ),
        ("x OR y) OR doi:*", "titles.title:(x AND or AND y AND doi) AND creators.name:saeed"),
    ],
)
def test_a_title_is_searched_by_all_of_its_words(title: str, search: str) -> None:
    service = FakeService({"/dois?query=": listed(ARXIV, DEPOSIT)})
    (question,) = asked("title", title, authors=("Aaqib Saeed",))
    assert [answer.record.arxiv for answer in datacite.look_up([question], service)[question]] == ["2010.10915", None]
    assert query(service.requests[0])["query"] == search


def test_a_title_without_words_is_not_searched() -> None:
    assert datacite.look_up(asked("title", "?!"), FakeService({})) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>Checking your browser</html>", "web page"),
        (b"The resource you are looking for doesn't exist.", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[1, 2]", "no list of works"),
        (b"null", "no list of works"),
        (b'{"hello": 1}', "no list of works"),
        (b'{"errors": [{"status": "500", "title": "Something broke."}]}', "Something broke"),
        (b'{"errors": [{"status": ["x"]}]}', "does not say why"),
        (b'{"data": [', "JSON"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        datacite.parse(content)


@pytest.mark.parametrize(
    "content",
    [
        b'{"data": [{"id": "0003-pr9n", "type": "client-prefixes", "attributes": {"created": "2020"}}]}',
        b'{"data": null}',
        b'{"data": [null, 1, "x", {"type": "dois"}, {"type": "dois", "attributes": {"doi": "10.1/x"}}]}',
    ],
)
def test_lists_of_other_things_hold_no_works(content: bytes) -> None:
    assert datacite.parse(content) == ()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted({**ARXIV, **DEPOSIT})), ANYTHING, max_size=4),
    st.sampled_from([ARXIV, DEPOSIT]),
)
def test_any_shape_in_any_place_is_read_or_passed_over(changed: dict[str, Any], work: dict[str, Any]) -> None:
    for answer in datacite.parse(listed({**work, **changed}, work))[-1:]:
        assert answer.record.title == datacite.parse(listed(work))[0].record.title


@given(
    st.sampled_from(["titles", "creators", "dates", "relatedIdentifiers", "descriptions", "rightsList", "subjects"]),
    st.integers(0, 1),
    ANYTHING,
    st.sampled_from([ARXIV, DEPOSIT]),
)
def test_any_shape_deep_inside_is_read_or_passed_over(name: str, place: int, put: Any, work: dict[str, Any]) -> None:
    parts = list(work[name]) or [{}]
    part = parts[place % len(parts)]
    parts[place % len(parts)] = dict.fromkeys(part, put) if isinstance(part, dict) else put
    assert len(datacite.parse(single({**work, name: parts}))) == 1


@given(st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 30), st.binary(max_size=6)), min_size=1, max_size=6))
def test_a_damaged_answer_is_read_or_refused(damage: list[tuple[int, int, bytes]]) -> None:
    whole = single(ARXIV)
    for start, length, put in damage:
        whole = whole[:start] + put + whole[start + length :]
    with contextlib.suppress(AnswerError):
        assert all(answer.id for answer in datacite.parse(whole))
