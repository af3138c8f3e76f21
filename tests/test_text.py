"""Text from outside is made safe once, and stays readable."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text import MAX_CHARS, MAX_MARKS, clean, clean_lines, fold, shown

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
        ("[Re] [/bold] [@click=app.quit]", "[Re] [/bold] [@click=app.quit]"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_hostile_goes_and_what_is_written_stays(dirty: str, wanted: str) -> None:
    assert clean(dirty) == wanted


def test_lines_stay_where_a_field_has_lines() -> None:
    assert clean_lines("one\r\ntwo \n\n\n\n three\u2029four") == "one\ntwo\n\nthree\nfour"


def test_marks_piled_on_a_letter_are_cut_and_real_scripts_are_not() -> None:
    zalgo = "a" + "\u0301\u0323" * 50 + "b"
    assert sum(unicodedata.combining(char) > 0 for char in unicodedata.normalize("NFD", clean(zalgo))) <= MAX_MARKS + 2
    for word in ("Nguyễn", "مُحَمَّدٌ", "กำลัง", "हिन्दी"):
        assert clean(word) == unicodedata.normalize("NFC", word)


def test_a_field_is_never_longer_than_its_limit() -> None:
    assert len(clean("x" * (2 * MAX_CHARS))) == MAX_CHARS
    assert clean("word " * 10, limit=7) == "word wo"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Poincar{\\'e}", "Poincaré"),
        ("Szemer{\\'e}di and Erd{\\H o}s", "Szemerédi and Erdős"),
        ("M\\\"uller, Schr{\\\"o}dinger", "Müller, Schrödinger"),
        ("Ng{\\^o} B\\h{a}o Ch{\\^a}u", "Ngô Bảo Châu"),
        ("Th\\h{\\^e} Ti\\h en", "Thể Tiẻn"),
        ("$2\\%$ of the space", "2% of the space"),
        ("\\emph{any} distance", "any distance"),
        ("$\\beta$-VAE", "β-VAE"),
        ("$K$-Core Sequences", "K-Core Sequences"),
        ("$x^2 + y_{10}$", "x² + y₁₀"),
        ("{BERT}: Pre-training", "BERT: Pre-training"),
        ("E<sub>8</sub> and x<sup>2</sup>", "E₈ and x²"),
        ("<i>E. coli</i> in <jats:p>culture</jats:p>", "E. coli in culture"),
        ("R&amp;D", "R&D"),
        ("A &lt; B", "A < B"),
        # What only looks like TeX or HTML.
        ("How to Train It with $100K Budget", "How to Train It with $100K Budget"),
        ("between $5 and $10", "between $5 and $10"),
        ("90%* ChatGPT Quality", "90%* ChatGPT Quality"),
        ("ARBERT & MARBERT", "ARBERT & MARBERT"),
        ("UMBC_EBIQUITY-CORE", "UMBC_EBIQUITY-CORE"),
        ("C# and F#", "C# and F#"),
        ("a < b and c > d", "a < b and c > d"),
        ("a lone { brace", "a lone { brace"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("plain words", "plain words"),
    ],
)  # fmt: skip
def test_residue_is_shown_as_readers_expect(written: str, seen: str) -> None:
    assert shown(written) == seen


@given(TEXTS)
def test_what_is_shown_is_as_safe_as_what_was_cleaned(text: str) -> None:
    seen = shown(clean(text))
    assert clean_lines(seen) == seen
    assert not set(seen) & set(BIDI)


@given(st.from_regex(r"[A-Za-z0-9 ,.:;()-]{1,60}", fullmatch=True))
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    assert shown(text) == text


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


def test_the_shown_form_never_loses_a_word() -> None:
    text = "We \\cite{knuth} use \\unknowncommand{this thing} and $\\frac{a}{b}$ of it."
    seen = shown(text)
    assert all(re.search(rf"\b{word}\b", seen) for word in ("use", "this", "thing", "of", "it"))
