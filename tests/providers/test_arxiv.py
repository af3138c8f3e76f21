"""arXiv: batches, searches, OAI-PMH in the query API's place, and answers that are none."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.fake import FakeService, Request
from tui.errors import AnswerError, NetworkError, StoppedError
from tui.model import Link
from tui.providers import arxiv
from tui.providers.asking import About, Provider, Question

ABSTRACT = "A short text of our own, written so that a test has something to read."
LATER = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def entry(name: str = "2010.10915v2", **changed: str) -> str:
    """Return one entry of a feed, in the elements and the order of arXiv's own."""
    said = {
        "title": "Contrastive Learning of General-Purpose Audio Representations",
        "updated": "2021-02-14T12:00:00Z",
        "summary": ABSTRACT,
        "published": "2020-10-21T11:56:22Z",
        "comment": "",
        "journal_ref": "",
        "doi": "",
        "authors": "Aaqib Saeed; David Grangier; Neil Zeghidour",
    } | changed
    people = "".join(f"<author><name>{escape(n.strip())}</name></author>" for n in said["authors"].split(";") if n)
    own = "".join(f"<arxiv:{n}>{escape(said[n])}</arxiv:{n}>" for n in ("comment", "journal_ref", "doi") if said[n])
    return (
        f"<entry><id>http://arxiv.org/abs/{name}</id><title>{escape(said['title'])}</title>"
        f"<updated>{said['updated']}</updated>"
        f'<link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>'
        f'<link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>'
        f"<summary>{escape(said['summary'])}</summary>"
        '<category term="cs.SD" scheme="http://arxiv.org/schemas/atom"/>'
        '<category term="eess.AS" scheme="http://arxiv.org/schemas/atom"/>'
        '<category term="68T07; I.2.6" scheme="http://arxiv.org/schemas/atom"/>'
        f'<published>{said["published"]}</published>{own}<arxiv:primary_category term="cs.SD"/>{people}</entry>'
    )


def feed(entries: Iterable[str] = (), total: int | None = None) -> bytes:
    entries = list(entries)
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>'
        f"<opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>"
        f"<opensearch:startIndex>0</opensearch:startIndex>{''.join(entries)}</feed>"
    ).encode()


def refusal(words: str) -> bytes:
    return feed(
        [
            f"<entry><id>https://arxiv.org/api/errors#{words.replace(' ', '_')}</id><title>Error</title>"
            f"<summary>{words}</summary><author><name>arXiv api core</name></author></entry>"
        ]
    )


def record(name: str = "2010.10915", comment: str = "", error: str = "") -> bytes:
    """Return an answer of OAI-PMH: one paper, or an error."""
    paper = (
        f"<GetRecord><record><header><identifier>oai:arXiv.org:{name}</identifier><setSpec>cs:cs:SD</setSpec></header>"
        f'<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{name}</id><created>2020-10-21</created>'
        "<updated>2021-02-14</updated><authors><author><keyname>Saeed</keyname><forenames>Aaqib</forenames></author>"
        "<author><keyname>King</keyname><forenames>Martin L.</forenames><suffix>Jr.</suffix></author>"
        "<author><keyname>ATLAS Collaboration</keyname></author></authors>"
        "<title>Contrastive Learning of General-Purpose\n  Audio Representations</title>"
        f"<categories>cs.SD eess.AS</categories><comments>{comment}</comments>"
        "<journal-ref>ICASSP 2021</journal-ref><doi>10.1109/ICASSP39728.2021.9413528</doi>"
        "<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>"
        f"<abstract>  {ABSTRACT}\n</abstract></arXiv></metadata></record></GetRecord>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-11-21T00:00:00Z</responseDate>{error or paper}</OAI-PMH>"
    ).encode()


def asked(about: About, *values: str, **known: tuple[str, ...]) -> list[Question]:
    return [Question("arxiv", about, value, **known) for value in values]


