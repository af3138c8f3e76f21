"""The reader's settings, read once from TOML, and the places of paperrack's files.

A setting is a field below; its type, and ``check`` in its metadata, say what it may be. Whatever else a file holds is
one :class:`~tui.errors.SettingsError` that names file, line and what is allowed. Nothing here is written, and nothing
but :func:`locate` looks at the environment.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from tui.errors import SettingsError
from tui.frozen import dataclass
from tui.text import clean

PROVIDERS = (
    "arxiv", "datacite", "crossref", "openalex", "semantic_scholar", "dblp", "openreview", "acl", "huggingface",
    "github", "unpaywall",
)  # fmt: skip
"""The names that ``[providers.NAME]`` may have."""

MAX_BYTES = 1_000_000
"""The largest file that is read: the settings of a careful reader have 5 kB."""

Check = Callable[[Any], str | None]
"""Returns what a value must be, or None where it is that."""


def _web_address(value: str, path: bool) -> bool:
    try:
        parts = urlsplit(value)
        named = parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and (parts.port or 1) > 0
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or parts.username or parts.password)
    return named and bare and value.isprintable() and " " not in value and (path or parts.path in ("", "/"))


def _is_host(name: str) -> bool:
    """Return whether *name* can be a host's. Raises ValueError for a name of letters that no host can have."""
    # Punycode (RFC 3492) that says nothing is no name.
    return 0 < len(name) <= 253 and bool(name.encode("idna").decode("idna"))


def _origins(value: tuple[str, ...]) -> str | None:
    good = all(_web_address(each, path=False) for each in value)
    return None if good else 'a list of origins such as "http://127.0.0.1:8080"'


def _base_url(value: str) -> str | None:
    return None if _web_address(value, path=True) else 'an address such as "http://127.0.0.1:8080/arxiv"'


def check_contact(value: str) -> str | None:
    """Return what a contact address must be, or None where *value* is one, or empty: the reader gives none."""
    name, _, host = value.rpartition("@")
    good = name and "." in host and value.isascii() and value.isprintable() and not set(value) & set(' <>()",;\\')
    return None if good or not value else 'an e-mail address such as "you@example.org"'


def _variable(value: str) -> str | None:
    good = value.isascii() and value.isidentifier()
    return None if good else "the name of an environment variable, and not the key itself"


def _filled(value: str) -> str | None:
    return None if value.strip() and value.isprintable() else "a text that is not empty"


def _not_negative(value: float) -> str | None:
    return None if 0 <= value < 1_000_000 else "a number from 0 on"


def _minutes(value: int) -> str | None:
    return None if 1 <= value <= 525_600 else "a number of minutes from 1 on"


def _key_pattern(value: str) -> str | None:
    from tui import key_pattern

    return key_pattern.check(value)


def _file_pattern(value: str) -> str | None:
    from tui import file_pattern

    return file_pattern.check(value)


def _command(value: str) -> str | None:
    from tui import opener

    return None if opener.command_words(value) else 'a command such as "zathura" or "evince --new-window"'


def _checked(check: Check, default: Any = None) -> Any:
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True)
class Library:
    """``[library]``; a relative path counts from the folder of the settings file."""

    path: Path = field(default_factory=lambda: Paths.of_platform().library)


@dataclass(frozen=True)
class Appearance:
    """``[appearance]``; the screens check the theme, for only they know which there are."""

    theme: str | None = _checked(_filled)
    symbols: Literal["unicode", "ascii"] = "unicode"
    density: Literal["comfortable", "compact"] = "comfortable"


@dataclass(frozen=True)
class Network:
    """``[network]``; ``contact`` is None until the reader was asked; ``allow`` holds origins that may be private."""

    contact: str | None = _checked(check_contact)
    offline: bool = False
    allow: tuple[str, ...] = _checked(_origins, ())


@dataclass(frozen=True)
class Pdf:
    """``[pdf]``; ``open`` is the program that opens a PDF, the system's own where there is none.

    Without a ``folder`` it is ``paperrack`` in the reader's documents. The grammar of ``pattern`` is that of
    :mod:`tui.file_pattern`, whose default holds where it is None.
    """

    folder: Path | None = None
    pattern: str | None = _checked(_file_pattern)
    open: str | None = _checked(_command)


