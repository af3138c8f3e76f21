"""A large file of our JSON is taken in bit by bit, from a path and from standard input; small and other ones whole."""

from __future__ import annotations

import io
import json
import types
from pathlib import Path
from typing import Any

import pytest

from tui.desk import intake
from tui.desk.intake import Source, read_sources
from tui.settings import Settings

LARGE = 20_000


@pytest.fixture(autouse=True)
def _large_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGE", LARGE)


def papers(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"title": f"Paper {number}", "identifiers": {"arxiv": f"2010.{number:05}"}, **more} for number in range(count)
    ]


def read(word: str, format: str | None = None) -> list[Source]:
    return list(read_sources([word], Settings(), format))


def titles(sources: list[Source]) -> list[str | None]:
    return [entry.title for source in sources for issue in source.issues for entry in issue.entries]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "papers.json"
    path.write_text(json.dumps(papers(1200, starred=True)), encoding="utf-8")
    return path


def test_a_large_file_comes_as_several_sources_of_one_name(large: Path) -> None:
    found = read(str(large))
    assert [source.name for source in found] == [str(large)] * 3
    assert titles(found) == [f"Paper {number}" for number in range(1200)]
    assert [source.size for source in found] == [large.stat().st_size] * 3
    assert [source.behind for source in found] == sorted(source.behind for source in found)
    assert all(found[0].marks[0, index].starred for index in range(500))


def test_a_small_one_comes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    path.write_text(json.dumps(papers(20)), encoding="utf-8")
    (source,) = read(str(path))
    assert (len(source.issues), source.behind, source.size) == (1, 0, 0)


def test_standard_input_is_read_in_the_same_way(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(large.read_bytes())))
    found = read("-")
    assert titles(found) == titles(read(str(large)))
    assert {source.name for source in found} == {"-"}
    assert found[0].issues[0].title == "Standard input"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_whatever_the_encoding_nothing_is_lost(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "papers.json"
    path.write_bytes(json.dumps(papers(600, venue="Café"), ensure_ascii=False).encode(encoding))
    found = read(str(path))
    assert len(titles(found)) == 600
    assert {entry.venue for source in found for issue in source.issues for entry in issue.entries} == {"Café"}


@pytest.mark.parametrize("stdin", [False, True])
def test_a_large_file_of_another_kind_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stdin: bool
) -> None:
    entries = "\n".join(f"@misc{{key{n}, title = {{A title of number {n}}}, author = {{A. B}}}}" for n in range(600))
    path = tmp_path / "refs.bib"
    path.write_text(entries, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(path.read_bytes())))
    (source,) = read("-" if stdin else str(path))
    assert (source.size, len(source.issues), len(source.issues[0].entries)) == (0, 1, 600)


def test_the_named_format_is_kept_to(large: Path) -> None:
    assert len(read(str(large), "papers-json")) == 3
    (source,) = read(str(large), "csl-json")
    assert source.size == 0
    (source,) = read(str(large), "nonsense")
    assert "no digest format" in (source.error or "")


def test_a_large_file_without_a_paper_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    path.write_text(json.dumps([{"title": "", "mentions": []}] * 2000), encoding="utf-8")
    sentences = [source.error for source in read(str(path)) if source.error]
    assert len(sentences) == 1
    assert "names no paper" in (sentences[0] or "")


def test_a_disk_that_fails_in_the_middle_is_one_sentence_behind_what_was_read(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.digests import papers_json

    taken = papers_json.collections

    def failing(file: Any, document: Any) -> Any:
        for number, each in enumerate(taken(file, document)):
            if number == 2:
                raise OSError(5, "Input/output error")
            yield each

    monkeypatch.setattr(papers_json, "collections", failing)
    found = read(str(large))
    assert len(titles(found)) == 1000
    assert found[-1].error == f"{large} cannot be read to its end: Input/output error."


def test_a_full_disk_under_standard_input_is_one_sentence(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake.tempfile, "TemporaryFile", Full)
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(large.read_bytes())))
    (source,) = read("-")
    assert source.error == "Standard input cannot be kept while it is read: No space left on device."
