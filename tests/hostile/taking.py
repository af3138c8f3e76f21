"""The way in through digests: taken in, looked at by every command and pane, exported in every format."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.hostile.checks import (
    EXPORTS,
    assert_address,
    assert_addresses,
    assert_clean,
    assert_json,
    assert_sentence,
)
from tests.hostile.room import Room
from tui.desk import Desk
from tui.desk.file_names import file_name
from tui.desk.pdfs import _parts
from tui.model import Paper
from tui.widgets import card_text, paper_text
from tui.widgets.details_text import LookUp

MOST_SECONDS = 20.0
"""Of CPU, for one case: a step whose time grows with the square of its input takes hours."""


def digest(room: Room, payload: tuple[str, bytes | str], must: Mapping[str, Any]) -> None:
    """Take a file in by ``add``; *payload* is its name and what it holds.

    ``error``: a pattern of the sentence that refuses it; without it, it must be taken. ``papers``: how many.
    ``title``: of the first. ``titles``, ``identifiers``, ``links``: of all, in order. ``either``: it may be refused.
    ``without``: what stands nowhere in what is known of them.
    """
    path = room.put(*payload)
    before, begun = room.around(), time.process_time()
    with room.desk() as desk:
        done = room.say(desk, "add", "--json", str(path))
        added = assert_json(done.out)
        assert_clean(done.err)
        assert done.status == (1 if added["errors"] else 0)
        for failed in added["errors"]:
            assert_sentence(failed["error"])
        if pattern := must.get("error"):
            assert re.search(pattern, added["errors"][0]["error"]), added
        elif not must.get("either"):
            assert added["errors"] == []
        names = list(desk.papers())
        _expected(desk, names, must)
        if names:
            look(room, desk, names)
        known = room.say(desk, "papers", "--query", "", "--json").out
        assert must.get("without", "root:x") not in known
    assert time.process_time() - begun < MOST_SECONDS
    assert room.around() == before
    assert room.canaries() == []


def _expected(desk: Desk, names: list[str], must: Mapping[str, Any]) -> None:
    papers = [desk.rack.paper(name) for name in names]
    said = {
        "papers": len(papers),
        "title": papers[0].title if papers else None,
        "titles": [paper.title for paper in papers],
        "identifiers": [dict(paper.identifiers) for paper in papers],
        "links": [link.url for paper in papers for link in paper.links],
    }
    for name, value in said.items():
        if name in must:
            assert value == must[name]


def look(room: Room, desk: Desk, names: list[str], formats: Collection[str] = tuple(EXPORTS)) -> None:
    """Look at papers in all ways, and fail where one of them gives out what it should not."""
    listed = room.say(desk, "papers", "--query", "")
    assert_clean(listed.out)
    assert len(listed.out.splitlines()) == len(names), "a paper is a line"
    issues = room.say(desk, "issues")
    assert_clean(issues.out)
    documents = assert_json(room.say(desk, "papers", "--query", "", "--json").out)
    assert_json(room.say(desk, "issues", "--json").out)
    for document in documents:
        assert_addresses(document)
    for name in names[:3]:
        shown = room.say(desk, "show", "--", name)
        assert shown.status == 0
        assert_clean(shown.out)
        panes(desk.rack.paper(name))
        places(desk, name)
    for format, check in ((each, EXPORTS[each]) for each in formats):
        done = room.say(desk, "export", "--query", "", "--format", format)
        assert_clean(done.err)
        left_out = done.err.count("has no title and was left out")
        assert "Traceback" not in done.err
        check(done.out, len(names) - left_out) if len(names) > left_out else None


def panes(paper: Paper) -> None:
    """Fail where a pane or a card would show a character that a terminal obeys, or take a bracket for markup."""
    blocks = paper_text.details(paper, None, "key", LookUp(datetime(2026, 1, 1, tzinfo=UTC)))
    head, said, known = card_text.body(paper, card_text.here(paper, None))
    for block in (*blocks, *head, *said, *known):
        for text, role in (*block.lead, *block.parts):
            assert_clean(text, "\n\t", "pane")
            assert not set(role) & set("[]@="), role
    for parts in (card_text.title(paper), card_text.facts(paper, card_text.here(paper, None), "", None)):
        line = card_text.styled(parts)
        assert line.plain == "".join(text for text, _ in parts), "brackets are no markup"
        assert_clean(line.plain, "", "card")


def places(desk: Desk, name: str) -> None:
    """Fail where an address that would be asked is none, or a PDF's file would not be in its folder."""
    paper = desk.rack.paper(name)
    for url in (*desk.pdfs.places(name), *(link.url for link in desk.pdfs.links(name))):
        assert_address(url)
    for pattern in ("{title}", "{author} {year} - {title}", "{id}", "{venue}", "{key}"):
        made = file_name(pattern, _parts(paper, desk.exporting.keys([name])[name]))
        plain_name(made)


def plain_name(name: str) -> None:
    """Fail where *name* is no file's name that every system takes for just that."""
    assert_clean(name, "", "file name")
    assert not set(name) & set('/\\:*?"<>|'), name
    assert name[0] not in "-.~ ", name
    assert len(name.encode()) <= 255, name
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name), name
