from __future__ import annotations

from pathlib import Path

import pytest

from tui.exports.bibfile import find_project


def _project(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _names(folder: Path) -> list[str]:
    return [str(path.relative_to(folder.resolve())) for path in find_project(folder)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\bibliography{a,b}", ["a.bib", "b.bib"]),
        ("\\bibliography{ a ,\n  b.bib }", ["a.bib", "b.bib"]),
        (r"\addbibresource{a.bib}\addbibresource [ location = local ] {b.bib}", ["a.bib", "b.bib"]),
        (r"\addbibresource[location=remote]{http://example.org/a.bib}\nobibliography*{b}", ["b.bib"]),
        (r"\addbibresource{https://example.org/b.bib}\bibliography{a}", ["a.bib"]),
        ("% \\bibliography{a}\n50\\% \\bibliography{b}", ["b.bib"]),
        ("\\\\% \\bibliography{a}\n\\bibliography{b}", ["b.bib"]),
        (r"\bibliography{b,a,b}", ["b.bib", "a.bib"]),
        (r"\bibliography{\jobname}", ["main.bib"]),
        (r"\bibliography{IEEEabrv,\bibpath/x,a}", ["a.bib"]),
        (r"\bibliographystyle{plain}", []),
        (r"\bibliography{.,..,./,sub/..,a}", ["a.bib"]),
        (r"\bibliography{a.BIB,b}", ["b.bib"]),
        (r"\addglobalbib{a.bib}\addsectionbib{b.bib}", ["a.bib", "b.bib"]),
        (r"\addbibresource[remote=no]{a.bib}\addbibresource[label=x]{b.bib}", ["b.bib"]),
        (r"\addbibresource{a,b}\bibliography{b}", ["b.bib"]),
        ('\\bibliography{"a",b#c,~x,b}', ["a.bib", "b.bib"]),
        (r"\bibliography{", []),
    ],
)
def test_the_files_are_those_that_the_source_names(text: str, expected: list[str], tmp_path: Path) -> None:
    folder = _project(tmp_path, main_tex=r"\documentclass{article}" + "\n" + text, a_bib="", b_bib="", main_bib="")
    assert _names(folder) == expected


def test_a_source_that_is_not_there_or_was_read_hides_no_other(tmp_path: Path) -> None:
    main = r"\documentclass{article}\input{gone}\input{one}\input{main}\input{one}\input{sub/two}"
    _project(tmp_path, main_tex=main, one_tex=r"\bibliography{a}", sub__two_tex=r"\bibliography{b}", a_bib="", b_bib="")
    assert _names(tmp_path) == ["a.bib", "b.bib"]


def test_files_that_do_not_exist_are_named_only_where_none_does(tmp_path: Path) -> None:
    _project(tmp_path, main_tex=r"\bibliography{refs,more}")
    assert _names(tmp_path) == ["refs.bib", "more.bib"]
    _project(tmp_path, more_bib="")
    assert _names(tmp_path) == ["more.bib"]


def test_the_main_documents_files_come_first(tmp_path: Path) -> None:
    _project(
        tmp_path,
        appendix_tex=r"\addbibresource{a.bib}",
        thesis_tex=r"\documentclass{book}\input{parts/setup}\bibliography{z}",
        parts__setup_tex=r"\addbibresource{b.bib}",
        unrelated__x_tex=r"\bibliography{c}",
        a_bib="",
        b_bib="",
        c_bib="",
        z_bib="",
    )
    assert _names(tmp_path) == ["z.bib", "a.bib", "b.bib"]


def test_only_the_path_in_the_command_leads_outside(tmp_path: Path) -> None:
    folder = _project(
        tmp_path,
        paper__main_tex=r"\input{../outside}\bibliography{../shared}",
        outside_tex=r"\bibliography{never}",
        shared_bib="",
        never_bib="",
        paper__never_bib="",
    )
    assert find_project(folder / "paper") == ((folder / "shared.bib").resolve(),)


def test_sources_are_known_by_their_suffix_in_any_case(tmp_path: Path) -> None:
    _project(tmp_path, main_tex=r"\documentclass{article}\input{PART.TEX}\input{other.ltx}\input{third}", a_bib="")
    (tmp_path / "PART.TEX").write_text(r"\bibliography{b}", encoding="utf-8")
    _project(tmp_path, other_ltx=r"\bibliography{c}", third_tex=r"\bibliography{a}", b_bib="", c_bib="")
    assert sorted(_names(tmp_path)) == ["a.bib", "b.bib", "c.bib"]


def test_a_source_that_is_no_utf_8_is_read(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_bytes(b"% \xe9\n\xe9t\xe9 \\bibliography{a}")
    assert _names(tmp_path) == ["a.bib"]


def test_sources_that_take_in_each_other_or_themselves_end(tmp_path: Path) -> None:
    _project(tmp_path, a_tex=r"\input{b}\input{a}", b_tex=r"\input{a}\bibliography{x}")
    assert _names(tmp_path) == ["x.bib"]


def test_a_folder_that_is_none_has_no_project(tmp_path: Path) -> None:
    assert find_project(tmp_path / "nowhere") == ()
    assert find_project(tmp_path) == ()


@pytest.mark.parametrize("text", [r"\bibliography{" * 200_000, "%" * 1_900_000, "\\" * 1_900_000, r"\input{" * 200_000])
def test_hostile_sources_take_no_time(text: str, tmp_path: Path) -> None:
    import time

    _project(tmp_path, a_tex=text)
    began = time.process_time()
    assert find_project(tmp_path) == ()
    assert time.process_time() - began < 5
