"""The field over the papers: what is typed there changes the list, and nothing of how the screen is laid out."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """A field of one line whose text can become longer without the whole screen being laid out anew at each letter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
