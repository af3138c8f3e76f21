"""What every test stands on: a clean environment, libraries in temporary folders, the samples read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.desk import Desk
from tui.desk.intake import Source, read_sources
from tui.library import Library
from tui.model import Issue
from tui.settings import Network, Settings

OFFLINE = Settings(network=Network(offline=True))
"""No test asks a real service, whatever key it presses."""

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"


@pytest.fixture(autouse=True)
def _no_reader_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests away from the reader's own library, settings, clipboard and terminal."""
    for name in ("NO_COLOR", "PAPERRACK_CONFIG", "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PAPERRACK_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Return what makes a desk on a new library that holds the issues it is given; offline, without other settings."""
    made: list[Desk] = []

    def make(*issues: Issue, settings: Settings = OFFLINE) -> Desk:
        desk = Desk(Library(tmp_path / f"library-{len(made)}"), settings)
        made.append(desk)
        for issue in issues:
            desk.keep(issue)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture(scope="session")
def samples() -> tuple[Source, ...]:
    """What the sample digests hold, read once."""
    return tuple(read_sources([str(SAMPLES)], Settings()))


@pytest.fixture
def sample_desk(make_desk: Callable[..., Desk], samples: tuple[Source, ...]) -> Desk:
    """A desk on the sample digests."""
    return make_desk(*(issue for source in samples for issue in source.issues))
