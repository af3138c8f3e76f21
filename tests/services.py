"""All services on the loopback: a real server that answers from recorded answers, keeps a log, and fails on demand.

::

    with Services() as services:
        desk = Desk(library, services.settings())
        ...
        assert services.count("arxiv") == 1

Each provider is reached under its name, ``http://127.0.0.1:PORT/arxiv``, as a ``base_url`` in the settings; what lies
behind is :class:`tui.providers.web.recorded.StandIn`, the same as in the demo.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import socketserver
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote

from tui.providers.web.recorded import StandIn
from tui.providers.web.recorded.asked import Reply
from tui.settings import PROVIDERS, Provider, Settings

ANSWERS = Path(__file__).resolve().parents[1] / "sample_data" / "answers"


def recorded_samples() -> list[Path]:
    """Return the sample digests whose papers were all recorded: those that were there when that was done."""
    return sorted(path for path in ANSWERS.parent.iterdir() if path.is_file() and path.name < "20")


BOT_PAGE = b"<!doctype html><html><head><title>Making sure you're not a bot!</title></head><body></body></html>"


@dataclasses.dataclass(frozen=True)
class Asked:
    """A line of the log: when (seconds, monotonic), which service, how, where, and about how many works."""

    time: float
    service: str
    method: str
    path: str
    ids: int
    headers: Mapping[str, str]
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.service:<17}{self.method:<5}{self.ids:>4}  {unquote(self.path)[:160]}"


@dataclasses.dataclass(frozen=True)
class Fault:
    """How a service fails: what it answers in place of the recording, or how slowly it sends.

    Without ``body`` it sends the recorded answer under the fault's status and headers. ``drip`` is the pause in
    seconds after each ten bytes, ``cut`` how many bytes are sent before the connection is shut, ``wait`` the pause
    before the answer.
    """

    status: int | None = None
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    body: bytes | None = None
    drip: float = 0.0
    cut: int | None = None
    wait: float = 0.0


class Services:
    """A server on 127.0.0.1 for every provider; a context manager.

    ``log`` holds every request in order. Without a *port* it is any that is free, and OSError is raised where one is
    taken. With *states*, the services that the demo's index names refuse as there.
    """

    def __init__(self, folder: Path = ANSWERS, *, states: bool = False, port: int = 0) -> None:
        self.stand_in = StandIn(folder, states=states)
        self.log: list[Asked] = []
        self._faults: dict[str, list[tuple[Fault, int]]] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.services = self
        # The loop looks for the end of the serving this often; a test should not wait for it.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The server's own address, without a slash behind."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Services:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def providers(self, **others: Any) -> dict[str, Provider]:
        """Return what ``[providers]`` of the settings says so that all of them ask here, without pace."""
        return {name: Provider(base_url=f"{self.url}/{name}", pace=0.0, **others) for name in PROVIDERS}

    def settings(self, settings: Settings | None = None) -> Settings:
        """Return *settings* (the defaults) with all providers asking here."""
        return dataclasses.replace(settings or Settings(), providers=self.providers())

    def fail(self, service: str, fault: Fault | None = None, *, times: int = 1_000_000, **how: Any) -> None:
        """Let *service* fail at its next requests, *times* of them; faults that are told in a row happen in a row."""
        with self._lock:
            self._faults.setdefault(service, []).append((fault or Fault(**how), times))

    def block(self, service: str) -> None:
        """Let *service* answer with a bot check: a web page, with status 200."""
        self.fail(service, status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=BOT_PAGE)

    def mend(self, service: str | None = None) -> None:
        """Let *service*, or all of them, answer again."""
        with self._lock:
            for name in [service] if service else list(self._faults):
                self._faults.pop(name, None)

    def of(self, service: str) -> list[Asked]:
        """Return the requests that *service* got."""
        return [asked for asked in self.log if asked.service == service]

    def count(self, service: str | None = None) -> int:
        """Return how many requests *service*, or all of them, got."""
        return len(self.of(service) if service else self.log)

    def table(self) -> str:
        """Return the log as text, a line a request."""
        start = self.log[0].time if self.log else 0.0
        return "\n".join(f"{asked.time - start:7.3f}  {asked}" for asked in self.log)

    def take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[Reply, Fault]:
        """Note a request, and return what it is to get and how; for the server's threads."""
        service, _, path = target.lstrip("/").partition("/")
        asked = Asked(time.monotonic(), service, method, f"/{path}", works(path, body), dict(headers), body)
        with self._lock:
            self.log.append(asked)
            fault = self._next_fault(service)
        try:
            reply = self.stand_in.ask(service, method, asked.path, body)
        except KeyError:
            reply = Reply(404, {"Content-Type": "text/plain"}, b"No such service.")
        status = reply.status if fault.status is None else fault.status
        content = reply.content if fault.body is None else fault.body
        return Reply(status, {**reply.headers, **fault.headers}, content), fault

    def _next_fault(self, service: str) -> Fault:
        waiting = self._faults.get(service, [])
        if not waiting:
            return Fault()
        fault, times = waiting[0]
        waiting[:1] = [(fault, times - 1)] if times > 1 else []
        return fault

    def pause(self, seconds: float) -> bool:
        """Wait, and return whether the server is still there."""
        return not self._closing.wait(seconds)


def works(target: str, body: bytes = b"") -> int:
    """Return how many works a request names: of a list, a filter or a batch; 1 in every other case."""
    query = parse_qs(target.partition("?")[2])
    listed = [part for name in ("id_list", "ids") for value in query.get(name, ()) for part in value.split(",")]
    named = re.findall(r"10\.\d{4,9}/", " ".join([*query.get("filter", ()), *query.get("query", ())]))
    with contextlib.suppress(ValueError, KeyError, TypeError):
        listed += json.loads(body)["ids"]
    return max(len(listed), len(named), 1)


class _Server(socketserver.ThreadingTCPServer):
    """Not http.server's own, which looks the machine's name up before it serves."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    services: Services

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that went away is what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        services = self.server.services
        reply, fault = services.take(self.command, self.path, {**self.headers}, body)
        if not services.pause(fault.wait):
            return
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(reply.content))}.items():
            self.send_header(name, value)
        self.end_headers()
        for part in self._parts(reply.content, fault):
            self.wfile.write(part)
            self.wfile.flush()
        if fault.cut is not None:
            self.close_connection = True

    def _parts(self, content: bytes, fault: Fault) -> Iterator[bytes]:
        content = content if fault.cut is None else content[: fault.cut]
        if not fault.drip:
            yield content
            return
        for start in range(0, len(content), 10):
            yield content[start : start + 10]
            if not self.server.services.pause(fault.drip):
                return

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: the log is in the Services."""
