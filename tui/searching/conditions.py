"""What is asked of a paper beyond its words, as statements on the catalogue's tables: values only as parameters."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tui.searching.folding import tokens
from tui.searching.orders import numbers
from tui.searching.terms import Condition, Has, Is, Issues, Words, Years

_PAPERS = "SELECT group_concat(num) FROM papers WHERE listed AND "
# SQLite without statistics takes any index that holds listed papers alone, and then goes to the table for each.
_FACTS = "SELECT group_concat(num) FROM papers INDEXED BY papers_facts WHERE listed AND "
_AMONG = "(SELECT value FROM json_each(?))"
_STATES = {
    "unread": f"{_FACTS} state = 'new'",
    "read": f"{_FACTS} state IN ('read', 'dropped')",
    "marked": f"{_PAPERS} marked",
    "starred": f"{_FACTS} starred",
    "asks": f"{_FACTS} asks",
    "dropped": f"{_FACTS} state = 'dropped'",
    "reading": f"{_FACTS} state = 'reading'",
    "to read": f"{_FACTS} state = 'to read'",
    "new": f"{_FACTS} state = 'new'",
    "tagged": "SELECT group_concat(DISTINCT paper) FROM tags",
    "noted": f"{_FACTS} instr(has, ' note ')",
}


def met(connection: sqlite3.Connection, condition: Condition) -> list[int]:
    """Return the numbers of the listed papers that meet *condition*, in no order."""
    if isinstance(condition, Is):
        return numbers(connection, _STATES[condition.state])
    if isinstance(condition, Has):
        return numbers(connection, f"{_FACTS} instr(has, ?)", (f" {condition.what} ",))
    if isinstance(condition, Years):
        return numbers(
            connection, f"{_PAPERS} year IS NULL = 0 AND year BETWEEN ? AND ?", (condition.first, condition.last)
        )
    if isinstance(condition, Issues):
        return numbers(connection, f"{_PAPERS} issues BETWEEN ? AND ?", (condition.fewest, condition.most))
    return _BY_FIELD[condition.field](connection, condition)


def _key(connection: sqlite3.Connection, words: Words) -> list[int]:
    end = words.text + chr(0x10FFFF) if words.prefix else words.text
    return numbers(connection, f"{_PAPERS} key IS NOT NULL AND lower(key) BETWEEN ? AND ?", (words.text, end))


def _tag(connection: sqlite3.Connection, words: Words) -> list[int]:
    rows = connection.execute("SELECT DISTINCT tag FROM tags")
    return numbers(
        connection,
        f"SELECT group_concat(DISTINCT paper) FROM tags WHERE tag IN {_AMONG}",  # noqa: S608 - our own words
        (_holding(words, ((tag, tag) for (tag,) in rows), whole=True),),
    )


def _venue(connection: sqlite3.Connection, words: Words) -> list[int]:
    rows = connection.execute("SELECT DISTINCT venue FROM papers WHERE listed AND venue IS NOT NULL")
    return numbers(
        connection, f"{_PAPERS} venue IN {_AMONG}", (_holding(words, ((venue, venue) for (venue,) in rows)),)
    )


def _series(connection: sqlite3.Connection, words: Words) -> list[int]:
    rows = connection.execute("SELECT num, coalesce(series, grp) FROM issues")
    return _in_issues(connection, _holding(words, rows))


def _issue(connection: sqlite3.Connection, words: Words) -> list[int]:
    rows = connection.execute(
        "SELECT num, title || ' ' || coalesce(series || ' ' || number, '') || ' ' || id FROM issues"
    )
    return _in_issues(connection, _holding(words, rows))


def _in_issues(connection: sqlite3.Connection, issues: str) -> list[int]:
    return numbers(
        connection,
        f"SELECT group_concat(DISTINCT paper) FROM entries WHERE issue IN {_AMONG}",  # noqa: S608 - our own words
        (issues,),
    )


_BY_FIELD = {"key": _key, "tag": _tag, "venue": _venue, "series": _series, "issue": _issue}


def _holding(words: Words, named: Iterable[tuple[object, str]], whole: bool = False) -> str:
    """Return, as JSON, those things whose names hold *words*; with *whole* as their whole name, or its beginning."""
    start, end = "\n " if whole else " ", "" if words.prefix else " \n" if whole else " "
    looked = f"{start}{words.text}{end}"
    return json.dumps([thing for thing, name in named if looked in f"\n {tokens(name)} \n"])
