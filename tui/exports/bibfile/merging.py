"""Items and the reader's file: which works are there, what is appended, and what the file is afterwards.

The file's bytes stay as they are, one for one, but for the entries that the reader wants replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from string import ascii_lowercase
from typing import Protocol

from tui.exports import bibtex
from tui.exports.asked import Item, Options
from tui.exports.bibfile.difference import Edit, applied, difference
from tui.exports.bibfile.entries import BibEntry
from tui.exports.bibfile.file import BOM, BibFile, entries_in
from tui.exports.bibfile.replacing import Replacement, replacement
from tui.exports.bibfile.richer import richer
from tui.exports.bibfile.works import By, Found, Works
from tui.exports.written import Written
from tui.text import clean


class Writer(Protocol):
    """What writes the entries: an export of BibTeX or BibLaTeX."""

    def write(self, items: Sequence[Item], options: Options = ...) -> Written:
        """Return the items as entries."""


@dataclass(frozen=True)
class There:
    """A work that is in the file already: the item's key, the file's key, what it was found by.

    ``richer`` says in a sentence what the item has that the entry lacks, and is None where it has nothing.
    """

    item: str
    key: str
    by: By
    richer: str | None = None


@dataclass(frozen=True)
class Merge:
    """What merging gives: ``keys`` from an item's key to the one that it goes by in the file.

    ``there`` are works found in the file, ``added`` the keys appended, ``failures`` items that cannot be written;
    ``content`` is the file afterwards, ``entries`` what its next reader must find in it, ``diff`` a unified diff that
    is safe to print.
    """

    keys: Mapping[str, str]
    there: tuple[There, ...]
    added: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    content: bytes
    diff: str
    changed: bool
    entries: tuple[BibEntry, ...] = field(default=(), repr=False)


def merge(
    file: BibFile,
    items: Sequence[Item],
    options: Options = Options(),  # noqa: B008 - frozen
    replace: Collection[str] = (),
    export: Writer = bibtex,
) -> Merge:
    """Return what merging *items* into *file* gives; nothing is written.

    *replace* names keys of the file whose entries give way to the items found to be their works, under the same key.
    """
    return _Merging(file, options, export).merged(items, {key.lower() for key in replace})


class _Merging:
    """A merge on its way: what is known of each item so far."""

    def __init__(self, file: BibFile, options: Options, export: Writer) -> None:
        self._file, self._options, self._export = file, options, export
        self._works = Works(file.entries)
        self._keys: dict[str, str] = {}
        self._there: list[There] = []
        self._failures: list[tuple[str, str]] = []
        self._warnings = list(file.remarks)
        self._replacements: dict[int, Replacement] = {}

    def merged(self, items: Sequence[Item], replace: Collection[str]) -> Merge:
        """Return what merging *items* gives, with the entries called *replace* (lower case) replaced."""
        wanted: dict[str, Item] = {}
        for item in items:
            if item.key in self._keys or item.key in wanted:
                self._failures.append((item.key, f"{item.key} is the key of another paper, and was left out."))
            elif found := self._works.find(item):
                self._found(item, found, found.entry.key.lower() in replace)
            else:
                wanted[item.key] = item
        added, text = self._added(list(wanted.values()))
        return self._made(added, text)

    def _found(self, item: Item, found: Found, replace: bool) -> None:
        """Note that *item* is in the file, and have it take the entry's place if the reader wants that."""
        entry = found.entry
        self._keys[item.key] = entry.key
        done = replace and entry.start not in self._replacements and self._replaced(item, entry)
        self._there.append(There(item.key, entry.key, found.by, None if done else richer(item.record, entry)))
        if found.others:
            key, also = clean(entry.key, 100), ", ".join(clean(other, 100) for other in found.others[:5])
            self._warnings.append(f"{self._file.name} has one work more than once, as {key} and {also}; {key} counts.")

    def _replaced(self, item: Item, entry: BibEntry) -> bool:
        written = self._export.write([item], self._options)
        self._failures += written.failures
        if entry.broken:
            why = f"{clean(entry.key, 100)} is not written as BibTeX wants it, so it cannot be replaced safely."
            self._failures.append((item.key, why))
        elif written.count == 1:
            self._replacements[entry.start] = replacement(written.text, entry, item.record, self._file.newline)
            self._warnings += written.warnings
            return True
        return False

    def _added(self, wanted: Sequence[Item]) -> tuple[list[str], bytes]:
        """Return the keys of the entries that are new, and their text."""
        named = self._named(wanted)
        written = self._export.write([item._replace(key=key) for key, item in named.items()], self._options)
        self._failures += [(named[key].key, why) for key, why in written.failures]
        content = written.text.encode()
        pieces: dict[str, bytes] = {}
        fresh = Works()
        for draft in entries_in(content, "the export"):
            item = named.pop(draft.key)
            if same := self._works.same(draft):
                self._keys[item.key] = same.key
                self._there.append(There(item.key, same.key, "title"))
                continue
            twin = fresh.same(draft) or next((found.entry for found in [fresh.find(item)] if found), None)
            self._keys[item.key] = twin.key if twin else draft.key
            if twin:
                self._warnings.append(f"{item.key} is the same work as {twin.key}, which is added once.")
                continue
            fresh.add(draft)
            pieces[draft.key] = content[draft.start : draft.end]
        # The writer begins each of its warnings with the key that it is on.
        self._warnings += [said for said in written.warnings if said.partition(": ")[0] in pieces]
        return list(pieces), b"\n\n".join(pieces.values())

    def _named(self, wanted: Sequence[Item]) -> dict[str, Item]:
        """Return the items by keys that neither the file nor another item has, in whatever case."""
        taken = set(self._file.keys) if wanted else set()
        named: dict[str, Item] = {}
        for item in wanted:
            key = next(key for key in _variants(item.key) if key.lower() not in taken)
            taken.add(key.lower())
            named[key] = item
        return named

    def _made(self, added: list[str], text: bytes) -> Merge:
        file = self._file
        edits = [made.edit for made in self._replacements.values() if made.changes]
        edits.sort()
        expected = [made.now if (made := self._replacements.get(e.start)) else e for e in file.entries]
        if added:
            addition = _lead(file) + text.replace(b"\n", file.newline) + file.newline
            edits.append(Edit(len(file.content), len(file.content), addition))
            expected += entries_in(addition, "the export")
        content = applied(file.content, edits)
        return Merge(
            keys=self._keys,
            there=tuple(self._there),
            added=tuple(added),
            failures=tuple(self._failures),
            warnings=tuple(dict.fromkeys(self._warnings)),
            content=content,
            diff=difference(file.content, edits, file.name),
            changed=content != file.content,
            entries=tuple(expected),
        )


def _variants(key: str) -> Iterator[str]:
    """Yield *key*, then with a to z behind it, then aa and on."""
    yield key
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield key + "".join(letters)


def _lead(file: BibFile) -> bytes:
    """Return the line ends that separate what the file has from what is appended: one blank line."""
    content, newline = file.content, file.newline
    if not content.removeprefix(BOM):
        return b""
    if not content.endswith(newline):
        return newline * 2
    return b"" if content.endswith(newline * 2) else newline