def parameters(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def answering(known: Iterable[str], most: int = 1000) -> FakeService:
    """Return a query API that has the papers *known*, in another order than asked, *most* an answer."""
    papers = set(known)

    def react(request: Request) -> bytes:
        ids = [name for name in parameters(request)["id_list"].split(",") if name in papers]
        return feed([entry(f"{name}v1") for name in sorted(ids, reverse=True)[:most]], total=len(ids))

    return FakeService({"/api/query": react})


def test_the_module_is_a_provider() -> None:
    module: Provider = arxiv
    assert (module.NAME, module.PACE, module.ASKS["arxiv"]) == ("arxiv", 3.0, 100)


def test_an_entry_becomes_the_preprints_record_and_what_is_known_besides() -> None:
    (answer,) = arxiv.parse(
        feed([entry(comment="5 pages, 2 figures", journal_ref="ICASSP 2021", doi="10.1109/ICASSP39728.2021.9413528")])
    )
    made = answer.record
    assert (answer.provider, answer.id, answer.kind) == ("arxiv", "2010.10915", "preprint")
    assert made.title == "Contrastive Learning of General-Purpose Audio Representations"
    assert made.authors == ("Aaqib Saeed", "David Grangier", "Neil Zeghidour")
    assert (made.type, made.year, made.month, made.primary_class) == ("preprint", 2020, 10, "cs.SD")
    assert (made.doi, made.arxiv, made.url) == (None, "2010.10915", "https://arxiv.org/abs/2010.10915")
    assert answer.abstract == ABSTRACT
    assert answer.categories == ("cs.SD", "eess.AS")
    assert answer.identifiers == {"arxiv": "2010.10915", "doi": "10.1109/icassp39728.2021.9413528"}
    assert answer.facts == {
        "comment": "5 pages, 2 figures",
        "journal_ref": "ICASSP 2021",
        "published_as": "10.1109/icassp39728.2021.9413528",
        "version": 2,
        "submitted": "2020-10-21",
        "updated": "2021-02-14",
    }
    assert answer.links == (
        Link("https://arxiv.org/abs/2010.10915", "paper"),
        Link("https://arxiv.org/pdf/2010.10915", "pdf"),
    )
    assert answer.withdrawn is None


def test_the_record_of_oai_pmh_says_the_same_with_the_parts_of_names_and_the_licence() -> None:
    (answer,) = arxiv.parse(record(comment="5 pages"))
    assert answer.record.title == "Contrastive Learning of General-Purpose Audio Representations"
    assert answer.record.authors == ("Aaqib Saeed", "King, Jr., Martin L.", "ATLAS Collaboration")
    assert (answer.record.year, answer.record.month, answer.record.primary_class) == (2020, 10, "cs.SD")
    assert answer.facts["licence"] == "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
    assert answer.facts["published_as"] == "10.1109/icassp39728.2021.9413528"
    assert (answer.facts["submitted"], answer.facts["updated"]) == ("2020-10-21", "2021-02-14")
    assert "version" not in answer.facts
    assert answer.abstract == ABSTRACT


@pytest.mark.parametrize(
    ("stated", "identifiers"),
    [
        ("10.18653/v1/N19-1423", {"acl": "N19-1423", "doi": "10.18653/v1/n19-1423"}),
        ("10.48550/arXiv.2010.10915", {}),
        ("10.1103/PhysRevD.76.013009 10.1103/PhysRevD.77.1", {"doi": "10.1103/physrevd.76.013009"}),
        ("none yet", {}),
    ],
)
def test_the_doi_that_authors_enter_is_the_published_versions(stated: str, identifiers: dict[str, str]) -> None:
    (answer,) = arxiv.parse(feed([entry(doi=stated)]))
    assert answer.identifiers == {"arxiv": "2010.10915", **identifiers}
    assert answer.facts.get("published_as") == identifiers.get("doi")
    assert answer.record.doi is None


@pytest.mark.parametrize(
    ("name", "identifier", "version", "published", "date"),
    [
        ("hep-th/9711200v3", "hep-th/9711200", 3, "1997-11-27T00:00:00Z", (1997, 11)),
        ("math.GT/0309136v1", "math/0309136", 1, "2003-09-07T00:00:00Z", (2003, 9)),
        ("2104.12255", "2104.12255", None, "yesterday", (2021, 4)),
        ("2104.12255v12", "2104.12255", 12, "", (2021, 4)),
        ("0704.0001v1", "0704.0001", 1, "20007-04-02T19:18:42Z", (2007, 4)),
    ],
)
def test_old_ids_versions_and_malformed_dates(
    name: str, identifier: str, version: int | None, published: str, date: tuple[int, int]
) -> None:
    (answer,) = arxiv.parse(feed([entry(name, published=published)]))
    assert (answer.id, answer.record.arxiv, answer.facts.get("version")) == (identifier, identifier, version)
    assert (answer.record.year, answer.record.month) == date


def test_authors_that_are_no_names_are_left_out_and_the_rest_counted() -> None:
    (answer,) = arxiv.parse(feed([entry(authors="BESIII Collaboration;:;M. Ablikim; et al.")]))
    assert answer.record.authors == ("BESIII Collaboration", "M. Ablikim")
    assert answer.record.more_authors == 1


@pytest.mark.parametrize(
    ("abstract", "kept"),
    [
        (
            "One line\nand its rest.\n  A second paragraph\ngoes on.",
            "One line and its rest.\n\nA second paragraph goes on.",
        ),
        ("\n    One line\n    and its rest.\n  ", "One line and its rest."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("  \n ", None),
    ],
)
def test_an_abstract_keeps_its_paragraphs_and_no_other_breaks(abstract: str, kept: str | None) -> None:
    assert arxiv.parse(feed([entry(summary=abstract)]))[0].abstract == kept


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        ("This paper has been withdrawn by the author due to an error in Lemma 2", ABSTRACT),
        ("Withdrawn", ABSTRACT),
        ("Paper withdrawn", ABSTRACT),
        ("3 pages, withdrawn by arXiv administrators", ABSTRACT),
        ("", "This submission has been withdrawn by arXiv administrators because it overlaps another."),
        ("", "This paper has now been retracted."),
    ],
)
def test_a_withdrawn_paper_is_one_that_says_so(comment: str, abstract: str) -> None:
    (answer,) = arxiv.parse(feed([entry(comment=comment, summary=abstract)]))
    assert answer.withdrawn is not None
    assert "withdrawn from arXiv" in answer.withdrawn
    assert f"“{(comment or abstract).rstrip('.')}”." in answer.withdrawn
    assert [link.rel for link in answer.links] == ["paper"]


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        ("This replaces the withdrawn arXiv:0901.0001", ABSTRACT),
        ("Supersedes an article that was withdrawn by us in 2009", ABSTRACT),
        ("12 pages", "We study trials. Half of the patients in the treated group were withdrawn by their doctors."),
        (
            "12 pages",
            "We look at 500 articles of the last ten years and ask why each article was retracted by its journal.",
        ),
    ],
)
def test_a_paper_on_withdrawals_is_not_withdrawn(comment: str, abstract: str) -> None:
    assert arxiv.parse(feed([entry(comment=comment, summary=abstract)]))[0].withdrawn is None


