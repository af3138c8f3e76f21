"""Pages of the ACL Anthology that list papers: a volume, an event with its volumes, an author; and the same as text.

The shape is that of the Anthology's Hugo templates, from memory and without the network (sure: they changed little from
2019 to 2025): buttons (``pdf bib abs``), the title in bold with a link to ``/ID/``, names with bars between, and the
abstract in a folded card below. Above the papers of a volume stands a heading that leads to ``/volumes/ID/``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.digests.blocks import Anchor, Block
from tui.digests.bylines import is_byline, split_names
from tui.digests.date_names import months, plain
from tui.digests.document import Document
from tui.digests.paragraphs import prose
from tui.digests.statements import links_of, outward, remarks
from tui.identifiers import identify
from tui.model import Entry, Issue

NAME = "acl-anthology"
LABEL = "ACL Anthology page"

_BUTTON = re.compile(
    r"(?:pdf|bib|abs|video|poster|presentation|software|dataset|attachment|supplementary|slides|code|note|erratum|revision"
    r"|optional ?supplementary ?material|award|copy)(?:\s?\(full\)|\s?\d)?",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|bib|endf|xml|mp4|zip|tgz|pptx?|txt|gz)$", re.IGNORECASE)
_VOLUME = re.compile(r"https?://(?:www\.)?aclanthology\.org/(?:volumes|events)/[\w.-]{2,80}/?$")
_PERSON = re.compile(r"https?://(?:www\.)?aclanthology\.org/people/")
_FRONT = re.compile(r"(?:\d{4}\.[\w-]{2,40}\.0|[A-Z]\d\d-\d{1,2}0{2,3})")
_FACT = re.compile(
    r"(?:anthology id|month|year|address|venues?|sigs?|publisher|url|doi|isbn|note|bibkey|cite \(acl\))\s?:", re.I
)
_YEAR = re.compile(r"(?:(\d{4})\.|[A-Z](\d\d)-)")
_PROCEEDINGS = re.compile(
    r"(?:proceedings|findings|transactions|computational linguistics|actes|\w+ \d{4})", re.IGNORECASE
)


@dataclass
class _Listed:
    """A paper as it is listed: its buttons and title, the volume that it stands in, and the lines below."""

    title: str
    head: list[Block]
    anchor: Anchor | None
    volume: str | None
    below: list[Block] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Return whether *document* lists papers with the Anthology's buttons before their titles."""
    if "bib" not in document.text:
        return False
    listed = _listed(_prepared(document))
    named = [each for each in listed if each.anchor or (each.below and is_byline(_barred(each.below[0].plain)))]
    return any("bib" in block.text for each in named for block in each.head)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the page as one issue, its papers in order; each states the volume that it stands in as its venue."""
    blocks = _prepared(document)
    listed = _listed(blocks)
    if not listed:
        return ()
    first = next(index for index, block in enumerate(blocks) if block is listed[0].head[0])
    before = blocks[:first]
    title, facts = _titled(document, before)
    own = title if re.search(r"/volumes/", document.address or document.head.address or "") or facts else None
    entries: list[Entry] = []
    for each in listed:
        known = identify(each.anchor.url) if each.anchor else None
        numbered = known is not None and _FRONT.fullmatch(known[1]) and _PROCEEDINGS.match(each.title)
        if numbered or each.title == each.volume:
            # The front matter of a volume is no paper; its title is the venue of those that are.
            continue
        entries.append(_entry(each, own, facts, document.address or document.head.address or ""))
    return (_issue(document, title, before, entries, facts),)


def _prepared(document: Document) -> list[Block]:
    return [block for block in document.blocks if not block.furniture and block.kind not in ("image", "rule")]


def _title_link(block: Block) -> Anchor | None:
    """Return the link in *block* that is a paper's title: to its page, and not to a file."""
    for anchor in block.links:
        known = identify(anchor.url)
        is_page = known is not None and known[0] == "acl" and not _FILE.search(anchor.url) and "#" not in anchor.url
        if is_page and len(anchor.label) > 3 and not _BUTTON.fullmatch(anchor.label.strip()):
            return anchor
    return None


def _are_buttons(block: Block) -> bool:
    if len(block.text) > 300:
        return False
    if block.links:
        rest = block.text
        for anchor in reversed(block.links):
            if not _BUTTON.fullmatch(anchor.label.strip()) and "#abstract" not in anchor.url:
                return False
            rest = rest[: anchor.start] + rest[anchor.end :]
        return not rest.strip(" |[]")
    words = re.sub(r"\s?\(full\)", "", block.text).split()
    return 0 < len(words) <= 12 and all(map(_BUTTON.fullmatch, words))


