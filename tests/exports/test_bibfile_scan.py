from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.bibfiles import FILES, bib
from tui.errors import ExportError
from tui.exports.bibfile import read
from tui.exports.bibfile.file import entries_in
from tui.exports.bibfile.scan import UnclosedError, keys_in, scan


@pytest.mark.parametrize("name", FILES)
def test_entries_know_the_bytes_and_the_line_where_they_stand(name: str) -> None:
    file = read(bib(name))
    lines = file.content.split(b"\n")
    for entry in file.entries:
        there = file.content[entry.start : entry.end]
        assert there[:1] == b"@"
        assert there[-1:] in (b"}", b")")
        assert lines[entry.line - 1].lstrip().lower().startswith(b"@" + entry.type.encode())
        assert entry.key.encode() in there


def test_entries_are_read_as_they_are_written() -> None:
    file = read(bib("handwritten"))
    assert [(entry.type, entry.key, entry.line) for entry in file.entries] == [
        ("article", "scholkopf-kernels", 9),
        ("article", "mobius", 15),
        ("inproceedings", "resnet", 22),
        ("misc", "adam-preprint", 24),
        ("phdthesis", "doe:thesis", 26),
    ]
    kernels, mobius, resnet, adam, _ = file.entries
    assert kernels.fields["month"] == 'jul # "~1"'
    assert kernels.authors == ("Bernhard Schölkopf", "Alexander Smola", "Klaus-Robert Müller")
    assert mobius.title == "Über eine besondere Art von Umkehrung der Reihen"
    assert mobius.value("journal") == "IEEE Trans. Pattern Analysis and Machine Intelligence"
    assert resnet.fields["title"] == "{Deep Residual Learning for Image Recognition}"
    assert (adam.arxiv, adam.doi, adam.preprint, resnet.preprint) == ("1412.6980", None, True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a, title={A} year=2000}", [("a", ["title", "year"], True)]),
        ("@misc{a, title={A},\n\n@misc{b, year=1}", [("a", ["title"], True), ("b", ["year"], False)]),
        ("@misc{a, title {A}, year=1}", [("a", ["year"], True)]),
        ("@misc{a b, year=1}", [("a", ["year"], True)]),
        ("@misc{title={x}}", [("", ["title"], True)]),
        ("@misc{a, = {x}, year=1}", [("a", ["year"], True)]),
        ("@misc{a, title={x}, Title={y}, year=}", [("a", ["title"], True)]),
        ("@misc{a,\n% title={x}, }\nyear=1}", [("a", ["year"], True)]),
        ('@misc{a, t="x{"}y" # {"} # jan}', [("a", ["t"], False)]),
        ("@misc{a, t={x\\}}}", [("a", ["t"], False)]),
        ("@misc(a, t={x)}, u=1)", [("a", ["t", "u"], False)]),
        ("@misc{a}@misc{b,}", [("a", [], False), ("b", [], False)]),
        ("me@example.org @misc{a, t=1}", [("a", ["t"], False)]),
        ("@ misc { a , t = 1 }", [("a", ["t"], False)]),
        ("@comment{@misc{a, t=1}}@misc{b, t=1}", [("b", ["t"], False)]),
        ("@comment free words\n@misc{b, t=1}", [("b", ["t"], False)]),
        ("% @misc{a, t=1} @misc{c}\n@misc{b, t=1}", [("b", ["t"], False)]),
        ("% @misc{a, t=1}\n@misc{b, t=1}\n@misc{c, t=1}\n", [("b", ["t"], False), ("c", ["t"], False)]),
        ("@misc{a, t={50\\%}} @misc{b}", [("a", ["t"], False), ("b", [], False)]),
        ('@preamble{"}"}@string(x = {y})@misc{b}', [("b", [], False)]),
        ("@misc{b, t=1}\n% @misc{a, t=1}", [("b", ["t"], False)]),
        ('@misc{b}@misc{a, t="x"}', [("b", [], False), ("a", ["t"], False)]),
        ("@ {x}, @{y}, @, @@misc{a, t=1} @", [("a", ["t"], False)]),
        ("@misc{é,\u3000t={ü}}", [("é", ["t"], False)]),
    ],
)
def test_broken_entries_are_read_as_far_as_they_go(text: str, expected: list[tuple[str, list[str], bool]]) -> None:
    assert [(block.key, list(block.fields), block.broken) for block in scan(text).blocks] == expected


def test_every_key_that_a_reader_may_see_is_found() -> None:
    text = "@comment{@misc{a, t=1}} % @misc(b,\n@misc{c} @ misc { d\n, t={}} @misc{e d = {"
    assert {"a", "b", "c", "d", "e"} <= set(keys_in(text))


@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
@settings(max_examples=200, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "@misc{",
                "% ",
                "\n",
                "@misc(",
                "a,",
                "t=",
                "{x}",
                '"y"',
                ",",
                "}",
                ")",
                "\n",
                "@comment{",
                "@",
                "b",
                " # ",
                "{",
                '"',
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_what_is_taken_for_closed_hides_nothing_behind_it_from_bibtex(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try:
        entries_in(text.encode(), "refs.bib")
    except ExportError:
        return
    folder = tmp_path_factory.getbasetemp() / "seen-by-bibtex"
    folder.mkdir(exist_ok=True)
    assert _bibtex_sees(text + "\n\n@misc{new,\n  title = {New},\n}\n", folder), text


def _bibtex_sees(text: str, folder: Path) -> bool:
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    (folder / "refs.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{unsrt}\n\\bibdata{refs}\n", encoding="utf-8")
    subprocess.run(["bibtex", "-terse", "refs"], cwd=folder, capture_output=True, timeout=60)
    return "\\bibitem{new}" in (folder / "refs.bbl").read_text(encoding="utf-8", errors="replace")


_SIZE = 5_000_000


@pytest.mark.parametrize(
    "piece",
    ["{", "@", '"', "@a{", "@a{b,", "@a{b,c={", '@a{b,c="', "@a{}", "@comment{", "@comment{}", "% @a{b}", "c d ", "@ ",
     "@a{b,c=#", "@string{a=a}", '@a{b,c="}', "@a{b,c={}", "@preamble{", "@a(", "\\", "%", "a=", "@a{b,?"],
)  # fmt: skip
@pytest.mark.parametrize(("first", "last"), [("", ""), ("@a{b,", "}"), ("@a{b,c={", "}}")])
def test_a_hostile_file_takes_time_by_its_length(piece: str, first: str, last: str) -> None:
    def took(size: int) -> float:
        text = first + piece * (size // len(piece)) + last
        began = time.process_time()
        with contextlib.suppress(UnclosedError):
            scan(text)
        for _ in keys_in(text):
            pass
        return time.process_time() - began

    # Twice the square of ten would be 200 times as long.
    assert took(_SIZE // 10) < max(0.05, 40 * took(_SIZE // 100))