@pytest.mark.parametrize(
    ("comment", "abstract", "links"),
    [
        ("Code: https://github.com/owner/name.", "", [("https://github.com/owner/name", "code")]),
        ("", r"Code at \url{https://github.com/owner/my\_name}.", [("https://github.com/owner/my_name", "code")]),
        ("", r"See \href{https://github.com/owner/name}{our code}.", [("https://github.com/owner/name", "code")]),
        ("", "Code is at github.com/owner/name, data elsewhere.", [("https://github.com/owner/name", "code")]),
        ("Project page: https://example.org/ours", "", [("https://example.org/ours", "project")]),
        ("Figures at https://example.org/ours", "", [("https://example.org/ours", "other")]),
        ("", "Others did so (https://example.org/theirs, https://arxiv.org/abs/2001.00001).", []),
        ("See javascript:alert(1) and http://", "", []),
    ],
)
def test_code_and_pages_that_authors_name_are_links(comment: str, abstract: str, links: list[tuple[str, str]]) -> None:
    (answer,) = arxiv.parse(feed([entry(comment=comment, summary=abstract)]))
    assert [(link.url, link.rel) for link in answer.links[2:]] == links


def test_no_more_links_are_taken_than_a_reader_would_read() -> None:
    many = " ".join(f"https://github.com/owner/name{number}" for number in range(2000))
    assert len(arxiv.parse(feed([entry(comment=many, summary=many)]))[0].links) == 12


def test_a_hundred_ids_are_one_request() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 99)] + ["hep-th/9711200", "math/0309136"]
    questions = asked("arxiv", *ids)
    service = answering(ids)
    found = arxiv.look_up(questions, service)
    assert {question.value: answers[0].id for question, answers in found.items()} == {name: name for name in ids}
    (request,) = service.requests
    assert parameters(request)["id_list"].split(",") == ids
    assert parameters(request)["max_results"] == "100"
    assert (request.accept, request.body, request.headers) == ("xml", None, {})
    assert request.url.startswith("https://export.arxiv.org/api/query?")


