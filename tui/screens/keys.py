"""Every key, once: the footer, the help and the palette are made from these bindings.

All of them are priority bindings: Textual runs those before it takes the next key, so that what is typed ahead never
overtakes an action. While a field is typed into, :data:`WHILE_TYPING` are all that is left of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """What a key does: a binding as Textual has it, in words that a command can read without loading Textual.

    ``key`` holds the keys as a reader's settings would (``"g,home"``); ``id`` is the action's name there.
    """

    key: str
    action: str
    description: str
    id: str
    tooltip: str
    show: bool = False
    key_display: str | None = None


Group = tuple[str, tuple[Key, ...]]


def _key(
    key: str, action: str, description: str, id: str, tooltip: str, show: bool = False, display: str | None = None
) -> Key:
    return Key(key, action, description, id, tooltip, show, display)


MOVING: Group = (
    "Moving",
    (
        _key("j", "cursor(1)", "Down", "cursor-down", "Next row, or a line down in the details"),
        _key("k", "cursor(-1)", "Up", "cursor-up", "Row before, or a line up in the details"),
        _key("down", "arrow(1)", "Down", "arrow-down", "Next row", display="↓"),
        _key("up", "arrow(-1)", "Up", "arrow-up", "Row before", display="↑"),
        _key("ctrl+d", "page(0.5)", "Half a page down", "page-down", "Half a page down"),
        _key("ctrl+u", "page(-0.5)", "Half a page up", "page-up", "Half a page up"),
        _key("pagedown", "turn(0.5)", "Half a page down", "turn-down", "Half a page down, in a field too"),
        _key("pageup", "turn(-0.5)", "Half a page up", "turn-up", "Half a page up, in a field too"),
        _key("g,home", "edge(-1)", "First", "first", "To the first row"),
        _key("G,end", "edge(1)", "Last", "last", "To the last row"),
        _key("h,left", "pane(-1)", "Pane to the left", "pane-left", "To the pane on the left"),
        _key("l,right", "pane(1)", "Pane to the right", "pane-right", "To the pane on the right"),
        _key("tab", "next_pane(1)", "Next pane", "next-pane", "To the next pane, from the last to the first"),
        _key("shift+tab", "next_pane(-1)", "Pane before", "pane-before", "To the pane before"),
        _key("enter", "open", "Open", "open", "From an issue to its papers; open a paper, and look it up once"),
        _key("[", "issue(-1)", "Issue before", "issue-before", "To the issue above in the list"),
        _key("]", "issue(1)", "Next issue", "next-issue", "To the issue below in the list"),
    ),
)
CHOOSING: Group = (
    "Choosing",
    (
        _key("slash", "filter", "Filter", "filter", "Leave only the papers of the list that a search finds", True, "/"),
        _key("S", "search", "Search", "search", "Search every paper, as you type", True),
        _key(
            "ctrl+f", "widen", "Search all", "search-all", "The same from within the field: look for its words in all"
        ),
        _key(
            "ctrl+s", "save_search", "Save search", "save-search", "Save the search under a name, or rename a saved one"
        ),
        _key("D", "remove_search", "Remove search", "remove-search", "Remove the saved search that is shown"),
        _key(
            "apostrophe",
            "place('marked')",
            "Go to marked",
            "go-marked",
            "To the list of all marked papers",
            display="'",
        ),
        _key(
            "s", "sort", "Sort", "sort", "By place, title, author, year, what is unread, starred, tagged, talked about"
        ),
        _key("space", "mark", "Mark", "mark", "Mark the paper, or take its mark away; then the next", True, "space"),
        _key(
            "v",
            "range",
            "Range",
            "range",
            "Begin a range here; keys mean all papers from there to the cursor; v ends it",
        ),
        _key("a", "mark_all", "Mark all", "mark-all", "Mark every paper in the list as it is filtered"),
        _key("u", "undo", "Undo", "undo", "Take the last change back: a mark, a reading state, a choice"),
        _key("ctrl+r", "redo", "Redo", "redo", "Do again what was undone"),
        _key(
            "escape", "escape", "Back", "escape", "Leave a prefix, then the search; twice: clear marks", display="esc"
        ),
    ),
)
READING: Group = (
    "Reading",
    (
        _key("r", "decide('read')", "Read", "read", "The paper is read, or new again; then the next unread one", True),
        _key("c", "decide('keep')", "Keep", "keep", "Keep the paper to be read; then the next unread one", True),
        _key("x", "decide('skip')", "Skip", "skip", "Drop the paper; then the next unread one", True),
        _key("full_stop,asterisk", "star", "Star", "star", "Star the paper, or take its star away"),
        _key("N", "unread(1)", "Next unread", "next-unread", "The next unread paper, in this issue or the next ones"),
        _key("P", "unread(-1)", "Unread before", "unread-before", "The unread paper before, in this issue or others"),
        _key("T", "triage", "Triage", "triage", "Decide one paper after the other, each with its abstract"),
        _key(
            "M", "read_all", "All read", "all-read", "What is unread in this list is read, and nothing that came since"
        ),
        _key("m", "prefix('become')", "Make it…", "make", "Give a reading state: choose by the next letter"),
        _key("t", "tags", "Tags", "tags", "Tag the paper, or all marked ones"),
        _key("n", "note", "Note", "note", "Write a note on the paper; markdown, as long as you like"),
        _key("E", "edit_note", "Note in editor", "edit-note", "Write the note in your own editor ($VISUAL or $EDITOR)"),
    ),
)
STATES: Group = (
    "After m",
    (
        _key("n", "become('new')", "new", "make-new", "Nothing is decided on it yet", True),
        _key("t", "become('to read')", "to read", "make-to-read", "To be read", True),
        _key("g", "become('reading')", "reading", "make-reading", "Being read", True),
        _key("r", "become('read')", "read", "make-read", "Read", True),
        _key("d", "become('dropped')", "dropped", "make-dropped", "Not worth it", True),
        _key("s", "become('starred')", "star", "make-starred", "Starred", True),
        _key("u", "become('unstarred')", "no star", "make-unstarred", "Not starred", True),
    ),
)
LOOKING: Group = (
    "Details",
    (
        _key("f", "look_up", "Look up", "look-up", "Ask the services about the paper", True),
        _key("F", "look_up_all", "Look all up", "look-up-all", "Look up all marked papers, or every paper in the list"),
        _key(
            "R",
            "refresh",
            "Refresh",
            "refresh",
            "Ask again about this paper, or the list's; among the issues, fetch what is new of sources",
        ),
        _key("J", "jobs", "Jobs", "jobs", "What is being looked up, what waits and until when; cancel there"),
        _key("plus", "take", "Take", "take", "Is this it? Yes: the offered record is the paper", display="+"),
        _key("minus", "refuse", "Refuse", "refuse", "Is this it? No: do not offer that record again", display="-"),
        _key("w", "version", "Other version", "version", "Show and export the preprint, or the published version"),
        _key("i", "provenance", "Who says so", "provenance", "Every field, who said it, and what others say; choose"),
        _key(
            "equals_sign",
            "compare",
            "Side by side",
            "compare",
            "What each issue says of the paper, side by side",
            display="=",
        ),
    ),
)
TAKING: Group = (
    "Taking along",
    (
        _key("b", "copy('bibtex')", "BibTeX", "copy-bibtex", "Copy BibTeX of all marked papers, or of this one", True),
        _key("y", "prefix('yank')", "Copy…", "copy", "Copy something else: choose by the next letter", True),
        _key(
            "e",
            "export",
            "Export",
            "export",
            "Any format, to the clipboard, a file or into your .bib; seen first",
            True,
        ),
        _key(
            "B", "bibtex", "Show BibTeX", "show-bibtex", "The entry on the whole screen, exactly as it would be copied"
        ),
        _key(
            "K",
            "key",
            "Citation key",
            "citation-key",
            "Give the paper a citation key of your own, or see the present one",
        ),
        _key("p", "pdf", "PDF", "pdf", "Fetch the open PDF into its file, and open it"),
        _key("o", "browser", "Browser", "browser", "Open the paper's page in the browser"),
        _key("O", "links", "Links", "links", "Every address of the paper, to open or copy one"),
        _key("A", "add", "Add", "add", "Take in a digest: a file, a folder, an address, or pasted text"),
        _key("W", "sources", "Sources", "sources", "The feeds and pages that you follow: how each stands, add, fetch"),
    ),
)
PROGRAM: Group = (
    "Program",
    (
        _key("question_mark", "help", "Help", "help", "Every key on one page", True, "?"),
        _key("ctrl+p", "app.command_palette", "Palette", "palette", "Every action by its name, and every issue"),
        _key("q", "quit", "Quit", "quit", "Leave paperrack; everything is saved", True),
        _key(
            "less_than_sign",
            "width(-1)",
            "Narrower",
            "narrower",
            "Make the pane narrower; it is remembered",
            display="<",
        ),
        _key("greater_than_sign", "width(1)", "Wider", "wider", "Make the pane wider; it is remembered", display=">"),
        _key("ctrl+c", "interrupt", "Not quit", "interrupt", "Says how to quit"),
    ),
)
CHORDS: Group = (
    "After y",
    (
        _key("b", "yank('bibtex')", "BibTeX", "yank-bibtex", "Copy BibTeX of all marked papers, or of this one", True),
        _key("y", "yank('key')", "citation key", "yank-key", "Copy the citation keys, a comma between them", True),
        _key(
            "c", "yank('cite')", "\\cite{…}", "yank-cite", "Copy \\cite{a,b} of all marked papers, or of this one", True
        ),
        _key("t", "yank('title')", "title", "yank-title", "Copy the titles, one a line", True),
        _key("u", "yank('url')", "URL", "yank-url", "Copy the papers' addresses, one a line", True),
    ),
)

GROUPS: tuple[Group, ...] = (MOVING, CHOOSING, READING, STATES, LOOKING, TAKING, CHORDS, PROGRAM)

CHOICES: tuple[Group, ...] = (CHORDS, STATES)
"""What is chosen by the letter after a prefix: ``yank`` and ``become``."""

SPARE = ("copy", "export", "look-up", "filter", "search", "quit", "mark", "copy-bibtex", "skip", "keep", "read")
"""The bindings that a narrow line of keys leaves out, the first one first; the help names them all."""

ORDER = (
    "read", "keep", "skip", "star", "mark", "copy-bibtex", "copy", "export", "look-up", "filter", "search",
    "help", "quit", *(row.id for _, group in CHOICES for row in group),
)  # fmt: skip
"""The bindings that the line of keys shows, in this order."""

IN_A_FIELD = ("open", "escape", "search-all", "save-search")
"""The bindings that the line of keys shows while a field is typed into."""

WHILE_TYPING = frozenset({"escape", "arrow", "turn", "interrupt", "open", "widen", "save_search"})
"""Actions whose keys write nothing, so that they go on working in a field."""


def key_of(binding: Key) -> str:
    """Return the keys that an action has where nothing is set, as a reader knows them: ``y b``, ``ctrl+d``, ``/``."""
    from tui.screens.keymap import DEFAULT

    return DEFAULT.said(binding.id)
