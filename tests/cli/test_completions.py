"""What shells complete: asked of bash, zsh and fish themselves, with the scripts that paperrack prints."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tui.catalogue import Catalogue
from tui.cli import run
from tui.cli.shells import SHELLS
from tui.cli.shells.described import _KINDS, LIBRARY, _words, described
from tui.cli.words import parsers
from tui.completing import MOST, offers
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue
from tui.settings import Settings

ISSUE = Issue(
    id="",
    title="Reading, week 6",
    date="2025-01-01",
    format="links",
    entries=(
        Entry(title="Attention Is All You Need", identifiers={"arxiv": "1706.03762"}),
        Entry(title='It\'s $HOME; `ls` "and" more', identifiers={"arxiv": "1706.09999"}),
        Entry(title="BERT", identifiers={"arxiv": "1810.04805"}),
    ),
)
ATTENTION = "arxiv:1706.03762"
OWN_WORDS = {"KEY", "VALUE", "TEXT", "QUERY", "A,B", "CHOICE", "NAME"}
"""What the help calls values that no shell can know, or that have choices."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library that the environment names."""
    path = tmp_path / "library"
    with Desk(Library(path), Settings()) as desk:
        desk.keep(ISSUE)
        desk.annotating.tag([ATTENTION], ["to cite", "nlp", "Ünïcode"])
        desk.exporting.set_key(ATTENTION, "vaswani2017attention")
        desk.searches.save("my search", "year:2017")
    return path


def names(kind: str, start: str, folder: Path) -> list[str]:
    return [name for name, _ in offers(kind, start, folder)]


def test_names_are_offered_out_of_the_library(folder: Path) -> None:
    assert names("papers", "arxiv:1706", folder) == [ATTENTION, "arxiv:1706.09999"]
    assert offers("papers", "arxiv:17", folder)[0] == (ATTENTION, "Attention Is All You Need")
    assert names("papers", "VASWANI", folder) == ["vaswani2017attention"]
    assert len(names("papers", "", folder)) == 3
    assert names("issues", "read", folder) == names("issues", "", folder)
    assert names("tags", "TO", folder) == ["to cite"]
    assert sorted(names("tags", "", folder)) == ["nlp", "to cite", "Ünïcode"]
    assert offers("searches", "My", folder) == [("my search", "year:2017")]
    assert names("anything", "", folder) == []
    assert names("removed", "", folder) == []
    with Desk(Library(folder), Settings()) as desk:
        desk.marking.remove([ATTENTION])
    assert names("removed", "arxiv", folder) == [ATTENTION]
    assert ATTENTION not in names("papers", "", folder)


def test_the_command_that_shells_call_prints_a_name_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["complete", "papers", "arxiv:18"], lambda *_: 99) == 0
    assert capsys.readouterr().out == "arxiv:1810.04805\tBERT\n"
    assert run(["complete", "papers", "", "--library", str(tmp_path / "other")], lambda *_: 99) == 0
    assert run(["complete"], lambda *_: 99) == 0
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("content", [b"", b"no index", None])
def test_a_library_that_cannot_be_read_offers_nothing_and_is_left_as_it_is(
    tmp_path: Path, content: bytes | None
) -> None:
    index = tmp_path / "index.sqlite"
    if content is None:
        sqlite3.connect(index).close()
    else:
        index.write_bytes(content)
    (tmp_path / "searches.json").write_text('{"searches": {"1": 5, "2": {"name": 3}, "3": {"name": "a"}}}')
    assert {kind: names(kind, "", tmp_path) for kind in LIBRARY} == {
        kind: ["a"] if kind == "searches" else [] for kind in LIBRARY
    }
    (tmp_path / "searches.json").write_text("[[[")
    assert names("searches", "", tmp_path) == []
    assert index.read_bytes() == (content or b"")


def test_an_index_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.completing._PATIENCE", 0.1)
    with sqlite3.connect(tmp_path / "index.sqlite") as connection:
        connection.execute(
            "CREATE VIEW issues AS WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
            " SELECT 'a' AS id, max(x) AS title FROM r"
        )
    connection.close()
    assert offers("issues", "", tmp_path) == []


