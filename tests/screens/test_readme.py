"""README, help and palette tell the same story as the bindings, the commands, the searches and the library."""

from __future__ import annotations

import importlib.util
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

from tui import settings
from tui.catalogue.schema import HAS
from tui.cli.about import ALONE
from tui.cli.commands import COMMANDS
from tui.cli.words import parse
from tui.desk import Desk
from tui.library.backups import Backups
from tui.screens import keymap, keys
from tui.searching.fields import FIELDS
from tui.searching.query import parse as query
from tui.searching.terms import STATES

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
PREFIXES = ("y ", "m ")
ROOT = Path(__file__).resolve().parents[2]


def test_every_key_in_the_readme_is_bound_and_every_bound_key_is_in_the_readme() -> None:
    table = README.split("<!-- keys:")[1].split("\n\n")[0]
    named = set(re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[3:])))
    bound = {key for _, group in keys.GROUPS for binding in group for key in keys.key_of(binding).split(", ")}
    chords = {key[2:] for key in bound if key.startswith(PREFIXES)}
    # Second keys, and one that is told elsewhere.
    more = {"pgdn", "pgup", "home", "end", "left", "right", "←", "→", "ctrl+c"}
    assert named <= bound | chords
    assert {key for key in bound if not key.startswith(PREFIXES)} - more <= named
    assert chords <= named


def test_every_picture_in_the_readme_is_one_of_the_tests() -> None:
    pictures = re.findall(r"\]\(([^)]+\.svg)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture.replace("%5B", "[").replace("%5D", "]")).is_file(), picture


def test_every_command_is_in_the_readme_and_is_understood_as_it_stands_there() -> None:
    section = README.split("## From the command line")[1].split("\n## ")[0]
    text = "\n".join(block.split("```")[0] for block in section.split("```sh\n")[1:])
    lines = [shlex.split(line, comments=True) for whole in text.splitlines() for line in whole.split(" ; ")]
    told = {parse(words[1:]).command for words in lines if words} | set(re.findall(r"# and ([a-z]+)$", text, re.M))
    assert told == {*COMMANDS, *ALONE}


def test_every_search_in_the_readme_is_understood() -> None:
    table = README.split("<!-- searches:")[1].split("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[3:]]
    whole = [text for row in rows for text in re.findall(r"`([^`]+)`", row[0])]
    assert len(whole) > 8
    assert all(query(text) for text in whole)
    fields = {name for row in rows for name in re.findall(r"([a-z]+):", " ".join(row))}
    assert fields >= set(FIELDS)
    assert {*HAS, *(state.replace(" ", "-") for state in STATES)} <= set(re.findall(r"[a-z][a-z-]+", table))


def test_settings_that_are_copied_from_the_readme_hold_as_they_stand_there(tmp_path: Path) -> None:
    blocks = [block.split("```")[0] for block in README.split("```toml\n")[1:]]
    assert len(blocks) > 1
    for number, block in enumerate(blocks):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, "utf-8")
        made = settings.load(file)
        named = {line.split(" = ")[0] for line in block.partition("[keys]\n")[2].partition("\n\n")[0].splitlines()}
        assert set(made.keys) == named
        keymap.of(made)  # raises what would keep the screens from opening


def test_the_readme_names_all_that_lies_in_a_library(sample_desk: Desk) -> None:
    table = README.split("<!-- folder:")[1].split("\n\n")[0]
    told = {name.removesuffix("/") for name in re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)}
    folder = sample_desk.library.folder
    sample_desk.marking.mark(sample_desk.papers()[:1])
    sample_desk.searches.save("Unread", "is:unread")
    opml = b'<opml version="2.0"><body><outline xmlUrl="https://example.org/feed"/></body></opml>'
    sample_desk.sources.take_opml(opml, "mine.opml")
    sample_desk.library.flush()
    Backups(folder).make(datetime.now(UTC))
    there = {path.name for path in folder.iterdir()}
    assert {name for name in there if not name.startswith("index.sqlite-")} == told


def test_what_the_readme_has_run_with_python_is_there() -> None:
    modules = re.findall(r"python -m ([a-z_.]+)", README)
    assert {"tests.bench", "tests.faults", "tui"} <= set(modules)
    for name in modules:
        found = importlib.util.find_spec(name)
        assert found is not None, name
        # A package is run by its __main__, a module by itself.
        assert found.submodule_search_locations is None or importlib.util.find_spec(f"{name}.__main__"), name


def test_every_binding_has_an_id_of_its_own_a_description_and_a_tooltip() -> None:
    bindings = [binding for _, group in keys.GROUPS for binding in group]
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert all(binding.id and binding.description and binding.tooltip for binding in bindings)
