"""The keys as the reader has them: the table of :mod:`tui.screens.keys`, a preset, and what ``[keys]`` says.

Loads no Textual, so that a command can check the settings too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product

from tui.screens import keys
from tui.screens.key_names import Stroke, edits, named, shown_stroke
from tui.screens.keys import Key
from tui.settings import Settings

NONE = "none"
"""What takes an action its keys."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "vim": {},
    "arrows": {
        "cursor-down": NONE,
        "cursor-up": NONE,
        "page-down": NONE,
        "page-up": NONE,
        "first": "home",
        "last": "end",
        "pane-left": "left",
        "pane-right": "right",
        "issue-before": "ctrl+up,[",
        "next-issue": "ctrl+down,]",
        "next-unread": "ctrl+right,N",
        "unread-before": "ctrl+left,P",
        "skip": "delete,x",
        "undo": "ctrl+z,u",
        "redo": "ctrl+y,ctrl+r",
        "mark-all": "ctrl+a,a",
        "search": "f3,S",
        "look-up": "f5,f",
        "export": "ctrl+e,e",
        "add": "insert,A",
        "help": "f1,question_mark",
        "palette": "f2,ctrl+p",
    },
}


class Keymap:
    """The actions of :data:`~tui.screens.keys.GROUPS` with the keys that they have now, by their names."""

    def __init__(self, strokes: Mapping[str, tuple[Stroke, ...]]) -> None:
        self.strokes = strokes

    def said(self, id: str) -> str:
        """Return all keys of the action called *id* as a page prints them; empty where it has none."""
        return ", ".join(dict.fromkeys(shown_stroke(stroke) for stroke in self.strokes.get(id, ())))

    def key(self, id: str) -> str:
        """Return the first key of the action called *id* as a sentence names it, and its name where it has none."""
        strokes = self.strokes.get(id, ())
        return shown_stroke(strokes[0]) if strokes else id

    def names(self, *ids: str) -> tuple[str, ...]:
        """Return the single keys of the actions called *ids*, by Textual's names."""
        return tuple(stroke[0] for id in ids for stroke in self.strokes[id] if len(stroke) == 1)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Each key that waits for a second one, and the name of what that chooses."""
        found = {stroke[0]: stroke[0] for strokes in self.strokes.values() for stroke in strokes if len(stroke) == 2}
        return found | {key: choice for id, choice in PREFIXES.items() for key in self.names(id)}

    def bindings(self, only: Iterable[str] = ()) -> tuple[Key, ...]:
        """Return one key after the other, each with one key and what Textual is to run; *only* some, or all.

        Textual lists keys in the order of their first binding: the choices after a prefix come first and stand
        together this way.
        """
        wanted = frozenset(only)
        rows = [row for row in ROWS.values() if not wanted or row.id in wanted]
        chosen = [key for row in rows for key in self._chords(row)]
        single = [key for row in rows for key in self._single(row)]
        return (*chosen, *single, *self._waiting({key.action.split("'")[1] for key in chosen}))

    def of_screen(self, ids: Iterable[str], row: Key) -> Iterator[Key]:
        """Yield the keys of the actions called *ids*, for a screen on which they do what *row* says."""
        for stroke in (stroke for id in ids for stroke in self.strokes[id]):
            if len(stroke) == 1:
                yield row._replace(key=stroke[0])
            else:
                choice = self.prefixes[stroke[0]]
                yield row._replace(key=stroke[1], action=f'chord({choice!r}, "{row.action}")', show=True)
                yield from self._waiting([choice])

    def _chords(self, row: Key) -> Iterator[Key]:
        for stroke in self.strokes[row.id]:
            if len(stroke) == 2:
                action = f'chord({self.prefixes[stroke[0]]!r}, "{row.action}")'
                yield row._replace(key=stroke[1], action=action, show=True, key_display=None)

    def _single(self, row: Key) -> Iterator[Key]:
        own = self.strokes[row.id] == DEFAULT_STROKES[row.id]
        for stroke in self.strokes[row.id]:
            if len(stroke) == 1:
                # While a field is typed into, a key that edits there has to go to the field.
                name = row.action.partition("(")[0]
                away = name in keys.WHILE_TYPING and edits(stroke[0])
                action = f"chord('', \"{row.action}\")" if away else row.action
                yield row._replace(key=stroke[0], action=action, key_display=row.key_display if own else None)

    def _waiting(self, chosen: Iterable[str]) -> Iterator[Key]:
        """Yield the keys that wait for a second one and are not in the table: the reader's own prefixes."""
        for key in self.prefixes:
            if self.prefixes[key] == key and key in chosen:
                yield Key(key, f"prefix({key!r})", "…", f"prefix-{key}", "Choose by the next key")


ROWS: Mapping[str, Key] = {row.id: row for _, group in keys.GROUPS for row in group}

PREFIXES: Mapping[str, str] = {
    row.id: row.action.split("'")[1] for row in ROWS.values() if row.action.startswith("prefix(")
}
"""The actions that wait for a letter, by id, and the name of what that chooses."""


def _parents() -> Iterator[tuple[str, str]]:
    of = {choice: id for id, choice in PREFIXES.items()}
    for _, group in keys.CHOICES:
        for row in group:
            yield row.id, of[row.action.partition("(")[0]]


_PARENTS: Mapping[str, str] = dict(_parents())
"""The choices after a prefix, and the prefix."""


def _strokes(texts: Mapping[str, str]) -> dict[str, tuple[Stroke, ...]]:
    """Return the strokes that *texts* name; a choice that none names comes after the keys of its prefix."""
    made = {id: tuple(_parsed(texts.get(id, row.key))) for id, row in ROWS.items() if id not in _PARENTS}
    for id, parent in _PARENTS.items():
        if id in texts:
            made[id] = tuple(_parsed(texts[id]))
        else:
            firsts = (stroke for stroke in made[parent] if len(stroke) == 1)
            made[id] = tuple((*first, key) for first, (key,) in product(firsts, _parsed(ROWS[id].key)))
    return made


def _parsed(text: str) -> Iterator[Stroke]:
    if text.strip() != NONE:
        for part in text.split(","):
            yield tuple(named(key)[0] for key in part.split())


DEFAULT_STROKES: Mapping[str, tuple[Stroke, ...]] = _strokes({})
DEFAULT = Keymap(DEFAULT_STROKES)


# What a reader set


@lru_cache(maxsize=8)
def effective(stated: tuple[tuple[str, str], ...]) -> Keymap:
    """Return the map that names and keys, as *stated*, make; both can be relied upon."""
    texts = dict(stated)
    return Keymap(_strokes({**PRESETS[texts.pop("preset", "vim")], **texts}))


def of(settings: Settings) -> Keymap:
    """Return the reader's map. Raises SettingsError, with file and line, for the first thing that is wrong with it."""
    if not settings.keys:
        return DEFAULT
    from tui.screens import key_checks

    if wrong := next(key_checks.wrong(settings.keys), None):
        from tui.toml_file import refuse

        refuse(settings.file, ("keys", wrong.id), wrong.why)
    return effective(tuple(settings.keys.items()))
