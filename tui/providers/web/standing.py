"""How this machine stands with each service: when it was last asked, and what it said about coming back.

It is kept in one small file a service, so that it outlives the program and two programs at once know of each other;
where there is no folder, or it cannot be written, it is kept in memory. No file here is worth an error: a damaged one
is as good as none.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tui.text import clean

LONGEST_PAUSE = 86_400.0
"""The seconds that a pause lasts at most, whatever a service says."""

_MAX_BYTES = 65_536
_MAX_HOSTS = 20
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


@dataclass(frozen=True)
class HostStanding:
    """How it stands with one host of a service; times are seconds since 1970.

    ``failures`` are those in a row, the last of them at ``failed``; until ``until`` it is not asked, because of
    ``why``, and ``blocked`` says that it turns programs away.
    """

    failures: int = 0
    failed: float = 0.0
    until: float = 0.0
    why: str = ""
    blocked: bool = False

    def paused(self, now: float) -> bool:
        """Whether the host is not to be asked; a time beyond the longest pause is a clock that was set back."""
        return now < self.until <= now + LONGEST_PAUSE + 1


@dataclass(frozen=True)
class Standing:
    """How it stands with a service: it was last asked at ``last`` and wants no request before ``free``."""

    last: float = 0.0
    free: float = 0.0
    hosts: Mapping[str, HostStanding] = field(default_factory=dict)

    def host(self, name: str) -> HostStanding:
        """Return how it stands with the host *name*."""
        return self.hosts.get(name, HostStanding())

    def with_host(self, name: str, host: HostStanding) -> Standing:
        """Return the same with another standing of the host *name*."""
        kept = [(each, self.hosts[each]) for each in self.hosts if each != name][-(_MAX_HOSTS - 1) :]
        return replace(self, hosts=dict([*kept, (name, host)]))


class Ledger:
    """The standings of all services, in *folder* or in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, Standing] = {}

    def lock(self, service: str) -> Path | None:
        """Return the file whose lock a program holds while it asks *service*, None where there is no folder."""
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError:
                self._folder = None
        return None if self._folder is None else self._folder / f"{_file_name(service)}.lock"

    def read(self, service: str) -> Standing:
        """Return how it stands with *service*."""
        if self._folder is not None:
            path = self._folder / f"{_file_name(service)}.json"
            with contextlib.suppress(OSError, ValueError, RecursionError):
                # A pipe in its place would never end.
                if path.is_file():
                    return _standing(json.loads(path.read_bytes()[:_MAX_BYTES]))
        return self._memory.get(service, Standing())

    def write(self, service: str, standing: Standing) -> None:
        """Keep how it stands with *service*."""
        self._memory[service] = standing
        if self._folder is None:
            return
        path = self._folder / f"{_file_name(service)}.json"
        temporary = path.with_name(f".{path.name}.tmp-{os.urandom(6).hex()}")
        try:
            # Not brought to the disk: what a power failure takes with it is some seconds old.
            temporary.write_text(json.dumps(asdict(standing)), encoding="utf-8")
            os.replace(temporary, path)
        except OSError:
            self._folder = None
            with contextlib.suppress(OSError):
                temporary.unlink()


def _file_name(service: str) -> str:
    return _UNSAFE.sub("_", service)[:100]


def _standing(value: Any) -> Standing:
    """Return what a file held, whatever its shape. Raises ValueError where it is no object."""
    if not isinstance(value, dict):
        raise ValueError("a standing is an object")
    hosts = value.get("hosts")
    named = list(hosts.items())[:_MAX_HOSTS] if isinstance(hosts, dict) else []
    return Standing(
        _time(value.get("last")),
        _time(value.get("free")),
        {clean(name, 200): _host(each) for name, each in named if isinstance(each, dict)},
    )


def _host(value: Mapping[str, Any]) -> HostStanding:
    why = value.get("why")
    return HostStanding(
        int(min(100.0, _time(value.get("failures")))),
        _time(value.get("failed")),
        _time(value.get("until")),
        clean(why, 300) if isinstance(why, str) else "",
        value.get("blocked") is True,
    )


def _time(value: object) -> float:
    """Return a number of a file, 0 for whatever is none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e11 and math.isfinite(value):
        return float(value)
    return 0.0
