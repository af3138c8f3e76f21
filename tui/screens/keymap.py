"""The keys as the reader has them: the table of :mod:`tui.screens.keys`, a preset, and what ``[keys]`` says.

Textual passes over unknown names in silence, and of two actions on one key the one that comes first has it: here both
are one sentence with file and line. Loads no Textual, so that a command can check the settings too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

from tui.screens import keys
from tui.screens.key_names import Stroke, edits, named, shown_stroke
from tui.screens.keys import Group, Key
from tui.settings import Settings
from tui.text import clean

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

NEEDED = ("quit", "help", "escape")
"""What has a key in every map: nobody shuts himself in."""

Place = tuple[str, str]
"""A prefix (empty where none was struck) and a key."""


@dataclass(frozen=True)
class Clash:
    """What is wrong with a map: the setting to blame, where it is a setting, and why, in a phrase."""

    id: str
    why: str


@dataclass(frozen=True)
class Keymap:
    """The actions of :data:`~tui.screens.keys.GROUPS` with the keys that they have now, by their names."""

    strokes: Mapping[str, tuple[Stroke, ...]]

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
        return found | {key: choice for id, choice in _PREFIXES.items() for key in self.names(id)}

    def bindings(self, only: Iterable[str] = ()) -> tuple[Key, ...]:
        """Return one key after the other, each with one key and what Textual is to run; *only* some, or all.

        Textual lists keys in the order of their first binding: the choices after a prefix come first and stand
        together this way.
        """
        wanted = frozenset(only)
        rows = [row for row in _ROWS.values() if not wanted or row.id in wanted]
        chosen = [key for row in rows for key in self._chords(row)]
        single = [key for row in rows for key in self._single(row)]
        return (*chosen, *single, *self._waiting({key.action.split("'")[1] for key in chosen}))

    def of_screen(self, ids: Iterable[str], row: Key) -> Iterator[Key]:
        """Yield the keys of the actions called *ids*, for a screen on which they do what *row* says."""
        for stroke in (stroke for id in ids for stroke in self.strokes[id]):
            if len(stroke) == 1:
                yield replace(row, key=stroke[0])
            else:
                choice = self.prefixes[stroke[0]]
                yield replace(row, key=stroke[1], action=f'chord({choice!r}, "{row.action}")', show=True)
                yield from self._waiting([choice])

    def _chords(self, row: Key) -> Iterator[Key]:
        for stroke in self.strokes[row.id]:
            if len(stroke) == 2:
                action = f'chord({self.prefixes[stroke[0]]!r}, "{row.action}")'
                yield replace(row, key=stroke[1], action=action, show=True, key_display=None)

    def _single(self, row: Key) -> Iterator[Key]:
        own = self.strokes[row.id] == DEFAULT_STROKES[row.id]
        for stroke in self.strokes[row.id]:
            if len(stroke) == 1:
                # While a field is typed into, a key that edits there has to go to the field.
                name = row.action.partition("(")[0]
                away = name in keys.WHILE_TYPING and edits(stroke[0])
                action = f"chord('', \"{row.action}\")" if away else row.action
                yield replace(row, key=stroke[0], action=action, key_display=row.key_display if own else None)

    def _waiting(self, chosen: Iterable[str]) -> Iterator[Key]:
        """Yield the keys that wait for a second one and are not in the table: the reader's own prefixes."""
        for key in self.prefixes:
            if self.prefixes[key] == key and key in chosen:
                yield Key(key, f"prefix({key!r})", "…", f"prefix-{key}", "Choose by the next key")


_ROWS: Mapping[str, Key] = {row.id: row for _, group in keys.GROUPS for row in group}

_PREFIXES: Mapping[str, str] = {
    row.id: row.action.split("'")[1] for row in _ROWS.values() if row.action.startswith("prefix(")
}
"""The actions that wait for a letter, by id, and the name of what that chooses."""


def _parents() -> Iterator[tuple[str, str]]:
    of = {choice: id for id, choice in _PREFIXES.items()}
    for _, group in keys.CHOICES:
        for row in group:
            yield row.id, of[row.action.partition("(")[0]]


_PARENTS: Mapping[str, str] = dict(_parents())
"""The choices after a prefix, and the prefix."""


def _strokes(texts: Mapping[str, str]) -> dict[str, tuple[Stroke, ...]]:
    """Return the strokes that *texts* name; a choice that none names comes after the keys of its prefix."""
    made = {id: tuple(_parsed(texts.get(id, row.key))) for id, row in _ROWS.items() if id not in _PARENTS}
    for id, parent in _PARENTS.items():
        if id in texts:
            made[id] = tuple(_parsed(texts[id]))
        else:
            firsts = (stroke for stroke in made[parent] if len(stroke) == 1)
            made[id] = tuple((*first, key) for first, (key,) in product(firsts, _parsed(_ROWS[id].key)))
    return made


