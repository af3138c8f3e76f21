"""Which addresses may be fetched: http or https, a host, nobody's password, and no machine inside the reader's network.

A digest is written by strangers, and so are the redirects of a site: neither may make this program knock at the
reader's router or at a service of the machine itself. The check is on what the name resolves to, and the caller
connects to just that (no second look-up that could answer otherwise).
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.request
from collections.abc import Collection
from typing import TYPE_CHECKING

from tui.errors import NetworkError
from tui.providers.web.deadline import Deadline
from tui.text import clean

if TYPE_CHECKING:
    import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Origin = tuple[str, str, int]

MAX_URL = 8000
_MAX_HOST = 253
"""The letters of a host's name (RFC 1035, 2.3.4)."""
_RESOLVING = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address.
_UNICAST = ipaddress.ip_network("2000::/3")
"""What of IPv6 is given out to the internet (IANA, "IPv6 Global Unicast Address Assignments"). Python calls
more global: site-local addresses (RFC 3879), a network's own NAT64 (RFC 8215), ``::127.0.0.1``."""


def checked(url: str) -> httpx.URL:
    """Return *url* taken apart, without its fragment. Raises NetworkError where it must not be fetched."""
    import httpx

    if len(url) > MAX_URL or not url.isprintable() or " " in url:
        raise NetworkError(f"“{clean(url, 80)}” is no address that can be fetched.")
    try:
        address = httpx.URL(url).copy_with(fragment=None)
        # httpx reads the host's Punycode (RFC 3492) only where it is asked for it.
        host, port = address.host, address.port or 80
    except (httpx.InvalidURL, ValueError):
        raise NetworkError(f"“{clean(url, 80)}” is no address that can be fetched.") from None
    if address.scheme not in ("http", "https"):
        raise NetworkError(f"“{clean(url, 80)}” is not fetched: only http and https addresses are.")
    if not 0 < len(host) <= _MAX_HOST or not 0 < port < 65536:
        raise NetworkError(f"“{clean(url, 80)}” is no address that can be fetched.")
    if address.userinfo:
        raise NetworkError(f"An address of {host} with a name and password in it is not fetched.")
    return address


def origin(address: httpx.URL) -> Origin:
    """Return scheme, host and port of *address* (RFC 6454), the default port spelled out."""
    return address.scheme, address.host.lower(), address.port or (443 if address.scheme == "https" else 80)


def origins(allow: Collection[str]) -> frozenset[Origin]:
    """Return the origins that the reader exempted from the private-address rule."""
    return frozenset(origin(checked(each)) for each in allow)


def proxy_for(address: httpx.URL) -> str | None:
    """Return the proxy that the environment (or the system's settings) names for *address*, or None."""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(address.host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def public_or_raise(host: str) -> None:
    """Refuse *host* where it is itself a private address; for a proxy's eyes, which looks names up elsewhere."""
    # With a stop behind it a proxy knows it as well as without, and perhaps with letters as %2e.
    name = host.rstrip(".")
    try:
        literal: Address | None = ipaddress.ip_address(name)
    except ValueError:
        literal = _old_spelling(name)
    if "%" in name or name.lower().endswith("localhost") or (literal and not is_public(literal)):
        raise _inside(host)


def _old_spelling(host: str) -> Address | None:
    """Return the address that inet_aton(3) reads in *host*: 2130706433 and 0x7f.1 are 127.0.0.1."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


class NoNetworkError(NetworkError):
    """A name was not found, or there is no way out of this machine; ``sure`` where nothing else can explain it."""

    def __init__(self, sentence: str, *, sure: bool) -> None:
        super().__init__(sentence)
        self.sure = sure


def resolve(host: str, port: int, *, trusted: bool, deadline: Deadline) -> tuple[str, ...]:
    """Return the numeric addresses of *host*, in the order in which they should be tried.

    Raises NetworkError where one of them is private and the origin is not *trusted*, NoNetworkError where it has
    none, TimeoutError where the *deadline* came first.
    """
    try:
        # The system's look-up has no time limit that could be set.
        found = deadline.run(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), seconds=_RESOLVING)
    except TimeoutError:
        if deadline.stop.is_set:
            raise
        raise NoNetworkError(f"The name {clean(host, 80)} could not be looked up in time.", sure=False) from None
    except (OSError, UnicodeError) as error:
        raise no_network(host, error) from None
    numbers = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    if not numbers:
        raise no_network(host, None)
    if not trusted and not all(is_public(ipaddress.ip_address(each.partition("%")[0])) for each in numbers):
        raise _inside(host)
    return numbers


def no_network(host: str, error: Exception | None) -> NoNetworkError:
    """Return what it means that the look-up of *host* ended with *error*."""
    sure = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    return NoNetworkError(f"The name {clean(host, 80)} cannot be found (is this machine online?).", sure=sure)


def is_public(address: Address) -> bool:
    """Return whether *address* is one of the open internet, also when it only wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if wrapped is None and address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


def _inside(host: str) -> NetworkError:
    return NetworkError(f"{clean(host, 80)} is a private address of this machine or network, and is not fetched.")
