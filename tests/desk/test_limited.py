"""Large digests are taken apart in a process of their own, within a time limit, whatever way they came in."""

from __future__ import annotations

import io
import types
from pathlib import Path

import pytest

from tui import digests
from tui.desk import limited
from tui.desk.intake import read_sources, read_text
from tui.digests.document import Document
from tui.errors import NoPapersError, UnknownError, UnreadableError
from tui.settings import Settings

PAPER = "- [A study of very long lists, part {0}](https://arxiv.org/abs/2101.{0:05}): what readers do with them.\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have little count as large, and note which documents another process was asked about."""
    sources: list[str] = []
    collect = limited.collect

    def noting(document: Document, format: str | None, seconds: float | None = None) -> object:
        sources.append(document.source)
        return collect(document, format, seconds)

    monkeypatch.setattr(limited, "LARGE", 1000)
    monkeypatch.setattr(limited, "collect", noting)
    return sources


@pytest.fixture
def text() -> str:
    return "# Long lists\n\n" + "".join(PAPER.format(number) for number in range(40))


def test_what_another_process_finds_is_what_this_one_would(text: str) -> None:
    document = Document(text, "list.md", "https://lists.example/1")
    assert limited.collect(document, None) == digests.collect(document)
    assert limited.collect(document, "links").issues == digests.read(document, "links")


def test_a_large_text_goes_there_from_wherever_it_comes(
    text: str, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "small.md").write_text("".join(text.splitlines(keepends=True)[:4]), "utf-8")
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(text.encode())))
    found = list(read_sources([str(tmp_path), "-"], Settings()))
    found.append(read_text(text, "clipboard"))
    assert [len(source.issues[0].entries) for source in found] == [40, 40, 2, 40, 40]
    assert asked == [str(tmp_path / "a.md"), str(tmp_path / "b.md"), "-", "clipboard"]


def test_records_are_left_where_they_are(asked: list[str], tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("".join(f"@misc{{k{n}, title = {{Title {n} of them}}}}\n" for n in range(100)), "utf-8")
    (source,) = read_sources([str(file)], Settings())
    assert (len(source.issues[0].entries), asked) == (100, [])


def test_one_that_takes_too_long_is_given_up_in_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        limited.collect(Document(text, "slow.md"), None, 0.001)
    assert str(raised.value) == "slow.md was given up: taking it apart took longer than 0.001 seconds."


@pytest.mark.parametrize(("format", "error"), [("shamra", NoPapersError), ("novel", UnknownError)])
def test_errors_come_back_as_they_are(text: str, format: str, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        limited.collect(Document(text, "list.md"), format)
    with pytest.raises(error) as here:
        digests.collect(Document(text, "list.md"), format)
    assert str(raised.value) == str(here.value)


def test_one_that_breaks_the_process_is_told_of_in_a_sentence(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_CODE", "import sys; sys.path[:] = {!r}; print('x'); sys.exit(3)")
    with pytest.raises(UnreadableError, match=r"^list\.md cannot be taken apart: .* broke down\.$"):
        limited.collect(Document(text, "list.md"), None)
