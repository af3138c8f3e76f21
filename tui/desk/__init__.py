"""Every operation of paperrack, once: taking in, listing, searching, marking, exporting, undoing.

Both faces (``tui.cli`` and ``tui.screens``) go through :class:`Desk` and neither has an operation of its own. The
desk knows no screen and no command line; what takes time and touches no library (:meth:`Desk.read`) may run in a
thread, the rest belongs to the thread that made the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from tui.catalogue import Catalogue
from tui.desk import intake
from tui.desk.exporting import Exporting
from tui.desk.filling import Filling, Told
from tui.desk.finding import Counts, Finding
from tui.desk.history import Shelved, Step
from tui.desk.keeping import Keeping
from tui.desk.marking import Marking, count
from tui.desk.rack import Rack, strength
from tui.desk.searches import SavedSearches
from tui.desk.taking import Brought, Expected, Taken, Taking, brought_by, summary
from tui.desk.uniting import Uniting
from tui.library import Library
from tui.model import Issue
from tui.settings import Settings

if TYPE_CHECKING:
    from tui.desk.annotating import Annotating
    from tui.desk.deciding import Deciding
    from tui.desk.into import Into
    from tui.desk.looking import Looking
    from tui.desk.pdfs import Pdfs
    from tui.desk.saving import Saving
    from tui.desk.services import Services
    from tui.desk.sources import Sources
    from tui.desk.triaging import Triaging

__all__ = ["Counts", "Desk", "Taken", "summary"]


class Desk(Finding):
    """A library, open on the desk. Close it, or use it in a ``with`` statement; closing writes what is unwritten.

    *services* are who knows papers, the settings' own where none are handed in. *told* hears how many files of how
    many are read where the catalogue has to be made anew. Without *backups* none are made, and no file of the
    reader's is remembered, for a library that is thrown away.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        services: Services | None = None,
        told: Told | None = None,
        backups: bool = True,
    ) -> None:
        catalogue = Catalogue(library.folder / "index.sqlite" if library.writable else None)
        rack = Rack(library, catalogue, settings.bibtex.prefer)
        self.filling = Filling(rack)
        super().__init__(rack, self.filling.anew)
        self.library = library
        self.settings = settings
        self.keeping = Keeping(library)
        self._backups = backups
        self.searches = SavedSearches(library, lambda step: self.marking.note(step))
        self.marking = Marking(self.rack, self.filling, self.searches, self._step_sources)
        self.exporting = Exporting(self.rack, self.marking, settings)
        self._uniting = Uniting(self.rack, self.filling)
        self._taking = Taking(self.rack, self.filling, self.identity, self._uniting)
        self._services = services
        self._heard: Callable[[], None] | None = None
        self.filling.sync(told=told)

    # What only some runs need is loaded when it is first asked for: a start should not wait for it.

    @cached_property
    def into(self) -> Into:
        """The way into the reader's ``.bib`` files."""
        from tui.desk.into import Into

        return Into(self.exporting, self.marking, self._backups)

    @cached_property
    def saving(self) -> Saving:
        """The way of exports into files of their own."""
        from tui.desk.saving import Saving

        return Saving(self.marking, self._backups)

    @cached_property
    def annotating(self) -> Annotating:
        """The reader's stars, states, tags and notes."""
        from tui.desk.annotating import Annotating

        return Annotating(self.rack, self.marking)

    @cached_property
    def triaging(self) -> Triaging:
        """The reader's decisions on what to read, and what is the next."""
        from tui.desk.triaging import Triaging

        return Triaging(self.rack, self.marking, self.shelf)

    @cached_property
    def deciding(self) -> Deciding:
        """The reader's decisions on details."""
        from tui.desk.deciding import Deciding

        return Deciding(self.rack, self.marking)

    @cached_property
    def looking(self) -> Looking:
        """The look-ups."""
        from tui.desk.looking import Looking

        looking = Looking(self.rack, self.filling, self.identity, self.settings, self.services, self._merge)
        looking.on_arrival = self._heard
        return looking

    @cached_property
    def services(self) -> Services:
        """The services that know papers, and the door to the network."""
        from tui.desk.services import Services

        return self._services or Services(self.settings)

    @cached_property
    def pdfs(self) -> Pdfs:
        """The papers' PDFs and addresses."""
        from tui.desk.pdfs import Pdfs

        return Pdfs(self.rack, self.exporting, self.settings, lambda: self.services)

    @cached_property
    def sources(self) -> Sources:
        """The feeds and pages that are followed."""
        from tui.desk.sources import Sources

        network = self.settings.network
        return Sources(
            self.library,
            lambda: self.services,
            lambda issue, edition: self._taking.keep_all([(issue, [])], edition)[0],
            self.rack.has_issue,
            self.shelf,
            lambda step: self.marking.note(step),
            offline=network.offline and (self._services is None or self._services.real),
        )

    def _step_sources(self, step: Step, back: bool) -> None:
        if step.sources:
            self.sources.step(step, back)

    @property
    def looks_up(self) -> bool:
        """Whether there are look-ups in this run; to ask that loads none."""
        return "looking" in self.__dict__

    def listen(self, heard: Callable[[], None] | None) -> None:
        """Let *heard* be called, in another thread, when a service answers, be it in look-ups yet to begin."""
        self._heard = heard
        if self.looks_up:
            self.looking.on_arrival = heard

    def waiting(self) -> bool:
        """Return whether look-ups of an earlier run wait to go on."""
        return bool(self.catalogue.papers.waiting())

    def _merge(self, best: str, olds: Collection[str]) -> None:
        """Make one paper of those that services found to be one, as a step that can be taken back."""
        label = f"{count(len(olds) + 1, 'paper')} made one"
        self._uniting.merge(best, olds, lambda before, after: self.marking.note(Step.between(label, before, after)))

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, patience: float | None = None) -> None:
        """End what is being fetched, write what is unwritten and close the library; closing twice is no error.

        A backup that is due is given up after *patience* seconds, if any are said: another run makes it.
        """
        if "pdfs" in self.__dict__:
            self.pdfs.close()
        if "looking" in self.__dict__:
            self.looking.close()
        elif "services" in self.__dict__:
            self.services.close()
        if self._backups:
            self.keeping.close(patience)
        self.library.close()
        self.catalogue.close()

    def keep_backups(self) -> None:
        """Make backups from time to time from now on, for a run that lasts."""
        if self._backups:
            self.keeping.start()

    def finish(self) -> None:
        """Have all that was put go to the disk, and a backup made that is due, while the last things are done."""
        self.library.hurry()
        if self._backups:
            self.keeping.begin()

    # Taking in

    def read(self, words: Iterable[str], format: str | None = None) -> Iterator[intake.Source]:
        """Yield what the files, folders and addresses *words* hold, without keeping it; for any thread.

        Much is read by another process, which ends with this iterator.
        """
        from tui.desk.apart import read_somewhere

        return read_somewhere(words, self.settings, format)

    def expect(self, source: intake.Source) -> tuple[Expected, ...]:
        """Return what taking in each issue of what was read would change; nothing is changed."""
        return tuple(self._taking.expect(issue) for issue in source.issues)

    def take(self, source: intake.Source, place: int = 0) -> Taken:
        """Take the issue at *place* (from 0) of what was read into the library, with the marks that came with it."""
        return self.keep(source.issues[place], brought_by(source, place))

    def take_all(self, source: intake.Source) -> list[Taken]:
        """Take all issues of what was read into the library, as one change. Raises LibraryError, with none taken."""
        return self._taking.keep_all([(issue, brought_by(source, n)) for n, issue in enumerate(source.issues)])

    def take_together(self, sources: Sequence[intake.Source]) -> list[list[Taken]]:
        """Take in all issues of *sources*, as one change; return what that changed by source. Raises LibraryError."""
        issues = [(issue, brought_by(source, n)) for source in sources for n, issue in enumerate(source.issues)]
        taken = iter(self._taking.keep_all(issues))
        return [list(islice(taken, len(source.issues))) for source in sources]

    def keep(self, issue: Issue, brought: Sequence[Brought | None] = ()) -> Taken:
        """Take *issue* into the library and return what that changed; its papers keep the reader's marks.

        An edition that is known already changes nothing; see :func:`tui.desk.editions.revised` for another one.
        What is *brought* along from another library, one an entry, is the reader's own. Raises LibraryError.
        """
        return self._taking.keep_all([(issue, brought)])[0]

    def remove(self, names: Iterable[str]) -> int:
        """Remove the issues *names* from the library, as one step, and return how many; their papers' marks are kept.

        Raises UnknownError, before anything is removed, and LibraryError.
        """
        found = list(dict.fromkeys(self.issue(name).id for name in names))
        shelf = {name: (Shelved(self.rack.issue(name), self.rack.order(name)), None) for name in found}
        for name in found:
            self.filling.remove_issue(name)
        if found:
            label = shelf[found[0]][0].issue.title if len(found) == 1 else count(len(found), "issue")
            self.marking.note(Step(f"{label} removed", shelf=shelf))
        return len(found)

    def unite(self, words: Sequence[str]) -> str:
        """Make one paper of those that *words* name, as one step, and return its id. Raises UnknownError."""
        names = tuple(dict.fromkeys(self.paper(each).id for each in words))
        best = min(names, key=strength)
        self._merge(best, [name for name in names if name != best])
        return best

    # Knowing

    @staticmethod
    def formats() -> dict[str, list[dict[str, str]]]:
        """Return the kinds of digest and of export that are known, each with name and label."""
        from tui.digests import formats
        from tui.exports import EXPORTS

        return {
            "digest": [{"name": each.NAME, "label": each.LABEL} for each in formats()],
            "export": [{"name": each.NAME, "label": each.LABEL} for each in EXPORTS],
        }