@dataclass(frozen=True)
class Sources:
    """``[sources]``; ``interval`` counts minutes."""

    interval: int = _checked(_minutes, 60)


@dataclass(frozen=True)
class Provider:
    """``[providers.NAME]``; ``pace`` counts seconds between two requests, the service's own rule where it is None.

    ``key_file`` holds the reader's key where the variable ``key_env`` does not; a relative path counts from the folder
    of the settings file.
    """

    enabled: bool = True
    base_url: str | None = _checked(_base_url)
    key_env: str | None = _checked(_variable)
    key_file: Path | None = None
    pace: float | None = _checked(_not_negative)


@dataclass(frozen=True)
class Bibtex:
    """``[bibtex]``; ``key`` is the pattern of new citation keys, ``fields`` those that are written beyond the usual.

    The grammar of ``key`` is that of :mod:`tui.key_pattern`, whose default holds where it is None.
    """

    key: str | None = _checked(_key_pattern)
    encoding: Literal["latex", "unicode"] = "latex"
    fields: tuple[str, ...] = ()
    prefer: Literal["published", "preprint", "ask"] = "published"


@dataclass(frozen=True)
class Details:
    """``[details]``; ``auto`` looks details up where the cursor rests."""

    auto: bool = False


@dataclass(frozen=True)
class Settings:
    """Everything that the reader can set; without a file, the defaults.

    ``keys`` is action name to keys, as written (``"x,ctrl+x"``, a chord with a blank); ``file`` is where they stand.
    """

    library: Library = field(default_factory=Library)
    appearance: Appearance = Appearance()
    keys: Mapping[str, str] = field(default_factory=dict, metadata={"check": _filled})
    network: Network = Network()
    pdf: Pdf = Pdf()
    sources: Sources = Sources()
    providers: Mapping[str, Provider] = field(default_factory=dict, metadata={"names": PROVIDERS})
    bibtex: Bibtex = Bibtex()
    details: Details = Details()
    file: Path | None = field(default=None, metadata={"internal": True})

    def provider(self, name: str) -> Provider:
        """Return what is set for the provider *name*."""
        return self.providers.get(name, Provider())


@dataclass(frozen=True)
class Paths:
    """Where paperrack keeps what it keeps, unless the reader says otherwise."""

    config: Path
    library: Path
    cache: Path
    log: Path
    state: Path

    @classmethod
    def of_platform(cls) -> Paths:
        """Return the platform's own places (XDG, macOS, Windows), none of which need exist."""
        import platformdirs

        folders = platformdirs.PlatformDirs("paperrack", appauthor=False)
        return cls(
            config=folders.user_config_path / "config.toml",
            library=folders.user_data_path / "library",
            cache=folders.user_cache_path,
            log=folders.user_log_path,
            state=folders.user_state_path / "state.json",
        )


def locate(config: str | None = None, library: str | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in force.

    The command line's *config* and *library* come before PAPERRACK_CONFIG and PAPERRACK_LIBRARY, those before what
    the file says, and that before the defaults. Raises SettingsError where the
    file is wrong, or is named and not there, or a ``~`` has no home folder.
    """
    named = config or environ.get("PAPERRACK_CONFIG")
    settings = load(_path(named) if named else None)
    folder = library or environ.get("PAPERRACK_LIBRARY")
    return dataclasses.replace(settings, library=Library(_path(folder))) if folder else settings


def _path(words: str) -> Path:
    try:
        return Path(words).expanduser()
    except RuntimeError:
        raise SettingsError(f"{clean(words, 500)} is no path: its ~ has no home folder.") from None


def load(path: Path | None = None) -> Settings:
    """Return the settings in the TOML file *path*, or in the platform's own place, where the file may be missing.

    Raises SettingsError, one sentence with file and line.
    """
    place = path or Paths.of_platform().config
    if path is None and not place.exists():
        return Settings()
    from tui.toml_file import read

    return dataclasses.replace(read(place, Settings, MAX_BYTES), file=place)
