"""Crossref: batches of DOIs, searches, and works whose members may have any shape."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings

from tests.providers.fake import FakeService
from tests.providers.shapes import broken, parsed
from tui.errors import AnswerError, NetworkError
from tui.model import Link
from tui.providers import crossref
from tui.providers.asking import About, Provider, Question

DOI = "10.1145/3442188.3445922"
PROVIDER: Provider = crossref


def work(**changed: Any) -> dict[str, Any]:
    """Return a work with the members and shapes of Crossref's own."""
    members: dict[str, Any] = {
        "DOI": DOI.upper(),
        "type": "proceedings-article",
        "title": ["On the Dangers of Stochastic Parrots"],
        "subtitle": ["Can Language Models Be Too Big? 🦜"],
        "author": [
            {"given": "Emily M.", "family": "Bender", "sequence": "first", "affiliation": []},
            {"given": "Timnit", "family": "Gebru", "sequence": "additional"},
            {"given": "Angelina", "family": "McMillan-Major", "sequence": "additional"},
            {"given": "Shmargaret", "family": "Shmitchell", "sequence": "additional"},
        ],
        "container-title": ["Proceedings of the 2021 ACM Conference on Fairness, Accountability, and Transparency"],
        "published": {"date-parts": [[2021, 3, 3]]},
        "issued": {"date-parts": [[2021, 3, 3]]},
        "page": "610-623",
        "publisher": "ACM",
        "reference-count": 158,
        "is-referenced-by-count": 2000,
        "resource": {"primary": {"URL": "https://dl.acm.org/doi/10.1145/3442188.3445922"}},
    }
    return {name: value for name, value in (members | changed).items() if value is not ...}


def single(**changed: Any) -> bytes:
    return json.dumps({"status": "ok", "message-type": "work", "message": work(**changed)}).encode()


def listed(*works: dict[str, Any]) -> bytes:
    message = {"total-results": len(works), "items": list(works), "items-per-page": 8}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message}).encode()


def record(**changed: Any) -> Any:
    (answer,) = crossref.parse(single(**changed))
    return answer.record


def ask(value: str = DOI, about: About = "doi", authors: tuple[str, ...] = ()) -> Question:
    return Question("crossref", about, value, authors)


def test_a_deposited_paper_is_one_whole_record() -> None:
    (answer,) = crossref.parse(single())
    found = answer.record
    assert (answer.id, answer.kind, answer.identifiers) == (DOI, "published", {"doi": DOI})
    assert (found.type, found.year, found.month, found.pages, found.publisher) == (
        "conference",
        2021,
        3,
        "610-623",
        "ACM",
    )
    assert found.title == "On the Dangers of Stochastic Parrots: Can Language Models Be Too Big? 🦜"
    assert found.authors == ("Emily M. Bender", "Timnit Gebru", "Angelina McMillan-Major", "Shmargaret Shmitchell")
    assert found.doi == DOI
    assert answer.facts == {"citations": 2000, "references": 158}
    assert answer.links == (Link("https://dl.acm.org/doi/10.1145/3442188.3445922", "paper"),)


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        (["Attention"], ["A Survey"], "Attention: A Survey"),
        (["Attention: A Survey"], ["A survey"], "Attention: A Survey"),
        (["Is it so?"], ["A Survey"], "Is it so? A Survey"),
        (["Attention:"], ["A Survey"], "Attention: A Survey"),
        (["Attention."], ["A Survey"], "Attention: A Survey"),
        ([None, "", "Attention"], [7], "Attention"),
        ("Attention", None, "Attention"),
        (["R&amp;amp;D of H<sub>2</sub>O"], [], "R&D of H<sub>2</sub>O"),
        (["Finding\n      <i>KRAS</i>\n      , again"], [], "Finding <i>KRAS</i>, again"),
        (
            [
                "The <mml:math xmlns:mml='m'>\n <mml:msub> <mml:mi>B</mml:mi>"
                " <mml:mi>s</mml:mi> </mml:msub></mml:math> meson"
            ],
            [],
            "The Bs meson",
        ),
        (["On <math><annotation encoding='application/x-tex'>x^2</annotation><mi>x</mi></math>"], [], "On $x^2$"),
        ([], ["A Survey"], None),
        ({"a": 1}, 4, None),
    ],
)
def test_a_title_is_whole_and_without_a_publishers_markup(title: Any, subtitle: Any, whole: str | None) -> None:
    assert record(title=title, subtitle=subtitle).title == whole


