"""Very many changes at once: kept together, by one thread, and the catalogue is as it usually is at the end."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tui.catalogue import Catalogue, Description
from tui.model import Marks, PaperRow

FTS = {"automerge": 4, "crisismerge": 16, "hashsize": 1 << 20}


def _put(catalogue: Catalogue, *names: str) -> None:
    with catalogue.change():
        pairs = catalogue.papers.made(names)
        told = {
            num: Description(
                PaperRow(name, f"Title of {name}", True, (), 0, 2020, False, False, "new"),
                Marks(), None, "2020", 1, name, None, clues=(name,), texts=(f"word{name}", *[""] * 6),
            )
            for (num, _), name in zip(pairs, names, strict=True)
        }  # fmt: skip
        catalogue.papers.describe(told)


def _fail(catalogue: Catalogue) -> None:
    with catalogue.change():
        _put(catalogue, "c")
        raise RuntimeError


def _found(path: Path, word: str) -> int:
    other = sqlite3.connect(path)
    try:
        return int(other.execute("SELECT count(*) FROM words WHERE words MATCH ?", (word,)).fetchone()[0])
    finally:
        other.close()


def _indexes(catalogue: Catalogue) -> set[str]:
    rows = catalogue.store.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    return {name for (name,) in rows}


def _numbers(catalogue: Catalogue) -> dict[str, int]:
    rows = dict(catalogue.store.execute("SELECT k, v FROM words_config").fetchall())
    return {name: rows.get(name, usual) for name, usual in FTS.items()}


def test_changes_are_kept_together_and_all_are_there_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    catalogue = Catalogue(path)
    with catalogue.many():
        _put(catalogue, "a", "b")
        _put(catalogue, "c")
        assert catalogue.papers.listed("c")
        assert _found(path, "wordc") == 0
        catalogue.settle()
        assert _found(path, "wordc") == 1
        _put(catalogue, "d")
    assert _found(path, "wordd") == 1
    assert catalogue.papers.totals()[0] == 4
    assert catalogue.papers.likely(["d"]) == {"d": ["d"]}
    catalogue.close()


def test_the_catalogue_is_as_usual_at_the_end(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    before = _indexes(catalogue), _numbers(catalogue)
    with catalogue.many():
        assert _indexes(catalogue) < before[0]
        assert _numbers(catalogue) != before[1]
        with catalogue.many():  # it is ready already
            _put(catalogue, "a")
        assert _indexes(catalogue) < before[0]
    assert (_indexes(catalogue), _numbers(catalogue)) == before
    catalogue.close()


def test_a_paper_that_is_described_twice_is_found_by_its_last_text_alone(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    with catalogue.many():
        _put(catalogue, "a")
        _put(catalogue, "b")
        _put(catalogue, "a")
    rows = catalogue.store.execute("SELECT rowid FROM words WHERE words MATCH 'worda'").fetchall()
    number = catalogue.papers.number("a") or 0
    edition = catalogue.store.one("SELECT edition FROM papers WHERE num = ?", (number,))
    assert rows == [(number * 256 + edition,)]
    catalogue.close()


def test_one_that_fails_undoes_those_since_they_were_kept_last(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    with catalogue.many():
        _put(catalogue, "a")
        catalogue.settle()
        _put(catalogue, "b")
        with pytest.raises(RuntimeError):
            _fail(catalogue)
        assert catalogue.papers.known(["a", "b", "c"]).keys() == {"a"}
        _put(catalogue, "d")
    assert catalogue.papers.known(["a", "b", "c", "d"]).keys() == {"a", "d"}
    assert _found(tmp_path / "index.sqlite", "wordb OR wordc") == 0
    catalogue.close()


def test_what_another_thread_notes_is_done_by_the_one_that_is_alone(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    done: list[int] = []

    def note() -> None:
        catalogue.store.note(lambda: done.append(threading.get_ident()))

    with catalogue.many():
        other = threading.Thread(target=note)
        other.start()
        other.join()
        assert not done
        _put(catalogue, "a")
        assert done == [threading.get_ident()]
        other = threading.Thread(target=note)
        other.start()
        other.join()
    assert done == [threading.get_ident()] * 2
    catalogue.close()


def test_another_thread_that_changes_something_waits_for_no_more_than_that(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")

    def change() -> None:
        _put(catalogue, "b")
        catalogue.store.release()

    with catalogue.many():
        _put(catalogue, "a")
        other = threading.Thread(target=change)
        other.start()
        other.join(0.05)
        assert other.is_alive()
        catalogue.settle()
        other.join(10)
        assert not other.is_alive()
    assert catalogue.papers.known(["a", "b"]).keys() == {"a", "b"}
    catalogue.close()


def _die_in_between(path: Path) -> None:
    catalogue = Catalogue(path)
    with catalogue.many():
        _put(catalogue, "a")
        catalogue.settle()
        _put(catalogue, "b")
        os._exit(9)


def test_the_next_start_mends_what_a_program_left_that_ended_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    whole = Catalogue(path)
    usual = _indexes(whole), _numbers(whole)
    whole.close()
    dying = multiprocessing.get_context("spawn").Process(target=_die_in_between, args=(path,))
    dying.start()
    dying.join()
    assert dying.exitcode == 9
    raw = sqlite3.connect(path)
    assert not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'papers_title'").fetchall()
    raw.close()
    catalogue = Catalogue(path)
    assert (_indexes(catalogue), _numbers(catalogue)) == usual
    assert catalogue.papers.known(["a", "b"]).keys() == {"a"}
    catalogue.close()


def test_it_can_be_made_anew_in_the_middle(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    with catalogue.many():
        _put(catalogue, "a")
        catalogue.store.make_anew()
        _put(catalogue, "b")
    assert catalogue.papers.known(["a", "b"]).keys() == {"b"}
    assert _found(tmp_path / "index.sqlite", "worda OR wordb") == 1
    catalogue.close()
