"""The services on the loopback that other tests stand on: they answer, keep a log, and fail as told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.services import ANSWERS, BOT_PAGE, Services, works
from tui.providers import providers
from tui.providers.asking import About, Question
from tui.providers.web import Door, Rule
from tui.providers.web.recorded import StandIn
from tui.settings import PROVIDERS


@pytest.fixture
def services() -> Iterator[Services]:
    start = time.monotonic()
    with Services() as services:
        assert time.monotonic() - start < 0.5
        yield services


def test_a_service_on_the_loopback_answers_like_the_stand_in_and_the_log_has_it(services: Services) -> None:
    reply = httpx.get(f"{services.url}/arxiv/api/query?id_list=1706.03762,1810.04805")
    assert reply.content == StandIn(ANSWERS).ask("arxiv", "GET", "/api/query?id_list=1706.03762,1810.04805").content
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
