"""What the real readers of .bib files say: bibtex, pdfTeX and the checks of the shared ``bibcheck.py``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exports.awkward import RECORDS
from tui.exports import bibtex
from tui.exports.keys import assign

_BIBCHECK = Path(__file__).resolve().parents[3] / "shared" / "tools" / "bibcheck.py"

pytestmark = [
    pytest.mark.skipif(not _BIBCHECK.is_file(), reason="bibcheck.py is not beside this checkout"),
    pytest.mark.skipif(not (shutil.which("bibtex") and shutil.which("pdflatex")), reason="TeX is not installed"),
]


def test_the_readers_of_bibtex_find_no_error_in_the_awkward_records(tmp_path: Path) -> None:
    keys = assign([(name, record, None) for name, record in RECORDS.items()], [])
    written = bibtex.write([(keys[name], record) for name, record in RECORDS.items()])
    (tmp_path / "refs.bib").write_text(written.text, encoding="utf-8")
    command = [sys.executable, str(_BIBCHECK), "refs.bib", "--require", "bibtex,pdflatex", "--only", "bibtex,pdflatex"]
    command += ["--expect-entries", str(len(RECORDS)), "--json", "report.json"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    found = [f for f in report["semantic"]["findings"] if f["severity"] == "error"]
    said = [c["messages"] for c in report["consumers"] if c["errors"]]
    assert (found, said, ran.returncode) == ([], [], 0)
