"""What is mutated does what the program does, and what became of the mutants is counted right."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.mutation import results
from tests.mutation.__main__ import sample, targets
from tests.mutation.copying import ROOT, undecorated
from tests.mutation.reach import BUDGET, Reach
from tests.mutation.results import equivalents, interval, read_mutants, table

DECORATED = """
from functools import cached_property, lru_cache
asked = []

@lru_cache(
    maxsize=4,
)
def double(number):
    asked.append(number)
    return 2 * number

class Circle:
    @property
    def size(self):
        return double(3)

    @cached_property
    def name(self):
        return "circle"

    @staticmethod
    def made():
        return Circle()
"""

MUTATED = """
def trampoline(): pass

def x_size__mutmut_orig(word):
    if len(word) > 3:
        return 1
    return 0

def x_size__mutmut_1(word):
    if len(word) >= 3:
        return 1
    return 0

def x_size__mutmut_2(word):
    if len(word) > 3:
        return 2
    return 0

def x_size__mutmut_3(word):
    if len(word) > 3:
        return 1
    return 1
"""


def test_decorators_are_called_a_line_later_and_do_the_same() -> None:
    plain = undecorated(DECORATED)
    names: dict[str, Any] = {}
    exec(plain, names)  # the very text above
    circle = names["Circle"].made()
    assert (circle.size, circle.size, circle.name) == (6, 6, "circle")
    assert names["asked"] == [3]
    assert "@property" not in plain
    assert "@staticmethod" in plain


def test_a_small_sample_is_in_the_large_one() -> None:
    names = [f"mutant {number}" for number in range(100)]
    assert set(sample(names, 10)) < set(sample(names[::-1], 20))
    assert len(sample(names, 10)) == 10
    assert sorted(sample(names, 0)) == sorted(names)


def test_a_mutant_is_shown_the_tests_that_reach_it_those_that_killed_first_and_the_quick_before_the_slow() -> None:
    reach = Reach([3.0, 1.0, 2.0, BUDGET, 0.5], {"tui.x_size": [0, 1, 2, 3]})
    assert reach.chosen("tui.x_size__mutmut_1") == [1, 2, 0]
    reach.killed("tui.x_size__mutmut_1", 2)
    reach.killed("tui.x_size__mutmut_2", 0)
    assert reach.chosen("tui.x_size__mutmut_3") == [0, 2, 1]
    assert reach.chosen("tui.x_other__mutmut_1") == []


@pytest.mark.parametrize(
    ("killed", "total", "low", "high"), [(90, 100, 82.6, 94.5), (450, 500, 87.1, 92.3), (0, 0, 0, 100)]
)
def test_the_interval_is_wilsons(killed: int, total: int, low: float, high: float) -> None:
    assert interval(killed, total) == pytest.approx((low, high), abs=0.1)


def test_survivors_are_counted_and_equivalent_ones_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mutants" / "tui"
    folder.mkdir(parents=True)
    (folder / "sizes.py").write_text(MUTATED, encoding="utf-8")
    codes = {f"tui.sizes.x_size__mutmut_{number}": code for number, code in ((1, 1), (2, 0), (3, 0))}
    (folder / "sizes.py.meta").write_text(json.dumps({"exit_code_by_key": codes}), encoding="utf-8")
    mutants = list(read_mutants(tmp_path))
    assert [(mutant.function, mutant.state) for mutant in mutants] == [
        ("size", "killed"), ("size", "survived"), ("size", "survived"),
    ]  # fmt: skip
    same = (mutants[2].removed, mutants[2].added)
    assert same == ("ord): if len(word) > 3: return 1 return 0", "ord): if len(word) > 3: return 1 return 1")
    monkeypatch.setattr(results, "equivalents", lambda: {("tui.sizes.size", *same): "to say so"})
    total = table(mutants, frozenset()).splitlines()[-1].split()
    assert total == ["all", *["3", "3", "1", "0", "1", "0", "0", "1", "50.0"]]
    assert "50.0" in table([*mutants, replace(mutants[0], name="4", state="unchecked")], frozenset())
    only = table(mutants, frozenset(["tui.sizes.x_size__mutmut_1"])).splitlines()[-1]
    assert only.split()[:4] == ["all", "1", "1", "1"]


@pytest.mark.parametrize(("function", "reason"), [(key[0], reason) for key, reason in equivalents().items()])
def test_an_equivalent_mutant_is_of_a_function_and_has_a_reason(function: str, reason: str) -> None:
    module = next(part for part in _modules(function) if (ROOT / f"{part.replace('.', '/')}.py").is_file())
    found: object = importlib.import_module(module)
    for name in function.removeprefix(f"{module}.").split("."):
        found = getattr(found, name)
    assert len(reason) > 10


def _modules(function: str) -> list[str]:
    parts = function.split(".")
    return [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def test_every_part_has_files_and_tests() -> None:
    for target in targets().values():
        assert all(list(ROOT.glob(pattern)) for pattern in (*target.files, *target.tests))
        assert all(target.holds(str(path.relative_to(ROOT))) for path in ROOT.glob(target.files[0]))
