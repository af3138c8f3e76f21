"""A server on this machine, over real sockets, that behaves as badly as those outside; and a clock that tests wind."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tui.providers.web import Stop

Behaviour = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Seen:
    """A request that came: when (time.monotonic), and what; names of header fields are in small letters."""

    when: float
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The whole of it, to look for what must not be there."""
        return f"{self.target} {self.headers} {self.body!r}"


@dataclass
class FaultServer:
    """Answers the requests with the behaviours that it was told, one after the other; the last one is for the rest."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    most: int = 0
    """The most connections that were open at a time."""
    _behaviours: list[Behaviour] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: int = 0

    def tell(self, *behaviours: Behaviour) -> FaultServer:
        """Set what the next requests are answered with."""
        self._behaviours = list(behaviours)
        return self

    def behaviour(self, seen: Seen) -> Behaviour:
        """Return how *seen* is answered; called by one thread at a time."""
        return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]

    def serve(self, connection: socket.socket) -> None:
        """Read a request and answer it."""
        with connection:
            connection.settimeout(5)
            try:
                seen = _request(connection)
                if seen is None:
                    return
                with self._lock:
                    self.seen.append(seen)
                    self._open += 1
                    self.most = max(self.most, self._open)
                    behave = self.behaviour(seen)
                try:
                    behave(connection)
                finally:
                    with self._lock:
                        self._open -= 1
            except OSError:
                return  # the client went away, as it should from most of these


@contextmanager
def fault_server(*behaviours: Behaviour, server: FaultServer | None = None) -> Iterator[FaultServer]:
    """Run a server with these behaviours, or a *server* that has its own."""
    server = (server or FaultServer()).tell(*(behaviours or (reply(),)))
    stopped = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0), backlog=50)
    listener.settimeout(0.01)
    server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threads: list[threading.Thread] = []

    def listen() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            threads.append(threading.Thread(target=server.serve, args=(connection,), daemon=True))
            threads[-1].start()

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    try:
        yield server
    finally:
        stopped.set()
        listening.join(timeout=5)
        listener.close()
        for thread in threads:
            thread.join(timeout=6)


def _request(connection: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return Seen(time.monotonic(), method, target, headers, body)


def reply(status: int = 200, body: bytes = b"{}", kind: str = "application/json", **headers: str) -> Behaviour:
    """Answer properly; an underscore in a header's name stands for a hyphen."""
    lines = [f"HTTP/1.1 {status} Some", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return say("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def moved(location: str, status: int = 302) -> Behaviour:
    """Redirect."""
    return reply(status, b"", Location=location)


def say(data: bytes) -> Behaviour:
    """Send just these bytes and hang up."""
    return lambda connection: connection.sendall(data)


def drip(data: bytes, every: float = 0.02) -> Behaviour:
    """Send these bytes one at a time."""

    def behave(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(every)

    return behave


def hold(data: bytes, gone: list[float]) -> Behaviour:
    """Send these bytes, then nothing; *gone* gets the time at which the client hung up."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(data)
        if connection.recv(1) == b"":
            gone.append(time.monotonic())

    return behave


@dataclass
class WoundClock:
    """Seconds since 1970 that pass only when something sleeps; ``slept`` are the naps."""

    now: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float, stop: Stop) -> None:
        """Let the seconds pass at once."""
        stop.check()
        self.slept.append(seconds)
        self.now += seconds
