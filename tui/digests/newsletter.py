"""The newsletter issue: for each paper a title, links, and sections such as ``What is it?`` and ``Why it matters?``.

A title is what stands right above a paper's links or its first section, or is a heading of that level. Links on lines
of their own are the paper's; those inside a section lead elsewhere, to what the section speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, split_names
from tui.digests.dates import is_date
from tui.digests.document import Document
from tui.digests.labels import Label, labels
from tui.digests.mastheads import Masthead, masthead
from tui.digests.paragraphs import begins_sentence, gaps_tell, prose, unwrapped
from tui.digests.statements import identifiers_in, is_label, is_link_line, is_sign_off, links_of, remarks
from tui.identifiers import relation
from tui.model import Entry, Issue, Remark, Section
from tui.text import clean

NAME = "newsletter"
LABEL = "Newsletter issue"
UNLABELLED = "Summary"
"""What a paragraph is headed with that stands under no heading of the newsletter's own."""

_NUMBERING = re.compile(r"(?:\(?\d{1,3}[.)]|paper \d{1,3}:?|[-*•])\s+(?=\S)", re.IGNORECASE)


@dataclass
class _Part:
    """The blocks of one paper, sorted by what they are."""

    title: Block | None
    line: int
    group: str | None = None
    links: list[Block] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[Block]]] = field(default_factory=list)


