"""Feeds on servers of this machine, by path, with what servers say of their state; and what is wrong with others."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.providers.server import Behaviour, FaultServer, Seen, fault_server, moved, reply, say

Page = Callable[[Seen], Behaviour]


@dataclass
class FeedServer(FaultServer):
    """Answers by path; what it has no page for is not found."""

    pages: dict[str, Page] = field(default_factory=dict)

    def behaviour(self, seen: Seen) -> Behaviour:
        """Return how the path is answered."""
        page = self.pages.get(seen.target)
        return page(seen) if page else reply(404, b"nothing here")

    def asked(self, path: str) -> list[Seen]:
        """Return the requests for *path*."""
        return [seen for seen in self.seen if seen.target == path]


@contextmanager
def feed_servers(count: int = 1) -> Iterator[list[FeedServer]]:
    """Run *count* servers, each of which is a host of its own."""
    with ExitStack() as stack:
        servers = [FeedServer() for _ in range(count)]
        for server in servers:
            stack.enter_context(fault_server(server=server))
        yield servers


def item(
    number: int, title: str | None = None, *, link: str | None = None, more: str = "", day: int | None = None
) -> str:
    """Return an RSS item, a post that names a paper of its own."""
    paper = f"https://arxiv.org/abs/21{number // 1000 % 12 + 1:02d}.{number % 100000:05d}"
    address = link or f"https://letters.example/{number}"
    date = f"{(day or number) % 28 + 1:02d} Mar {2020 + (day or number) // 28 % 6} 08:00:00 GMT"
    body = f'&lt;p&gt;We read &lt;a href="{paper}"&gt;A study of question {number}&lt;/a&gt;. {more}&lt;/p&gt;'
    return (
        f"<item><title>{title or f'Letter {number}'}</title><link>{address}</link>"
        f'<guid isPermaLink="true">{address}</guid><pubDate>{date}</pubDate><description>{body}</description></item>'
    )


def rss(title: str, *items: str) -> bytes:
    """Return an RSS feed."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://letters.example/</link><description>Letters</description>{''.join(items)}</channel></rss>"
    ).encode()


def steady(body: Callable[[], bytes] | bytes, kind: str = "application/rss+xml") -> Page:
    """Return a page that says its ETag, and 304 to whoever has it already."""

    def page(seen: Seen) -> Behaviour:
        now = body if isinstance(body, bytes) else body()
        etag = f'"{hashlib.sha256(now).hexdigest()[:8]}"'
        if seen.headers.get("if-none-match") == etag:
            return reply(304, b"", ETag=etag)
        return reply(200, now, kind, ETag=etag)

    return page


def always(behaviour: Behaviour) -> Page:
    """Return a page that is answered alike each time."""
    return lambda _seen: behaviour


def silent(seconds: float) -> Page:
    """Return a page that says nothing for a while, then goes away."""
    return always(lambda _connection: time.sleep(seconds))


def bomb() -> Behaviour:
    """Answer with 50 kB that unpack to 50 MB."""
    return reply(200, gzip.compress(b"<rss>" + b" " * 50_000_000), "application/rss+xml", Content_Encoding="gzip")


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>'
)
LOGIN = b"<!doctype html><title>Sign in</title><form><input name=u><input type=password name=p></form>"
WHOLE = rss("Cut", *(item(n) for n in range(900, 903)))

FAULTS: dict[str, tuple[Page, str]] = {
    "/missing": (always(reply(404, b"no")), "404"),
    "/gone": (always(reply(410, b"gone")), "410"),
    "/broken": (always(reply(500, b"oh")), "500"),
    "/busy": (always(reply(429, b"slow down", Retry_After="7200")), "asks to wait until"),
    "/away": (always(reply(503, b"later", Retry_After="3600")), "asks to wait until"),
    "/silent": (silent(1.5), "longer than"),
    "/picture": (always(reply(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "image/png")), "picture"),
    "/login": (always(reply(200, LOGIN, "text/html")), "login page"),
    "/nonsense": (always(reply(200, b"<rss><channel><<<<", "application/rss+xml")), "broken"),
    "/cut": (always(say(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + WHOLE[:300])), "broke off"),
    "/loop": (always(moved("/loop", 302)), "redirects more than"),
    "/huge": (always(say(b"HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n")), "more than"),
    "/bomb": (always(bomb()), "more than"),
    "/laughs": (always(reply(200, LAUGHS, "application/rss+xml")), "entit"),
}
"""What can be wrong with a source, and what must stand in the sentence on it."""
