"""Runs of one target: seeds first, then what is made of them; findings, each cause once, made as small as can be."""

from __future__ import annotations

import gc
import random
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.fuzz.covering import Ways
from tests.fuzz.mutating import Mutator
from tests.fuzz.target import SECONDS, BrokenLawError, Target

_POOL = 600
"""Inputs that showed something new and are made others of."""
_TRIES = 600
"""Runs that making one finding smaller may cost."""


@dataclass(frozen=True)
class Finding:
    """An input that breaks a law: *cause* is the same for the same defect, *said* what happened."""

    target: str
    cause: str
    said: str
    data: bytes


@dataclass
class Report:
    """What the runs of one target gave."""

    target: str
    runs: int = 0
    seconds: float = 0.0
    ways: int = 0
    found_last: float = 0.0
    """After which share of the time the last new way was found."""
    pool: int = 0
    slowest: float = 0.0
    findings: list[Finding] = field(default_factory=list)


class SlowError(BrokenLawError):
    """One input took too long."""


def once(target: Target, data: bytes) -> float:
    """Run *target* on *data*; return the CPU time, and raise what is found."""
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        target.run(data)
    took = time.process_time() - begun
    if took > SECONDS:
        raise SlowError(f"{len(data):,} bytes take more than {SECONDS:g} s")
    return took


def cause_of(error: BaseException) -> str:
    """Return what is the same for the same defect: the error, and where the program or the law was."""
    if isinstance(error, BrokenLawError):
        return f"{type(error).__name__}: {error}"
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "/tui/" in each.filename.replace("\\", "/")]
    where = f"{frames[-1].filename.rsplit('/tui/', 1)[-1]}:{frames[-1].name}" if frames else "the test"
    return f"{type(error).__name__} in {where}"


def tried(target: Target, data: bytes) -> Finding | None:
    """Return what *target* does wrong with *data*, or None."""
    try:
        once(target, data)
    except Exception as error:  # whatever it is, it is the finding
        last = "".join(traceback.format_exception(error)[-4:])
        return Finding(target.name, cause_of(error), last, data)
    return None


def smaller(target: Target, finding: Finding) -> Finding:
    """Return *finding* with an input as small as a few hundred tries make it; the cause stays."""
    best, tries = finding, 0
    size = max(1, len(best.data) // 2)
    if "SlowError" in finding.cause:
        return finding
    while size:
        at, cut = 0, False
        while at < len(best.data) and tries < _TRIES:
            tries += 1
            found = tried(target, best.data[:at] + best.data[at + size :])
            if found and found.cause == finding.cause:
                best, cut = found, True
            else:
                at += size
        if not cut or size > len(best.data):
            size //= 2
        if tries >= _TRIES:
            break
    return best


def runs(
    target: Target,
    seed: int,
    *,
    count: int | None = None,
    seconds: float | None = None,
    traced: bool = True,
    known: frozenset[str] = frozenset(),
) -> Report:
    """Run *target* *count* times or for *seconds*; with *traced*, inputs that take new ways are made others of.

    Causes in *known* are no findings.
    """
    report = Report(target.name)
    ways = Ways()
    pool: list[bytes] = []
    causes: set[str] = set(known)
    begun = time.monotonic()
    share = 0.0
    for data in _inputs(target, random.Random(f"{seed} {target.name}"), pool):
        passed = time.monotonic() - begun
        share = report.runs / count if count else passed / (seconds or 1.0)
        if share >= 1.0:
            break
        report.runs += 1
        fresh = 0
        try:
            fresh, took = _looked_at(target, data, ways) if traced else (0, once(target, data))
            report.slowest = max(report.slowest, took)
        except Exception as error:  # whatever it is, it is the finding
            cause = cause_of(error)
            if cause not in causes:
                causes.add(cause)
                report.findings.append(smaller(target, tried(target, data) or _passing(target, data, error)))
        if fresh:
            report.found_last = share
            if len(pool) < _POOL:
                pool.append(data)
        if report.runs % 2_000 == 0:
            gc.collect()
    report.seconds, report.ways, report.pool = time.monotonic() - begun, len(ways), len(pool)
    return report


def _passing(target: Target, data: bytes, error: BaseException) -> Finding:
    said = "".join(traceback.format_exception(error)[-4:])
    return Finding(target.name, cause_of(error) + " (not a second time)", said, data)


def _looked_at(target: Target, data: bytes, ways: Ways) -> tuple[int, float]:
    took = 0.0

    def run() -> None:
        nonlocal took
        took = once(target, data)

    run_: Callable[[], object] = run
    return ways.new(run_), took


def _inputs(target: Target, dice: random.Random, pool: list[bytes]) -> Iterator[bytes]:
    """Yield the seeds, then without end what is made of them and of *pool*."""
    seeds = target.all_seeds() or [b""]
    yield from seeds
    mutator = Mutator(target, dice)
    while True:
        # Late comers take the rare ways, so they are picked more often.
        late = pool[len(pool) // 2 :]
        chosen = dice.choice(late if late and dice.random() < 0.4 else pool if pool and dice.random() < 0.6 else seeds)
        yield mutator.made(chosen, seeds if dice.random() < 0.6 or not pool else pool)
