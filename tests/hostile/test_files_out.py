"""What is left behind for other programs, byte by byte: files of every format, documents, words that shells offer.

Every family of hostile text is in a paper of its own, and in whatever of it can leave.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.hostile.checks import EXPORTS, assert_clean, assert_json, outcome, strings
from tests.hostile.leaving import FAMILIES, Shelf, clean_bytes, fill
from tests.hostile.room import Room
from tui.cli import run
from tui.cli.shells import SHELLS

pytestmark = pytest.mark.usefixtures("nothing_runs")

# Files.


@pytest.mark.parametrize("format", EXPORTS)
def test_a_file_that_is_exported_is_clean_private_to_its_format_and_alone(
    shelf: Shelf, tmp_path: Path, format: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "refs.out"
    done = shelf.room.say(shelf.desk, "export", "--query", "", "--format", format, "--output", str(path))
    assert [each.name for each in folder.iterdir()] == ["refs.out"]
    clean_bytes(done.err.encode())
    text = clean_bytes(path.read_bytes(), carriages=format == "ris")
    left_out = done.err.count("has no title and was left out")
    EXPORTS[format](text, len(FAMILIES) - left_out)
    assert not path.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("format", EXPORTS)
def test_a_paper_is_one_entry_of_every_file(shelf: Shelf, family: str, format: str, tmp_path: Path) -> None:
    taken = shelf.desk.exporting.export([shelf.names[family]], format, ("abstract", "keywords", "note"))
    if not taken.count:
        assert taken.failures
        return
    path = tmp_path / "one"
    shelf.desk.exporting.save(taken.text, str(path))
    EXPORTS[format](clean_bytes(path.read_bytes(), carriages=format == "ris"), 1)


@pytest.mark.parametrize("suffix", ["bib", "json", "ris", "md", "-o", " x", "$(touch canary)", "é"])
def test_a_file_is_written_where_the_reader_says_and_nowhere_else(shelf: Shelf, tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / f"-refs.{suffix}"
    done = shelf.room.say(shelf.desk, "export", "--query", "", f"--output={path}")
    assert done.status == 0
    assert [each.name for each in folder.iterdir()] == [path.name]


# Documents.

DOCUMENTS = (
    ("papers", "--query", "", "--json"), ("issues", "--json"), ("tags", "--json"), ("searches", "--json"),
    ("sources", "--json"), ("formats", "--json"), ("export", "--query", "", "--json"), ("doctor", "--json"),
)  # fmt: skip


@pytest.mark.parametrize("words", DOCUMENTS, ids=" ".join)
def test_a_document_is_one_of_json_with_nothing_to_be_obeyed(shelf: Shelf, words: tuple[str, ...]) -> None:
    done = shelf.room.say(shelf.desk, *words)
    document = assert_json(done.out)
    clean_bytes(done.out.encode())
    if words[0] == "papers":
        # An item a line, as a program reads them that takes no list of 100,000 at a time.
        lines = done.out.splitlines()[1:-1]
        assert len(lines) == len(document) == len(FAMILIES)
        assert [assert_json(line.rstrip(",")) for line in lines] == document
    assert all("\r" not in each for each in strings(document))


# Shells.

KINDS = ("papers", "issues", "tags", "searches", "sources", "removed")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose every name is a stranger's: of searches and sources, too."""
    room = Room(tmp_path_factory.mktemp("names"))
    with room.desk() as desk:
        names = fill(desk)
        outlines = []
        for number, text in enumerate(FAMILIES.values()):
            outcome(partial(desk.searches.save, text, text))
            said = "".join(f"&#{ord(char)};" for char in text if char.isprintable() or char in "\t\n\r")
            outlines.append(f'<outline type="rss" text="{said}" xmlUrl="https://feeds.example/{number}"/>')
        opml = f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>'
        desk.sources.take_opml(opml.encode("utf-8", "replace"), "all.opml")
        desk.marking.remove(list(names.values())[::3])
    return room.library


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", ["", "-", "a", "arxiv:", "one", "$", "~"])
def test_a_shell_is_offered_a_plain_name_a_line_and_no_option(
    library: Path, kind: str, start: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["complete", kind, start, "--library", str(library)], lambda *_: 99) == 0
    written = capsysbinary.readouterr().out
    text = clean_bytes(written)
    for line in text.splitlines():
        name, _, beside = line.partition("\t")
        assert_clean(name + beside, "", "word")
        assert name
        # What is offered is put into the line as it stands, where it would be an option and no name.
        assert not name.startswith("-"), line
    if not start:
        assert text


BASH = r"""
source "$1"
_paperrack_names() { cat "$NAMES"; }
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
COMP_LINE="paperrack $2 " COMP_POINT=${#COMP_LINE}
_paperrack
for each in "${COMPREPLY[@]}"; do
    eval "set -- $each"
    printf '%s\0' "$#" "$1"
done
"""


@pytest.mark.parametrize("kind", ["tags", "searches", "sources"])
def test_bash_puts_a_name_into_the_line_as_one_word_that_runs_nothing(
    library: Path, tmp_path: Path, kind: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["complete", kind, "", "--library", str(library)], lambda *_: 99) == 0
    names = capsysbinary.readouterr().out
    (tmp_path / "names").write_bytes(names)
    (tmp_path / "script").write_text(_script("bash", capsysbinary), encoding="utf-8")
    words = ["bash", "--norc", "-c", BASH, "bash", str(tmp_path / "script"), f"{kind} remove"]
    environ = {"PATH": os.environ["PATH"], "NAMES": str(tmp_path / "names"), "LANG": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, env=environ, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode().split("\0")[:-1]
    listed = [line.split("\t")[0] for line in names.decode().splitlines()]
    assert set(said[::2]) == {"1"}
    assert said[1::2][: len(listed)] == listed


def _script(shell: str, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    assert run(["completions", shell], lambda *_: 99) == 0
    return capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_a_shell_is_clean_and_quotes_by_the_shell_itself(
    shell: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    script = _script(shell, capsysbinary)
    clean_bytes(script.encode())
    assert "eval" not in script
    # zsh's compadd quotes what it puts into the line, but with -Q; -U would put in what does not begin so.
    assert not re.search(r"compadd[^\n]* -\w*[QU]", script)
