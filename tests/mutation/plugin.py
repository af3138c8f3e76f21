"""What pytest needs where mutants are run: no kept answers, few examples, none of the tests that are too slow."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import hypothesis
import pytest

_TARGETS = tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))

hypothesis.settings.register_profile(
    "mutation",
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


class Answers:
    """The answers that functions of the program keep, by the module they are in."""

    def __init__(self) -> None:
        self._imports = grimp.build_graph("tui", cache_dir=None)
        self._found: dict[str, list[Any]] = {}
        self._behind: dict[frozenset[str], frozenset[str]] = {}

    def forget(self, modules: frozenset[str]) -> None:
        """Empty what is kept from *modules* or from what imports them."""
        if modules not in self._behind:
            self._behind[modules] = modules.union(*map(self._imports.find_downstream_modules, modules))
        for module in self._behind[modules]:
            if module not in self._found and module in sys.modules:
                values = list(vars(sys.modules[module]).values())
                self._found[module] = [value for value in values if hasattr(value, "cache_parameters")]
            for function in self._found.get(module, ()):
                function.cache_clear()


class Quick:
    """A plugin of pytest: few examples, and the tests that are not too slow."""

    def __init__(self) -> None:
        self._slow = tuple(part for target in _TARGETS.values() for part in target["slow"])

    def pytest_configure(self) -> None:
        """Take few examples, always the same ones."""
        hypothesis.settings.load_profile("mutation")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what is too slow."""
        slow = [item for item in items if any(part in item.nodeid for part in self._slow)]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
