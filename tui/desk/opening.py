"""Desks on libraries: the reader's own, or one that is thrown away; and where the samples lie."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tui.desk import Desk
from tui.desk.filling import Told
from tui.library import Library
from tui.settings import Settings, locate


def settings(config: str | None, library: str | None) -> Settings:
    """Return the settings, with the library folder that *library*, the environment or they name."""
    return locate(config, library)


@contextlib.contextmanager
def library(settings: Settings, told: Told | None = None) -> Iterator[Desk]:
    """Yield a desk on the reader's library; it is written and closed at the end. *told* is as for :class:`Desk`."""
    with Desk(Library(settings.library.path), settings, told=told) as desk:
        yield desk


@contextlib.contextmanager
def throw_away(settings: Settings, recorded: bool = False) -> Iterator[Desk]:
    """Yield a desk on an empty library that is gone at the end; *recorded* answers from recordings, for the demo."""
    from tui.desk.services import Services

    services = Services(settings, recorded=answers()) if recorded else None
    with (
        tempfile.TemporaryDirectory(prefix="paperrack-") as folder,
        Desk(Library(Path(folder, "library")), _apart(settings, Path(folder)), services, backups=False) as desk,
    ):
        yield desk


def _apart(settings: Settings, folder: Path) -> Settings:
    """Return *settings* with what is fetched kept in *folder*."""
    return dataclasses.replace(settings, pdf=dataclasses.replace(settings.pdf, folder=folder / "pdfs"))


def answers() -> Path:
    """Return the folder of the recorded answers about the papers of the samples."""
    return samples() / "answers"


def samples() -> Path:
    """Return the folder of sample digests: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "sample_data"
    return inside if inside.is_dir() else package.parent / "sample_data"