def _parsed(text: str) -> Iterator[Stroke]:
    if text.strip() != NONE:
        for part in text.split(","):
            yield tuple(named(key)[0] for key in part.split())


DEFAULT_STROKES: Mapping[str, tuple[Stroke, ...]] = _strokes({})
DEFAULT = Keymap(DEFAULT_STROKES)


def preset(name: str) -> Keymap:
    """Return the map that the preset *name* is."""
    return Keymap(_strokes(PRESETS[name]))


# What a reader set


@lru_cache(maxsize=8)
def _effective(stated: tuple[tuple[str, str], ...]) -> Keymap:
    texts = dict(stated)
    return Keymap(_strokes({**PRESETS[texts.pop("preset", "vim")], **texts}))


def of(settings: Settings) -> Keymap:
    """Return the reader's map. Raises SettingsError, with file and line, for the first thing that is wrong with it."""
    if not settings.keys:
        return DEFAULT
    if wrong := next(_wrong(settings.keys), None):
        from tui.toml_file import refuse

        refuse(settings.file, ("keys", wrong.id), wrong.why)
    return _effective(tuple(settings.keys.items()))


def _wrong(stated: Mapping[str, str]) -> Iterator[Clash]:
    """Yield what is wrong with what the reader *stated*, names before keys, and keys before what is on them."""
    for id, text in stated.items():
        if why := _misnamed(id, text):
            yield Clash(id, why)
            return
    for id, text in stated.items():
        if id != "preset" and (why := _unreadable(id, text)):
            yield Clash(id, clean(f'[keys] {id} cannot be "{text[:60]}": {why}'))
            return
    made = _effective(tuple(stated.items()))
    yield from _missing(made)
    yield from _clashes(made, tuple(stated))


def _misnamed(id: str, text: str) -> str | None:
    from tui.toml_file import nearest

    if id == "preset":
        return (
            None
            if text in PRESETS
            else f'[keys] preset must be {" or ".join(map(_quoted, PRESETS))}, not "{clean(text)[:60]}"'
        )
    if id in _ROWS:
        return None
    return f'there is no action "{clean(id)[:60]}" in [keys]{nearest(id, _ROWS)}'


def _quoted(text: str) -> str:
    return f'"{text}"'


def _unreadable(id: str, text: str) -> str | None:
    """Return in a phrase why *text* cannot be the keys of the action called *id*, None where it can."""
    if text.strip() == NONE:
        return f"{id} has to have a key" if id in NEEDED else None
    for part in text.split(","):
        found = part.split()
        if not found:
            return 'a key is missing beside a comma (the comma itself is "comma")'
        if len(found) > 2:
            return "no more than two keys are struck one after the other"
        if len(found) > 1 and id in _PREFIXES:
            return f"{id} waits for a second key itself, and takes single ones"
        for key in found:
            if why := named(key)[1]:
                return f'"{key}" {why}'
    return None


def _missing(made: Keymap) -> Iterator[Clash]:
    if all(edits(key) for key in made.names("escape")):
        yield Clash("escape", "[keys] escape needs a key that writes nothing, for it leaves fields too")


def _clashes(made: Keymap, stated: Sequence[str]) -> Iterator[Clash]:
    """Yield each key that two actions have in one place, the reader's own setting to blame."""
    there: dict[Place, str] = {}
    for id, strokes in made.strokes.items():
        for stroke in dict.fromkeys(strokes):
            for place in _places(made, id, stroke):
                if (other := there.setdefault(place, id)) != id:
                    yield _clash(id, other, shown_stroke(stroke), stated)
    for key in made.prefixes:
        other = there.get(("", key), "")
        if other and other not in _PREFIXES:
            id = next(id for id, strokes in made.strokes.items() if any(s[0] == key and len(s) == 2 for s in strokes))
            blamed = id if id in stated else other
            key = shown_stroke((key,))
            yield Clash(
                blamed,
                f'[keys] {id} is "{made.said(id)}", so "{key}" waits for a second key and cannot be {other} as well; '
                f'give one of them another key, or "{NONE}"',
            )


def _places(made: Keymap, id: str, stroke: Stroke) -> Iterator[Place]:
    yield (made.prefixes[stroke[0]], stroke[1]) if len(stroke) == 2 else ("", stroke[0])
    if id == "escape":
        yield from ((prefix, stroke[0]) for prefix in made.prefixes.values())


def _clash(id: str, other: str, key: str, stated: Sequence[str]) -> Clash:
    own = [each for each in (id, other) if each in stated]
    blamed = max(own, key=stated.index) if own else "preset"
    second = other if blamed == id else id
    return Clash(blamed, f'[keys] {blamed} and {second} are both on "{key}"; give one of them another key, or "{NONE}"')


def groups(made: Keymap) -> tuple[Group, ...]:
    """Return the table with the keys that it has now, for pages that print it; ``key`` is as a page prints it."""
    return tuple((name, tuple(replace(row, key=made.said(row.id)) for row in group)) for name, group in keys.GROUPS)
