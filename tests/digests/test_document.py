"""Sources are opened, decoded and gathered, or refused in one sentence that names them."""

from __future__ import annotations

import codecs
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.document import MAX_BYTES, Document, decode, gather, open_document
from tui.errors import UnreadableError

WORDS = "Löwe und Møller über «Poincaré», Straße — 第一 ليلى\n"
WESTERN = "Löwe and Møller on « Poincaré » in the Straße\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_or_without_a_mark(encoding: str) -> None:
    text = "A title in ASCII first. " * 20 + WORDS
    assert decode(text.encode(encoding), "a.txt").text == text


def test_a_big_endian_file_with_its_mark_is_read() -> None:
    assert decode(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "a.txt").text == WORDS


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_letters_of_eight_bits_are_read(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding), "a.txt").text == WESTERN


def test_windows_quotation_marks_are_no_controls() -> None:
    assert decode("“It’s” — a début…".encode("cp1252"), "a.txt").text == "“It’s” — a début…"


@pytest.mark.parametrize(
    "tag",
    ['<meta charset="windows-1256">', "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>"],
)
def test_a_page_is_read_as_it_declares(tag: str) -> None:
    page = f"<html><head>{tag}</head><body><p>مجال البحث الهندسة</p></body></html>"
    assert "الهندسة" in decode(page.encode("cp1256"), "a.html").text


def test_a_page_that_declares_nonsense_is_read_all_the_same() -> None:
    assert "Löwe" in decode('<meta charset="rot13"><p>Löwe</p>'.encode(), "a.html").text
    assert "Löwe" in decode('<meta charset="no-such"><p>Löwe</p>'.encode("latin-1"), "a.html").text


def test_a_damaged_byte_does_not_turn_the_rest_into_another_encoding() -> None:
    data = (WORDS * 40).encode()
    assert decode(data[:50] + b"\xff" + data[50:], "a.txt").text.count("Møller") == 40


def test_line_ends_are_brought_to_one_form() -> None:
    assert decode(b"a\r\nb\rc\nd", "a.txt").text == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nendobj", "PDF"),
        (b"\n\n%PDF-1.4 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"PK\x03\x04" + bytes(100), "ZIP"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x01\x02\x03\x04\x05\x06" * 100, "binary"),
        (b"a" * (MAX_BYTES + 1), "20 MB"),
        (codecs.BOM_UTF8, "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence_that_names_it(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode(data, "folder/thing.bin")
    sentence = str(refused.value)
    assert why in sentence
    assert sentence.startswith("folder/thing.bin is ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(("source", "name"), [("-", "Standard input"), ("clipboard", "The clipboard")])
def test_what_has_no_name_is_called_by_what_it_is(source: str, name: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{name} is empty"):
        decode(b"", source)


def test_records_may_be_larger_than_a_text() -> None:
    assert decode(b"[" + b" " * MAX_BYTES + b"]", "all.json").text.endswith("]")


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    text = "x"
    with suppress(UnreadableError):
        text = decode(data, "x").text
    assert text.strip()
    assert "\r" not in text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "x").text == text.lstrip("\ufeff")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=re.escape(f"{tmp_path / 'no.txt'} does not exist.")):
        open_document(tmp_path / "no.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        open_document(tmp_path)


def test_a_name_that_no_system_takes_is_refused() -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        open_document(Path("a\x00b"))


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(UnreadableError, match=r"loop\.txt"):
        open_document(tmp_path / "loop.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="permission denied"):
        open_document(path)


def test_a_folder_is_read_through_in_order_without_what_is_hidden_or_no_digest(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", ".hidden.txt", "picture.png", "sub/c.html", "sub/.git/d.txt", "sub/e.BIB"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [str(path.relative_to(tmp_path)) for path in gather(tmp_path)]
    assert found == ["a.txt", "b.md", "sub/c.html", "sub/e.BIB"]


def test_a_folder_within_that_is_marked_as_holding_no_digests_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    marked = tmp_path / "kept" / "answers"
    (marked / "deep").mkdir(parents=True)
    for path in (tmp_path / "a.txt", tmp_path / "kept" / "b.txt", marked / "c.json", marked / "deep" / "d.json"):
        path.write_text("x")
    (marked / ".nodigests").write_text("")
    assert [path.name for path in gather(tmp_path)] == ["a.txt", "b.txt"]
    assert [path.name for path in gather(marked)] == ["c.json", "d.json"]


def test_links_to_folders_are_not_followed_but_for_the_one_that_is_named(tmp_path: Path) -> None:
    inner, elsewhere = tmp_path / "one" / "two", tmp_path / "elsewhere"
    inner.mkdir(parents=True)
    elsewhere.mkdir()
    (tmp_path / "one" / "a.txt").write_text("x")
    (elsewhere / "private.txt").write_text("x")
    (inner / "back").symlink_to(tmp_path, target_is_directory=True)
    (inner / "out").symlink_to(elsewhere, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "one", target_is_directory=True)
    assert [path.name for path in gather(tmp_path / "one")] == ["a.txt"]
    assert [path.name for path in gather(tmp_path / "again")] == ["a.txt"]


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("x")
    assert [path.name for path in gather(tmp_path)] == ["a.txt"]


def test_a_link_that_leads_nowhere_is_given_so_that_opening_it_tells(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert [path.name for path in gather(tmp_path)] == ["gone.txt"]


def test_a_named_file_is_given_whatever_it_is_called(tmp_path: Path) -> None:
    assert list(gather(tmp_path / "missing.xyz")) == [tmp_path / "missing.xyz"]


@pytest.mark.parametrize(
    ("text", "source", "markup"),
    [
        ("<!DOCTYPE html><html></html>", "-", "html"),
        ("<!-- saved -->\n<html><body>x", "-", "html"),
        ("<p>a <a href='https://b.example'>b</a></p>", "clipboard", "html"),
        ("<div align=center>\n\n# Papers\n\n[a](https://b.example)</div>", "-", "text"),
        ("<p align=center>x</p>\n", "README.md", "text"),
        ("x < y and y > z", "-", "text"),
        ("plain <b>words</b>", "a.html", "html"),
    ],
)
def test_pages_are_told_from_texts(text: str, source: str, markup: str) -> None:
    assert Document(text, source).markup == markup


@pytest.mark.parametrize("name", ["n" * 5000, "/".join(["n" * 200] * 40)])
def test_a_name_that_is_too_long_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    (path,) = gather(tmp_path / name)
    with pytest.raises(UnreadableError, match=r"cannot be read: .*too long\.$"):
        open_document(path)


def test_a_file_in_a_closed_folder_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Root may read everything, so the system's answer is played.
    for name in ("stat", "is_dir", "open"):
        monkeypatch.setattr(Path, name, closed)
    (path,) = gather(tmp_path / "a.txt")
    with pytest.raises(UnreadableError, match=r"a\.txt may not be read: permission denied\.$"):
        open_document(path)
