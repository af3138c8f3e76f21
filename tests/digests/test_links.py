"""Texts of no known kind: every paper that they name becomes an entry, with the title it evidently stands under."""

from __future__ import annotations

import time
from unittest.mock import Mock

import pytest

from tui.digests import links, read
from tui.digests.blocks import Block
from tui.digests.crowds import MOST, parted
from tui.digests.document import Document
from tui.digests.mentions import mentions
from tui.model import Entry, Issue

ADAM = "Adam: A Method for Stochastic Optimization"


def taken(text: str, source: str = "notes.md") -> Issue:
    (issue,) = links.parse(Document(text, source))
    return issue


def only(text: str) -> Entry:
    (entry,) = taken(text).entries
    return entry


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("- **{ADAM}** [[pdf]](https://arxiv.org/pdf/1412.6980)", ADAM),
        ("- [{ADAM}](https://arxiv.org/abs/1412.6980), read twice", ADAM),
        ("### [{ADAM}](https://arxiv.org/abs/1412.6980)", ADAM),
        ("## {ADAM}\n\nhttps://arxiv.org/abs/1412.6980", ADAM),
        ("{ADAM}\nDiederik P. Kingma, Jimmy Ba\nhttps://arxiv.org/abs/1412.6980", ADAM),
        ("{ADAM} - https://arxiv.org/abs/1412.6980", ADAM),
        ("* https://arxiv.org/abs/1412.6980: {ADAM}", ADAM),
        ("We liked “{ADAM}” (arXiv:1412.6980) best of all.", ADAM),
        ("[3] D. P. Kingma and J. Ba. {ADAM}. ICLR, 2015. arXiv:1412.6980", ADAM),
        ("Kingma, D. P., & Ba, J. (2015). {ADAM}. https://arxiv.org/abs/1412.6980", ADAM),
        ("| Title | Link |\n|---|---|\n| {ADAM} | [1412.6980](https://arxiv.org/abs/1412.6980) |", ADAM),
        ("<p><a href='https://arxiv.org/abs/1412.6980'>{ADAM}</a></p>", ADAM),
        ("Title: {ADAM}\nAuthors: Diederik P. Kingma, Jimmy Ba\nLink: https://arxiv.org/abs/1412.6980", ADAM),
        ("Somebody at lunch went on about 1412.6980 (see https://arxiv.org/abs/1412.6980 for it), and left.", None),
        ("Mira would like to come back to the old quarrel (arXiv:1412.6980), this time having read it.", None),
    ],
)
def test_the_title_is_what_the_identifier_stands_in(text: str, title: str | None) -> None:
    entry = only(text.replace("{ADAM}", ADAM))
    assert (entry.title, entry.identifiers) == (title, {"arxiv": "1412.6980"})


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("See https://doi.org/10.1038/nature14236 for it.", {"doi": "10.1038/nature14236"}),
        ("doi:10.1145/3442188.3445922", {"doi": "10.1145/3442188.3445922"}),
        ("https://openreview.net/forum?id=rJl-b3RcF7", {"openreview": "rJl-b3RcF7"}),
        ("https://aclanthology.org/N18-1202/", {"acl": "N18-1202"}),
        ("https://lab.example/files/a-paper.pdf", {}),
        ("https://proceedings.mlr.press/v97/tan19a.html", {}),
        ("math.GT/0309136 is arXiv:math.GT/0309136", {"arxiv": "math/0309136"}),
    ],
)
def test_every_sort_of_identifier_and_address_makes_an_entry(text: str, identifiers: dict[str, str]) -> None:
    assert only(text).identifiers == identifiers


def test_several_links_of_one_paper_make_one_entry() -> None:
    entry = only(
        "- **Deep Sets** [[abs]](https://arxiv.org/abs/1703.06114) [[pdf]](https://arxiv.org/pdf/1703.06114v3)"
        " [[doi]](https://doi.org/10.5555/3294996.3295098) [[code]](https://github.com/example/deepsets)\n\n"
        "Later on, arXiv:1703.06114 comes up again."
    )
    assert entry.identifiers == {"arxiv": "1703.06114", "doi": "10.5555/3294996.3295098"}
    assert [link.rel for link in entry.links] == ["paper", "pdf", "paper", "code"]


