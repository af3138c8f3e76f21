"""export, --into and key on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tui.cli import run
from tui.clipboard import Copied

DIGEST = """# Reading

- [BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding](https://arxiv.org/abs/1810.04805)
- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
"""
BERT, ATTENTION = "arxiv:1810.04805", "arxiv:1706.03762"
REFS = (
    b"% my references\r\n@string{nips = {NeurIPS}}\r\n"
    b"@Misc{vaswani17, title = {Attention is all you need}, author = {Vaswani, Ashish},\r\n"
    b"  eprint = {1706.03762v5}, archivePrefix = {arXiv}, year = 2017}"
)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(["--library", str(tmp_path / "library"), *words], lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    path = tmp_path / "reading.md"
    path.write_text(DIGEST, encoding="utf-8")
    assert call("add", str(path)).status == 0
    return call


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_bytes(REFS)
    return path


def test_into_appends_what_is_new_and_leaves_every_other_byte(call: Call, refs: Path) -> None:
    done = call("export", "--query", "", "--into", str(refs))
    assert done.status == 0
    assert done.out == ""
    assert "1 entry is added; 1 is there already as vaswani17" in done.err
    after = refs.read_bytes()
    assert after.startswith(REFS + b"\r\n")
    assert after.count(b"1810.04805") >= 1
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert call("key", ATTENTION).out.strip() == "vaswani17", "the key in the file is the paper's from now on"


def test_into_the_same_file_again_changes_nothing(call: Call, refs: Path) -> None:
    call("export", "--query", "", "--into", str(refs))
    once = refs.read_bytes()
    done = call("export", "--query", "", "--into", str(refs))
    assert "Nothing was written." in done.err
    assert refs.read_bytes() == once


def test_check_prints_the_difference_and_exits_with_1_and_writes_nothing(call: Call, refs: Path) -> None:
    done = call("export", "--query", "", "--into", str(refs), "--check")
    assert done.status == 1
    assert "+@misc{" in done.out
    assert refs.read_bytes() == REFS
    document = call("export", "--query", "", "--into", str(refs), "--check", "--json").json
    assert document["changed"] is True
    assert document["there"][0]["key"] == "vaswani17"
    assert document["there"][0]["by"] == "arxiv"
    call("export", "--query", "", "--into", str(refs))
    assert call("export", "--query", "", "--into", str(refs), "--check").status == 0


def test_into_a_new_file_makes_it(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "new.bib"
    assert call("export", BERT, "--into", str(path)).status == 0
    assert path.read_text(encoding="utf-8").startswith("@misc{")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"@article{a, title = {x}", "closed"), (b"@article{a, title = {\xe9}}\n", "UTF-8")],
)
def test_a_file_that_nothing_may_be_added_to_is_one_sentence(
    call: Call, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(content)
    done = call("export", BERT, "--into", str(path))
    assert (done.status, done.out, path.read_bytes()) == (1, "", content)
    assert why in done.err


def test_into_takes_no_other_format_and_check_wants_a_file(call: Call, refs: Path) -> None:
    done = call("export", BERT, "--into", str(refs), "--format", "ris")
    assert done.status == 2
    assert "BibTeX or BibLaTeX" in done.err
    assert call("export", BERT, "--check").status == 2


def test_a_key_of_one_s_own_stays_and_is_unique(call: Call) -> None:
    assert call("key", BERT, "devlin:bert").status == 0
    assert call("key", BERT).out == "devlin:bert\n"
    assert "{devlin:bert," in call("export", BERT).out
    done = call("key", ATTENTION, "Devlin:BERT")
    assert done.status == 1
    assert "is the key of arxiv:1810.04805 already" in done.err
    assert call("key", ATTENTION, "two words").status == 1
    call("key", BERT, "")
    assert call("key", BERT).out != "devlin:bert\n"


def test_the_pattern_of_the_settings_makes_new_keys_and_leaves_old_ones(call: Call, tmp_path: Path) -> None:
    old = call("key", BERT).out.strip()
    call("export", BERT)
    config = tmp_path / "config.toml"
    config.write_text('[bibtex]\nkey = "{year}{title}"\n', encoding="utf-8")
    assert call("--config", str(config), "key", BERT).out.strip() == old
    assert call("--config", str(config), "key", ATTENTION).out.startswith("2017attention")
    config.write_text('[bibtex]\nkey = "{nonsense}"\n', encoding="utf-8")
    done = call("--config", str(config), "key", BERT)
    assert done.status == 1
    assert "line 2" in done.err


@pytest.mark.parametrize("format", ["bibtex", "biblatex", "csl-json", "ris", "markdown"])
def test_every_format_is_written(call: Call, format: str) -> None:
    done = call("export", "--query", "", "--format", format)
    assert done.status == 0
    assert "Attention" in done.out


def test_formats_lists_the_exports(call: Call) -> None:
    names = [each["name"] for each in call("formats", "--json").json["export"]]
    assert names == ["bibtex", "biblatex", "csl-json", "ris", "markdown"]


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("--into", "{refs}", "--replace", "nonesuch"), 1, "no entry nonesuch"),
        (("--into", "thesis.tex"), 1, "no .bib file"),
        (("--into", ""), 1, "no .bib file"),
        (("--replace", "a"), 2, "belong to --into"),
        (("--force",), 2, "--force belongs to --output"),
        (("--into", "{refs}", "--output", "x.bib"), 2, "one way out"),
        (("--format", "xyz"), 2, "no export called xyz"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    call: Call, refs: Path, words: tuple[str, ...], status: int, why: str
) -> None:
    done = call("export", BERT, *(word.replace("{refs}", str(refs)) for word in words))
    assert (done.status, done.out, refs.read_bytes()) == (status, "", REFS)
    assert why in done.err


def test_a_file_that_is_there_is_replaced_only_when_told_to_and_undo_brings_it_back(call: Call, refs: Path) -> None:
    done = call("export", BERT, "--output", str(refs))
    assert (done.status, done.out, refs.read_bytes()) == (1, "", REFS)
    assert done.err == f"{refs} is there already; --into {refs} adds to it, and --force replaces it.\n"
    done = call("export", BERT, "--output", str(refs), "--force")
    assert (done.status, b"1810.04805" in refs.read_bytes()) == (0, True)
    assert f"1 entry written to {refs}" in call("undo").err
    assert refs.read_bytes() == REFS
    call("redo")
    assert refs.read_bytes() != REFS


def test_an_export_is_renewed_unasked_until_somebody_writes_in_it(call: Call, tmp_path: Path) -> None:
    made = tmp_path / "made.bib"
    assert call("export", BERT, "--output", str(made)).status == 0
    assert call("export", "--query", "", "--output", str(made)).status == 0
    text = made.read_text(encoding="utf-8") + "% by hand\n"
    made.write_text(text, encoding="utf-8")
    assert call("export", BERT, "--output", str(made)).status == 1
    assert made.read_text(encoding="utf-8") == text


def test_no_file_that_is_there_is_replaced_by_bib_or_another_format_unasked(call: Call, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("mine", encoding="utf-8")
    said = f"{mine} is there already; --force replaces it.\n"
    for words in (("export", BERT, "--format", "markdown"), ("bib", "--offline", str(tmp_path / "reading.md"))):
        done = call(*words, "--output", str(mine))
        assert (done.status, done.out, done.err, mine.read_text(encoding="utf-8")) == (1, "", said, "mine")
    assert call("bib", "--offline", str(tmp_path / "reading.md"), "--output", str(mine), "--force").status == 0
    assert mine.read_text(encoding="utf-8").startswith("@")


def test_what_could_be_richer_is_said_with_the_words_that_take_it(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "poor.bib"
    path.write_text("@misc{vas, title = {Attention Is All You Need}, eprint = {1706.03762}, archiveprefix = {arXiv}}\n")
    digest = tmp_path / "rich.bib"
    digest.write_text(
        "@article{x, title = {Attention Is All You Need}, author = {Vaswani, Ashish and Shazeer, Noam}, year = 2017,"
        " journal = {Proceedings}, eprint = {1706.03762}, archiveprefix = {arXiv}}\n"
    )
    assert call("add", str(digest)).status == 0
    said = call("export", ATTENTION, "--into", str(path), "--check").err
    assert "vas could be richer: " in said
    assert "--replace vas takes it." in said
    assert "could be richer" not in call("export", ATTENTION, "--into", str(path), "--replace", "VAS", "--check").err


def test_json_of_an_export_is_the_only_thing_on_stdout(call: Call, tmp_path: Path) -> None:
    done = call("export", BERT, "--json")
    assert done.status == 0
    assert done.json["count"] == 1
    path = tmp_path / "x.bib"
    both = call("export", BERT, "--json", "--output", str(path))
    assert both.json == done.json
    assert path.read_text().count("@") == 1


def test_a_key_is_said_as_json_too(call: Call) -> None:
    given = call("key", BERT, "devlin", "--json")
    assert (given.json["id"], given.json["key"]) == (BERT, "devlin")


def test_a_copy_says_by_which_route_it_went(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy(_exporting: object, text: str) -> Copied:
        copied.append(text)
        return Copied("a test", None, certain=True)

    monkeypatch.setattr("tui.desk.exporting.Exporting.copy", copy)
    done = call("export", BERT, "--copy")
    assert (done.status, done.out) == (0, "")
    assert "1 entry copied (a test); details were never looked up" in done.err
    assert copied[0].count("@") == 1
    # The key that was given out is kept.
    assert call("key", BERT).out.strip() in copied[0]
