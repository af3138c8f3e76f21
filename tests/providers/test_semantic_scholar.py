"""Semantic Scholar: batches keep their places, and a preprint's year never passes for the published one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from tests.providers.fake import FakeService
from tests.providers.hurt import hurt
from tui.errors import AnswerError, NetworkError
from tui.model import Answer
from tui.providers import semantic_scholar
from tui.providers.asking import About, Question

SWIN: dict[str, Any] = {
    "paperId": "c8b25fab5608c3e033d34b4483ec47e68ba109b7",
    "externalIds": {
        "DBLP": "conf/iccv/LiuL00W0LG21",
        "ArXiv": "2103.14030",
        "DOI": "10.1109/ICCV48922.2021.00986",
        "CorpusId": 232352874,
    },
    "title": "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows",
    "abstract": "Attention within windows that move from layer to layer.",
    "authors": [{"authorId": "2109371439", "name": "Ze Liu"}, {"authorId": None, "name": "Yutong Lin"}],
    "year": 2021,
    "publicationDate": "2021-03-25",
    "venue": "IEEE International Conference on Computer Vision",
    "publicationVenue": {"name": "IEEE International Conference on Computer Vision", "type": "conference"},
    "publicationTypes": ["JournalArticle"],
    "journal": {"name": "2021 IEEE/CVF International Conference on Computer Vision (ICCV)", "pages": "9992-10002"},
    "openAccessPdf": {"url": "https://arxiv.org/pdf/2103.14030", "status": "GREEN", "license": None},
    "citationCount": 20000,
    "referenceCount": 93,
    "tldr": {"model": "tldr@v2.0.0", "text": "A transformer with shifted windows."},
}
LONGFORMER: dict[str, Any] = {
    "paperId": "925ad2897d1b5decbea320d07e99afa9110e09b2",
    "externalIds": {"DBLP": "journals/corr/abs-2004-05150", "ArXiv": "2004.05150", "CorpusId": 215737171},
    "title": "Longformer: The Long-Document Transformer",
    "authors": [{"name": "Iz Beltagy"}],
    "year": 2020,
    "publicationDate": "2020-04-10",
    "venue": "arXiv.org",
    "publicationVenue": {"name": "arXiv.org", "alternate_names": ["ArXiv"]},
    "publicationTypes": ["JournalArticle"],
    "journal": {"name": "ArXiv", "volume": "abs/2004.05150"},
    "openAccessPdf": {"url": "", "status": None},
}
# The venue of a conference beside arXiv's DOI, volume and year: what bibtexupdater's issue 36 is about.
MIXED: dict[str, Any] = {
    "paperId": "268d347e8a55b5eb82fb5e7d2f800e33c75ab18a",
    "externalIds": {"ArXiv": "2010.11929", "DOI": "10.48550/arXiv.2010.11929", "CorpusId": 225039882},
    "title": "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
    "authors": [{"name": "Alexey Dosovitskiy"}],
    "year": 2020,
    "publicationDate": "2020-10-22",
    "venue": "International Conference on Learning Representations",
    "publicationVenue": {"name": "International Conference on Learning Representations", "type": "conference"},
    "publicationTypes": ["JournalArticle"],
    "journal": {"name": "ArXiv", "volume": "abs/2010.11929"},
}


def with_ids(paper: dict[str, Any], **ids: object) -> dict[str, Any]:
    return {**paper, "externalIds": {**paper["externalIds"], **ids}}


def only(paper: object) -> Answer:
    (found,) = semantic_scholar.parse(json.dumps(paper).encode())
    return found


def ask(about: About, *values: str, service: FakeService) -> list[tuple[Answer, ...]]:
    questions = [Question("semantic_scholar", about, value) for value in values]
    found = semantic_scholar.look_up(questions, service)
    return [found.get(question, ()) for question in questions]


def batch(*papers: object) -> bytes:
    return json.dumps(papers).encode()


def test_the_published_version_has_its_own_venue_pages_and_doi() -> None:
    found = only(SWIN)
    record = found.record
    assert (found.kind, record.type, record.year, record.month) == ("published", "conference", 2021, None)
    assert record.venue == "IEEE International Conference on Computer Vision"
    assert (record.pages, record.volume, record.doi) == ("9992-10002", None, "10.1109/iccv48922.2021.00986")
    assert record.authors == ("Ze Liu", "Yutong Lin")
    assert found.identifiers == {
        "arxiv": "2103.14030",
        "doi": "10.1109/iccv48922.2021.00986",
        "dblp": "conf/iccv/LiuL00W0LG21",
        "s2": "c8b25fab5608c3e033d34b4483ec47e68ba109b7",
    }
    assert found.facts == {
        "citations": 20000,
        "references": 93,
        "open_access": "green",
        "tldr": "A transformer with shifted windows.",
    }
    assert [(link.rel, link.url) for link in found.links] == [("pdf", "https://arxiv.org/pdf/2103.14030")]


def test_the_preprint_has_no_venue_and_no_volume() -> None:
    found = only(LONGFORMER)
    record = found.record
    assert (found.kind, record.type, record.arxiv) == ("preprint", "preprint", "2004.05150")
    assert (record.year, record.month, record.venue, record.volume, record.doi) == (2020, 4, None, None, None)
    assert "doi" not in found.identifiers
    assert found.links == ()


def test_a_venue_beside_nothing_but_arxivs_own_is_no_publication() -> None:
    found = only(MIXED)
    assert (found.kind, found.record.venue, found.record.doi) == ("preprint", None, None)
    assert (found.record.year, found.record.month) == (2020, 10)
    assert "published_as" not in found.facts


@pytest.mark.parametrize(
    "paper",
    [
        with_ids(MIXED, DBLP="conf/iclr/DosovitskiyB0WZ21"),
        with_ids(MIXED, DOI="10.1145/1234.5678"),
        {**MIXED, "publicationTypes": ["Conference"]},
        {**MIXED, "journal": {"name": "Nature", "volume": "1"}},
    ],
    ids=["DBLP", "DOI", "type", "journal"],
)
def test_the_preprints_year_never_stands_for_the_published_one(paper: dict[str, Any]) -> None:
    found = only(paper)
    assert (found.kind, found.record.year, found.record.month) == ("published", None, None)
    assert found.record.venue == "International Conference on Learning Representations"


@pytest.mark.parametrize(
    ("changes", "year", "month"),
    [
        ({"year": 2021, "publicationDate": None, "journal": {"name": "ArXiv"}}, 2021, None),
        ({"year": 2020, "publicationDate": None}, None, None),
        ({"year": 2021, "publicationDate": "2021-05-03"}, 2021, 5),
        ({"year": 2021, "publicationDate": "2020-10-22"}, 2021, None),
        ({"year": None, "publicationDate": None}, None, None),
        ({"year": 2015, "publicationDate": "2015-06-01"}, 2015, 6),
        ({"year": "2021", "publicationDate": "soon"}, 2021, None),
    ],
)
def test_a_published_year_is_believed_where_it_cannot_be_the_preprints(
    changes: dict[str, Any], year: int | None, month: int | None
) -> None:
    record = only({**with_ids(MIXED, DOI="10.1145/1234.5678"), **changes}).record
    assert (record.year, record.month) == (year, month)


@pytest.mark.parametrize(
    ("key", "year"),
    [("conf/iclr/DosovitskiyB0WZ20", 2020), ("conf/iclr/DosovitskiyB0WZ20a", 2020), ("conf/iclr/Dosovitskiy2020", 2020),
     ("conf/iclr/DosovitskiyB0WZ21", None), ("conf/iclr/Wang0020", 2020)],
)  # fmt: skip
def test_dblps_key_confirms_the_year_or_contradicts_it(key: str, year: int | None) -> None:
    assert only(with_ids(MIXED, DBLP=key)).record.year == year


def test_without_an_arxiv_id_the_date_is_the_publications() -> None:
    paper = {**SWIN, "externalIds": {"DOI": "10.1109/x"}, "publicationDate": "2021-10-10", "journal": None}
    assert (only(paper).record.year, only(paper).record.month) == (2021, 10)


@pytest.mark.parametrize(
    ("changes", "date"),
    [
        ({"publicationDate": None}, (2020, 4)),
        ({"publicationDate": None, "year": None}, (2020, 4)),
        ({"publicationDate": "2020-03-31"}, (2020, 3)),
        ({"publicationDate": "2022-01-01", "year": 2022}, (2020, 4)),
    ],
)
def test_a_preprints_date_is_that_of_its_first_version(changes: dict[str, Any], date: tuple[int, int]) -> None:
    record = only({**LONGFORMER, **changes}).record
    assert (record.year, record.month) == date


def test_a_preprint_names_the_doi_it_was_published_under() -> None:
    found = only(with_ids(LONGFORMER, DOI="10.1162/tacl_a_1"))
    assert (found.kind, found.record.doi, found.facts["published_as"]) == ("preprint", None, "10.1162/tacl_a_1")
    assert found.identifiers["doi"] == "10.1162/tacl_a_1"


@pytest.mark.parametrize("doi", ["10.2139/ssrn.288970", "10.1101/2020.01.01.123456", "10.21203/rs.3.rs-1/v1"])
def test_an_archives_doi_is_the_preprints_own(doi: str) -> None:
    paper = {"paperId": "a", "title": "T", "externalIds": {"DOI": doi}, "venue": "", "year": 2001,
             "journal": {"name": "SSRN Electronic Journal"}, "publicationTypes": ["Review"]}  # fmt: skip
    found = only(paper)
    assert (found.kind, found.record.doi, found.record.year, found.record.venue) == ("preprint", doi, 2001, None)
    assert "published_as" not in found.facts


def test_a_series_has_the_name_that_it_has_elsewhere() -> None:
    paper = {**SWIN, "publicationVenue": {"name": "Neural Information Processing Systems", "type": "conference"}}
    assert only(paper).record.venue == "Advances in Neural Information Processing Systems"


def test_a_title_alone_is_of_neither_version() -> None:
    found = only({"paperId": "2d5673ca", "title": "Computing Machinery and Intelligence"})
    assert (found.kind, found.record.type, found.record.title) == (
        None,
        "other",
        "Computing Machinery and Intelligence",
    )


def test_a_number_of_the_acm_is_no_doi() -> None:
    assert "doi" not in only(with_ids(SWIN, DOI="10.5555/3295222.3295349")).identifiers


def test_identifiers_of_other_libraries_are_kept() -> None:
    found = only(with_ids(SWIN, ACL="N19-1423", PubMed="123", PubMedCentral="456", MAG=7))
    assert {name: found.identifiers[name] for name in ("acl", "pmid", "pmcid")} == {
        "acl": "N19-1423",
        "pmid": "123",
        "pmcid": "PMC456",
    }


@pytest.mark.parametrize(
    "ids",
    [{"DOI": "10.1234/\ud800"}, {"DOI": ["10.1234/x"]}, {"ACL": "../../x"}, {"ArXiv": 2103.1403}, {"DBLP": "x" * 9000}],
)
def test_an_identifier_of_another_shape_is_left_out(ids: dict[str, Any]) -> None:
    assert only({**SWIN, "externalIds": ids}).identifiers == {"s2": SWIN["paperId"]}


@pytest.mark.parametrize(
    ("changes", "type_"),
    [
        ({"venue": "ACL Workshop on X", "publicationVenue": None}, "workshop"),
        ({"publicationTypes": ["Dataset"]}, "dataset"),
        ({"publicationTypes": ["BookSection"]}, "chapter"),
        ({"publicationTypes": None, "publicationVenue": {"name": "Nature", "type": "journal"}}, "conference"),
    ],
)
def test_types_are_ours(changes: dict[str, Any], type_: str) -> None:
    assert only({**SWIN, **changes}).record.type == type_


@pytest.mark.parametrize(
    ("url", "rels"),
    [
        ("https://ojs.aaai.org/index.php/AAAI/article/download/17325/17132", ["pdf"]),
        ("https://doi.org/10.1109/x", ["paper"]),
        ("https://arxiv.org/pdf/2103.14030", ["pdf"]),
        ("javascript:alert(1)", []),
        ("", []),
        (None, []),
    ],
)
def test_the_open_pdf_is_a_pdf_unless_the_address_is_a_papers_page(url: str | None, rels: list[str]) -> None:
    assert [link.rel for link in only({**SWIN, "openAccessPdf": {"url": url}}).links] == rels


def test_a_journals_volume_and_pages_are_kept() -> None:
    paper = {**SWIN, "externalIds": {"DOI": "10.1038/nature14539"}, "venue": "Nature",
             "publicationVenue": {"name": "Nature", "type": "journal"},
             "journal": {"name": "Nature", "volume": "521", "pages": "\n   436 – 444\n  "}}  # fmt: skip
    record = only(paper).record
    assert (record.type, record.venue, record.volume, record.pages) == ("journal", "Nature", "521", "436-444")


@pytest.mark.parametrize(
    ("about", "values", "ids"),
    [
        ("arxiv", ["2103.14030", "hep-th/9711200"], ["ARXIV:2103.14030", "ARXIV:hep-th/9711200"]),
        ("doi", ["10.1109/iccv48922.2021.00986"], ["DOI:10.1109/iccv48922.2021.00986"]),
        ("acl", ["N19-1423"], ["ACL:N19-1423"]),
    ],
)
def test_identifiers_go_in_one_batch_with_the_key_in_a_header(about: About, values: list[str], ids: list[str]) -> None:
    service = FakeService({"/graph/v1/paper/batch?fields=": batch(*[None] * len(values))}, key="secret")
    assert ask(about, *values, service=service) == [()] * len(values)
    (request,) = service.requests
    assert request.body is not None
    assert json.loads(request.body) == {"ids": ids}
    assert request.headers == {"x-api-key": "secret"}
    assert "secret" not in request.url
    assert {"externalIds", "title", "authors", "tldr"} <= set(
        parse_qs(urlsplit(request.url).query)["fields"][0].split(",")
    )


def test_a_batch_keeps_the_places_of_what_was_asked() -> None:
    service = FakeService({"batch": batch(None, LONGFORMER, SWIN)})
    nothing, second, third = ask("arxiv", "1111.11111", "2004.05150", "2103.14030", service=service)
    assert nothing == ()
    assert (second[0].record.title, third[0].record.title) == (LONGFORMER["title"], SWIN["title"])
    assert service.requests[0].headers == {}


def test_a_record_of_another_paper_is_dropped_or_refused_when_nothing_else_came() -> None:
    assert ask("arxiv", "1111.11111", "2103.14030", service=FakeService({"batch": batch(LONGFORMER, SWIN)}))[0] == ()
    with pytest.raises(AnswerError, match="another paper"):
        ask("arxiv", "1111.11111", service=FakeService({"batch": batch(LONGFORMER)}))


def test_a_doi_is_compared_without_case_and_may_be_missing_from_the_record() -> None:
    doi = "10.1109/iccv48922.2021.00986"
    assert ask("doi", doi, service=FakeService({"batch": batch(SWIN)}))[0]
    assert ask("doi", doi, service=FakeService({"batch": batch(MIXED)}))[0]
    with pytest.raises(AnswerError):
        ask("doi", "10.1109/other", service=FakeService({"batch": batch(SWIN)}))


def test_a_batch_of_another_length_is_refused() -> None:
    with pytest.raises(AnswerError, match="1 papers"):
        ask("arxiv", "2004.05150", "2103.14030", service=FakeService({"batch": batch(SWIN)}))


def test_a_batch_refused_whole_is_asked_again_one_by_one_if_it_is_small() -> None:
    refusal = NetworkError("Semantic Scholar answers with 400", status=400)
    service = FakeService({"batch": refusal, "ARXIV:2103.14030?": json.dumps(SWIN).encode(), "ARXIV:1111.11111?": None})
    nothing, found = ask("arxiv", "1111.11111", "2103.14030", service=service)
    assert (nothing, len(found)) == ((), 1)
    assert len(service.requests) == 3
    with pytest.raises(NetworkError, match="400"):
        ask("arxiv", *(f"2103.1403{place}" for place in range(6)), service=FakeService({"batch": refusal}))


def test_a_busy_service_is_not_asked_one_by_one() -> None:
    service = FakeService({"batch": NetworkError("Semantic Scholar wants a pause", status=429)})
    with pytest.raises(NetworkError, match="pause"):
        ask("arxiv", "2103.14030", service=service)
    assert len(service.requests) == 1


def test_a_title_is_matched_and_no_match_is_nothing() -> None:
    service = FakeService(
        {"/paper/search/match?query=": json.dumps({"data": [{**SWIN, "matchScore": 174.2}]}).encode()}
    )
    assert ask("title", SWIN["title"], service=service)[0][0].identifiers["arxiv"] == "2103.14030"
    assert parse_qs(urlsplit(service.requests[0].url).query)["query"] == [SWIN["title"]]
    assert ask("title", "x", service=FakeService({"match": None})) == [()]
    assert ask("title", "x", service=FakeService({"match": b'{"error": "Title match not found"}'})) == [()]


@pytest.mark.parametrize(
    ("body", "words", "passing"),
    [
        ({"message": "Too Many Requests. Please wait", "code": "429"}, "Too Many", True),
        ({"message": "Forbidden"}, "Forbidden", False),
        ({"message": "Internal Server Error"}, "Internal", False),
        ({"error": "Unrecognized or unsupported fields: [x]"}, "unsupported fields", False),
        ({"error": "Response would exceed maximum size"}, "maximum size", False),
        ({"authorId": "2262347", "name": "A. Turing"}, "no paper", False),
        ({"data": {"a": 1}}, "no paper", False),
        ({}, "no paper", False),
        (7, "no paper", False),
        (None, "no paper", False),
    ],
)
def test_error_bodies_are_refused_in_words(body: object, words: str, passing: bool) -> None:
    with pytest.raises(AnswerError, match=words) as caught:
        semantic_scholar.parse(json.dumps(body).encode())
    assert caught.value.passing == passing


@pytest.mark.parametrize(
    "said", ["Paper with id ARXIV:1 not found", "Title match not found", "No valid paper ids given"]
)
def test_not_found_is_nothing(said: str) -> None:
    assert semantic_scholar.parse(json.dumps({"error": said}).encode()) == ()


def test_lists_of_citations_and_recommendations_are_papers_too() -> None:
    assert (
        len(semantic_scholar.parse(json.dumps({"data": [{"citingPaper": SWIN}, {"citedPaper": MIXED}]}).encode())) == 2
    )
    assert len(semantic_scholar.parse(json.dumps({"recommendedPapers": [SWIN, None, 3]}).encode())) == 1


@given(hurt([None, SWIN, LONGFORMER, {"paperId": "x", "title": "T", "journal": {"name": "Nature", "volume": "1"}}]))
def test_no_answer_however_odd_raises_anything_else(content: bytes) -> None:
    try:
        found = semantic_scholar.parse(content)
    except AnswerError:
        return
    assert all(each.provider == "semantic_scholar" and each.id for each in found)
    assert all(each.record.title or each.identifiers for each in found)
