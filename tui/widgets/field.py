"""Fields of one line: the one over the papers, and the one for the name of a file."""

from __future__ import annotations

import os
from pathlib import Path

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """A field of one line whose text can become longer without the whole screen being laid out anew at each letter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class PathField(Field):
    """A field for the name of a file, in which tab completes as in a shell.

    It never leaves the field: what is typed on would be keys of the dialog.
    """

    def on_key(self, event: events.Key) -> None:
        """Complete what stands before the cursor."""
        if event.key == "tab" and self.value:
            event.prevent_default()
            event.stop()
            typed = self.value[: self.cursor_position]
            whole = completed(typed)
            self.value = whole + self.value[self.cursor_position :]
            self.cursor_position = len(whole)


def completed(typed: str) -> str:
    """Return the path *typed* so far, with what all names that begin so have in common; a folder ends in a slash."""
    folder, begin = os.path.split(typed)
    try:
        with os.scandir(Path(folder or ".").expanduser()) as found:
            names = [
                each.name + "/" * each.is_dir()
                for each in found
                if each.name.startswith(begin) and each.name.isprintable() and (begin or each.name[0] != ".")
            ]
    except (OSError, RuntimeError, ValueError):
        return typed
    common = os.path.commonprefix(names)  # noqa: RUF071 - letters are completed, and no parts of a path
    return os.path.join(folder, common) if len(common) > len(begin) else typed
