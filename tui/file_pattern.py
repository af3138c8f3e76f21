"""The pattern that files are named by, ``{key}`` where the reader sets no other.

It is read here, below the settings, which check it; :mod:`tui.desk.file_names` applies it.

::

    {key}      the citation key: saeed2020contrastive        {id}      arxiv-2010.10915
    {title}    the whole title                               {venue}   NeurIPS
    {author}   Saeed, Saeed and Grangier, or Saeed et al.    {year}    2020

What stands between them is taken as it is, but for the signs that some system cannot have in a name. A name that
says only a year would be the name of many papers, so one of ``{key}``, ``{id}`` and ``{title}`` must be in it.
``{author} {year} - {title}`` gives ``Saeed et al. 2020 - Contrastive Learning of General-Purpose Audio.pdf``.
"""

from __future__ import annotations

from tui.patterns import later
from tui.text import clean

DEFAULT = "{key}"
PARTS = ("key", "id", "title", "author", "year", "venue")
MAX_PATTERN = 200

_PIECE = later(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_TELLING = frozenset({"key", "id", "title"})

Pattern = tuple[tuple[str, bool], ...]
"""Its pieces: a text, and whether that is the name of a part."""


def check(pattern: str) -> str | None:
    """Return what a pattern must be where *pattern* is none, as the phrase behind "must be"; None where it is one."""
    like = f'a pattern such as "{DEFAULT}" or "{{author}} {{year}} - {{title}}"'
    if len(pattern) > MAX_PATTERN or not pattern.isprintable():
        return f"{like}, of at most {MAX_PATTERN} characters that can be seen"
    if "/" in pattern or "\\" in pattern:
        return f"{like}, without a slash: all files are in one folder"
    found = [match.groups() for match in _PIECE.finditer(pattern)]
    if any(lone for _, _, lone in found):
        return f'{like} that closes each "{{" by a "}}"'
    names = [name for name, text, _ in found if text is None]
    unknown = next((name for name in names if name not in PARTS), None)
    if unknown is not None:
        import difflib

        near = difflib.get_close_matches(unknown, PARTS, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f'{like} whose parts are {", ".join(PARTS)} ("{clean(unknown[:40])}" is none{hint})'
    if not _TELLING.intersection(names):
        return f"{like} with {{key}}, {{id}} or {{title}} in it, which tell papers apart"
    return None


def parse(pattern: str) -> Pattern:
    """Return the pieces of *pattern*, which :func:`check` has nothing against."""
    return tuple(
        (match[2], False) if match[2] is not None else (match[1] or "", True) for match in _PIECE.finditer(pattern)
    )
