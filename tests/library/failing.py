"""A disk that fails, and a program that ends, at the n-th call of many: for tests that try every n."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any, NoReturn

from tui.library.atomic import System

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")

Fail = Callable[[str, Callable[..., Any], tuple[Any, ...]], Any]
"""Is called in place of a call, with its name, the call itself and what it was given."""


class DeathError(BaseException):
    """The process is gone: nothing after this call runs, not even what tidies up."""


def die(*_: object) -> NoReturn:
    """End the program."""
    raise DeathError


def full(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> NoReturn:
    """Fail as a full disk does: a write takes the half of it first; a file is closed all the same."""
    if name == "write":
        os.write(args[0], args[1][: len(args[1]) // 2])
    if name == "close":
        call(*args)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class _Process:
    """What one program has open, and how many calls it made."""

    def __init__(self, first: int, fail: Fail) -> None:
        self.count = 0
        self._first, self._fail = first, fail
        self._opened: set[int] = set()
        self.system = System(**{name: self._wrapped(name) for name in CALLS})

    def _wrapped(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def made_or_failed(*args: Any) -> Any:
            self.count += 1
            found = self._failed(name, call, args) if self.count >= self._first else call(*args)
            if name == "open":
                self._opened.add(found)
            elif name == "close":
                self._opened.discard(args[0])
            return found

        return made_or_failed

    def _failed(self, name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        try:
            return self._fail(name, call, args)
        except DeathError:
            while self._opened:  # what a process had open is closed when it is gone
                os.close(self._opened.pop())
            raise


def failing(first: int, fail: Fail) -> System:
    """Return a system whose calls from the *first* (from 1) on are made by *fail*."""
    return _Process(first, fail).system


def calls_of(work: Callable[[System], object]) -> int:
    """Return how many calls *work* makes of the system that it is given."""
    process = _Process(10**9, die)
    work(process.system)
    return process.count
