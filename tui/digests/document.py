"""A digest's source as text: opened, decoded, refused in one sentence, or gathered from a folder.

Formats get a :class:`Document` and never a file: what they see is the same whether the reader named a path, an
address or standard input. ``blocks`` is the text or the page in one stream, so that one parser serves both.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from typing import Literal
from urllib.parse import urlsplit

from tui.digests import charsets
from tui.digests.blocks import Block, Head
from tui.digests.mail_head import is_mail
from tui.digests.markdown import text_blocks, text_head
from tui.errors import UnreadableError
from tui.text import clean

MAX_BYTES = 20_000_000
"""The largest text or page that is read: a digest of sixty papers has 0.1 MB."""

MAX_RECORD_BYTES = 400_000_000
"""The largest JSON, BibTeX or RIS that is read: a whole group's bibliography has some 50 MB."""

MAX_STREAM_BYTES = 16_000_000_000
"""The largest file that is read bit by bit: a million papers have some 4 GB in our own JSON."""

RECORD_SUFFIXES = frozenset([".json", ".jsonl", ".bib", ".bibtex", ".ris", ".mbox"])
SUFFIXES = RECORD_SUFFIXES | frozenset(
    re.findall(
        r"\S+",
        ".txt .text .md .markdown .mdown .rst .org .html .htm .xhtml .eml .xml .rss .atom .rdf .yaml .yml",
    )
)
"""What :func:`gather` takes from a folder; a file that is named itself may be called anything."""

NO_DIGESTS = ".nodigests"
"""A folder that holds a file of this name is passed over where a folder above it is read through."""