def test_two_papers_in_a_sentence_are_two_entries_that_keep_the_sentence() -> None:
    text = "Both arXiv:1706.03762 and arXiv:1512.03385 are on every list that anybody has made in ten years."
    first, second = taken(text).entries
    assert [first.identifiers["arxiv"], second.identifiers["arxiv"]] == ["1706.03762", "1512.03385"]
    assert first.sections[0].text.startswith("Both arXiv:1706.03762 and")


def test_authors_and_year_behind_a_bold_title_are_read() -> None:
    entry = only(
        "- **Auto-Encoding Variational Bayes** (2013), D. P. Kingma and M. Welling [[pdf]](https://arxiv.org/pdf/1312.6114)"
    )
    assert (entry.authors, entry.more_authors, entry.year) == (("D. P. Kingma", "M. Welling"), 0, 2013)
    assert entry.sections == ()


def test_the_columns_of_a_table_are_what_its_head_says() -> None:
    entry = only(
        "| Publish Date | Title | Authors | PDF | Code |\n|---|---|---|---|---|\n"
        "|**2026-05-13**|**LEXI: Maps of Rooms**|Ada Byron et.al.|[2605.13741](http://arxiv.org/abs/2605.13741)|"
        "[link](https://github.com/example/lexi)|\n"
    )
    assert (entry.title, entry.authors, entry.more_authors) == ("LEXI: Maps of Rooms", ("Ada Byron",), 1)
    assert (entry.date, [link.rel for link in entry.links]) == ("2026-05-13", ["paper", "code"])


def test_a_row_that_names_no_paper_is_reported_with_its_line() -> None:
    issue = taken(
        "| Title | Link |\n|---|---|\n| Lost Paper | - |\n| Found Paper Here | https://arxiv.org/abs/1706.03762 |"
    )
    assert [(remark.line, remark.text) for remark in issue.warnings] == [(3, "Lost Paper | -")]
    assert len(issue.entries) == 1


def test_the_words_under_a_papers_own_heading_are_kept() -> None:
    entry = only(
        "## [Deep Sets of Many Kinds](https://arxiv.org/abs/1703.06114)\n\n"
        "One word.\nAnother.\n\nA third.\n\n## Other things\n\nNo."
    )
    assert [(part.heading, part.text) for part in entry.sections] == [("Mentioned", "One word.\nAnother.\n\nA third.")]


def test_a_mails_head_gives_title_and_day_and_is_no_paper() -> None:
    issue = taken(
        "From: Ada <ada@example.org>\nSubject: what to read\nDate: Thu, 12 Sep 2024 18:20:11 +0200\n\n"
        '"Visualizing Data using t-SNE" by Laurens van der Maaten and others, slowly:\nhttps://jmlr.org/papers/v9/vandermaaten08a.html\n'
    )
    assert (issue.title, issue.date) == ("what to read", "2024-09-12")
    (entry,) = issue.entries
    assert (entry.title, entry.authors, entry.more_authors) == (
        "Visualizing Data using t-SNE",
        ("Laurens van der Maaten",),
        1,
    )


def test_authors_between_a_title_and_its_link_are_read() -> None:
    entry = only(
        "Adam: A Method for Stochastic Optimization\nDiederik P. Kingma, Jimmy Ba\nhttps://arxiv.org/abs/1412.6980"
    )
    assert entry.authors == ("Diederik P. Kingma", "Jimmy Ba")


def test_front_matter_names_the_issue() -> None:
    issue = taken('---\nlayout: post\ntitle: "Five papers"\ndate: 2024-05-01\n---\n\nSee arXiv:1706.03762.\n')
    assert (issue.title, issue.date, issue.entries[0].line) == ("Five papers", "2024-05-01", 7)


