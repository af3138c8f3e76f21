"""The ways in of addresses: what is opened, what is fetched, what an identifier is taken from, what is followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.hostile.checks import assert_address, assert_clean, assert_sentence
from tests.hostile.room import Room
from tui.desk.reading_sources import address_of
from tui.errors import PaperrackError
from tui.identifiers import identify
from tui.opener import open_address, plain_address
from tui.providers import web


def opened(room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Open an address in a browser that writes down what it was given.

    ``as``: what it was given; without it, nothing is started, and a sentence says why.
    """
    log = room.outside / "log"
    surf = room.put("surf", f"#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > '{log}.new' && mv '{log}.new' '{log}'\n")
    surf.chmod(0o755)
    environ = {"PATH": f"{room.outside}:/usr/bin:/bin", "BROWSER": "surf"}
    if "as" in must:
        open_address(payload, environ)
        assert log.read_text().splitlines() == ["1", must["as"]]
        assert_address(must["as"])
        assert plain_address(must["as"]) == must["as"]
        return
    with pytest.raises(PaperrackError) as caught:
        open_address(payload, environ)
    assert_sentence(str(caught.value))
    assert not log.exists()
    assert room.canaries() == []


def fetched(_room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Fetch an address; it is refused before anything is sent, with a sentence that fits the pattern ``why``."""
    with pytest.raises(PaperrackError) as caught:
        web.fetch(payload, timeout=2.0)
    assert_sentence(str(caught.value))
    assert re.search(must["why"], str(caught.value)), str(caught.value)


def named(_room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Take an identifier from an address; it is ``as`` (scheme and value), or none."""
    found = identify(payload)
    assert found == must.get("as")
    if found:
        assert_clean(found[1], "")
        assert found[1].isascii() or found[0] == "doi"


def followed(_room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Make an address of what a reader wants to follow: ``as``, or a sentence where that is no address."""
    if "as" in must:
        assert address_of(payload) == must["as"]
        assert urlsplit(must["as"]).hostname == must.get("host", urlsplit(must["as"]).hostname)
        return
    with pytest.raises(PaperrackError) as caught:
        address_of(payload)
    assert_sentence(str(caught.value))
