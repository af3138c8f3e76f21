"""The command that fetches what is new of sources, once or again and again, and says what came of each."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from tui.cli import output, streams
from tui.cli.source_lines import document, named, next_try
from tui.cli.waiting import Progress
from tui.desk import Desk
from tui.desk.marking import count
from tui.desk.pdf_queue import bar
from tui.desk.refreshing import Refreshed, Round
from tui.desk.source_rows import summary
from tui.model import FollowedSource, SourceRow

_NOTHING = {"unchanged": "nothing new.", "elsewhere": "another program has just fetched it."}
"""What is said of a source that was well, and gave nothing."""

_PAUSE = 0.2
"""Seconds between two looks of the line."""


def refresh(desk: Desk, words: argparse.Namespace) -> int:
    """Fetch what is new, of all sources or of those that are named."""
    chosen, failed = named(desk, words.names) if words.names else (None, 0)
    if chosen == []:
        return 1
    if words.watch:
        desk.keep_backups()
    while True:
        status = _round(desk, words, chosen) or failed
        if not words.watch or status == 130:
            return status
        _wait(desk.settings.sources.interval)


def _round(desk: Desk, words: argparse.Namespace, chosen: Sequence[FollowedSource] | None) -> int:
    going = desk.sources.refresh(chosen, words.all)
    done: list[Refreshed] = []
    lock = threading.Lock()
    with Progress() as line, stopping(going), _ticking(line, lock, going):
        for each in going:
            done.append(each)
            with lock:
                line.clear()
                if not words.json:
                    _say(each)
    desk.library.flush()
    offline = next((each for each in done if each.outcome == "offline"), None)
    if offline:
        number = sum(each.outcome == "offline" for each in done)
        streams.narrate(f"{offline.why} {count(number, 'source')} {'was' if number == 1 else 'were'} not asked.")
    if words.json:
        output.write_json(_document(desk, done))
    else:
        streams.narrate(summary(done) if done else "No source is followed; paperrack sources add URL follows one.")
    if going.stopped:
        streams.narrate("Interrupted; what was taken in is kept, and the same command goes on with the rest.")
        return 130
    return int(any(each.outcome in ("failed", "offline") for each in done))


def _say(each: Refreshed) -> None:
    """Say what came of a source: what is new on stdout, what is wrong on stderr."""
    name = each.source.name
    if each.moved:
        streams.narrate(f"{name} moved to {each.moved}, and is followed there from now on.")
    for taken in each.taken:
        verb = "updated" if taken.outcome == "updated" else "new"
        streams.say(
            f"{taken.issue.id}: {taken.issue.title} ({count(taken.papers, 'paper')}, {taken.new_papers:,} new; "
            f"{verb} in {name})"
        )
    if each.bare:
        streams.narrate(f"{name}: {count(each.bare, 'item')} {'names' if each.bare == 1 else 'name'} no paper.")
    if each.outcome in _NOTHING:
        streams.narrate(f"{name}: {_NOTHING[each.outcome]}")
    elif each.outcome in ("failed", "waiting", "stopped"):
        streams.narrate(f"{name}: {each.why} {next_try(each.source)}")


def _document(desk: Desk, done: Sequence[Refreshed]) -> dict[str, Any]:
    rows = {row.source.id: row for row in desk.sources.rows()}
    found = []
    for each in done:
        row = rows.get(each.source.id, SourceRow(each.source))
        taken = [
            {"id": taken.issue.id, "title": taken.issue.title, "papers": taken.papers, "new_papers": taken.new_papers,
             "updated": taken.outcome == "updated"}
            for taken in each.taken
        ]  # fmt: skip
        found.append(document(row) | {"outcome": each.outcome, "taken": taken, "without_papers": each.bare,
                                      "moved_to": each.moved})  # fmt: skip
    errors = [
        {"source": each.source.url, "error": each.why, "until": each.until.isoformat() if each.until else None}
        for each in done
        if each.why and each.outcome != "stopped"
    ]
    return {"sources": found, "errors": errors}


@contextlib.contextmanager
def stopping(going: Round) -> Iterator[None]:
    """Have ctrl+c end the round where nothing is half; a second one ends the program at once."""
    before = signal.getsignal(signal.SIGINT)
    ours = threading.current_thread() is threading.main_thread() and before is signal.default_int_handler

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if going.stopped:
            raise KeyboardInterrupt
        going.stop()

    if ours:
        signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _ticking(line: Progress, lock: threading.Lock, going: Round) -> Iterator[None]:
    """Show on a terminal how far the round is, and who is asked, while it is waited for; *lock* is for the line."""
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(_PAUSE):
            asking = ", ".join(sorted(going.asking.values()))
            who = f" · {asking}" if asking else ""
            with lock:
                line.say(f"{bar(going.done, going.total)} {going.done:,} of {going.total:,}{who}")

    if not (sys.stderr is not None and sys.stderr.isatty()):
        yield
        return
    thread = threading.Thread(target=tick, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _wait(minutes: int) -> None:
    again = datetime.now().astimezone() + timedelta(minutes=minutes)
    streams.narrate(f"Again at {again:%H:%M}; ctrl+c ends it.")
    time.sleep(minutes * 60)
