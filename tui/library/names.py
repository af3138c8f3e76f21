"""What the library's files are called, and what lies beside them under names that are not the library's.

A name is relative to the library folder, with a slash: ``papers/3f.json``.
"""

from __future__ import annotations

import hashlib
import re

ISSUES = "issues"
PAPERS = "papers"
DETAILS = "details"
ROOMS = (ISSUES, PAPERS, DETAILS)

_PLAIN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?=[a-z0-9])){0,119}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_NAMES = {
    ISSUES: re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]|\.(?=[a-z0-9])){0,119}|_[0-9a-f]{32})\.json"),
    PAPERS: re.compile(r"[0-9a-f]{2}\.json"),
    DETAILS: re.compile(r"[0-9a-f]{3}\.json"),
}
_CONFLICT = ".sync-conflict-"
_COPIES = (
    re.compile(r"(?P<of>[^(]+) \(.*\)(?P<end>\.json)"),  # Dropbox, Nextcloud, Google Drive, a file manager
    re.compile(r"(?P<of>.+)\.sync-conflict-.*(?P<end>\.json)"),  # Syncthing
    re.compile(r"(?P<of>[^ ]+) [0-9]+(?P<end>\.json)"),  # iCloud
    re.compile(r"(?:\.#|#)?(?P<of>[^#~]+)(?P<end>\.json)(?:#|~)?"),  # editors
)
"""How programs that copy folders, and editors, name what they put beside a file."""


def issue_file(issue_id: str) -> str:
    """Return where the issue is kept: a name that every file system takes.

    An id that is no plain name (the ids that the desk gives are) is kept under its hash, which no plain name equals.
    """
    if _PLAIN_NAME.fullmatch(issue_id) and not _DEVICES.fullmatch(issue_id) and copied(f"{issue_id}.json") is None:
        return f"{ISSUES}/{issue_id}.json"
    return f"{ISSUES}/_{_digest(issue_id)[:32]}.json"


def shard_file(paper_id: str) -> str:
    """Return where is kept what the reader did with the paper: one of 256 files, by hash."""
    return f"{PAPERS}/{_digest(paper_id)[:2]}.json"


def details_file(paper_id: str) -> str:
    """Return where is kept what services said of the paper: one of 4096 files, by hash."""
    return f"{DETAILS}/{_digest(paper_id)[:3]}.json"


def room_of(file: str) -> str | None:
    """Return the room that *file* is a document of, or None where that is no name that the library gives."""
    room, _, name = file.partition("/")
    # Of the names of copies this is the only one that could be an issue's.
    return room if room in _NAMES and _NAMES[room].fullmatch(name) and _CONFLICT not in name else None


def copied(name: str) -> str | None:
    """Return the file whose copy a synced folder or an editor named *name*, or None where it is no such name."""
    for pattern in _COPIES:
        if (match := pattern.fullmatch(name)) and (of := match["of"] + match["end"]) != name:
            return of
    return None


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
