"""Where a paper's words meet styles: what the details pane prints, as blocks of (text, role) parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tui.model import Mention, Paper, Post
from tui.text import fold, shown
from tui.widgets import details_text, reader_marks
from tui.widgets.blocks import Block
from tui.widgets.details_text import LookUp
from tui.widgets.issue_list import short_date

_SCHEMES = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview"}
_BIBTEX = re.compile(
    r"(?P<type>@\w+)|(?P<name>^[^\S\n]*+[\w-]++)(?P<equals>\s*+=)|(?P<command>\\[a-zA-Z]+|\\.)|(?P<brace>[{}]+)|(?P<math>\$)",
    re.MULTILINE,
)


def details(paper: Paper, issue: str | None, key: str, look_up: LookUp) -> tuple[Block, ...]:
    """Return what is known of *paper*, with the words of *issue*, where it is read, before those of others."""
    here = next((m for m in paper.mentions if m.issue == issue), paper.mentions[0])
    return (
        *_head(paper, here, key),
        details_text.state(paper, look_up),
        *details_text.pdf(look_up),
        *details_text.withdrawn(paper.details),
        *details_text.versions(paper.details, look_up),
        *details_text.offers(paper, look_up),
        details_text.body(paper, look_up),
        *reader_marks.note(paper),
        *sections(here),
        *abstract(paper),
        *posts(here),
        *details_text.facts(paper.details, look_up),
        *_links(paper),
        *(block for m in paper.mentions if m is not here for block in _other(paper, m)),
        *details_text.failures(paper.details, look_up),
    )


def _head(paper: Paper, here: Mention, key: str) -> Iterator[Block]:
    if paper.title:
        yield Block(((shown(paper.title), "title"),), name="title")
    else:
        yield Block((("No title: the issue gives only its abstract.", "muted"),), name="title")
    if paper.authors:
        yield Block(details_text.authors(paper.authors, paper.more_authors), name="authors")
    else:
        # Its place is kept, so that nothing moves when a service names them.
        yield Block((("no authors named yet", "muted"),), name="authors")
    yield Block(tuple(_facts(paper, key)), gap=1, name="record")
    yield Block(((f"{place_in(here)} · {shown(here.issue_title)}", "muted"),), cut=True)
    if paper.talked_about:
        beside = " · = side by side" if len(paper.mentions) > 1 else ""
        yield Block((("talked about ", "muted"), (paper.talked_about, "identifier"), (beside, "muted")), name="talked")
    yield reader_marks.marks(paper)


def _facts(paper: Paper, key: str) -> Iterator[tuple[str, str]]:
    venue, year = shown(paper.venue or ""), str(paper.year or "")
    facts = [("", venue), ("", "" if year in venue else year)]
    facts += [(_SCHEMES.get(scheme, scheme), value) for scheme, value in paper.identifiers.items()]
    facts.append(("key" if paper.marks.key else "key would be", key))
    between = ""
    for name, value in facts:
        if value:
            yield f"{between}{name}{' ' if name else ''}", "muted"
            yield value, "identifier"
            between = "  "


def sections(mention: Mention) -> Iterator[Block]:
    """Yield the sections that the issue wrote on the paper."""
    for section in mention.entry.sections:
        yield Block(((shown(section.heading), "heading"),), gap=1)
        yield Block(((shown(section.text), ""),))


def abstract(paper: Paper) -> Iterator[Block]:
    """Yield the abstract under its heading, if there is one."""
    if paper.abstract:
        yield Block((("Abstract", "heading"),), gap=1)
        yield Block(((shown(paper.abstract), ""),), name="abstract")


def posts(mention: Mention) -> Iterator[Block]:
    """Yield the posts that the issue quotes on the paper, under their heading."""
    for number, post in enumerate(mention.entry.posts):
        yield from _post(post, not number)


def _post(post: Post, first: bool) -> Iterator[Block]:
    if first:
        yield Block((("Posts", "heading"),), gap=1)
    by = " ".join(part for part in (post.author, f"@{post.handle}" if post.handle else "") if part)
    said = " · ".join(part for part in (by, short_date(post.date or "")) if part)
    yield Block(((post.text, ""),), gap=0 if first else 1, indent=2, bar=True)
    if said:
        yield Block(((said, "muted"),), indent=2, bar=True)


def _links(paper: Paper) -> Iterator[Block]:
    if paper.links:
        yield Block((("Links", "heading"),), gap=1)
    for link in paper.links:
        yield Block(((link.url, "link"),), lead=((f"{link.rel:<8}", "muted"),))


def place_in(mention: Mention) -> str:
    """Return where the issue speaks of the paper and when, and what it counts and sorts of it."""
    entry = mention.entry
    metrics = [f"{name} {value:,}" for name, value in entry.metrics.items()]
    said = [f"place {mention.position}", short_date(entry.date or mention.date or ""), *metrics, *entry.categories]
    if entry.submitter:
        said.append(f"submitted by {shown(entry.submitter)}")
    return " · ".join(part for part in said if part)


def printed(paper: Paper, mention: Mention) -> Iterator[Block]:
    """Yield the title that the issue prints, where the paper goes by another one."""
    title = mention.entry.title
    if title and fold(title) != fold(paper.title or ""):
        yield Block(((shown(title), ""),), lead=(("printed as  ", "muted"),))


def _other(paper: Paper, mention: Mention) -> Iterator[Block]:
    yield Block((("Also in ", "heading"), (shown(mention.issue_title), "heading")), gap=1)
    yield Block(((place_in(mention), "muted"),))
    yield from printed(paper, mention)
    for section in mention.entry.sections:
        yield Block(((f"{shown(section.heading)} ", "muted"), (shown(section.text), "")), indent=2, bar=True)
    for post in mention.entry.posts:
        yield from _post(post, False)


def bibtex(text: str, remarks: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return BibTeX coloured by what its parts are, letter for letter, under *remarks* on it."""
    blocks = [Block(((remark, "warning"),)) for remark in remarks]
    for number, line in enumerate(text.rstrip("\n").split("\n")):
        name, equals, value = line.partition(" = ")
        lead = tuple(_tokens(name + equals)) if equals else ()
        blocks.append(Block(tuple(_tokens(value if equals else line)), gap=bool(blocks and not number), lead=lead))
    return tuple(blocks)


_ROLES = {
    "type": "heading",
    "name": "name",
    "equals": "muted",
    "command": "link",
    "brace": "muted",
    "math": "link",
}


def _tokens(line: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in _BIBTEX.finditer(line):
        yield line[end : match.start()], ""
        for group, role in _ROLES.items():
            if match[group]:
                yield match[group], role
        end = match.end()
    yield line[end:], ""


def host_of(url: str) -> str:
    """Return the host of *url* as a toast names it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
