from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.awkward import RECORDS
from tests.exports.bibfiles import DATA, FILES, NEW, THERE, bib, items_there
from tui.exports import bibtex
from tui.exports.asked import Item
from tui.exports.bibfile import BibFile, merge, read, undo, write
from tui.model import Record

_BIBCHECK = Path(__file__).resolve().parents[3] / "shared" / "tools" / "bibcheck.py"


def _file(folder: Path, content: str | bytes) -> BibFile:
    path = folder / "refs.bib"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def _found(folder: Path, content: str, **fields: Any) -> tuple[str, str] | None:
    """Return the key and the evidence that a record with *fields* is found by in *content*."""
    merged = merge(_file(folder, content), [Item("ours", Record(**fields))])
    assert merged.failures == ()
    return (merged.there[0].key, merged.there[0].by) if merged.there else None


@pytest.mark.parametrize("name", FILES)
def test_works_are_found_whatever_their_key(name: str) -> None:
    merged = merge(read(bib(name)), items_there(name))
    assert [(there.key, there.by) for there in merged.there] == [(key, by) for _, key, by in THERE[name]]
    assert merged.keys == {f"ours{number}": key for number, (_, key, _) in enumerate(THERE[name])}
    assert (merged.changed, merged.added, merged.diff) == (False, (), "")
    assert merged.content == bib(name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_is_new_is_appended_and_no_other_byte_changes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    shutil.copy(bib(name), path)
    before = path.read_bytes()
    merged = merge(read(path), [*items_there(name), *NEW])
    undone = write(read(path), merged)
    after = path.read_bytes()
    added = after.removeprefix(before)
    assert after == before + added == merged.content
    assert added.startswith(b"\r\n@" if name == "jabref" else b"\n\n@" if name == "handwritten" else b"\n@")
    assert added.count(b"\n") == added.count(b"\r\n") * (name == "jabref") or name != "jabref"
    assert b"\r" in added or name != "jabref"
    assert len(merged.added) == 3
    assert not merge(read(path), [*items_there(name), *NEW]).changed
    undo(undone)
    assert path.read_bytes() == before


def test_keys_are_unique_in_the_file_ignoring_case() -> None:
    assert merge(read(bib("handwritten")), NEW).added == ("saeed2020contrastive", "RESNETa", "knuth1984")
    assert merge(read(bib("jabref")), NEW).added == ("saeed2020contrastive", "RESNET", "knuth1984a")


def test_a_key_that_only_a_comment_has_is_taken_too(tmp_path: Path) -> None:
    taken = "@comment{ @misc{Key, title = {X}} }\n% @misc{keya, title = {Y}}\n"
    file = _file(tmp_path, taken + "@misc{keyb, title = {x}, year 2000 {}\n}\n")
    assert merge(file, [Item("KEY", Record(title="Another Thing"))]).keys == {"KEY": "KEYc"}


@pytest.mark.parametrize("letters", ["abcdefghijklmnopqrstuvwxyz"])
def test_after_z_comes_aa(letters: str, tmp_path: Path) -> None:
    file = _file(tmp_path, "".join(f"@misc{{key{letter}, title={{T {letter}}}}}\n" for letter in ("", *letters)))
    assert merge(file, [Item("key", Record(title="Another Thing"))]).added == ("keyaa",)


@pytest.mark.parametrize(
    "field",
    [
        "doi = {10.1000/A_b.(c)1}",
        "DOI = {https://doi.org/10.1000/a_b.(c)1}",
        'Doi = "http://dx.doi.org/10.1000/A_B.(C)1"',
        r"doi = {10.1000/a\_b.(c)1}",
        r"doi = {10.1000/a{\_}b.(c)1}",
        "doi = {doi:10.1000/a{_}b.(c)1}",
        r"doi = {10.1000/a{\textunderscore}b.(c)1}",
        r"doi = {10.1000/a\textunderscore b.(c)1}",
        "doi = dotted",
        "url = {https://doi.org/10.1000/a_b.(c)1}",
        r"url = {https://doi.org/10.1000/a\_b.(c)1}",
        r"howpublished = {\url{https://doi.org/10.1000/a_b.(c)1}}",
        "note = {doi: 10.1000/a_b.(c)1}",
    ],
)
def test_a_doi_is_one_however_it_is_spelled(field: str, tmp_path: Path) -> None:
    content = f"@string{{dotted = {{10.1000/a_b.(c)1}}}}\n@article{{k, title = {{On Dots}}, {field}}}\n"
    assert _found(tmp_path, content, title="On Dots", doi="10.1000/a_B.(c)1") == ("k", "doi")


@pytest.mark.parametrize(
    ("arxiv", "field"),
    [
        ("2010.10915", "eprint = {2010.10915}, archivePrefix = {arXiv}"),
        ("2010.10915", "eprint = {2010.10915v2}, eprinttype = {arxiv}"),
        ("2010.10915", 'eprint = "arXiv:2010.10915v2 [cs.SD]"'),
        ("2010.10915", "eprint = {https://arxiv.org/abs/2010.10915}"),
        ("2010.10915", "url = {https://arxiv.org/abs/2010.10915v3}"),
        ("2010.10915", "url = {http://www.arxiv.org/pdf/2010.10915.pdf}"),
        ("2010.10915", "journal = {arXiv preprint arXiv:2010.10915}"),
        ("2010.10915", "journal = {CoRR}, volume = {abs/2010.10915}"),
        ("2010.10915", "journal = {CoRR abs/2010.10915}"),
        ("2010.10915", "note = {arXiv:2010.10915v1}"),
        ("2010.10915", "journal = {arXiv e-prints}, pages = {arXiv:2010.10915}"),
        ("2010.10915", "doi = {10.48550/arXiv.2010.10915}"),
        ("2010.10915", "arxivId = {2010.10915}"),
        ("hep-th/9901001", "eprint = {hep-th/9901001}"),
        ("hep-th/9901001", "eprint = {9901001}, archivePrefix = {hep-th}"),
        ("math/0309136", "eprint = {math.AG/0309136}, archivePrefix = {arXiv}"),
    ],
)
def test_an_arxiv_id_is_found_wherever_it_stands(arxiv: str, field: str, tmp_path: Path) -> None:
    content = f"@article{{k, title = {{On Dots}}, {field}}}\n"
    assert _found(tmp_path, content, title="On Dots", arxiv=arxiv) == ("k", "arxiv")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"{Poincar{\'e} Maps and {M\"obius} Bands in $\mathbb{R}^3$}", "Poincaré maps and Möbius bands in ℝ³"),
        (r'"The {\L}ukasiewicz Logic of {\O}sterbro"', "The Łukasiewicz Logic of Østerbro"),
        (r"{A Lower Bound of {$\Omega(N)$} for Sorting}", "A Lower Bound of Ω(N) for Sorting"),
        ("part # { of the Whole Story}", "Some Part of the Whole Story"),
        ("{Data Sets\n    and Their Uses}", "Datasets and their uses"),
        ("{{\\'E}tude de l'{\\oe}uvre}", "Étude de l'œuvre"),
        ("{Songs of Winter Bridges: A Tale of Ice}", "Songbook: Songs of winter bridges: a tale of ice"),
    ],
)
def test_a_title_with_its_authors_is_enough(written: str, title: str, tmp_path: Path) -> None:
    content = f'@string{{part = {{Some Part}}}}\n@article{{k, title = {written}, author = {{M{{\\"u}}ller, J.}}}}\n'
    assert _found(tmp_path, content, title=title, authors=("Jörg Müller",)) == ("k", "title")
    assert _found(tmp_path, content, title=title, authors=("Ada Lovelace",)) is None


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ("@article{k, title = {Introduction}}", {"title": "Introduction"}),
        ("@article{k, title = {Deep Learning}, author = {LeCun, Y.}}", {"title": "Deep Learning"}),
        (
            "@article{k, title = {Gravity II}, author = {Doe, J.}}",
            {"title": "Gravity I", "authors": ("J. Doe",)},
        ),
        (
            "@article{k, title = {Comment on {On Dots}}, author = {Doe, J.}, note = {See arXiv:2010.10915}}",
            {"title": "On Dots", "authors": ("J. Doe",), "arxiv": "2010.10915"},
        ),
        (
            "@article{k, title = {On Dots}, author = {Doe, J.}, doi = {10.1000/journal}}",
            {"title": "On Dots", "authors": ("J. Doe",), "doi": "10.1000/conference"},
        ),
        (
            "@article{k, title = {On Dots}, author = {Doe, J.}, eprint = {2001.00001}}",
            {"title": "On Dots", "authors": ("J. Doe",), "arxiv": "2002.00002"},
        ),
        ("@comment{@article{k, title = {X}, doi = {10.1000/x}}}", {"title": "X", "doi": "10.1000/x"}),
        ("% @article{k, title = {X}, doi = {10.1000/x}}", {"title": "X", "doi": "10.1000/x"}),
        (
            "@inproceedings{c, title = {Y}, crossref = {Vol}}\n@proceedings{vol, title = {X of Z}, doi = {10.1000/x}}",
            {"title": "X of Z", "doi": "10.1000/x", "type": "conference"},
        ),
    ],
)
def test_what_only_resembles_it_is_another_work(content: str, fields: dict[str, Any], tmp_path: Path) -> None:
    assert _found(tmp_path, content + "\n", **fields) is None


