"""A service that answers from a table and writes down what it was asked: what providers are tested through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from tui.providers.asking import Accept

Reaction = bytes | None | Exception | Callable[["Request"], bytes | None]
"""What a request meets: an answer's bytes, nothing (404), an error, or a function that gives one of the first two."""


@dataclass(frozen=True)
class Request:
    """One request that a provider made."""

    url: str
    accept: Accept
    headers: Mapping[str, str]
    body: bytes | None


class FakeService:
    """Gives the first of *answers* whose name is a part of the address (as sent, or with its escapes undone).

    A tuple or list of reactions is used up one a request, the last one staying. An address that none fits ends the
    test. ``requests`` holds every request in order.
    """

    def __init__(
        self,
        answers: Mapping[str, Reaction | list[Reaction] | tuple[Reaction, ...]],
        *,
        key: str | None = None,
        contact: str | None = None,
    ) -> None:
        self.answers = {
            part: list(found) if isinstance(found, (list, tuple)) else [found] for part, found in answers.items()
        }
        self.key = key
        self.contact = contact
        self.requests: list[Request] = []

    def get(
        self,
        url: str,
        *,
        accept: Accept = "json",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> bytes | None:
        request = Request(url, accept, dict(headers or {}), body)
        self.requests.append(request)
        for part, reactions in self.answers.items():
            if part in url or part in unquote(url):
                found = reactions.pop(0) if len(reactions) > 1 else reactions[0]
                if isinstance(found, Exception):
                    raise found
                return found(request) if callable(found) else found
        raise AssertionError(f"nobody expected a request to {url}")