def test_of_a_hundred_thousand_papers_some_are_offered_and_what_answers_loads_nothing_large(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    with catalogue.change(), catalogue.store.change() as connection:
        rows = [(f"arxiv:{2000 + n // 5000}.{n % 5000:05}", f"Paper {n}") for n in range(100_000)]
        connection.executemany("INSERT INTO papers (id, title, listed) VALUES (?, ?, 1)", rows)
        tagged = "INSERT INTO tags SELECT printf('tag %d', n.num % 30), n.num FROM papers n"
        connection.execute(tagged)
    catalogue.close()
    for kind, start, many in (("papers", "", MOST), ("papers", "arxiv:2003.0", MOST), ("tags", "tag 2", 11)):
        assert len(offers(kind, start, tmp_path)) == many
    # A shell waits for the answer at each press of tab.
    call = "import sys; from tui.__main__ import main; main(); print(*sys.modules, file=sys.stderr)"
    words = [sys.executable, "-c", call, "complete", "papers", "arxiv:2003.0", "--library", str(tmp_path)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    assert len(done.stdout.splitlines()) == MOST
    assert not {"tui.desk", "tui.library", "tui.catalogue", "tui.model", "argparse", "tinydb"} & {*done.stderr.split()}


def test_every_value_of_every_option_is_of_a_known_kind() -> None:
    known = {*_KINDS, *_words(), *OWN_WORDS}
    for name, parser in parsers()[1].items():
        for action in parser._actions:
            if action.nargs != 0 and not action.choices:
                assert action.metavar in known, (
                    f"{action.metavar} of {name} is in no table of tui/cli/shells/described.py"
                )


def test_nothing_in_a_script_can_be_taken_for_the_shell_s_own() -> None:
    for command in described():
        for option in command.options:
            assert "'" not in (option.kind or "")
            assert all(name.replace("-", "").isalnum() for name in option.names)
        assert all(kind.replace("=", "").replace(",", "").replace("-", "").replace(" ", "").replace("_", "").isalnum()
                   for kind in command.kinds if kind)  # fmt: skip


# The shells themselves.

BASH = """
source "$1"
COMP_LINE=$2 COMP_POINT=${#2}
_paperrack
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = 'source $argv[1]; complete -C "$argv[2]"'
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -d $3.dump; source $1"
zpty -w shell 'compadd() {
    local -a found
    builtin compadd -O found "$@"
    print -rl -- ">"${^found}"<" >> '"$3"'
    builtin compadd "$@"
}'
zpty -w shell 'ended() { print -- "<ended>" >> '"$3"' }; zle -N ended; bindkey "^X" ended'
zpty -w -n shell "$2"$'\t\x18'
repeat 200 { sleep 0.05; [[ "$(<$3)" == *"<ended>"* ]] && break }
zpty -d shell
"""


@pytest.fixture
def ask(folder: Path, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> object:
    """Return what asks a shell how a line can be completed."""
    shell: str = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    tools = tmp_path / "bin"
    tools.mkdir()
    root = Path(__file__).resolve().parents[2]
    program = tools / "paperrack"
    program.write_text(f"#!/bin/sh\nPYTHONPATH='{root}' exec '{sys.executable}' -m tui \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    script = tmp_path / "script"
    assert run(["completions", shell], lambda *_: 99) == 0
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    environ = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb"}

    def ask(line: str) -> set[str]:
        said = tmp_path / "said"
        said.write_text("")
        words = {
            "bash": ["bash", "--norc", "-c", BASH, "bash", str(script), line],
            "fish": ["fish", "--no-config", "-c", FISH, str(script), line],
            "zsh": ["zsh", "-f", "-c", ZSH, "zsh", str(script), line, str(said)],
        }[shell]
        done = subprocess.run(words, capture_output=True, text=True, env=environ, cwd=tmp_path, timeout=60)
        if shell == "zsh":
            *found, ended = said.read_text("utf-8").splitlines()
            assert ended == "<ended>"
            lines = [each[1:-1].replace("\\", "") for each in found]
        else:
            assert (done.returncode, done.stderr) == (0, "")
            lines = [each.split("\t")[0].replace("\\", "") for each in done.stdout.splitlines()]
        # bash replaces what stands behind a colon only, fish what stands behind a blank.
        before = line.rpartition(" ")[2].rpartition(":")[0]
        whole = before and shell == "bash"
        return {f"{before}:{each}".rstrip() if whole else each.rstrip() for each in lines if each}

    return ask


@pytest.mark.parametrize("ask", list(SHELLS), indirect=True)
def test_a_shell_completes_commands_options_files_and_names(ask: object, tmp_path: Path) -> None:
    assert callable(ask)
    (tmp_path / "a digest.txt").write_text("")
    (tmp_path / "a folder").mkdir()
    assert {"search", "set", "searches"} <= ask("paperrack se")
    assert ask("paperrack show arxiv:1706.0") == {ATTENTION, "arxiv:1706.09999"}
    assert ask("paperrack tag arxiv:1706.03762 --add n") == {"nlp"}
    assert ask("paperrack tag arxiv:1706.03762 --add to") == {"to cite"}
    assert ask("paperrack papers --issue re") == {"reading-week-6"}
    assert ask(f"paperrack --library {tmp_path}/none papers --issue re") == set()
    assert {"bibtex", "biblatex"} <= ask("paperrack export --format bi")
    assert ask("paperrack state arxiv:1706.03762 to") == {"to-read"}
    assert ask("paperrack searches remove m") == {"my search"}
    assert ask("paperrack completions f") == {"fish"}
    assert {"--fetch", "--format", "--fields"} <= ask("paperrack export --f")
    assert "--plain" in ask("paperrack --pl")
    assert {each.rstrip("/") for each in ask("paperrack add a")} == {"a digest.txt", "a folder"}


def test_a_shell_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["completions", "tcsh"], lambda *_: 99)
    assert end.value.code == 2
    assert "bash" in capsys.readouterr().err
