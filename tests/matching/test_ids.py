"""What a paper is called and under what it is looked for: libraries hold these words, so they must stay as they are."""

from __future__ import annotations

import pytest

from tui.matching import abstract_key, clues, family_name, paper_id
from tui.model import Entry, Link

ABSTRACT = (
    "We light one candle for every weight that is pruned and count how many are needed before the network forgets what "
    "a cat is; the answer depends on the order."
)
LETTERS = (
    "welightonecandleforeveryweightthatisprunedandcounthowmanyareneededbeforethenetworkforgetswhatacatistheanswerdepends"
    "onthe"
)
LINK = (Link("https://www.Example.org/A/b/", "paper"),)


@pytest.mark.parametrize(
    ("entry", "name", "words"),
    [
        (Entry(title="T", identifiers={"doi": "10.1000/x", "arxiv": "2010.10915"}),
         "arxiv:2010.10915", ("doi:10.1000/x", "arxiv:2010.10915", "title:t")),
        (Entry(title="Attention Is All You Need, Again and Again", authors=("Ashish Vaswani",)),
         "title:attention-is-all-you-need-again-0c881f16", ("title:attention is all you need again and again",)),
        (Entry(title="深層学習"), "title:30a39143", ("title:深層学習",)),
        (Entry(title="A - B", links=LINK), "title:a-b-60270911", ("title:a b",)),
        (Entry(title="X" * 60), f"title:{'x' * 48}-dd87f179", (f"title:{'x' * 60}",)),
        (Entry(abstract=ABSTRACT, links=LINK), "text:we-light-one-candle-for-every-58b694ac", (f"text:{LETTERS}",)),
        (Entry(links=LINK), "link:example-org-a-b-523f68a7", ("link:example.org/A/b",)),
        (Entry(identifiers={"doi": "10.1000/x"}, links=LINK),
         "doi:10.1000/x", ("doi:10.1000/x", "link:example.org/A/b")),
    ],
)  # fmt: skip
def test_a_paper_is_called_and_looked_for_by_what_is_said_of_it(
    entry: Entry, name: str, words: tuple[str, ...]
) -> None:
    assert paper_id(entry) == name
    assert clues(entry) == words


def test_an_abstract_is_looked_for_by_its_first_hundred_and_twenty_letters() -> None:
    assert clues(Entry(title="T", abstract="a" * 120)) == ("title:t", "text:" + "a" * 120)
    assert clues(Entry(title="T", abstract="a" * 119)) == ("title:t",)


@pytest.mark.parametrize(
    ("text", "letters"),
    [("A b-C, 12!", "abc12"), ("É, è.", "ee"), ("ab " * 300, "ab" * 150), ("é " * 300, "e" * 300), ("я б", "яб")],
)
def test_of_an_abstract_the_letters_count(text: str, letters: str) -> None:
    assert abstract_key(text) == letters


@pytest.mark.parametrize(
    ("author", "family"),
    [("Ada Lovelace", "lovelace"), ("Lovelace, Ada", "lovelace"), ("Guy Steele Jr.", "steele"), ("III", "iii"),
     ("李飞飞", "李飞飞"), ("", "")],
)  # fmt: skip
def test_a_family_name_is_one_word(author: str, family: str) -> None:
    assert family_name(author) == family