@pytest.mark.parametrize(
    ("stated", "container", "kind"),
    [
        ("journal-article", "Neural Computation", "journal"),
        ("journal-article", "SSRN Electronic Journal", "preprint"),
        ("proceedings-article", "Proceedings of the Workshop on Parrots", "workshop"),
        ("book-chapter", "Birds", "chapter"),
        ("monograph", None, "book"),
        ("edited-book", None, "book"),
        ("posted-content", None, "preprint"),
        ("dissertation", None, "thesis"),
        ("report", None, "report"),
        ("dataset", None, "dataset"),
        ("something-new", None, None),
        ("component", None, None),
        ("peer-review", None, None),
        ("journal-issue", None, None),
        (None, None, "other"),
        (["list"], None, "other"),
    ],
)
def test_what_is_no_work_of_somebodys_is_no_answer(stated: Any, container: str | None, kind: str | None) -> None:
    answers = crossref.parse(single(type=stated, **{"container-title": [container]}))
    assert [answer.record.type for answer in answers] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("asserted", "books", "kind", "venue"),
    [
        (
            "European Conference on Computer Vision",
            ["Lecture Notes in Computer Science", "Vision"],
            "conference",
            "Vision",
        ),
        (
            None,
            ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"],
            "conference",
            "Computer Vision – ECCV 2020",
        ),
        (None, ["Computer Vision – ECCV 2020 Workshops", "Lecture Notes in Computer Science"], "workshop", ...),
        (None, ["Proceedings of the 3rd Workshop on Birds"], "workshop", "Proceedings of the 3rd Workshop on Birds"),
        (
            None,
            ["Conference Interpreting – A Complete Course"],
            "chapter",
            "Conference Interpreting – A Complete Course",
        ),
        (None, ["Lecture Notes in Physics"], "chapter", "Lecture Notes in Physics"),
    ],
)
def test_a_chapter_of_proceedings_is_a_paper_of_the_conference(
    asserted: str | None, books: list[str], kind: str, venue: Any
) -> None:
    assertion = [{"name": "conference_name", "value": asserted}, {"name": "received", "value": "1 May"}, None]
    found = record(type="book-chapter", assertion=assertion, **{"container-title": books})
    assert found.type == kind
    assert found.venue == (books[0] if venue is ... else venue)


@pytest.mark.parametrize(
    ("members", "date"),
    [
        ({"published": {"date-parts": [[None]]}, "issued": {"date-parts": [[2019]]}}, (2019, None)),
        ({"published": {"date-parts": []}, "issued": {"date-parts": None}}, (None, None)),
        ({"published": {"date-parts": [["2019", "13"]]}}, (2019, None)),
        ({"published": [1], "issued": {"date-parts": [[20210303]]}}, (None, None)),
        # A volume is cited by the year that is printed on it, not by that of its first appearance.
        ({"volume": "3", "published-print": {"date-parts": [[2022, 1]]}}, (2022, 1)),
        ({"published-print": {"date-parts": [[2022, 1]]}}, (2021, 3)),
        ({"type": "posted-content", "posted": {"date-parts": [[2020, 12, 1]]}}, (2020, 12)),
    ],
)
def test_a_date_is_this_versions_own(members: dict[str, Any], date: tuple[int | None, int | None]) -> None:
    found = record(**members)
    assert (found.year, found.month) == date


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([{"given": "Martin Luther", "family": "King", "suffix": "Jr."}], ("King, Jr., Martin Luther",)),
        ([{"given": "Gabriel", "family": "García Márquez"}], ("García Márquez, Gabriel",)),
        ([{"name": "ATLAS Collaboration", "sequence": "first"}], ("ATLAS Collaboration",)),
        ([{"family": "Plato", "ORCID": "https://orcid.org/0000-0002-1825-0097"}], ("Plato",)),
        (
            [
                {"given": "B", "family": "B", "sequence": "additional"},
                {"given": "A", "family": "A", "sequence": "first"},
            ],
            ("A A", "B B"),
        ),
        ([{"given": None, "family": 7, "name": ["x"]}, "text", None, [], {"given": "A", "family": "B"}], ("A B",)),
        ({"given": "A", "family": "B"}, ("A B",)),
        ([{"given": "J&amp;R", "family": "B"}], ("J&R B",)),
        ("Emily Bender", ()),
        (None, ()),
    ],
)
def test_people_stand_as_they_are_spoken_and_the_first_author_first(people: Any, names: tuple[str, ...]) -> None:
    assert record(author=people).authors == names
    assert record(author=..., editor=people, type="book").editors == names


