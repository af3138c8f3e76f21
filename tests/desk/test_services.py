"""Which key and which address a service is told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.providers.server import fault_server, reply
from tui.desk.services import Services
from tui.providers import providers
from tui.settings import Network, Provider, Settings

REAL = "https://api.example.org/works/1"


def services(name: str = "semantic_scholar", contact: str | None = None, **chosen: object) -> Services:
    settings = Settings(network=Network(contact=contact), providers={name: replace(Provider(), **chosen)})
    return Services(settings, environ={"S2_API_KEY": ""})


def key_file(tmp_path: Path, content: bytes = b"abc-DEF-0123456789\n", mode: int = 0o600) -> Path:
    path = tmp_path / "s2.key"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_a_key_comes_from_its_file_and_the_environment_comes_before_it(tmp_path: Path) -> None:
    settings = Settings(providers={"semantic_scholar": Provider(key_file=key_file(tmp_path))})
    assert Services(settings, environ={}).key("semantic_scholar") == "abc-DEF-0123456789"
    assert Services(settings, environ={"S2_API_KEY": " other "}).key("semantic_scholar") == "other"
    assert Services(Settings(), environ={}).key("semantic_scholar") is None


@pytest.mark.skipif(os.name != "posix", reason="files have such modes on POSIX alone")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602, 0o610])
def test_a_key_file_that_others_may_open_is_not_used_and_it_is_said_why(tmp_path: Path, mode: int) -> None:
    made = services(key_file=key_file(tmp_path, mode=mode))
    assert made.key("semantic_scholar") is None
    assert "semantic_scholar" not in made.reach(), (
        "asked without its key it would be refused, or count as somebody else"
    )
    state = {each.name: each for each in made.states({})}["semantic_scholar"]
    assert (state.condition, "chmod 600" in (state.why or "")) == ("off", True)
    assert "abc-DEF" not in str(state)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "does not hold a key"),
        (b" \n", "does not hold a key"),
        (b"two\nlines", "does not hold a key"),
        (b"\x1b]0;x\x07", "does not hold a key"),
        ("schlüssel".encode(), "does not hold a key"),
    ],
)
def test_what_is_no_key_is_not_sent(tmp_path: Path, content: bytes, said: str) -> None:
    made = services(key_file=key_file(tmp_path, content))
    assert made.key("semantic_scholar") is None
    assert said in str({each.name: each.why for each in made.states({})}["semantic_scholar"])


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_a_key_file_that_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "there"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    made = services(key_file=path)
    assert str(path) in str({each.name: each.why for each in made.states({})}["semantic_scholar"])


ASKED = ("arxiv", "datacite", "crossref", "unpaywall")


@pytest.mark.parametrize("name", list(providers()))
def test_the_reader_s_address_goes_to_the_services_that_ask_for_one_and_to_no_other(name: str) -> None:
    with fault_server(reply(200, b"[1]")) as server:
        made = services(name, "ada@example.org", base_url=server.url)
        service, _ = made.open(name)
        service.get(REAL)
        made.close()
        told = "ada@example.org" in server.seen[0].text
    assert told is (name in ASKED)
    assert service.contact == ("ada@example.org" if name in ASKED else None)
