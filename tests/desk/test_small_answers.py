"""Amounts, bars, file names, steps on files and themes: small answers that readers see every day, at their edges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui import themes
from tui.desk import Desk, saving, writing
from tui.desk.addresses import links_of, pdfs_of
from tui.desk.file_names import MOST_BYTES, file_name
from tui.desk.layout import Left
from tui.desk.pdf_queue import BAR, amount, bar, size
from tui.desk.writing import FileChange
from tui.errors import ExportError, LibraryError, SettingsError, UnknownError
from tui.model import Entry, Issue, Link, Mention, Paper
from tui.settings import Appearance, Settings

Make = Callable[..., Desk]

WEEK = Issue(
    id="", title="Week", format="newsletter",
    entries=tuple(Entry(title=f"Of {n}", identifiers={"arxiv": f"2501.0000{n}"}) for n in range(3)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("there", "total", "said"),
    [
        (0, None, "0 bytes"), (999, 0, "999 bytes"), (12_345, None, "12 kB"), (1_250_000, None, "1.2 MB"),
        (400_000, 1_200_000, "0.4 of 1.2 MB"), (3, 775, "3 of 775 bytes"), (1_999, 12_000, "1 of 12 kB"),
    ],
)  # fmt: skip
def test_how_much_is_there_is_said_in_the_unit_of_the_whole(there: int, total: int | None, said: str) -> None:
    assert amount(there, total) == said
    assert size(there) == amount(there, None)


def test_a_bar_is_as_full_as_what_it_shows_and_none_where_nobody_knows() -> None:
    assert bar(5, None) == bar(5, 0) == ""
    assert {len(bar(done, 7)) for done in range(9)} == {BAR}
    assert (bar(0, 7).count("━"), bar(7, 7).count("━"), bar(9, 7).count("━")) == (0, BAR, BAR)


def test_of_many_papers_with_one_name_each_gets_its_own_and_none_is_too_long() -> None:
    taken: set[str] = set()
    for _ in range(12):
        taken.add(file_name("{title}", {"title": "ä" * 300}, taken=taken.__contains__))
    assert len(taken) == 12
    assert all(len(name.encode()) <= MOST_BYTES for name in taken)
    assert sorted(name[-7:] for name in taken)[0].endswith(".pdf")
    assert any(name.endswith("-12.pdf") for name in taken)


# Steps on files


def test_a_file_that_was_removed_comes_back_and_one_that_stands_there_again_is_left(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    change = FileChange(path, b"@misc{a}\n", None)
    writing.put_back(change, back=True)
    assert path.read_bytes() == b"@misc{a}\n"
    with pytest.raises(ExportError, match=r"refs\.bib is there again, so it was left as it is\.$"):
        writing.put_back(change, back=True)
    writing.put_back(change, back=False)
    assert not path.exists()
    nothing = FileChange(path, None, None)
    writing.put_back(nothing, back=True)
    assert not path.exists()


@pytest.mark.parametrize("name", ["id_rsa", "settings.toml", ".bashrc", "x.py"])
def test_what_is_no_export_is_never_put_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"mine")
    for back in (True, False):
        with pytest.raises(ExportError, match="is no export, so it was left as it is"):
            writing.put_back(FileChange(path, b"theirs", b"mine"), back)
    assert path.read_bytes() == b"mine"


def test_a_file_too_large_to_keep_is_replaced_and_undo_says_why_it_cannot_bring_it_back(
    make_desk: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_FILE_BYTES", 10)
    desk, path = make_desk(WEEK), tmp_path / "refs.bib"
    path.write_text("@misc{mine, title = {Of mine}}\n")
    desk.saving.save("@misc{a}\n", str(path), "1 entry written to refs.bib")
    assert path.read_text() == "@misc{a}\n"
    with pytest.raises(LibraryError, match=r"cannot be undone: refs\.bib is too large to be kept as it was\.$"):
        desk.marking.undo()
    assert path.read_text() == "@misc{a}\n"


# Deciding


def test_what_is_not_known_of_a_paper_cannot_be_chosen_and_the_settings_always_can(make_desk: Make) -> None:
    desk = make_desk(WEEK)
    name = "arxiv:2501.00000"
    with pytest.raises(UnknownError, match="of this paper is known"):
        desk.deciding.prefer(name, "published")
    assert desk.deciding.prefer(name, None) == "The settings choose the version again."
    with pytest.raises(UnknownError, match=r"^There is no service 'nobody'; there are "):
        desk.deciding.use(name, "title", "nobody\x1b[2J")
    with pytest.raises(UnknownError, match="Crossref says nothing of title"):
        desk.deciding.use(name, "title", "crossref")


def test_addresses_are_each_once_and_what_is_none_is_left_out() -> None:
    links = (Link("https://arxiv.org/abs/2501.00001", "paper"), Link("http://[broken", "other"), Link("", "code"),
             Link("https://x.example/a", "code"), Link("https://x.example/a/", "code"))  # fmt: skip
    entry = Entry(title="X", identifiers={"arxiv": "2501.00001", "openreview": "Ab1cd2Ef3g"}, links=links)
    paper = Paper("arxiv:2501.00001", (Mention("w", "W", None, None, None, 1, entry),))
    urls = [link.url for link in links_of(paper)]
    assert urls.count("https://arxiv.org/abs/2501.00001") == 1
    assert not {"", "http://[broken"} & set(urls)
    assert "https://openreview.net/pdf?id=Ab1cd2Ef3g" in pdfs_of(paper)


# Themes


def test_the_theme_is_the_last_that_was_chosen_where_it_was_chosen_last() -> None:
    known = themes.names()
    one, other = known[0], known[1]

    def first(stated: str | None, theme: str = "", under: str = "", bare: bool = False) -> str:
        return themes.first(Settings(appearance=Appearance(theme=stated)), Left(theme=theme, under=under), bare)

    assert first(None) == themes.DARK.name
    assert first(None, bare=True) == themes.BARE.name
    assert first(one) == one
    assert first(one, other, one) == other
    assert first(one, other, "") == one, "the settings name another theme than they did then"
    assert first(None, "gone by now") == themes.DARK.name
    with pytest.raises(SettingsError, match=r'[Tt]here is no theme "gone", only ') as caught:
        first("gone\x1b[2J")
    assert str(caught.value).isprintable()
