"""An item of a list of papers, or a heading with what stands below it, as the paper that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, is_name, split_names
from tui.digests.findings import UNHEADED
from tui.digests.item_titles import Titled, titled
from tui.digests.mentions import Mention, bare, linked_title, mentions
from tui.digests.naming import after_title
from tui.digests.statements import identifiers_in, is_label, is_labelled, is_link_line, links_of
from tui.digests.venues import is_place, place_in
from tui.model import Entry, Section
from tui.text import clean

_PARTS = re.compile(r"\s[-–—|·]{1,2}\s|(?<=[^\W\d_]{2})\.\s|[;:]\s|\s{2,20}|[()\[\]\n]")
_HOLLOW = re.compile(r"[(\[][\s|,/·&;]{0,20}[)\]]")
_FIELD = re.compile(
    r"(authors?|by|abstract|tl;?dr|summary|venue|published(?: in)?|conference|journal|year|date)\s?[:：]\s{0,3}(?=\S)",
    re.IGNORECASE,
)
_ITEMS = ("item", "numbered")
_EDGE = ' \t:;,.-–—|·•*_"”“[]()`'


@dataclass(frozen=True)
class Unit:
    """The block that a paper's title stands in, and those that go on about it."""

    first: Block
    rest: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of them, in order."""
        return (self.first, *self.rest)

    @cached_property
    def is_paper(self) -> bool:
        """Whether a paper is named here by a link or an identifier, or has a title and a year as papers have them."""
        return any(mentions(block) for block in self.blocks) or is_unit(self.first)


def is_unit(block: Block) -> bool:
    """Return whether *block* names a paper with its title."""
    named = mentions(block)
    found = titled(block)
    if not found:
        return False
    if block.kind == "heading":
        return any(2 * len(mention.label) > len(block.text) and not is_label(mention.label) for mention in named)
    return bool(named) or (found.is_bold and bool(after_title(block, found.title)) and bool(block.addresses))


@dataclass
class _Facts:
    """What was found of a paper so far."""

    byline: str = ""
    venue: str | None = None
    year: int | None = None
    abstract: str | None = None
    said: list[str] = field(default_factory=list)

    def place(self, words: str) -> None:
        venue, year = place_in(words)
        self.venue, self.year = self.venue or venue, self.year or year


def entries(unit: Unit, categories: tuple[str, ...]) -> tuple[Entry, list[Entry]]:
    """Return the paper that *unit* speaks of, and those others that are linked in it with titles, or as a list."""
    alone = _alone(unit.rest)
    if alone:
        lines = {block.line for block in alone}
        unit = replace(unit, rest=tuple(block for block in unit.rest if block.line not in lines))
    found = titled(unit.first)
    facts = _Facts()
    if found:
        _behind(unit.first, found, facts)
    else:
        facts.said.append(_words(unit.first, 0, len(unit.first.text)))
    for block in unit.rest:
        _beside(block, facts)
    others = _others(unit, found)
    names, more = split_names(facts.byline)
    said = "\n".join(filter(None, facts.said))
    own = [_without(block, others) for block in unit.blocks]
    entry = Entry(
        title=found.title if found else None,
        authors=names,
        more_authors=more,
        year=facts.year,
        venue=facts.venue,
        abstract=facts.abstract,
        identifiers=identifiers_in(own),
        links=links_of(own),
        sections=(Section(UNHEADED, said),) if len(said.split()) > 3 else (),
        categories=categories,
        line=unit.first.line,
    )
    lone = [_lone(block, entry) for block in alone]
    return entry, [*(_other(mention, block, entry) for block, mention in others), *lone]


def _alone(rest: Sequence[Block]) -> list[Block]:
    """Return those items of *rest* that are papers by themselves: addresses without a word, and no two are one's."""
    bare = [block for block in rest if block.kind in _ITEMS and is_link_line(block) and not is_labelled(block)]
    named: dict[str, set[str]] = {}
    for mention in (each for block in bare for each in mentions(block)):
        named.setdefault(mention.scheme or "", set()).add(mention.value)
    several = {scheme for scheme, values in named.items() if scheme and len(values) > 1}
    return [block for block in bare if any(mention.scheme in several for mention in mentions(block))]


def _others(unit: Unit, found: Titled | None) -> list[tuple[Block, Mention]]:
    """Return further papers that *unit* names by identifier under titles of their own."""
    known: dict[str, str] = {}
    others: dict[str, tuple[Block, Mention]] = {}
    for block in unit.blocks:
        for mention in mentions(block):
            own = linked_title(mention)
            scheme = mention.scheme
            if not (scheme and known and own and not is_place(own)) or (found and own == found.title):
                known.setdefault(scheme or "", mention.value)
            elif known.get(scheme) != mention.value:
                others.setdefault(mention.key, (block, mention))
    return list(others.values())


