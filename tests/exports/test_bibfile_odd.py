"""Files of .bib that hardly anybody has: line ends of another age, very many keys twice, texts that never end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.bibfiles import NEW
from tui.exports.asked import Item
from tui.exports.bibfile import merge, read
from tui.exports.bibfile.file import MAX_REMARKS
from tui.exports.bibfile.scan import UnclosedError
from tui.exports.bibfile.strictly import check_end
from tui.model import Record


def file(folder: Path, content: str) -> Path:
    path = folder / "refs.bib"
    path.write_bytes(content.encode())
    return path


def test_an_old_mac_s_line_ends_stay_in_what_is_added(tmp_path: Path) -> None:
    path = file(tmp_path, "@misc{old,\r  title = {Old},\r}\r")
    merged = merge(read(path), NEW)
    assert merged.content.startswith(path.read_bytes())
    assert b"\n" not in merged.content
    assert b"\r" in merged.content[len(path.read_bytes()) :]


def test_of_very_many_keys_that_stand_twice_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    path = file(tmp_path, "".join(f"@misc{{k{n}, title = {{A {n}}}}}\n" * 2 for n in range(MAX_REMARKS + 3)))
    said = [remark for remark in read(path).remarks if "twice" in remark]
    assert len(said) == MAX_REMARKS + 1
    assert said[0] == f"The key k0 stands twice in {path}, in lines 1 and 2; the first counts."
    assert said[-1] == f"3 more keys stand twice in {path}."


def test_two_papers_under_one_key_are_not_both_written(tmp_path: Path) -> None:
    one, other = (Item("x", Record(title=f"Of {what} and of nothing else")) for what in ("zebras", "maps"))
    merged = merge(read(file(tmp_path, "")), [one, other])
    assert merged.added == ("x",)
    assert [why for _, why in merged.failures] == ["x is the key of another paper, and was left out."]
    assert b"zebras" in merged.content.lower()
    assert b"maps" not in merged.content.lower()


def test_two_entries_in_one_line_are_told_as_one_difference(tmp_path: Path) -> None:
    entries = [
        f"@misc{{k{n}, title = {{Of {what}}}, doi = {{10.1000/{n}}}}}" for n, what in enumerate(("maps", "graphs"))
    ]
    path = file(tmp_path, " ".join(entries) + "\n")
    richer = [
        Item(f"x{n}", Record(title=f"Of {what}", authors=("Ada Byron",), year=2020 + n, doi=f"10.1000/{n}"))
        for n, what in enumerate(("maps", "graphs"))
    ]
    merged = merge(read(path), richer, replace=["k0", "k1"])
    assert merged.added == ()
    removed = [line for line in merged.diff.splitlines() if line.startswith("-") and not line.startswith("---")]
    added = [line for line in merged.diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert removed == ["-" + " ".join(entries)]
    assert "\n".join(line[1:] for line in added) + "\n" == merged.content.decode()
    assert merged.content.count(b"Byron") == 2


@pytest.mark.parametrize(
    "text",
    ["@misc{a, title = {never", '@misc{a, title = "never', '@misc{a, title = "ne{ver', "@misc(a, x = {", "@misc{"],
)
def test_a_block_that_never_ends_is_said_to_take_in_what_follows(text: str) -> None:
    with pytest.raises(UnclosedError):
        check_end(text)


@pytest.mark.parametrize("text", ["@", "@misc", "@misc ", "an @ in a text", "@misc{a}", "@comment{"])
def test_what_was_never_opened_hides_nothing(text: str) -> None:
    check_end(text)
