"""The one door to the network: everything that is fetched is fetched by :func:`fetch`.

It knows no service and no format. It is slow by nature and blocks: call it from a worker thread.
"""

from __future__ import annotations

import contextlib
import email.utils
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tui import __version__
from tui.errors import NetworkError
from tui.providers.web.addresses import checked, origin, origins, proxy_for, public_or_raise, resolve
from tui.providers.web.deadline import Deadline
from tui.providers.web.unpacking import Gzip
from tui.text import clean

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 5
_CONNECT = 5.0
_READ = 15.0
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """What an address gave: the address that answered in the end, the unpacked bytes, and what it calls them."""

    url: str
    content: bytes
    content_type: str | None


def fetch(
    url: str,
    *,
    limit: int = 20_000_000,
    allow: Collection[str] = (),
    offline: bool = False,
    contact: str | None = None,
    timeout: float = 30.0,
) -> Fetched:
    """Return what *url* gives, after at most five redirects.

    *limit* is the most bytes taken, packed and unpacked; *allow* are origins (``http://127.0.0.1:8080``) that may
    be private; *contact* is the reader's e-mail address, which services ask for; *timeout* is the seconds that all
    of it may take. Raises NetworkError, one sentence, for whatever goes wrong.
    """
    address = checked(url)
    if offline:
        raise NetworkError(f"{address.host} was not asked: the network is switched off (offline).")
    trusted = origins(allow)
    with Deadline(timeout) as deadline:
        for _ in range(MAX_REDIRECTS + 1):
            visit = _Visit(address, origin(address) in trusted, limit, _agent(contact), deadline)
            answer = visit.answer()
            if isinstance(answer, Fetched):
                return answer
            address = _next(address, answer)
    raise NetworkError(f"{_shown(checked(url))} redirects more than {MAX_REDIRECTS} times.")


