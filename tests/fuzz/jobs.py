"""One target in a process of its own."""

from __future__ import annotations

from tests.fuzz import atheris_engine
from tests.fuzz.running import Report, runs
from tests.fuzz.targets import TARGETS


def one(name: str, seed: int, seconds: float, engine: str) -> Report:
    """Return what the runs of the target *name* gave, by the dice or by atheris."""
    if engine == "atheris":
        return atheris_engine.runs(TARGETS[name], seed, seconds)
    return runs(TARGETS[name], seed, seconds=seconds)