def test_a_volume_is_found_by_the_book_that_it_is(tmp_path: Path) -> None:
    content = "@inproceedings{c, crossref = {vol}}\n@proceedings{vol, title = {X of Z}, doi = {10.1000/x}}\n"
    assert _found(tmp_path, content, type="book", title="X of Z", doi="10.1000/x") == ("vol", "doi")


def test_the_first_of_two_entries_counts_and_it_is_said(tmp_path: Path) -> None:
    file = _file(tmp_path, "@misc{a, doi={10.1000/x}}\n@misc{b, doi={10.1000/X}}\n@misc{A, title={T}}\n")
    merged = merge(file, [Item("ours", Record(title="T", doi="10.1000/x"))])
    assert merged.keys == {"ours": "a"}
    assert merged.warnings == (
        f"The key A stands twice in {file.path}, in lines 1 and 3; the first counts.",
        "refs.bib has one work more than once, as a and b; a counts.",
    )


def test_of_many_entries_of_one_work_five_are_named(tmp_path: Path) -> None:
    file = _file(tmp_path, "".join(f"@misc{{{key}, doi={{10.1000/x}}}}\n" for key in "abcdefgh"))
    merged = merge(file, [Item("ours", Record(title="T", doi="10.1000/x"))])
    assert merged.warnings == ("refs.bib has one work more than once, as a and b, c, d, e, f; a counts.",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            "@misc{a, title={x}}\n@article{b,\n  title = {Open {\n}\n@misc{c}\n}\n",
            "The entry b in line 2 of {} is not closed",
        ),
        ("@misc{a, title={x},\n  year = 2000\n", "The entry a in line 1 of {} is not closed"),
        ('@misc{a, title="x}\n', "The entry a in line 1 of {} is not closed"),
        ("@misc(a, title={x}}\n", "The entry a in line 1 of {} is not closed"),
        ("\n@comment{never\n", "The @comment in line 2 of {} is not closed"),
        ("@misc{a, title={x}}\n@misc\n", "The @misc in line 2 of {} is not closed"),
        ("@string{a = {x}\n", "The @string in line 1 of {} is not closed"),
        ("% @misc{a, title={x\n@misc{b, title={y}}\n", "The entry a in line 1 of {} is not closed"),
    ],
)
def test_nothing_is_added_behind_what_is_not_closed(content: str, why: str, tmp_path: Path) -> None:
    from tui.errors import ExportError

    with pytest.raises(ExportError) as caught:
        _file(tmp_path, content)
    assert str(caught.value) == f"{why.format(tmp_path / 'refs.bib')}, so an entry behind it would be lost."


