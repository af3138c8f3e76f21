r"""arXiv's daily mailing: a head, then records between rules, each with ``\\`` before and behind its abstract.

One issue is one day's list of one subject class, or of one archive. A text may hold several days; each becomes an
issue with the lines that it has there. Which papers are new, cross-listed or replaced, their first section says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tui.digests import arxiv_records as records
from tui.digests.arxiv_classes import class_of, series_of
from tui.digests.arxiv_records import EDGE, RULE, START
from tui.digests.dates import day_range
from tui.digests.document import Document
from tui.model import Entry, Issue, Remark
from tui.text import clean

NAME = "arxiv-mailing"
LABEL = "arXiv mailing"

_QUOTED = re.compile(r"(?:> ?){1,12}")
_LOOKED_AT = re.compile(r"^[> \t]{0,24}(?:arXiv|Paper)[ \t(*:]", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(r"\bto:? ?([a-z]{2,8}(?:-[a-z]{2,4})?)@(?:[a-z]{1,12}\.)?arxiv\.org", re.IGNORECASE)
_SUBJECT = re.compile(r"\b([a-z]{2,8}(?:-[a-z]{2,4})?) daily\b", re.IGNORECASE)
_RECEIVED = re.compile(r"received\s++from\s++([^\n]{5,60}?)(?<!\s)\s++to\s++([^\n]{5,80})", re.IGNORECASE)
_KNOWN = re.compile(
    r"send any comments|archives? at\b|(?:to )?(?:un)?subscri|submissions to|received from|e-?mail to\b|for \S"
    r"|\(?https?://(?:[a-z]{1,12}\.)?arxiv\.org|title:? |subject:|help\b|replacements|cross-list|new submissions"
    r"|-{1,3} ?$|\.?$|to: ?\S+@\S*arxiv|to [^@]{0,60}@\S*arxiv|from:|date:|this (?:is|mail|message)\b|please\b",
    re.IGNORECASE,
)
"""How the lines begin that the mailing has round its records, and that say nothing of papers."""

_SENDER = re.compile(r"(\s{0,8}From\s?:)(.{0,2000})", re.IGNORECASE)
_MAILED = re.compile(r"\s?[<(]?[\w.+%-]{1,64}@[\w.-]{1,190}[>)]?")


@dataclass
class _Day:
    """One day's records, and what its head says."""

    first: int
    received: str | None = None
    archive: str | None = None
    names: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    primaries: list[str] = field(default_factory=list)
    left: list[Remark] = field(default_factory=list)
    end: int = 0


def recognises(document: Document) -> bool:
    r"""Return whether records stand here as arXiv mails them: an identifier behind ``\\`` or a rule, and a title."""
    if "\\\\" not in document.text or not _LOOKED_AT.search(document.text):
        return False
    from tui.digests.mail_head import is_mail

    if is_mail(document.text):
        # The mail's own kind takes it out of its envelope first.
        return False
    return next(_starts(_lines(document)), None) is not None


def parse(document: Document) -> tuple[Issue, ...]:
    """Return one issue for each day that the mailing lists."""
    lines = _lines(document)
    days = _days(lines, document.head.title or "")
    return tuple(_issue(document, lines, each) for each in days if each.entries)


def _lines(document: Document) -> list[str]:
    """Return the lines as they were sent: a forwarded mailing's without its quotation marks; senders' addresses go."""
    # A text is flat as it is; what its lines are to other kinds need not be found out.
    lines = (document.text if document.markup == "text" else document.flat).split("\n")
    if any(_QUOTED.match(line) and line.rstrip().endswith("\\\\") for line in lines):
        lines = [_QUOTED.sub("", line, count=1) if line.startswith(">") else line for line in lines]
    return [_SENDER.sub(lambda match: match[1] + _MAILED.sub("", match[2]), line, count=1) for line in lines]


def _starts(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines that begin a record."""
    opened = True
    for index, line in enumerate(lines):
        if opened and (match := START.fullmatch(line.rstrip())):
            yield index, match
        if line.strip():
            opened = bool(EDGE.match(line) or RULE.fullmatch(line))


def _days(lines: Sequence[str], subject: str) -> list[_Day]:
    starts = list(_starts(lines))
    days: list[_Day] = []
    behind = 0
    for place, (index, match) in enumerate(starts):
        day = _between(lines, behind, index, days)
        end = starts[place + 1][0] if place + 1 < len(starts) else len(lines)
        raw, behind = records.read(lines, index, end, match)
        _keep(day, raw)
        day.end = behind
    if days:
        _between(lines, behind, len(lines), days)
        days[-1].end = len(lines)
    named = _SUBJECT.search(subject)
    for day in days:
        day.archive = day.archive or (named[1].lower() if named else None)
    return days


def _keep(day: _Day, raw: records.Raw) -> None:
    found = records.entry(raw)
    day.entries.append(found)
    day.left += raw.left
    if not found.identifiers.get("arxiv"):
        day.left.append(Remark(raw.line, clean(raw.start[0], 200), "is no identifier of arXiv's"))
    codes = records.categories(raw)
    if codes and not records.is_crossed(raw):
        day.primaries.append(codes[0])


def _between(lines: Sequence[str], start: int, end: int, days: list[_Day]) -> _Day:
    """Read what stands between two records: nothing, or the head of the next day. Return the day that goes on."""
    text = "\n".join(line[:400] for line in lines[start:end])
    received = _RECEIVED.search(text)
    headed = received or re.search(r"^\s{0,8}submissions to\s?:", text, re.IGNORECASE | re.MULTILINE)
    if not days or (headed and days[-1].entries and end < len(lines)):
        days.append(_Day(start))
    day = days[-1]
    if received:
        day.received = records.day(received[2]) or records.day(received[1])
    if to := _TO.search(text):
        day.archive = day.archive or to[1].lower()
    _head_lines(lines, start, end, day)
    return day


def _head_lines(lines: Sequence[str], start: int, end: int, day: _Day) -> None:
    """Keep the names of subject classes, and report what is none of the mailing's own lines."""
    listing = follows = False
    for index in range(start, end):
        line = lines[index].strip()
        if RULE.fullmatch(line) or EDGE.match(line) or not line:
            listing = listing and not line
            continue
        name = class_of(line, day.archive) if len(line) < 80 else None
        if re.match(r"submissions to\s?:", line, re.IGNORECASE):
            listing = True
        elif line.lower().startswith("received from"):
            listing = False
            follows = " to " not in line
        elif (listing or name) and len(line) < 80:
            day.names.append(line)
        elif follows and re.match(r"to\s", line):
            follows = False
        elif not _KNOWN.match(line):
            day.left.append(Remark(index + 1, clean(line, 500), "stands outside of the records"))


def _issue(document: Document, lines: Sequence[str], day: _Day) -> Issue:
    series = series_of(day.names, day.archive, day.primaries)
    date = day.received or document.head.date
    classes = "; ".join(dict.fromkeys(day.names))
    return Issue(
        id="",
        title=f"{series}, {day_range((date,))}" if date else document.head.title or series,
        entries=tuple(replace(entry, line=entry.line - day.first) for entry in day.entries),
        format=NAME,
        series=series,
        date=date,
        introduction=f"Submissions to: {classes}" if classes else None,
        address=document.address,
        source=document.source,
        text="\n".join(lines[day.first : day.end]),
        warnings=tuple(replace(remark, line=remark.line - day.first) for remark in day.left),
    )
