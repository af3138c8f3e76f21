"""The keys of triage: the reader's own for actions of the panes, and what they do on a card."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from tui.screens import keymap, keys
from tui.screens.bound import SCROLLING
from tui.screens.keymap import Keymap
from tui.screens.keys import Key
from tui.widgets.key_table import Told, Told_group

COPYING = ("copy-bibtex", "copy", *(row.id for row in keys.CHORDS[1]))
"""The actions that are the same here as in the panes."""

_OWN = (
    (("read",), "decide('read')", "Read", True, "It is read; then the next one. The same key again takes it back"),
    (("keep",), "decide('keep')", "Keep", True, "Keep it to be read; then the next one"),
    (("skip",), "decide('skip')", "Skip", True, "Drop it; then the next one"),
    (("star",), "decide('star')", "Star", True, "Star it and keep it to be read; then the next one"),
    (("look-up",), "put_off", "Fetch", True, "Ask the services about it, and go on: it comes again at the end"),
    (("pane-right",), "card(1)", "Next", True, "The next one, without a decision"),
    (("pane-left",), "card(-1)", "Before", True, "The card before"),
    (("undo",), "undo", "Undo", True, "Take the last decision back, and go to its card"),
    (("next-unread",), "issue", "Next issue", True, "To the next issue with unread papers"),
    (("pdf",), "panes('pdf')", "PDF", True, "Fetch the open PDF into its file, and open it"),
    (("browser",), "panes('browser')", "Page", True, "Open the paper's page in the browser"),
    (("escape", "quit", "triage"), "leave", "Back", True, "Back to the papers, with the cursor on this one"),
    *SCROLLING,
    (("open",), "go_on", "Go on", True, "To the next issue with unread papers, at the end of a list"),
    (("help",), "help", "Help", False, "Every key of a card"),
)
"""The reader's keys for actions of the panes, and what they do here."""

MORE = (
    Binding("n", "card(1)", "Next", show=False, priority=True),
    Binding("space", "page(0.5)", "Page", show=False, priority=True),
)
"""Keys beside the reader's own, where these leave them free."""

ORDER = ("open", "read", "keep", "skip", "star", "look-up", "pane-right", "pane-left", "undo", "copy-bibtex", "escape")
"""The keys of the line at the bottom, in this order."""

SPARE = ("copy", "browser", "pdf", "next-unread", "pane-left", "copy-bibtex")
"""The keys that a narrow line leaves out, the first one first."""

ON_A_CARD = frozenset({"decide", "put_off", "copy", "panes", "prefix", "chord"})
"""What can be done with a paper alone, and not at the end of a round."""


_BESIDE = {"pane-right": ("n",), "page-down": ("space",)}
"""What is told beside the reader's own keys of the same: :data:`MORE`."""


def page(made: Keymap) -> Told_group:
    """Return every key of a card and what it does there, for the page that tells of keys."""
    taken = {key.key for key in own(made)}
    rows = []
    for ids, _, _, _, tooltip in _OWN:
        said = [made.said(id) for id in ids if made.strokes[id]]
        said += [key for key in _BESIDE.get(ids[0], ()) if key not in taken]
        rows.append(Told(ids[0], ", ".join(said) or "—", tooltip))
    copying = (keymap.ROWS[id] for id in COPYING if made.strokes[id])
    return "On a card", (*rows, *(Told(row.id, made.said(row.id), row.tooltip) for row in copying))


def does(id: str) -> str:
    """Return the action behind the key called *id* on a card."""
    return next((action for ids, action, *_ in _OWN if ids[0] == id), "") or keymap.ROWS[id].action


def own(made: Keymap) -> Iterator[Key]:
    """Yield the keys of this screen as the reader has them."""
    yield from made.bindings(COPYING)
    for ids, action, description, show, tooltip in _OWN:
        yield from made.of_screen(ids, Key("", action, description, ids[0], tooltip, show))
