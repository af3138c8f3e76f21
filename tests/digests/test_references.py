"""Links whose addresses stand elsewhere, whose words are broken over lines, and tables without bars at their ends."""

from __future__ import annotations

import time

import pytest

from tui.digests.markdown import text_blocks
from tui.digests.references import definitions, is_definition

ADAM = "https://arxiv.org/abs/1412.6980"


@pytest.mark.parametrize(
    ("text", "words", "labels"),
    [
        ("- [Adam][1], read twice", "Adam, read twice", ["Adam"]),
        ("- [Adam] [1]", "Adam", ["Adam"]),
        ("- [One][], and [oNe][1]", "One, and oNe", ["One", "oNe"]),
        ("see [one] below", "see one below", ["one"]),
        ("as [1] says", "as [1] says", ["[1]"]),
        ("- **Adam** [[pdf][1]] [[code](https://github.com/a/b)]", "**Adam** [pdf] [code]", ["pdf", "code"]),
        ("- [Adam](https://a.example/x)[1]", "Adam[1]", ["Adam", "[1]"]),
        ("no [such] label, nor [this][2]", "no [such] label, nor [this][2]", []),
    ],
)
def test_a_reference_is_a_link_to_what_its_label_stands_for(text: str, words: str, labels: list[str]) -> None:
    block, *_ = text_blocks(f'{text}\n\n[1]: {ADAM}\n[one]: <{ADAM}> "Adam"\n')
    assert (block.text, [anchor.label for anchor in block.links]) == (words, labels)
    assert all(block.text[anchor.start : anchor.end] == anchor.label for anchor in block.links)


def test_an_address_that_nothing_refers_to_stays_a_line() -> None:
    seen = text_blocks(f"[Adam][1]\n\n[1]: {ADAM}\n[2]: https://b.example/\n")
    assert [(block.text, block.furniture) for block in seen[1:]] == [
        (f"[1]: {ADAM}", True),
        ("[2]: https://b.example/", False),
    ]


@pytest.mark.parametrize("line", ["[a]: javascript:alert(1)", "[a]: file:///etc/passwd", "[a]: http://", "[a]: b"])
def test_only_addresses_of_the_web_are_taken(line: str) -> None:
    assert definitions(line) == {}
    (block,) = text_blocks(f"[a] {line}")
    assert block.links == ()


def test_a_definition_is_nothing_but_one() -> None:
    known = definitions(f"[a]: {ADAM}")
    assert is_definition(f"[A]:  {ADAM} 'title'", known)
    assert not is_definition(f"[a]: {ADAM} and more", known)


def test_the_words_of_a_link_may_be_broken_over_lines() -> None:
    first, second = text_blocks(f"- [Adam: A Method for\n  Stochastic\n  Optimization]({ADAM}) is it.\nNext [line")
    assert (first.text, first.line) == ("Adam: A Method for Stochastic Optimization is it.", 1)
    assert (second.text, second.line) == ("Next [line", 4)


def test_a_table_needs_no_bars_at_its_ends() -> None:
    kinds = [block.kind for block in text_blocks("a | b\n--- | ---\nc | d\n- e | f\n\ng | h\n")]
    assert kinds == ["row", "rule", "row", "row", "text"]


@pytest.mark.parametrize("piece", ["[a] ", "[a]\n", "[a][b", "[b\n", "[a]: http://a.b/c\n"])
def test_a_megabyte_of_references_is_read_in_seconds(piece: str) -> None:
    begin = time.process_time()
    text_blocks(f"[a]: http://x.example/{'z' * 1900}\n" + piece * (1_000_000 // len(piece)) + "](")
    assert time.process_time() - begin < 20