def test_an_answer_that_is_cut_is_asked_again_for_the_rest() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 26)]
    service = answering(ids, most=10)
    found = arxiv.look_up(asked("arxiv", *ids), service)
    assert len(found) == 25
    assert [len(parameters(request)["id_list"].split(",")) for request in service.requests] == [25, 15, 5]


def test_an_id_that_does_not_exist_is_nothing_and_costs_no_second_request() -> None:
    service = answering(["2101.00001"])
    found = arxiv.look_up(asked("arxiv", "2101.00001", "0808.05394"), service)
    assert [question.value for question in found] == ["2101.00001"]
    assert len(service.requests) == 1


def test_an_entry_in_the_place_of_an_unknown_id_is_no_paper() -> None:
    hollow = "<entry><id>http://arxiv.org/abs/0808.05394v1</id><title></title></entry>"
    nameless = entry("0808.05395v1", authors="", summary="")
    assert arxiv.parse(feed([hollow, nameless])) == ()


def test_an_unreadable_id_that_arxiv_names_is_left_out_of_the_batch() -> None:
    service = FakeService(
        {
            "id_list=2101.00001,1503.0001": refusal("incorrect id format for 1503.0001"),
            "id_list=2101.00001": feed([entry("2101.00001v1")]),
        }
    )
    found = arxiv.look_up(asked("arxiv", "2101.00001", "1503.0001"), service)
    assert [question.value for question in found] == ["2101.00001"]
    assert len(service.requests) == 2


def test_an_unreadable_id_that_nobody_names_is_found_by_halves() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 101)]

    def react(request: Request) -> bytes:
        names = parameters(request)["id_list"].split(",")
        if ids[37] in names:
            raise NetworkError("arXiv does not understand the question (400).", status=400)
        return feed([entry(f"{name}v1") for name in names])

    service = FakeService({"/api/query": react})
    found = arxiv.look_up(asked("arxiv", *ids), service)
    assert len(found) == 99
    assert len(service.requests) <= 16


def test_an_unreadable_id_that_arxiv_names_is_nothing_when_it_was_asked_alone() -> None:
    service = FakeService({"/api/query": refusal("incorrect id format for 1503.0001")})
    assert arxiv.look_up(asked("arxiv", "1503.0001"), service) == {}
    assert len(service.requests) == 1


def test_a_refusal_of_everything_is_not_taken_for_papers_that_do_not_exist() -> None:
    refused = NetworkError("arXiv does not understand the question (400).", status=400)
    found = arxiv.look_up(asked("arxiv", "2010.10915"), FakeService({"/api/query": refused, "/oai": record()}))
    assert len(found) == 1
    both = FakeService({"/api/query": refused, "/oai": NetworkError("no", status=503)})
    with pytest.raises(NetworkError, match="does not understand"):
        arxiv.look_up(asked("arxiv", "2010.10915", "2010.10916"), both)


def test_an_endless_refusal_is_told_and_not_asked_for_ever() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 101)]
    service = FakeService({"/api/query": NetworkError("arXiv does not understand the question (400).", status=400)})
    with pytest.raises(NetworkError, match="does not understand"):
        arxiv.look_up(asked("arxiv", *ids), service)
    assert len(service.requests) < 20


def test_an_empty_feed_that_counts_papers_is_asked_once_more_and_is_never_nothing() -> None:
    service = FakeService({"/api/query": [feed(total=5), feed([entry("2101.00001v1")])]})
    assert len(arxiv.look_up(asked("arxiv", "2101.00001"), service)) == 1
    broken = FakeService({"/api/query": feed(total=5)})
    with pytest.raises(AnswerError, match="counts 5 papers and lists none") as told:
        arxiv.look_up(asked("title", "A title of some words"), broken)
    assert told.value.passing
    assert len(broken.requests) == 2


def test_another_paper_than_was_asked_for_is_refused() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 8)]
    with pytest.raises(AnswerError, match="other papers"):
        arxiv.look_up(asked("arxiv", *ids), FakeService({"/api/query": feed([entry("2202.00002v1")])}))
    oai = FakeService({"/api/query": NetworkError("no", status=403), "/oai": record("2202.00002")})
    with pytest.raises(AnswerError, match="another paper"):
        arxiv.look_up(asked("arxiv", ids[0]), oai)


