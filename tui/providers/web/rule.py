"""A service as the reader set it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.providers.web.addresses import Origin, checked, origin

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Rule:
    """One service: its name in the settings and for the reader, and how it is to be asked.

    ``pace`` is the least number of seconds between two requests; ``base_url`` takes the place of scheme and host of
    every request, and its origin may be a private address; ``key`` is the reader's key; ``contact`` is whether the
    service asks for the reader's e-mail address.
    """

    name: str
    label: str
    pace: float
    base_url: str | None = None
    key: str | None = field(default=None, repr=False)
    contact: bool = False

    @property
    def line(self) -> str:
        """What pace and pauses are kept under: a stand-in is not the service that it stands in for."""
        return self.name if self.base_url is None else f"{self.name} {urlsplit(self.base_url).netloc}"

    @property
    def trusted(self) -> frozenset[Origin]:
        """The origin of the stand-in, which may be private. Raises NetworkError where it is no address."""
        return frozenset() if self.base_url is None else frozenset({origin(checked(self.base_url))})

    def placed(self, url: str) -> httpx.URL:
        """Return the address that is asked in place of the service's own *url*. Raises NetworkError."""
        address = checked(url)
        if self.base_url is None:
            return address
        parts, base = urlsplit(url), urlsplit(str(checked(self.base_url)))
        query = f"?{parts.query}" if parts.query else ""
        return checked(f"{base.scheme}://{base.netloc}{base.path.rstrip('/')}{parts.path or '/'}{query}")
