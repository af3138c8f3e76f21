r"""The records of arXiv's mailing: labelled lines that are wrapped, an abstract between ``\\``, and the closing line.

The shape is that of https://info.arxiv.org/help/subscribe.html (what the lists send), as it has been since 1992:
``arXiv:ID`` or ``Paper: ID``, perhaps ``(*cross-listing*)``; ``Date:`` or ``replaced with revised version``, with the
size; then ``Title:``, ``Authors:`` and further fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from tui.digests.arxiv_people import people
from tui.digests.dates import date_in
from tui.identifiers import arxiv_id, by_doi, find_urls, relation, same_address
from tui.model import Entry, Link, Remark, Section
from tui.text import clean, shown

MAX_LINE = 20_000
"""A longer line is no field's."""

ANNOUNCED = "Announced"
"""The heading under which an entry says its place in the mailing, in the words of arXiv's feeds."""

CROSS, NEW, REPLACED = "cross-listed", "new", "replaced"

START = re.compile(
    r"\s{0,8}(?:arXiv|Paper)\s{0,3}(?P<before>\(\*cross-listing\*\))?\s{0,3}:\s{0,3}"
    r"(?P<id>[A-Za-z.-]{0,20}/?\d[\d.]{3,12}\d)(?:v(?P<version>\d{1,3}))?(?![\w/])(?P<rest>[^\n]{0,200})",
    re.IGNORECASE,
)
EDGE = re.compile(r"\s{0,8}\\\\")
RULE = re.compile(r"\s{0,8}(?=[-=_]{10}|[%-]{0,12}%)[-=_%\s]{5,400}")

_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]{1,20})\s?(?P<of>\([^()\n]{0,40}\))?\s{0,2}:(?:\s|$)")
_REPLACED = re.compile(r"(replaced|withdrawn|revised) (?:with|by|in)\b[^:\n]{0,40}?(?:version|text)?(?=\s)", re.I)
_NAMES = {
    "title": "title",
    **dict.fromkeys(("author", "authors"), "authors"),
    **dict.fromkeys(("category", "categories"), "categories"),
    **dict.fromkeys(("comment", "comments"), "Comments"),
    **dict.fromkeys(("journal-ref", "journal"), "venue"),
    **dict.fromkeys(("subj-class", "subject", "subjects"), "subjects"),
    "doi": "doi",
    "date": "date",
    "from": "from",
    "abstract": "abstract",
    "report-no": "Report-no",
    "acm-class": "ACM-class",
    "msc-class": "MSC-class",
    "license": "License",
    "proxy": "Proxy",
    "note": "Note",
    "notes": "Notes",
}
"""The fields, and what this module calls them; those with a capital are kept as sections of the entry."""

