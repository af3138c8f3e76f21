"""Papers into a ``.bib`` file of the reader's: seen before it is written, and taken back like any other change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk import remembered
from tui.desk.exporting import Exporting
from tui.desk.history import FileChange, Step
from tui.desk.marking import Marking, count
from tui.errors import ExportError
from tui.text import clean

if TYPE_CHECKING:
    from tui.exports.bibfile import BibFile, Merge, There


@dataclass(frozen=True)
class Preview:
    """What writing papers into a file would do. ``names`` leads from the key that each would have to the paper."""

    file: BibFile
    merge: Merge
    names: Mapping[str, str]

    @property
    def path(self) -> Path:
        """The file, behind links."""
        return self.file.path

    @property
    def there(self) -> tuple[There, ...]:
        """The works that the file has already."""
        return self.merge.there

    @property
    def added(self) -> tuple[str, ...]:
        """The keys of the entries that are new to it."""
        return self.merge.added

    @property
    def diff(self) -> str:
        """The difference, as a unified diff that is safe to show."""
        return self.merge.diff

    @property
    def changed(self) -> bool:
        """Whether anything would be written."""
        return self.merge.changed

    @property
    def failures(self) -> tuple[str, ...]:
        """Why papers are left out, a sentence each."""
        return tuple(why for _, why in self.merge.failures)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know of the file and of the entries."""
        return tuple(dict.fromkeys((*self.file.remarks, *self.merge.warnings)))

    @property
    def sentence(self) -> str:
        """What would happen, for the reader."""
        added, there = len(self.added), self.there
        said = [f"{count(added, 'entry')} {'is' if added == 1 else 'are'} added"] if added else []
        if there:
            keys = ", ".join(each.key for each in there[:3]) + (f" and {len(there) - 3:,} more" if there[3:] else "")
            said.append(f"{len(there):,} {'is' if len(there) == 1 else 'are'} there already as {keys}")
        return f"{clean(self.path.name, 100)}: {'; '.join(said) or 'nothing to write'}."


class Into:
    """The way into ``.bib`` files. Without *remembers*, as in the demo, no file of the reader's is offered or kept."""

    def __init__(self, exporting: Exporting, marking: Marking, remembers: bool = True) -> None:
        self._exporting = exporting
        self._marking = marking
        self._remembers = remembers

    def files(self) -> tuple[Path, ...]:
        """Return the files that are offered: the last one used, then those of the TeX project in the working folder."""
        from tui.exports.bibfile import find_project

        if not self._remembers:
            return ()
        last = remembered.last_used()
        found = [*([last] if last else []), *find_project(Path.cwd())]
        return tuple(dict.fromkeys(found))

    def preview(
        self,
        names: Iterable[str],
        path: str,
        replace: Collection[str] = (),
        fields: tuple[str, ...] | None = None,
        format: str = "bibtex",
    ) -> Preview:
        """Return what writing the papers *names* into the file *path* would do; it changes nothing.

        *replace* are keys of entries there that give way to richer ones. Raises ExportError.
        """
        from tui.exports import bibfile

        export = self._exporting.export_named(format)
        if format not in ("bibtex", "biblatex"):
            raise ExportError(f"A .bib file holds BibTeX or BibLaTeX, and not {export.LABEL}.")
        if Path(path).suffix.lower() != ".bib":
            raise ExportError(f"{clean(path, 200) or 'An empty name'} is no .bib file, so nothing is written into it.")
        items = self._exporting.items(names)
        file = bibfile.read(Path(path))
        there = {entry.key.lower() for entry in file.entries}
        if strange := [key for key in replace if key.lower() not in there]:
            raise ExportError(
                f"{clean(path, 200)} has no entry {clean(', '.join(strange), 200)} that could be replaced."
            )
        merged = bibfile.merge(file, tuple(items.values()), self._exporting.options(fields), replace, export)
        return Preview(file, merged, {item.key: name for name, item in items.items()})

    def write(self, preview: Preview) -> str:
        """Write what was previewed, keep the keys that the works go by, and return a sentence. Raises ExportError."""
        from tui.exports import bibfile

        before = preview.file.content if preview.file.exists else None
        if preview.changed:
            bibfile.write(preview.file, preview.merge)
            label = f"{count(len(preview.added), 'entry')} written into {clean(preview.path.name, 60)}"
            self._marking.note(Step(label, file=FileChange(preview.path, before, preview.merge.content)))
        left_out = {key for key, _ in preview.merge.failures}
        keys = {preview.names[key]: there for key, there in preview.merge.keys.items() if key not in left_out}
        self._exporting.keep_keys(keys)
        if self._remembers:
            remembered.remember_last(preview.path)
        return preview.sentence if preview.changed else f"{preview.sentence} Nothing was written."