def test_a_text_without_a_title_is_named_after_its_file() -> None:
    assert taken("arXiv:1706.03762", "folder/reading list.txt").title == "reading list"


def test_a_record_between_rules_is_read_by_its_labels() -> None:
    rule = "-" * 78
    issue = taken(
        f"{rule}\n\\\\\narXiv:2411.13566\nDate: Mon, 11 Nov 2024 10:35:41 GMT   (9474kb,D)\n\n"
        "Title: Rivers and How They\n  Are Counted\n"
        "Authors: Ada Byron, Max Planck\nCategories: cs.AI q-bio.PE\nDOI: 10.1016/j.jenvman.2024.122526\n\\\\\n"
        f"  Rivers are counted by their mouths.\nThere are many.\n"
        f"\\\\ ( https://arxiv.org/abs/2411.13566 ,  9474kb)\n{rule}\n"
    )
    (entry,) = issue.entries
    assert (entry.title, entry.authors) == ("Rivers and How They Are Counted", ("Ada Byron", "Max Planck"))
    assert entry.identifiers == {"arxiv": "2411.13566", "doi": "10.1016/j.jenvman.2024.122526"}
    assert (entry.date, entry.categories) == ("2024-11-11", ("cs.AI", "q-bio.PE"))
    assert (entry.abstract or "").startswith("Rivers are counted")


def test_two_papers_in_one_sentence_stay_two_whatever_their_identifiers() -> None:
    text = "See also https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1 and arXiv:2005.14165v4.\n"
    (issue,) = links.parse(Document(text, "note.txt"))
    found = [dict(entry.identifiers) for entry in issue.entries]
    assert found == [{"doi": "10.1101/2020.01.01.123456"}, {"arxiv": "2005.14165"}]


def test_each_paper_of_a_paragraph_has_the_sentences_that_speak_of_it() -> None:
    issue = taken(
        "## Models\n\nThis week I read [Attention is all you need](https://arxiv.org/abs/1706.03762). It was fun, as"
        " A. Byron et al. said. Then came [Adam](https://arxiv.org/abs/1412.6980), which trains everything (e.g."
        " Sheep). Both [BERT](https://arxiv.org/abs/1810.04805) and [the GPT paper](https://arxiv.org/abs/2005.14165)"
        " are later.\n"
    )
    assert [(entry.title, entry.sections[0].heading, entry.sections[0].text) for entry in issue.entries] == [
        (
            "Attention is all you need",
            "Models",
            "This week I read Attention is all you need. It was fun, as A. Byron et al. said.",
        ),
        (None, "Models", "Then came Adam, which trains everything (e.g. Sheep)."),
        (None, "Models", "Both BERT and the GPT paper are later."),
        (None, "Models", "Both BERT and the GPT paper are later."),
    ]


@pytest.mark.parametrize(
    ("text", "authors", "more", "year"),
    [
        ("Kingma, D. P., & Ba, J. (2015). {ADAM}. *ICLR*. https://arxiv.org/abs/1412.6980", 2, 0, 2015),
        ("- [Kingma, D. P., & Ba, J. (2015). {ADAM}. ICLR.](https://arxiv.org/abs/1412.6980)", 2, 0, 2015),
        (
            "- Kingma, D. P., et al. (2014, December 22). *{ADAM}*. arXiv. [pdf](https://arxiv.org/abs/1412.6980)",
            1,
            1,
            2014,
        ),
        ("van den Kingma, D. P., & Ba, J.-L. (2015). {ADAM}. https://arxiv.org/abs/1412.6980", 2, 0, 2015),
    ],
)
def test_a_reference_gives_its_title_and_not_itself(text: str, authors: int, more: int, year: int | None) -> None:
    entry = only(text.replace("{ADAM}", ADAM))
    assert entry.title == ADAM
    assert (len(entry.authors), entry.more_authors, entry.year) == (authors, more, year)