_SIZE = re.compile(r"\(\s?(\d{1,8})\s?kb\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[ -]([A-Za-z]{3})[a-z]{0,6}[ -](\d{4}|\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERSION = re.compile(r"\bv(\d{1,3})\b")
_CLOSING = re.compile(r"\s{0,8}\\\\\s{0,4}\(\s{0,4}(https?://[^\s,()]{1,300})[\s,]{0,6}", re.IGNORECASE)
_ADDRESS = re.compile(r"\s?[<(]?[\w.+%-]{1,64}@[\w.-]{1,190}[>)]?")


@dataclass
class Raw:
    """A record's lines sorted by what they are: fields with their words, the abstract, and what nobody understood."""

    line: int
    start: re.Match[str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """What stands in brackets behind a field's name, such as ``revised v2``."""
    body: list[str] = field(default_factory=list)
    address: str | None = None
    left: list[Remark] = field(default_factory=list)

    def words(self, name: str) -> str:
        """Return a field's words in one line, as it was before it was wrapped."""
        return joined(self.fields.get(name, ()))


def joined(lines: Sequence[str]) -> str:
    """Return wrapped *lines* as one; a hyphen at a line's end is the word's own."""
    pieces: list[str] = []
    for line in map(str.strip, lines):
        above = pieces[-1] if pieces else ""
        hyphened = above[-1:] == "-" and above[-2:-1].isalpha() and line[:1].islower()
        if above and not (hyphened and not re.match(r"(?:and|or|to|und)\b", line)):
            pieces.append(" ")
        pieces.append(line)
    return clean("".join(pieces))


def read(lines: Sequence[str], first: int, end: int, start: re.Match[str]) -> tuple[Raw, int]:
    """Return the record that begins in line *first* (its identifier's) and where it ends, at *end* or before."""
    raw = Raw(first + 1, start)
    indent = len(lines[first]) - len(lines[first].lstrip())
    name, edges = "", 0
    for index in range(first + 1, end):
        line = lines[index]
        if EDGE.match(line):
            if _edge(raw, line, edges):
                return raw, index + 1
            edges = 1
        elif RULE.fullmatch(line):
            return raw, index
        elif edges:
            raw.body.append(line)
        elif line.strip():
            name = _head(raw, line, index, indent, name)
    return raw, end


def _edge(raw: Raw, line: str, edges: int) -> bool:
    """Read a line that begins with two backslashes, and return whether the record ends with it."""
    rest = line.strip().lstrip("\\").strip()
    if closing := _CLOSING.match(line):
        raw.address = closing[1]
    if rest.startswith("(") or (edges and not rest):
        return True
    if rest:
        raw.body.append(rest)
    return False


def _head(raw: Raw, line: str, index: int, indent: int, name: str) -> str:
    """Sort a line of the record's head; return the field that the next line may go on with."""
    here = len(line) - len(line.lstrip())
    plain = line.strip()
    if len(plain) <= MAX_LINE and here <= indent:
        match = _FIELD.match(plain)
        known = _NAMES.get(match["name"].lower()) if match else None
        if match and not known and "-" in match["name"]:
            known = match["name"].capitalize()
        if match and known:
            raw.fields.setdefault(known, []).append(plain[match.end() :])
            raw.said[known] = match["of"] or raw.said.get(known, "")
            return known
        if match := _REPLACED.match(plain):
            raw.fields.setdefault(match[1].lower(), []).append(plain[match.end() :])
            return match[1].lower()
    if name:
        raw.fields[name].append(line)
    else:
        raw.left.append(Remark(index + 1, clean(line, 500), "is no field of the record"))
    return name


def entry(raw: Raw) -> Entry:
    """Return what the record states."""
    authors, more, affiliated = people(raw.words("authors"))
    identifiers = {}
    if found := arxiv_id(raw.start["id"]):
        identifiers["arxiv"] = found
    stated = raw.words("doi")
    if stated and (known := by_doi(stated.split()[0])):
        identifiers.setdefault(*known)
    dated = raw.words("replaced") or raw.words("withdrawn") or raw.words("revised") or raw.words("date")
    size = _SIZE.search(dated)
    abstract = "\n\n".join(paragraphs(raw.body)) or raw.words("abstract") or None
    sections = [Section(ANNOUNCED, announced(raw))]
    sections += [Section(name, raw.words(name)) for name in raw.fields if name[0].isupper() and raw.words(name)]
    if affiliated:
        sections.append(Section("Affiliations", shown(raw.words("authors"))))
    return Entry(
        title=raw.words("title") or None,
        authors=authors,
        more_authors=more,
        submitter=shown(_ADDRESS.sub("", raw.words("from"))) or None,
        date=day(dated),
        venue=raw.words("venue") or None,
        abstract=abstract,
        identifiers=identifiers,
        links=tuple(_links(raw, abstract)),
        sections=tuple(sections),
        categories=tuple(dict.fromkeys(categories(raw))),
        metrics={"kilobytes": int(size[1])} if size else {},
        line=raw.line,
    )


def categories(raw: Raw) -> tuple[str, ...]:
    """Return the record's subject classes: codes, or names as the mailing had them before 2007."""
    codes = re.split(r"[\s,;]+", raw.words("categories"))
    return tuple(name for name in (*codes, *re.split(r"(?:(?<!\s)\s++)?;\s*", raw.words("subjects"))) if name)


def announced(raw: Raw) -> str:
    """Return how the mailing announces the paper: as new, as a cross-listing, or as replaced, ``replaced (v3)``."""
    how = next((name for name in (REPLACED, "withdrawn", "revised") if name in raw.fields), None)
    address = (raw.address or "").replace("v", " v")
    said = f"v{raw.start['version']} {raw.said.get('date', '')} {raw.words(how or '')} {address}"
    later = max(map(int, _VERSION.findall(said)), default=0)
    if is_crossed(raw):
        return f"{REPLACED}, {CROSS}" if how else CROSS
    if how is None and later < 2:
        return NEW
    how = REPLACED if how in (None, "revised") else how
    return f"{how} (v{later})" if later else how


def is_crossed(raw: Raw) -> bool:
    """Return whether the paper's own subject class is another one than the list's."""
    return bool(raw.start["before"]) or "cross-list" in raw.start["rest"].lower()


def _links(raw: Raw, abstract: str | None) -> Iterator[Link]:
    texts = [raw.address or "", *(raw.words(name) for name in raw.fields), abstract or ""]
    stated: dict[str, str] = {}
    for text in texts:
        for found in find_urls(text):
            if found.url:
                stated.setdefault(same_address(found.url), found.url)
    return (Link(url, relation(url)) for url in stated.values())


def day(text: str) -> str | None:
    """Return the day that *text* states, ``Wed 20 Nov 24 19:00:00 GMT``, in ISO 8601; arXiv's years begin in 1991."""
    if match := _DAY.search(text[:400]):
        month, year = match[2].lower(), int(match[3])
        year += 0 if year > 99 else 1900 if year >= 91 else 2000
        try:
            return date(year, _MONTHS.index(month) + 1, int(match[1])).isoformat()
        except ValueError:
            return None
    return date_in(text)


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield the abstract's paragraphs, each in one line: a new one is indented, or stands behind a blank line."""
    full = [line for line in lines if line.strip()]
    least = min((len(line) - len(line.lstrip()) for line in full), default=0)
    gaps = len(lines) - len(full) < 0.4 * len(lines)
    run: list[str] = []
    for line in lines:
        blank = not line.strip()
        if run and ((blank and gaps) or (not blank and len(line) - len(line.lstrip()) > least)):
            yield joined(run)
            run = []
        if not blank:
            run.append(line)
    if run:
        yield joined(run)
