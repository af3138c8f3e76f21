"""The formats together: each digest is recognised by one, the real ones hold their facts, failures are one sentence."""

from __future__ import annotations

import json
import re
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui import digests
from tui.digests import FORMATS, label, links, read
from tui.digests.document import Document, open_document
from tui.errors import NoPapersError, UnknownError
from tui.model import Entry, Issue

DATA = Path(__file__).parent / "data"
# The real digests lie beside the checkout, and not in it: they are other people's texts.
SHARED = Path(__file__).resolve().parents[3] / "shared"
KINDS = {"000": "newsletter", "001": "session", "002": "shamra", "003": "summaries", "004": "ranking"}
REAL = [
    *((f"seeds/{name}", kind) for number, kind in KINDS.items() for name in [f"{number}_*.txt"]),
    *((f"seeds_html/{number}.html", KINDS[number]) for number in ("000", "003", "004")),
]


def real(pattern: str) -> Path:
    found = next(iter(SHARED.glob(pattern)), None)
    if found is None:
        pytest.skip(f"{pattern} is not beside this checkout")
    return found


def recognised_by(document: Document) -> list[str]:
    return [each.NAME for each in FORMATS if each is not links and each.recognises(document)]


@pytest.mark.parametrize(("pattern", "kind"), REAL)
def test_a_real_digest_is_recognised_by_its_own_kind_alone(pattern: str, kind: str) -> None:
    document = open_document(real(pattern))
    assert recognised_by(document) == [kind]
    assert [issue.format for issue in read(document)] == [kind]


@pytest.mark.parametrize(("name", "kind"), [("session.html", "session"), ("shamra.html", "shamra")])
def test_a_page_as_the_site_has_it_is_recognised_by_its_own_kind_alone(name: str, kind: str) -> None:
    assert recognised_by(open_document(DATA / name)) == [kind]


def squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def differences(want: dict[str, Any], entry: Entry) -> list[str]:
    """Return what *entry* says otherwise than the digest, by the record that was made of it by hand."""
    stated: dict[str, object] = {
        "title": squeezed(want.get("title_shown") or want["title"]) or None,
        "authors": tuple(want["authors"]),
        "more_authors": want["more_authors"] or 0,
        "date": want["date"],
        "categories": tuple(want["categories"]) if want.get("metrics_shown", True) else entry.categories,
        "submitter": want.get("submitter"),
        "line": want["line"],
    }
    found = [
        f"{name}: {getattr(entry, name)!r}, not {value!r}"
        for name, value in stated.items()
        if getattr(entry, name) != value
    ]
    abstract = squeezed(entry.abstract)
    if not abstract.startswith(squeezed(want["abstract_starts"])):
        found.append(f"abstract begins: {abstract[:60]}")
    if not want.get("truncated") and not abstract.endswith(squeezed(want["abstract_ends"])):
        found.append(f"abstract ends: {abstract[-60:]}")
    return found + [
        f"no code link {url}" for url in want["code_urls"] if (url, "code") not in {(a.url, a.rel) for a in entry.links}
    ]


@pytest.mark.parametrize("number", KINDS)
def test_a_real_digest_says_what_its_record_says(number: str) -> None:
    want = json.loads(real(f"truth/{number}.json").read_text("utf-8"))
    (issue,) = read(open_document(real(f"seeds/{number}_*.txt")))
    assert len(issue.entries) == len(want["papers"])
    assert {
        paper["position"]: differences(paper, entry) for paper, entry in zip(want["papers"], issue.entries, strict=True)
    } == {paper["position"]: [] for paper in want["papers"]}
    assert not issue.warnings


@pytest.mark.parametrize("number", ["000", "004"])
def test_a_real_page_has_the_papers_of_its_text_and_the_ids_that_the_text_lost(number: str) -> None:
    (text,) = read(open_document(real(f"seeds/{number}_*.txt")))
    (page,) = read(open_document(real(f"seeds_html/{number}.html")))
    assert [entry.authors for entry in page.entries] == [entry.authors for entry in text.entries]
    assert [len(entry.posts) for entry in page.entries] == [len(entry.posts) for entry in text.entries]
    assert all("arxiv" in entry.identifiers for entry in page.entries)
    assert page.title == text.title
    # The text of one title has lost its formula.
    assert sum(one.title != other.title for one, other in zip(page.entries, text.entries, strict=True)) <= 1


