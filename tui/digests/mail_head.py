"""How a mail, or a mailbox, is told by its first lines (RFC 5322, RFC 4155)."""

from __future__ import annotations

import re

ENVELOPE = re.compile(
    r"From (?:[^\n]{1,300}? )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]{4,80}\d{4}[^\n]{0,40}\r?(?:\n|$)"
    r"|From (?:-|\S{1,200}@\S{1,200}|MAILER[-_]DAEMON)[^\n]{0,200}\r?(?:\n|$)"
)
"""The line that stands before each message of a mailbox."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \t]|\r?\n)")
_TELLING = frozenset(
    re.findall(
        r"\S+",
        "from to subject date message-id received return-path delivered-to mime-version list-id reply-to sender cc"
        " content-type x-mailer user-agent references in-reply-to",
    )
)
_MAX_LINES = 400


def is_mail(text: str) -> bool:
    """Return whether *text* begins as a mail or a mailbox does: with an envelope's line, or with a message's head.

    A head has three fields of mail's own or more, of which one says who or what (``From``, ``Subject``).
    """
    if ENVELOPE.match(text):
        return True
    names: set[str] = set()
    at = 0
    for _ in range(_MAX_LINES):
        match = _NAME.match(text, at)
        if match:
            names.add(text[at : match.start() + match[0].index(":")].lower())
        elif text[at : at + 1] not in (" ", "\t") or not names:
            break
        at = text.find("\n", at) + 1
        if not at:
            break
    return len(names & _TELLING) >= 3 and bool(names & {"from", "subject"})


def is_box(text: str) -> bool:
    """Return whether *text* has the line in it that stands between the messages of a mailbox."""
    at = text.find("\nFrom ")
    for _ in range(_MAX_LINES):
        if at < 0:
            break
        if ENVELOPE.match(text, at + 1):
            return True
        at = text.find("\nFrom ", at + 1)
    return False