def test_the_published_version_is_offered_and_not_imposed() -> None:
    record = Record(type="conference", title="Attention is All you Need", venue="Advances in NeurIPS 30", year=2017,
                    authors=("Ashish Vaswani",), arxiv="1706.03762", pages="5998-6008")  # fmt: skip
    merged = merge(read(bib("jabref")), [Item("vaswani2017attention", record)])
    assert merged.there[0].richer == "Vaswani2017 is the preprint; it has appeared in Advances in NeurIPS 30 (2017)."
    assert not merged.changed


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"type": "journal", "venue": "J", "pages": "1-2", "volume": "3"}, "k lacks the volume and the pages"),
        ({"type": "journal", "arxiv": "2001.00001"}, "k lacks the arXiv id"),
        ({"type": "preprint"}, None),
        ({"type": "preprint", "pages": "1-2", "volume": "3"}, None),
        ({"type": "journal", "venue": "J", "year": 2000}, None),
    ],
)
def test_what_the_entry_lacks_is_offered(fields: dict[str, Any], said: str | None, tmp_path: Path) -> None:
    file = _file(tmp_path, "@article{k, title={T}, author={Doe, J.}, journal={J}, year=2000, doi={10.1000/x}}\n")
    merged = merge(file, [Item("ours", Record(title="T", doi="10.1000/x", authors=("J. Doe",), **fields))])
    assert merged.there[0].richer == (said and f"{said}, which can be added.")


