"""The stand-in for services answers and refuses as they do, on its own and as the demo's network."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.services import ANSWERS
from tui.errors import NetworkError
from tui.providers import providers
from tui.providers.asking import Question
from tui.providers.web import Door, Rule
from tui.providers.web.recorded import HOSTS, Recorded, StandIn
from tui.providers.web.recorded.asked import Reply
from tui.settings import PROVIDERS

STAND_IN = StandIn(ANSWERS, states=False)
ADDRESS = {name: f"https://{host}" for host, name in reversed(list(HOSTS.items()))}


def get(service: str, target: str, body: bytes = b"") -> Reply:
    return STAND_IN.ask(service, "POST" if body else "GET", target, body)


def found(service: str, target: str, body: bytes = b"") -> Any:
    reply = get(service, target, body)
    assert reply.status == 200
    return json.loads(reply.content)


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
    listed = ",".join(list(STAND_IN.recordings.arxiv)[:15])
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
        Recorded(ANSWERS).handle_request(httpx.Request("GET", "https://example.org/abs/2010.10915"))


def test_a_recorded_answer_takes_the_time_that_it_is_told_to() -> None:
    start = time.monotonic()
    Recorded(ANSWERS, delay=0.05).handle_request(httpx.Request("GET", "https://api.github.com/repos/openai/whisper"))
    assert time.monotonic() - start >= 0.05
