"""GitHub: what a repository is worth, under the name that it has today."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from tests.providers.fake import FakeService
from tests.providers.hurt import hurt
from tui.errors import AnswerError, NetworkError
from tui.model import Answer, Record
from tui.providers import github
from tui.providers.asking import Question

REPOSITORY: dict[str, Any] = {
    "id": 3544490,
    "name": "PyGithub",
    "full_name": "PyGithub/PyGithub",
    "owner": {"login": "PyGithub", "type": "Organization"},
    "html_url": "https://github.com/PyGithub/PyGithub",
    "description": "A client of the API",
    "homepage": "https://pygithub.readthedocs.io/",
    "stargazers_count": 7000,
    "forks_count": 1800,
    "archived": False,
    "license": {"key": "lgpl-3.0", "name": "GNU Lesser General Public License v3.0", "spdx_id": "LGPL-3.0"},
    "pushed_at": "2025-01-06T21:35:36Z",
}


def body(**changes: object) -> bytes:
    return json.dumps({**REPOSITORY, **changes}).encode()


def ask(value: str, service: FakeService) -> tuple[Answer, ...]:
    question = Question("github", "repository", value)
    return github.look_up([question], service).get(question, ())


def test_a_repository_gives_facts_and_links_and_no_record() -> None:
    (found,) = github.parse(body())
    assert (found.id, found.kind, found.record) == ("PyGithub/PyGithub", None, Record())
    assert found.facts == {
        "stars": 7000,
        "forks": 1800,
        "code_licence": "LGPL-3.0",
        "archived": "no",
        "pushed": "2025-01-06",
    }
    assert [(link.rel, link.url) for link in found.links] == [
        ("code", "https://github.com/PyGithub/PyGithub"),
        ("project", "https://pygithub.readthedocs.io/"),
    ]


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({"archived": True}, {"archived": "yes"}),
        ({"archived": "true"}, {"archived": None}),
        ({"license": None}, {"code_licence": None}),
        ({"license": {"spdx_id": "NOASSERTION"}}, {"code_licence": None}),
        ({"stargazers_count": 0}, {"stars": 0}),
        ({"stargazers_count": -1}, {"stars": None}),
        ({"stargazers_count": "many"}, {"stars": None}),
        ({"pushed_at": "yesterday"}, {"pushed": None}),
    ],
)
def test_a_fact_that_is_not_stated_is_left_out(changes: dict[str, Any], facts: dict[str, Any]) -> None:
    (found,) = github.parse(body(**changes))
    assert {name: found.facts.get(name) for name in facts} == facts


@pytest.mark.parametrize("homepage", ["", None, "javascript:alert(1)", "pygithub.org", 7])
def test_a_homepage_that_is_no_address_is_left_out(homepage: object) -> None:
    assert [link.rel for link in github.parse(body(homepage=homepage))[0].links] == ["code"]


def test_the_address_of_the_code_is_githubs_whatever_the_answer_says() -> None:
    (found,) = github.parse(body(html_url="https://evil.example/"))
    assert found.links[0].url == "https://github.com/PyGithub/PyGithub"


@pytest.mark.parametrize("key", ["secret", None])
def test_one_request_with_the_version_and_the_key_in_headers(key: str | None) -> None:
    service = FakeService({"https://api.github.com/repos/PyGithub/PyGithub": body()}, key=key)
    assert len(ask("PyGithub/PyGithub", service)) == 1
    (request,) = service.requests
    assert request.url == "https://api.github.com/repos/PyGithub/PyGithub"
    assert request.headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert request.headers.get("Authorization") == ("Bearer secret" if key else None)


def test_a_renamed_repository_is_answered_under_its_new_name() -> None:
    (found,) = ask("jacquev6/PyGithub.git", FakeService({"/repos/jacquev6/PyGithub": body()}))
    assert found.id == "PyGithub/PyGithub"


@pytest.mark.parametrize(
    "value", ["owner", "owner/", "owner/..", "a/b/c", "../../users", "o wner/name", "owner/na?me", ""]
)
def test_what_is_no_repositorys_name_is_not_asked(value: str) -> None:
    assert ask(value, FakeService({})) == ()


def test_a_repository_that_is_gone_is_nothing() -> None:
    assert ask("a/b", FakeService({"github": None})) == ()
    assert github.parse(b'{"message": "Not Found", "status": "404"}') == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"message": "API rate limit exceeded for 127.0.0.1."}', "rate limit"),
        (b'{"message": "Bad credentials", "status": "401"}', "Bad credentials"),
        (b'{"names": ["testing", "github"]}', "no repository"),
        (b'{"login": "lra", "id": 122286}', "no repository"),
        (b'{"full_name": "../../x"}', "no repository"),
        (b'{"full_name": ["a/b"]}', "no repository"),
        (b"[1]", "no repository"),
        (b"null", "no repository"),
        (b"https\nGET\napi.github.com\nNone\n/user\n", "not the JSON"),
        (b"", "not the JSON"),
    ],
)
def test_what_is_no_repository_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        github.parse(content)


def test_the_doors_refusal_comes_through() -> None:
    with pytest.raises(NetworkError, match="until"):
        ask("a/b", FakeService({"github": NetworkError("GitHub wants a pause until 15:04", status=403)}))


@given(hurt(REPOSITORY))
def test_no_answer_however_odd_raises_anything_else(content: bytes) -> None:
    try:
        found = github.parse(content)
    except AnswerError:
        return
    assert all(each.provider == "github" and "/" in each.id for each in found)