@pytest.mark.parametrize(
    "reaction",
    [
        NetworkError("arXiv asks to wait (429).", status=429),
        NetworkError("arXiv refuses (403).", status=403),
        NetworkError("arXiv is paused until noon.", until=LATER),
        AnswerError("arXiv answered with a web page."),
        b"Rate exceeded.",
        feed(total=5),
    ],
)
def test_where_the_query_api_refuses_a_few_papers_come_from_oai_pmh(reaction: bytes | Exception) -> None:
    service = FakeService(
        {
            "/api/query": reaction,
            "oai:arXiv.org:2010.10915&": record(),
            "oai:arXiv.org:hep-th/9711200": record("hep-th/9711200"),
            "oai:arXiv.org:2010.99999": record(error='<error code="idDoesNotExist">Nothing has this id</error>'),
        }
    )
    found = arxiv.look_up(asked("arxiv", "2010.10915", "hep-th/9711200", "2010.99999"), service)
    assert sorted(answers[0].id for answers in found.values()) == ["2010.10915", "hep-th/9711200"]
    last = service.requests[-1].url
    assert last.startswith("https://oaipmh.arxiv.org/oai?verb=GetRecord&identifier=oai:arXiv.org:")
    assert last.endswith("&metadataPrefix=arXiv")


def test_more_papers_than_a_few_are_left_to_the_other_services() -> None:
    service = FakeService({"/api/query": NetworkError("arXiv asks to wait (429).", status=429, until=LATER)})
    with pytest.raises(NetworkError) as told:
        arxiv.look_up(asked("arxiv", *(f"2101.{number:05}" for number in range(1, 7))), service)
    assert told.value.until == LATER
    assert len(service.requests) == 1


def test_where_both_refuse_the_first_refusal_is_told() -> None:
    service = FakeService(
        {
            "/api/query": NetworkError("arXiv asks to wait (429).", status=429, until=LATER),
            "/oai": NetworkError("503", status=503),
        }
    )
    with pytest.raises(NetworkError, match="asks to wait") as told:
        arxiv.look_up(asked("arxiv", "2010.10915"), service)
    assert told.value.until == LATER


@pytest.mark.parametrize("error", [NetworkError("The machine has no network."), StoppedError("Cancelled.")])
def test_without_network_or_when_the_reader_cancels_nothing_else_is_tried(error: NetworkError) -> None:
    service = FakeService({"/api/query": error})
    with pytest.raises(type(error)):
        arxiv.look_up(asked("arxiv", "2010.10915"), service)
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("title", "authors", "query"),
    [
        ("Attention Is All You Need", ("Ashish Vaswani",), 'ti:"attention is all you need" AND au:vaswani'),
        ('A "quoted" (title): x AND NOT y', (), 'ti:"a quoted title x and not y"'),
        ('"" OR all:electron OR ti:"', (), 'ti:"or all electron or ti"'),
        ("Self-supervised learning, don't stop", ("Laurens van der Maaten",),
         'ti:"self-supervised learning don\'t stop" AND au:maaten'),
        ("Word", ("David Lopez-Paz",), 'ti:"word" AND au:lopez'),
        ("Word", ("Martin Luther King Jr.",), 'ti:"word" AND au:king'),
        ("Word", ("Łukasz Kaiser",), 'ti:"word" AND au:kaiser'),
        ("Word", ("李 明",), 'ti:"word"'),
        ("Word", ("Kaiser, Łukasz",), 'ti:"word" AND au:kaiser'),
    ],
)  # fmt: skip
def test_a_title_is_searched_as_a_phrase_and_means_nothing_else(
    title: str, authors: tuple[str, ...], query: str
) -> None:
    service = FakeService({"/api/query": feed([entry()])})
    (question,) = asked("title", title, authors=authors)
    assert len(arxiv.look_up([question], service)[question]) == 1
    assert parameters(service.requests[0])["search_query"] == query


def test_a_title_that_no_paper_has_is_searched_once_more_by_its_longest_words() -> None:
    service = FakeService({"/api/query": [feed(), feed([entry(), entry("2001.00001v1")])]})
    (question,) = asked(
        "title", "On Contrastive Learning of General Purpose Audio Representation", authors=("A. Saeed",)
    )
    assert [answer.id for answer in arxiv.look_up([question], service)[question]] == ["2010.10915", "2001.00001"]
    assert parameters(service.requests[1])["search_query"] == (
        'ti:"contrastive" AND ti:"learning" AND ti:"general" AND ti:"purpose" AND ti:"audio" AND ti:"representation"'
    )


