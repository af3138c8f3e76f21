"""What a card of triage prints: a head of five lines that stands still, and what the issue and the abstract say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tui.model import Mention, Paper
from tui.text import shown
from tui.widgets import details_text
from tui.widgets.blocks import Block, Parts
from tui.widgets.details_text import LookUp
from tui.widgets.paper_text import abstract, posts, sections

HEAD = 5
"""Lines of the head: two of title, one each of authors, of facts, and of how its look-up stands."""

NO_ABSTRACT = "No abstract is known yet; f asks the services for it, and the paper comes again."

DECIDED = {"read": "read", "keep": "◇ kept to read", "skip": "× skipped", "star": "★ starred, kept to read"}
"""What stands before the facts of a paper that was decided on."""

COUNTED = {"keep": "kept", "star": "starred", "read": "read", "skip": "skipped"}


def here(paper: Paper, issue: str | None) -> Mention:
    """Return what the issue that is read says of *paper*, else what its newest one does."""
    return next((mention for mention in paper.mentions if mention.issue == issue), paper.mentions[0])


def title(paper: Paper, starred: bool = False) -> Parts:
    """Return the title, with a star before it where the paper has one."""
    star = (("★ ", "mark"),) if starred else ()
    return (
        *star,
        (shown(paper.title), "title") if paper.title else ("No title: its abstract is all there is.", "muted"),
    )


def authors(paper: Paper, width: int) -> Content:
    """Return as many authors as fit into *width* cells, and how many more there are."""
    if not paper.authors:
        return styled((("no authors named yet", "muted"),))
    line = Content("")
    for most in range(min(len(paper.authors), 20), 0, -1):
        line = styled(details_text.authors(paper.authors, paper.more_authors, most))
        if line.cell_length <= width:
            break
    return line


def facts(paper: Paper, mention: Mention, issue: str, decision: str | None) -> Parts:
    """Return in one line what was decided, venue and year, the place in the issue, and how much is said of it.

    The *issue* that is read is not named: it stands on top.
    """
    venue, year, entry = shown(paper.venue or ""), str(paper.year or ""), mention.entry
    issues = len({each.issue for each in paper.mentions})
    said = [
        venue,
        "" if year in venue else year,
        f"place {mention.position}"
        if mention.issue == issue
        else f"{mention.position}. in {shown(mention.issue_title)}",
        f"in {issues} issues" if issues > 1 else "",
        *(f"{name} {value:,}" for name, value in entry.metrics.items()),
        *entry.categories,
    ]
    done = ((f"{DECIDED[decision]}   ", "mark"),) if decision else ()
    return (*done, (" · ".join(part for part in said if part), "muted"))


def state(paper: Paper, look_up: LookUp) -> Parts:
    """Return how the look-up of *paper* stands."""
    return details_text.state(paper, look_up).parts


def body(paper: Paper, mention: Mention) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """Return what warns, what the issue says, and the abstract."""
    said, known = (*sections(mention), *posts(mention)), tuple(abstract(paper))
    if not said and not known:
        known = (Block(((NO_ABSTRACT, "muted"),), gap=1, name="abstract"),)
    return tuple(details_text.withdrawn(paper.details)), said, known


def end(decided: Mapping[str, int]) -> tuple[Content, ...]:
    """Return the head of the last card: what was decided."""
    counts = _counted(decided) or [("Nothing was decided.", "muted")]
    return styled((("This was the last one.", "title"),)), styled(tuple(counts))


def closing(left: int, again: str, following: str) -> tuple[Block, ...]:
    """Return what stands on the last card: what is *left*, how to see it *again*, and where else something is."""
    stays = f"{left:,} {'paper stays' if left == 1 else 'papers stay'} unread; {again}."
    kept = (Block(((stays, ""),), gap=1),) if left else ()
    return (*kept, Block(((following, ""),), gap=1))


def _counted(decided: Mapping[str, int]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for decision, word in COUNTED.items():
        if decided.get(decision):
            found += [(" · " if found else "", "muted"), (f"{decided[decision]:,}", "title"), (f" {word}", "")]
    return found


def counted(decided: Mapping[str, int]) -> str:
    """Return what was decided so far in a few words."""
    return " · ".join(f"{decided[name]:,} {word}" for name, word in COUNTED.items() if decided.get(name))


def styled(parts: Parts) -> Content:
    """Return *parts* in their colours."""
    from tui.widgets.prose import ROLES

    return Content.assemble(*((text, ROLES[role]) if role else text for text, role in parts))
