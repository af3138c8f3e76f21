"""arXiv's mailing: every field of its records, several days in one text, and the habits of other years and programs."""

from __future__ import annotations

import re
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.digests.test_formats import real, recognised_by
from tui.digests import arxiv_mailing, read
from tui.digests.arxiv_classes import class_of
from tui.digests.arxiv_people import people
from tui.digests.document import Document, open_document
from tui.model import Entry, Issue

RULE = "-" * 78
NEW = r"""\\
arXiv:1312.6026
Date: Fri, 20 Dec 2013 16:38:46 GMT   (116kb,D)

Title: How to Construct Deep Recurrent Neural
  Networks
Authors: Razvan Pascanu, \c{C}a\u{g}lar G\"ul\c{c}ehre, Kyunghyun Cho and
  Yoshua Bengio
Categories: cs.NE cs.LG stat.ML
Comments: Accepted at ICLR 2014 (Conference Track). 10-page text + 3-page
  references
Report-no: XY-2013/7
\\
  Depth may mean three
things in a network that recurs.
  They are tried one by one.
\\ ( http://arxiv.org/abs/1312.6026 ,  116kb)
"""
CROSSED = r"""\\
arXiv:1312.6211 (*cross-listing*)
Date: Sat, 21 Dec 2013 05:20:21 GMT   (251kb,D)

Title: An Empirical Investigation of Catastrophic Forgetting in Gradient-Based
  Neural Networks
Authors: Ian J. Goodfellow, Mehdi Mirza, Da Xiao, Aaron Courville, Yoshua
  Bengio
Categories: stat.ML cs.LG cs.NE
\\
  What is learnt second drives out what was learnt first.
\\ ( http://arxiv.org/abs/1312.6211 ,  251kb)
"""
REPLACED = r"""\\
arXiv:1312.6114
replaced with revised version Mon, 23 Dec 2013 13:19:52 GMT   (3884kb,D)

Title: Auto-Encoding Variational Bayes
Authors: Diederik P Kingma, Max Welling
Categories: stat.ML cs.LG
\\ ( http://arxiv.org/abs/1312.6114v2 ,  3884kb)
"""
PARTED = "%%--" * 19 + "%%"


def head(day: str = "Fri 20 Dec 13 21:00:00 GMT  to  Mon 23 Dec 13 21:00:00 GMT", names: str = "Learning") -> str:
    return f"""{RULE}
{RULE}
Send any comments regarding submissions directly to submitter.
{RULE}
Archives at http://arxiv.org/
To unsubscribe, e-mail To: cs@arXiv.org, Subject: cancel
{RULE}
Submissions to:
{names}
received from  {day}
{RULE}
{RULE}
"""


def mailing(*records: str, **about: str) -> str:
    return head(**about) + (RULE + "\n").join(records) + RULE + "\n"


MAILING = mailing(NEW, CROSSED + PARTED + "\n", REPLACED + "%%%---" * 13 + "\n")


def taken(text: str, source: str = "mailing.txt") -> Issue:
    (issue,) = read(Document(text, source))
    assert issue.format == "arxiv-mailing"
    return issue


def plain(issue: Issue) -> list[Entry]:
    """Return the entries without their lines."""
    return [Entry(**{**each.__dict__, "line": 0}) for each in issue.entries]


def said(entry: Entry) -> dict[str, str]:
    return {section.heading: section.text for section in entry.sections}


def test_the_real_mailing_has_its_two_papers_with_every_fact() -> None:
    document = open_document(real("samples/arxiv-mailing.txt"))
    assert recognised_by(document) == ["arxiv-mailing"]
    (issue,) = read(document)
    assert (issue.title, issue.series, issue.date) == ("arXiv cs, 21 November 2024", "arXiv cs", "2024-11-21")
    assert issue.introduction == (
        "Submissions to: Artificial Intelligence; Computer Vision and Pattern Recognition; Machine Learning"
    )
    assert issue.warnings == ()
    circuits, water = issue.entries
    assert circuits.title == (
        "AMSnet-KG: A Netlist Dataset for LLM-based AMS Circuit Auto-Design Using Knowledge Graph RAG"
    )
    assert (len(circuits.authors), circuits.authors[7], circuits.more_authors) == (12, "Genhao Zhang", 0)
    assert (circuits.date, circuits.identifiers, circuits.metrics) == (
        "2024-11-07",
        {"arxiv": "2411.13560"},
        {"kilobytes": 31214},
    )
    assert circuits.categories == ("cs.AI", "cs.ET", "eess.SP")
    assert [(link.url, link.rel) for link in circuits.links] == [("https://arxiv.org/abs/2411.13560", "paper")]
    assert water.identifiers == {"arxiv": "2411.13566", "doi": "10.1016/j.jenvman.2024.122526"}
    assert water.venue == "Journal of Environmental Management, Volume 370, 2024, ISSN 0301-4797"
    assert said(water) == {
        "Announced": "new",
        "Comments": "15 pages, 14 figures, 8 tables",
        "ACM-class": "J.m; I.2.1; I.4.9",
    }
    assert (circuits.line, water.line) == (16, 51)
    assert all("\n" not in (entry.abstract or "\n") for entry in issue.entries)
    assert (water.abstract or "").endswith("Basin in Spain.")


