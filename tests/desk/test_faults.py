"""Services that answer wrongly, over a real socket: what is told, what is kept, and who stands in."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.desk.bench_of_services import Bench, by_arxiv, issue, run
from tests.services import Services
from tui.model import Entry, Paper

VIT = "2010.11929"
DOI = "10.1038/nature14539"


def atom(*entries: str, total: int | None = None) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
    spaces = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    count = f"<opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>"
    return f"{head}{spaces}{count}{''.join(entries)}</feed>".encode()


def entry(name: str, title: str, comment: str = "", summary: str = "Words about pictures.") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{name}v2</id><updated>2021-06-03T00:00:00Z</updated>"
        f"<published>2020-10-22T00:00:00Z</published><title>{title}</title><summary>{summary}</summary>"
        f"<author><name>Alexey Dosovitskiy</name></author><author><name>Lucas Beyer</name></author>"
        f"<arxiv:comment>{comment}</arxiv:comment>"
        '<arxiv:primary_category term="cs.CV"/><category term="cs.CV"/></entry>'
    )


ERROR = (
    "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
    "<summary>incorrect id format for x</summary><updated>2026-11-21T00:00:00Z</updated>"
    "<author><name>arXiv api core</name></author></entry>"
)
FEED = {"Content-Type": "application/atom+xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json"}


def work(**changes: Any) -> bytes:
    message: dict[str, Any] = {
        "DOI": DOI,
        "type": "journal-article",
        "title": ["Deep learning"],
        "author": [{"given": "Yann", "family": "LeCun", "sequence": "first"}],
        "container-title": ["Nature"],
        "issued": {"date-parts": [[2015, 5, 27]]},
    }
    return json.dumps({"status": "ok", "message-type": "work", "message": {**message, **changes}}).encode()


def stood_in(paper: Paper) -> bool:
    """Whether another service's record is shown, and the first one's failure or silence is no secret."""
    return paper.details is not None and "datacite" in paper.details.sources and paper.title is not None


def nothing_wrong_kept(paper: Paper) -> bool:
    return paper.details is not None and "crossref" not in paper.details.sources and paper.details.shown is None


@dataclass(frozen=True)
class Case:
    """A service that answers like this, a paper that it is asked about, and what must hold afterwards."""

    service: str
    body: bytes
    holds: Callable[[Paper], bool]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: FEED)
    paper: Entry = field(default_factory=lambda: by_arxiv(VIT))
    only: tuple[str, ...] = ("arxiv", "datacite")
    told: str | None = None


def case(name: str, *values: Any, **named: Any) -> Any:
    return pytest.param(Case(*values, **named), id=name)


BY_DOI = Entry(identifiers={"doi": DOI})
CASES = [
    case("an empty feed that counts five papers", "arxiv", atom(total=5), stood_in, told="arxiv"),
    case("arXiv's error entry with status 200", "arxiv", atom(ERROR), stood_in),
    case("a record of another paper", "arxiv", atom(entry("1706.03762", "Attention")), stood_in, told="arxiv"),
    case("a feed that is cut", "arxiv", atom(entry(VIT, "ViT"))[:300], stood_in, told="arxiv"),
    case("invalid UTF-8", "arxiv", atom(entry(VIT, "ViT")).replace(b"ViT", b"V\xff\xfeT"), stood_in, told="arxiv"),
    case("nothing at all", "arxiv", b"", stood_in, told="arxiv"),
    case("JSON in place of XML", "arxiv", b'{"a": 1}', stood_in, told="arxiv"),
    case("a sentence", "arxiv", b"Rate exceeded.", stood_in, headers={"Content-Type": "text/plain"}, told="arxiv"),
    case(
        "a withdrawn paper",
        "arxiv",
        atom(entry(VIT, "ViT", comment="This paper has been withdrawn by the authors due to an error in Lemma 2")),
        lambda paper: bool(paper.details and paper.details.withdrawn and "withdrawn" in paper.details.withdrawn),
    ),
    case(
        "an escape sequence in a title",
        "arxiv",
        atom(entry(VIT, "An Image&#x9b;31m is Worth &#x202e;Words")),
        lambda paper: paper.title == "An Image is Worth Words",
        only=("arxiv",),
    ),
    *(
        case(name, "crossref", body, nothing_wrong_kept, headers=JSON, paper=BY_DOI, only=("crossref",), told=told)
        for name, body, told in (
            ("a list for an object", b"[1, 2]", "crossref"),
            ("null for the message", b'{"status": "ok", "message": null}', "crossref"),
            ("a string for the message", b'{"status": "ok", "message": "soon"}', "crossref"),
            ("a number", b"42", "crossref"),
            ("no JSON", b'{"status": "ok", "message', "crossref"),
            ("NaN", b'{"status": "ok", "message": NaN}', "crossref"),
            ("ten thousand brackets", b"[" * 10_000 + b"]" * 10_000, "crossref"),
            ("another paper's record", work(DOI="10.1038/nature16961"), "crossref"),
            ("invalid UTF-8 in JSON", b'{"message": {"title": ["\xff"]}}', "crossref"),
        )
    ),
    *(
        case(name, "crossref", body, lambda paper: paper.title == "Deep learning", headers=JSON, paper=BY_DOI,
             only=("crossref",))
        for name, body in (
            ("a single author as object", work(author={"given": "Yann", "family": "LeCun"})),
            ("null for the authors", work(author=None)),
            ("a number for a year", work(issued={"date-parts": [[None]]})),
            ("a number for the venue", work(**{"container-title": 7})),
            ("a string for the pages", work(page=["1", 2, None])),
            ("a title that is no list", work(title="Deep learning")),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_answer_is_told_in_words_and_never_kept(case: Case, bench: Bench, services: Services) -> None:
    services.fail(case.service, status=case.status, headers=case.headers, body=case.body)
    with bench.open(issue(case.paper), only=case.only) as desk:
        (name,) = desk.papers()
        (paper,) = run(desk, name)
        assert case.holds(paper), paper.details
        assert paper.details is not None
        told = {failure.provider: failure.why for failure in paper.details.failures}
        if case.told:
            assert case.told in told
        for why in told.values():
            assert why
            assert why.endswith(".")
            assert "Error" not in why.split()[0], "a sentence, and no name of an exception"


def test_openalex_s_merged_id_leads_to_the_record_that_it_is_now(bench: Bench, services: Services) -> None:
    moved = {"Location": "/openalex/works/W2"}
    body = {
        "id": "https://openalex.org/W2",
        "doi": f"https://doi.org/{DOI}",
        "title": "Deep learning",
        "display_name": "Deep learning",
        "publication_year": 2015,
        "type": "article",
        "authorships": [{"author": {"display_name": "Yann LeCun"}}],
        "primary_location": {"version": "publishedVersion", "source": {"display_name": "Nature", "type": "journal"}},
        "locations": [],
    }
    services.fail("openalex", status=301, headers=moved, body=b"", times=1)
    services.fail("openalex", status=200, headers=JSON, body=json.dumps(body).encode(), times=1)
    with bench.open(issue(BY_DOI), only=("openalex",)) as desk:
        (paper,) = run(desk, *desk.papers())
        assert paper.title == "Deep learning"
    assert [asked.path.partition("?")[0] for asked in services.log][1:] == ["/works/W2"]


def test_dblp_s_single_author_and_homonym_number(bench: Bench, services: Services) -> None:
    info = {
        "authors": {"author": {"@pid": "1", "text": "Grigori Perelman 0002"}},
        "title": "The entropy formula for the Ricci flow and its geometric applications.",
        "venue": "J. Diff. Geom.",
        "year": "2003",
        "type": "Journal Articles",
        "key": "journals/jdg/Perelman03",
        "ee": "https://doi.org/10.4310/x",
    }
    body = {"result": {"hits": {"@total": "1", "hit": {"@score": "9", "info": info}}}}
    services.fail("dblp", status=200, headers=JSON, body=json.dumps(body).encode())
    wanted = Entry(
        title="The Entropy Formula for the Ricci Flow and Its Geometric Applications", authors=("Grigori Perelman",)
    )
    with bench.open(issue(wanted), only=("dblp",)) as desk:
        (paper,) = run(desk, *desk.papers())
        assert paper.authors == ("Grigori Perelman",)
        assert paper.title == "The entropy formula for the Ricci flow and its geometric applications"


BOMB = gzip.compress(b"\0" * 50_000_000)
HOSTILE: list[Any] = [
    pytest.param({"headers": {**JSON, "Content-Encoding": "gzip"}, "body": BOMB}, id="a gzip bomb"),
    pytest.param({"headers": {**JSON, "Content-Encoding": "br"}, "body": b"\x1b\x2a"}, id="brotli"),
    pytest.param({"status": 302, "headers": {"Location": "file:///etc/passwd"}, "body": b""}, id="to a file"),
    pytest.param({"status": 302, "headers": {"Location": "http://127.0.0.1:9/x"}, "body": b""}, id="inside"),
    pytest.param({"status": 302, "headers": {"Location": "http://[::1]/x"}, "body": b""}, id="inside, by IPv6"),
    pytest.param({"cut": 40}, id="a cut body"),
    pytest.param({"status": 200, "headers": {"Content-Type": "text/html"}, "body": b"<html>"}, id="a web page"),
    pytest.param({"status": 418, "body": b"{}"}, id="a strange status"),
]


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_answer_costs_one_service_and_nothing_else(
    how: dict[str, Any], bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.providers.web.door._JITTER", (0.0, 0.01))
    services.fail("crossref", **how)
    with bench.open(issue(BY_DOI), only=("crossref", "openalex", "semantic_scholar")) as desk:
        (paper,) = run(desk, *desk.papers())
        assert paper.details is not None
        (failure,) = paper.details.failures
        assert failure.provider == "crossref"
        assert failure.why
        assert set(paper.details.sources) <= {"openalex", "semantic_scholar"}
        assert paper.title, "another service stands in"


def test_two_programs_look_up_in_one_library_at_once(bench: Bench) -> None:
    ids = [VIT, "1706.03762", "1810.04805", "2006.11239", "1512.03385", "1312.6114"]
    with bench.open(issue(*map(by_arxiv, ids))) as first, bench.open() as second:
        for place, name in enumerate(first.papers()):
            (first if place % 2 else second).looking.ask([name])
        for desk in (first, second, first, second):
            while desk.looking.busy:
                desk.looking.wait(0.1)
                desk.looking.collect()
        for desk in (first, second):
            desk.library.flush()
    with bench.open() as desk:
        papers = [desk.rack.paper(name) for name in desk.papers()]
        assert len(papers) == len(ids)
        assert all(paper.details and paper.details.done and paper.title for paper in papers)
    assert threading.active_count() < 40
