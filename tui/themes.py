"""paperrack's own themes, dark and light, and how the reader's choice of one is checked.

Every colour of words reaches a contrast of 4.5 on what it stands on, and of what is no text 3 (WCAG 2.2, 1.4.3 and
1.4.11, level AA); ``tests/screens/test_themes.py`` computes it for every role of the widgets and every rule of the
style sheet.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

from tui.desk.layout import Left
from tui.settings import Settings
from tui.text import clean

DARK = Theme(
    name="paperrack",
    primary="#8fb8ff",
    secondary="#7fd1b9",
    accent="#f2b872",
    warning="#f2b872",
    error="#ff8f8f",
    success="#9bd67f",
    foreground="#d9dde6",
    background="#15181e",
    surface="#1a1e26",
    panel="#232935",
    dark=True,
    variables={
        "block-cursor-text-style": "none",
        "footer-background": "#1a1e26",
        "footer-key-foreground": "#f2b872",
        "footer-description-foreground": "#a3acbd",
        "input-selection-background": "#8fb8ff 35%",
    },
)

LIGHT = Theme(
    name="paperrack-light",
    primary="#1d4f9c",
    secondary="#0b6152",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#a8201a",
    success="#2b6318",
    foreground="#1f242d",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3db",
    dark=False,
    variables={
        "block-cursor-text-style": "none",
        "footer-background": "#f3f1ec",
        "footer-key-foreground": "#8a4b00",
        "footer-description-foreground": "#4d5461",
        "input-selection-background": "#1d4f9c 25%",
        "primary-muted": "#cfdbee",
    },
)

BARE = Theme(
    name="paperrack-ansi",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_green",
    accent="ansi_magenta",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "footer-key-foreground": "ansi_magenta",
        "footer-description-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
    },
)
"""For terminals of sixteen colours, and for readers who want none: the terminal's own colours, of which the
foreground and the background are sure to go together; what stands out does so by weight, reversed or underlined."""

OWN = (DARK, LIGHT, BARE)


def names() -> tuple[str, ...]:
    """Return the names of all themes, our own first."""
    return (*(theme.name for theme in OWN), *sorted(BUILTIN_THEMES))


def first(settings: Settings, left: Left, bare: bool) -> str:
    """Return the name of the theme to begin with.

    What was chosen on the screen holds until the settings name another than they did then. Raises SettingsError, with
    file and line, where they name one that there is not.
    """
    stated = settings.appearance.theme or ""
    known = names()
    if stated and stated not in known:
        from tui.toml_file import nearest, refuse

        why = f'there is no theme "{clean(stated)[:60]}", only {", ".join(known[:-1])} and {known[-1]}'
        refuse(settings.file, ("appearance", "theme"), why + nearest(stated, known))
    if left.theme in known and left.under == stated:
        return left.theme
    return stated or (BARE.name if bare else DARK.name)
