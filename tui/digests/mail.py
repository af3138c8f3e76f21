"""Mail: a message (``.eml``) or a mailbox (mbox); what is in it is taken apart by the kinds that know it.

A message gives subject, day, list and sender's name to an issue that states none. Addresses of people are not kept.
A mailbox of any length is read message by message.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import IO

from tui.digests.blocks import Head
from tui.digests.document import Document
from tui.digests.mail_head import is_box, is_mail
from tui.digests.mail_letters import Letter, letter_of
from tui.digests.mail_parts import Message, read_message
from tui.digests.mailboxes import MAX_MESSAGE, Stored, messages
from tui.digests.markdown import text_head
from tui.digests.records import Collection
from tui.digests.unread import Unread
from tui.errors import SourceError
from tui.model import Issue, Remark

NAME = "mail"
LABEL = "Mail"

PART = 300
"""How many papers, or a third as many messages with any, are given at a time."""

MAX_DEPTH = 5
"""How many messages within messages are read."""


@dataclass(frozen=True)
class Body(Document):
    """A message's body as a text or a page; ``letter`` is what its head states."""

    letter: Letter = field(default_factory=Letter)

    @cached_property
    def head(self) -> Head:
        """What the body states of itself; the subject is its title."""
        # A text's head is found without its blocks, which not every kind asks for.
        own = text_head(self.text) if self.markup == "text" else super().head
        return replace(own, title=self.letter.subject or own.title)


def recognises(document: Document) -> bool:
    """Return whether *document* is a message with its head, or a mailbox."""
    return is_mail(document.text) or (document.suffix == ".mbox" and is_box(document.text))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the issues of every message that names papers."""
    return collect(document).issues


def collect(document: Document) -> Collection:
    """Return the issues of every message that names papers; what is not read is among the warnings of the last.

    What is neither a message nor a mailbox holds none.
    """
    if not (is_mail(document.text) or is_box(document.text)):
        return Collection(())
    data = document.raw or document.text.encode("utf-8", "surrogatepass")
    found = [issue for part, _ in _read(BytesIO(data), document, not document.raw) for issue in part.issues]
    return Collection(tuple(found))


def collections(file: IO[bytes], document: Document) -> Iterator[tuple[Collection, int]]:
    """Yield what *file*, of which *document* is the beginning, holds, some messages at a time."""
    yield from _read(file, document, False)


def _read(file: IO[bytes], document: Document, is_text: bool) -> Iterator[tuple[Collection, int]]:
    unread, kept = Unread(), list[Issue]()
    behind = papers = 0
    boxed = document.suffix == ".mbox"
    for stored in messages(file, boxed=boxed):
        # What was gathered is given only when more comes, so that the last has the remarks on all of the mailbox.
        if kept and (papers >= PART or len(kept) * 3 >= PART):
            yield Collection(tuple(kept)), behind
            kept, papers = [], 0
        issues = _issues_of(stored, document, unread, is_text)
        kept += issues
        papers += sum(len(issue.entries) for issue in issues)
        behind = stored.behind
    said = tuple(unread.remarks())
    if kept and said:
        kept[-1] = replace(kept[-1], warnings=(*kept[-1].warnings, *said))
    yield Collection(tuple(kept)), behind


def _issues_of(stored: Stored, document: Document, unread: Unread, is_text: bool) -> list[Issue]:
    found, left = _taken(stored.data, document, is_text, 0)
    if stored.long:
        left.append(("the rest of the message", f"only {MAX_MESSAGE // 1_000_000} MB of one are read"))
    if found:
        remarks = tuple(Remark(1, name, f"is not read: {why}") for name, why in left)
        found[0] = replace(found[0], warnings=(*found[0].warnings, *remarks))
    else:
        unread.add("A message", stored.line, "it names no paper")
    return found


def _taken(data: bytes, document: Document, is_text: bool, depth: int) -> tuple[list[Issue], list[tuple[str, str]]]:
    """Return the issues of a message and of those in it, and what of them is not read, by name and reason."""
    message = read_message(data, is_text=is_text)
    letter = letter_of(message.fields)
    found = [_stated(issue, letter) for issue in _best(message, document, letter)]
    left = list(message.left)
    for inner in message.inner:
        if depth + 1 >= MAX_DEPTH:
            left.append(("a message in a message", f"only {MAX_DEPTH} within each other are read"))
            continue
        issues, more = _taken(inner, document, is_text, depth + 1)
        found += issues
        left += more
    return found, left


def _best(message: Message, document: Document, letter: Letter) -> tuple[Issue, ...]:
    """Return what the body holds, read as text or as page, whichever tells more of papers."""
    choices = [_taken_apart(body) for body in _bodies(message, document, letter)]
    return max(choices, key=_telling, default=())


def _telling(issues: Iterable[Issue]) -> tuple[bool, int, int]:
    entries = [entry for issue in issues for entry in issue.entries]
    return (
        any(issue.format != "links" for issue in issues),
        sum(bool(entry.identifiers) for entry in entries),
        sum(bool(entry.title) for entry in entries),
    )


def _bodies(message: Message, document: Document, letter: Letter) -> Iterator[Body]:
    """Yield the body as text, where any of it is, and as page, where any of it is; each with all that it says."""

    def body(text: str) -> Body:
        return Body(letter.without_addresses(text), document.source, letter=letter)

    if any(slot.text for slot in message.slots):
        texts = (slot.text or Document(_page(slot.page or ""), "-").flat for slot in message.slots)
        yield body("\n\n".join(texts))
    if any(slot.page for slot in message.slots):
        pages = (slot.page or f"<pre>{html.escape(slot.text or '')}</pre>" for slot in message.slots)
        yield body(_page("\n".join(pages)))


def _page(page: str) -> str:
    return page if Document(page, "-").markup == "html" else f"<html><body>{page}</body></html>"


def _taken_apart(body: Body) -> tuple[Issue, ...]:
    """Return the issues in *body* by the kind that knows it; a mail in its text is no mail of its own."""
    from tui import digests

    chosen = next((each for each in digests.formats() if each.NAME != NAME and each.recognises(body)), None)
    try:
        return tuple(issue for issue in chosen.parse(body) if issue.entries) if chosen else ()
    except SourceError:
        return ()


def _stated(issue: Issue, letter: Letter) -> Issue:
    """Return *issue* with what the message states and it does not."""
    from tui.digests import label

    named = label(issue.format)
    title = letter.subject if letter.subject and issue.title.startswith(named) else issue.title
    entries = issue.entries
    if letter.sender and not (issue.series or letter.series):
        entries = tuple(replace(entry, submitter=entry.submitter or letter.sender) for entry in entries)
    return replace(
        issue,
        title=title,
        series=issue.series or letter.series,
        date=issue.date or letter.date,
        entries=entries,
    )
