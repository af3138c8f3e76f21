"""Papers with details, made of what services said, and a stand-in for what is being looked up at a chosen moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tui.desk import Desk
from tui.model import Answer, Inquiry, Job, Link, Offer, Progress, Record, Reply, ServiceState
from tui.provenance import LABELS
from tui.settings import PROVIDERS

NOW = datetime(2026, 11, 21, 14, 5, 58, tzinfo=UTC)
LATER = NOW + timedelta(minutes=14, seconds=2)
DONE = "2026-11-21T14:01:00Z"

AUTHORS = ("Krzysztof Choromanski", "Valerii Likhosherstov", "David Dohan", "Xingyou Song", "Andreea Gane")
ABSTRACT = (
    "Performers estimate the softmax attention of Transformers with random features, so that time and space grow "
    "linearly with the length of the sequence, and no sparsity is assumed."
)
PREPRINT = Record(
    "preprint", "Rethinking Attention with Performers", AUTHORS, 0, 2020, 9, arxiv="2009.14794", primary_class="cs.LG"
)
PUBLISHED = Record("conference", "Rethinking Attention with Performers", AUTHORS, 0, 2021, venue="ICLR 2021")


def arxiv(**more: object) -> Answer:
    """Return what arXiv says of the Performers."""
    known: dict[str, object] = {
        "provider": "arxiv",
        "id": "2009.14794",
        "kind": "preprint",
        "record": PREPRINT,
        "abstract": ABSTRACT,
        "identifiers": {"arxiv": "2009.14794"},
        "categories": ("cs.LG", "stat.ML"),
        "facts": {"comment": "36 pages, published at ICLR 2021"},
        "links": (Link("https://arxiv.org/pdf/2009.14794", "pdf"),),
        "fetched": DONE,
    }
    return Answer(**{**known, **more})  # type: ignore[arg-type]


def dblp() -> Answer:
    """Return what DBLP says of them: the published version."""
    identifiers = {"arxiv": "2009.14794", "dblp": "conf/iclr/ChoromanskiLDSG21"}
    return Answer("dblp", "conf/iclr/ChoromanskiLDSG21", "published", PUBLISHED, None, identifiers, fetched=DONE)


def github() -> Answer:
    """Return what GitHub says of their code."""
    return Answer(
        "github",
        "google-research/google-research",
        facts={"stars": 34512, "licence": "Apache-2.0"},
        links=(Link("https://github.com/google-research/google-research", "code"),),
        fetched=DONE,
    )


def offer(title: str = "How to Represent Part-Whole Hierarchies in a Neural Network: Part II") -> Offer:
    """Return a record that may be Hinton's paper."""
    record = Record("journal", title, ("Geoffrey E. Hinton", "Ada Lovelace"), 0, 2023, venue="Neural Computation")
    answer = Answer("crossref", f"10.1162/{len(title)}", "published", record, fetched=DONE, via="title")
    return Offer(answer, 84, "The title goes on with “Part II”; 1 of 2 authors agrees; 2023 and not 2021.")


def failure(provider: str, why: str, until: datetime | None = None) -> Reply:
    """Return that *provider* could not be asked."""
    return Reply(f"{provider} title x", provider, "failed", DONE, why, until.isoformat() if until else None)


def inquiry(*answers: Answer, offers: Sequence[Offer] = (), failures: Sequence[Reply] = (), **more: object) -> Inquiry:
    """Return what came of asking, ended unless said otherwise."""
    good = tuple(Reply(f"{each.provider} x", each.provider, "answered", DONE, gave=(each.name,)) for each in answers)
    known: dict[str, object] = {"answers": answers, "offers": tuple(offers), "replies": (*good, *failures)}
    return Inquiry(**{**known, "done": DONE, **more})  # type: ignore[arg-type]


def keep(desk: Desk, paper: str, found: Inquiry) -> None:
    """Let the library hold *found* of *paper*, as if it had just arrived."""
    desk.filling.put_inquiries({paper: found})


class Standing:
    """What is being looked up, as a test says it: the looking of a desk without services and threads.

    ``asked`` holds what the screens asked, ``stopped`` what they cancelled; ``waiting`` papers arrive at the next
    collecting.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.on_arrival: Callable[[], None] | None = None
        self.needs_contact = False
        self.contact: str | None = None
        self.asked: list[tuple[tuple[str, ...], bool]] = []
        self.stopped: list[tuple[tuple[str, ...] | None, str | None]] = []
        self.held: tuple[Job, ...] = ()
        self.how_far = Progress()
        self.conditions: dict[str, ServiceState] = {}
        self.arriving: dict[str, Inquiry] = {}
        self.collected = 0
        self.waited = 0

    def ask(self, names: Iterable[str], refresh: bool = False, front: bool = False) -> int:
        chosen = tuple(names)
        self.asked.append((chosen, refresh))
        return len(chosen if refresh else self.wanted(chosen))

    def ask_later(self, names: Iterable[str], refresh: bool = False) -> int:
        return self.ask(names, refresh)

    def wanted(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if not self.desk.rack.inquiry(name).done)

    def resume(self) -> int:
        return self.waited

    def stop(self, papers: Iterable[str] | None = None, service: str | None = None) -> int:
        self.stopped.append((None if papers is None else tuple(papers), service))
        return len(self.held)

    def collect(self, seconds: float | None = None) -> frozenset[str]:
        self.collected += 1
        arrived, self.arriving = self.arriving, {}
        for name, found in arrived.items():
            keep(self.desk, name, found)
        return frozenset(arrived)

    def jobs(self) -> tuple[Job, ...]:
        return self.held

    def services(self) -> tuple[ServiceState, ...]:
        return tuple(self.conditions.get(name, ServiceState(name, LABELS[name], "ready")) for name in PROVIDERS)

    def progress(self) -> Progress:
        return self.how_far

    def keep_contact(self, address: str) -> None:
        from tui.desk.contact import keep as keep_address

        keep_address(address, self.desk.settings)
        self.contact, self.needs_contact = address, False

    def close(self) -> None:
        """Nothing is under way."""


def standing(desk: Desk) -> Standing:
    """Let *desk* look nothing up but stand as a test says, and return where to say it."""
    stand_in = Standing(desk)
    desk.looking = stand_in  # type: ignore[assignment]  # the tests' own
    return stand_in
