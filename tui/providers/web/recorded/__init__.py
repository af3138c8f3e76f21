"""A stand-in for all services that answers from recorded answers: the demo's network, and that of tests.

It takes the requests that the services take and answers in their shapes, with their ways of refusing, so that
everything above the transport runs as it does against the real ones. What was not recorded is not found.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from tui.providers.web.recorded.asked import Ask, Reply
from tui.providers.web.recorded.recordings import Recordings
from tui.providers.web.recorded.services import ANSWERS

HOSTS: Mapping[str, str] = {
    "arxiv.org": "arxiv",
    "export.arxiv.org": "arxiv",
    "oaipmh.arxiv.org": "arxiv",
    "api.datacite.org": "datacite",
    "api.crossref.org": "crossref",
    "api.openalex.org": "openalex",
    "api.semanticscholar.org": "semantic_scholar",
    "dblp.org": "dblp",
    "api2.openreview.net": "openreview",
    "api.openreview.net": "openreview",
    "aclanthology.org": "acl",
    "huggingface.co": "huggingface",
    "api.github.com": "github",
    "api.unpaywall.org": "unpaywall",
}
"""Which provider asks at which host."""


class StandIn:
    """All services, answering from the recordings in *folder*.

    With *states*, the services that ``index.json`` names refuse as it says; without, all of them answer.
    """

    def __init__(self, folder: Path, *, states: bool = True) -> None:
        self.recordings = Recordings(folder)
        self.states = states

    def answer(self, method: str, url: str, body: bytes = b"") -> Reply:
        """Return what the service at *url* answers; raises LookupError for a host that is none of them."""
        parts = urlsplit(url)
        return self.ask(HOSTS[parts.hostname or ""], method, f"{parts.path}?{parts.query}", body)

    def ask(self, service: str, method: str, target: str, body: bytes = b"") -> Reply:
        """Return what *service*, a provider's name, answers to *target*: path and query as in a request line."""
        state = self.recordings.states.get(service) if self.states else None
        if state:
            body_text = state["body"] if isinstance(state["body"], str) else json.dumps(state["body"])
            return Reply(state["status"], dict(state["headers"]), body_text.encode())
        path, _, query = target.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query, max_num_fields=100).items()}
        return ANSWERS[service](self.recordings, Ask(method, unquote(path), asked, body))


class Recorded(httpx.BaseTransport):
    """A transport whose every request is answered by a :class:`StandIn` on *folder*, after *delay* seconds."""

    def __init__(self, folder: Path, *, delay: float = 0.0, states: bool = True) -> None:
        self._stand_in = StandIn(folder, states=states)
        self._delay = delay

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the recorded answer; a host that is no service cannot be reached."""
        if request.url.host not in HOSTS:
            raise httpx.ConnectError(f"{request.url.host} was not recorded", request=request)
        time.sleep(self._delay)
        reply = self._stand_in.answer(request.method, str(request.url), request.read())
        # As a stream, for the door reads what comes as it comes; ``content=`` would be read already.
        headers = {**reply.headers, "Content-Length": str(len(reply.content))}
        return httpx.Response(reply.status, headers=headers, stream=httpx.ByteStream(reply.content), request=request)
