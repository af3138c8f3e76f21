"""What the export dialog prints: the first entries of an export, a difference, and remarks; all coloured, all safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tui.text import drop_controls
from tui.widgets import paper_text
from tui.widgets.blocks import Block, Parts

MOST_LINES = 160
"""Lines of an export that are laid out: a few screens of them, whatever the number of entries."""

MOST_LETTERS = 1200
"""Letters of a line that are laid out: an abstract, or the first fifty of a thousand authors."""

_BIB = re.compile(r"^@", re.MULTILINE)
_STARTS = {
    "bibtex": _BIB,
    "biblatex": _BIB,
    "csl-json": re.compile(r"^ {0,2}\{", re.MULTILINE),
    "ris": re.compile(r"^TY  -", re.MULTILINE),
    "markdown": re.compile(r"^(?:- |\d+\. )", re.MULTILINE),
}
"""Where an entry begins, by the format's name."""

_COLOURS = {
    "csl-json": re.compile(r'(?P<name>"[^"\n]{1,40}")(?=:)|(?P<muted>[\[\]{},:])'),
    "ris": re.compile(r"^(?P<name>[A-Z][A-Z0-9])(?P<muted>  -)", re.MULTILINE),
    "markdown": re.compile(r"^(?P<heading>#.*)|(?<=\])(?P<link>\([^)\s]{0,2000}\))|(?P<name>`[^`]*`)"),
}
_BLANK = re.compile(r"\s*")
_LEAD = re.compile(r"\s*(?:- |\d+\. |> )?")
_ROLES = {"+": "added", "-": "removed", "@": "heading", "\\": "muted"}


def preview(text: str, format: str, count: int) -> tuple[Block, ...]:
    """Return the first of *count* entries of *text*, written in *format*, and how many more there are."""
    cut, seen = _first(text.replace("\r\n", "\n"), _STARTS.get(format))
    shown = drop_controls(cut)
    blocks = paper_text.bibtex(shown) if format in ("bibtex", "biblatex") else tuple(_lines(shown, format))
    left = count - seen if seen else 0
    if left > 0:
        return (*blocks, Block(((f"… and {left:,} more", "muted"),), gap=1))
    return blocks if len(cut) == len(text) or seen else (*blocks, Block((("… and more", "muted"),), gap=1))


def _first(text: str, start: re.Pattern[str] | None) -> tuple[str, int]:
    """Return the entries of *text* for which there is room, and their number, 0 where it is not known."""
    lines = text.rstrip("\n").split("\n")
    head = lines[:MOST_LINES]
    if start and len(lines) > MOST_LINES:
        # An entry is shown whole, unless it is the only one.
        last = next((place for place in range(MOST_LINES, 0, -1) if start.match(lines[place])), MOST_LINES)
        head = lines[:last] if any(start.match(line) for line in lines[:last]) else head
    cut = "\n".join(line if len(line) <= MOST_LETTERS else line[:MOST_LETTERS] + "…" for line in head)
    return cut, len(start.findall(cut)) if start else 0


def _lines(text: str, format: str) -> Iterator[Block]:
    colours = _COLOURS.get(format)
    gap = 0
    for line in text.split("\n"):
        if not line.strip():
            gap = 1
            continue
        # What is wrapped goes on below the text, and not below its bullet.
        match = (_LEAD.match if format == "markdown" else _BLANK.match)(line)
        lead = match[0] if match else ""
        parts = tuple(_coloured(line[len(lead) :], colours)) if colours else ((line[len(lead) :], ""),)
        yield Block(parts, gap=gap, lead=((lead, "muted"),) if lead else ())
        gap = 0


def _coloured(line: str, colours: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    end = 0
    for match in colours.finditer(line):
        yield line[end : match.start()], ""
        yield from ((text, role) for role, text in match.groupdict().items() if text)
        end = match.end()
    yield line[end:], ""


def difference(diff: str) -> tuple[Block, ...]:
    """Return the unified *diff*: what is added and what is removed, each by its sign and its colour."""
    lines = diff.rstrip("\n").split("\n") if diff else []
    blocks = [Block(tuple(_signed(line))) if len(line) < 2 else _line(line) for line in lines[:MOST_LINES]]
    left = len(lines) - MOST_LINES
    return (*blocks, Block(((f"… and {left:,} more lines", "muted"),), gap=1)) if left > 0 else tuple(blocks)


def _line(line: str) -> Block:
    line = line if len(line) <= MOST_LETTERS else line[:MOST_LETTERS] + "…"
    role = "muted" if line.startswith(("--- ", "+++ ")) else _ROLES.get(line[0], "")
    name, equals, value = line.partition(" = ")
    if equals and value and line[0] in "+- ":
        return Block(((value, role),), lead=((name + equals, role),))
    lead = line[: len(line) - len(line[1:].lstrip())] if line[0] in "+- " else ""
    rest = line[len(lead) :]
    return Block(((rest, role),), lead=((lead, role),)) if rest else Block(((line, role),))


def _signed(line: str) -> Parts:
    return ((line or " ", _ROLES.get(line[:1], "")),)


def remarks(failures: Sequence[str], warnings: Sequence[str], caution: str = "", before: str = "") -> tuple[Block, ...]:
    """Return what is to be known before the export leaves: what it does, what is left out, what is odd."""
    left_out = [Block(((said, "warning"),), lead=(("✗ ", "warning"),)) for said in together(failures)]
    looked_at = [Block(((said, ""),), lead=(("! ", "warning"),)) for said in together(warnings)]
    return (*_quiet(before), *left_out, *looked_at, *_quiet(caution))


def _quiet(sentence: str) -> tuple[Block, ...]:
    return (Block(((f"{sentence}.", "muted"),), lead=(("· ", "muted"),)),) if sentence else ()


_SEVERAL = ((" has ", " have "), (" is ", " are "), (" was ", " were "), (" lacks ", " lack "))


def together(sentences: Iterable[str]) -> list[str]:
    """Return *sentences*, those that say the same of several keys as one: ``a2020b and 2 more have no title …``."""
    keys: dict[str, list[str]] = {}
    for sentence in dict.fromkeys(sentences):
        key, blank, rest = sentence.partition(" ")
        keys.setdefault(blank + rest, []).append(key)
    return [_of_several(names, rest) if len(names) > 1 else names[0] + rest for rest, names in keys.items()]


def _of_several(names: Sequence[str], rest: str) -> str:
    colon = ":" if names[0].endswith(":") else ""
    first = names[0].removesuffix(":")
    if colon:
        return f"{first} and {len(names) - 1:,} more:{rest}"
    for one, several in _SEVERAL:
        rest = rest.replace(one, several, 1)
    return f"{first} and {len(names) - 1:,} more{rest}"
