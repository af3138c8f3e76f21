"""Hard queries: what a list prints of a work, and the records that a search gives, perhaps without the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.bench.damage import DAMAGES, initial
from tests.bench.records import Half, Pool, Work, pool
from tests.bench.traps import TRAPS
from tui.matching import Wanted
from tui.model import Answer, Record

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


@dataclass(frozen=True)
class Query:
    """What is looked for, how it was damaged, the records found, and the names of those that are right."""

    damage: str
    wanted: Wanted
    answers: tuple[Answer, ...]
    right: frozenset[str]


def answer(name: str, work: Work, **more: object) -> Answer:
    """Return the record of *work* as a service gives it."""
    record = Record(title=work.title, authors=work.authors, more_authors=work.more, year=work.year)
    return Answer("bench", name, "published", record, **more)  # type: ignore[arg-type]  # short calls


def _as_given(rng: Random, work: Work) -> list[Answer]:
    """Return the right record as services give it: initials, alphabetised, preprint and published version."""
    shape = rng.random()
    if shape < 0.2:
        work = replace(work, authors=tuple(map(initial, work.authors)))
    elif shape < 0.3:
        work = replace(work, authors=tuple(sorted(work.authors, key=lambda name: name.split()[-1])))
    answers = [answer("right", work)]
    if rng.random() < 0.2:
        earlier = replace(work, year=work.year and work.year - 1)
        answers.append(replace(answer("right preprint", earlier), kind="preprint"))
    return answers


def _one(rng: Random, work: Work, works: Pool, damage: str, wanted: Wanted, half: Half) -> Query:
    here = rng.random() < 0.6
    answers = _as_given(rng, work) if here else []
    right = frozenset(each.name for each in answers)
    traps = [trap for trap, both in TRAPS.items() if both or half == "held out"]
    for number, trap in enumerate(rng.sample(traps, rng.randrange(1, 4))):
        if made := trap(rng, work, rng.choice(works.works)):
            answers.append(answer(f"trap {number} {trap.__name__}", made))
    siblings = works.siblings(work, rng.randrange(2, 4))
    answers += [answer(f"sibling {number}", sibling) for number, sibling in enumerate(siblings)]
    rng.shuffle(answers)
    return Query(damage, wanted, tuple(answers), right)


def queries(half: Half, every: int = 1) -> Iterator[Query]:
    """Yield the queries of *half*, the same at every call: two for each work, or for every *every*-th.

    A damage has its turn by the work's own number, so that each comes as often as the others; a work to which it
    cannot be done is damaged in the next way.
    """
    works = pool(half)
    damages = [damage for damage, both in DAMAGES.items() if both or half == "held out"]
    for place, work in enumerate(works.works):
        if place % every or not work.authors:
            continue  # a work whose authors are not known only stands beside others
        rng = Random(work.number)
        base = Wanted(work.title, work.authors, work.more, work.year)
        start, made = rng.randrange(len(damages)), 0
        for damage in damages[start:] + damages[:start]:
            if made < 2 and (wanted := damage(rng, work, base)):
                made += 1
                yield _one(rng, work, works, damage.__name__.replace("_", " "), wanted, half)
    for place, query in enumerate(_by_abstract(half)):
        if not place % every:
            yield query


@lru_cache(maxsize=1)
def _abstracts() -> tuple[tuple[Work, str], ...]:
    from tui.desk.intake import read_sources
    from tui.settings import Settings

    entries = [e for s in read_sources([str(SAMPLES)], Settings()) for issue in s.issues for e in issue.entries]
    long = [e for e in entries if e.abstract and len(e.abstract.split()) >= 40]
    return tuple((Work(e.title or "Untitled", e.authors, e.more_authors, e.year), e.abstract or "") for e in long)


def _by_abstract(half: Half) -> Iterator[Query]:
    """Yield queries by an abstract alone, cut or with broken words, beside one that begins alike and one of others."""
    everything = _abstracts()
    for place, (work, text) in enumerate(everything):
        if work.half != half:
            continue
        rng = Random(work.number)
        words = text.split()
        other = everything[(place + 1) % len(everything)]
        trap = " ".join(words[:15] + other[1].split()[15:])
        answers = [answer("other", other[0], abstract=other[1]), answer("begins alike", work, abstract=trap)]
        right = frozenset(["bench:right"]) if rng.random() < 0.6 else frozenset[str]()
        if right:
            answers.append(answer("right", work, abstract=text))
        rng.shuffle(answers)
        shown = rng.choice([" ".join(words[:34]) + "…", _broken(rng, words), text.replace(" ", "\n"), text])
        yield Query("abstract", Wanted(abstract=shown), tuple(answers), right)


def _broken(rng: Random, words: list[str]) -> str:
    return " ".join(f"{w[: len(w) // 2]} {w[len(w) // 2 :]}" if len(w) > 6 and rng.random() < 0.2 else w for w in words)