def test_the_list_of_summaries_gives_the_arxiv_ids_of_its_posts() -> None:
    (issue,) = read(open_document(real("seeds_html/003.html")))
    assert (issue.title, issue.address) == ("arxiv-summary: AI-summarized AI papers", "https://arxiv-summary.com/")
    assert len(issue.entries) == 10
    assert issue.entries[0].identifiers == {"arxiv": "2212.12324"}
    assert all(entry.identifiers.get("arxiv", "").startswith("2212.") for entry in issue.entries)
    assert [entry.more_authors for entry in issue.entries][:2] == [0, 1]


def test_a_page_of_a_session_gives_venue_links_and_kinds() -> None:
    (issue,) = read(open_document(DATA / "session.html"))
    assert (issue.title, issue.series) == ("Track 2 Session 3", "NeurIPS 2021")
    birds, small, queues = issue.entries
    assert birds.authors == ("Ada Lindqvist", "Juan de la Peña", "yun zhao")
    assert (birds.venue, birds.year, birds.categories) == ("NeurIPS", 2021, ("Spotlight",))
    assert birds.identifiers == {"openreview": "aB3dE5fG7h"}
    assert (birds.abstract or "").endswith("Code is at https://github.com/example/birds.")
    assert [link.rel for link in birds.links] == ["paper", "code", "paper"]
    assert (small.title, small.authors) == ("A Note on Very Small Transformers", ("Ngozi Adeyemi",))
    assert (small.abstract or "").startswith("How small")
    assert (queues.title, queues.abstract) == ("Poincaré Maps of Queues & Crowds", None)
    assert "Toggle navigation" in issue.text
    assert not issue.warnings


def test_a_page_of_shamra_gives_its_own_paper_and_the_related_ones() -> None:
    (issue,) = read(open_document(DATA / "shamra.html"))
    own, shadows, rivers = issue.entries
    assert (issue.title, own.title) == ("Counting Olive Trees from Above",) * 2
    assert (own.submitter, own.authors, own.year) == ("Rana Haddad", (), 2021)
    assert own.categories == ("الهندسة الزراعية", "الهندسة المعلوماتية")
    assert own.metrics == {"views": 87, "rating": 4.5, "ratings": 2}
    assert (shadows.title, shadows.authors) == (None, ())
    assert (rivers.authors, rivers.year) == (("Omar Khalil", "Lina Saad"), None)
    assert [link.rel for link in rivers.links] == ["code"]
    assert [(remark.line, remark.text) for remark in issue.warnings] == [(7, "1,024")]
    assert issue.text.split("\n")[6] == "1,024"


@pytest.mark.parametrize(
    "text", ["Nothing but a few words.", "a · b · c", "# Heading\n\n- item", "<html><body>x</body></html>"]
)
def test_a_text_that_names_no_paper_gets_one_sentence(text: str) -> None:
    with pytest.raises(NoPapersError, match=r"^notes\.txt names no paper: .*\.$"):
        read(Document(text, "notes.txt"))


def test_a_text_that_is_read_as_another_kind_says_so() -> None:
    with pytest.raises(NoPapersError, match="as far as the format shamra reads it"):
        read(Document("See https://arxiv.org/abs/1706.03762", "-"), "shamra")


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownError, match=r"'novel'; known are .*newsletter.*links"):
        read(Document("x", "-"), "novel")


def test_every_format_has_a_name_of_its_own_and_a_label() -> None:
    names = [each.NAME for each in FORMATS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z-]+", name) for name in names)
    assert label("newsletter") == "Newsletter issue"
    assert label("of another day") == "of another day"
    assert FORMATS[-1] is links


def test_another_package_adds_a_format_and_one_that_breaks_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(document: Document) -> tuple[Issue, ...]:
        return (Issue(id="", title="Theirs", entries=(Entry(title="A"),), format="theirs"),)

    theirs = SimpleNamespace(
        NAME="theirs", LABEL="Theirs", recognises=lambda document: "theirs" in document.text, parse=parse
    )
    broken = SimpleNamespace(NAME="broken", LABEL="Broken", recognises=lambda document: 1 / 0, parse=parse)
    points = [
        SimpleNamespace(name="broken", load=lambda: broken),
        EntryPoint("missing", "no.such.module", "paperrack.digests"),
        SimpleNamespace(name="theirs", load=lambda: theirs),
    ]
    monkeypatch.setattr(digests, "entry_points", lambda group: points)
    digests.formats.cache_clear()
    try:
        assert [issue.title for issue in read(Document("theirs, arXiv:1706.03762", "-"))] == ["Theirs"]
        assert read(Document("ours, arXiv:1706.03762", "-"))[0].format == "links"
    finally:
        digests.formats.cache_clear()