@pytest.mark.parametrize(
    ("members", "pages"),
    [
        ({"page": "1--5"}, "1-5"),
        ({"page": "1–5"}, "1-5"),
        ({"page": "S1-3–S1-9"}, "S1-3–S1-9"),
        ({"page": "n/a-n/a", "article-number": "e12"}, "e12"),
        ({"page": ..., "article-number": "104"}, "104"),
        ({"page": 7}, "7"),
        ({"page": ["7"]}, None),
        ({"page": "xiv-xx"}, "xiv-xx"),
    ],
)
def test_pages_are_numbers_or_the_articles_own_number(members: dict[str, Any], pages: str | None) -> None:
    assert record(**members).pages == pages


def test_a_volume_may_be_a_number() -> None:
    found = record(volume=12, issue="3", type="journal-article")
    assert (found.volume, found.number) == ("12", "3")
    assert record(volume=True, issue=[3]).volume is None


def test_a_preprint_names_its_publication_beside_its_record() -> None:
    relation = {"is-preprint-of": [{"id-type": "uri", "id": "x"}, {"id-type": "doi", "id": "10.7554/ELIFE.1"}]}
    (answer,) = crossref.parse(
        single(
            DOI="10.1101/2020.01.01.1",
            type="posted-content",
            subtype="preprint",
            institution=[{"name": "bioRxiv"}],
            relation=relation,
            **{"container-title": []},
        )
    )
    assert (answer.kind, answer.record.type, answer.record.venue) == ("preprint", "preprint", "bioRxiv")
    assert answer.record.doi == "10.1101/2020.01.01.1"
    assert answer.facts["published_as"] == "10.7554/elife.1"
    assert answer.identifiers == {"doi": "10.1101/2020.01.01.1"}


