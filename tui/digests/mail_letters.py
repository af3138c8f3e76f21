"""What a message's head states: subject, day, the sender's name, and the list that it came through (RFC 5322, 2919).

The standard library's ``email`` reads the fields, each cut to a length and alone, so that no head can stall or break
it. Addresses of people are read only to be taken out of what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.utils import parsedate_tz
from typing import Any

from tui.digests.dates import date_in
from tui.text import clean, fold

MAX_HEAD = 400_000
MAX_FIELD = 4_000
MAX_FIELDS = 1_000
"""More characters and more fields than these no head has; what is beyond is not looked at."""

_FIELD = re.compile(r"([!-9;-~]{1,100})[ \t]{0,10}:[ \t]*(.*)")
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw)\s?(?:\[\d{1,3}\])?\s?:\s*){1,20}", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+%=~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_IN_BRACKETS = re.compile(
    r" ?(?:<|\[mailto:|&lt;)(?:mailto:)?[\w.+%=~'-]{1,64}@[\w.-]{1,190}(?:>|\]|&gt;)", re.IGNORECASE
)
_LIST = re.compile(r"([^<>]{0,500})<([^<>\s]{1,300})>?")
# Names that a program gave: 32 digits, a customer's number.
_MADE = re.compile(r"\d{4}|(?=[a-f]{0,7}\d)[0-9a-f]{8}|^.?$|\blist$", re.IGNORECASE)
_YEAR_0 = re.compile(r"\s0\d{3}\s")
_YEARS = range(1970, 2100)
_MAX_ADDRESSES = 200

Fields = Mapping[str, str]
"""A head's fields by their names in lower case; of several of one name the first."""


@dataclass(frozen=True)
class Letter:
    """What is kept of a message's head, and the addresses in it, which are not."""

    subject: str | None = None
    date: str | None = None
    sender: str | None = None
    series: str | None = None
    addresses: tuple[str, ...] = ()

    def without_addresses(self, text: str) -> str:
        """Return *text* without the addresses of those who wrote, sent and got this message, and without any in
        angle brackets, as mail programs write them."""
        if "@" not in text:
            return text
        text = _IN_BRACKETS.sub("", text)
        ours = frozenset(self.addresses)
        return _ADDRESS.sub(lambda match: "…" if match[0].lower() in ours else match[0], text)


def fields_of(head: str) -> dict[str, str]:
    """Return the fields of *head* unfolded."""
    found: dict[str, str] = {}
    name = ""
    for line in head[:MAX_HEAD].split("\n"):
        if line[:1] in (" ", "\t"):
            if name and len(found[name]) < MAX_FIELD:
                found[name] += f" {line.strip()[:MAX_FIELD]}"
        elif match := _FIELD.match(line[: MAX_FIELD + 200]):
            name = match[1].lower()
            if name in found or len(found) >= MAX_FIELDS:
                # A name that nothing asks for takes what is folded below it.
                name = "\n"
            found[name] = match[2][:MAX_FIELD]
        else:
            name = ""
    found.pop("\n", None)
    return found


def read_field(name: str, fields: Fields) -> Any:
    """Return the field *name* as ``email`` reads it (RFC 2047 and 2231 decoded), or None where it cannot be read."""
    value = fields.get(name.lower())
    if value is None:
        return None
    try:
        return policy.default.header_factory(name, value[:MAX_FIELD])
    except Exception:
        # The library promises no set of errors for what strangers write there; nor does it keep to one.
        return None


def letter_of(fields: Fields) -> Letter:
    """Return what a head states."""
    subject = _words("Subject", fields)
    stated = " ".join(fields.get(name, "") for name in ("from", "sender", "reply-to", "to", "cc", "return-path"))
    found = dict.fromkeys(match[0].lower() for match in _ADDRESS.finditer(stated[: 5 * MAX_FIELD]))
    sender = _sender(fields)
    bulk = "list-id" in fields or "list-unsubscribe" in fields or "bulk" in fold(fields.get("precedence", ""))
    return Letter(
        subject=_REPLY.sub("", subject, count=1) or None,
        date=_day(fields),
        sender=sender,
        series=_list(fields) or (sender if bulk else None),
        addresses=tuple(found)[:_MAX_ADDRESSES],
    )


def _words(name: str, fields: Fields) -> str:
    """Return a field of words, its encoded words decoded; as it stands where they cannot be."""
    try:
        return clean(str(policy.default.header_factory("Subject", fields.get(name.lower(), "")[:MAX_FIELD])), 1000)
    except Exception:
        return clean(fields.get(name.lower(), ""), 1000)


def _sender(fields: Fields) -> str | None:
    """Return the display name of the sender, or None; never an address."""
    found = read_field("From", fields)
    try:
        name = found.addresses[0].display_name if found and found.addresses else ""
    except (IndexError, AttributeError, ValueError):
        name = ""
    name = name or re.sub(r"[<(][^<>()]{0,300}@[^<>()]{0,300}[>)]?", "", _words("From", fields))
    name = _ADDRESS.sub("", name)
    # "Ada via Friday readers" is how lists rewrite senders.
    name = re.sub(r"['\"]|(?<!\s)\s++via\s.{0,200}$", "", clean(name, 300)).strip(" <>()[],;:")
    return name if name and "@" not in name else None


def _day(fields: Fields) -> str | None:
    """Return the day on which the message was written, as its sender's clock had it, or on which it was received."""
    for value in (fields.get("date", ""), fields.get("received", "").rpartition(";")[2]):
        try:
            # The library takes the year 0 for 2000.
            found = None if _YEAR_0.search(value) else parsedate_tz(value.strip()[:200])
        except (ValueError, IndexError, TypeError, OverflowError):
            found = None
        day = f"{found[0]:04}-{found[1]:02}-{found[2]:02}" if found else value[:200]
        if (day := date_in(day) or "") and int(day[:4]) in _YEARS:
            return day
    return None


def _list(fields: Fields) -> str | None:
    """Return the name of the mailing list, or None where there is none that anybody gave it (RFC 2919)."""
    stated = _words("List-Id", fields)
    match = _LIST.match(stated) if stated else None
    phrase = (match[1] if match else "").strip(" \"'")
    label = (match[2] if match else stated).split(".")[0].strip()
    return next((name for name in (phrase, label) if name and "@" not in name and not _MADE.search(name)), None)
