"""What BibTeX is still within at the end of a file: whatever is appended there would be lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tui.exports.bibfile.scan import UnclosedError
from tui.exports.bibfile.strictly import check_end

CLOSED = [
    "", "words", "@misc{a, t={x}}", "@misc(a, t={x})", "@misc{a}", "@misc{a,}", "@misc{a , }", "@ misc { a , t = 1 }",
    '@misc{a, t="x{"}y"}', "@misc{a, t=1 # jan # {x}}", "@misc{a, t={x{y}z}, u=jan,}", '@misc{a, t="x" , u = "y" }',
    "@string{x={y}}", "@string(x=1)", "@string ( x = jan # 2 )", '@preamble{"x"}', '@preamble("x" # {y})',
    "@misc{a, t={x}} words", "@misc{a}@misc{b}", "@misc{a)b, t={x}}", "@misc(a}b, t={x})", "@misc{a,t={)}}",
    "@comment{", "@comment{@misc{a}", "@Comment @misc{a}",
    # At an error it gives the block up, and goes on from there to the next.
    "@", "@misc", "@misc ", "@misc,", "@1misc{a", "@misc[a", "@{a", "@mi}sc{a,", "@misc)", "@misc{a b", "@misc{a, t x",
    "@misc{a, t={x} u", "@misc{a, 1=", "@misc{a, t=1x", "@misc{a, t=#", "@misc{a, t=x y", "@misc{a, t={x} # =",
    '@misc{a, t="}"', '@misc{a, t="x}y{z', "@misc{a, =1", "@misc{a,,", "@misc{a, t=1,,", "@misc{a, t={x})",
    "@misc{a, t X{x}", "@misc(a, t={x}}",
    "@misc(a, t=1}", "@string x", "@string{x y", "@string{=", "@string{x={y},", "@string{x={y})", "@string(x={y}}",
    '@preamble{"x",', "@preamble{=", "@misc{a b} @misc{c}", "@misc{a b, t={x} @comment{",
]  # fmt: skip

OPEN = [
    ("@misc{", "misc", ""), ("@misc(", "misc", ""), ("@Misc{a", "misc", "a"), ("@misc{a ", "misc", "a"),
    ("@misc{a,", "misc", "a"), ("@misc{a, t", "misc", "a"), ("@misc{a, t=", "misc", "a"), ("@misc{a, t= ", "misc", "a"),
    ("@misc{a, t={", "misc", "a"), ("@misc{a, t={x{y}", "misc", "a"), ("@misc{a, t={x}", "misc", "a"),
    ("@misc{a, t={x} ", "misc", "a"), ("@misc{a, t={x},", "misc", "a"), ('@misc{a, t="', "misc", "a"),
    ('@misc{a, t="x{"', "misc", "a"), ('@misc{a, t="x{"}', "misc", "a"), ('@misc{a, t="x"', "misc", "a"),
    ("@misc{a, t=1", "misc", "a"), ("@misc{a, t=1 #", "misc", "a"), ("@misc{a, t=jan", "misc", "a"),
    ("@misc{a, t=1 # {x} ", "misc", "a"), ("@misc{a)", "misc", "a)"), ("@misc(a}", "misc", "a}"),
    ("@misc(a)", "misc", "a)"), ("@misc(a,t={x}", "misc", "a"), ("@misc{a,t={)}", "misc", "a"),
    ("@string{", "string", ""), ("@string{x", "string", ""), ("@string{x=", "string", ""),
    ("@string{x=1", "string", ""),
    ("@string(x={y} # ", "string", ""), ("@preamble{", "preamble", ""), ('@preamble{"x"', "preamble", ""),
    ('@preamble("x" #', "preamble", ""),
]  # fmt: skip

BEFORE = ("", "words, ", "@misc{a b} ", "@misc{c, t={x}}\n", "@comment ", "@string{s=1 2} ")


@pytest.mark.parametrize("text", CLOSED)
def test_what_is_closed_or_given_up_takes_nothing_in(text: str) -> None:
    check_end(text)
    for before in BEFORE[1:]:
        check_end(before + text)


@pytest.mark.parametrize(("text", "kind", "key"), OPEN)
def test_what_is_open_is_named_with_its_place(text: str, kind: str, key: str) -> None:
    for before in BEFORE:
        with pytest.raises(UnclosedError) as caught:
            check_end(before + text)
        assert (caught.value.kind, caught.value.key, caught.value.start) == (kind, key, len(before))


@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
@pytest.mark.parametrize("before", BEFORE)
def test_the_readers_of_bibtex_find_what_stands_behind(before: str, tmp_path: Path) -> None:
    (tmp_path / "refs.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{unsrt}\n\\bibdata{refs}\n", encoding="ascii")
    for text in CLOSED:
        (tmp_path / "refs.bib").write_text(f"{before}{text}\n\n@misc{{new,\n title = {{New}},\n}}\n", encoding="ascii")
        subprocess.run(["bibtex", "-terse", "refs"], cwd=tmp_path, capture_output=True, timeout=60)
        assert "\\bibitem{new}" in (tmp_path / "refs.bbl").read_text(encoding="utf-8", errors="replace"), before + text
