"""The reader's e-mail address for services that want to know whom to write to: asked once, kept in the settings."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path

from tui.desk import writing
from tui.errors import SettingsError
from tui.settings import Paths, Settings, check_contact
from tui.text import clean

_SECTION = re.compile(r"^[ \t]*\[[ \t]*network[ \t]*\][^\n]*(?:\n|\Z)", re.MULTILINE)


def needed(settings: Settings) -> bool:
    """Return whether nobody was asked yet; an empty address in the settings is an answer."""
    return settings.network.contact is None and not settings.network.offline


def keep(address: str, settings: Settings) -> None:
    """Put *address* (empty: nobody, and do not ask again) into the settings file, whose other lines stay as they are.

    Raises SettingsError where it is no address, or the file cannot be written.
    """
    address = address.strip()
    if wrong := check_contact(address):
        raise SettingsError(f"“{clean(address, 80)}” is not {wrong}.")
    path = settings.file or Paths.of_platform().config
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        tomllib.loads(before)
        after = _with_contact(before, address)
        if _contact_in(after) != address:
            raise SettingsError(f"{clean(str(path))} has its own [network] contact, which was left as it is.")
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        writing.replace(Path(os.path.realpath(path)), after, mode)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "it is no TOML"
        raise SettingsError(f"{clean(str(path))} could not be written: {why}.") from None


def _contact_in(text: str) -> object:
    """Return the ``contact`` of the TOML *text*; None where it has none, or two, which is no TOML."""
    try:
        network = tomllib.loads(text).get("network")
    except ValueError:
        return None
    return network.get("contact") if isinstance(network, dict) else None


def _with_contact(text: str, address: str) -> str:
    """Return the TOML *text* with ``contact`` in its ``[network]``."""
    line = f'contact = "{address}"\n'
    if match := _SECTION.search(text):
        head = match[0] if match[0].endswith("\n") else match[0] + "\n"
        return text[: match.start()] + head + line + text[match.end() :]
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[network]\n{line}"