def _without(block: Block, others: Sequence[tuple[Block, Mention]]) -> Block:
    gone = {mention.url for each, mention in others if each is block}
    return replace(block, links=tuple(link for link in block.links if link.url not in gone)) if gone else block


def _other(mention: Mention, block: Block, beside: Entry) -> Entry:
    words = clean(block.text)
    return Entry(
        title=linked_title(mention),
        identifiers={mention.scheme: mention.value} if mention.scheme else {},
        links=links_of([Block("", block.line, links=tuple(a for a in block.links if a.url == mention.url))]),
        sections=(Section(UNHEADED, words),) if block.kind not in ("item", "numbered") else beside.sections,
        categories=beside.categories,
        line=block.line,
    )


def _lone(block: Block, beside: Entry) -> Entry:
    return Entry(
        identifiers=identifiers_in([block]), links=links_of([block]), categories=beside.categories, line=block.line
    )


def _behind(block: Block, found: Titled, facts: _Facts) -> None:
    """Take authors, venue and year, and then what is said, from the words round the title."""
    if found.venue or found.year:
        facts.venue, facts.year = found.venue, found.year
    facts.byline = found.byline
    for anchor in block.links:
        if is_place(anchor.label) and not is_label(anchor.label):
            facts.place(anchor.label)
    after = after_title(block, found.title) if not found.byline else None
    if after and (not after[2] or is_byline(after[2]) or "et al" in after[2] or is_name(after[2])):
        facts.year, facts.byline = facts.year or int(after[1]), after[2]
        at = block.text.find(found.title) + len(found.title) + after.end()
        facts.said.append(_parted(_words(block, at, len(block.text)), facts))
        return
    facts.said.append(_parted(_words(block, found.end, len(block.text)), facts))


def _parted(text: str, facts: _Facts) -> str:
    """Take authors and places from the beginning of *text*; return what goes on in other words."""
    done = 0
    ends = [*((match.start(), match.end()) for match in _PARTS.finditer(text[:3000])), (len(text), len(text))]
    for start, end in ends:
        part = re.sub(r"^by\s", "", text[done:start].strip(_EDGE))
        if part and not _fact(part, facts):
            return text[done:].strip(' \t:;,-–—|·•*_"”“[]').lstrip(". ")
        done = end
    return ""


def _fact(part: str, facts: _Facts) -> bool:
    """Take in *part* if it is a list of authors, a place, a year or a label."""
    if is_label(part):
        return True
    if is_place(part):
        facts.place(part)
        return True
    people, comma, place = part.rpartition(",")
    if comma and is_place(place) and (is_byline(people) or "et al" in people or is_name(people)):
        facts.place(place)
        part = people.strip()
    if not facts.byline and (is_byline(part) or re.fullmatch(r"[^.!?]{2,60}\bet al\.?", part)):
        facts.byline = part
        return True
    return bool(comma) and part == facts.byline


def _beside(block: Block, facts: _Facts) -> None:
    """Take in a line that goes on about the paper: its links, its authors, where it appeared, or words."""
    if is_link_line(block):
        return
    words = _words(block, 0, len(block.text)).strip()
    plain = bare(words)
    if match := _FIELD.match(plain):
        if _stated(match[1].lower(), plain[match.end() :], facts):
            return
    elif is_label(plain, empty=True):
        return
    elif is_place(plain):
        facts.place(plain)
        return
    elif not facts.byline and not any(facts.said) and is_byline(plain):
        facts.byline = plain
        return
    elif not any(facts.said) and len(plain) < 400 and (rest := _parted(plain, facts)) != plain.strip(_EDGE):
        facts.said.append(rest)
        return
    mark = "- " if block.kind in ("item", "numbered") else ""
    facts.said.append(("\n" if block.gap and any(facts.said) and not mark else "") + mark + words)


def _stated(name: str, words: str, facts: _Facts) -> bool:
    """Take in what stands behind a label such as ``Authors:``; return whether that was understood."""
    if name in ("author", "authors", "by") and not facts.byline:
        facts.byline = words
    elif name in ("abstract", "summary", "tldr", "tl;dr") and not facts.abstract and name == "abstract":
        facts.abstract = words
    elif name in ("venue", "published", "published in", "conference", "journal", "year", "date"):
        facts.place(words)
    else:
        return False
    return True


def _words(block: Block, start: int, end: int) -> str:
    """Return the words of *block* between *start* and *end* without the labels of its links."""
    text = block.text[start:end]
    for anchor in reversed(block.links):
        if (
            start <= anchor.start
            and anchor.end <= end
            and (is_label(anchor.label, empty=True) or is_place(anchor.label))
        ):
            text = text[: anchor.start - start] + text[anchor.end - start :]
    text = re.sub(r"https?://\S{1,2000}", "", text)
    return _HOLLOW.sub("", _HOLLOW.sub("", text)).strip(" \t")
