"""Where in the bytes of a file its documents lie, so that one can be read without the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tui.library.contents import Place
from tui.library.numbering import DECODER, META, is_number, line_of, numbered

Places = dict[str, dict[int, Place]]
"""By table and by number: where the document starts, and its length, in bytes."""

_BETWEEN = frozenset({b"", b"}", b"},", b"}}"})
"""The lines of a file that hold no document."""
_SPACE = re.compile(r"[ \t\r\n]*")


def places_of(raw: bytes, tables: Mapping[str, Mapping[Any, Any]]) -> Places:
    """Return the places of the documents of *tables* in *raw*, the file that they were read from.

    The library's own files have one document a line; a file of another layout, which must be JSON, is walked through.
    """
    places = _by_lines(raw)
    wanted = {name: {int(number) for number in table} for name, table in tables.items() if name != META}
    if {name: table.keys() for name, table in places.items()} == wanted:
        return places
    return _by_walking(raw)


def _by_lines(raw: bytes) -> Places:
    places: Places = {}
    table: dict[int, Place] = {}
    start = raw.find(b"\n") + 1
    for line in raw[start:].split(b"\n"):
        number, quoted, _ = line[1:24].partition(b'": ')
        if line.endswith(b": {"):
            table = places.setdefault(line[1:-4].decode("utf-8", "replace"), {})
        elif line.startswith(b'"') and quoted and number.isdigit() and int(number) not in table:
            length = len(line) - len(number) - 4 - line.endswith(b",")
            table[int(number)] = start + len(number) + 4, length
        elif line not in _BETWEEN:
            return {}
        start += len(line) + 1
    return places


def _by_walking(raw: bytes) -> Places:
    text = raw.decode()
    plain = len(text) == len(raw)
    tables: dict[str, list[tuple[str, _Found]]] = {}
    passed, length = 0, 0  # letters, and the bytes that they are
    for name, table, _ in _members(text, _space(text, 0)):
        found = []
        members = list(_members(text, table)) if text[table] == "{" else []
        # A name may stand there twice, and what is said before may be of any shape.
        if name == META or not all(is_number(number) and text[start] == "{" for number, start, _ in members):
            continue
        for number, start, end in members:
            length += start - passed if plain else len(text[passed:start].encode())
            passed = start
            size = end - start if plain else len(text[start:end].encode())
            found.append((number, (length, size, start)))
        tables.setdefault(name, []).extend(found)

    def written(found: _Found) -> str:
        return line_of(DECODER.raw_decode(text, found[2])[0])

    return {
        name: {number: found[:2] for number, found in numbered(table, written).items()}
        for name, table in tables.items()
    }


_Found = tuple[int, int, int]
"""A place, and at which letter it is."""


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the names in the JSON object at *start*, with the start and the end of what each names."""
    at = _space(text, start + 1)
    while text[at] != "}":
        name, at = DECODER.raw_decode(text, at)
        at = _space(text, _space(text, at) + 1)
        _, end = DECODER.raw_decode(text, at)
        yield name, at, end
        at = _space(text, end)
        if text[at] == ",":
            at = _space(text, at + 1)


def _space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start
