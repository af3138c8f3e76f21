"""What other programs get from this one, byte by byte: clipboards, browsers, editors.

Every family of hostile text is in a paper of its own, and in whatever of it can leave.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import get_args
from unittest.mock import patch

import pytest

from tests.hostile.checks import assert_address, assert_clean, outcome
from tests.hostile.leaving import FAMILIES, Heard, Shelf, clean_bytes, clipboard, stand_in
from tests.hostile.taking import plain_name
from tui.clipboard import copy
from tui.desk.exporting import What
from tui.desk.file_names import file_name
from tui.desk.pdfs import _parts
from tui.editor import edit
from tui.errors import PaperrackError
from tui.opener import open_address, open_file

pytestmark = pytest.mark.usefixtures("nothing_runs")

PATTERNS = ("{title}", "{author} {year} - {title}", "{id}", "{venue}/{key}", "{key}", "-{title}", "{title}.{venue}")


# The clipboard.


@pytest.mark.parametrize("tool", ["wl-copy", "xclip", "xsel"])
def test_a_clipboard_s_tool_gets_the_text_on_its_input_and_no_word_of_it(
    shelf: Shelf, tmp_path: Path, tool: str
) -> None:
    with clipboard(tmp_path, tool) as (heard, environ):
        for what in get_args(What):
            taken = shelf.desk.exporting.take(list(shelf.names.values()), what)
            assert taken.count
            copied = copy(taken.text, osc52=None, environ=environ)
            assert (copied.route, copied.skipped) == (tool, ())
            assert heard.last("stdin") == taken.text.encode()
            clean_bytes(heard.last("stdin"))
            assert all(re.fullmatch(r"-[a-z]+|c|primary|clipboard", word) for word in heard.argv), heard.argv
            if what in ("title", "url"):
                # Who pastes them into a shell gets a line a paper, none of which a stranger ended.
                assert len(taken.text.split("\n")) == taken.count


@pytest.mark.parametrize("family", FAMILIES)
def test_a_copied_text_holds_nothing_to_be_obeyed(shelf: Shelf, family: str) -> None:
    for what in get_args(What):
        taken = shelf.desk.exporting.take([shelf.names[family]], what)
        clean_bytes(taken.text.encode())
        assert_clean(taken.text, "\n" if what == "bibtex" else "", what)
        if what == "url" and taken.text:
            assert_address(taken.text)
        if what in ("key", "cite") and taken.text:
            assert re.fullmatch(r"(\\cite\{)?[A-Za-z0-9][A-Za-z0-9_:.+/-]*\}?", taken.text), taken.text


# Browsers, and the programs for PDFs.


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    return stand_in(tmp_path_factory.mktemp("opening") / "bin", "xdg-open")


@pytest.fixture
def opener(opening: Heard, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """The desktop's opener; nothing else is named in the environment."""
    monkeypatch.setenv("PATH", f"{opening.folder.parent / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("BROWSER", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return opening


ADDRESSES = (
    "{}", "https://example.org/{}", "https://example.org/?q={}", "https://example.org/#{}", "https://{}.example/",
    "https://example.org:{}/", "https://{}@example.org/", "http://example.org{}", "javascript:{}", "file:///{}",
    "-{}", " https://example.org/{}", "data:text/html,{}", "vbscript:{}", "https:{}", "//example.org/{}",
)  # fmt: skip


def opened(heard: Heard, before: int) -> None:
    """Fail where something else was opened than one web address, in one word that no program takes otherwise."""
    assert heard.times() <= before + 1
    if heard.times() == before:
        return
    (address,) = heard.argv
    assert address.startswith(("http://", "https://"))
    assert_address(address)
    assert address.isascii()
    assert not set(address) & set('"`<>\\^{}| '), address


@pytest.mark.parametrize("family", FAMILIES)
def test_a_paper_s_page_is_opened_as_one_web_address(shelf: Shelf, opener: Heard, family: str) -> None:
    before = opener.times()
    address, said = outcome(lambda: shelf.desk.exporting.open(shelf.names[family]))
    opened(opener, before)
    assert (opener.times() == before) == bool(said)
    assert address is None or not address.startswith("-")


@pytest.mark.parametrize("family", FAMILIES)
def test_an_address_that_holds_it_is_opened_as_one_web_address_or_not_at_all(opener: Heard, family: str) -> None:
    for form in ADDRESSES:
        before = opener.times()
        url = form.format(FAMILIES[family])
        _, said = outcome(partial(open_address, url))
        opened(opener, before)
        assert (opener.times() == before) == bool(said)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pdf_s_file_has_a_plain_name_and_is_opened_by_its_whole_path(
    shelf: Shelf, opener: Heard, family: str, tmp_path: Path
) -> None:
    paper = shelf.desk.rack.paper(shelf.names[family])
    parts = _parts(paper, shelf.desk.exporting.keys([paper.id])[paper.id])
    folder = tmp_path / "pdfs"
    folder.mkdir()
    for pattern in PATTERNS:
        name = file_name(pattern, {**parts, "year": FAMILIES[family]}, taken=lambda name: (folder / name).exists())
        plain_name(name)
        assert name.endswith(".pdf")
        path = folder / name
        path.write_bytes(b"%PDF-1.4")
        before = opener.times()
        os.chdir(folder)
        open_file(Path(name))
        assert opener.times() == before + 1
        assert opener.argv == [str(path)]
    assert len(list(folder.iterdir())) == len(PATTERNS)


# The editor.


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Heard, dict[str, str]]:
    bin = tmp_path_factory.mktemp("editing") / "bin"
    more = (
        "stat -c '%a' \"$2\" > 'HERE'/mode.$number; stat -c '%a' \"$(dirname \"$2\")\" > 'HERE'/folder.$number;"
        ' ls -a "$(dirname "$2")" > \'HERE\'/beside.$number; cp "$2" \'HERE\'/content.$number;'
        " env -0 > 'HERE'/environ.$number; printf more >> \"$2\""
    )
    heard = stand_in(bin, "ed it", more)
    return heard, {"PATH": "/usr/bin:/bin", "VISUAL": f"'{bin}/ed it' -w", "TMPDIR": str(bin.parent)}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_editor_gets_a_private_file_whose_name_is_no_stranger_s(
    shelf: Shelf, editor: tuple[Heard, dict[str, str]], family: str
) -> None:
    heard, environ = editor
    note = shelf.desk.annotating.note_on(shelf.names[family])
    kept: list[str] = []
    with patch("tempfile.tempdir", environ["TMPDIR"]):
        assert edit(note, kept.append, environ)
    option, path = heard.argv
    assert option == "-w"
    assert re.fullmatch(re.escape(environ["TMPDIR"]) + r"/paperrack-\w+/note-\w+\.md", path)
    assert (heard.last("mode"), heard.last("folder")) == (b"600\n", b"700\n")
    assert heard.last("beside").split() == [b".", b"..", os.path.basename(path).encode()]
    content = heard.last("content")
    assert content == (note + "\n" if note else "").encode()
    assert_clean(clean_bytes(content), "\n\t", "note")
    said = dict(each.split(b"=", 1) for each in heard.last("environ").split(b"\0") if each)
    assert {name.decode() for name in said} <= {*environ, "PWD", "OLDPWD", "SHLVL", "_"}
    assert kept
    assert kept[0].endswith("more")
    assert not Path(path).parent.exists()


def test_the_refusal_of_an_address_repeats_nothing_to_be_obeyed() -> None:
    for text in FAMILIES.values():
        with pytest.raises(PaperrackError) as error:
            open_address(f"javascript:{text}")
        assert_clean(str(error.value))
