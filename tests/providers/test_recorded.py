"""The recorded answers, the stand-in that gives them as the services would, and the loopback server before it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.services import ANSWERS, BOT_PAGE, Services, works
from tui.digests import read
from tui.digests.document import gather, open_document
from tui.errors import NetworkError
from tui.model import Answer, Entry
from tui.providers import providers
from tui.providers.asking import About, Accept, Question
from tui.providers.web import Door, Rule
from tui.providers.web.recorded import HOSTS, Recorded, StandIn
from tui.providers.web.recorded.asked import Reply
from tui.providers.web.recorded.recordings import tag, words
from tui.settings import PROVIDERS

SAMPLES = ANSWERS.parent
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
STAND_IN = StandIn(ANSWERS, states=False)
ADDRESS = {name: f"https://{host}" for host, name in reversed(list(HOSTS.items()))}


def get(service: str, target: str, body: bytes = b"") -> Reply:
    return STAND_IN.ask(service, "POST" if body else "GET", target, body)


def found(service: str, target: str, body: bytes = b"") -> Any:
    reply = get(service, target, body)
    assert reply.status == 200
    return json.loads(reply.content)


class Asked:
    """The service as a provider sees it, in front of the stand-in; it counts requests."""

    key = None
    contact = "reader@example.org"

    def __init__(self) -> None:
        self.requests = 0

    def get(
        self, url: str, *, accept: Accept = "json", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> bytes | None:
        self.requests += 1
        reply = STAND_IN.answer("POST" if body else "GET", url, body or b"")
        if reply.status in (404, 410):
            return None
        if reply.status != 200:
            raise NetworkError(f"{url} answers {reply.status}.", status=reply.status)
        return reply.content


def look_up(name: str, about: About, *values: str, authors: tuple[str, ...] = ()) -> dict[str, tuple[Answer, ...]]:
    provider, service = providers()[name], Asked()
    questions = [Question(name, about, value, authors) for value in values]
    size, answers = provider.ASKS[about], {}
    for start in range(0, len(questions), size):
        answers.update(provider.look_up(questions[start : start + size], service))
    return {question.value: tuple(given) for question, given in answers.items() if given}


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    return tuple(entry for path in gather(SAMPLES) for issue in read(open_document(path)) for entry in issue.entries)


def named(scheme: str) -> list[str]:
    return sorted({entry.identifiers[scheme] for entry in entries() if scheme in entry.identifiers})


# What is recorded


@pytest.mark.parametrize(
    ("scheme", "asked"),
    [("arxiv", "arxiv"), ("arxiv", "datacite"), ("doi", "crossref"), ("acl", "acl"), ("openreview", "openreview")],
)
def test_every_paper_that_the_samples_name_by_an_identifier_was_recorded(scheme: About, asked: str) -> None:
    wanted = named(scheme)
    answers = look_up(asked, scheme, *wanted)
    assert len(wanted) >= 5
    assert sorted(answers) == wanted
    for value, given in answers.items():
        (answer,) = given
        assert answer.record.title, value
        assert answer.identifiers.get(scheme) == value or answer.record.doi == value


def test_most_of_the_papers_that_have_only_a_title_are_found_by_a_search() -> None:
    titles = {entry.title: entry.authors for entry in entries() if entry.title and not entry.identifiers}
    met = set()
    for name in ("arxiv", "dblp", "crossref"):
        for title, authors in titles.items():
            for given in look_up(name, "title", title, authors=authors).values():
                if any(words(answer.record.title or "") == words(title) for answer in given):
                    met.add(title)
    assert len(met) > 0.8 * len(titles), sorted(set(titles) - met)


def test_entries_that_have_only_an_abstract_are_found_by_its_words() -> None:
    abstracts = {entry.abstract: entry.authors for entry in entries() if entry.abstract and not entry.title}
    answers = {text: look_up("arxiv", "abstract", text, authors=authors) for text, authors in abstracts.items()}
    assert len(abstracts) == 7
    assert all(answers.values()), [text[:40] for text, given in answers.items() if not given]


@pytest.mark.parametrize(
    ("preprint", "name", "about", "value", "venue", "year"),
    [
        ("2010.11929", "openreview", "openreview", "YicbFdNTTy", "Learning Representations|ICLR", 2021),
        ("1810.04805", "acl", "acl", "N19-1423", "North American Chapter", 2019),
        ("1706.03762", "dblp", "title", "Attention Is All You Need", "Neural Information|NIPS", 2017),
        ("1512.03385", "crossref", "doi", "10.1109/cvpr.2016.90", "Computer Vision", 2016),
        ("2112.10752", "openalex", "doi", "10.1109/cvpr52688.2022.01042", "Computer Vision", 2022),
    ],
)
def test_preprint_and_published_version_are_both_there(
    preprint: str, name: str, about: About, value: str, venue: str, year: int
) -> None:
    (first,) = look_up("arxiv", "arxiv", preprint)[preprint]
    assert (first.kind, first.record.arxiv) == ("preprint", preprint)
    published = [answer for answer in look_up(name, about, value)[value] if answer.kind == "published"]
    assert re.search(venue, published[0].record.venue or "")
    assert published[0].record.year == year
    assert words(published[0].record.title or "") == words(first.record.title or "")
    assert len(published[0].record.authors) == len(first.record.authors)


def test_a_paper_that_was_published_under_another_title_is_met_only_as_something_near() -> None:
    title = "From Images to Textual Prompts: Zero-shot VQA with Frozen Large Language Models"
    near = look_up("crossref", "title", title, authors=("Jiaxian Guo",))[title][0].record
    assert near.doi == "10.1109/cvpr52729.2023.01046"
    assert words(near.title or "") != words(title)


def test_arxivs_three_ways_say_the_same_of_a_paper() -> None:
    recordings = STAND_IN.recordings
    by_doi = {each["id"]: each["attributes"] for each in recordings.datacite.records}
    assert recordings.arxiv.keys() == recordings.arxiv_records.keys()
    for name, entry in recordings.arxiv.items():
        record, attributes = recordings.arxiv_records[name], by_doi[f"10.48550/arxiv.{name.lower()}"]
        assert tag("title", entry) == tag("title", record)
        assert tag("summary", entry) == tag("abstract", record)
        assert entry.count("<author>") == record.count("<author>") == len(attributes["creators"])
        assert attributes["titles"][0]["title"].replace("&", "&amp;") == tag("title", entry)


@pytest.mark.parametrize("name", ["semantic_scholar", "openalex", "huggingface", "github", "unpaywall"])
def test_what_the_other_services_recorded_is_read_by_their_providers(name: str) -> None:
    recordings = STAND_IN.recordings
    asked: dict[str, tuple[About, list[str]]] = {
        "semantic_scholar": ("arxiv", [each["externalIds"]["ArXiv"] for each in recordings.semantic_scholar.records]),
        "openalex": ("doi", [each["doi"].removeprefix("https://doi.org/") for each in recordings.openalex.records]),
        "huggingface": ("arxiv", [name for name, each in recordings.huggingface["papers"].items()]),
        "github": ("repository", [each["full_name"] for each in recordings.github.values()]),
        "unpaywall": ("doi", list(recordings.unpaywall)),
    }
    about, values = asked[name]
    answers = look_up(name, about, *values)
    assert sorted(answers) == sorted(values)
    assert all(len(given) == 1 and given[0].provider == name for given in answers.values())


def shingles(text: str) -> set[tuple[str, ...]]:
    parts = re.findall(r"[^\W_]+", text.lower())
    return set(zip(*(parts[start:] for start in range(8)), strict=False))


@pytest.mark.skipif(not (SHARED / "answers").is_dir(), reason="the services' real answers are not beside the checkout")
def test_no_abstract_holds_eight_words_in_a_row_of_a_real_answer() -> None:
    ours = [tag("summary", entry) for entry in STAND_IN.recordings.arxiv.values()]
    ours += [each["content"]["abstract"] for each in STAND_IN.recordings.openreview.records]
    ours += [each.get("abstract", "") for each in STAND_IN.recordings.crossref.records]
    mine = set().union(*(shingles(json.dumps(text)) for text in ours))
    assert len(mine) > 1000
    for path in (SHARED / "answers").rglob("*"):
        if path.is_file():
            assert not mine & shingles(path.read_text("utf-8", "replace")), path.name


# How the services answer


def test_arxiv_gives_ids_in_the_order_asked_leaves_out_unknown_ones_and_counts_right() -> None:
    page = get("arxiv", "/api/query?id_list=1810.04805,0000.00000,math/0211159,1706.03762v7&max_results=50")
    text = page.content.decode()
    assert page.headers["Content-Type"].startswith("application/atom+xml")
    assert re.findall(r"<id>http://arxiv.org/abs/(.*?)</id>", text) == [
        "1810.04805v2",
        "math/0211159v1",
        "1706.03762v7",
    ]
    assert "<opensearch:totalResults>3<" in text


def test_arxiv_sends_ten_entries_where_no_number_is_asked_for() -> None:
    listed = ",".join(named("arxiv")[:15])
    text = get("arxiv", f"/api/query?id_list={listed}").content.decode()
    assert text.count("<entry>") == 10
    assert "<opensearch:totalResults>15<" in text


def test_arxiv_refuses_an_id_that_is_none_with_its_error_entry() -> None:
    reply = get("arxiv", "/api/query?id_list=1706.03762,abc")
    assert reply.status == 400
    assert b"api/errors#incorrect_id_format_for_abc" in reply.content


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ('ti:"attention is all you need" AND au:vaswani', "1706.03762"),
        ('ti:"deep residual learning"', "1512.03385"),
        ('ti:"attention is all you need" AND au:schmidhuber', None),
        ('abs:"longest words nobody wrote"', None),
        ("au:perelman", "math/0211159"),
    ],
)
def test_arxivs_search_wants_every_term(search: str, first: str | None) -> None:
    text = get("arxiv", f"/api/query?search_query={quote(search)}").content.decode()
    ids = re.findall(r"<id>http://arxiv.org/abs/(.*?)v\d+</id>", text)
    assert (ids[0] if ids else None) == first


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:hep-th/9711200", "<keyname>Maldacena</keyname>"),
        ("verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:0000.00000", 'code="idDoesNotExist"'),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:arXiv.org:1706.03762", "cannotDisseminateFormat"),
        ("verb=Identify", "badVerb"),
    ],
)
def test_arxivs_harvesting_interface_gives_one_record_or_its_error(query: str, holds: str) -> None:
    assert holds in get("arxiv", f"/oai?{query}").content.decode()


def test_crossref_gives_one_work_a_filtered_list_and_the_fields_that_were_selected() -> None:
    doi = "10.1016/S0169-7552(98)00110-X"
    assert found("crossref", f"/v1/works/{quote(doi, safe='')}")["message"]["volume"] == "30"
    listed = found(
        "crossref", f"/v1/works?filter=doi:{quote(doi)},doi:10.1/none,doi:10.1038/nature14539&select=DOI,title"
    )
    assert [sorted(item) for item in listed["message"]["items"]] == [["DOI", "title"]] * 2
    missing = get("crossref", "/v1/works/10.1%2Fnone")
    assert (missing.status, missing.content) == (404, b"Resource not found.")


def test_crossrefs_search_gives_the_nearest_works_even_where_none_is_right() -> None:
    query = "Cross-lingual+Language+Model+Pretraining+Conneau"
    items = found("crossref", f"/works?query.bibliographic={query}&rows=5")["message"]["items"]
    assert len(items) == 5
    assert items[0]["title"] == ["Cross-lingual Language Model Pretraining for Retrieval"]
    right = found("crossref", "/works?query.bibliographic=computable+numbers+entscheidungsproblem&rows=2")["message"]
    assert [item["DOI"] for item in right["items"]] == ["10.1112/plms/s2-42.1.230", "10.1112/plms/s2-43.6.544"]


def test_datacite_answers_one_doi_several_and_a_title() -> None:
    one = found("datacite", "/dois/10.48550%2FarXiv.1706.03762")["data"]
    assert one["attributes"]["publicationYear"] == 2017
    query = quote('doi:("10.48550/arXiv.1706.03762" OR "10.48550/arxiv.1810.04805")')
    assert len(found("datacite", f"/dois?query={query}&page%5Bsize%5D=10")["data"]) == 2
    titles = quote('titles.title:"deep residual learning for image recognition"')
    assert found("datacite", f"/dois?query={titles}")["data"][0]["id"] == "10.48550/arxiv.1512.03385"
    assert get("datacite", "/dois/10.48550%2Farxiv.0000.0000").status == 404


def test_openalex_gives_a_work_by_doi_or_by_its_own_id_and_a_page_where_there_is_none() -> None:
    assert found("openalex", "/works/doi:10.1038/NATURE14539")["id"].endswith("/W2919115771")
    assert found("openalex", "/works/W2919115771")["doi"].endswith("/nature14539")
    assert found("openalex", "/works?filter=doi:10.1038/nature14539|10.1/none")["meta"]["count"] == 1
    assert found("openalex", "/works?filter=title.search:deep+learning")["results"][0]["title"] == "Deep learning"
    assert get("openalex", "/works/doi:10.1/none").status == 404


def test_semantic_scholars_batch_keeps_places_and_its_match_says_when_there_is_none() -> None:
    body = json.dumps({"ids": ["ARXIV:1706.03762", "DOI:10.1/none", "acl:N19-1423"]}).encode()
    batch = found("semantic_scholar", "/graph/v1/paper/batch?fields=title,externalIds", body)
    assert [each and each["externalIds"]["ArXiv"] for each in batch] == ["1706.03762", None, "1810.04805"]
    assert sorted(batch[0]) == ["externalIds", "paperId", "title"]
    match = "/graph/v1/paper/search/match?query="
    assert found("semantic_scholar", f"{match}attention+is+all+you+need")["data"][0]["matchScore"] > 0
    assert json.loads(get("semantic_scholar", f"{match}sheaves+of+wheat").content)["error"] == "Title match not found"
    assert get("semantic_scholar", "/graph/v1/paper/batch", b"[]").status == 400


def test_dblp_wants_a_word_beginning_with_each_word_and_gives_a_lone_author_as_an_object() -> None:
    hits = found("dblp", "/search/publ/api?q=part-whol+hierarch+Hinton&format=json")["result"]["hits"]
    assert hits["@total"] == "1"
    assert hits["hit"][0]["info"]["authors"]["author"] == {"text": "Geoffrey E. Hinton"}
    assert "hit" not in found("dblp", "/search/publ/api?q=hierarch$+Hinton")["result"]["hits"]
    both = found("dblp", "/search/publ/api?q=cross-lingual+language+model+pretraining&h=1")["result"]["hits"]
    assert (both["@total"], both["@sent"], len(both["hit"])) == ("2", "1", 1)


@pytest.mark.parametrize(
    ("service", "target", "status"),
    [
        ("openreview", "/notes?id=YicbFdNTTy", 200),
        ("openreview", "/notes/search?term=lottery+ticket+hypothesis&content=title", 200),
        ("acl", "/N19-1423.bib", 200),
        ("acl", "/N19-1423", 404),
        ("acl", "/N19-9999.bib", 404),
        ("huggingface", "/api/papers/2212.04356", 200),
        ("huggingface", "/api/arxiv/2212.04356/repos", 200),
        ("huggingface", "/api/papers/0000.00000", 404),
        ("github", "/repos/OpenAI/Whisper", 200),
        ("github", "/repos/nobody/nothing", 404),
        ("unpaywall", "/v2/10.1038%2Fs41586-021-03819-2?email=reader@example.org", 200),
        ("unpaywall", "/v2/10.1038%2Fs41586-021-03819-2", 422),
        ("dblp", "/rec/conf/nips/VaswaniSPUJGKP17.bib", 404),
    ],
)
def test_a_service_knows_what_was_recorded_and_nothing_else(service: str, target: str, status: int) -> None:
    assert get(service, target).status == status


def test_every_provider_has_its_hosts_here_and_asks_no_other() -> None:
    assert set(HOSTS.values()) == set(PROVIDERS)
    with pytest.raises(LookupError):
        STAND_IN.answer("GET", "https://example.org/")


def test_a_service_whose_recordings_are_missing_knows_nothing(tmp_path: Path) -> None:
    empty = StandIn(tmp_path)
    for service in PROVIDERS:
        assert empty.ask(service, "GET", "/works/doi:10.1/x?email=a@b.example&id_list=1706.03762&q=x").status in (
            200,
            404,
        )


# The demo's transport


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door(transport=Recorded(ANSWERS))
    yield door
    door.close()


def rule(name: str) -> Rule:
    return Rule(name, providers()[name].LABEL, 0.0, None, None)


def test_the_door_takes_recorded_answers_as_it_takes_the_networks(door: Door) -> None:
    question = Question("crossref", "doi", "10.1038/nature14539")
    answers = providers()["crossref"].look_up([question], door.service(rule("crossref")))
    assert answers[question][0].record.title == "Deep learning"


def test_in_the_demo_one_service_is_paused_and_one_refuses(door: Door) -> None:
    for name in ("semantic_scholar", "openreview"):
        address = f"{ADDRESS[name]}/graph/v1/paper/search/match?query=x"
        with pytest.raises(NetworkError):
            door.service(rule(name)).get(address)
    until = {pause.name: pause.until for pause in door.states()}["semantic_scholar"]
    assert until is not None
    assert 800 < until.timestamp() - time.time() <= 900


def test_a_host_that_was_not_recorded_cannot_be_reached() -> None:
    with pytest.raises(httpx.ConnectError):
        Recorded(ANSWERS).handle_request(httpx.Request("GET", "https://arxiv.org/pdf/1706.03762"))


def test_a_recorded_answer_takes_the_time_that_it_is_told_to() -> None:
    start = time.monotonic()
    Recorded(ANSWERS, delay=0.05).handle_request(httpx.Request("GET", "https://api.github.com/repos/openai/whisper"))
    assert time.monotonic() - start >= 0.05


# The loopback server


@pytest.fixture
def services() -> Iterator[Services]:
    start = time.monotonic()
    with Services() as services:
        assert time.monotonic() - start < 0.5
        yield services


def test_a_service_on_the_loopback_answers_like_the_stand_in_and_the_log_has_it(services: Services) -> None:
    reply = httpx.get(f"{services.url}/arxiv/api/query?id_list=1706.03762,1810.04805")
    assert reply.content == get("arxiv", "/api/query?id_list=1706.03762,1810.04805").content
    (asked,) = services.log
    assert (asked.service, asked.method, asked.ids) == ("arxiv", "GET", 2)
    assert "arxiv" in services.table()
    assert (services.count("arxiv"), services.count("dblp"), services.count()) == (1, 0, 1)
    assert httpx.get(f"{services.url}/nobody/x").status_code == 404


def test_a_batch_counts_its_works_and_is_posted_like_any_request(services: Services) -> None:
    body = json.dumps({"ids": ["ARXIV:1706.03762", "ARXIV:1810.04805"]})
    reply = httpx.post(f"{services.url}/semantic_scholar/graph/v1/paper/batch?fields=title", content=body)
    assert reply.json()[0]["title"] == "Attention is All you Need"
    assert services.log[0].ids == 2
    assert works("/works?filter=doi:10.1234/a,doi:10.1234/b,doi:10.1234/c") == 3


def test_faults_come_in_the_order_told_and_end(services: Services) -> None:
    address = f"{services.url}/github/repos/openai/whisper"
    services.fail("github", status=503, times=2)
    services.fail("github", status=429, headers={"Retry-After": "2"}, times=1)
    replies = [httpx.get(address) for _ in range(4)]
    assert [reply.status_code for reply in replies] == [503, 503, 429, 200]
    assert replies[2].headers["Retry-After"] == "2"
    services.block("github")
    assert httpx.get(address).content == BOT_PAGE
    services.mend()
    assert httpx.get(address).json()["full_name"] == "openai/whisper"


def test_an_answer_may_be_cut_drip_or_come_late(services: Services) -> None:
    address = f"{services.url}/github/repos/openai/whisper"
    services.fail("github", cut=20, times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address)
    services.fail("github", drip=0.001, times=1)
    assert httpx.get(address).json()["name"] == "whisper"
    services.fail("github", wait=0.5, times=1)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(address, timeout=0.05)


def test_the_settings_send_every_provider_here_without_pace(services: Services) -> None:
    settings = services.settings()
    assert {settings.provider(name).base_url for name in PROVIDERS} == {f"{services.url}/{name}" for name in PROVIDERS}
    assert {settings.provider(name).pace for name in PROVIDERS} == {0.0}


def test_every_provider_finds_its_way_through_a_base_url(services: Services) -> None:
    door = Door()
    settings = services.settings()
    asks: tuple[tuple[str, About, str], ...] = (
        ("arxiv", "arxiv", "1706.03762"),
        ("datacite", "arxiv", "1706.03762"),
        ("crossref", "doi", "10.1038/nature14539"),
        ("openalex", "doi", "10.1038/nature14539"),
        ("semantic_scholar", "arxiv", "1706.03762"),
        ("dblp", "title", "Attention Is All You Need"),
        ("openreview", "openreview", "YicbFdNTTy"),
        ("acl", "acl", "N19-1423"),
        ("huggingface", "arxiv", "2212.04356"),
        ("github", "repository", "openai/whisper"),
    )
    for name, about, value in asks:
        service = door.service(Rule(name, name, 0.0, settings.provider(name).base_url, None))
        question = Question(name, about, value)
        assert providers()[name].look_up([question], service)[question], name
    door.close()