@dataclass(frozen=True)
class _Visit:
    """One request of a fetch: to one address, before its redirects."""

    address: httpx.URL
    trusted: bool
    limit: int
    agent: str
    deadline: Deadline

    def answer(self) -> Fetched | str:
        """Return what the address gives, or where it says to go instead."""
        import httpx

        try:
            return self._ask()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
            raise self._sentence(error) from error

    def _ask(self) -> Fetched | str:
        import httpx

        proxy = None if self.trusted else proxy_for(self.address)
        if proxy:
            public_or_raise(self.address.host)
            return self._ask_at(None, proxy)
        _, host, port = origin(self.address)
        numbers = resolve(host, port, trusted=self.trusted, seconds=self.deadline.left)
        for number in numbers[:-1]:
            try:
                return self._ask_at(number, None)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # A name has IPv6 and IPv4 addresses, and many machines can reach only one sort.
                if self.deadline.passed:
                    raise
        return self._ask_at(numbers[-1], None)

    def _ask_at(self, number: str | None, proxy: str | None) -> Fetched | str:
        """Ask at the checked *number*, with the name in the Host field and in TLS, or by way of *proxy*."""
        import httpx

        headers = {
            "Host": self.address.netloc.decode("ascii"),
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        left = max(0.01, self.deadline.left)
        extensions = {
            "sni_hostname": self.address.raw_host.decode("ascii"),
            "timeout": httpx.Timeout(min(_READ, left), connect=min(_CONNECT, left)).as_dict(),
            "trace": self.deadline.trace,
        }
        target = self.address.copy_with(host=number) if number else self.address
        request = httpx.Request("GET", target, headers=headers, extensions=extensions)
        # The bare transport: a Client would read .netrc and proxies by its own rules, keep cookies, and take apart
        # the address of a redirect before it was checked.
        with (
            httpx.HTTPTransport(verify=_verification(target), proxy=httpx.Proxy(proxy) if proxy else None) as transport,
            contextlib.closing(transport.handle_request(request)) as response,
        ):
            return self._read(response)

    def _read(self, response: httpx.Response) -> Fetched | str:
        if response.status_code in _MOVED and "location" in response.headers:
            return response.headers["location"]
        if not response.is_success:
            raise NetworkError(_refusal(self.address, response.status_code, response.headers))
        length = response.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 18 or int(length) > self.limit):
            raise self._too_large()
        content = b"".join(self._unpacked(response))
        return Fetched(str(self.address), content, clean(response.headers.get("content-type", ""), 200) or None)

    def _unpacked(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body's bytes, and stop with NetworkError at the first one too many, packed or unpacked."""
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise NetworkError(f"{_shown(self.address)} answers in a packing that was not asked for.")
        packed = size = 0
        gzip = Gzip() if "gzip" in coding else None
        for chunk in self._timely(response):
            packed += len(chunk)
            for part in gzip.feed(chunk) if gzip else (chunk,):
                size += len(part)
                if size > self.limit:
                    raise self._too_large()
                yield part
            if packed > self.limit:
                raise self._too_large()
        if gzip and not gzip.whole:
            raise NetworkError(f"{_shown(self.address)} broke off in the middle of its answer.")

    def _timely(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body as it comes, and stop with NetworkError where its time is over."""
        for chunk in response.iter_raw():
            if self.deadline.passed:
                raise self._late()
            yield chunk
        # Where no length is stated, a connection that was shut down looks like the end of the answer.
        if self.deadline.passed:
            raise self._late()

    def _too_large(self) -> NetworkError:
        return NetworkError(f"{_shown(self.address)} gives more than {_size(self.limit)}, which is not taken.")

    def _late(self) -> NetworkError:
        return NetworkError(f"{_shown(self.address)} took longer than {self.deadline.seconds:g} seconds.")

    def _sentence(self, error: Exception) -> NetworkError:
        """Return what *error* means to the reader."""
        import httpx

        where = _shown(self.address)
        if self.deadline.passed:
            return self._late()
        if isinstance(error, httpx.TimeoutException):
            return NetworkError(f"{where} did not answer in time.")
        if isinstance(error, httpx.RemoteProtocolError):
            return NetworkError(f"{where} broke off its answer or does not speak HTTP.")
        if "CERTIFICATE" in str(error):
            return NetworkError(f"{where} could not prove its identity (its certificate is not accepted).")
        if isinstance(error, httpx.ConnectError):
            return NetworkError(f"{where} cannot be reached.")
        return NetworkError(f"{where} could not be fetched ({clean(str(error), 120) or type(error).__name__}).")


def _next(address: httpx.URL, location: str) -> httpx.URL:
    """Return the address that a redirect of *address* leads to, checked like one that the reader gave."""
    import httpx

    try:
        target = str(address.join(location))
    except (httpx.InvalidURL, ValueError):
        raise NetworkError(f"{_shown(address)} redirects to what is no address.") from None
    try:
        return checked(target)
    except NetworkError as error:
        raise NetworkError(f"{_shown(address)} redirects: {error}") from None


def _refusal(address: httpx.URL, status: int, headers: Mapping[str, str]) -> str:
    """Return the sentence for an answer that is no success; with Retry-After (RFC 9110, 10.2.3), until when."""
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = f"status {status}"
    if until := _until(headers.get("retry-after", "")):
        return f"{_shown(address)} asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC ({phrase})."
    return f"{_shown(address)} answers {phrase}."


def _until(value: str) -> datetime | None:
    now = datetime.now(UTC)
    if value.isascii() and value.isdecimal() and len(value) < 8:
        return now + timedelta(seconds=int(value))
    try:
        stated = email.utils.parsedate_to_datetime(value)
        stated = stated.replace(tzinfo=stated.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return stated if stated > now else None


def _agent(contact: str | None) -> str:
    """Return the User-Agent: services want to know which program asks, and whom to write to."""
    letters = "".join(char for char in contact or "" if char.isascii() and char.isprintable() and char not in "()<> ")
    return f"paperrack/{__version__}" + (f" (mailto:{letters})" if letters else "")


def _verification(address: httpx.URL) -> Any:
    """Return how TLS is checked: Mozilla's list, the system's, and the reader's (SSL_CERT_FILE) are all taken."""
    import httpx

    if address.scheme != "https":
        return True
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def _shown(address: httpx.URL) -> str:
    """Return *address* as an error may show it: without its query, which may hold a key."""
    return clean(f"{address.host}{address.path}".rstrip("/"), 100)


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count:,} bytes"
