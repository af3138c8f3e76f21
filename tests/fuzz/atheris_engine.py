"""Runs of one target by atheris (libFuzzer): it sees every branch and comparison, at a fifth of the speed of none.

atheris is no requirement of anything here; where it is not installed, this engine alone is missing. libFuzzer never
returns, so it works in a process of its own, and writes what it did into a file.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.fuzz.mutating import Mutator
from tests.fuzz.running import Finding, Report, cause_of, once, smaller, tried
from tests.fuzz.target import LARGEST, Target


def runs(target: Target, seed: int, seconds: float) -> Report:
    """Run *target* for *seconds* of libFuzzer's. Raises RuntimeError where atheris is not installed, or fails."""
    with tempfile.TemporaryDirectory(prefix="paperrack-atheris-") as place:
        folder = Path(place)
        (folder / "corpus").mkdir()
        for number, data in enumerate(target.all_seeds()):
            (folder / "corpus" / f"seed-{number}").write_bytes(data)
        begun = time.monotonic()
        words = [
            sys.executable,
            "-m",
            "tests.fuzz.atheris_engine",
            target.name,
            str(seed),
            str(max(1, round(seconds))),
            place,
        ]
        done = subprocess.run(
            words, capture_output=True, text=True, errors="replace", timeout=seconds * 3 + 120, check=False
        )
        told = folder / "told.json"
        if not told.exists():
            raise RuntimeError(f"atheris did not run: {done.stderr[-1500:]}")
        said: dict[str, Any] = json.loads(told.read_text())
        findings = [
            smaller(target, found) for each in said["findings"] if (found := tried(target, bytes.fromhex(each)))
        ]
        inputs = len(list((folder / "corpus").iterdir()))
        ways = max(
            (int(line.split("cov: ")[1].split()[0]) for line in done.stderr.splitlines() if "cov: " in line), default=0
        )
        took = time.monotonic() - begun
        return Report(target.name, said["runs"], took, ways, said["last"], inputs, said["slowest"], list(findings))


class _Ledger:
    """What was done, written down now and then, for libFuzzer ends the process as it likes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._causes: set[str] = set()
        self._begun = self._written = time.monotonic()
        self.told: dict[str, Any] = {"runs": 0, "slowest": 0.0, "last": 0.0, "findings": []}

    def run(self, target: Target, data: bytes) -> None:
        """Run *target* once; an error is written down, and libFuzzer goes on."""
        self.told["runs"] += 1
        try:
            self.told["slowest"] = max(self.told["slowest"], once(target, data[:LARGEST]))
        except Exception as error:  # whatever it is, it is the finding
            if (cause := cause_of(error)) not in self._causes:
                self._causes.add(cause)
                self.told["findings"].append(data[:LARGEST].hex())
                self.write()
        if time.monotonic() - self._written > 1:
            self.write()

    def write(self) -> None:
        self._written = time.monotonic()
        self._file.write_text(json.dumps(self.told))


def main(name: str, seed: str, seconds: str, place: str) -> None:
    """Run one target in this process, which libFuzzer ends."""
    import atheris  # type: ignore[import-not-found]  # no requirement: see above

    with atheris.instrument_imports(include=["tui"]):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    seeds = target.all_seeds() or [b""]
    mutator = Mutator(target, random.Random(f"{seed} {name}"))
    ledger = _Ledger(Path(place) / "told.json")
    ledger.write()
    luck = random.Random(seed)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        # Of five inputs one is libFuzzer's own: it knows what was compared with what.
        made = atheris.Mutate(data, most) if luck.random() < 0.2 else mutator.made(data, seeds)
        return bytes(made[:most])

    atheris.Setup(
        [
            "fuzz", f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-seed={int(seed) % 2**31}", "-timeout=60",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={place}/", "-print_final_stats=1", f"{place}/corpus",
        ],
        lambda data: ledger.run(target, data),
        custom_mutator=mutate,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:5])

__all__ = ["Finding", "main", "runs"]
