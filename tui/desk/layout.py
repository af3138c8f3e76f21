"""What is remembered of how the reader left the screens: place, order, theme, widths, and that the keys were taught.

It lies in one small file beside the settings' state, never in the library, for a library may be shared. A file that is
damaged or cannot be written is no reason to keep anybody from reading: it is passed over in silence.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from tui.frozen import dataclass
from tui.settings import Paths
from tui.shapes import plain, restore

MOST = 50
"""Libraries whose places are remembered; the one that was left longest ago goes first."""

_LIMIT = 100_000
"""The largest file that is read, in bytes."""


@dataclass(frozen=True)
class Place:
    """Where the reader was in a library: issue and paper, and the newest issue that there was then.

    ``among`` is the id of the place that was shown in the stead of an issue: ``to-read``, say.
    """

    issue: str = ""
    paper: str = ""
    newest: str = ""
    among: str = ""


@dataclass(frozen=True)
class Left:
    """How the reader left the screens.

    ``theme`` was chosen on the screen while the settings said ``under``. ``issues`` are cells of the issue pane, and
    ``details`` hundredths of what is left that the details take; 0 is the usual width.
    """

    theme: str = ""
    under: str = ""
    sort: str = ""
    issues: int = 0
    details: int = 0
    places: Mapping[str, Place] = field(default_factory=dict)


class Layout:
    """What is remembered, and the *file* for it; without one nothing is kept. To *teach* is for a first start."""

    def __init__(self, file: Path | None = None, left: Left | None = None, teach: bool = False) -> None:
        self.file = file
        self.left = left or Left()
        self.teach = teach

    def place(self, library: Path) -> Place:
        """Return where the reader left *library*."""
        return self.left.places.get(str(library), Place())

    def keep(self, library: Path, place: Place, left: Left) -> None:
        """Keep that the reader leaves *library* at *place*, and all else as *left* has it."""
        name = str(library)
        # Another program may have left another library meanwhile.
        before = read(self.file).left.places if self.file else self.left.places
        others = [each for each in before.items() if each[0] != name]
        self.left = replace(left, places=dict([*others, (name, place)][-MOST:]))
        self.teach = False
        if self.file is not None:
            from tui.desk import writing

            with contextlib.suppress(OSError, ValueError):
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                writing.replace(self.file, json.dumps(plain(self.left), indent=1), 0o600)


def of_platform() -> Layout:
    """Return what is remembered on this machine."""
    return read(Paths.of_platform().state.with_name("layout.json"))


def read(file: Path) -> Layout:
    """Return what is remembered in *file*; where it is absent or damaged that is nothing, and the keys are taught."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if file.is_file():
            with file.open("rb") as stream:
                return Layout(file, restore(Left, json.loads(stream.read(_LIMIT))))
    return Layout(file, teach=True)
