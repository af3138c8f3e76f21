"""How everything is, and mending it."""

from __future__ import annotations

import argparse
from typing import Any, cast

from tui import __version__
from tui.cli import output, streams
from tui.desk import Desk
from tui.desk.examining import examine, repair
from tui.errors import SettingsError


def doctor(desk: Desk, words: argparse.Namespace) -> int:
    """Say how the library, the clipboard and the program are; with ``--repair``, mend what can be mended first."""
    repaired = repair(desk) if words.repair else ()
    report = examine(desk)
    report["problems"] = [*cast("list[str]", report["problems"]), *_keys(desk)]
    report["repaired"] = list(repaired)
    report["version"] = __version__
    if words.json:
        output.write_json(report)
    for name, value in () if words.json else report.items():
        for line in value if isinstance(value, list) else [value]:
            streams.say(f"{name}: {_line(line) if isinstance(line, dict) else line}")
    told = "There is a problem" if report["problems"] else "There is no problem"
    mends = "; --repair mends what can be mended" if report["problems"] and not words.repair else ""
    streams.narrate(f"{told}{mends}.")
    return int(bool(report["problems"]))


def _keys(desk: Desk) -> list[str]:
    """Return what is wrong with the reader's keys, for which the screens do not open."""
    from tui.screens import keymap

    try:
        keymap.of(desk.settings)
    except SettingsError as error:
        return [str(error)]
    return []


def _line(item: dict[str, Any]) -> str:
    """Return in words an item of one of the report's lists."""
    if "state" in item:
        why = f": {item['why']}" if item["why"] else ""
        return f"{item['label']}, {item['state']}{why}" + (f" (until {item['until']})" if item["until"] else "")
    if "route" in item:
        return f"{item['route']}, {'works' if item['usable'] else 'not here'}: {item['why']}"
    if "sound" in item:
        files = f"{item['files']:,} files, {item['bytes']:,} bytes"
        return f"{item['date']}, {files}, {'sound' if item['sound'] else 'not to be relied upon: ' + item['why']}"
    return ", ".join(f"{key} {each}" for key, each in item.items())
