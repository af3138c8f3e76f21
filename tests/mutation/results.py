"""What became of the mutants: read from mutmut's own files, and counted."""

from __future__ import annotations

import ast
import json
import math
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

EQUIVALENT = Path(__file__).parent / "equivalent.toml"
_STATES = {2: "unchecked", -2: "unchecked", -15: "unchecked",
           1: "killed", 3: "killed", 0: "survived", 5: "no tests", 33: "no tests", None: "unchecked",
           36: "timeout", -14: "timeout", -24: "timeout", 24: "timeout", 152: "timeout", 255: "timeout"}  # fmt: skip
_AROUND = 40


@dataclass(frozen=True)
class Mutant:
    """One mutant: mutmut's name for it, its function, what was changed (without layout), and what became of it."""

    name: str
    module: str
    function: str
    removed: str
    added: str
    state: str


def read_mutants(folder: Path) -> Iterator[Mutant]:
    """Yield every mutant of the copy in *folder*, in the order of files and functions."""
    for meta in sorted((folder / "mutants" / "tui").rglob("*.py.meta")):
        results: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        functions = _functions(meta.with_suffix("")) if results else {}
        for name, code in results.items():
            module, _, mangled = name.rpartition(".")
            base = mangled[: mangled.rindex("__mutmut_")]
            removed, added = _difference(functions[base + "__mutmut_orig"], functions[mangled])
            function = base.removeprefix("xǁ").removeprefix("x_").replace("ǁ", ".")
            state = _STATES.get(code, "crashed")
            yield Mutant(name, module, function, removed, added, state)


@lru_cache
def _functions(path: Path) -> dict[str, str]:
    """Return the mutated functions of a file of mutmut's, each as text without its name and its layout."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name]
    return {node.name: " ".join(ast.unparse(node).replace(node.name, "", 1).split()) for node in found}


def _same(one: str, other: str) -> int:
    """Return with how many equal characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _difference(before: str, after: str) -> tuple[str, str]:
    """Return what differs, with so much on either side that its place is known."""
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    head = before[max(0, start - _AROUND) : start]
    tail = before[len(before) - end :][:_AROUND]
    return head + before[start : len(before) - end] + tail, head + after[start : len(after) - end] + tail


@lru_cache
def equivalents() -> dict[tuple[str, str, str], str]:
    """Return the reason for each mutant that does the same as the program, by function and change."""
    data = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {(each["function"], each["from"], each["to"]): each["why"] for each in data.get("mutant", ())}


def is_equivalent(mutant: Mutant) -> bool:
    """Return whether this mutant is one of those listed as doing what the program does."""
    return (f"{mutant.module}.{mutant.function}", mutant.removed, mutant.added) in equivalents()


def interval(killed: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of Wilson for the share *killed* of *total*, in per cent."""
    if not total:
        return 0.0, 100.0
    z, share = 1.96, killed / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return 100 * (middle - spread) / (1 + z * z / total), 100 * (middle + spread) / (1 + z * z / total)


COLUMNS = ("made", "checked", "killed", "timeout", "survived", "no tests", "crashed", "equivalent")


def row(mutants: list[Mutant]) -> dict[str, int]:
    """Return the counts of the columns. A survivor listed as equivalent counts there and nowhere else."""
    counts: Counter[str] = Counter()
    for mutant in mutants:
        same = mutant.state in ("survived", "no tests") and is_equivalent(mutant)
        counts["equivalent" if same else mutant.state] += 1
    return {**counts, "made": len(mutants), "checked": len(mutants) - counts["unchecked"]}


def table(mutants: list[Mutant], chosen: frozenset[str]) -> str:
    """Return the counts of each module and of all as lines: *killed* in per cent of those that can be killed."""
    modules = sorted({mutant.module for mutant in mutants})
    width = max(map(len, modules))
    lines = [f"{'':{width}} " + " ".join(f"{name:>10}" for name in COLUMNS) + "   killed %"]
    groups = [(module, [mutant for mutant in mutants if mutant.module == module]) for module in modules]
    for name, group in [*groups, ("all", [mutant for mutant in mutants if not chosen or mutant.name in chosen])]:
        counts = row(group)
        noticed = counts.get("killed", 0) + counts.get("timeout", 0) + counts.get("crashed", 0)
        total = counts["checked"] - counts.get("equivalent", 0)
        low, high = interval(noticed, total)
        share = f"{100 * noticed / total:6.1f}" if total else "     –"
        part = f" ({low:.1f} to {high:.1f})" if name == "all" and counts["checked"] < len(mutants) else ""
        lines.append(
            f"{name:{width}} " + " ".join(f"{counts.get(column, 0):>10}" for column in COLUMNS) + f"   {share}{part}"
        )
    return "\n".join(lines)
