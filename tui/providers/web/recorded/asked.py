"""A request as a stand-in for a service sees it, and the reply that it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple


class Reply(NamedTuple):
    """What a request gets: HTTP's status, the headers, the body."""

    status: int
    headers: dict[str, str]
    content: bytes


def json_reply(value: object, status: int = 200) -> Reply:
    """Return *value* as a service sends it."""
    return Reply(status, {"Content-Type": "application/json"}, json.dumps(value, ensure_ascii=False).encode())


def text_reply(text: str, kind: str, status: int = 200) -> Reply:
    """Return *text* of a media type."""
    return Reply(status, {"Content-Type": f"{kind}; charset=utf-8"}, text.encode())


class Ask(NamedTuple):
    """A request as a service sees it: the path with its escapes undone, the first value of each parameter."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes

    def number(self, name: str, default: int) -> int:
        """Return the parameter *name* as a number from 0 on."""
        value = self.query.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 6 else default
