"""Hostile texts in digests of every format: each text in our own JSON, which has room for all, and in some others."""

from __future__ import annotations

from tests.hostile.cases import Case
from tests.hostile.formats import ANY_TEXT, FORMATS
from tests.hostile.taking import digest
from tests.hostile.texts import MARKUP, TEXTS
from tui.text import clean

_OTHERS = [name for name in FORMATS if name != "papers.json"]
_EACH = 2
"""How many of the other formats get each text, in turn."""

_OWN = {
    "refs.bib": ("tex", "bibtex", "braces", "backslash", "comment", "markup", "entities", "names"),
    "refs.ris": ("ris", "carriage", "markup", "bibtex", "csi"),
    "rss.xml": ("xml", "html", "entities", "controls", "markup"),
    "atom.xml": ("xml", "html", "entities", "c1", "markup"),
    "page.html": ("xml", "html", "entities", "csi", "markup"),
    "list.md": ("markdown", "html", "markup", "nested", "csi"),
    "table.md": ("markdown", "separators", "markup", "csi"),
    "quoted.yaml": ("yaml", "markup", "surrogates", "csi"),
    "bare.yaml": ("yaml", "markup", "csi"),
    "daily.json": ("json", "surrogates", "markup"),
    "csl.json": ("json", "surrogates", "markup", "tex"),
    "letter.eml": ("carriage", "markup", "csi", "modelines"),
    "week.txt": ("csi", "markup", "bidi"),
    "arxiv.txt": ("tex", "markup", "csi"),
}
"""The texts, by how their names begin, that are made against a format."""


def _formats(number: int, text: str) -> set[str]:
    turn = {_OTHERS[(number * _EACH + each) % len(_OTHERS)] for each in range(_EACH)}
    own = {name for name, kinds in _OWN.items() if text.startswith(kinds)}
    return {"papers.json"} | turn | own


def _must(format: str, text: str) -> dict[str, object]:
    if len(text) > 100_000:
        # One paper of many megabytes is passed over.
        return {"either": True}
    if format == "papers.json":
        return {"papers": 1, "title": clean(text) or None}
    if format in ANY_TEXT and text == MARKUP:
        return {"papers": 1, "title": MARKUP}
    return {"papers": 1} if format in ANY_TEXT else {"either": True}


def _cases() -> list[Case]:
    made: list[Case] = []
    for number, (name, text) in enumerate(TEXTS.items()):
        for format in sorted(_formats(number, name)):
            # A number of its own, so that what a case brings is no case's beside it.
            arxiv = f"2101.{len(made) + 10000}"
            data = FORMATS[format][1](text, arxiv)
            made.append(Case(f"{format}: {name}", digest, (format, data), _must(format, text)))
    return made


CASES = _cases()
