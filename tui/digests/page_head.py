"""What a web page states of itself: its title, its address, its date and its site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tui.digests.blocks import Head
from tui.identifiers import urlsplit_or_none
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROPERTIES = frozenset(["article:published_time", "og:url", "og:title", "og:site_name"])
_NAMES = frozenset(["citation_publication_date", "date"])
_MOST_TIMES = 200
"""In how many places of a page a date is looked for."""


def head_of(root: _Element, address: str | None) -> Head:
    """Return what the page *root*, which was fetched from *address*, states of itself.

    https://ogp.me, https://html.spec.whatwg.org/multipage/links.html#link-type-canonical, and Google Scholar's
    ``citation_publication_date``.
    """
    stated = _stated(root)

    def first(*names: str) -> str | None:
        return next((stated[name] for name in names if name in stated), None)

    base = urljoin(address or "", first("canonical", "og:url", "base") or "")
    stated_day = first("article:published_time", "date", "article's time", "header's time") or ""
    return Head(
        title=first("og:title", "title", "other title"),
        address=base if urlsplit_or_none(base) else None,
        date=_day(stated_day.replace("/", "-")[:10]),
        site=first("og:site_name"),
    )


def _day(text: str) -> str | None:
    """Return *text* where it is a day of the calendar: a page may state the 32nd, and in any script's digits."""
    try:
        return date.fromisoformat(text).isoformat() if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _stated(root: _Element) -> dict[str, str]:
    """Return the first value that is stated for each name, as one clean line."""
    found: dict[str, str] = {}

    def state(name: str, value: str | None) -> None:
        if value and name not in found and (value := clean(value, 1000)):
            found[name] = value

    for element in root.iter("meta", "link", "base", "title"):
        for name, value in _said(element):
            state(name, value)
    for element in islice(root.iter("time"), _MOST_TIMES):
        above = [each.tag for each in element.iterancestors("article", "header")]
        if "header" in above:
            is_articles = "article" in above[above.index("header") :]
            state("article's time" if is_articles else "header's time", element.get("datetime"))
    return found


def _said(element: _Element) -> Iterator[tuple[str, str | None]]:
    """Yield what an element of a page's head states, by name."""
    if element.tag == "meta":
        if (name := element.get("property")) in _PROPERTIES:
            yield str(name), element.get("content")
        if element.get("name") in _NAMES:
            yield "date", element.get("content")
    elif element.tag == "title":
        above = element.getparent()
        yield "title" if above is not None and above.tag == "head" else "other title", element.text
    elif element.tag == "base" or element.get("rel") == "canonical":
        yield "base" if element.tag == "base" else "canonical", element.get("href")
