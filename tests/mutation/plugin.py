"""What pytest needs inside mutmut: no kept answers, few examples, the quick tests first."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from itertools import accumulate
from pathlib import Path

import hypothesis
import pytest

_TARGETS = tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))
_STATS = Path("mutmut-stats.json")

BUDGET = 20.0
"""Seconds of tests that a mutant gets, the quickest first; a slower one might still notice what survives."""

hypothesis.settings.register_profile(
    "mutation",
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


def _forget_answers(tables: bool = True) -> None:
    """Empty the program's caches, *tables* of one answer too: mutants are forked from what has run the tests."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tui.") and module:
            for value in list(vars(module).values()):
                parameters = getattr(value, "cache_parameters", None)
                if parameters and (tables or parameters()["maxsize"] != 1):
                    value.cache_clear()


class _Mutation:
    """The named tests of the named files; mutmut's thousand ids would take pytest seconds to take in one by one."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._path: Path | None = None
        self._slow = tuple(part for target in _TARGETS.values() for part in target["slow"])

    def pytest_sessionstart(self) -> None:
        _forget_answers()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if os.environ.get("MUTANT_UNDER_TEST") == "stats":
            # Which test calls which function: a table is made anew once a file, for that takes as long as ten tests.
            _forget_answers(tables=item.path != self._path)
            self._path = item.path

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        def is_wanted(item: pytest.Item) -> bool:
            return item.nodeid in self._wanted if self._wanted else not any(part in item.nodeid for part in self._slow)

        config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
        items[:] = [item for item in items if is_wanted(item)]
        if self._wanted and _STATS.exists():
            took = json.loads(_STATS.read_text(encoding="utf-8"))["duration_by_test"]
            items.sort(key=lambda item: took.get(item.nodeid, 0))
            spent = accumulate(took.get(item.nodeid, 0) for item in items)
            items[:] = [item for item, seconds in zip(items, spent, strict=True) if seconds <= BUDGET]


def pytest_configure(config: pytest.Config) -> None:
    """Take the ids for a choice among the tests of their files."""
    wanted = frozenset(each for each in config.args if "::" in each)
    if wanted:
        config.args[:] = sorted({each.partition("::")[0] for each in config.args})
    hypothesis.settings.load_profile("mutation")
    config.pluginmanager.register(_Mutation(wanted), "mutation")
