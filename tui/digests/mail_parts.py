"""A message taken apart: its head, its texts and pages in order, the messages in it, and what is not read (RFC 2045).

Every step is linear, and depth, parts and sizes are bounded. What lies about its encoding is read by what it is.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.digests.document import decode
from tui.digests.mail_head import ENVELOPE
from tui.digests.mail_letters import Fields, fields_of, read_field
from tui.errors import SourceError
from tui.text import clean

MAX_DEPTH = 8
MAX_PARTS = 300
MAX_TEXT = 8_000_000
"""Parts within parts, parts of one message, and characters of one text that are read."""

_HEAD_LINE = re.compile(rb"[!-9;-~]{1,100}[ \t]{0,10}:")
_SIXTY_FOUR = re.compile(rb"[A-Za-z0-9+/=\s]*")


class Slot(NamedTuple):
    """A place in a message's body: its text, its page, or both where they say the same."""

    text: str | None
    page: str | None


@dataclass
class Message:
    """A message as far as it is read; ``left`` says by name and reason what is not, ``inner`` are messages in it."""

    fields: Fields
    slots: list[Slot] = field(default_factory=list)
    inner: list[bytes] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    parts: int = 0


class _Kind(NamedTuple):
    """What a part's head says of it."""

    type: str
    boundary: str
    charset: str
    flowed: bool
    joined: bool
    encoding: str
    name: str
    attached: bool


def read_message(data: bytes, *, is_text: bool = False) -> Message:
    """Return the message *data*; with *is_text*, what is not encoded in it is UTF-8 whatever it says."""
    data = data.replace(b"\r\n", b"\n")
    head, body = _halves(data)
    message = Message(fields_of(_head_text(head)))
    _part(message, message.fields, body, 0, is_text)
    return message


def _halves(data: bytes) -> tuple[bytes, bytes]:
    """Return head and body; a part may have no head, and one that was cut has no body."""
    if data.startswith(b"\n"):
        return b"", data[1:]
    if data.startswith(b"From ") and ENVELOPE.match(data[:400].decode("latin-1")):
        data = data.partition(b"\n")[2]
    if not _HEAD_LINE.match(data):
        return b"", data
    head, _, body = data.partition(b"\n\n")
    return head, body


def _head_text(head: bytes) -> str:
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return _text(head, "")


def _part(message: Message, fields: Fields, body: bytes, depth: int, is_text: bool) -> None:
    message.parts += 1
    kind = _kind(fields)
    if kind.type.startswith("multipart/") and kind.boundary and depth < MAX_DEPTH:
        pieces = list(_pieces(message, body, kind.boundary))
        if pieces:
            _multipart(message, kind, pieces, depth, is_text)
            return
    if kind.type == "message/rfc822":
        message.inner.append(_payload(body, kind.encoding))
    elif kind.attached or not kind.type.startswith(("text/", "multipart/")):
        size = f"{max(1, len(body) * (3 if kind.encoding == 'base64' else 4) // 4000):,} kB"
        message.left.append(
            (kind.name or "an attachment", f"attachments are not read (this one is {kind.type}, {size})")
        )
    else:
        _leaf(message, kind, body, is_text)


def _multipart(message: Message, kind: _Kind, pieces: list[bytes], depth: int, is_text: bool) -> None:
    first = len(message.slots)
    default = {"content-type": "message/rfc822"} if kind.type == "multipart/digest" else {}
    for piece in pieces:
        head, body = _halves(piece)
        _part(message, {**default, **fields_of(_head_text(head))}, body, depth + 1, is_text)
    if kind.type == "multipart/alternative":
        # What was said twice, as text and as page, is one place in the body.
        mine = message.slots[first:]
        text = "\n\n".join(slot.text for slot in mine if slot.text)
        page = "\n".join(slot.page for slot in mine if slot.page)
        message.slots[first:] = [Slot(text or None, page or None)] if mine else []


def _leaf(message: Message, kind: _Kind, body: bytes, is_text: bool) -> None:
    plain = kind.encoding not in ("base64", "quoted-printable")
    text = _text(_payload(body, kind.encoding), "utf-8" if plain and is_text else kind.charset)
    if kind.flowed:
        text = _unflowed(text, kind.joined)
    if len(text) > MAX_TEXT:
        message.left.append(("the rest of the text", f"only {MAX_TEXT:,} characters of it are read"))
        text = text[:MAX_TEXT]
    if text.strip():
        message.slots.append(Slot(None, text) if kind.type == "text/html" else Slot(text, None))


