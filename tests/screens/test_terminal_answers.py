"""What a terminal says of itself is no command, in whatever pieces it comes; what the reader types stays."""

from __future__ import annotations

import time

import pytest
from textual import events, messages
from textual.message import Message

from tui.screens.guarding import _Parser
from tui.screens.terminal_answers import MOST, Answers

ANSWERS = {
    "background": "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "background with a bell": "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "colour of the palette": "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "clipboard": "\x1b]52;c;" + "eHl6" * 2000 + "\x1b\\",
    "name": "\x1bP>|XTerm(370)\x1b\\",
    "terminfo": "\x1bP1+r544e=787465726d\x1b\\",
    "setting": "\x1bP1$r0 q\x1b\\",
    "secondary attributes": "\x1b[>0;276;0c",
    "attributes": "\x1b[?62;22c",
    "tertiary attributes": "\x1bP!|00000000\x1b\\",
    "theme": "\x1b[?997;1n",
    "status": "\x1b[0n",
    "picture": "\x1b_Gi=31;OK\x1b\\",
    "title": "\x1b]lread this\x1b\\",
    "size": "\x1b[8;24;80t",
    "cancelled": "\x1b]11;rgb:\x18",
}


def said(*pieces: str) -> list[str]:
    """Return the keys, and the names of what else, that the parser makes of *pieces*."""
    parser = _Parser()
    found: list[Message] = []
    for piece in pieces:
        found += parser.feed(piece)
    time.sleep(0.11)  # Textual's wait for what follows an escape
    found += parser.tick()
    return [each.key if isinstance(each, events.Key) else type(each).__name__ for each in found]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_no_key(answer: str) -> None:
    assert said(f"j{answer}k") == ["j", "k"]


@pytest.mark.parametrize("at", [4, 9, -1])
def test_not_in_pieces_either(at: int) -> None:
    answer = ANSWERS["background"]
    assert said("j" + answer[:at], answer[at:] + "k") == ["j", "k"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\x1b", ["escape"]),
        ("\x1b]", ["right_square_bracket"]),
        ("\x1b[A\x1b[B", ["up", "down"]),
        ("\x1b[12;40R", ["CursorPosition"]),
        ("\x1b[<0;5;5M", ["MouseDown"]),
        ("\x1b[?2026;2$y", [messages.TerminalSupportsSynchronizedOutput.__name__]),
        ("\x1b[48;24;80;480;800t", ["Resize"]),
        ("\x1b[97;5u", ["ctrl+a"]),
        ("\x1b[200~a \x1b]11;rgb:b\x07 c\x1b[201~q", ["Paste", "q"]),
        ("\x1b[3~", ["delete"]),
    ],
)
def test_what_is_typed_and_what_was_asked_for_is_read(typed: str, meant: list[str]) -> None:
    assert said(typed) == meant


def test_what_is_pasted_is_one_text_without_escapes() -> None:
    text = "x\x1b[200~a\x1b]11;rgb:b\x07c\x1bf\x1b[A\x1b[201~\x1b]11;rgb:d\x07q"
    for at in range(len(text) + 1):
        answers = Answers()
        read = answers.without(text[:at]) + answers.without(text[at:])
        # Cut within its first two letters, an answer is not known from keys.
        if at not in range(text.rindex("\x1b") + 1, text.rindex("\x1b") + 3) and at not in range(2, 5):
            assert read == "x\x1b[200~a]11;rgb:b\x07cf[A\x1b[201~q", at


def test_what_never_ends_is_not_waited_for() -> None:
    answers = Answers()
    read = "".join(answers.without(piece) for piece in ("\x1b]11;", *["a" * 4096] * 20))
    assert len(read) > MOST
    assert answers.without("q") == "q"
