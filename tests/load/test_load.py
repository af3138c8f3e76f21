"""The short form of the load; ``python -m tests.load`` is the long one, which also watches the memory."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.load import place as places
from tests.load.__main__ import load
from tests.load.place import alone


def test_no_key_and_no_save_is_lost_and_every_end_is_clean() -> None:
    assert load(0.15, 200, 12, sized=False) == []


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.load.place import alone\n"
        "with alone(Path(sys.argv[1])): print('in')"
    )
    with alone(tmp_path / ".kept.lock"):
        words = [sys.executable, "-c", code, str(tmp_path / ".kept.lock")]
        environ = os.environ | {"PYTHONPATH": str(places.ROOT)}
        second = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert second.stdout is not None
        assert second.stderr.readline() == "waiting for another run with kept\n"
        assert not select.select([second.stdout], [], [], 0.1)[0]
    assert second.communicate(timeout=30) == ("in\n", "")


def test_what_is_kept_stays_where_another_program_is_at_one_of_its_ports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    with places.place(20, 1) as at:
        assert json.loads(at.run("sources", "--json"))
    (kept,) = tmp_path.glob("load-20-*")
    before = kept.stat().st_ino
    (port,) = json.loads((kept / "ports.json").read_text())
    with places.Feeds(port=port), places.place(20, 1) as at:
        assert f":{port}/" not in at.run("sources", "--json")
    assert kept.stat().st_ino == before
    with places.place(20, 1) as at:
        assert f":{port}/" in at.run("sources", "--json")
    assert not list(tmp_path.glob("load-run-*"))
