"""One request to one address: the machinery below everything that is fetched."""

from __future__ import annotations

import contextlib
import errno
import functools
import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tui import __version__
from tui.errors import NetworkError, StoppedError
from tui.providers.web.addresses import (
    NoNetworkError,
    no_network,
    origin,
    proxy_for,
    public_or_raise,
    resolve,
)
from tui.providers.web.deadline import Deadline
from tui.providers.web.refusals import shown, size
from tui.providers.web.unpacking import Gzip
from tui.text import clean

if TYPE_CHECKING:
    import ssl

    import httpx

T = TypeVar("T")

_CONNECT = 5.0
_GLIMPSE = 32_768
_MOVED = (301, 302, 303, 307, 308)


class TooLargeError(NetworkError):
    """More comes than is taken, and would come the next time too."""


@dataclass(frozen=True)
class Moved:
    """An address says to go to another one instead; ``status`` says whether for good (301, 308)."""

    location: str
    status: int = 302


@dataclass(frozen=True)
class Visit:
    """One request: to one address, before its redirects.

    ``name`` is what an error calls the place, its address where there is none; ``wire`` and ``unpacked`` are the most
    bytes taken; ``silence`` is how many seconds may pass without a byte; ``transport`` answers instead of the network.
    """

    address: httpx.URL
    headers: Mapping[str, str]
    trusted: bool
    deadline: Deadline
    wire: int
    unpacked: int
    name: str | None = None
    body: bytes | None = None
    silence: float = 15.0
    transport: httpx.BaseTransport | None = None

    @property
    def where(self) -> str:
        """What an error calls the place."""
        return self.name or shown(self.address)

    def answer(self, take: Callable[[Visit, httpx.Response], T]) -> T | Moved:
        """Return what *take* makes of the response, or where it says to go instead. Raises NetworkError."""
        import httpx

        try:
            return self._ask(take)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
            raise self._sentence(error) from error

    def _ask(self, take: Callable[[Visit, httpx.Response], T]) -> T | Moved:
        import httpx

        proxy = None if self.trusted or self.transport else proxy_for(self.address)
        if proxy or self.transport:
            if not self.trusted:
                public_or_raise(self.address.host)
            return self._ask_at(None, proxy, take)
        _, host, port = origin(self.address)
        numbers = resolve(host, port, trusted=self.trusted, deadline=self.deadline)
        for number in numbers[:-1]:
            try:
                return self._ask_at(number, None, take)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # A name has IPv6 and IPv4 addresses, and many machines can reach only one sort.
                if self.deadline.over:
                    raise
        return self._ask_at(numbers[-1], None, take)

    def _ask_at(self, number: str | None, proxy: str | None, take: Callable[[Visit, httpx.Response], T]) -> T | Moved:
        """Ask at the checked *number*, with the name in the Host field and in TLS, or by way of *proxy*."""
        import httpx

        left = max(0.01, self.deadline.left)
        request = httpx.Request(
            "GET" if self.body is None else "POST",
            self.address.copy_with(host=number) if number else self.address,
            headers={"Host": self.address.netloc.decode("ascii"), **self.headers, "Connection": "close"},
            content=self.body,
            extensions={
                "sni_hostname": self.address.raw_host.decode("ascii"),
                "timeout": httpx.Timeout(self.silence, connect=min(_CONNECT, left)).as_dict(),
                "trace": self.deadline.trace,
            },
        )
        with self._transport(proxy) as transport:
            response = self.deadline.run(lambda: transport.handle_request(request), discard=lambda late: late.close())
            with contextlib.closing(response):
                if response.status_code in _MOVED and "location" in response.headers:
                    return Moved(response.headers["location"], response.status_code)
                return take(self, response)

    @contextlib.contextmanager
    def _transport(self, proxy: str | None) -> Iterator[httpx.BaseTransport]:
        import httpx

        if self.transport is not None:
            yield self.transport
            return
        # Its log holds the header fields of answers, in which a service may repeat the key that it was sent.
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        # The bare transport: a Client would read .netrc and proxies by its own rules, keep cookies, and take apart
        # the address of a redirect before it was checked.
        with httpx.HTTPTransport(verify=_verification(), proxy=httpx.Proxy(proxy) if proxy else None) as transport:
            yield transport

    def content(self, response: httpx.Response) -> bytes:
        """Return the whole unpacked body. Raises NetworkError at the first byte too many."""
        return b"".join(self.parts(response))

    def glimpse(self, response: httpx.Response) -> bytes:
        """Return the beginning of a body that only explains a refusal; where it is cut, what there is of it."""
        import httpx

        content = b""
        with contextlib.suppress(NetworkError, httpx.HTTPError, OSError):
            for part in self.parts(response):
                content += part[:_GLIMPSE]
                if len(content) >= _GLIMPSE:
                    break
        if self.deadline.stop.is_set:
            raise self._stopped()
        return content[:_GLIMPSE]

    def parts(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body's bytes, and stop with NetworkError at the first one too many, packed or unpacked."""
        length = response.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 18 or int(length) > self.wire):
            raise self.too_large(self.wire)
        # A transport in place of the network may give what it has unpacked and at hand.
        at_hand = response.is_stream_consumed
        coding = "" if at_hand else response.headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise NetworkError(f"{self.where} answers in a packing that was not asked for.")
        packed = unpacked = 0
        gzip = Gzip() if "gzip" in coding else None
        for chunk in self._timely(response):
            packed += len(chunk)
            if packed > self.wire:
                raise self.too_large(self.wire)
            for part in gzip.feed(chunk) if gzip else (chunk,):
                unpacked += len(part)
                if unpacked > self.unpacked:
                    raise self.too_large(self.unpacked)
                yield part
        if gzip and not gzip.whole:
            raise NetworkError(f"{self.where} broke off in the middle of its answer.", passing=True)

    def _timely(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body as it comes, and stop with NetworkError where its time is over."""
        for chunk in [response.content] if response.is_stream_consumed else response.iter_raw():
            if self.deadline.over:
                raise self._ended()
            yield chunk
        # Where no length is stated, a connection that was shut down looks like the end of the answer.
        if self.deadline.over:
            raise self._ended()

    def too_large(self, limit: int) -> TooLargeError:
        """Return what it means that more than *limit* bytes come."""
        return TooLargeError(f"{self.where} gives more than {size(limit)}, which is not taken.")

    def _ended(self) -> NetworkError:
        if self.deadline.stop.is_set:
            return self._stopped()
        time = f"{self.deadline.seconds:g} seconds"
        if self.deadline.least:
            return NetworkError(f"{self.where} was given up: in {time} it gave less than {size(self.deadline.least)}.")
        return NetworkError(f"{self.where} took longer than {time}.")

    def _stopped(self) -> StoppedError:
        return StoppedError(f"{self.where} was not asked to the end: it was stopped.")

    def _sentence(self, error: Exception) -> NetworkError:
        """Return what *error* means to the reader."""
        import httpx

        if self.deadline.over:
            return self._ended()
        if isinstance(error, (httpx.TimeoutException, TimeoutError)):
            return NetworkError(f"{self.where} did not answer in time.", passing=True)
        if isinstance(error, httpx.RemoteProtocolError):
            return NetworkError(f"{self.where} broke off its answer or does not speak HTTP.", passing=True)
        if "CERTIFICATE" in str(error):
            return NetworkError(f"{self.where} could not prove its identity (its certificate is not accepted).")
        if isinstance(error, httpx.ConnectError):
            return _unconnected(self.where, error)
        words = f"{self.where} could not be fetched ({clean(str(error), 120) or type(error).__name__})."
        return NetworkError(words, passing=isinstance(error, httpx.NetworkError))


def agent(contact: str | None = None) -> str:
    """Return the User-Agent: services want to know which program asks, and some of them whom to write to."""
    letters = "".join(char for char in contact or "" if char.isascii() and char.isprintable() and char not in "()<> ")
    return f"paperrack/{__version__}" + (f" (mailto:{letters})" if letters else "")


def _unconnected(where: str, error: BaseException) -> NetworkError:
    """Return the error for a connection that was not made: nobody listens there, or this machine has no network."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):  # the name of a proxy
            return no_network(where, cause)
        if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.ENETDOWN):
            return NoNetworkError(f"{where} cannot be reached (is this machine online?).", sure=True)
        cause = cause.__cause__ or cause.__context__
    return NetworkError(f"{where} cannot be reached.", passing=True)


def _verification() -> ssl.SSLContext:
    """Return how TLS is checked: Mozilla's list, the system's, and the reader's (SSL_CERT_FILE) are all taken."""
    return _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@functools.lru_cache(maxsize=1)
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    # Reading the lists takes a noticeable part of a second, in which no other thread runs.
    import httpx

    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context