def test_a_record_gives_every_field_with_accents_read() -> None:
    issue = taken(MAILING)
    assert (issue.series, issue.date, issue.warnings) == ("arXiv cs.LG", "2013-12-23", ())
    assert issue.title == "arXiv cs.LG, 23 December 2013"
    depth = issue.entries[0]
    assert depth.title == "How to Construct Deep Recurrent Neural Networks"
    assert depth.authors == ("Razvan Pascanu", "Çağlar Gülçehre", "Kyunghyun Cho", "Yoshua Bengio")
    assert depth.categories == ("cs.NE", "cs.LG", "stat.ML")
    assert depth.abstract == "Depth may mean three things in a network that recurs.\n\nThey are tried one by one."
    assert said(depth) == {
        "Announced": "new",
        "Comments": "Accepted at ICLR 2014 (Conference Track). 10-page text + 3-page references",
        "Report-no": "XY-2013/7",
    }
    assert (depth.date, depth.metrics) == ("2013-12-20", {"kilobytes": 116})
    assert issue.text.split("\n")[depth.line - 1] == "arXiv:1312.6026"


def test_each_entry_says_how_the_mailing_announces_it() -> None:
    entries = taken(MAILING).entries
    assert [said(entry)["Announced"] for entry in entries] == ["new", "cross-listed", "replaced (v2)"]
    replaced = entries[-1]
    assert (replaced.identifiers, replaced.date, replaced.abstract) == ({"arxiv": "1312.6114"}, "2013-12-23", None)
    assert replaced.authors == ("Diederik P Kingma", "Max Welling")
    assert replaced.metrics == {"kilobytes": 3884}


@pytest.mark.parametrize(
    ("record", "announced"),
    [
        (REPLACED.replace("6114v2", "6114"), "replaced"),
        (REPLACED.replace("arXiv:1312.6114\n", "arXiv:1312.6114v5\n"), "replaced (v5)"),
        (REPLACED.replace("arXiv:1312.6114\n", "arXiv:1312.6114 (*cross-listing*)\n"), "replaced, cross-listed"),
        (NEW.replace("\n\nTitle", "\nDate (revised v3): Wed, 1 Jan 2014   (9kb)\n\nTitle"), "replaced (v3)"),
        (REPLACED.replace("replaced with revised version", "withdrawn with version"), "withdrawn (v2)"),
        (CROSSED.replace("arXiv:1312.6211 (*cross-listing*)", "Paper (*cross-listing*): 1312.6211"), "cross-listed"),
    ],
)  # fmt: skip
def test_a_version_is_said_where_it_is_stated_and_never_guessed(record: str, announced: str) -> None:
    (entry,) = taken(mailing(record)).entries
    assert said(entry)["Announced"] == announced
    assert "v" not in entry.identifiers["arxiv"]


def test_several_days_in_one_text_are_an_issue_each_with_its_own_lines() -> None:
    second = mailing(REPLACED, day="Mon 23 Dec 13 21:00:00 GMT  to  Tue 24 Dec 13 21:00:00 GMT")
    issues = read(Document(mailing(NEW, CROSSED) + second, "week.txt"))
    assert [(issue.date, len(issue.entries)) for issue in issues] == [("2013-12-23", 2), ("2013-12-24", 1)]
    for issue in issues:
        lines = issue.text.split("\n")
        assert [lines[entry.line - 1][:11] for entry in issue.entries] == ["arXiv:1312."] * len(issue.entries)
        assert lines[:2] == [RULE, RULE]
    assert "\n".join(issue.text for issue in issues) == mailing(NEW, CROSSED) + second


@pytest.mark.parametrize(
    ("names", "series"),
    [
        ("Learning", "arXiv cs.LG"),
        ("Machine Learning", "arXiv cs.LG"),
        ("Computation and Language", "arXiv cs.CL"),
        ("Machine Learning\nRobotics", "arXiv cs"),
        ("Learning\nMachine Learning", "arXiv cs.LG"),
        ("A Class of Tomorrow", "arXiv cs"),
    ],
)
def test_the_series_is_the_class_that_was_subscribed_to_or_the_archive_of_several(names: str, series: str) -> None:
    issue = taken(mailing(CROSSED, names=names))
    # The one paper here is of stat.ML, and only crosses into the list.
    assert issue.series == series


