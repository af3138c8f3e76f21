"""A TOML 1.0 file into frozen dataclasses, and the line of whatever in it does not fit them.

The classes' type hints say what a value may be: ``bool``, numbers, ``str``, ``Path``, ``Literal``, tuples of strings,
other classes (tables) and mappings. A field's metadata may hold ``check`` (see :mod:`tui.settings`), ``names`` (what
a mapping's keys may be) or ``internal`` (no setting).
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

from tui.errors import SettingsError
from tui.text import clean

_T = TypeVar("_T")
_Keys = tuple[str, ...]

_HEADER = re.compile(r"\[{1,2}([^\[\]]{1,200})\]{1,2}\s*(?:#.*)?$")
_DEEP = re.compile(r"""(?:\.[ \t]{0,9}["'\w-]{1,60}[ \t]{0,9}){50}""")
_DOTTED = re.compile(r"""(?:(?<!\s)\s++)?(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*""")


@dataclasses.dataclass(frozen=True)
class _Source:
    """The file that is being read: for the sentences about it."""

    path: Path
    text: str

    def refuse(self, keys: _Keys, why: str) -> NoReturn:
        """Raise SettingsError: file, the line where *keys* stand, and *why*."""
        raise SettingsError(f"{clean(str(self.path))}, line {line_of(self.text, keys)}: {ended(why)}")


def read(path: Path, kind: type[_T], limit: int) -> _T:
    """Return the settings of class *kind* in the file *path*. Raises SettingsError in one sentence."""
    text = _text(path, limit)
    source = _Source(path, text)
    if deep := _DEEP.search(text):
        # tomllib's time grows with the square of a name's parts.
        raise SettingsError(
            f"{clean(str(path))}, line {text.count(chr(10), 0, deep.start()) + 1}: a name has too many parts."
        )
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Python itself refuses a number of more than 4,300 digits, past tomllib's own error.
        raise SettingsError(f"{clean(str(path))}, {_where(error, text)}.") from None
    return _table(kind, table, (), source)


def refuse(path: Path | None, keys: _Keys, why: str) -> NoReturn:
    """Raise SettingsError on the setting *keys* of the file *path*: what is wrong beyond what its class can say."""
    try:
        text = path.read_text("utf-8-sig") if path else ""
    except (OSError, ValueError):
        text = ""
    if path is None:
        raise SettingsError(ended(f"{why[:1].upper()}{why[1:]}"))
    _Source(path, text).refuse(keys, why)


def ended(why: str) -> str:
    """Return *why* as the end of a sentence: a question has its own mark."""
    return why if why.endswith("?") else f"{why}."


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the one of *names* that *name* may have been meant for, as the end of a sentence, or nothing."""
    near = difflib.get_close_matches(name.lower(), list(names), 1, 0.6)
    return f"; did you mean {near[0]}?" if near else ""


def _text(path: Path, limit: int) -> str:
    """Return the file's text, line ends normalised."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir() or str(path) == os.devnull):
            # A pipe or a terminal may never give anything, and the program would wait for it.
            raise SettingsError(f"The settings file {clean(str(path))} cannot be opened: it is no plain file.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise SettingsError(f"The settings file {clean(str(path))} cannot be opened: {why}.") from None
    if len(data) > limit:
        raise SettingsError(f"{clean(str(path))} is larger than {limit} bytes and is no file of settings.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{clean(str(path))}, line {line}: the file is not UTF-8, which TOML has to be.") from None


def _where(error: Exception, text: str) -> str:
    """Return line and reason of a syntax error, as tomllib's message tells them."""
    message = str(error)
    found = re.search(r"(?:(?<!\s)\s++)?\(at (?:line (\d+), column \d+|end of document)\)$", message)
    if not found:
        return "line 1: this is no TOML: tables are nested too deep or a value cannot be read"
    line = found[1] or text.rstrip("\n").count("\n") + 1
    reason = clean(message[: found.start()])
    return f"line {line}: this is no TOML: {reason[:1].lower()}{reason[1:]}"


def _table(kind: type[_T], table: object, keys: _Keys, source: _Source) -> _T:
    """Return the object of class *kind* that *table* describes."""
    if not isinstance(table, Mapping):
        source.refuse(keys, f"{_called(keys)} must be a table, not {_value(table)}")
    hints = typing.get_type_hints(kind)
    fields = {item.name: item for item in dataclasses.fields(typing.cast(Any, kind)) if "internal" not in item.metadata}
    made: dict[str, Any] = {}
    for name, value in table.items():
        if name not in fields:
            source.refuse((*keys, name), _unknown(name, keys, fields))
        rules = fields[name].metadata
        made[name] = _read(hints[name], value, (*keys, name), source, rules)
    return kind(**made)


def _read(hint: Any, value: object, keys: _Keys, source: _Source, rules: Mapping[str, Any]) -> Any:
    """Return *value* as *hint* and *rules* want it."""
    hint = next((part for part in typing.get_args(hint) if part is not types.NoneType), hint) if _union(hint) else hint
    if dataclasses.is_dataclass(hint):
        return _table(typing.cast(Any, hint), value, keys, source)
    if typing.get_origin(hint) is Mapping:
        return _mapping(typing.get_args(hint)[1], value, keys, source, rules)
    made, wanted = _single(hint, value, source.path.parent)
    if wanted is None and "check" in rules:
        wanted = rules["check"](made)
    if wanted:
        source.refuse(keys, f"{_called(keys)} must be {wanted}, not {_value(value)}")
    return made


def _union(hint: Any) -> bool:
    return typing.get_origin(hint) in (types.UnionType, typing.Union)


def _mapping(hint: Any, value: object, keys: _Keys, source: _Source, rules: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        source.refuse(keys, f"{_called(keys)} must be a table, not {_value(value)}")
    names = rules.get("names")
    for name in value:
        if names and name not in names:
            source.refuse((*keys, name), _unknown(name, keys, names))
    rest = {name: rule for name, rule in rules.items() if name == "check"}
    return {name: _read(hint, each, (*keys, name), source, rest) for name, each in value.items()}


def _single(hint: Any, value: object, folder: Path) -> tuple[Any, str | None]:
    """Return *value* as *hint* wants it and None, or what it must be."""
    if typing.get_origin(hint) is Literal:
        allowed = typing.get_args(hint)
        return value, None if value in allowed else _list([f'"{each}"' for each in allowed], "or")
    if typing.get_origin(hint) is tuple:
        good = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return tuple(typing.cast("list[str]", value)) if good else (), None if good else "a list of texts"
    if hint is Path:
        good = isinstance(value, str) and bool(value.strip()) and "\0" not in value
        return _path(str(value), folder) if good else (None, "a path in quotes")
    kinds: dict[Any, tuple[Any, str]] = {
        bool: (bool, "true or false"),
        int: (int, "a whole number"),
        float: ((int, float), "a number"),
        str: (str, "a text in quotes"),
    }
    kind, wanted = kinds[hint]
    good = isinstance(value, kind) and isinstance(value, bool) == (hint is bool)
    return value, None if good else wanted


def _path(value: str, folder: Path) -> tuple[Path | None, str | None]:
    """Return the path *value*, counted from *folder*, and None, or what it must be."""
    try:
        return folder / Path(value).expanduser(), None
    except RuntimeError:
        return None, "a path whose ~ has a home folder"


def _called(keys: _Keys) -> str:
    """Return how a reader calls a setting: ``[appearance] theme``, or ``[appearance]`` for a table."""
    *tables, name = keys or ("",)
    return f"[{clean('.'.join(tables))}] {clean(name)}" if tables else f"[{clean(name)}]"


def _value(value: object) -> str:
    """Return *value* as a sentence quotes it, cut to 60 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    try:
        shown = f'"{clean(value)}"' if isinstance(value, str) else clean(repr(value))
    except ValueError:
        return "a number of thousands of digits"
    return shown if len(shown) <= 60 else f"{shown[:56]}..."


def _unknown(name: str, keys: _Keys, allowed: Iterable[str]) -> str:
    names = sorted(allowed)
    place = f"[{clean('.'.join(keys))}]" if keys else "the settings"
    return f'there is no "{clean(name)[:60]}" in {place}, only {_list(names, "and")}{nearest(name, names)}'


def _list(words: list[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def line_of(text: str, keys: _Keys) -> int:
    """Return the line of *text*, from 1, where the setting *keys* stands, or the table that it would stand in."""
    best, found = 0, 1
    header: _Keys = ()
    quoted = False
    for number, line in enumerate(text.split("\n"), 1):
        if not quoted:
            stated = _stated(line.strip(), header)
            header = stated if _HEADER.match(line.strip()) else header
            if stated and stated == keys[: len(stated)] and len(stated) > best:
                best, found = len(stated), number
        if (line.count('"""') + line.count("'''")) % 2:
            quoted = not quoted
    return found


def _stated(line: str, header: _Keys) -> _Keys:
    """Return the keys that *line* opens or sets, under *header*."""
    if opened := _HEADER.match(line):
        return _parts(opened[1])
    name, equals, _ = line.partition("=")
    return (*header, *_parts(name)) if equals and not line.startswith("#") else ()


def _parts(dotted: str) -> _Keys:
    found = _DOTTED.finditer(dotted)
    return tuple(_unescaped(match[1]) if match[1] else match[2] or match[3] or "" for match in found)


def _unescaped(quoted: str) -> str:
    """Return what a key in double quotes means."""
    try:
        return str(tomllib.loads(f'key = "{quoted}"')["key"])
    except tomllib.TOMLDecodeError:
        return quoted