def test_a_reference_link_names_the_paper_where_it_is_spoken_of() -> None:
    entry = only(f"We read [{ADAM}][1] twice.\n\n[1]: https://arxiv.org/abs/1412.6980\n")
    assert (entry.title, entry.line) == (ADAM, 1)
    assert entry.sections[0].text == f"We read {ADAM} twice."


def test_versions_of_one_paper_in_an_item_are_one_entry_and_links_labelled_alike_are_several() -> None:
    versions = (
        "- **Two Versions of a Sheep** (2016), [[pdf](https://arxiv.org/abs/1703.00008)]"
        " [[NeurIPS proceedings](https://papers.nips.cc/paper/7181.pdf)] [[extended](https://arxiv.org/abs/1703.00009)]"
    )
    assert len(only(versions).links) == 3
    alike = "- **Sheep**: [paper](https://arxiv.org/abs/1703.00008), [paper](https://arxiv.org/abs/1703.00009)"
    assert len(taken(alike).entries) == 2


@pytest.mark.parametrize("form", ["[A Study of Lists {n}](https://arxiv.org/abs/2401.{n})", "arXiv:2401.{n}"])
def test_a_line_that_names_very_many_papers_names_all_of_them_in_linear_time(form: str) -> None:
    begin = time.process_time()
    (issue,) = read(Document("See " + ", ".join(form.format(n=n) for n in range(10_000, 11_500)) + ".", "-"))
    assert time.process_time() - begin < 15
    assert [entry.identifiers for entry in issue.entries] == [{"arxiv": f"2401.{n}"} for n in range(10_000, 11_500)]
    assert max(len(section.text) for entry in issue.entries for section in entry.sections) < 10_000


def test_a_line_of_many_papers_is_cut_where_one_is_named() -> None:
    words = "before " + "".join(f"**A {n}** arXiv:2401.{n} and " for n in range(10_000, 10_100))
    whole = Block(words, 3, gap=True)
    parts = list(parted([whole]))
    assert "".join(part.text for part in parts) == words
    assert [len(mentions(part)) for part in parts] == [MOST, MOST, 100 - 2 * MOST]
    assert [part.gap for part in parts] == [True, False, False]
    assert {part.line for part in parts} == {3}


def test_links_and_bold_words_of_a_line_that_is_cut_stand_where_they_stood() -> None:
    page = "".join(
        f"<b>Name</b> <a href='https://arxiv.org/abs/2401.{n}'>A Study {n}</a>, " for n in range(10_000, 10_100)
    )
    (whole,) = Document(f"<html><body><p>{page}</p>", "p.html").blocks
    parts = list(parted([whole]))
    assert [each.label for part in parts for each in part.links] == [each.label for each in whole.links]
    assert all(part.text[each.start : each.end] == each.label for part in parts for each in part.links)
    assert [words for part in parts for _, _, words in part.bold] == ["Name"] * 100


NEZHA = "[NEZHA: Neural contextualized](https://arxiv.org/abs/1909.00204)"
FOLD = "https://doi.org/10.1038/s41586-021-03819-2"
IDS = ({"arxiv": "1909.00204"}, {"doi": "10.1038/s41586-021-03819-2"})