_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_PIECE = re.compile(r"\s*<(?:main|article|section|div|header|h[1-6]|p|ul|ol|table|blockquote)\b[^<>]{0,500}>", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} |[-*+] |\d{1,3}\. )|\]\(https?://|^\|.{0,500}\|$", re.MULTILINE)
_BINARIES = (
    (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "compressed"), (b"BZh", "compressed"),
    (b"\xfd7zXZ", "compressed"), (b"(\xb5/\xfd", "compressed"), (b"\x7fELF", "a program"),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that no text has and every binary does; escape and form feed stand in mail and in old listings.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True)
class Document:
    """A decoded source as it came, line ends normalised.

    ``source`` is the path or address that the reader named, or ``-`` or ``clipboard``; ``address`` is where it was
    fetched from. ``raw`` is a mail as it came, each of whose parts has an encoding of its own.
    """

    text: str
    source: str
    address: str | None = None
    raw: bytes = field(default=b"", repr=False, compare=False)

    @cached_property
    def suffix(self) -> str:
        """The source's suffix in lower case, such as ``.md``; empty where it has none."""
        path = urlsplit(self.source).path if re.match(r"https?://", self.source, re.IGNORECASE) else self.source
        return PurePath(path).suffix.lower()

    @cached_property
    def markup(self) -> Literal["text", "html"]:
        """Whether this is a web page (whole, or a piece of one that was copied) or a text."""
        if _PAGE.match(self.text) or (self.suffix in (".html", ".htm", ".xhtml") and "<" in self.text):
            return "html"
        is_piece = self.suffix not in (".md", ".markdown", ".mdown") and _PIECE.match(self.text)
        return "html" if is_piece and not _MARKDOWN.search(self.text[:200_000]) else "text"

    @cached_property
    def _read(self) -> tuple[str, Head, tuple[Block, ...]]:
        from tui.digests.feed import is_feed

        if is_feed(self.text):
            # What is a digest in it are its items, and no other kind shall take all of them for one.
            return self.text, Head(), ()
        if self.markup == "html":
            from tui.digests.page import flatten

            return flatten(self.text, self.address)
        return self.text, text_head(self.text), text_blocks(self.text)

    @property
    def flat(self) -> str:
        """The text that ``blocks`` and remarks count the lines of: the source, or the page as plain Markdown."""
        return self._read[0]

    @property
    def head(self) -> Head:
        """What the source states of itself: a page's title, address and date, or a text's front matter."""
        return self._read[1]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The lines that are not blank, in order, with their links; site furniture is marked as such."""
        return self._read[2]


def decode(data: bytes, source: str, address: str | None = None) -> Document:
    """Return *data* as text: UTF-8, UTF-16, UTF-32, what it declares, what is detected, or Windows' and ISO's Latin-1.

    Raises UnreadableError for what is empty, no text, or larger than :data:`MAX_BYTES` (records:
    :data:`MAX_RECORD_BYTES`).
    """
    name = "The clipboard" if source == "clipboard" else "Standard input" if source == "-" else clean(source, 500)
    # To strip it would copy it.
    if not data or data.isspace():
        raise UnreadableError(f"{name} is empty.")
    if b"%PDF-" in data[:1024]:
        raise UnreadableError(f"{name} is a PDF, not a digest's text; open it in a viewer and copy the text.")
    for magic, what in _BINARIES:
        if data.startswith(magic):
            raise UnreadableError(f"{name} is {what}, not text.")
    if len(data) > _room(data, source):
        raise UnreadableError(f"{name} is larger than {_room(data, source) // 1_000_000} MB, too large for a digest.")
    text = _decoded(data)
    if text is None or len(_CONTROLS.findall(text[:200_000])) > max(8, len(text[:200_000]) // 50):
        raise UnreadableError(f"{name} is no text but binary data.")
    # To look for one sign takes a fortieth of the time of looking for two.
    text = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).lstrip("\ufeff")
    if not text or text.isspace():
        raise UnreadableError(f"{name} is empty.")
    is_letter = b"\x00" not in data[:4096] and (source.lower().endswith(".mbox") or is_mail(text))
    return Document(text, source, address, data if is_letter else b"")


def beginning(data: bytes, source: str) -> Document | None:
    """Return the first bytes of a large file, cut anywhere, as text; None where they are no UTF-8 and no mail."""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if not is_mail(text):
            return None
    return Document(text, source) if "\x00" not in text else None


def _room(data: bytes, source: str) -> int:
    suffix = PurePath(source).suffix.lower()
    is_records = suffix in RECORD_SUFFIXES or data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"@")
    return MAX_RECORD_BYTES if is_records else MAX_BYTES


def _decoded(data: bytes) -> str | None:
    """Return *data* as text, or None where no encoding makes text of it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if b"\x00" in data[:100_000]:
        return _sixteen(data)
    declared = charsets.declared(data)
    if declared.startswith("iso2022") or declared == "hz":
        # Seven-bit encodings are valid UTF-8 and mean something else.
        return data.decode(declared, "replace")
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if not damaged or damaged * 4 <= len(re.findall(r"[^\x00-\x7f\ufffd]", text)):
        # Letters of no other encoding make well-formed UTF-8 but by chance: where four in five do, some bytes were
        # damaged on the way and it is UTF-8 all the same.
        return text
    return charsets.eight(data, declared)


def _sixteen(data: bytes) -> str | None:
    """Return UTF-16 without a byte order mark as text, or None where the zeros stand elsewhere."""
    sample = data[: min(len(data), 20_000) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if max(even, odd) < half // 3 or min(even, odd) > half // 20:
        return None
    return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")


def open_document(path: Path) -> Document:
    """Return the file at *path* decoded; raises UnreadableError, in one sentence with its name, where it cannot be."""
    name = clean(str(path), 500)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_RECORD_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableError(f"{name} does not exist.") from None
    except IsADirectoryError:
        if not os.access(path, os.R_OK | os.X_OK):
            raise UnreadableError(f"{name} is a folder that may not be read: permission denied.") from None
        raise UnreadableError(f"{name} is a folder.") from None
    except PermissionError:
        raise UnreadableError(f"{name} may not be read: permission denied.") from None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{name} cannot be read: {clean(_reason(error), 200)}.") from None
    return decode(data, str(path))


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _is_folder(path: Path) -> bool:
    """Return whether *path* is a folder; where that cannot be found out, opening it will tell the reader why."""
    try:
        return path.is_dir()
    except OSError:
        # A name that is too long, or a folder above that is closed.
        return False


def gather(path: Path) -> Iterator[Path]:
    """Yield *path* itself if it is no folder, else the files in it and below that may be digests, sorted by name.

    Hidden files are passed over, and so are folders within that are marked with :data:`NO_DIGESTS`, such as the
    recorded answers beside the samples. A link to a folder is not followed, or whoever sends a folder could have all
    of the reader's disk searched. A folder that may not be read is yielded itself, so that opening it tells the reader.
    """
    if not _is_folder(path):
        yield path
        return
    pending = [path]
    while pending:
        here = pending.pop()
        try:
            status = here.stat()
            if stat.S_ISDIR(status.st_mode):
                if here == path or not here.is_symlink():
                    pending += _inside(here, named=here == path)
            elif stat.S_ISREG(status.st_mode) and here.suffix.lower() in SUFFIXES:
                yield here
        except OSError:
            # A link that leads nowhere is not the reader's digest; a folder that is closed may hold some.
            if _is_folder(here) or here.suffix.lower() in SUFFIXES:
                yield here


def _inside(folder: Path, *, named: bool) -> list[Path]:
    """Return what is not hidden in *folder*, the last name first; of a marked one nothing, unless it was *named*."""
    names = list(folder.iterdir())
    if not named and any(each.name == NO_DIGESTS for each in names):
        return []
    return sorted((each for each in names if not each.name.startswith(".")), reverse=True)
