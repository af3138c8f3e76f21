"""The errors that paperrack raises on purpose; ``str(error)`` is one sentence for the reader.

::

    PaperrackError
    ├── SourceError        a file, address or text that cannot be taken in
    │   ├── UnreadableError    it cannot be opened, is too large, empty or no text
    │   └── NoPapersError      it is readable and names no paper
    ├── NetworkError       an address that cannot be fetched
    ├── UnknownError       no such paper, issue, format or key
    ├── LibraryError       the library folder cannot be read or written
    ├── ExportError        an entry that cannot be written as BibTeX without being wrong
    ├── ClipboardError     nothing took the text
    └── SettingsError      a setting that is unknown or has a wrong value
"""

from __future__ import annotations


class PaperrackError(Exception):
    """Anything that went wrong in a way the reader can be told in one sentence."""


class SourceError(PaperrackError):
    """A file, an address or a text cannot be taken in."""


class UnreadableError(SourceError):
    """A source cannot be opened, is too large, is empty or is not text."""


class NoPapersError(SourceError):
    """A source was read and names no paper."""


class NetworkError(PaperrackError):
    """An address could not be fetched."""


class UnknownError(PaperrackError):
    """The reader named a paper, an issue, a format or a command that does not exist."""


class LibraryError(PaperrackError):
    """The library folder cannot be read or written."""


class ExportError(PaperrackError):
    """An entry cannot be written without being wrong."""


class ClipboardError(PaperrackError):
    """No route to a clipboard, and no file either, took the text."""


class SettingsError(PaperrackError):
    """A setting is unknown or has a value that it cannot have."""