@pytest.mark.parametrize(
    ("name", "archive", "code"),
    [
        ("Machine Learning", "stat", "stat.ML"),
        ("Machine Learning", None, None),
        ("Quantum Physics", None, "quant-ph"),
        ("Mathematical Physics", "math", "math.MP"),
        ("Computational Engineering, Finance,  and Science", "cs", "cs.CE"),
        ("Data Analysis, Statistics and Probability", "cs", "physics.data-an"),
    ],
)
def test_a_class_is_told_by_its_name_and_archive(name: str, archive: str | None, code: str | None) -> None:
    assert class_of(name, archive) == code


HABITS = {
    "no rules": lambda text: text.replace(RULE + "\n", ""),
    "blank lines between all": lambda text: text.replace("\n", "\n\n"),
    "no indents": lambda text: re.sub(r"^ +", "", text, flags=re.MULTILINE),
    "all indented": lambda text: textwrap.indent(text, "    "),
    "quoted": lambda text: "Look at these:\n\n" + textwrap.indent(text, "> ", lambda line: True),
    "quoted twice": lambda text: textwrap.indent(text, "> > ", lambda line: True),
    "trailing blanks": lambda text: text.replace("\n", "   \n"),
    "nothing round the records": lambda text: text[text.index("\\\\") :],
    "long lines": lambda text: re.sub(r"\n {2}(?=\S)", " ", text),
    "wrapped narrower": lambda text: re.sub(r"^((?:Tit|Aut|Com)[^\n]{30,40}) ", r"\1\n  ", text, flags=re.MULTILINE),
    "as a page": lambda text: f"<html><body><pre>{text}</pre></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("habit", HABITS)
def test_what_programs_and_hands_do_to_a_mailing_changes_no_fact(habit: str) -> None:
    want = plain(taken(MAILING))
    got = plain(taken(HABITS[habit](MAILING)))
    # What marks a paragraph of an abstract may be gone.
    for entries in (want, got):
        entries[:] = [
            Entry(**{**each.__dict__, "abstract": " ".join((each.abstract or "").split())}) for each in entries
        ]
    assert got == want


OLD = r"""Submissions to:
High Energy Physics - Theory
received from  Thu  1 Jan 98 00:00:01 GMT
  to  Fri  2 Jan 98 00:00:00 GMT
------------------------------------------------------------------------------
\\
Paper: hep-th/9711200
From: Juan Maldacena <someone@pauli.harvard.example>
Date: Thu, 27 Nov 97 23:54:48 GMT   (28kb)

Title: The Large N Limit of Superconformal Field Theories and Supergravity
Author: Juan M. Maldacena (Harvard)
Journal-ref: Adv. Theor. Math. Phys. 2 (1998) 231
\\
  A limit that is large.
\\ ( http://xxx.lanl.gov/abs/hep-th/9711200 ,  28kb)
------------------------------------------------------------------------------
\\
Paper (*cross-listing*): math.AG/9709040
From: m@ihes.example
Date: Mon, 29 Sep 1997 10:00:00 GMT   (40kb)

Title: Deformation quantization of Poisson manifolds, I
Authors: Maxim Kontsevich
Subj-class: Quantum Algebra; Algebraic Geometry
\\
  A star for every bracket.
\\ ( http://xxx.lanl.gov/abs/q-alg/9709040 ,  40kb)
"""


def test_a_mailing_of_the_nineties_is_read_and_keeps_no_address_of_a_sender() -> None:
    issue = taken(OLD)
    assert (issue.series, issue.date, issue.warnings) == ("arXiv hep-th", "1998-01-02", ())
    limit, star = issue.entries
    assert (limit.submitter, limit.authors, limit.date) == ("Juan Maldacena", ("Juan M. Maldacena",), "1997-11-27")
    assert said(limit)["Affiliations"] == "Juan M. Maldacena (Harvard)"
    assert (limit.identifiers, limit.venue) == ({"arxiv": "hep-th/9711200"}, "Adv. Theor. Math. Phys. 2 (1998) 231")
    assert (star.identifiers, star.submitter) == ({"arxiv": "math/9709040"}, None)
    assert star.categories == ("Quantum Algebra", "Algebraic Geometry")
    assert "@" not in repr(issue)


@pytest.mark.parametrize(
    ("text", "names", "more"),
    [
        (r"Klaus M\"uller, Fran\c{c}ois Fleuret and L\'eon Bottou", "Klaus Müller|François Fleuret|Léon Bottou", 0),
        (r"Ng\^o B\h{a}o Ch\^au (1), Petr Ho\v{r}ava (2) ((1) Paris, (2) Berkeley)", "Ngô Bảo Châu|Petr Hořava", 0),
        ("ATLAS Collaboration: G. Aad, et al. (2912 additional authors not shown)", "ATLAS Collaboration|G. Aad", 2912),
        ("Ada Byron, Jr., Max Planck, for the LHCb Collaboration", "Ada Byron Jr.|Max Planck|LHCb Collaboration", 0),
        (r"Santiago Ram\'on y Cajal,Paul Erd\H{o}s", "Santiago Ramón y Cajal|Paul Erdős", 0),
        (r"{\L}ukasz Kaiser, {\O}yvind Tafjord et al.", "Łukasz Kaiser|Øyvind Tafjord", 1),
        ("Ada Byron (London, Max Planck", "Ada Byron (London|Max Planck", 0),
    ],
)  # fmt: skip
def test_authors_are_told_apart_as_arxiv_prints_them(text: str, names: str, more: int) -> None:
    assert people(text)[:2] == (tuple(names.split("|")), more)


def test_three_thousand_authors_are_all_kept() -> None:
    names = [f'A. B. M\\"uller-{number}' for number in range(3000)]
    found, more, _ = people(", ".join(names))
    assert (len(found), found[-1], more) == (3000, "A. B. Müller-2999", 0)


def test_what_is_not_understood_is_reported_with_its_line_and_a_paper_without_title_is_kept() -> None:
    odd = NEW.replace("Title: How to Construct Deep Recurrent Neural\n  Networks\n", "").replace(
        "1312.6026\nDate", "1312.6026\nwhat a nice day\nDate"
    )
    issue = taken(mailing(odd, "An advertisement for nothing.\n" + REPLACED))
    assert [entry.title for entry in issue.entries] == [None, "Auto-Encoding Variational Bayes"]
    assert [(remark.text, remark.why) for remark in issue.warnings] == [
        ("what a nice day", "is no field of the record"),
        ("An advertisement for nothing.", "stands outside of the records"),
    ]
    lines = issue.text.split("\n")
    assert all(lines[remark.line - 1] == remark.text for remark in issue.warnings)


def test_an_identifier_that_is_none_is_reported_and_its_paper_kept() -> None:
    issue = taken(
        mailing(NEW.replace("1312.6026\n", "1399.6026\n", 1).replace("( http://arxiv.org/abs/1312.6026 ,", "("))
    )
    (entry,) = issue.entries
    assert entry.identifiers == {}
    assert entry.title == "How to Construct Deep Recurrent Neural Networks"
    assert [remark.why for remark in issue.warnings] == ["is no identifier of arXiv's"]


def test_a_mailing_that_was_cut_keeps_all_that_stands_there() -> None:
    whole = taken(MAILING)
    for end in range(len(head()) + 20, len(MAILING), 37):
        (issue,) = read(Document(MAILING[:end], "cut.txt"))
        assert [entry.identifiers for entry in issue.entries] == [
            entry.identifiers for entry in whole.entries[: len(issue.entries)]
        ]


def test_prose_that_speaks_of_the_format_is_no_mailing() -> None:
    text = "A record begins with \\\\ and then\narXiv:1706.03762 follows, as in\n\\\\\nand so on."
    assert not arxiv_mailing.recognises(Document(text, "-"))


SHAPES = {
    "starts": "\\\\\narXiv:1706.03762\n",
    "rules": RULE + "\n",
    "percents": "%" * 5000 + "x\n",
    "one field": "\\\\\narXiv:1706.03762\nTitle: " + "a\n  " * 5000,
    "one abstract": "\\\\\narXiv:1706.03762\nTitle: a\n\\\\\n" + "word\n" * 10000,
    "brackets": "\\\\\narXiv:1706.03762\nAuthors: " + "(" * 20000 + "\n",
    "authors": "\\\\\narXiv:1706.03762\nAuthors: " + "A, " * 6000 + "et al\n",
    "received": "received from " * 3000 + "\n",
    "blanks": "received" + " " * 4000 + "\n\\\\\narXiv:1706.03762\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_of_one_shape_is_read_in_seconds(shape: str) -> None:
    piece = SHAPES[shape]
    document = Document("\\\\\narXiv:1706.03762\n" + piece * (1_000_000 // len(piece)), "-")
    begin = time.process_time()
    assert arxiv_mailing.recognises(document)
    arxiv_mailing.parse(document)
    assert time.process_time() - begin < 20


# An escape sequence may take line ends with it, and lines cannot be counted then.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(MAILING.split("\n")) | WORDS, max_size=40))
def test_no_mixture_of_its_lines_breaks_it(lines: list[str]) -> None:
    document = Document("\n".join(lines), "-")
    arxiv_mailing.recognises(document)
    for issue in arxiv_mailing.parse(document):
        count = issue.text.count("\n") + 1
        assert all(1 <= each.line <= count for each in (*issue.entries, *issue.warnings))