@pytest.mark.parametrize(
    "text",
    [
        f"- {NEZHA}\n- {FOLD}\n",
        f"- {NEZHA}\n\n- <{FOLD}>\n",
        f"- {NEZHA}\n- [{FOLD}]({FOLD})\n",
        f"- {NEZHA}\n- [doi:10.1038/s41586-021-03819-2]({FOLD})\n",
        f"- {NEZHA}\n- [AlphaFold see http://x.org in biology]({FOLD})\n",
        f"1. {NEZHA}\n2. {FOLD}\n",
        f"  - {NEZHA}\n- {FOLD}\n",
        f"NEZHA: Neural contextualized\nhttps://arxiv.org/abs/1909.00204\n\n{FOLD}\n",
        "NEZHA: Neural contextualized https://arxiv.org/abs/1909.00204\n\ndoi:10.1038/s41586-021-03819-2\n",
        f"{NEZHA} is read here.\n\n- {FOLD}\n",
        f"## NEZHA: Neural contextualized\n\n- https://arxiv.org/abs/1909.00204\n- {FOLD}\n",
        "<html><body><ul><li><a href='https://arxiv.org/abs/1909.00204'>NEZHA: Neural contextualized</a></li>"
        f"<li><a href='{FOLD}'>{FOLD}</a></li></ul></body></html>",
    ],
)
def test_an_item_or_a_paragraph_of_its_own_is_no_part_of_the_paper_above(text: str) -> None:
    own, other = read(Document(text, "a"))[0].entries
    assert (own.title, other.title) == ("NEZHA: Neural contextualized", None)
    assert (own.identifiers, other.identifiers) == IDS


@pytest.mark.parametrize(
    "text",
    [
        f"- {NEZHA}\n  - {FOLD}\n",
        f"- {NEZHA}\n\t{FOLD}\n",
        f"- {NEZHA}\n\n  {FOLD}\n",
        f"- {NEZHA}\n- [doi]({FOLD})\n",
        f"NEZHA: Neural contextualized\nhttps://arxiv.org/abs/1909.00204\n{FOLD}\n",
        f"## {NEZHA}\n\n{FOLD}\n",
        f"## NEZHA: Neural contextualized\n\n- [arxiv](https://arxiv.org/abs/1909.00204)\n- [doi]({FOLD})\n",
        "<html><body><ul><li><a href='https://arxiv.org/abs/1909.00204'>NEZHA: Neural contextualized</a>"
        f"<p>{FOLD}</p></li></ul></body></html>",
        "<html><body><ul><li><a href='https://arxiv.org/abs/1909.00204'>NEZHA: Neural contextualized</a>"
        f"<ul><li>{FOLD}</li></ul></li></ul></body></html>",
    ],
)
def test_a_line_that_is_set_in_or_follows_at_once_goes_on_about_the_paper_above(text: str) -> None:
    (entry,) = read(Document(text, "a"))[0].entries
    assert (entry.title, entry.identifiers) == ("NEZHA: Neural contextualized", IDS[0] | IDS[1])


@pytest.mark.parametrize(
    "title",
    [
        "MLP-Mixer: An all-MLP [architecture]",
        "Depth is not what matters [Position Paper]",
        "A title of two things [v2]",
        "[Re] Learning what to say",
        "Two of [both] kinds of [brackets]",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "[{}](https://arxiv.org/abs/2105.01601)\n",
        "- [{}](https://arxiv.org/abs/2105.01601)\n",
        "- **{}** [pdf](https://arxiv.org/pdf/2105.01601)\n",
        "## [{}](https://arxiv.org/abs/2105.01601)\n",
        "<html><body><p><a href='https://arxiv.org/abs/2105.01601'>{}</a></p></body></html>",
    ],
)
def test_a_bracket_that_belongs_to_the_title_stays_in_it(form: str, title: str) -> None:
    (entry,) = read(Document(form.format(title), "a"))[0].entries
    assert entry.title == title


@pytest.mark.parametrize("named", ["https://arxiv.org/abs/2401.{}", "arXiv:2401.{}"])
def test_a_line_is_read_once_however_many_papers_it_names(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.digests import naming, statements

    looks = Mock(wraps=statements.is_label), Mock(wraps=naming._tidied)
    monkeypatch.setattr(statements, "is_label", looks[0])
    monkeypatch.setattr(naming, "_tidied", looks[1])
    papers = MOST * 4
    issue = taken("words " + " ".join(named.format(10_000 + number) for number in range(papers)))
    assert len(issue.entries) == papers
    # The line is looked at as a whole, and again in the parts that name as many papers as one line may.
    assert 0 < sum(each.call_count for each in looks) < papers // 2
