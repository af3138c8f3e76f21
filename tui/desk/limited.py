"""Large digests taken apart in a process of their own, which is ended when it takes too long.

No parser here is known to stall; but a page, a feed or a text of over a megabyte is a stranger's, a thread cannot be
stopped, and the libraries underneath have been stalled before. Records (BibTeX, RIS, JSON of papers) are left alone:
they may be as long as a library, and take as long.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from tui.errors import PaperrackError, UnreadableError
from tui.text import clean

if TYPE_CHECKING:
    from tui.digests.document import Document
    from tui.digests.records import Collection

T = TypeVar("T")

LARGE = 1_000_000
"""From how many characters on a digest is taken apart elsewhere: starting a process takes a fifth of a second."""

SECONDS = 60.0
"""How long a large digest may take: one of 20 MB has some ten seconds."""

GRACE = 5
"""Seconds after its time is over in which a process whose parent is gone ends by itself."""

SELDOM = 100_000
"""Objects more than were let go of after which the collector looks for garbage: papers come by the ten thousand."""

_CODE = "import sys; sys.path[:] = {!r}; from {} import serve; serve()"


def pays(document: Document) -> bool:
    """Return whether *document* is so large that it is taken apart elsewhere."""
    if len(document.text) <= LARGE:
        return False
    from tui.digests import is_of_records

    return not is_of_records(document)


def collect(document: Document, format: str | None, seconds: float | None = None) -> Collection:
    """Return what :func:`tui.digests.collect` does, found out by another process within *seconds* (:data:`SECONDS`).

    Raises as that does, and UnreadableError where time is over or the process breaks down.
    """
    from tui.digests.document import Document

    # As it came, without what was found out about it already.
    bare = Document(document.text, document.source, document.address, document.raw)
    return call(_collect, (bare, format), clean(document.source, 500), seconds)


def _collect(document: Document, format: str | None) -> Collection:
    from tui import digests

    return digests.collect(document, format)


def call(function: Callable[..., T], given: tuple[object, ...], name: str, seconds: float | None = None) -> T:
    """Return what a *function* of a module makes of what is *given*, in another process within *seconds*.

    Raises the PaperrackError that it raises, and UnreadableError, about the source called *name*, where time is over
    or the process breaks down.
    """
    limit = SECONDS if seconds is None else seconds
    try:
        answer = _asked(pickle.dumps((function, given, limit), pickle.HIGHEST_PROTOCOL), limit)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{name} was given up: taking it apart took longer than {limit:g} seconds.") from None
    except OSError as error:
        raise UnreadableError(f"{name} cannot be taken apart: {clean(error.strerror or str(error), 200)}.") from None
    if not answer:
        raise UnreadableError(f"{name} cannot be taken apart: the process that read it broke down.")
    found = pickle.loads(answer)  # noqa: S301 - our own process wrote it
    if isinstance(found, PaperrackError):
        raise found
    made: T = found
    return made


def _asked(task: bytes, limit: float) -> bytes:
    """Return what the process answers to *task*, nothing where it breaks down; raises TimeoutExpired."""
    with start(__name__) as process:
        try:
            answer, _ = process.communicate(task, timeout=limit)
        except BaseException:
            process.kill()
            raise
    return answer if process.returncode == 0 else b""


def start(module: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Return a process whose whole life is the function ``serve`` of *module*, with pipes for stdin and stdout.

    It looks for no module in the working folder: one that somebody was sent may hold a ``pickle.py`` beside its
    digests. Raises OSError.
    """
    path = [each or os.getcwd() for each in sys.path]
    return subprocess.Popen(  # noqa: S603 - this very Python, and a list of words without a shell
        [sys.executable, "-I", "-c", _CODE.format(path, module)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        # Ctrl+c goes to all of a terminal's; this one is ended from here.
        start_new_session=True,
    )


def taken(descriptor: int) -> BinaryIO:
    """Return what the process was given as *descriptor*, for itself alone: what a library may print goes nowhere."""
    file = os.fdopen(os.dup(descriptor), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return file


def serve() -> None:
    """Do what stdin says and write what was found, or the error, to stdout; it is the process's whole life."""
    with taken(1) as out:
        function, given, limit = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent wrote it
        if hasattr(signal, "alarm"):
            # Whatever becomes of the parent, and whatever this one is doing by then.
            signal.alarm(int(limit) + GRACE)
        gc.set_threshold(SELDOM)
        found: object
        try:
            found = function(*given)
        except PaperrackError as error:
            found = error
        pickle.dump(found, out, pickle.HIGHEST_PROTOCOL)
