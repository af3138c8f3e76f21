"""Lists of sources as OPML 2.0 (http://opml.org/spec2.opml): read with distrust, and written.

Nothing in it is fetched, run or included: an outline is an address, a title and the folder that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.errors import UnreadableError
from tui.identifiers import same_address, urlsplit_or_none
from tui.model import FollowedSource
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 10_000_000
MOST = 5_000
"""Outlines that are taken."""

DEPTH = 50
"""How deep outlines may be nested."""

_MOST_ATTRIBUTES = 20
_LETTERS = 1_000
_OWN = ("text", "title", "type", "xmlUrl", "htmlUrl", "category")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4_096
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,60}")


@dataclass(frozen=True)
class Outline:
    """A source that a list names."""

    url: str
    title: str = ""
    home: str | None = None
    folder: str | None = None
    page: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """What an OPML file holds: sources, each once, and in sentences what was not taken."""

    outlines: tuple[Outline, ...]
    remarks: tuple[str, ...] = ()


def read_opml(data: bytes, name: str) -> Listed:
    """Return the sources that the OPML file *data* lists. Raises UnreadableError where it is none, by its *name*."""
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB, too large for a list of sources.")
    if _DECLARES.search(data[:_HEAD]) or _DECLARES.search(data.replace(b"\0", b"")[:_HEAD]):
        raise _declares(name)
    root, mended = _root(data, name)
    if root.getroottree().docinfo.internalDTD is not None:
        # Behind so much that it was not seen above; what stands in an attribute is always put in.
        raise _declares(name)
    body = root.find("body")
    if root.tag != "opml" or body is None:
        raise UnreadableError(f"{name} is no OPML file.")
    remarks = ["it is not well-formed XML, and what could be read of it was"] if mended else []
    try:
        return Listed(_found(body, remarks), tuple(dict.fromkeys(remarks)))
    except UnicodeDecodeError:
        # libxml2 takes a number for a character that is none, and lxml cannot give it as text.
        raise UnreadableError(f"{name} is no XML: it names characters that there are not.") from None


def _found(body: _Element, remarks: list[str]) -> tuple[Outline, ...]:
    """Return the sources below *body*, each once."""
    found: dict[str, Outline] = {}
    for outline in _outlines(body, remarks):
        if len(found) >= MOST:
            remarks.append(f"it lists more than {MOST:,} sources; the rest was left out")
            break
        there = found.setdefault(same_address(outline.url), outline)
        if there is not outline:
            remarks.append(f"{outline.url} stands there twice")
    return tuple(found.values())


def _declares(name: str) -> UnreadableError:
    return UnreadableError(f"{name} declares entities of its own, which no list of sources needs; it was not read.")


def _root(data: bytes, name: str) -> tuple[_Element, bool]:
    from lxml import etree

    why = "it holds nothing"
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data.lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            why = clean(str(error), 100)
            continue
        if root is not None:
            return root, recover
    raise UnreadableError(f"{name} is no XML: {why.rstrip('.')}.")


def _outlines(body: _Element, remarks: list[str]) -> Iterator[Outline]:
    """Yield the sources below *body*, without recursion: how deep it goes is the file's business."""
    pending: list[tuple[_Element, tuple[str, ...], int]] = [(each, (), 1) for each in reversed(_children(body))]
    while pending:
        element, folders, depth = pending.pop()
        if depth > DEPTH:
            remarks.append(f"it is nested more than {DEPTH} deep; what lies deeper was left out")
            continue
        said = {str(name): _safe(clean(str(value), _LETTERS)) for name, value in list(element.attrib.items())[:100]}
        if said.get("isComment", "").lower() == "true":
            continue
        kind, url = said.get("type", "").lower(), said.get("xmlUrl", "")
        called = said.get("title") or said.get("text") or ""
        if url:
            yield from _source(said, kind, url, called, folders, remarks)
        elif kind in ("include", "link"):
            remarks.append(f"“{called or kind}” includes another file, which is not fetched")
        elif kind == "page" and said.get("htmlUrl"):
            yield from _source(said, kind, said["htmlUrl"], called, folders, remarks)
        inner = (*folders, called.replace("/", "∕")) if called and not url else folders
        pending += [(each, inner, depth + 1) for each in reversed(_children(element))]


def _children(element: _Element) -> list[_Element]:
    return [each for each in element if each.tag == "outline"]


def _source(
    said: Mapping[str, str], kind: str, url: str, called: str, folders: Iterable[str], remarks: list[str]
) -> Iterator[Outline]:
    if url.lower().startswith("feed:"):
        url = re.sub(r"^feed:(?=https?:)|^feed(?=://)", lambda m: "" if m[0].endswith(":") else "http", url, flags=re.I)
    host = urlsplit_or_none(url)
    if host is None:
        remarks.append(f"“{clean(called or url, 80)}” has no http or https address ({clean(url, 60)})")
        return
    if "@" in urlsplit(url).netloc:
        # It would never be fetched, and the list may have come from anybody.
        title = called if called and called != url else host
        remarks.append(f"“{clean(title, 80)}” has a name or password in its address")
        return
    if kind in ("include", "link"):
        remarks.append(f"“{called or url}” includes another file, which is not fetched")
        return
    folder = "/".join(folders) or said.get("category", "").split(",")[0].strip().strip("/") or None
    more = [(name, value) for name, value in said.items() if name not in _OWN and _NAME.fullmatch(name)]
    home = said.get("htmlUrl") or None
    title = called if called != url else ""
    yield Outline(
        url, title, home if home and urlsplit_or_none(home) else None, folder, kind == "page",
        dict(more[:_MOST_ATTRIBUTES]),
    )  # fmt: skip


def write_opml(sources: Iterable[FollowedSource], now: datetime) -> str:
    """Return the OPML file that lists *sources*, each in its folder; :func:`read_opml` gives the same again."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "paperrack"
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    places: dict[tuple[str, ...], _Element] = {(): body}
    for source in sources:
        folders = tuple(part for part in (source.folder or "").split("/") if part)[: DEPTH - 2]
        for depth in range(1, len(folders) + 1):
            if folders[:depth] not in places:
                parent = places[folders[: depth - 1]]
                places[folders[:depth]] = etree.SubElement(parent, "outline", text=_safe(folders[depth - 1]))
        _put(places[folders], source)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text.decode("utf-8")


def _put(parent: _Element, source: FollowedSource) -> None:
    from lxml import etree

    said = {"text": source.name, "title": source.name}
    said |= {"type": "rss", "xmlUrl": source.url} if source.kind == "feed" else {"type": "page", "htmlUrl": source.url}
    if source.home and source.kind == "feed":
        said["htmlUrl"] = source.home
    more = {name: value for name, value in source.attributes.items() if _NAME.fullmatch(name) and name not in said}
    etree.SubElement(parent, "outline", {name: _safe(value) for name, value in (said | more).items()})


def _safe(text: str) -> str:
    """Return *text* without what XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
