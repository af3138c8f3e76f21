"""Every real answer of every service is read by the provider of its folder or refused in words."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

import pytest

from tests.providers.shapes import parsed
from tui.digests import read
from tui.digests.document import Document
from tui.errors import SourceError
from tui.model import Answer
from tui.providers.asking import Provider

ANSWERS = Path(__file__).resolve().parents[2].parent / "shared" / "answers"
FILES = sorted(path for path in ANSWERS.glob("*/*") if path.is_file())
OF_A_SERVICE = [path for path in FILES if importlib.util.find_spec(f"tui.providers.{path.parent.name}")]
OTHERS = [path for path in FILES if path not in OF_A_SERVICE]
TOLD_APART = {"arxiv": 8, "crossref": 40, "datacite": 7, "dblp": 2, "openalex": 7, "semantic_scholar": 20}
"""How many files of a folder hold works; the rest are errors, lists of other things and answers to other questions."""

pytestmark = pytest.mark.skipif(not FILES, reason="the folder of real answers is not on this machine")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def provider_of(folder: str) -> Provider:
    module: Provider = importlib.import_module(f"tui.providers.{folder}")  # type: ignore[assignment]  # a module is one
    return module


def answers_in(path: Path) -> tuple[Answer, ...]:
    return parsed(provider_of(path.parent.name), path.read_bytes())


@pytest.mark.parametrize("path", OF_A_SERVICE, ids=name)
def test_a_real_answer_is_read_or_refused_in_words(path: Path) -> None:
    for answer in answers_in(path):
        assert answer.provider == path.parent.name
        assert answer.id
        assert answer.record.title or answer.identifiers or answer.kind is None
        assert answer.kind is None or answer.record.title or answer.record.doi or answer.record.arxiv


@pytest.mark.parametrize("folder", sorted({path.parent.name for path in OF_A_SERVICE} & set(TOLD_APART)))
def test_most_real_answers_hold_works(folder: str) -> None:
    full = [path.name for path in OF_A_SERVICE if path.parent.name == folder and answers_in(path)]
    assert len(full) >= TOLD_APART[folder], full


@pytest.mark.parametrize("path", OTHERS, ids=name)
def test_an_answer_of_no_provider_is_read_as_a_file_or_refused_in_words(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    sentence = ""
    try:
        issues = read(Document(text, source=path.name))
    except SourceError as error:
        issues, sentence = (), str(error)
    entries = [entry for issue in issues for entry in issue.entries]
    assert any(entry.title or entry.identifiers for entry in entries) or len(sentence.split()) > 3
