"""Mutation testing: ``python -m tests.mutation [part ...]``, with mutmut 3.8 installed beside the other tools.

A copy of the checkout is made for each part (``targets.toml``), mutmut changes one thing at a time in it, and the
tests that reach the changed function are run (:mod:`tests.mutation.running`). Results are kept in the copy: stopped
and started again, it goes on where it was. ``--sample 400`` takes that many mutants of a part, always the same ones
in the same order; ``--again`` runs those that survived once more, after a test was written; ``--anew`` runs all;
``--show`` runs nothing and lists the survivors. Mutants that do what the program does are listed in
``equivalent.toml`` with the reason, and counted apart.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.mutation.copying import Target, make_copy
from tests.mutation.results import is_equivalent, read_mutants, table

SEED = 8
_SURVIVED = (0, 5, 33)
_STOPPED = (2, -2, -15)
"""What is written of a mutant whose tests were stopped with it."""


def targets() -> dict[str, Target]:
    """Return the parts of the program that are mutated, by name."""
    data = tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))
    return {
        name: Target(name, *(tuple(each[key]) for key in ("files", "tests", "slow"))) for name, each in data.items()
    }


def sample(names: list[str], size: int) -> list[str]:
    """Return *size* of the mutants' names, the same ones for the same names, a small sample in the large; 0 is all."""
    shuffled = sorted(names)
    random.Random(SEED).shuffle(shuffled)
    return shuffled[: size or None]


def _run(target: Target, folder: Path, options: argparse.Namespace) -> None:
    make_copy(target, folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    subprocess.run([sys.executable, "-m", "tests.mutation.generate"], cwd=folder, check=True, env=environment,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    metas = {path: json.loads(path.read_text("utf-8")) for path in (folder / "mutants" / "tui").rglob("*.py.meta")}
    undone = (*_STOPPED, *(_SURVIVED if options.again else ()))
    results = {name: code for meta in metas.values() for name, code in meta["exit_code_by_key"].items()}
    chosen = [name for name in sample(list(results), options.sample) if options.only in name]
    wanted = {name: None for name in chosen if options.anew or results[name] is None or results[name] in undone}
    for path, meta in metas.items():
        codes = meta["exit_code_by_key"]
        meta["exit_code_by_key"] = {name: None if name in wanted else code for name, code in codes.items()}
        path.write_text(json.dumps(meta), encoding="utf-8")
    if not wanted:
        return
    (folder / "wanted.json").write_text(json.dumps(list(wanted)), encoding="utf-8")
    command = [sys.executable, "-m", "tests.mutation.running", str(options.children), "../wanted.json", *target.tests]
    with (folder / "mutants.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, cwd=folder / "mutants", check=True, env=environment, stdout=log)


def main() -> None:
    """Run the parts that were asked for, and print what became of their mutants."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(targets())}")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "paperrack-mutation")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants of a part; all if none is said")
    parser.add_argument("--only", default="", help="only mutants with this in their name")
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="run those that survived once more")
    parser.add_argument("--anew", action="store_true", help="run all once more")
    parser.add_argument("--show", action="store_true", help="run nothing, and list those that survived")
    options = parser.parse_args()
    for name in options.parts or targets():
        folder = options.folder.resolve() / name
        if not options.show:
            _run(targets()[name], folder, options)
        mutants = list(read_mutants(folder))
        chosen = frozenset(sample([mutant.name for mutant in mutants], options.sample))
        if options.show:
            for mutant in mutants:
                if (
                    mutant.state in ("survived", "no tests")
                    and options.only in mutant.name
                    and not is_equivalent(mutant)
                ):
                    print(f"{mutant.state}: {mutant.name}\n  - {mutant.removed}\n  + {mutant.added}")
        print(f"{name}\n{table(mutants, chosen)}\n")


if __name__ == "__main__":
    main()
