"""Papers leaving the library: records, citation keys, exports, the clipboard, the browser."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.desk import writing
from tui.desk.listing import page_of
from tui.desk.marking import Marking, count
from tui.desk.rack import Rack
from tui.errors import ExportError, UnknownError
from tui.frozen import dataclass
from tui.model import Record
from tui.settings import Settings
from tui.text import shown

if TYPE_CHECKING:
    from tui.clipboard import Copied
    from tui.exports import Export, Item, Options


What = Literal["bibtex", "key", "cite", "title", "url"]

_NOUNS: dict[What, str] = {
    "bibtex": "entry",
    "key": "citation key",
    "cite": "citation",
    "title": "title",
    "url": "address",
}


class Format(NamedTuple):
    """A kind of export: the name to ask for it by, the one to show, and the suffix of its files."""

    name: str
    label: str
    suffix: str


@dataclass(frozen=True)
class Taken:
    """A text to be copied, how many papers are in it, the keys that it gives out, and what is left out and why."""

    what: What
    text: str
    count: int
    keys: Mapping[str, str]
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Exporting:
    """What is taken from the library. What an export needs is loaded when the first one is asked for."""

    def __init__(self, rack: Rack, marking: Marking, settings: Settings) -> None:
        self._settings = settings
        self._rack = rack
        self._marking = marking

    def record(self, name: str) -> Record:
        """Return the one record that an export of the paper would be built from."""
        from tui.exports.records import record_of

        return record_of(self._rack.paper(name))

    def keys(self, names: Iterable[str], given: set[int] | None = None) -> dict[str, str]:
        """Return the citation key of each paper: the one kept with it, or the one it would get now.

        Who asks for the papers of a long list bit by bit hands the same set *given* in each time: it holds hashes of
        the keys that were given out, so that none is given twice.
        """
        return self._keys({name: self.record(name) for name in names}, given)

    def _keys(self, records: Mapping[str, Record], given: set[int] | None = None) -> dict[str, str]:
        from tui.exports.keys import assign
        from tui.key_pattern import DEFAULT

        wanted = [(name, record, self._rack.marks(name).key) for name, record in records.items()]
        chosen = {name for name, _, _ in wanted}

        def taken(key: str) -> bool:
            if given and hash(key.lower()) in given:
                return True
            return any(name not in chosen for name in self._with_key(key, len(chosen) + 1))

        keys = assign(wanted, taken, self._settings.bibtex.key or DEFAULT)
        if given is not None:
            given.update(hash(key.lower()) for key in keys.values())
        return keys

    def _with_key(self, key: str, most: int = 2) -> list[str]:
        return self._rack.catalogue.papers.with_key(key, most)

    def set_key(self, name: str, key: str) -> str:
        """Let the paper go by the citation key *key* from now on; an empty one gives the proposal back.

        Returns a sentence. Raises ExportError where it can be none, or is another paper's.
        """
        key = key.strip()
        if why := self.refused_key(name, key):
            raise ExportError(why)
        self._marking.change([name], "the key", lambda marks: dataclasses.replace(marks, key=key or None))
        return f"The key is {key}." if key else f"The key would be {self.keys([name])[name]}."

    def refused_key(self, name: str, key: str) -> str | None:
        """Return why *key* cannot be the paper's citation key, in a sentence, or None where it can, or is empty."""
        from tui.exports.keys import refuse_key

        if not key:
            return None
        if why := refuse_key(key):
            return why
        other = next((each for each in self._with_key(key) if each != name), None)
        return f"{key} is the key of {other} already." if other else None

    def formats(self) -> tuple[Format, ...]:
        """Return the kinds of export."""
        from tui.exports import EXPORTS

        return tuple(Format(each.NAME, each.LABEL, each.SUFFIX) for each in EXPORTS)

    def export_named(self, format: str) -> Export:
        """Return the export *format*. Raises UnknownError where there is none."""
        from tui.exports import EXPORTS

        found = next((each for each in EXPORTS if format == each.NAME), None)
        if found is None:
            raise UnknownError(f"There is no export called {format}; there are {', '.join(e.NAME for e in EXPORTS)}.")
        return found

    def items(self, names: Iterable[str]) -> dict[str, Item]:
        """Return each paper as an export is given it."""
        from tui.exports import Item

        records = {name: self.record(name) for name in names}
        keys = self._keys(records)
        return {name: Item(keys[name], record, self._rack.paper(name)) for name, record in records.items()}

    def options(self, fields: tuple[str, ...] | None = None) -> Options:
        """Return how exports are wanted: as the settings say, but with *fields* where they are given."""
        from tui.exports import Options

        chosen = self._settings.bibtex
        return Options(chosen.fields if fields is None else fields, chosen.encoding)

    def export(self, names: Iterable[str], format: str = "bibtex", fields: tuple[str, ...] | None = None) -> Taken:
        """Return the papers written in *format*, ready to leave; it changes nothing and may run in a thread.

        *fields* are written beyond the usual ones, in place of those of the settings. The keys that it gives out are
        kept by :meth:`keep_keys` once the text has left. Raises UnknownError for an unknown format.
        """
        export, items = self.export_named(format), self.items(names)
        written = export.write(tuple(items.values()), self.options(fields))
        failed = dict(written.failures)
        kept = {name: item.key for name, item in items.items() if item.key not in failed}
        return Taken("bibtex", written.text, written.count, kept, tuple(failed.values()), written.warnings)

    def keep_keys(self, keys: Mapping[str, str]) -> None:
        """Keep *keys* with their papers where they have none yet; a key that was given out never changes."""
        self._marking.keep_keys(keys)

    def take(self, names: Iterable[str], what: What) -> Taken:
        """Return *what* of the papers, ready to be copied; it changes nothing and may run in a thread."""
        chosen = tuple(dict.fromkeys(names))
        if what in ("title", "url"):
            found = [page_of(self._rack.paper(name)) if what == "url" else self._title(name) for name in chosen]
            lines = [line for line in found if line]
            missing = len(chosen) - len(lines)
            failures = (f"{count(missing, 'paper')} of these {'has' if missing == 1 else 'have'} no {_NOUNS[what]}.",)
            return Taken(what, "\n".join(lines), len(lines), {}, failures if missing else ())
        if what == "bibtex":
            return self.export(chosen)
        titled = [name for name in chosen if self.record(name).title]
        keys = self.keys(titled)
        untitled = len(chosen) - len(keys)
        failures = (f"{count(untitled, 'paper')} without a title would have no entry, so no key was copied.",)
        joined = ",".join(keys.values())
        text = f"\\cite{{{joined}}}" if what == "cite" and keys else joined
        return Taken(what, text, len(keys), keys, failures if untitled else ())

    def _title(self, name: str) -> str:
        return shown(self._rack.paper(name).title or "")

    def said(self, taken: Taken, copied: Copied) -> str:
        """Return what a reader is told of a copy: how many, by which route, and where it is if in a file."""
        many = count(taken.count, _NOUNS[taken.what])
        if copied.path:
            said = f"No clipboard took it: {many} {'is' if taken.count == 1 else 'are'} in {copied.path}"
        elif copied.certain:
            said = f"{many} copied ({copied.route})"
        else:
            said = f"{many} sent by {copied.route}, which gives no answer: paste to check"
        caution = self.caution(taken) if taken.what == "bibtex" else ""
        return f"{said}; {caution}." if caution else f"{said}."

    def caution(self, taken: Taken) -> str:
        """Return what a reader should know of entries that services did not confirm; empty where all are."""
        papers = [self._rack.paper(name) for name in taken.keys]
        unasked = sum(not (paper.details and paper.details.done) for paper in papers)
        open_offers = sum(bool(p.details and p.details.offers and not p.details.shown) for p in papers)
        bare = sum(not self.record(paper.id).authors for paper in papers)
        several = "" if unasked == len(papers) else f" of {unasked:,} of {taken.count:,}"
        said = (
            f"details{several} were never looked up" if unasked else "",
            f"{open_offers:,} {'asks' if open_offers == 1 else 'ask'} “is this it?”" if open_offers else "",
            f"{bare:,} of {taken.count:,} {'names' if bare == 1 else 'name'} no author" if bare else "",
        )
        return " and ".join(part for part in said if part)

    def copy(self, text: str, osc52: Callable[[str], None] | None = None) -> Copied:
        """Put *text* on the clipboard and return by which route; may take a second, so call it from a thread.

        *osc52* hands it to the terminal; the default writes to the one this program runs in. Raises ClipboardError.
        """
        from tui import clipboard

        return clipboard.copy(text, osc52=osc52 or clipboard.terminal_writer())

    def save(self, text: str, path: str) -> None:
        """Write *text* to the file *path*, whole or not at all; into it where it is a pipe, a device or our own output.

        Raises ExportError where it cannot be written.
        """
        writing.save(text, path)

    def paste(self) -> str:
        """Return the clipboard's text. Raises ClipboardError where there is none to be had."""
        from tui import clipboard

        return clipboard.paste()

    def open(self, name: str) -> str:
        """Open the paper's page in the browser and return its address. Raises UnknownError where it has none."""
        address = page_of(self._rack.paper(name))
        if address is None:
            raise UnknownError("This paper has no address that could be opened.")
        self.browse(address)
        return address

    def browse(self, address: str) -> None:
        """Open an http or https address in the browser. Raises PaperrackError."""
        from tui import opener

        opener.open_address(address)
