"""Walking through a script in a terminal: each key when the one before it is answered, and the story of it all."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.walk.script import Step
from tests.walk.terminals import Terminal

PATIENCE = 30.0
"""Seconds until what does not come is missed."""

QUIET = 0.1
"""Seconds without a change after which a screen is taken as it stands."""

TOAST = "▌"
"""What a toast has on its left, and nothing else has."""

_DAY = re.compile(r"looked up \d{1,2} \w{3} \d{4}")


@dataclass
class Walk:
    """A walk in *terminal*, what was struck in it, and the story so far: a heading, keys and a screen each."""

    terminal: Terminal
    struck: int = 0
    story: list[str] = field(default_factory=list)
    _keys: list[str] = field(default_factory=list)

    def go(self, steps: Iterable[Step]) -> int:
        """Do *steps* and return how many keys that took. Raises AssertionError where something is not seen."""
        before = self.struck
        for step in steps:
            for key in step.keys:
                self.terminal.strike(key)
            self.struck += len(step.keys)
            self._keys += [step.struck] * bool(step.keys)
            self._wait(step)
            if step.station:
                self._tell(step.station, step.glance)
        return self.struck - before

    def _wait(self, step: Step) -> None:
        end = time.monotonic() + PATIENCE
        while missed := missing(step, self.terminal.lines()):
            if time.monotonic() > end:
                screen = "\n".join(self.terminal.lines())
                raise AssertionError(f"after {' '.join(step.keys) or 'the start'}: {missed}. The screen:\n{screen}")
            self.terminal.listen()

    def _tell(self, station: str, glance: float) -> None:
        keys = " ".join(self._keys) or "nothing yet"
        self._keys.clear()
        screen = map(_dated, self._settled(max(QUIET, glance)))
        self.story += ["", f"## {station}", "", f"Struck: {keys}", "", *screen, ""]

    def _settled(self, quiet: float) -> tuple[str, ...]:
        before, since = self.terminal.lines(), time.monotonic()
        while time.monotonic() - since < quiet:
            if self.terminal.listen() and (now := self.terminal.lines()) != before:
                before, since = now, time.monotonic()
        return before


def missing(step: Step, lines: tuple[str, ...]) -> str:
    """Return what *step* waits for and the screen of *lines* does not show, or an empty string."""
    said = toast(lines)
    absent = [f"{text!r} is not seen" for text in step.see if not any(text in line for line in lines)]
    absent += [f"{text!r} is still seen" for text in step.gone if any(text in line for line in lines)]
    if step.told not in said:
        absent.append(f"{step.told!r} is not told, but {said!r}")
    return ", ".join(absent)


def toast(lines: tuple[str, ...]) -> str:
    """Return what the toasts say."""
    return " ".join(" ".join(line.rpartition(TOAST)[2] for line in lines if TOAST in line).split())


def _dated(line: str) -> str:
    """Return *line* without the day of the walk."""
    return _DAY.sub("looked up (that day)", line)


def differences(recorded: str, walked: str) -> list[str]:
    """Return the lines of two stories that differ, but for toasts: they go away in their own time."""
    left, right = recorded.splitlines(), walked.splitlines()
    found = [f"-{a}\n+{b}" for a, b in zip(left, right, strict=False) if not _same(a, b)]
    return found if len(left) == len(right) else [*found, f"{len(left)} lines became {len(right)}"]


def _same(left: str, right: str) -> bool:
    ends = [line.find(TOAST) for line in (left, right) if TOAST in line]
    if ends:
        left, right = left[: min(ends)].rstrip(), right[: min(ends)].rstrip()
    if "(that day)" in left:
        # A day has one digit or two, and moves what stands behind it.
        left, right = " ".join(left.split()), " ".join(right.split())
    return left == right
