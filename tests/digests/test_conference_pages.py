"""Pages of OpenReview, the ACL Anthology and virtual conferences: other pages of a kind, copied texts, malice.

The samples hold what a page of each kind states (see ``tests/test_samples.py``); here are its variants.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digests.test_formats import DATA, recognised_by
from tui.digests import anthology, conference, openreview, read
from tui.digests.document import Document, open_document
from tui.model import Entry, Issue

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


def taken(text: str, kind: str, source: str = "-", address: str | None = None) -> Issue:
    document = Document(text, source, address)
    assert recognised_by(document) == [kind]
    (issue,) = read(document)
    return issue


def told(entry: Entry) -> tuple[str | None, tuple[str, ...], str | None, int | None]:
    return entry.title, entry.authors, entry.venue, entry.year


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("24-openreview-iclr-2024.html", "openreview"),
        ("25-acl-2023-long.html", "acl-anthology"),
        ("26-neurips-2023-orals.html", "conference"),
    ],
)
def test_a_page_is_recognised_by_its_own_kind_alone(name: str, kind: str) -> None:
    assert recognised_by(open_document(SAMPLES / name)) == [kind]


COPIED = """\
ICLR 2024 Conference Submissions
Accept (oral)
Accept (poster)
Self-RAG: Learning to Retrieve, Generate, and Critique through Self-Reflection
Akari Asai, Zeqiu Wu, Yizhong Wang, Avirup Sil, Hannaneh Hajishirzi
Published: 16 Jan 2024, Last Modified: 15 Apr 2024ICLR 2024 oralReaders:  Everyone
Show details
Keywords: Retrieval-augmented Generation, Language Models
TL;DR: A model decides by itself.
Abstract: Fetching a fixed number of passages helps with facts.
A second line of it.
RAPTOR: Recursive Abstractive Processing for Tree-Organized Retrieval
Parth Sarthi, Salman Abdullah
Submitted to ICLR 2024
Readers: Everyone
"""


def test_openreview_copied_as_text_keeps_titles_authors_and_fields() -> None:
    issue = taken(COPIED, "openreview")
    first, second = issue.entries
    assert (issue.title, issue.series) == ("ICLR 2024 Conference Submissions", "ICLR 2024")
    assert told(first)[2:] == ("ICLR", 2024)
    assert first.authors[-1] == "Hannaneh Hajishirzi"
    assert (first.date, first.categories) == (
        "2024-01-16",
        ("Oral", "Retrieval-augmented Generation", "Language Models"),
    )
    assert first.abstract == "Fetching a fixed number of passages helps with facts.\nA second line of it."
    assert [section.heading for section in first.sections] == ["TL;DR"]
    assert told(second)[1:] == (("Parth Sarthi", "Salman Abdullah"), "ICLR", 2024)
    assert second.categories == ("Submitted",)
    assert not issue.warnings


OLDER = """<html><head><title>ICLR 2021 Conference | OpenReview</title>
<base href="https://openreview.net/group?id=ICLR.cc/2021/Conference"></head><body><h1>ICLR 2021</h1>
<ul class="submissions-list"><li class="note"><h4><a href="/forum?id=YicbFdNTTy">An Image is Worth 16x16 Words</a>
<a href="/pdf?id=YicbFdNTTy" class="pdf-link" title="Download PDF"><img src="/images/pdf_icon_blue.svg"></a></h4>
<div class="note-authors"><a href="/profile?id=~A1">Alexey Dosovitskiy</a>,
<a href="/profile?id=~L1">Lucas Beyer</a></div>
<div class="note-meta-info"><span class="date">28 Sept 2020 (modified: 12 Jan 2021)</span> <span>ICLR 2021 Oral</span>
<span>Readers: Everyone</span> <span>13 Replies</span></div><a href="#x" class="toggle">Show details</a>
<ul><li><strong>One-sentence Summary:</strong> <span>Patches are words.</span></li>
<li><strong>Code:</strong> <a href="https://github.com/google-research/vision_transformer">here</a></li>
<li><strong>Abstract:</strong> <p>First.</p><p>Data: this is a sentence.</p></li></ul></li>
<li class="note"><h4><a href="/forum?id=abcDEF1234">A Paper by Nobody Yet</a></h4><div>Anonymous</div>
<div>28 Sept 2020 (modified: 12 Jan 2021) ICLR 2021 Conference Withdrawn Submission Readers: Everyone</div></li>
<li class="note"><h4><a href="/forum?id=abcDEF1235">One with Nothing Else</a></h4></li></ul></body></html>"""


def test_openreview_s_older_pages_are_read() -> None:
    issue = taken(OLDER, "openreview")
    image, nobody, bare = issue.entries
    assert told(image) == (
        "An Image is Worth 16x16 Words",
        ("Alexey Dosovitskiy", "Lucas Beyer"),
        "ICLR",
        2021,
    )
    assert (image.date, image.metrics, image.categories) == ("2020-09-28", {"replies": 13}, ("Oral",))
    assert image.abstract == "First.\n\nData: this is a sentence."
    assert {"https://openreview.net/pdf?id=YicbFdNTTy", "https://github.com/google-research/vision_transformer"} <= {
        link.url for link in image.links
    }
    assert (nobody.authors, nobody.categories) == ((), ("Withdrawn submission",))
    assert (bare.title, bare.identifiers) == ("One with Nothing Else", {"openreview": "abcDEF1235"})


def test_a_paper_s_own_page_at_openreview_is_one_paper() -> None:
    page = """<html><head><title>RAPTOR | OpenReview</title></head><body><main>
    <h2 class="citation_title">RAPTOR: Recursive Abstractive Processing</h2>
    <a class="citation_pdf_url" href="/pdf?id=GN921JHCRw" title="Download PDF"><img src="/i.svg" alt="Download PDF"></a>
    <div><h3><a href="/profile?id=~P1">Parth Sarthi</a>, <a href="/profile?id=~A1">Anna Goldie</a></h3></div>
    <div class="forum-meta"><span>Published: 16 Jan 2024, Last Modified: 12 Apr 2024</span><span>ICLR 2024 poster</span>
    <span>Everyone</span><span><a href="/revisions?id=GN921JHCRw">Revisions</a></span><span>BibTeX</span></div>
    <div><strong>Abstract:</strong> <p>Trees of summaries are searched.</p></div></main></body></html>"""
    issue = taken(page, "openreview", "page.html", "https://openreview.net/forum?id=GN921JHCRw")
    (entry,) = issue.entries
    assert told(entry)[:2] == ("RAPTOR: Recursive Abstractive Processing", ("Parth Sarthi", "Anna Goldie"))
    assert entry.identifiers == {"openreview": "GN921JHCRw"}
    assert entry.abstract == "Trees of summaries are searched."


EVENT = """Annual Meeting of the Association for Computational Linguistics (2019)
pdf (full)
bib (full)
Proceedings of the 57th Annual Meeting
pdf bib
Proceedings of the 57th Annual Meeting
Anna Korhonen | David Traum | Lluís Màrquez
pdf bib abs
One Time of Interaction May Not Be Enough
Chongyang Tao | Wei Wu | Can Xu
We go deep with an interaction over interaction network, which is what the title says as well.
pdf
bib
Incremental Transformer with Deliberation Decoder
Zekang Li | Cheng Niu
"""


def test_an_event_of_the_anthology_copied_as_text_names_each_volume() -> None:
    issue = taken(EVENT, "acl-anthology")
    once, twice = issue.entries
    assert issue.title.endswith("(2019)")
    assert told(once)[:3] == (
        "One Time of Interaction May Not Be Enough",
        ("Chongyang Tao", "Wei Wu", "Can Xu"),
        "Proceedings of the 57th Annual Meeting",
    )
    assert (once.abstract or "").startswith("We go deep")
    assert twice.authors == ("Zekang Li", "Cheng Niu")


def test_an_event_s_page_has_its_volumes_and_ids_of_the_old_kind() -> None:
    def paper(number: str, title: str) -> str:
        return (
            f'<p><span><a class="badge" href=https://www.aclweb.org/anthology/{number}.pdf>pdf</a>'
            f'<a class="badge" href=/anthology/{number}.bib>bib</a></span>'
            f"<span><strong><a href=/anthology/{number}/>{title}</a></strong><br>"
            "<a href=/anthology/people/a/ada-byron/>Ada Byron</a></span></p>"
        )

    page = (
        "<html><head><title>ACL (2019) - ACL Anthology</title>"
        '<link rel=canonical href="https://aclanthology.org/events/acl-2019/"></head><body><h2 id=title>ACL (2019)</h2>'
        + "".join(
            f"<h4><a href=https://aclanthology.org/{volume}.pdf>pdf&nbsp;(full)</a>"
            f"<a href=https://aclanthology.org/volumes/{volume}/>{name}</a></h4>{papers}"
            for volume, name, papers in (
                ("P19-1", "Long Papers", paper("P19-1001", "A Long One") + paper("P19-1002", "Another Long One")),
                ("P19-2", "Student Workshop", paper("P19-2001", "A Student's")),
            )
        )
        + "</body></html>"
    )
    issue = taken(page, "acl-anthology")
    assert [(entry.title, entry.venue, entry.year) for entry in issue.entries] == [
        ("A Long One", "Long Papers", 2019),
        ("Another Long One", "Long Papers", 2019),
        ("A Student's", "Student Workshop", 2019),
    ]
    assert [entry.identifiers for entry in issue.entries] == [{"acl": f"P19-{n}"} for n in (1001, 1002, 2001)]
    assert {entry.authors for entry in issue.entries} == {("Ada Byron",)}


def test_a_list_of_all_papers_by_title_alone_is_a_conference_s() -> None:
    page = (
        "<html><head><title>ICML 2024 Papers</title></head><body><h2>ICML 2024 Papers</h2><ul>"
        + "".join(
            f'<li><a href="/virtual/2024/poster/{3000 + n}">Paper Number {n} on Learning</a></li>' for n in range(9)
        )
        + "</ul></body></html>"
    )
    issue = taken(page, "conference", "page.html", "https://icml.cc/virtual/2024/papers.html")
    assert len(issue.entries) == 9
    assert told(issue.entries[4]) == ("Paper Number 4 on Learning", (), "ICML", 2024)


def test_miniconf_s_cards_with_commas_are_a_conference_s() -> None:
    card = (
        '<div class="pp-card"><div class="pp-card-header"><a href="poster_{0}.html"><h5 class="card-title">{0} Things'
        ' Learned</h5></a><h6 class="card-subtitle">Ada Byron, Grace Hopper</h6></div></div>'
    )
    page = f"<html><body><main>{card.format(11)}{card.format(12)}</main></body></html>"
    issue = taken(page, "conference", "page.html", "https://virtual.aistats.org/papers.html")
    assert [told(entry)[:2] for entry in issue.entries] == [
        ("11 Things Learned", ("Ada Byron", "Grace Hopper")),
        ("12 Things Learned", ("Ada Byron", "Grace Hopper")),
    ]


def test_the_page_of_one_session_stays_a_session_s_and_says_its_rooms() -> None:
    text = (DATA / "session.html").read_text("utf-8")
    issue = taken(text.replace("4:30 PM - 4:45 PM</div>", "4:30 PM - 4:45 PM</div><div>Room R06-R09</div>"), "session")
    assert [(each.heading, each.text) for each in issue.entries[0].sections] == [
        ("Time", "4:30 PM - 4:45 PM"),
        ("Room", "Room R06-R09"),
    ]


def test_links_that_fold_a_part_of_the_page_out_or_run_something_are_no_links_of_a_paper() -> None:
    page = (SAMPLES / "26-neurips-2023-orals.html").read_text("utf-8")
    page = page.replace("https://openreview.net/forum?id=j5BuTrEj35", "javascript:alert(1)")
    (issue,) = read(Document(page, "page.html"))
    assert [link.url for link in issue.entries[0].links] == [
        "https://neurips.cc/virtual/2023/oral/73844",
        "https://github.com/huggingface/datablations",
    ]


PIECES = [
    "<h4><a href='https://openreview.net/forum?id=hSyW5go0v8'>Title</a></h4>",
    "<p>Published: 16 Jan 2024</p>",
    "<a href='https://aclanthology.org/2023.acl-long.1.pdf'>pdf</a><a href='https://aclanthology.org/x.bib'>bib</a>",
    "<strong><a href='https://aclanthology.org/2023.acl-long.1/'>A Title</a></strong><br>",
    "<a href='https://neurips.cc/virtual/2023/poster/1'>Some Title</a>",
    "<h3>Poster Session 4</h3>",
    "<p>Ada Byron &middot; Grace Hopper</p>",
    "<p>Ada Byron | Grace Hopper</p>",
    "<div>Abstract: words</div>",
    "<h2>",
    "pdf bib\n",
    "Readers: Everyone\n",
    "<p>Ada Byron, Grace Hopper</p>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([openreview, anthology, conference]))
def test_any_mixture_of_pieces_is_read(pieces: list[str], kind: object) -> None:
    document = Document(f"<html><body>{''.join(pieces)}</body></html>", "page.html", "https://example.org/")
    kind.recognises(document)  # type: ignore[attr-defined]  # a format is a module
    for issue in kind.parse(document):  # type: ignore[attr-defined]
        assert all(entry.title for entry in issue.entries)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("kind", [openreview, anthology, conference], ids=lambda each: each.NAME)
def test_a_page_of_nothing_but_one_piece_takes_its_length(piece: str, kind: object) -> None:
    def seconds(times: int) -> float:
        document = Document(f"<html><body>{piece * times}</body></html>", "page.html", "https://example.org/")
        assert document.blocks is not None
        begin = time.process_time()
        kind.recognises(document)  # type: ignore[attr-defined]
        kind.parse(document)  # type: ignore[attr-defined]
        return time.process_time() - begin

    assert seconds(2_000) < 0.5 + 30 * min(seconds(200), seconds(200))