def test_the_pages_of_a_preprint_are_no_news_and_its_identifiers_are(tmp_path: Path) -> None:
    file = _file(tmp_path, "@misc{k, title={T}, author={Doe, J.}, year=2000, eprint={2001.00001}}\n")
    fields: dict[str, Any] = {"type": "preprint", "title": "T", "authors": ("J. Doe",), "arxiv": "2001.00001"}
    for more, said in (({}, None), ({"doi": "10.1000/x"}, "k lacks the DOI, which can be added.")):
        record = Record(**fields, **more, pages="1-2", volume="3", number="4")
        assert merge(file, [Item("ours", record)]).there[0].richer == said


def test_only_the_entry_that_is_replaced_changes_and_it_keeps_its_key_and_what_is_the_readers() -> None:
    record = Record(type="conference", title="Attention is All you Need", venue="Advances in NeurIPS 30", year=2017,
                    authors=("Ashish Vaswani",), arxiv="1706.03762", primary_class="cs.CL")  # fmt: skip
    file = read(bib("jabref"))
    merged = merge(file, [Item("ours", record), *NEW], replace=["vaswani2017"])
    start, end = file.entries[0].start, file.entries[0].end
    assert file.content[:start] == merged.content[:start]
    rest = file.content[end:]
    new, found, _ = merged.content[start:].partition(rest)
    assert found == rest
    assert new.decode() == (
        "@inproceedings{Vaswani2017,\r\n"
        "  author          = {Vaswani, Ashish},\r\n"
        "  title           = {Attention is All you Need},\r\n"
        "  booktitle       = {Advances in {NeurIPS} 30},\r\n"
        "  year            = {2017},\r\n"
        "  eprint          = {1706.03762},\r\n"
        "  archivePrefix   = {arXiv},\r\n"
        "  primaryClass    = {cs.CL},\r\n"
        "  file            = {:papers/vaswani.pdf:PDF},\r\n"
        "  groups          = {transformers, to read},\r\n"
        "  owner           = {me},\r\n"
        "  timestamp       = {2019-03-01},\r\n"
        "}"
    ).replace("{Advances in {NeurIPS} 30}", re.search(r"booktitle +?= (.*),\r", new.decode())[1])  # type: ignore[index]
    assert merged.keys["ours"] == "Vaswani2017"


def test_an_entry_that_bibtex_gives_up_is_not_replaced(tmp_path: Path) -> None:
    file = _file(tmp_path, "@misc{k, title {T}, doi = {10.1000/x}}\n")
    merged = merge(file, [Item("ours", Record(title="T", doi="10.1000/x"))], replace=["k"])
    assert not merged.changed
    assert merged.failures == (("ours", "k is not written as BibTeX wants it, so it cannot be replaced safely."),)


def test_what_has_no_title_fails_and_the_rest_is_added(tmp_path: Path) -> None:
    merged = merge(read(tmp_path / "new.bib"), [Item("a", Record()), Item("b", Record(title="Words"))])
    assert [key for key, _ in merged.failures] == ["a"]
    assert merged.keys == {"b": "b"}
    assert merged.content.startswith(b"@misc{b,\n")


def test_what_is_said_of_an_entry_that_is_added_is_passed_on_and_of_no_other(tmp_path: Path) -> None:
    known = Item("b", Record(title="On Lines", doi="10.1000/b", url="nonsense"))
    new = [Item("a", Record(title="On 深度", doi="nonsense", url="file:///x"))]
    merged = merge(_file(tmp_path, "@misc{k, doi = {10.1000/b}}\n"), [known, *new])
    assert merged.warnings == bibtex.write(new).warnings
    assert merged.warnings[:2] == (
        "a: nonsense is no DOI and was left out.",
        "a: its address is none of the web and was left out.",
    )


def test_two_items_of_one_work_are_added_once(tmp_path: Path) -> None:
    items = [Item("a", Record(title="On Dots", doi="10.1000/x")), Item("b", Record(title="Dots", doi="10.1000/X"))]
    merged = merge(read(tmp_path / "new.bib"), items)
    assert merged.added == ("a",)
    assert merged.keys == {"a": "a", "b": "a"}
    assert merged.warnings == ("b is the same work as a, which is added once.",)


def test_the_diff_is_safe_to_print_and_says_where_the_last_line_did_not_end(tmp_path: Path) -> None:
    file = _file(tmp_path, "@misc{a,\n  title = {x\x1b[31m\u202ey}\n}")
    merged = merge(file, [Item("b", Record(title="Words", authors=("Ada Lovelace",)))])
    assert merged.diff == (
        "--- refs.bib\n+++ refs.bib\n@@ -1,3 +1,8 @@\n @misc{a,\n   title = {x[31my}\n-}\n"
        "\\ No newline at end of file\n+}\n+\n+@misc{b,\n+  author          = {Lovelace, Ada},\n"
        "+  title           = {Words},\n+}\n"
    )


