"""Texts as blocks: Markdown's headings, items, quotations, rows and links are read, and all else stands as it is.

What is read of CommonMark and of GitHub's tables is what digests use; every step is linear in the text's length.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.digests.blocks import MAX_LINE, ODD, Anchor, Block, Head, Kind
from tui.digests.dates import date_in
from tui.digests.references import Definitions, definitions, is_definition, references, used, whole_links
from tui.identifiers import urlsplit_or_none
from tui.text import clean

_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_BULLET = re.compile(r"[-*+•◦‣●▪·][ \t]+(?=\S)")
_NUMBER = re.compile(r"\d{1,4}[.)][ \t]+(?=\S)")
_RULE = re.compile(r"(?:[-=_*~][ \t]*){3,400}")
_DELIMITERS = re.compile(r"[|:\- \t]{3,2000}")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|mark|ol|p|s"
    r"|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
# Two blanks are a break within a line, as they are in the cells of tables that were made without tags.
_BLANKS = {"br": "  ", "p": " ", "td": " ", "summary": " ", "li": " "}
_HREF = re.compile(r"""\bhref\s*+=\s*+["']?\s*+(https?://[^\s"'<>]{1,2000})""", re.IGNORECASE)
_TARGET = re.compile(r"<?\s*(https?://[^\s<>\"]{1,2000})", re.IGNORECASE)
_AFTER_TARGET = re.compile(r"""\s{0,20}>?(?:\s{1,20}(?:"[^"]{0,300}"|'[^']{0,300}'))?\s{0,20}\)""")
_BADGE = re.compile(r"\[!\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)\s?\]\(")
_ROUND = re.compile("[()]")
_MAIL = re.compile(
    r"(?:From|To|Subject|Date|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|List-Id):? ", re.I
)
_FRONT = re.compile(r"([A-Za-z_][\w -]{0,40}):[ \t]*+(.{0,1000})")


def linked(text: str, known: Definitions | None = None) -> tuple[str, tuple[Anchor, ...]]:
    """Return *text* with Markdown's (and plain HTML's) links replaced by their words, and the links. Linear.

    *known* are the addresses that reference links may refer to.
    """
    if "](" not in text and "<" not in text and not (known and "]" in text):
        return text, ()
    if "[![" in text:
        # A linked picture is linked words: the picture's own address is nothing to read.
        text = _BADGE.sub(r"[\1](", text)
    pieces: list[str] = []
    anchors: list[Anchor] = []
    length = done = 0
    for start, end, label, url in _markups(text, known or {}):
        before, label = text[done:start], linked(label)[0] if "](" in label else label
        pieces += [before, label]
        length += len(before) + len(label)
        if url:
            anchors.append(Anchor(clean(label), url, length - len(label), length))
        done = end
    return "".join([*pieces, text[done:]]), tuple(anchors)


def _markups(text: str, known: Definitions) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, words and target of every link, and of every tag (as words without target), in order."""
    tags = _tags(text)
    tag = next(tags, None)
    for link in _links(text, known):
        while tag and tag[1] <= link[0]:
            yield tag
            tag = next(tags, None)
        yield link
        while tag and tag[0] < link[1]:
            tag = next(tags, None)
    while tag:
        yield tag
        tag = next(tags, None)


def _links(text: str, known: Definitions) -> Iterator[tuple[int, int, str, str]]:
    """Yield links with their targets beside them and by reference, in order; none stands within another."""
    done = 0
    for link in heapq.merge(_inline_links(text), references(text, known)):
        if link[0] >= done:
            yield link
            done = link[1]


def _tags(text: str) -> Iterator[tuple[int, int, str, str]]:
    if "<" not in text:
        return
    opened: tuple[int, int, str] | None = None
    for match in _TAG.finditer(text):
        name = match[0].strip("</>").split()[0].lower()
        if name != "a":
            if not opened:
                yield match.start(), match.end(), _BLANKS.get(name, ""), ""
        elif match[0].startswith("</"):
            if opened:
                yield opened[0], match.end(), _TAG.sub("", text[opened[1] : match.start()]), opened[2]
            opened = None
        else:
            href = _HREF.search(match[0])
            opened = (match.start(), match.end(), href[1]) if href else None


def _inline_links(text: str) -> Iterator[tuple[int, int, str, str]]:
    floor = 0
    position = text.find("](")
    while position >= 0:
        opening = _opening(text, floor, position)
        # Where no bracket was opened there is no link, and an address of two thousand characters need not be read.
        target = _TARGET.match(text, position + 2) if opening is not None else None
        url = _balanced(target[1]) if target else ""
        closed = _AFTER_TARGET.match(text, target.start(1) + len(url)) if target else None
        if closed and opening is not None and urlsplit_or_none(url):
            start = opening - 1 if opening and text[opening - 1] == "!" else opening
            yield start, closed.end(), text[opening + 1 : position], url
            floor = closed.end()
        else:
            floor = position + 2
        position = text.find("](", floor)


def _balanced(url: str) -> str:
    """Cut *url* at the bracket that closes the link and not one of its own."""
    if ")" not in url:
        return url
    depth = 0
    for match in _ROUND.finditer(url):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return url[: match.start()]
    return url


def _opening(text: str, floor: int, closing: int) -> int | None:
    """Return where the bracket stands that *closing* closes, not before *floor*; words in brackets may nest twice."""
    here = closing
    for nested in range(1, 4):
        here = text.rfind("[", floor, here)
        if here < 0:
            return None
        if text.count("]", here, closing) < nested:
            return here
    return None


def text_blocks(text: str) -> tuple[Block, ...]:
    """Return the lines of *text* that are not blank as blocks; ``line`` counts from 1 and counts blank ones too."""
    blocks: list[Block] = []
    gap, quote, comment = False, 0, False
    first = _front_end(text)
    stated = definitions(text)
    known = {label: stated[label] for label in used(text, stated)}
    for number, raw in whole_links(text):
        line = raw.strip() if raw.isascii() else raw.translate(ODD).strip()
        if not line or number <= first:
            gap = True
            continue
        comment = comment or line.startswith("<!--")
        block = _line_block(line, number, gap, comment, known)
        if raw[0] != line[0] and (indent := _indent(raw)):
            block = replace(block, indent=indent)
        comment = comment and "-->" not in line
        if block.kind == "quote":
            quote += not (blocks and blocks[-1].kind == "quote" and not gap)
            block = replace(block, quote=quote)
        if block.kind == "rule" and _underlines(line, blocks, gap):
            blocks[-1] = replace(blocks[-1], kind="heading", level=1 if line[0] == "=" else 2)
        blocks.append(block)
        gap = False
    return tuple(_unfenced(blocks))


def _indent(raw: str) -> int:
    """Return in how many columns from the left a line begins; a tab ends at each fourth (CommonMark 2.2)."""
    blanks = raw[: len(raw) - len(raw.lstrip())]
    return len(blanks.expandtabs(4))


def _unfenced(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield *blocks*; lines round a table's row of dashes are rows without bars at their ends too (GitHub's tables)."""
    inside = False
    for index, block in enumerate(blocks):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        inside = inside and not block.gap and "|" in block.text
        heads = below is not None and below.kind == "rule" and "|" in below.text and not below.gap
        if block.kind in ("text", "item", "numbered") and "|" in block.text and (inside or heads):
            yield replace(block, kind="row")
        else:
            yield block
        inside = inside or (block.kind == "rule" and "|" in block.text)


def _line_block(line: str, number: int, gap: bool, comment: bool, known: Definitions) -> Block:
    if len(line) > MAX_LINE:
        words, anchors = linked(line, known)
        return Block(words, number, gap=gap, links=anchors)
    if comment or _RULE.fullmatch(line) or ("-" in line and _DELIMITERS.fullmatch(line)):
        return Block(line, number, "text" if comment else "rule", gap=gap, furniture=True)
    if is_definition(line, known):
        return Block(line, number, gap=gap, furniture=True)
    kind, level, rest = _marked(line)
    words, anchors = linked(rest, known)
    lead = len(words) - len(words.lstrip())
    anchors = tuple(Anchor(each.label, each.url, each.start - lead, each.end - lead) for each in anchors)
    return Block(words.strip(), number, kind, level, gap, anchors)


def _marked(line: str) -> tuple[Kind, int, str]:
    """Return what Markdown makes of *line*: kind, level of the heading, and the text without the mark."""
    if match := _HEADING.match(line):
        return "heading", len(match[1]), match[2].rstrip("#").rstrip() or match[2]
    if line.startswith("|") and "|" in line[1:]:
        return "row", 0, line.strip("|").strip()
    if line.startswith(">"):
        return "quote", 0, line.lstrip("> \t") or line
    if match := _BULLET.match(line):
        return "item", 0, line[match.end() :]
    if line.startswith("![") and "](" in line:
        return "image", 0, line
    return ("numbered" if _NUMBER.match(line) else "text"), 0, line


def _underlines(line: str, blocks: Sequence[Block], gap: bool) -> bool:
    """Return whether the rule *line* underlines the line before it (a setext heading)."""
    if gap or not blocks or len(set(line)) > 1 or line[0] not in "=-" or len(line) < 3:
        return False
    above = blocks[-1]
    return above.kind == "text" and len(above.text) <= 200 and (above.gap or len(blocks) == 1)


def _front_end(text: str) -> int:
    """Return the last line of what stands before the text itself, or 0: front matter, or the head of a mail."""
    if text.startswith("---\n"):
        # Front matter as Jekyll and Hugo have it, between two lines of dashes.
        end = text.find("\n---\n", 3, 20_000)
        return text.count("\n", 0, end) + 2 if end > 0 else 0
    if not _MAIL.match(text):
        return 0
    # RFC 5322: the head of a mail ends with the first blank line.
    end = text.find("\n\n", 0, 50_000)
    return text.count("\n", 0, end) + 1 if end > 0 and "\nSubject:" in f"\n{text[:end]}" else 0


def text_head(text: str) -> Head:
    """Return what the front matter of a text, or the head of a mail, states."""
    facts: dict[str, str] = {}
    for line in text.split("\n", _front_end(text))[: _front_end(text)]:
        if match := _FRONT.fullmatch(line.strip()):
            facts.setdefault(match[1].strip().lower(), clean(match[2].strip().strip("\"'")))
    return Head(facts.get("title") or facts.get("subject"), date=date_in(facts.get("date", "")), facts=facts)