def _listed(blocks: Sequence[Block]) -> list[_Listed]:
    """Return the papers in order: each title with the buttons before it, and what stands below up to the next."""
    found: list[_Listed] = []
    buttons: list[Block] = []
    volume: str | None = None
    for block in blocks:
        anchor = _title_link(block)
        if not anchor and _are_buttons(block):
            buttons.append(block)
        elif not anchor and (block.kind == "heading" or _of_volume(buttons)):
            volume = _volume(block, buttons) or volume
            buttons = []
        elif (anchor and _begins(block, anchor, buttons)) or (not anchor and _is_bare_title(block, buttons)):
            title = _title(anchor.label if anchor else block.plain)
            found.append(_Listed(title, [*buttons, block], anchor, volume))
            buttons = []
        elif found:
            found[-1].below += [*buttons, block]
            buttons = []
        else:
            buttons = []
    return found


def _of_volume(buttons: Sequence[Block]) -> bool:
    return any("(full)" in block.text for block in buttons)


def _volume(block: Block, buttons: Sequence[Block]) -> str | None:
    """Return the volume whose papers follow, where *block* is its heading."""
    linked = next((each.label for each in block.links if _VOLUME.match(each.url)), None)
    return linked or (block.plain if _of_volume(buttons) else None)


def _begins(block: Block, anchor: Anchor, buttons: Sequence[Block]) -> bool:
    """Return whether the link *anchor* is the title of a paper that is listed, and no mention in an abstract."""
    before = block.text[: anchor.start]
    for each in reversed([each for each in block.links if each.end <= anchor.start]):
        before = before[: each.start] + before[each.end :]
    return not before.strip(" |[]") and (bool(buttons) or anchor.start > 0 or anchor.end >= len(block.text) - 1)


def _is_bare_title(block: Block, buttons: Sequence[Block]) -> bool:
    """Return whether *block* is the title below buttons in a text that lost its links."""
    has_links = any(each.links for each in buttons)
    return bool(buttons) and not has_links and 3 < len(block.text) <= 500 and not block.links


def _title(words: str) -> str:
    """Return a title without the blanks that the Anthology's spans leave in it."""
    return re.sub(r"\s+", " ", words).strip()


def _entry(each: _Listed, own: str | None, facts: dict[str, str], address: str) -> Entry:
    known = identify(each.anchor.url) if each.anchor else None
    names, more, below = _authors(each.below)
    return Entry(
        title=each.title,
        authors=names,
        more_authors=more,
        year=_year(known[1] if known else "", facts),
        venue=each.volume or own,
        abstract=prose(below) or None,
        identifiers=dict([known]) if known else {},
        links=links_of(outward([*each.head, *below], address)),
        categories=(each.volume,) if each.volume and each.volume != own else (),
        line=each.head[-1].line,
    )


def _authors(below: Sequence[Block]) -> tuple[tuple[str, ...], int, Sequence[Block]]:
    """Return names, how many more are counted, and what stands below them."""
    if not below:
        return (), 0, ()
    people = tuple(anchor.label for anchor in below[0].links if _PERSON.match(anchor.url))
    if people:
        return people, 0, below[1:]
    if is_byline(_barred(below[0].plain)):
        return *split_names(_barred(below[0].plain)), below[1:]
    return (), 0, below


def _barred(text: str) -> str:
    return re.sub(r"\s?\|\s?", ", ", text)


def _year(number: str, facts: dict[str, str]) -> int | None:
    if match := _YEAR.match(number):
        short = int(match[2]) if match[2] else 0
        return int(match[1]) if match[1] else (1900 if short > 50 else 2000) + short
    year = facts.get("year", "")
    return int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None


def _titled(document: Document, before: Sequence[Block]) -> tuple[str, dict[str, str]]:
    """Return the page's title, and what it states of a volume: its id, month, year, address, venue, publisher."""
    heading = next((block for block in before if block.kind == "heading"), None)
    stated = document.head.title or ""
    title = heading.plain if heading else re.sub(r"(?<!\s)\s++[-|–]\s+ACL Anthology$", "", stated)
    title = title or next((block.plain for block in before if len(block.text) > 10), LABEL)
    facts: dict[str, str] = {}
    for index, block in enumerate(before):
        if len(block.text) < 300 and (match := _FACT.match(block.text)):
            rest = block.plain[match.end() :].strip()
            following = before[index + 1].plain if index + 1 < len(before) else ""
            facts.setdefault(match[0].rstrip(" :").lower(), rest or following)
    return title, facts


def _issue(
    document: Document,
    title: str,
    before: Sequence[Block],
    entries: Sequence[Entry],
    facts: dict[str, str],
) -> Issue:
    month, year = months().get(plain(facts.get("month", ""))), _year("", facts)
    told = {title, *facts.values()}
    left = [
        block
        for block in before
        if block.plain not in told and not _FACT.match(block.text) and not block.links and not _are_buttons(block)
    ]
    introduction = [block for block in left if len(block.text) > 100]
    short = [block for block in left if len(block.text) <= 100]
    return Issue(
        id="",
        title=title,
        entries=tuple(entries),
        format=NAME,
        date=f"{year}-{month:02}" if year and month else None,
        introduction=prose(introduction) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks(short, "stands before the first paper"),
    )
