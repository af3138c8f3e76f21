"""How a library is: for ``doctor``, which reads every file again and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.library.backups import Backup, Backups
from tui.library.survey import Survey, survey
from tui.text import clean


@dataclass(frozen=True)
class Health:
    """What there is in a library, and what is wrong with it.

    ``papers`` counts what issues speak of, by the ids that it goes by now; ``states`` are the papers that the reader
    did something with, ``details`` those that services were asked about, and ``orphans`` the papers among the two that
    no issue speaks of. ``files`` were read and checked, ``size`` is theirs in bytes; ``set_aside`` names damaged files
    that are kept beside the good ones. ``problems`` are sentences, and a library without any is healthy; ``notices``
    are sentences on what is only to be known, or the reader's to decide. ``backups`` stand newest first.
    """

    issues: int
    entries: int
    papers: int
    states: int
    details: int
    orphans: int
    files: int
    size: int
    writable: bool
    set_aside: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    backups: tuple[Backup, ...] = ()


def examine(folder: Path, writable: bool) -> Health:
    """Return how the library in *folder* is, after reading every file of it and every backup. Raises LibraryError."""
    found = survey(folder)
    backups = Backups(folder).listed()
    broken = [f"The backup {each.name} cannot be relied upon: {each.why}." for each in backups if not each.sound]
    papers = {found.canonical(name) for name in found.papers}
    kept = {found.canonical(name) for name in (*found.states, *found.details)}
    return Health(
        issues=len(found.issues),
        entries=found.entries,
        papers=len(papers),
        states=found.kept,
        details=len(found.details),
        orphans=len(kept - papers),
        files=found.files,
        size=found.size,
        writable=writable,
        set_aside=tuple(clean(name) for name in found.set_aside),
        problems=(*_problems(found), *broken),
        notices=tuple(_notices(found, bool(backups))),
        backups=backups,
    )


def _problems(found: Survey) -> Iterator[str]:
    """Yield a sentence on everything that is wrong."""
    yield from (f"{file} cannot be used: {why}." for file, why in (found.damaged | found.closed).items())
    for file in found.unsealed:
        yield f"{file} was changed by another program than paperrack: its checksum does not fit."
    yield from (f"{clean(name)} in {file} does not belong there." for file, name in found.misplaced)
    yield from (f"{clean(name)} is in {file} twice." for file, name in found.double)
    for file, count in found.nameless.items():
        yield f"In {file} {count} of the documents name no paper."
    yield from (f"{file} holds the issue {clean(name)} under another name." for file, name in found.renamed.items())
    for ring in found.rings():
        yield f"The paper {ring[0]} leads back to itself through what it was merged into: {', '.join(ring)}."


def _notices(found: Survey, backed_up: bool) -> Iterator[str]:
    """Yield a sentence on everything that the reader should know."""
    for file in found.newer:
        yield f"{file} was written by a newer paperrack and can only be read."
    for name, of in found.copies.items():
        yield f"{clean(name)} is a copy of {clean(of)} that a synced folder or an editor left: compare, and delete one."
    for file, count in (+found.passed_over).items():
        yield f"In {file} {count} of the documents cannot be used, or stand there twice: they are kept and passed over."
    yield from (f"{clean(name)} is no file of this library and was passed over." for name in found.strangers)
    yield from (f"{clean(name)} is a file that was not finished." for name in found.litter)
    if found.files and not backed_up:
        yield "There is no backup yet."
