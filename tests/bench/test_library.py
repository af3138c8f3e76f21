"""The bench of libraries, in short: every figure is measured; how good they are is not asked here."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.bench import library, saving, screens
from tests.bench.figures import Figure, p95


@pytest.mark.parametrize("part", library.PARTS)
def test_every_figure_can_be_had(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(screens, "STRIKES", 4)
    monkeypatch.setattr(screens, "WORDS", ("deep",))
    monkeypatch.setattr(screens, "ROWS", 500)
    monkeypatch.setattr(saving, "MARKS", 3)
    found = list(library.measure([120], 1, [part]))
    assert found
    assert all(math.isfinite(figure.value) and figure.value > 0 for figure in found)


def test_a_limit_is_kept_or_missed() -> None:
    assert Figure("x", 1, 10.0, "ms").kept is None
    assert Figure("x", 1, 10.0, "ms", most=10).kept is True
    assert Figure("x", 1, 10.0, "ms", most=9).kept is False
    assert Figure("x", 1, 10.0, "ms", "y", 5.0, ratio=1.5).kept is False
    assert Figure("x", 1, 10.0, "/s", least=11).kept is False
    assert "MISSED" in str(Figure("x", 1, 10.0, "/s", least=11))


def test_the_95th_percentile_is_one_of_the_samples() -> None:
    assert p95([5.0]) == 5.0
    assert p95([float(n) for n in range(1, 101)]) == 95.0
