"""Entries of a .bib file that are written, read again by another program, compared, and only then handed out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tui.exports.asked import Item, Options
from tui.exports.dialects import Dialect, Wish, complaint, wish
from tui.exports.fields import Draft, draft
from tui.exports.keys import is_safe
from tui.exports.latex import unprintable
from tui.exports.prose import Prose
from tui.exports.verify import all_read, fault
from tui.exports.written import Written
from tui.text import fold

# Wide enough for the longest field, so that entries look alike whatever stands beside them.
_NAME_WIDTH = 15
_BATCH = 250


def write_entries(items: Sequence[Item], options: Options, dialect: Dialect) -> Written:
    """Return *items* as entries of *dialect*, in their order.

    An entry that has no title, has a key that BibTeX cannot read or that stands there already, is a work that stands
    there already, or would not read back as it was meant is left out and named in ``failures``.
    """
    wanted = wish(options.fields, options.encoding == "unicode")
    made = _Made(dialect, wanted)
    # A few hundred at a time: what was compared can be forgotten, and memory stays small.
    for start in range(0, len(items), _BATCH):
        made.take(items[start : start + _BATCH])
    if unknown := complaint(wanted.unknown):
        made.warnings.insert(0, unknown)
    return Written("\n".join(made.texts), made.count, tuple(made.failures), tuple(made.warnings))


class _Made:
    """The file as far as it is written."""

    def __init__(self, dialect: Dialect, wanted: Wish) -> None:
        self._dialect = dialect
        self._wanted = wanted
        self._keys: set[str] = set()
        self._works = _Works()
        self.texts: list[str] = []
        self.count = 0
        self.failures: list[tuple[str, str]] = []
        self.warnings: list[str] = []

    def take(self, items: Sequence[Item]) -> None:
        """Write *items* as far as they can be."""
        drafts: dict[str, Draft] = {}
        for each in items:
            item = Item(*each)
            made = draft(item, self._dialect, self._wanted)
            why = self._refused(item.key, made)
            if made is None or why:
                self.failures.append((item.key, why))
            else:
                drafts[item.key] = made
                self._keys.add(item.key.lower())
        text = _checked(drafts, self.failures)
        if text:
            self.texts.append(text)
        self.count += len(drafts)
        for key, made in drafts.items():
            self.warnings += _warnings(key, made)

    def _refused(self, key: str, made: Draft | None) -> str:
        """Return why an entry cannot be in the file, in a sentence, or an empty string."""
        if made is None:
            return f"{key} has no title and was left out."
        if not is_safe(key):
            return f"{key} is no key that BibTeX can read."
        if key.lower() in self._keys:
            return f"{key} is the key of another entry, for BibTeX does not tell capitals apart."
        return self._works.add(key, made) or ""


class _Works:
    """The works of a file by their identifiers, each of which may stand there once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, Prose]] = {}

    def add(self, key: str, made: Draft) -> str | None:
        """Return why the entry is one that is there, in a sentence, or None.

        Of two works that differ and claim one identifier the first has it: a chapter may state the DOI of its book.
        """
        title = made.prose["title"]
        for field, called in (("doi", "DOI"), ("eprint", "arXiv id")):
            value = made.values.get(field)
            if not value:
                continue
            other, its_title = self._known.setdefault((field, value.lower()), (key, title))
            if other == key:
                continue
            if _letters(its_title) == _letters(title):
                return f"{key} is {other} again, by its {called} {value}, and was left out."
            made.remarks.append(f"its {called} {value} is that of {other} and was left out")
            self._strip(made, field)
        return None

    @staticmethod
    def _strip(made: Draft, field: str) -> None:
        eprint = field == "eprint"
        names = [field, *(["archivePrefix", "primaryClass", "eprinttype", "eprintclass"] if eprint else [])]
        if eprint and "arxiv.org/" in made.values.get("url", ""):
            names.append("url")
        for name in names:
            made.values.pop(name, None)


def _letters(title: Prose) -> str:
    return "".join(filter(str.isalnum, fold(title.plain)))


def _checked(drafts: dict[str, Draft], failures: list[tuple[str, str]]) -> str:
    """Return the entries as text that reads back; those that do not are moved from *drafts* to *failures*."""
    text = _text(drafts)
    if all_read(_read(text), drafts):
        return text
    for key, made in list(drafts.items()):
        entries = _read(_text({key: made}))
        why = fault(made, key, entries[0]) if len(entries) == 1 else "it does not read back as one entry"
        if why:
            del drafts[key]
            failures.append((key, f"{key} was left out: {why}."))
    text = _text(drafts)
    if not all_read(_read(text), drafts):
        failures += [(key, f"{key} was left out: beside the others it does not read back.") for key in drafts]
        drafts.clear()
        return ""
    return text


def _text(drafts: Mapping[str, Draft]) -> str:
    return "\n".join(_entry(key, made) for key, made in drafts.items())


def _entry(key: str, made: Draft) -> str:
    lines = "".join([f"  {name:<{_NAME_WIDTH}} = {value},\n" for name, value in made.enclosed.items()])
    return f"@{made.type}{{{key},\n{lines}}}\n"


def _read(text: str) -> list[Any]:
    """Return the entries of *text* as another program reads them, in order, their values with their braces."""
    if not text:
        return []
    from bibtexparser.entrypoint import parse_string  # loaded when the first entry is written, for it takes 50 ms

    # Warnings on stderr would tear a full-screen program; what does not parse is found by comparing.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return list(parse_string(text, parse_stack=[]).entries)


def _warnings(key: str, made: Draft) -> Iterator[str]:
    for remark in made.remarks:
        yield f"{key}: {remark}."
    if made.unicode:
        return
    characters = "".join([unprintable(value) for value in made.values.values() if not value.isascii()])
    if characters:
        characters = "".join(dict.fromkeys(characters))
        shown = characters if len(characters) <= 20 else characters[:20] + "…"
        yield f"{key}: 8-bit BibTeX cannot print {shown}; XeLaTeX or LuaLaTeX can."