def test_an_abstract_is_searched_by_its_first_words_without_mathematics() -> None:
    service = FakeService({"/api/query": feed([entry()])})
    (question,) = asked(
        "abstract", "For $n>2$ we show that self-supervised models, as used today, learn what audio is."
    )
    assert question in arxiv.look_up([question], service)
    query = parameters(service.requests[0])["search_query"]
    assert query == 'abs:"we show that self-supervised models as used today learn what"'


@pytest.mark.parametrize(("about", "value"), [("title", "?! --"), ("abstract", "Too short to tell"), ("title", "")])
def test_what_has_no_words_is_not_searched(about: About, value: str) -> None:
    assert arxiv.look_up(asked(about, value), FakeService({})) == {}


def test_nothing_found_is_no_answer() -> None:
    assert arxiv.look_up(asked("title", "Word"), FakeService({"/api/query": feed()})) == {}
    assert arxiv.look_up([], FakeService({})) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Rate exceeded.", "too often"),
        (b"<!doctype html><html><title>Checking</title></html>", "web page"),
        (b"<html><body>Hello</body></html>", "no list of papers"),
        (b'{"error": "no"}', "no list of papers"),
        (feed([entry()])[:-40], "cut"),
        (feed([entry(title="\xff")]).replace("\xff".encode(), b"\xff"), "no XML"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><feed xmlns="http://www.w3.org/2005/Atom">&x;</feed>', "web page"),
        (b"<a>" * 700_000, "more than"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "no XML"),
        (refusal("max_results must be non-negative"), "max_results must be"),
        (record(error='<error code="badArgument">Wrong</error>'), "Wrong"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        arxiv.parse(content)


def test_control_characters_that_xml_forbids_cost_nothing_but_themselves() -> None:
    (answer,) = arxiv.parse(feed([entry(title="A\x0ctitle\x1b[31m")]))
    assert answer.record.title == "Atitle[31m"


_WHOLE = feed([entry(comment="Withdrawn https://github.com/a/b", doi="10.1/x"), entry("hep-th/9711200v1")])


@given(
    st.sampled_from([_WHOLE, record("hep-th/9711200")]),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 30), st.binary(max_size=6)), max_size=6),
)
def test_a_damaged_answer_is_read_or_refused(whole: bytes, damage: list[tuple[int, int, bytes]]) -> None:
    for start, length, put in damage:
        whole = whole[:start] + put + whole[start + length :]
    with contextlib.suppress(AnswerError):
        assert all(answer.id and answer.record.title for answer in arxiv.parse(whole))


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_title_and_no_name_breaks_out_of_its_quotes(title: str, author: str) -> None:
    service = FakeService({"/api/query": feed()})
    arxiv.look_up([Question("arxiv", "title", title, (author,)), Question("arxiv", "abstract", title)], service)
    for request in service.requests:
        query = parameters(request)["search_query"]
        phrases, rest = query.split('"')[1::2], "".join(query.split('"')[::2])
        assert query.count('"') % 2 == 0
        assert not any(set("\\():[]{}^~*?") & set(phrase) for phrase in phrases)
        assert set(rest.replace(" AND au:", " ").split()) <= {"ti:", "abs:", "AND", "ti:ti:"} | {
            word for word in rest.split("au:")[-1:] if word.isalpha()
        }


@pytest.mark.parametrize(
    "answer", [None, b"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'/>", b"<html><p/></html>"]
)
def test_what_is_no_list_of_papers_is_neither_nothing_found_nor_asked_for_again(answer: bytes | None) -> None:
    service = FakeService({"/api/query": answer})
    with pytest.raises(AnswerError, match="something that is no list of papers"):
        arxiv.look_up(asked("title", "A title of some words"), service)
    assert len(service.requests) == 1


def test_an_arxiv_that_counts_on_and_on_is_left_in_the_end() -> None:
    ids = [f"2101.{number:05}" for number in range(1, 100)]
    left = iter(ids)
    service = FakeService({"/api/query": lambda _request: feed([entry(f"{next(left)}v1")], total=99)})
    with pytest.raises(AnswerError, match="goes on counting more papers than it lists") as told:
        arxiv.look_up(asked("arxiv", *ids), service)
    assert told.value.passing
    assert len(service.requests) < 20