@pytest.mark.parametrize(
    ("content", "between"),
    [
        ("", ""),
        ("\ufeff", ""),
        ("@misc{a}", "\n\n"),
        ("@misc{a}\n", "\n"),
        ("@misc{a}\n\n", ""),
        ("@misc{a}\n\n\n", ""),
        ("@misc{a}\r\n", "\r\n"),
        ("@misc{a}\r\n\r\n", ""),
    ],
)
def test_one_blank_line_parts_what_is_there_from_what_is_added(content: str, between: str, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_bytes(content.encode())
    merged = merge(read(tmp_path / "refs.bib"), NEW)
    assert merged.content.startswith((content + between).encode() + b"@")


@pytest.mark.skipif(not shutil.which("patch"), reason="there is no patch here")
@pytest.mark.parametrize("replace", [(), ("resnet",), ("resnet", "mobius", "adam-preprint")])
def test_the_diff_is_one_that_patch_applies(replace: tuple[str, ...], tmp_path: Path) -> None:
    shutil.copy(bib("handwritten"), tmp_path / "handwritten.bib")
    merged = merge(read(bib("handwritten")), [*items_there("handwritten"), *NEW], replace=replace)
    subprocess.run(["patch", "-s", "handwritten.bib"], cwd=tmp_path, input=merged.diff.encode(), check=True)
    assert (tmp_path / "handwritten.bib").read_bytes() == merged.content
    assert len(merged.there) == 4


_PIECES = st.sampled_from([
    "@misc{a, title = {T}}", "@article(b, title = \"Q\", year = 2000)", "@comment{ some @thing }", "% a@b.org\n",
    "\n", "@string{s = {x}}", "@preamble{\"p\"}", "words ", "\r\n", "ü", "@misc{c,\n title = {Ü {x}} # s,\n}",
    "@misc{d title}", "\ufeff", "\t", "}", "@", "@misc{knuth1984, doi={10.1000/tests_3.1}}",
])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_PIECES, max_size=8).map("".join),
    st.lists(st.sampled_from(sorted(RECORDS.keys() - {"many"})), max_size=4, unique=True),
)
def test_the_readers_bytes_are_a_prefix_and_merging_twice_changes_nothing(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    from tui.errors import ExportError

    try:
        file = _file(tmp_path, text)
    except ExportError:
        return
    items = [*(Item(name, RECORDS[name]) for name in names), *NEW]
    merged = merge(file, items)
    assert merged.content.startswith(file.content)
    write(file, merged)
    again = read(file.path)
    second = merge(again, items)
    assert (second.changed, second.added) == (False, ())
    assert {key: second.keys[key] for key in merged.keys} == merged.keys


def test_every_awkward_record_is_known_again_once_it_was_written(tmp_path: Path) -> None:
    items = [Item(name, record) for name, record in RECORDS.items()]
    file = read(tmp_path / "refs.bib")
    merged = merge(file, items)
    assert merged.failures == ()
    write(file, merged)
    second = merge(read(file.path), items)
    assert (second.changed, second.keys) == (False, merged.keys)


@pytest.mark.skipif(not _BIBCHECK.is_file(), reason="bibcheck.py is not beside this checkout")
@pytest.mark.skipif(not (shutil.which("bibtex") and shutil.which("pdflatex")), reason="TeX is not installed")
@pytest.mark.parametrize("name", FILES)
def test_the_readers_of_bibtex_find_no_error_that_was_not_there(name: str, tmp_path: Path) -> None:
    file = read(bib(name))
    merged = merge(file, [*items_there(name), *NEW])
    (tmp_path / "before.bib").write_bytes(file.content)
    (tmp_path / "after.bib").write_bytes(merged.content)
    before, after = (_errors(tmp_path / f"{which}.bib") for which in ("before", "after"))
    assert after[0] - before[0] == Counter()
    assert after[1] == before[1]
    assert after[2] == before[2] + 3


def _errors(path: Path) -> tuple[Counter[tuple[str, str]], list[tuple[str, int]], int]:
    """Return what the checker finds wrong (code and key), how many errors each reader has, and how many entries."""
    report = path.with_suffix(".json")
    command = [sys.executable, str(_BIBCHECK), str(path), "--only", "bibtex,pdflatex", "--json", str(report)]
    subprocess.run(command, cwd=DATA, capture_output=True, timeout=300)
    found = json.loads(report.read_text(encoding="utf-8"))
    errors = Counter((f["code"], f["key"]) for f in found["semantic"]["findings"] if f["severity"] == "error")
    return errors, [(c["name"], c["errors"]) for c in found["consumers"]], found["consumers"][0]["entries"]
