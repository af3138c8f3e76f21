"""Text from outside is made safe once, and stays readable."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text import (
    MAX_CHARS,
    MAX_MARKS,
    clean,
    clean_lines,
    clean_source,
    clean_written,
    drop_controls,
    fold,
    shown,
)

# Every text, and texts made of what terminals, editors and typesetters react to.
NASTY = st.lists(
    st.sampled_from(
        ["\x1b", "[", "]", "31", "m", "\x9b", "\x90", "\x9c", "\x07", "\\", "\u202e", "\u2066", "\u200b", "\u200d",
         "\n", "\r", "\x85", "\u2028", " ", "\xa0", "e", "\u0301", "\u0323", "\u064b", "\ud800", "\ufeff", "\U000e0041",
         "$", "{", "}", "%", "&", "<", ">", ";", "^", "_", "~", "a", "1", "\\emph", "&amp;", "<i>", "</i>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip
TEXTS = st.one_of(NASTY, st.text(max_size=200))

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(TEXTS)
@example("\x1b\x1b[[31mm")
@example("e\u200b\u0301")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(TEXTS)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    kept = clean_lines(text)
    assert not [char for char in kept if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"]
    assert not set(kept) & set(BIDI)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode("utf-8")


@given(TEXTS)
def test_a_clean_line_is_one_line_without_blanks_around_it(text: str) -> None:
    line = clean(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("\x1b]0;a window title\x07shown", "shown"),
        ("\x1b]52;c;aGVsbG8=\x1b\\clipboard", "clipboard"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x90device string\x9ckept", "kept"),
        ("\x1bP+q\x1b\\kept", "kept"),
        ("ends in \x1b", "ends in"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffstart", "start"),
        ("tag\U000e0041s", "tags"),
        ("half \ud83d pair", "half pair"),
        ("e\u0301tude", "étude"),
        ("tab\tand\xa0wide\u3000blank", "tab and wide blank"),
        ("two\r\nlines\x85or\u2028four", "two lines or four"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("Pay\u200dpal \u200cте\u200cст te\u200d\u0301st 1\u200d2", "Paypal тест tést 12"),
        ("[Re] [/bold] [@click=app.quit]", "[Re] [/bold] [@click=app.quit]"),
        ("two  blanks", "two blanks"),
        (" blanks around ", "blanks around"),
        ("a line\nanother", "a line another"),
        ("a part\n\nanother", "a part another"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_hostile_goes_and_what_is_written_stays(dirty: str, wanted: str) -> None:
    assert clean(dirty) == wanted


def test_lines_stay_where_a_field_has_lines() -> None:
    assert clean_lines("one\r\ntwo \n\n\n\n three\u2029four") == "one\ntwo\n\nthree\nfour"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("one \ntwo", "one\ntwo"),
        ("one\n two", "one\ntwo"),
        ("one\n\n\ntwo", "one\n\ntwo"),
        ("one  two", "one two"),
        (" one", "one"),
        ("one\ttwo", "one two"),
        ("X-rays  of X\n Xylem X", "X-rays of X\nXylem X"),
        ("Zoe\u0308", "Zoë"),
        ("\ud83d", ""),
        ("日本語\u3000の本", "日本語 の本"),
    ],
)
def test_lines_are_folded_each_for_itself(text: str, wanted: str) -> None:
    assert clean_lines(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@article{a,\n\ttitle = {b  c},\n\n\n}\n", "@article{a,\n\ttitle = {b  c},\n\n\n}\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("one\r\n  two\x0bthree\u2028four", "one\n  two\nthree\nfour"),
        ("e\u0301tude", "étude"),
        ("a\u200bb\u202ec", "abc"),
        ("ạ" + "\u0323" * 20 + "\n", "ạ" + "\u0323" * MAX_MARKS + "\n"),
    ],
)
def test_a_source_keeps_its_lines_and_blanks(text: str, wanted: str) -> None:
    assert clean_source(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\n\n    indented\n  more \n \n", "    indented\n  more"),
        ("\nXylem", "Xylem"),
        ("\x1b[2Jnote", "note"),
    ],
)
def test_what_a_reader_wrote_keeps_its_indents(text: str, wanted: str) -> None:
    assert clean_written(text) == wanted
    assert clean_written("a note", limit=3) == "a n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain  words", "plain  words"),
        ("a\x1b[0mb", "a[0mb"),
        ("two\r\nlines\u2028three", "two lines three"),
        ("user\u202egnp.exe\u200b", "usergnp.exe"),
    ],
)
def test_a_screen_drops_what_is_not_printed(text: str, wanted: str) -> None:
    assert drop_controls(text) == wanted


def test_marks_piled_on_a_letter_are_cut_and_real_scripts_are_not() -> None:
    zalgo = "a" + "\u0301\u0323" * 50 + "b"
    assert sum(unicodedata.combining(char) > 0 for char in unicodedata.normalize("NFD", clean(zalgo))) <= MAX_MARKS + 2
    for word in ("Nguyễn", "مُحَمَّدٌ", "กำลัง", "हिन्दी"):
        assert clean(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("mark", ["\u0323", "\u20dd", "\u0901", "\u302e"])
def test_eight_marks_stay_on_a_letter_wherever_it_stands(mark: str) -> None:
    piled, kept = mark * 20, mark * MAX_MARKS
    for before in ("", "x", "many words before it, x"):
        assert clean(f"{before}{piled} and letters after it") == f"{before}{kept} and letters after it"


def test_a_field_is_never_longer_than_its_limit() -> None:
    assert len(clean("x" * (2 * MAX_CHARS))) == MAX_CHARS
    assert clean("word " * 10, limit=7) == "word wo"
    assert clean("word " * 10, limit=5) == "word"
    assert clean("12345", limit=5) == "12345"


def test_what_stands_far_behind_the_limit_is_not_read() -> None:
    assert clean(" " * 39 + "x", limit=10) == "x"
    assert clean(" " * 40 + "x", limit=10) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Łódź", "lodz"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Ångström", "angstrom"),
        ("Nguyễn", "nguyen"),
        ("Gülçehre", "gulcehre"),
        ("Dağ IŞIK ışık", "dag isik isik"),
        ("ﬁne", "fine"),
        ("Encoder–Decoder", "encoder-decoder"),
        ("O’Connor", "o'connor"),
        ("Σίσυφος", "σισυφοσ"),
        ("Съешь же ещё этих мягких французских булок", "съешь же еще этих мягких французских булок"),
        ("ÀÉÎÕÜÇÑŠŽĐŁØÅÆŒ", "aeioucnszdloaaeoe"),
        ("Ł\ud83d", "l\ud83d"),
    ],
)
def test_folding_forgets_case_accents_and_typography(text: str, wanted: str) -> None:
    assert fold(text) == wanted


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(clean(text))
    assert fold(once) == once


@pytest.mark.parametrize(
    "hostile",
    ["\x1b]" * 1_000_000, "\x1b[" + "3" * 3_000_000, "$" * 400_000, "{" * 300_000, "\\" * 400_000, "<i" * 400_000,
     "&" * 800_000, "a\u0301" * 400_000, "<sub>" * 200_000, "$a" * 300_000, "~^_" * 200_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_hostile_megabytes_are_cleaned_and_shown_in_good_time(hostile: str) -> None:
    start = time.perf_counter()
    shown(clean(hostile))
    assert time.perf_counter() - start < 5, "a text of this size must be linear work"


def test_a_folded_character_is_folded_for_good() -> None:
    changed = [char for char in map(chr, range(sys.maxunicode + 1)) if fold(once := fold(char)) != once]
    assert changed == []
