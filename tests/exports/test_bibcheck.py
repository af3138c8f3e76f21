"""What the real readers of .bib files say: bibtex, pdfTeX, biber and the checks of the shared ``bibcheck.py``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.bench_of_services import Bench, run
from tests.exports.hard import CASES
from tests.services import Services, recorded_samples
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]
_BIBCHECK = _ROOT.parent / "shared" / "tools" / "bibcheck.py"

# The recorded arXiv answer for this one names no category, so there is no class that could be written.
_WITHOUT_CLASS = "hsu2022revise"

pytestmark = [
    pytest.mark.skipif(not _BIBCHECK.is_file(), reason="bibcheck.py is not beside this checkout"),
    pytest.mark.skipif(not (shutil.which("bibtex") and shutil.which("pdflatex")), reason="TeX is not installed"),
]
needs_biber = pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample digests whose papers were recorded in a library, with the details that were."""
    with Services() as services, Bench(tmp_path_factory.mktemp("samples"), services).open() as desk:
        for source in desk.read(map(str, recorded_samples())):
            desk.take(source)
        run(desk, *desk.papers(), seconds=120)
        yield desk


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """All hard papers in a library."""
    folder = tmp_path_factory.mktemp("hard")
    listed = [{"id": f"case:{number}", "record": record} for number, (record, _) in enumerate(CASES.values())]
    (folder / "hard.json").write_text(json.dumps(listed), encoding="utf-8")
    with Desk(Library(folder / "library"), Settings()) as desk:
        for source in desk.read([str(folder / "hard.json")]):
            desk.take(source)
        yield desk


def _judged(desk: Desk, format: str, folder: Path, *readers: str) -> dict[str, Any]:
    """Return the report on everything in the library, exported in *format* and given to *readers*."""
    taken = desk.exporting.export(desk.papers(), format)
    (folder / "refs.bib").write_text(taken.text, encoding="utf-8")
    asked = ",".join(readers)
    command = [sys.executable, str(_BIBCHECK), "refs.bib", "--flavor", format, "--require", asked, "--only", asked]
    command += ["--expect-entries", str(taken.count), "--json", "report.json"]
    subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=500, check=False)
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert all(each["available"] for each in report["consumers"])
    return report


def _found(report: dict[str, Any], severity: str) -> set[tuple[str, str]]:
    return {(f["code"], f["key"]) for f in report["semantic"]["findings"] if f["severity"] == severity}


def _said(report: dict[str, Any], what: str) -> list[Any]:
    return [each["messages"] for each in report["consumers"] if each[what]]


def test_bibtex_and_pdftex_find_no_error_in_the_hard_papers(hard: Desk, tmp_path: Path) -> None:
    report = _judged(hard, "bibtex", tmp_path, "bibtex", "pdflatex")
    assert (_found(report, "error"), _said(report, "errors")) == (set(), [])


def test_bibtex_and_pdftex_find_nothing_in_the_samples_but_a_letter_that_eight_bits_lack(
    samples: Desk, tmp_path: Path
) -> None:
    report = _judged(samples, "bibtex", tmp_path, "bibtex", "pdflatex")
    assert (_found(report, "error") - {("arxiv-no-class", _WITHOUT_CLASS)}, _said(report, "errors")) == (set(), [])
    # Names in titles of sentence case keep their capitals, many or few: John Canton, the Standard Model.
    kinds = {code for code, _ in _found(report, "warning")} - {"title-words-overprotected"}
    assert kinds <= {"script-without-latex"}
    assert all("script not in 8-bit LaTeX" in line for lines in _said(report, "warnings") for line in lines)


@needs_biber
def test_biber_finds_no_error_in_the_samples_as_biblatex(samples: Desk, tmp_path: Path) -> None:
    report = _judged(samples, "biblatex", tmp_path, "biber", "biblatex")
    assert (_found(report, "error") - {("arxiv-no-class", _WITHOUT_CLASS)}, _said(report, "errors")) == (set(), [])


@needs_biber
def test_biber_finds_no_error_in_the_hard_papers_as_biblatex(hard: Desk, tmp_path: Path) -> None:
    report = _judged(hard, "biblatex", tmp_path, "biber")
    assert (_found(report, "error"), _said(report, "errors")) == (set(), [])
