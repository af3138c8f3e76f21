"""The ways in of the network: pages that are fetched, services that are asked, PDFs that are got, over a loopback."""

from __future__ import annotations

import dataclasses
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.hostile.checks import assert_clean, assert_sentence, outcome
from tests.hostile.room import OFFLINE, Room
from tests.hostile.taking import look, plain_name
from tests.providers.server import Behaviour, fault_server
from tests.services import Services
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue, Link
from tui.providers import web
from tui.settings import Network, Pdf, Settings

ARXIV = "2010.11929"
TITLE = "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
AUTHORS = ("Alexey Dosovitskiy", "Lucas Beyer")
_NO_PROXY = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "")


def page(_room: Room, payload: Behaviour, must: Mapping[str, Any]) -> None:
    """Fetch a page from a server that behaves so.

    ``why``: a pattern of the sentence that refuses it; else ``content`` is what came. ``asked``: how many requests.
    """
    with fault_server(payload) as server, patch.dict(os.environ, _NO_PROXY):
        begun = time.monotonic()
        found, why = outcome(lambda: web.fetch(f"{server.url}/page", allow=[server.url], timeout=5.0))
        assert re.fullmatch(must.get("why", "") and f".*(?:{must['why']}).*", why), why
        assert (found.content if found else None) == must.get("content")
        assert time.monotonic() - begun < 30
        assert len(server.seen) <= must.get("asked", 1)
        assert all("cookie" not in seen.headers for seen in server.seen)


def service(room: Room, payload: tuple[str, Mapping[str, Any]], must: Mapping[str, Any]) -> None:
    """Look a paper up while one service answers so, and no other is asked; then look at it in every way.

    ``title``: what it is called then, where it is not what its issue prints.
    """
    name, fault = payload
    entry = Entry(title=TITLE, authors=AUTHORS, identifiers={"arxiv": ARXIV, "doi": "10.1000/vit"})
    with Services() as services, patch.dict(os.environ, _NO_PROXY):
        services.fail(name, **fault)
        settings = services.settings(Settings())
        only = {each: dataclasses.replace(said, enabled=each == name) for each, said in settings.providers.items()}
        before, begun = room.around(), time.process_time()
        with Desk(Library(room.library), dataclasses.replace(settings, providers=only), backups=False) as desk:
            desk.keep(Issue("w", "w", (entry,), "newsletter"))
            names = list(desk.papers())
            desk.looking.ask(names)
            end = time.monotonic() + 60
            while desk.looking.busy and time.monotonic() < end:
                desk.looking.wait(0.1)
                desk.looking.collect()
            assert not desk.looking.busy
            names = list(desk.papers())
            paper = desk.rack.paper(names[0])
            assert (paper.title, len(names)) == (must.get("title", TITLE), 1)
            for failure in paper.details.failures if paper.details else ():
                assert_sentence(failure.why or "")
            look(room, desk, names, ("bibtex", "csl-json", "ris"))
    assert services.count() <= 12
    assert time.process_time() - begun < 20
    assert room.around() == before
    assert room.canaries() == []


def pdf(room: Room, payload: tuple[Entry | str, Behaviour], must: Mapping[str, Any]) -> None:
    """Fetch a paper's PDF from a server that behaves so; the paper is an entry, or only its title.

    ``why``: a pattern of the sentence that refuses it; else one file is in the folder, and it is the server's.
    ``pattern``: how the file is named. Whatever comes, nothing else is written anywhere.
    """
    said, behave = payload
    folder = room.folder / "pdfs"
    with fault_server(behave) as server, patch.dict(os.environ, _NO_PROXY):
        settings = dataclasses.replace(
            OFFLINE, network=Network(allow=(server.url,)), pdf=Pdf(folder=folder, pattern=must.get("pattern"))
        )
        entry = Entry(title=said, authors=("Ada Byron",), year=2020) if isinstance(said, str) else said
        entry = dataclasses.replace(entry, links=(Link(f"{server.url}/a.pdf", "pdf"), *entry.links))
        before = room.around()
        with Desk(Library(room.library), settings, backups=False) as desk:
            desk.keep(Issue("w", "w", (entry,), "newsletter"))
            name = next(iter(desk.papers()))
            found, why = outcome(lambda: desk.pdfs.fetch(name))
            assert re.fullmatch(must.get("why", "") and f".*(?:{must['why']}).*", why), why
        if found:
            assert Path(os.path.realpath(found.path)).parent == Path(os.path.realpath(folder))
            assert found.path.is_file()
            plain_name(found.path.name)
        made = {Path(each) for each in room.around() - before}
        assert all(each == folder or each.parent == folder for each in made), made
        for each in made - {folder}:
            assert_clean(each.name, "", "file name")
        assert len([each for each in made - {folder} if each.suffix == ".pdf"]) == (0 if "why" in must else 1)
    assert room.canaries() == []
