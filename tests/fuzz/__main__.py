"""``python -m tests.fuzz --minutes 60 [--target T ...] [--jobs N] [--seed S]``: all targets in turn, and a table.

Every target gets an equal share of the time, a process of its own, and other inputs with every seed. A finding is
printed as small as it could be made, and the exit status is 1. With ``--engine atheris`` (which has to be installed
beside the program's own packages) libFuzzer looks for new ways; else the dice and :mod:`tests.fuzz.covering` do.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import multiprocessing
import sys
import time
from pathlib import Path

from tests.fuzz.jobs import one
from tests.fuzz.running import Report
from tests.fuzz.targets import TARGETS

_HEAD = (
    f"{'target':<26} {'runs':>9} {'runs/s':>8} {'ways':>7} {'inputs':>7} {'last new':>9} {'slowest':>8} {'findings':>8}"
)


def _row(report: Report) -> str:
    rate = report.runs / max(report.seconds, 0.001)
    return (
        f"{report.target:<26} {report.runs:>9,} {rate:>8.1f} {report.ways:>7,} {report.pool:>7,}"
        f" {report.found_last:>8.0%} {report.slowest:>7.2f}s"
        f" {len(report.findings):>8}"
    )


def main() -> int:
    """Run the targets and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="of all targets together, a job")
    parser.add_argument(
        "--target", nargs="+", default=[], metavar="T", help="names, or beginnings of names ending in *"
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--engine", choices=("dice", "atheris"), default="dice")
    parser.add_argument("--keep", type=Path, help="a folder that inputs which break a law are written to")
    words = parser.parse_args()
    names = [name for name in TARGETS if not words.target or any(_called(name, each) for each in words.target)]
    if not names:
        parser.error(f"there is no such target; known are {', '.join(TARGETS)}")
    seconds = words.minutes * 60 * words.jobs / len(names)
    print(
        f"seed {words.seed}, {len(names)} targets, {seconds:.1f} s each, {words.jobs} at a time, {words.engine}",
        _HEAD,
        sep="\n",
        flush=True,
    )
    reports: list[Report] = []
    # A process for each: what one target remembers, another one does not pay for.
    with concurrent.futures.ProcessPoolExecutor(
        words.jobs, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        for done in concurrent.futures.as_completed(
            [pool.submit(one, name, words.seed, seconds, words.engine) for name in names]
        ):
            reports.append(done.result())
            print(_row(reports[-1]), flush=True)
            _print_findings(reports[-1], words.keep)
    count = sum(len(report.findings) for report in reports)
    total = sum(report.runs for report in reports)
    print(f"{total:,} runs, {sum(report.ways for report in reports):,} ways, {count} findings")
    return 1 if count else 0


def _called(name: str, asked: str) -> bool:
    return name == asked or (asked.endswith("*") and name.startswith(asked[:-1]))


def _print_findings(report: Report, keep: Path | None) -> None:
    for number, finding in enumerate(report.findings):
        print(f"  {finding.cause}\n    {finding.data!r}")
        print("".join(f"      {line}\n" for line in finding.said.splitlines()[-12:]), flush=True)
        if keep:
            (keep / finding.target).mkdir(parents=True, exist_ok=True)
            (keep / finding.target / f"finding-{number}").write_bytes(finding.data)


if __name__ == "__main__":
    sys.exit(main())
