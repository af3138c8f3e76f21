"""YAML as people and small programs keep facts in it: names with a text or a list of texts, no deeper.

A part of YAML 1.2 by hand, and not PyYAML, whose loader makes a gigabyte of 400 bytes of aliases: here an alias, an
anchor or a tag is a text like any other, every value is a text, nothing recurs, and each line is looked at once. Read
are plain, quoted and block scalars (also over several lines), lists in lines and in brackets, comments, several
documents in a file, and a list of such mappings. Whatever else stands there is given back as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_KEYS = 1000
"""More names than these in one mapping are no facts of a paper."""

_KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[A-Za-z_][\w .-]{0,60}?)(?P=quote)\s{0,9}:(?:[ \t]+|$)""")
_BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?:\s+#.*)?")
_COMMENT = re.compile(r"\s#")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "0": "", "a": "", "b": "", "e": "", "v": "\n", "f": "\n", "N": "\n",
            "_": " ", "L": "\n", "P": "\n"}  # fmt: skip


@dataclass
class Facts:
    """One mapping: its line, the texts under each name, the lines of the names, and the lines not understood."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    left: list[tuple[int, str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the text under *name*, a list's parts with commas between; empty where there is none."""
        return ", ".join(self.values.get(name, ()))


def read(text: str) -> list[Facts]:
    """Return the mappings that stand in *text*, one after another, in order."""
    lines = [line.rstrip() for line in text.split("\n")]
    found: list[Facts] = []
    facts = Facts(1)
    at = 0
    while at < len(lines):
        line = lines[at]
        stripped = line.strip()
        if stripped in ("---", "...") or stripped.startswith("--- #"):
            _keep(facts, found)
            facts = Facts(at + 2)
            at += 1
        elif not stripped or stripped[0] in "#%":
            at += 1
        elif line.startswith("- ") and _KEY.match(line[2:].lstrip()):
            # An element of a list of mappings; what follows is indented as far as its first name.
            _keep(facts, found)
            facts = Facts(at + 1)
            indent = len(line) - len(line[2:].lstrip())
            lines[at] = " " * indent + line[indent:]
            at = _member(lines, at, indent, facts)
        else:
            at = _member(lines, at, len(line) - len(line.lstrip()), facts)
    _keep(facts, found)
    return found


def _keep(facts: Facts, found: list[Facts]) -> None:
    if facts.values or facts.left:
        found.append(facts)


def _member(lines: Sequence[str], at: int, indent: int, facts: Facts) -> int:
    """Read the name and value that begin in the line *at*, and return the line behind them."""
    line = lines[at][indent:]
    match = _KEY.match(line)
    if not match or len(facts.values) >= MAX_KEYS:
        facts.left.append((at + 1, line, "is no name with a value"))
        return at + 1
    name, rest = match["key"], line[match.end() :].strip()
    end = _end(lines, at + 1, indent, listed=not rest or rest[0] == "#")
    body = lines[at + 1 : end]
    if name in facts.values:
        facts.left.append((at + 1, line, "the name stands here a second time"))
        return end
    facts.lines[name] = at + 1
    facts.values[name] = _value(rest, body, at + 2, facts)
    return end


def _end(lines: Sequence[str], at: int, indent: int, listed: bool) -> int:
    """Return the first line from *at* on that is not indented deeper than *indent*, nor an item of a list there."""
    end = at
    for index in range(at, len(lines)):
        line = lines[index]
        if not line:
            continue
        inner = len(line) - len(line.lstrip())
        item = listed and inner == indent and (line[indent:] + " ").startswith("- ")
        if inner <= indent and not item:
            break
        end = index + 1
    return end


def _value(rest: str, body: Sequence[str], line: int, facts: Facts) -> list[str]:
    """Return the texts that a value is: *rest* of its name's line, and the *body* below, which begins in *line*."""
    if _BLOCK.fullmatch(rest):
        return [_block(rest[0], body)]
    if not rest or rest[0] == "#":
        return _listed(body, line, facts)
    whole = _folded([rest, *body])
    if rest[0] in "\"'":
        return [_quoted(whole, line - 1, facts)]
    whole = _folded([_uncommented(each) for each in (rest, *body)])
    if rest[0] == "[":
        return [part for part in _parts(whole) if part]
    return [] if whole in ("null", "~") else [whole]


def _block(style: str, body: Sequence[str]) -> str:
    """Return a block scalar: line for line behind ``|``, folded behind ``>``."""
    indent = min((len(line) - len(line.lstrip()) for line in body if line), default=0)
    lines = [line[indent:] for line in body]
    return "\n".join(lines).strip("\n") if style == "|" else _folded(lines)


def _folded(lines: Sequence[str]) -> str:
    """Return *lines* as one text, as YAML folds them: a blank line is a line break."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n".join(" ".join(each) for each in paragraphs if each)


def _listed(body: Sequence[str], line: int, facts: Facts) -> list[str]:
    """Return the items of a list in lines, or the text that stands below its name."""
    items: list[list[str]] = []
    loose: list[str] = []
    for number, each in enumerate(body, line):
        stripped = each.strip()
        if not stripped or stripped[0] == "#":
            continue
        if (stripped + " ").startswith("- "):
            items.append([stripped[2:].strip()])
        elif items:
            items[-1].append(stripped)
        elif _KEY.match(stripped):
            facts.left.append((number, stripped, "stands deeper than facts of a paper do"))
        else:
            loose.append(stripped)
    texts = [" ".join(item) for item in items] or ([" ".join(loose)] if loose else [])
    return [read for text in texts if (read := _scalar(text, line, facts))]


def _scalar(text: str, line: int, facts: Facts) -> str:
    return _quoted(text, line, facts) if text[:1] in ("'", '"') else _uncommented(text)


def _quoted(text: str, line: int, facts: Facts) -> str:
    """Return what a quoted text says; what stands behind its closing quote is not understood."""
    quote = text[0]
    pattern = r"'((?:[^']|'')*+)'" if quote == "'" else r'"((?:[^"\\]|\\.)*+)"'
    match = re.match(pattern, text, re.DOTALL)
    if not match:
        facts.left.append((line, text, "the quotation is not closed"))
        return text[1:]
    behind = text[match.end() :].strip()
    if behind and behind[0] != "#":
        facts.left.append((line, behind, "stands behind a quotation"))
    return match[1].replace("''", "'") if quote == "'" else _ESCAPE.sub(_unescaped, match[1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _ESCAPES.get(match[4], match[4])


def _uncommented(text: str) -> str:
    match = _COMMENT.search(text)
    return text[: match.start()].rstrip() if match else text.strip()


def _parts(text: str) -> list[str]:
    """Return the texts of a list in brackets; a comma inside quotes parts nothing."""
    inner = text[1:].rstrip().removesuffix("]")
    found = re.findall(r"""(?:(?<!\s)\s++)?('(?:[^']|'')*+'|"(?:[^"\\]|\\.)*+"|[^,]++)\s*+(?:,|$)""", inner)
    return [_scalar(part.strip(), 0, Facts(0)) for part in found if part.strip()]
