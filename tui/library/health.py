"""How a library is: for ``doctor``, which reads every file again and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tui.errors import LibraryError
from tui.library.documents import ISSUES, read_issue, read_shard
from tui.library.folder import Folder, reason
from tui.library.holdings import Holdings
from tui.library.intake import Intake
from tui.library.state import PaperState


@dataclass(frozen=True)
class Health:
    """What there is in a library, and what is wrong with it.

    ``papers`` are those that issues speak of, ``states`` the papers that the reader did something with; ``files`` were
    read and checked, ``size`` is theirs in bytes; ``set_aside`` names damaged files that are kept beside the good
    ones; ``problems`` are sentences, and a library without any is healthy.
    """

    issues: int
    papers: int
    states: int
    files: int
    size: int
    writable: bool
    set_aside: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def examine(folder: Folder, holdings: Holdings, intake: Intake) -> Health:
    """Return how the library in *folder* is, after reading every file of it. Raises LibraryError."""
    stamps = folder.stamps()
    problems = [problem for file in stamps for problem in _check(folder, intake, file)]
    return Health(
        issues=len(holdings.issues),
        papers=len({name for kept in holdings.issues.values() for name in kept.papers}),
        states=len(holdings.states),
        files=len(stamps),
        size=sum(size for _, size, _ in stamps.values()),
        writable=intake.writable,
        set_aside=folder.set_aside_files(),
        problems=(*problems, *_rings(holdings.states)),
    )


def _check(folder: Folder, intake: Intake, file: str) -> Iterator[str]:
    """Yield a sentence on everything that is wrong with *file*."""
    if file in intake.closed:
        yield intake.closed[file]
        return
    path = folder.path / file
    try:
        folder.check_regular(file)
        condition = (read_issue if file.startswith(ISSUES) else read_shard)(path, folder.system).condition
    except FileNotFoundError:
        return  # another program removed it just now
    except (LibraryError, OSError) as error:
        yield f"{file} cannot be used: {reason(error)}."
        return
    yield from (f"In {file} {problem}." for problem in condition.problems)
    if not condition.sound:
        yield f"{file} was changed by another program than paperrack: its checksum does not fit."


def _rings(states: Mapping[str, PaperState]) -> Iterator[str]:
    """Yield a sentence on each paper that leads to itself, by way of the papers it was merged into."""
    for start in states:
        seen, name = {start}, states[start].merged_into
        while name is not None and name not in seen:
            seen.add(name)
            name = states[name].merged_into if name in states else None
        if name == start:
            yield f"The paper {start} leads back to itself through what it was merged into."
