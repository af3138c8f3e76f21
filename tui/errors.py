"""The errors that paperrack raises on purpose; ``str(error)`` is one sentence for the reader.

::

    PaperrackError
    ├── SourceError        a file, address or text that cannot be taken in
    │   ├── UnreadableError    it cannot be opened, is too large, empty or no text
    │   └── NoPapersError      it is readable and names no paper
    ├── NetworkError       an address that cannot be fetched
    │   ├── AnswerError        a service answered with what cannot be its answer
    │   ├── OfflineError       the network is switched off, or this machine has none
    │   └── StoppedError       the reader cancelled it
    ├── UnknownError       no such paper, issue, format or key
    ├── QueryError         a search that cannot be meant
    │   └── OutdatedError      a search that was given up for a newer one
    ├── LibraryError       the library folder cannot be read or written
    │   └── DamagedIndexError  what is derived from its files is damaged; they are not
    ├── ExportError        an entry that cannot be written as BibTeX without being wrong
    ├── ClipboardError     nothing took the text
    ├── EditorError        the reader's editor is not there, or failed
    └── SettingsError      a setting that is unknown or has a wrong value
"""

from __future__ import annotations

import datetime


class PaperrackError(Exception):
    """Anything that went wrong in a way the reader can be told in one sentence."""


class SourceError(PaperrackError):
    """A file, an address or a text cannot be taken in."""


class UnreadableError(SourceError):
    """A source cannot be opened, is too large, is empty or is not text."""


class NoPapersError(SourceError):
    """A source was read and names no paper."""


class NetworkError(PaperrackError):
    """An address could not be fetched.

    ``status`` is HTTP's, where there was an answer; ``until`` (with time zone) is when asking again has a point;
    ``passing`` says that asking once more at once may help (a cut answer, a 503).
    """

    def __init__(
        self,
        sentence: str,
        *,
        status: int | None = None,
        until: datetime.datetime | None = None,
        passing: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.until = until
        self.passing = passing


class AnswerError(NetworkError):
    """A service answered with something that cannot be its answer: a web page, another shape, another paper."""


class OfflineError(NetworkError):
    """Nothing can be fetched at all: the settings switch the network off, or this machine has none."""


class StoppedError(NetworkError):
    """The reader cancelled what was being fetched."""


class UnknownError(PaperrackError):
    """The reader named a paper, an issue, a format or a command that does not exist."""


class QueryError(PaperrackError):
    """A search asks for what cannot be meant: ``year:abc``, a state that there is not."""


class OutdatedError(QueryError):
    """A search was interrupted: by now another one is wanted."""


class LibraryError(PaperrackError):
    """The library folder cannot be read or written."""


class DamagedIndexError(LibraryError):
    """The index that is derived from the library's files is damaged; the files are not."""


class ExportError(PaperrackError):
    """An entry cannot be written without being wrong."""


class ClipboardError(PaperrackError):
    """No route to a clipboard, and no file either, took the text."""


class EditorError(PaperrackError):
    """The reader's editor cannot be found or started, or ended without a text that can be used."""


class SettingsError(PaperrackError):
    """A setting is unknown or has a value that it cannot have."""
