"""JSON Feed (1.0, 1.1) as a :class:`Feed`; https://www.jsonfeed.org/version/1.1/.

A feed that is cut, or broken somewhere, gives its items up to there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from tui.digests.document import MAX_BYTES, Document
from tui.digests.feed_elements import MAX_ITEMS, MAX_VALUES, titled
from tui.digests.feed_items import Feed, FeedItem, day, name_of, resolved
from tui.errors import UnreadableError
from tui.model import Remark
from tui.text import clean

_DECODER = json.JSONDecoder(parse_constant=lambda name: None)
_BLANKS = re.compile(r"[ \t\n\r]*")
_VERSION = re.compile(r'"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')


def is_json_feed(text: str) -> bool:
    """Return whether *text* is a JSON object that calls itself a JSON Feed, wherever in it."""
    return text.lstrip()[:1] == "{" and _VERSION.search(text) is not None


def json_feed(document: Document) -> Feed:
    """Return what the JSON Feed *document* states; raises UnreadableError where it is too large."""
    if len(document.text) > MAX_BYTES:
        name = clean(document.source, 500)
        raise UnreadableError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB, too large for a feed.")
    reader = _Reader(document.text)
    reader.read()
    about = reader.facts
    address = resolved(document.address, _text(about.get("feed_url"))) or document.address
    home = resolved(address, _text(about.get("home_page_url")))
    items: list[FeedItem] = []
    for place, line in reader.items[:MAX_ITEMS]:
        if isinstance(place, Mapping):
            items.append(_item(place, home or address, line))
        else:
            reader.remarks.append(Remark(line, clean(str(place), 500), "is no item of a JSON Feed"))
    if (more := len(reader.items) - MAX_ITEMS) > 0:
        why = f"has more than {MAX_ITEMS:,} items; {more:,} were left out"
        reader.remarks.append(Remark(reader.items[MAX_ITEMS][1], "", why))
    return Feed(
        title=titled(_text(about.get("title"))) or "",
        address=address,
        home=home,
        items=tuple(items),
        description=clean(_text(about.get("description"))),
        remarks=tuple(reader.remarks),
    )


class _Reader:
    """Reads the one object that a feed is, member by member, and its items one by one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.facts: dict[str, Any] = {}
        self.items: list[tuple[Any, int]] = []
        self.remarks: list[Remark] = []
        self._at = 0
        self._line, self._counted = 1, 0

    def read(self) -> None:
        """Read as far as it can be read; where it breaks, a remark says so."""
        try:
            self._expect("{")
            while self._sign() != "}":
                self._member()
                if self._sign() == ",":
                    self._at += 1
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
            line = self._line_at(min(self._at, len(self.text)))
            self.remarks.append(
                Remark(line, self.text[self._at : self._at + 200], f"is no JSON ({why}); what stands before was read")
            )

    def _member(self) -> None:
        name = self._value()
        self._expect(":")
        if name == "items" and self._sign() == "[":
            self._expect("[")
            while self._sign() != "]":
                self._sign()
                line = self._line_at(self._at)
                self.items.append((self._value(), line))
                if self._sign() == ",":
                    self._at += 1
            self._expect("]")
        else:
            value = self._value()
            if isinstance(name, str):
                self.facts.setdefault(name, value)

    def _value(self) -> Any:
        self._sign()
        value, self._at = _DECODER.raw_decode(self.text, self._at)
        return value

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise json.JSONDecodeError(f"no {sign} where one must stand", self.text, self._at)
        self._at += 1

    def _sign(self) -> str:
        """Pass blanks, and return the sign behind them; nothing at the end."""
        match = _BLANKS.match(self.text, self._at)
        self._at = match.end() if match else self._at
        return self.text[self._at : self._at + 1]

    def _line_at(self, place: int) -> int:
        self._line += self.text.count("\n", self._counted, place)
        self._counted = place
        return self._line


def _item(item: Mapping[str, Any], base: str | None, line: int) -> FeedItem:
    markup: Literal["html", "text"] = "html" if _text(item.get("content_html")) else "text"
    text = _text(item.get("content_html")) or _text(item.get("content_text"))
    summary = _text(item.get("summary"))
    title, address = titled(_text(item.get("title"))), resolved(base, _text(item.get("url")))
    published, updated = _text(item.get("date_published")), _text(item.get("date_modified"))
    external = resolved(base, _text(item.get("external_url")))
    attached = (resolved(base, _text(each.get("url"))) for each in _objects(item.get("attachments")))
    dated = published or updated
    # "Even though they might be numbers, they should be strings": readers coerce them.
    name = str(item.get("id", "")) if isinstance(item.get("id"), str | int | float) else ""
    names = [_text(each.get("name")) for each in (*_objects(item.get("authors")), *_objects([item.get("author")]))]
    return FeedItem(
        id=name or address or name_of(title, dated, text or summary),
        address=address or (resolved(None, name) if "://" in name else None),
        title=title,
        published=day(published) if published else None,
        updated=day(updated) if updated else None,
        text=text or summary,
        markup=markup,
        summary=summary if text else "",
        authors=tuple(dict.fromkeys(filter(None, names))),
        categories=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        links=tuple(dict.fromkeys(url for url in (external, *attached) if url and url != address)),
        base=address or base,
        dated=dated,
        line=line,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value[:MAX_VALUES] if isinstance(value, list) else []


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in _list(value) if isinstance(each, Mapping)]
