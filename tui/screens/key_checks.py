"""What can be wrong with the reader's keys, each in a phrase with the setting to blame.

Textual passes over unknown names in silence, and of two actions on one key the one that comes first has it: here both
are refused before the screens open. Loaded only where keys are set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.screens.key_names import Stroke, edits, named, shown_stroke
from tui.screens.keymap import NONE, PREFIXES, PRESETS, ROWS, Keymap, effective
from tui.text import clean
from tui.toml_file import nearest

NEEDED = ("quit", "help", "escape")
"""What has a key in every map: nobody shuts himself in."""

Place = tuple[str, str]
"""A prefix (empty where none was struck) and a key."""


class Clash(NamedTuple):
    """What is wrong with a map: the setting to blame, where it is a setting, and why, in a phrase."""

    id: str
    why: str


def wrong(stated: Mapping[str, str]) -> Iterator[Clash]:
    """Yield what is wrong with what the reader *stated*, names before keys, and keys before what is on them."""
    for id, text in stated.items():
        if why := _misnamed(id, text):
            yield Clash(id, why)
            return
    for id, text in stated.items():
        if id != "preset" and (why := _unreadable(id, text)):
            yield Clash(id, clean(f'[keys] {id} cannot be "{text[:60]}": {why}'))
            return
    made = effective(tuple(stated.items()))
    yield from _missing(made)
    yield from _clashes(made, tuple(stated))


def _misnamed(id: str, text: str) -> str | None:
    if id == "preset":
        return (
            None
            if text in PRESETS
            else f'[keys] preset must be {" or ".join(map(_quoted, PRESETS))}, not "{clean(text)[:60]}"'
        )
    if id in ROWS:
        return None
    return f'there is no action "{clean(id)[:60]}" in [keys]{nearest(id, ROWS)}'


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
        if len(found) > 1 and id in PREFIXES:
            return f"{id} waits for a second key itself, and takes single ones"
        for key in found:
            if why := named(key)[1]:
                return f'"{key[:60]}" {why}'
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
        if other and other not in PREFIXES:
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