def _pieces(message: Message, body: bytes, boundary: str) -> Iterator[bytes]:
    """Yield what stands between the *boundary*'s lines (RFC 2046, 5.1.1); before and behind them stands nothing."""
    line = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*$", re.MULTILINE)
    start = None
    for match in line.finditer(body):
        if start is not None:
            yield body[start : max(start, match.start() - 1)]
        if match[1]:
            return
        if message.parts >= MAX_PARTS:
            message.left.append(("the rest of the message", f"only {MAX_PARTS} parts of one are read"))
            return
        message.parts += 1
        start = match.end() + 1
    if start is not None:
        message.left.append(("the end of the message", "it was cut before its last part ended"))
        yield body[start:]


def _kind(fields: Fields) -> _Kind:
    content, disposition = read_field("Content-Type", fields), read_field("Content-Disposition", fields)
    params = _params(content)
    # A Content-Type that cannot be read is text, as one that is missing is (RFC 2045, 5.2).
    kind = str(getattr(content, "content_type", "") or "text/plain").lower()
    name = _params(disposition).get("filename") or params.get("name") or ""
    return _Kind(
        type=clean(kind, 100),
        boundary=params.get("boundary", "")[:200].rstrip(),
        charset=params.get("charset", ""),
        flowed=params.get("format", "").lower() == "flowed",
        joined=params.get("delsp", "").lower() == "yes",
        encoding=fields.get("content-transfer-encoding", "").strip().lower().split(";")[0].strip(),
        name=clean(name, 200),
        attached=getattr(disposition, "content_disposition", "") == "attachment",
    )


def _params(found: object) -> dict[str, str]:
    try:
        return {str(name).lower(): str(value) for name, value in dict(getattr(found, "params", {})).items()}
    except (TypeError, ValueError, AttributeError):
        return {}


def _payload(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding != "base64" or b" " in body.strip().partition(b"\n")[0].strip():
        # What has words in its first line is no base64, whatever it says.
        return body
    match = _SIXTY_FOUR.match(body)
    # Lists put their own lines below a body without asking how it is encoded.
    end = len(body) if not match or match.end() == len(body) else body.rfind(b"\n", 0, match.end()) + 1
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body[:end])
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)) + (b"\n" + body[end:] if end < len(body) else b"")


def _text(data: bytes, charset: str) -> str:
    """Return *data* as text: UTF-8 where it is that, else as declared, else by what it looks like."""
    codec = _codec(charset)
    if codec and codec.startswith(("utf-16", "utf-32", "iso2022", "hz", "utf-7")):
        return _plain(data.decode(codec, "replace"))
    multibyte = codec is not None and codec.startswith(("gb", "big5", "euc", "shift", "cp93", "cp94", "johab"))
    for name in (codec, "utf-8") if multibyte else ("utf-8", codec):
        try:
            return _plain(data.decode(name)) if name else _plain(decode(data, "-").text)
        except (UnicodeDecodeError, SourceError):
            continue
    try:
        return _plain(decode(data, "-").text)
    except SourceError:
        return _plain(data.decode("utf-8", "replace"))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").replace("\x00", "")


def _codec(charset: str) -> str | None:
    try:
        known = codecs.lookup(charset.strip("\"' ")[:40]) if charset else None
    except (LookupError, ValueError):
        return None
    # Python keeps byte transforms (zlib, rot13) in the same registry, and some that run code of their own.
    is_text = known is not None and getattr(known, "_is_text_encoding", False)
    return known.name.replace("_", "-") if known and is_text and "escape" not in known.name else None


def _unflowed(text: str, joined: bool) -> str:
    """Return *text* with the paragraphs that its lines were broken for made whole (RFC 3676)."""
    pieces: list[str] = []
    open_line = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        soft = line.endswith(" ") and line != "-- "
        quoted = line.startswith(">")
        pieces.append(("" if open_line and not quoted else "\n") + (line[:-1] if soft and joined else line))
        open_line = soft and not quoted
    return "".join(pieces)[1:]
