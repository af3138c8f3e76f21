"""How an export looks before it leaves: the dialog in each state, the entry on the whole screen, a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.desk.test_taking_in import weekly
from tests.screens.answers import arxiv, dblp, github, inquiry, keep, standing
from tests.screens.test_pictures import Snap, app, keys, still
from tui.desk import Desk
from tui.model import Entry

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

REFS = """% What I cite. Kept by hand.
@string{iclr = "International Conference on Learning Representations"}

@misc{performers,
  author = {Choromanski, Krzysztof and others},
  title  = "Rethinking attention with {Performers}",
  eprint = {2009.14794}, archivePrefix = {arXiv},
}

@inproceedings{saeed20,
  author    = {Saeed, Aaqib and Grangier, David and Zeghidour, Neil},
  title     = {Contrastive Learning of General-Purpose Audio Representations},
  booktitle = {ICASSP},
  year      = 2021,
  doi       = {10.1109/ICASSP39728.2021.9413528}
}
"""

PERFORMERS = "arxiv:2009.14794"
ENTRIES = (
    Entry(title="Rethinking Attention with Performers", identifiers={"arxiv": "2009.14794"}),
    Entry(
        title="Contrastive Learning of General-Purpose Audio Representations",
        authors=("Aaqib Saeed", "David Grangier", "Neil Zeghidour"),
        identifiers={"doi": "10.1109/ICASSP39728.2021.9413528"},
    ),
    Entry(
        title="Über die Ω(N²)-Schranke: tiefe Netze & 深層学習",
        authors=("Émile Łukasz Müller", "Ada Lovelace"),
        year=2021,
        identifiers={"arxiv": "2102.01234"},
    ),
    Entry(abstract="We show that an abstract alone is an entry as well, though nobody can cite it by its name. " * 3),
    *(
        Entry(title=f"Study {n} of what was read that week", authors=("Grace Hopper",), year=2020 + n)
        for n in range(1, 6)
    ),
)


@pytest.fixture
def desk(make_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A week with a paper that was published, started in the folder of a TeX project."""
    (tmp_path / "main.tex").write_text("\\documentclass{article}\n\\bibliography{refs,thesis/own}\n", "utf-8")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "own.bib").write_bytes(b"")
    (tmp_path / "refs.bib").write_text(REFS, "utf-8")
    monkeypatch.chdir(tmp_path)
    desk = make_desk(weekly("6", *ENTRIES))
    standing(desk)
    keep(desk, PERFORMERS, inquiry(arxiv(), dblp(), github()))
    return desk


def steps(*parts: tuple[str, ...]) -> Callable[[Pilot[Any]], Any]:
    """Return what presses keys, part after part, each when what the one before started is seen."""

    async def press(pilot: Pilot[Any]) -> None:
        await keys(*parts[0])(pilot)
        for part in parts[1:]:
            await pilot.press(*part)
            await still(pilot)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return press


INTO = (("a", "e"), ("i",))


@SIZES
def test_bibtex(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("a", "e"))


def test_bibtex_in_a_wide_terminal(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(200, 60), run_before=keys("a", "e"))


@SIZES
def test_into_a_bib_file(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=steps(*INTO))


@SIZES
def test_a_richer_version_taken(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=steps(*INTO, ("down", "down", "space")))


@SIZES
def test_a_file_that_is_not_closed(snap_compare: Snap, desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "refs.bib").write_text(REFS.rstrip("\n}"), "utf-8")
    assert snap_compare(app(desk), terminal_size=size, run_before=steps(*INTO, ("enter",)))


@SIZES
def test_a_reading_list(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("a", "e", "5", "down", "down", "space"))


def test_a_file(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(80, 24), run_before=keys("a", "e", "3", "f"))


@SIZES
def test_the_entry(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("j", "j", "B"))


def test_a_key_of_one_s_own(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(80, 24), run_before=keys("K", "comma"))
