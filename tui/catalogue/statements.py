"""Statements of SQL: a script's one by one, and those that take many values in portions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeVar

_MOST = 512
"""Values in one statement; SQLite before 3.32 took 999."""

_T = TypeVar("_T")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of *script*; executescript would end the transaction first."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def portions(values: Sequence[_T]) -> Iterator[tuple[Sequence[_T], str]]:
    """Yield *values* in portions that one statement takes, each with as many question marks.

    The last value may stand there several times: statements of a few lengths alone are prepared once and then known.
    """
    for start in range(0, len(values), _MOST):
        some = tuple(values[start : start + _MOST])
        length = 1 << (len(some) - 1).bit_length()
        yield (*some, *some[-1:] * (length - len(some))), ", ".join("?" * length)
