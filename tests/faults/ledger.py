"""What a killed program had said, and what of it may be on the disk now."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.library import PaperState
from tui.shapes import plain


def digest(value: object) -> str | None:
    """Return a check sum of a state, an issue with its papers, or an inquiry; None for what is as good as none."""
    if not value or value == PaperState():
        return None
    return hashlib.sha256(json.dumps(plain(value), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Verdict:
    """Names of what is on the disk as it was before something newer was said to be saved, and as nobody ever put it."""

    lost: tuple[str, ...]
    wrong: tuple[str, ...]


class Ledger:
    """By name the digest that is known to be on the disk, and those that may be: what was put and not told saved."""

    def __init__(self, found: Mapping[str, str]) -> None:
        self._sure: dict[str, str | None] = {**found}
        self._maybe: defaultdict[str, list[str | None]] = defaultdict(list)
        self._ever: defaultdict[str, set[str | None]] = defaultdict(lambda: {None})
        self.told = 0
        """How many changes were told saved."""
        self.doing = ""
        """What was under way at the last line."""
        for name, value in found.items():
            self._ever[name].add(value)

    def hear(self, line: str) -> None:
        """Take in a line of the program."""
        said: Mapping[str, Any] = json.loads(line)
        self.doing = said.get("doing", self.doing)
        for name, value in said.get("put", {}).items():
            self._maybe[name].append(value)
            self._ever[name].add(value)
        if "saved" in said:
            self.told += len(self._maybe)
            self._sure.update({name: values[-1] for name, values in self._maybe.items()})
            self._maybe.clear()

    def settle(self, found: Mapping[str, str]) -> Verdict:
        """Return what of *found*, by name, may not be; go on from it."""
        lost, wrong = [], []
        for name in self._sure.keys() | self._maybe.keys() | found.keys():
            value = found.get(name)
            if value != self._sure.get(name) and value not in self._maybe.get(name, ()):
                (lost if value in self._ever[name] else wrong).append(name)
        self._sure = {**found}
        self._maybe.clear()
        return Verdict(tuple(sorted(lost)), tuple(sorted(wrong)))
