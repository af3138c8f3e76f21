"""paperrack's own themes, dark and light, and how the reader's choice of one is checked.

Every colour of words reaches a contrast of 4.5 on what it stands on, and of what is no text 3 (WCAG 2.2, 1.4.3 and
1.4.11, level AA); ``tests/screens/test_themes.py`` computes it for every role of the widgets and every rule of the
style sheet.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

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
    },
)

OWN = (DARK, LIGHT)


def names() -> tuple[str, ...]:
    """Return the names of all themes, our own first."""
    return (*(theme.name for theme in OWN), *sorted(BUILTIN_THEMES))