@pytest.mark.parametrize(
    ("address", "venue"),
    [
        ("https://osf.io/abcde", "OSF Preprints"),
        ("https://www.researchsquare.com/article/rs-1", "Research Square"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1", "SSRN"),
        ("https://notosf.io/abcde", "A Journal"),
        ("https://osf.io.example.org/abcde", "A Journal"),
    ],
)
def test_a_preprint_without_an_institution_is_of_the_server_that_its_address_names(address: str, venue: str) -> None:
    found = record(type="posted-content", resource={"primary": {"URL": address}}, **{"container-title": ["A Journal"]})
    assert found.venue == venue


@pytest.mark.parametrize(
    ("said", "identifiers", "preprint"),
    [
        ({"id-type": "doi", "id": "10.48550/arXiv.2101.00001"}, {"doi": DOI, "arxiv": "2101.00001"}, None),
        ({"id-type": "arxiv", "id": "2101.00001v2"}, {"doi": DOI, "arxiv": "2101.00001"}, None),
        ({"id-type": "doi", "id": "10.1101/2020.01.01.1"}, {"doi": DOI}, "10.1101/2020.01.01.1"),
        ({"id-type": "doi", "id": ["10.1101/1"]}, {"doi": DOI}, None),
    ],
)
def test_a_publication_names_its_preprint(said: Any, identifiers: dict[str, str], preprint: str | None) -> None:
    (answer,) = crossref.parse(single(relation={"has-preprint": said}))
    assert answer.identifiers == identifiers
    assert answer.facts.get("preprint_is") == preprint
    assert answer.record.arxiv is None


def test_a_paper_of_the_anthology_has_both_names() -> None:
    (answer,) = crossref.parse(single(DOI="10.18653/V1/N19-1423"))
    assert answer.identifiers == {"acl": "N19-1423", "doi": "10.18653/v1/n19-1423"}
    assert answer.record.doi == "10.18653/v1/n19-1423"


@pytest.mark.parametrize(
    ("members", "sentence", "status"),
    [
        (
            {"updated-by": [{"DOI": "10.1/2", "type": "correction"}, {"DOI": "10.1000/9", "type": "retraction"}]},
            "Crossref says that it was retracted: https://doi.org/10.1000/9",
            None,
        ),
        ({"updated-by": {"DOI": "10.1000/9", "type": "withdrawal"}}, "was withdrawn", None),
        (
            {"updated-by": [{"DOI": "10.1000/9", "type": "expression_of_concern"}]},
            None,
            "expression of concern: 10.1000/9",
        ),
        ({"title": ["RETRACTED ARTICLE: On birds"]}, "retracted", None),
        ({"title": ["[Withdrawn] On birds"]}, "withdrawn", None),
        ({"title": ["Retracted papers: a survey"]}, None, None),
        # This one is the notice, and no work that was taken back.
        (
            {"title": ["Retracted: On birds"], "update-to": [{"DOI": "10.1000/9", "type": "retraction"}]},
            None,
            "retraction of 10.1000/9",
        ),
        ({"updated-by": [None, {"DOI": 7, "type": "retraction"}, "x"], "update-to": 3}, None, None),
    ],
)
def test_what_became_of_a_paper_is_told(members: dict[str, Any], sentence: str | None, status: str | None) -> None:
    (answer,) = crossref.parse(single(**members))
    assert (sentence in (answer.withdrawn or "")) if sentence else answer.withdrawn is None
    assert answer.facts.get("status") == status


def test_an_abstract_is_plain_text() -> None:
    abstract = (
        "<jats:title>Abstract</jats:title>\n  <jats:sec><jats:title>Aims</jats:title><jats:p>Birds\n    weigh "
        "<jats:italic>m</jats:italic> &lt; 2 kg.</jats:p></jats:sec>"
    )
    (answer,) = crossref.parse(single(abstract=abstract))
    assert answer.abstract is not None
    assert answer.abstract.split("\n\n") == ["Aims", "Birds weigh m < 2 kg."]


@pytest.mark.parametrize(
    ("licences", "name", "opens"),
    [
        (
            [
                {"URL": "https://www.elsevier.com/tdm/userlicense/1.0/", "content-version": "tdm"},
                {"URL": "http://creativecommons.org/licenses/by-nc/4.0/", "content-version": "vor"},
            ],
            "CC BY-NC 4.0",
            True,
        ),
        (
            [{"URL": "https://publisher.example/terms", "content-version": "vor"}],
            "https://publisher.example/terms",
            False,
        ),
        ([None, 7, {"URL": ["x"], "content-version": "vor"}], None, False),
    ],
)
def test_a_pdf_is_linked_where_the_licence_opens_it(licences: Any, name: str | None, opens: bool) -> None:
    pdf = {"URL": "https://publisher.example/1.pdf", "content-type": "application/pdf"}
    (answer,) = crossref.parse(single(license=licences, link=[None, {"content-type": "text/xml"}, pdf]))
    assert answer.facts.get("licence") == name
    assert (Link("https://publisher.example/1.pdf", "pdf") in answer.links) == opens


def test_one_doi_is_one_single_request_with_every_sign_escaped() -> None:
    doi = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
    service = FakeService({"/v1/works/": single(DOI=doi.upper())})
    found = crossref.look_up([ask(doi)], service)
    assert [answer.id for answer in found[ask(doi)]] == [doi]
    (request,) = service.requests
    assert request.url == (
        "https://api.crossref.org/v1/works/"
        "10.1002%2F%28sici%291097-4571%28199806%2949%3A8%3C693%3A%3Aaid-asi4%3E3.0.co%3B2-o"
    )


def test_fifty_dois_are_one_request_and_go_back_to_their_questions_in_any_order() -> None:
    dois = [f"10.1000/x.{number}" for number in range(50)]
    works = [work(DOI=doi.upper(), title=[doi]) for doi in reversed(dois[:49])]
    service = FakeService({"filter=doi:": listed(*works)})
    questions = [ask(doi) for doi in dois]
    found = crossref.look_up(questions, service)
    assert {question.value: found[question][0].id for question in found} == {doi: doi for doi in dois[:49]}
    asked = parse_qs(urlsplit(service.requests[0].url).query)
    assert len(service.requests) == 1
    assert asked["rows"] == ["50"]
    assert asked["filter"][0].count("doi:") == 50
    assert "mailto" not in asked


def test_a_doi_with_a_comma_or_of_great_length_is_asked_for_apart() -> None:
    long = [f"10.1000/{number}{'(' * 280}" for number in range(9)]
    service = FakeService({"a%2Cb": single(DOI="10.1000/a,b"), "filter": listed()})
    found = crossref.look_up([ask("10.1000/a,b"), *map(ask, long)], service)
    assert list(found) == [ask("10.1000/a,b")]
    assert max(len(request.url) for request in service.requests) < 8_000
    assert all("a,b" not in request.url for request in service.requests)


def test_the_readers_address_opens_the_faster_pool() -> None:
    service = FakeService({"works": single()}, contact="me@example.org")
    crossref.look_up([ask()], service)
    assert service.requests[0].url.endswith("?mailto=me%40example.org")


def test_an_alias_leads_to_the_work_that_it_became() -> None:
    service = FakeService({"works": single(aliases=["10.1000/OLD"])})
    assert crossref.look_up([ask("10.1000/old")], service)[ask("10.1000/old")][0].id == DOI


def test_a_record_of_another_paper_is_refused() -> None:
    with pytest.raises(AnswerError, match="another work"):
        crossref.look_up([ask("10.1000/mine")], FakeService({"works": single()}))


def test_what_crossref_does_not_know_is_nothing() -> None:
    assert crossref.look_up([ask()], FakeService({"works": None})) == {}
    assert crossref.look_up([ask(), ask("10.1000/2")], FakeService({"works": listed()})) == {}
    assert crossref.look_up([], FakeService({})) == {}
    assert crossref.look_up([ask("no doi")], FakeService({})) == {}
    assert crossref.look_up([ask()], FakeService({"works": single(type="component")})) == {}


def test_a_title_is_searched_by_its_words_and_the_first_family_name() -> None:
    service = FakeService({"query.bibliographic": listed(work(), work(DOI="10.1000/2"))})
    question = ask('On the "Dangers" of: Parrots & co.', "title", ("Emily M. Bender", "Timnit Gebru"))
    found = crossref.look_up([question], service)
    assert [answer.id for answer in found[question]] == [DOI, "10.1000/2"]
    asked = parse_qs(urlsplit(service.requests[0].url).query)
    assert asked["query.bibliographic"] == ["on the dangers of parrots co bender"]
    assert asked["rows"] == ["8"]
    assert {"DOI", "title", "author", "relation"} <= set(asked["select"][0].split(","))


def test_a_search_is_made_anew_for_whole_records_where_crossref_refuses_the_selection() -> None:
    service = FakeService({"select=": NetworkError("no such select", status=400), "works": listed(work())})
    question = ask("On parrots", "title")
    assert len(crossref.look_up([question], service)[question]) == 1
    assert "select" not in service.requests[1].url


@pytest.mark.parametrize("status", [429, 503, None])
def test_a_refusal_is_passed_on(status: int | None) -> None:
    service = FakeService({"works": NetworkError("Too many requests.", status=status)})
    for question in (ask(), ask("On parrots", "title")):
        with pytest.raises(NetworkError, match="Too many"):
            crossref.look_up([question], service)
    assert len(service.requests) == 2


def test_an_abstract_is_searched_by_its_opening_and_too_few_words_are_not() -> None:
    service = FakeService({"query.bibliographic": listed(work())})
    question = ask("We ask how big is too big for a model of language and what follows from it", "abstract")
    assert len(crossref.look_up([question], service)[question]) == 1
    assert crossref.look_up([ask("Too few words", "abstract"), ask("...", "title")], service) == {}
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!doctype html><html>Too many</html>", "web page"),
        (b"", "not the JSON"),
        (b'{"status": "ok"', "not the JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"NaN", "not the JSON"),
        (b"[" * 300_000, "nested too deep"),
        (b"[],[]" * 300_000, "more parts"),
        (b"[]", "neither a work"),
        (b"null", "neither a work"),
        (b'{"message-type": "work-list", "message": {"items": 3}}', "neither a work"),
        (b'{"message-type": "work-agency", "message": {"DOI": "10.1038/x"}}', "neither a work"),
        (b'{"status": "failed", "message": [{"message": "No such filter."}]}', "refuses the request: No such filter."),
        (b'{"status": "failed", "message": null}', "does not say why"),
    ],
)
def test_what_is_no_work_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(AnswerError, match=sentence):
        crossref.parse(content)


def test_a_plain_not_found_is_nothing() -> None:
    assert crossref.parse(b"Resource not found.") == ()


@settings(max_examples=150, deadline=None)
@given(broken(json.loads(listed(work(abstract="<p>x</p>", relation={}, license=[{}]), work(DOI="10.1000/2")))))
def test_no_shape_raises_anything_but_an_answer_error(content: bytes) -> None:
    for answer in parsed(crossref, content):
        assert answer.provider == "crossref"
        assert answer.id
