"""What the details pane prints of services: how a look-up stands, versions, offers, facts, and who was not reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime

from tui.frozen import dataclass
from tui.model import Details, Job, Link, Offer, Paper, Record, Value, Version
from tui.model.names import others, shown_name
from tui.text import fold, shown
from tui.widgets.blocks import Block, Parts
from tui.widgets.times import clock, day, parsed

MOST_AUTHORS = 20
"""Authors that are named in the details; collaborations have thousands."""

ROOM = 4
"""Lines that are kept free in the head for what a look-up without a key brings: authors, a version, its evidence."""


ACTIONS = ("look-up", "version", "take", "refuse")
"""The actions whose keys are named in the details."""


@dataclass(frozen=True)
class LookUp:
    """What the pane is told beside the paper: the time, what services and facts are called, and the paper's job.

    ``soon`` says that it will be looked up without a key, ``pdf`` in which file its PDF is. ``keys``
    are those of the actions :data:`ACTIONS`.
    """

    now: datetime
    labels: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    job: Job | None = None
    soon: bool = False
    pdf: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def under_way(self) -> bool:
        """Whether the paper is being looked up, or will be when its turn comes."""
        return self.job is not None and self.job.state in ("running", "waiting", "paused")

    def key(self, id: str) -> str:
        """Return the key of the action called *id*."""
        return self.keys.get(id, id)

    def label(self, provider: str) -> str:
        """Return what the service *provider* is called."""
        return self.labels.get(provider, provider)

    def listed(self, providers: Iterable[str]) -> str:
        """Return the names of services in a row."""
        return ", ".join(self.label(name) for name in dict.fromkeys(providers))


def authors(names: tuple[str, ...], more: int = 0, most: int = MOST_AUTHORS) -> Parts:
    """Return the first *most* of *names*, and how many more there are; *more* are counted without being named."""
    left = others(max(0, len(names) - most), more)
    named = ", ".join(shown_name(name) for name in names[:most])
    said = f" {left}" if left == "et al." else f" … and {left}" if left else ""
    return (named, "authors"), (said, "muted")


# How it stands


def state(paper: Paper, look_up: LookUp) -> Block:
    """Return what says how the look-up of *paper* stands, in one line while it is under way: what is below stays."""
    return Block(((_state(paper, look_up), "muted"),), name="state", cut=look_up.under_way)


def _state(paper: Paper, look_up: LookUp) -> str:
    details, job = paper.details, look_up.job
    if job and look_up.under_way:
        return _under_way(job, look_up)
    if details and details.done:
        return _done(details, look_up)
    if job and job.state == "cancelled":
        return f"the look-up was cancelled · {look_up.key('look-up')} goes on"
    if job and job.state == "failed":
        return f"not looked up: {job.why or 'no service could be reached'}"
    if details and details.waiting:
        return "waits to be looked up"
    if details and details.failures:
        return f"not looked up, no service could be reached · {look_up.key('look-up')} tries again"
    return f"not looked up yet · {look_up.key('look-up')} looks it up"


def _under_way(job: Job, look_up: LookUp) -> str:
    if job.state == "running":
        return f"looking up: {look_up.listed(job.services)} …" if job.services else "looking up …"
    who = look_up.listed(job.services)
    if job.state == "waiting":
        return f"waits for {who}" if who else "waits to be looked up"
    until = f" until {clock(job.until, look_up.now)}" if job.until else ""
    return f"{who or 'the look-up'} paused{until} · then it goes on"


def _done(details: Details, look_up: LookUp) -> str:
    said = (each for one in details.fields.values() for each in (one.said, *one.others) if each.fetched)
    unsure = "one record may be it" if details.offers else "no service knows it"
    who = look_up.listed(each.provider for each in said) or unsure
    missed = f"{len(details.failures)} not reached · " if details.failures else ""
    return f"looked up {day(details.done)} · {missed}{who}"


def pdf(look_up: LookUp) -> Iterator[Block]:
    """Yield in which file the PDF is, where it is here."""
    if look_up.pdf:
        yield Block((("PDF ", "muted"), (look_up.pdf, "identifier"), (" · p opens it", "muted")), name="pdf", cut=True)


def body(paper: Paper, look_up: LookUp) -> Block:
    """Return the edge below the head: what is read there moves no more than it must while a look-up fills the head.

    Where papers are looked up without a key, room is kept, so that it does not move at all. The reader who struck a
    key looks at the head: what is below moves down as lines come there, and nothing is left empty in the end.
    """
    begun = bool(paper.details and (paper.details.done or paper.details.fields))
    coming = look_up.job is None or look_up.job.state in ("running", "waiting")
    return Block((), stays=look_up.soon or look_up.under_way, room=ROOM if look_up.soon and coming and not begun else 0)


def withdrawn(details: Details | None) -> Iterator[Block]:
    """Yield the warning that the paper was withdrawn or retracted, where it was."""
    if details and details.withdrawn:
        yield Block((("Withdrawn. ", "warning"), (shown(details.withdrawn), "warning")), name="withdrawn")


# Versions


def versions(details: Details | None, look_up: LookUp) -> Iterator[Block]:
    """Yield which version is shown, which other there is, and why it is believed to be of this paper."""
    if details is None or details.shown is None or len(details.versions) < 2:
        return
    other = next(each for each in details.versions if each.kind != details.shown.kind)
    published = next(each for each in details.versions if each.kind == "published")
    shown_one, rest = _named(details.shown), _named(other)
    if details.question:
        parts = (("Two versions: ", "muted"), (f"{shown_one}, {rest}", "identifier"))
        yield Block((*parts, (f" · {look_up.key('version')} takes the published one", "muted")), gap=1, name="version")
    else:
        yield Block(
            (
                ("Published version" if details.shown.kind == "published" else "Preprint", "identifier"),
                (f" · {look_up.key('version')} shows the {rest}", "muted"),
            ),
            gap=1,
            name="version",
        )
    yield Block(((shown(published.evidence), "muted"),), name="evidence")


def _named(version: Version) -> str:
    kind = "published version" if version.kind == "published" else "preprint"
    where = place(version.record)
    return f"{kind} ({where})" if where else kind


def place(record: Record) -> str:
    """Return where and when *record* appeared: ``ICLR 2021``, ``arXiv 2010.11929``."""
    if record.type == "preprint" and record.arxiv:
        return f"arXiv {record.arxiv}"
    venue, year = shown(record.venue or ""), str(record.year or "")
    # Proceedings often carry their year in their name.
    return venue if year and year in venue else " ".join(part for part in (venue, year) if part)


# Is this it?


def offers(paper: Paper, look_up: LookUp) -> Iterator[Block]:
    """Yield the best record that the reader should say yes or no to, with the words in which it differs."""
    waiting = paper.details.offers if paper.details else ()
    if not waiting:
        return
    offer = waiting[0]
    beside = f"   1 of {len(waiting)}" if len(waiting) > 1 else ""
    yield Block((("Is this it?", "question"), (beside, "muted")), gap=1, name="offer")
    yield Block(_differing(shown(offer.answer.record.title or "no title"), paper.title or ""), indent=2, bar=True)
    if by := _differing_names(offer.answer.record.authors, paper.authors):
        yield Block(by, indent=2, bar=True)
    yield Block(((_whence(offer, look_up), "muted"),), indent=2, bar=True)
    yield Block(((shown(offer.why), ""),), indent=2, bar=True)
    take, refuse = look_up.key("take"), look_up.key("refuse")
    keys = ((take, "key"), (" takes it   ", "muted"), (refuse, "key"), (" refuses it", "muted"))
    yield Block(keys, indent=2, bar=True, name="offer-keys")


def _whence(offer: Offer, look_up: LookUp) -> str:
    record = offer.answer.record
    found = [place(record) or str(record.year or ""), f"{look_up.label(offer.answer.provider)}, {offer.score} % alike"]
    return " · ".join(part for part in found if part)


def _differing(words: str, known: str) -> Parts:
    """Return *words* with those emphasised that are not among the *known* ones."""
    there = {_bare(word) for word in shown(known).split()}
    return tuple((f"{word} ", "title" if not there or _bare(word) in there else "differing") for word in words.split())


def _bare(word: str) -> str:
    return fold(word).strip(".,:;!?()[]“”\"'")


def _differing_names(names: tuple[str, ...], known: tuple[str, ...]) -> Parts:
    there = {family for name in known if (family := _family(name))}
    parts: list[tuple[str, str]] = []
    for number, name in enumerate(names[:MOST_AUTHORS]):
        alike = not there or _family(name) in there
        parts += [(", " if number else "", "muted"), (shown_name(name), "authors" if alike else "differing")]
    return (*parts, (f" … and {len(names) - MOST_AUTHORS:,} more" if len(names) > MOST_AUTHORS else "", "muted"))


def _family(name: str) -> str:
    words = fold(shown(name)).split()
    return words[-1] if words else ""


# Facts and failures


def facts(details: Details | None, look_up: LookUp) -> Iterator[Block]:
    """Yield what services know beyond the record: comment, citations, stars, models, who says so beside each."""
    known = [name for name in look_up.facts if details and name in details.fields]
    if details is None or not known:
        return
    yield Block((("From services", "heading"),), gap=1, name="facts")
    width = max(len(look_up.facts[name]) for name in known)
    for name in known:
        said = details.fields[name].said
        parts = (shown(words_of(said.value)), ""), (f"  {look_up.label(said.provider)}", "muted")
        yield Block(parts, lead=((f"{look_up.facts[name]:<{width}}  ", "muted"),), name=f"fact {name}")


def words_of(value: Value) -> str:
    """Return the value of a field as words: numbers with separators of thousands, lists with commas, addresses bare."""
    if isinstance(value, int):
        return f"{value:,}" if value > 9999 else str(value)
    if isinstance(value, str):
        return value
    return ", ".join(part.url if isinstance(part, Link) else part for part in value)


def failures(details: Details | None, look_up: LookUp) -> Iterator[Block]:
    """Yield which services were not reached, why, and when asking again has a point."""
    if details is None or not details.failures:
        return
    yield Block((("Not reached", "heading"),), gap=1, name="failures")
    for reply in details.failures:
        until = parsed(reply.until)
        when = f", until {clock(until, look_up.now)}" if until and until > look_up.now else ""
        label, why = look_up.label(reply.provider), shown(reply.why or "it did not answer")
        when = "" if "until" in why else when
        named = why if label in why else f"{label}: {why}"
        yield Block(((named.removesuffix("."), "muted"), (f"{when}.", "muted")))
