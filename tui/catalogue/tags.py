"""The tags of papers in the catalogue, as they are spelt on each."""

from __future__ import annotations

import json
from collections.abc import Collection

from tui.catalogue.statements import portions
from tui.catalogue.store import Store


class Tags:
    """The table of tags, for those who ask; :class:`tui.catalogue.papers.Papers` fills it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def everywhere(self) -> dict[str, int]:
        """Return every tag with how many papers have it, the most used first."""
        return dict(self._store.execute("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag"))

    def on(self, names: Collection[str]) -> dict[str, int]:
        """Return the tags of the papers called *names*, each with how many of them have it."""
        found: dict[str, int] = {}
        for some, marks in portions(list(dict.fromkeys(names))):
            rows = self._store.execute(
                f"SELECT t.tag, count(*) FROM papers p JOIN tags t ON t.paper = p.num WHERE p.id IN ({marks})"  # noqa: S608 - question marks alone
                " GROUP BY t.tag",
                some,
            )
            for tag, count in rows:
                found[tag] = found.get(tag, 0) + count
        return found

    def papers(self, tags: Collection[str]) -> list[str]:
        """Return the ids of the papers that have one of *tags*, as these are spelt."""
        rows = self._store.execute(
            "SELECT DISTINCT p.id FROM tags t JOIN papers p ON p.num = t.paper"
            " WHERE t.tag IN (SELECT value FROM json_each(?)) ORDER BY p.num",
            (json.dumps(list(tags)),),
        )
        return [name for (name,) in rows]