class _Reader:
    """The blocks of a document with their section headings, and which of them are titles."""

    def __init__(self, document: Document) -> None:
        blocks = [block for block in document.blocks if not block.furniture and block.kind != "image"]
        self.trust = document.markup == "html" or gaps_tell(blocks)
        if document.markup == "text":
            self._read(blocks)
            blocks = list(unwrapped(blocks, self._starts))
        self._read(blocks)
        self.titles = [index for index in range(len(blocks)) if self._is_title(index)]

    def _read(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.links = {index for index, block in enumerate(blocks) if is_link_line(block)}
        self.labels = {index: label for index, label in labels(blocks).items() if index not in self.links}
        self.levels = {
            block.level
            for index, block in enumerate(blocks)
            if block.kind == "heading" and index not in self.labels and self._leads(index)
        }

    def _starts(self, index: int) -> bool:
        if index in self.labels or index in self.links or index - 1 in self.links or self.blocks[index].kind != "text":
            return True
        # A title may take up to three lines.
        titled = begins_sentence(self.blocks, index) and any(self._leads(place) for place in range(index, index + 3))
        if titled and not (self.trust and not self.blocks[index].gap):
            ends = next(place for place in range(index, index + 3) if self._leads(place))
            return all(self._titular(place) for place in range(index, ends + 1))
        return is_date(self.blocks[index].text)

    def _leads(self, index: int) -> bool:
        """Return whether a paper's links, or its first section, or its authors and then those, follow at once."""
        following = index + 1
        if following < len(self.blocks) and self._is_authors(following):
            following += 1
        label = self.labels.get(following)
        return following in self.links or (label is not None and label.sort != "other")

    def _is_authors(self, index: int) -> bool:
        block = self.blocks[index]
        if index in self.labels or index in self.links or block.kind == "heading":
            return False
        names, more = split_names(_unlabelled(block.plain)) if len(block.text) < 2000 else ((), 0)
        return len(names) + more > 1 and is_byline(_unlabelled(block.plain))

    def _titular(self, index: int) -> bool:
        """Return whether the block's words can be a title's."""
        block = self.blocks[index]
        text = block.plain
        if index in self.labels or index in self.links or block.kind in ("rule", "row") or self._is_authors(index):
            return False
        if not 2 < len(text) <= 300 or text.endswith((":", ",", ";")) or is_date(text) or is_label(text):
            return False
        sentence = text.endswith(".") and not text.endswith("...") and index + 1 not in self.links
        return not sentence and not re.search(r"[a-z]{3}[.!?] [A-Z][a-z]+ [a-z]", text)

    def _is_title(self, index: int) -> bool:
        block = self.blocks[index]
        if not self._titular(index):
            return False
        if block.kind == "heading" and self.levels:
            return block.level in self.levels
        if self.levels and any(each.kind == "heading" for each in self.blocks[max(0, index - 2) : index]):
            return self._leads(index) and self._section_before(index)
        if self._leads(index):
            return self._section_before(index)
        return _is_linked_title(block)

    def is_group(self, index: int) -> bool:
        """Return whether the block is a heading over several papers' titles, and not the issue's own."""
        block = self.blocks[index]
        if block.kind != "heading" or index in self.labels or index in self.titles:
            return False
        first = next(place for place, each in enumerate(self.blocks) if each.kind == "heading")
        return index > first and block.level < max(self.levels, default=0)

    def before(self) -> list[Block]:
        """Return what stands before the first paper and the headings over papers."""
        return [block for index, block in enumerate(self.blocks[: self.titles[0]]) if not self.is_group(index)]

    def _section_before(self, index: int) -> bool:
        """Return whether the line is no short paragraph of a section whose paper goes on below it."""
        label = self.labels.get(index + 1)
        return (
            label is None
            or label.sort != "why"
            or not self._in_what(index)
            or not self.blocks[index].plain.endswith(("!", "?"))
        )

    def _in_what(self, index: int) -> bool:
        above = [self.labels[place].sort for place in range(max(0, index - 6), index) if place in self.labels]
        return above[-1:] == ["what"]


def _unlabelled(text: str) -> str:
    return re.sub(r"^(?:authors?|by)\s?:?\s+", "", text, flags=re.IGNORECASE)


def _is_linked_title(block: Block) -> bool:
    """Return whether *block* is a title that is itself the link to its paper."""
    if len(block.links) != 1 or block.kind == "item":
        return False
    anchor = block.links[0]
    whole = anchor.end - anchor.start >= 0.8 * len(block.text.strip("*_ "))
    return whole and len(anchor.label.split()) >= 3 and relation(anchor.url) in ("paper", "pdf")


def recognises(document: Document) -> bool:
    """Return whether titles stand here above sections that ask what a paper is and why it matters."""
    if not re.search(r"wh?[ayt]{1,3}\b|wha\w{0,2}\b", document.text, re.IGNORECASE):
        return False
    reader = _Reader(document)
    sorts = {label.sort for label in reader.labels.values()} & {"what", "why"}
    if not sorts or not reader.titles:
        return False
    if len(sorts) == 2:
        return True
    named = masthead(document.head, reader.before())
    return bool(named.series or any(identifiers_in([reader.blocks[index]]) for index in reader.links))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the newsletter as one issue, with series and number where its first lines state them."""
    reader = _Reader(document)
    if not reader.titles:
        return ()
    end, warnings = _end(reader)
    parts = _parts(reader, end)
    entries = tuple(_entry(part) for part in parts)
    named = masthead(document.head, reader.before())
    return (_issue(document, named, entries, warnings),)


def _end(reader: _Reader) -> tuple[int, tuple[Remark, ...]]:
    """Return where the last paper ends, and remarks on what the newsletter says after it."""
    blocks = reader.blocks
    last = max([*reader.titles[-1:], *(place for place in reader.labels)], default=0)
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        over = block.kind == "rule" or is_sign_off(block) or (block.kind == "heading" and index > last + 1)
        if over and index not in reader.links:
            return index, remarks(blocks[index:], "stands behind the last paper")
    return len(blocks), ()


def _parts(reader: _Reader, end: int) -> list[_Part]:
    """Return the papers' blocks; a second ``What is it?`` without a title above it begins a paper without title."""
    parts: list[_Part] = []
    group: str | None = None
    titles = set(reader.titles)
    for index, block in enumerate(reader.blocks[:end]):
        label = reader.labels.get(index)
        if index in titles:
            parts.append(_Part(block, block.line, group, [block] if block.links else []))
        elif reader.is_group(index):
            group = block.plain
        elif not parts or block.kind == "rule":
            continue
        else:
            if label and label.sort == "what" and any(_asks_what(name) for name, _ in parts[-1].sections):
                parts.append(_Part(None, block.line, group))
            _add(parts[-1], block, label, index in reader.links, reader._is_authors(index))
    return parts


def _asks_what(heading: str) -> bool:
    return heading.lower().startswith("what")


def _add(part: _Part, block: Block, label: Label | None, is_link: bool, is_authors: bool) -> None:
    if is_link:
        part.links.append(block)
    elif label and label.sort == "authors":
        part.authors.append(label.rest)
    elif label:
        rest = [replace(block, text=label.rest, gap=True)] if label.rest else []
        part.sections.append((label.words, rest))
    elif is_authors and not part.sections:
        part.authors.append(_unlabelled(block.plain))
    elif part.sections:
        part.sections[-1][1].append(block)
    else:
        part.sections.append((UNLABELLED, [block]))


def _entry(part: _Part) -> Entry:
    names, more = split_names(", ".join(part.authors)) if part.authors else ((), 0)
    texts = [block for _, blocks in part.sections for block in blocks]
    identifiers = identifiers_in(part.links)
    if not identifiers and not any(block.addresses for block in part.links):
        identifiers = _first_mention(texts)
    title = part.title.plain if part.title else None
    if title and (match := _NUMBERING.match(title)):
        title = title[match.end() :]
    return Entry(
        title=re.sub(r"\s*https?://\S+$", "", title) if title else None,
        authors=names,
        more_authors=more,
        identifiers=identifiers,
        links=links_of([*part.links, *texts]),
        sections=tuple(Section(words, prose(blocks)) for words, blocks in part.sections if blocks),
        categories=(part.group,) if part.group else (),
        line=part.line,
    )


def _first_mention(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the identifiers of the only paper that the first words of the first section link to, if they do."""
    found = identifiers_in(
        [replace(block, links=tuple(a for a in block.links if a.start < 150)) for block in blocks[:1]]
    )
    return found if len(identifiers_in(blocks)) == len(found) == 1 else {}


def _issue(document: Document, named: Masthead, entries: tuple[Entry, ...], warnings: tuple[Remark, ...]) -> Issue:
    first = next((entry.title for entry in entries if entry.title), None)
    return Issue(
        id="",
        title=named.title or clean(f"{LABEL}: {first}" if first else LABEL),
        entries=entries,
        format=NAME,
        series=named.series,
        number=named.number,
        date=named.date,
        introduction=prose(named.introduction) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=(*remarks(named.left, "stands before the first paper"), *warnings),
    )
