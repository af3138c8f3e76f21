"""The short form of the load; ``python -m tests.load`` is the long one, which also watches the memory."""

from __future__ import annotations

from tests.load.__main__ import load


def test_no_key_and_no_save_is_lost_and_every_end_is_clean() -> None:
    assert load(0.15, 200, 12, sized=False) == []
