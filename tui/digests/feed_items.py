"""What a feed states, whichever of its formats it came in: the feed itself and its items."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Generic, Literal, NamedTuple, TypeVar, overload
from urllib.parse import urljoin

from tui.digests.dates import day_range, feed_date
from tui.identifiers import urlsplit_or_none
from tui.model import Remark

NO_FACTS: Mapping[str, str] = MappingProxyType({})


class FeedItem(NamedTuple):
    """One item as its feed has it; strings are as they came, and are cleaned where an issue is made of them.

    ``id`` is the feed's own name of it, or one that is made of what it says; ``address`` is http or https, or None.
    ``published`` and ``updated`` are ISO 8601 days, and ``dated`` is what the feed wrote there. ``text`` is the whole
    body in ``markup``, and ``summary`` what stands beside a body. ``base`` is what its relative links are relative to,
    ``links`` are further addresses (enclosures, what a link blog links to), ``facts`` are of papers: ``announce``,
    ``doi``, ``journal``, ``comment``. ``line`` is where it begins.
    """

    id: str
    address: str | None
    title: str | None
    published: str | None
    updated: str | None
    text: str
    markup: Literal["html", "text"] = "html"
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    base: str | None = None
    facts: Mapping[str, str] = NO_FACTS
    dated: str = ""
    line: int = 0


T = TypeVar("T")


class Items(Sequence[FeedItem], Generic[T]):
    """Items of which each is read when it is first looked at: to count a feed's, or to see the newest, takes no more
    than to parse it.
    """

    def __init__(self, parts: Sequence[T], read: Callable[[T], FeedItem]) -> None:
        self._parts = parts
        self._read = read
        self._known: dict[int, FeedItem] = {}

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, place: int) -> FeedItem: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[FeedItem, ...]: ...

    def __getitem__(self, place: int | slice) -> FeedItem | tuple[FeedItem, ...]:
        if isinstance(place, slice):
            return tuple(map(self._item, range(len(self))[place]))
        return self._item(range(len(self))[place])

    def __iter__(self) -> Iterator[FeedItem]:
        return map(self._item, range(len(self)))

    def _item(self, place: int) -> FeedItem:
        if place not in self._known:
            self._known[place] = self._read(self._parts[place])
        return self._known[place]


@dataclass(frozen=True)
class Feed:
    """A feed: its title, its own address and that of the site it is of, and its items in its own order.

    ``updated`` is the ISO 8601 day that it states for itself; ``remarks`` say what could not be read.
    """

    title: str
    address: str | None
    home: str | None
    items: Sequence[FeedItem]
    updated: str | None = None
    description: str = ""
    remarks: tuple[Remark, ...] = ()


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_LONGEST = 4_000
"""Characters of an address beyond which it is none."""


@lru_cache(maxsize=4096)
def day(text: str) -> str | None:
    """Return the ISO 8601 day that a feed's date names, or None; a feed of papers has one for all of them."""
    return feed_date(text)


def on_day(title: str, day: str | None) -> str:
    """Return what an issue of the series *title* is called that came on *day*."""
    return f"{title}, {day_range((day,)) if len(day) == len('2024-01-02') else day}" if day else title


def resolved(base: str | None, target: str) -> str | None:
    """Return the http or https address that *target* is, seen from *base*; None for ``javascript:`` and the like."""
    if target.startswith(("https://", "http://")) and urlsplit_or_none(target):
        return target
    target = re.sub(r"\s", "", target[:_LONGEST])
    if not target or len(target) == _LONGEST:
        return None
    try:
        url = target if _ABSOLUTE.match(target) else urljoin(base or "", target)
    except ValueError:
        return None
    return url if urlsplit_or_none(url) else None


def name_of(title: str | None, dated: str, text: str) -> str:
    """Return a name for an item that has none of its own, the same for the same item whenever it is fetched."""
    told = f"{title}\n{dated}" if title else text
    return "sha256:" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
