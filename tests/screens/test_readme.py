"""README, help and palette tell the same story as the bindings."""

from __future__ import annotations

import re
from pathlib import Path

from tui.cli.commands import COMMANDS
from tui.cli.words import parse
from tui.screens import keys

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
ROOT = Path(__file__).resolve().parents[2]


def test_every_key_in_the_readme_is_bound_and_every_bound_key_is_in_the_readme() -> None:
    table = README.split("<!-- keys:")[1].split("\n\n")[0]
    named = set(re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[3:])))
    bound = {key for _, group in keys.GROUPS for binding in group for key in keys.key_of(binding).split(", ")}
    chords = {key.removeprefix("y ") for key in bound if key.startswith("y ")}
    more = {"pgdn", "pgup", "home", "end", "left", "right", "ctrl+c"}  # second keys, and one that is told elsewhere
    assert named <= bound | chords
    assert {key for key in bound if not key.startswith("y ")} - more <= named
    assert chords <= named


def test_every_picture_in_the_readme_is_one_of_the_tests() -> None:
    pictures = re.findall(r"\]\(([^)]+\.svg)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture.replace("%5B", "[").replace("%5D", "]")).is_file(), picture


def test_every_command_in_the_readme_is_understood() -> None:
    block = README.split("## From the command line")[1].split("```sh")[1].split("```")[0]
    lines = [line.split("#")[0].strip() for whole in block.splitlines() for line in whole.split(" ; ")]
    commands = {parse(line.split()[1:]).command for line in lines if line}
    assert commands <= set(COMMANDS)
    assert len(commands) > 8


def test_every_binding_has_an_id_of_its_own_a_description_and_a_tooltip() -> None:
    bindings = [binding for _, group in keys.GROUPS for binding in group]
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert all(binding.id and binding.description and binding.tooltip for binding in bindings)
