"""The XML of feeds, opened with care: no entity of its own, nothing fetched, mended where it is not well-formed.

XML 1.0, https://www.w3.org/TR/xml/; Namespaces in XML, https://www.w3.org/TR/xml-names/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import UnreadableError
from tui.model import Remark
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?([A-Za-z]\w{0,40})")
_SUBSET_END = re.compile(r"\]\s{0,100}>")
_BLANKS = re.compile(r"\s*")
_RSS_1 = re.compile(r"purl\.org/rss/1\.0|my\.netscape\.com/rdf/simple/0\.9")
_ATOM = re.compile(r"w3\.org/2005/Atom|purl\.org/atom/ns#|<(?:\w{1,20}:)?entry\b")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}))?(;)?")
_TECHNICAL = re.compile(r",? (?:use|try) XML_PARSE_HUGE(?: option)?|, line \d{1,9}, column \d{1,9}")
_XML_NAMES = frozenset(["amp", "lt", "gt", "quot", "apos"])
_MOST_STEPS = 100
"""Comments and instructions that are passed before the root; nobody has more."""


def root_name(text: str) -> str | None:
    """Return the local name of the root element where *text* is XML and that is a feed's: rss, RDF or feed."""
    name, at, _ = _prolog(text)
    if name == "rss":
        return name
    head = text[at : at + 20_000]
    return name if (name == "RDF" and _RSS_1.search(head)) or (name == "feed" and _ATOM.search(head)) else None


def _prolog(text: str) -> tuple[str | None, int, bool]:
    """Return the root's local name, where its tag begins, and whether the document declares things of its own."""
    at, declares = 0, False
    for _ in range(_MOST_STEPS):
        at = _end(_BLANKS, text, at)
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2) + 2
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            declares, end = _doctype(text, at)
        else:
            match = _ROOT.match(text, at)
            return (match[1] if match else None), at, declares
        if end <= at:
            break
        at = end
    return None, at, declares


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _doctype(text: str, at: int) -> tuple[bool, int]:
    """Return whether the document type that begins at *at* has declarations inside, and where it ends."""
    close = text.find(">", at)
    opened = text.find("[", at, close if close >= 0 else len(text))
    if opened < 0:
        return False, close + 1
    end = _SUBSET_END.search(text, opened)
    return True, end.end() if end else 0


def parsed(text: str, name: str) -> tuple[_Element, tuple[Remark, ...]]:
    """Return the root of the feed *text*, and a remark where it had to be mended first.

    Raises UnreadableError, which calls it *name*, for one that declares entities and for one that cannot be mended.
    """
    from lxml import etree

    _, _, declares = _prolog(text)
    if declares:
        raise UnreadableError(f"{name} declares entities of its own, as no feed needs to, and was not read.")
    begin = _end(_BLANKS, text, 0)
    text = text[begin:] if begin else text
    try:
        return etree.fromstring(_bytes(text), _parser(recover=False)), ()
    except etree.XMLSyntaxError as error:
        why = clean(_TECHNICAL.sub("", error.msg or ""), 200)
        line = error.lineno or 1
    try:
        # What a recovering parser gives may be None, whatever its types say.
        root: _Element | None = etree.fromstring(_bytes(_mended(text)), _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableError(f"{name} is no well-formed feed: {why}.")
    return root, (Remark(line, why, "is no well-formed XML; what could be read of the feed was"),)


def _parser(*, recover: bool) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True, remove_blank_text=True,
    )  # fmt: skip


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _mended(text: str) -> str:
    """Return *text* without what no XML may hold, and with HTML's entities and bare ampersands as XML has them."""
    text = _ILLEGAL.sub("", text)
    pieces: list[str] = []
    at = 0
    while (opened := text.find("<![CDATA[", at)) >= 0:
        closed = text.find("]]>", opened)
        end = closed + 3 if closed >= 0 else len(text)
        # One that is cut would be dropped whole.
        pieces += [_REFERENCE.sub(_referred, text[at:opened]), text[opened:end], "" if closed >= 0 else "]]>"]
        at = end
    return "".join([*pieces, _REFERENCE.sub(_referred, text[at:])])


def _referred(match: re.Match[str]) -> str:
    from html.entities import html5

    number, name, ended = match.groups()
    if ended and number:
        code = int(number[2:], 16) if number[1] in "xX" else int(number[1:])
        legal = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
        return match[0] if legal else ""
    if ended and name in _XML_NAMES:
        return match[0]
    if ended and name and (known := html5.get(f"{name};")):
        return known.replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + match[0][1:]
