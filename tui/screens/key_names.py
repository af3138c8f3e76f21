"""How keys are called: by the reader who writes settings, by Textual, and on the screen."""

from __future__ import annotations

import string
import unicodedata

Stroke = tuple[str, ...]
"""One key, or two that are struck one after the other, by Textual's names."""

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")

SPECIAL = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "tab",
    "enter", "escape", *(f"f{number}" for number in range(1, 25)),
)  # fmt: skip

ALIASES = {
    "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert", "return": "enter",
    "control": "ctrl", "option": "alt", "cmd": "super",
}  # fmt: skip
"""What keys are called too."""

_SHORT = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "delete": "del", "insert": "ins"}
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}

_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""What a terminal sends for both, so that no program can tell them apart."""

_RENAMED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip


def name_of(character: str) -> str:
    """Return Textual's name of the key that writes *character*: ``a``, ``question_mark``."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


CHARACTERS = {name_of(each): each for each in string.punctuation + " "}
"""The names of keys that write something that is neither letter nor digit, and what they write."""


def named(key: str) -> tuple[str, str | None]:
    """Return Textual's name for what the reader calls *key*, and None; or why it is no key, in a phrase."""
    if len(key) == 1:
        return name_of(key), None if key.isprintable() else "is no key"
    *modifiers, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    modifiers = [ALIASES.get(each.lower(), each.lower()) for each in modifiers]
    last = name_of(last) if len(last) == 1 else ALIASES.get(last.lower(), last.lower())
    made = "+".join([*sorted(set(modifiers)), last.lower() if modifiers else last])
    if wrong := next((each for each in modifiers if each not in MODIFIERS), None):
        return key, f"is no key{_near(key, wrong, MODIFIERS)}"
    if len(last) != 1 and last not in SPECIAL and last not in CHARACTERS:
        return key, f"is no key{_near(key, last, (*SPECIAL, *CHARACTERS))}"
    if modifiers == ["shift"] and len(last) == 1:
        return key, f'is written "{last.upper()}"' if last.isalpha() else "is written as the character that it gives"
    if made in _SAME:
        return key, f"is the same as {_SAME[made]} to a terminal"
    return made, None


def _near(key: str, part: str, allowed: tuple[str, ...]) -> str:
    import difflib

    nearest = difflib.get_close_matches(part.lower(), allowed, 1, 0.6)
    return f"; did you mean {key.lower().replace(part.lower(), nearest[0])}?" if nearest else ""


def edits(key: str) -> bool:
    """Return whether a field needs the key called *key*: it writes a character there, or moves among those."""
    return len(key) == 1 or key in CHARACTERS or key in ("left", "right", "home", "end", "backspace", "delete")


def shown(key: str) -> str:
    """Return how the screen calls the key that Textual calls *key*: ``?``, ``esc``, ``ctrl+d``."""
    *modifiers, last = key.split("+")
    last = CHARACTERS.get(last, last) if last != "space" else last
    return "+".join([*modifiers, _SHORT.get(last, _ARROWS.get(last, last))])


def shown_stroke(stroke: Stroke) -> str:
    """Return how the screen calls a key, or two that are struck one after the other: ``y b``."""
    return " ".join(shown(key) for key in stroke)
