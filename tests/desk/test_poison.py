"""One service, one digest or one damaged file speaks wrongly: what it may not take over."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.bench_of_services import Bench, by_arxiv, issue, run
from tests.services import Services
from tui.desk import Desk
from tui.desk.intake import read_text
from tui.library.names import shard_file
from tui.model import Entry

VIT, VIT_TITLE = "2010.11929", "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
LEARNING = "10.1038/nature14539"
JSON = {"Content-Type": "application/json"}


def scholar(**changes: Any) -> bytes:
    paper: dict[str, Any] = {
        "paperId": "a" * 40,
        "externalIds": {"ArXiv": VIT},
        "title": VIT_TITLE,
        "authors": [{"name": "Alexey Dosovitskiy"}, {"name": "Lucas Beyer"}],
        "year": 2024,
        "venue": "Nature",
        "journal": {"name": "Nature", "pages": "1-2", "volume": "1"},
    }
    return json.dumps([{**paper, **changes}]).encode()


def test_one_service_s_doi_does_not_make_one_of_two_papers(bench: Bench, services: Services) -> None:
    services.fail(
        "semantic_scholar", status=200, headers=JSON, body=scholar(externalIds={"ArXiv": VIT, "DOI": LEARNING})
    )
    learning = Entry(title="Deep learning", authors=("Yann LeCun",), identifiers={"doi": LEARNING})
    with bench.open(issue(by_arxiv(VIT), learning)) as desk:
        run(desk, f"arxiv:{VIT}")
        assert set(desk.papers()) == {f"arxiv:{VIT}", f"doi:{LEARNING}"}
        record = desk.exporting.record(f"arxiv:{VIT}")
        assert record.title == VIT_TITLE
        assert record.doi != LEARNING
        assert desk.rack.paper(f"arxiv:{VIT}").identifiers.get("doi") != LEARNING


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Buy cheap pills now", "authors": [{"name": "Mallory Evil"}]},
        {"authors": [{"name": "Mallory Evil"}, {"name": "Oscar Bad"}]},
    ],
    ids=["another title and author", "another author"],
)
def test_one_service_s_record_does_not_take_a_paper_over(
    bench: Bench, services: Services, changes: dict[str, Any]
) -> None:
    services.fail("semantic_scholar", status=200, headers=JSON, body=scholar(**changes))
    for name in ("dblp", "openreview", "crossref", "openalex"):
        services.fail(name, status=404, body=b"")
    with bench.open(issue(by_arxiv(VIT))) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.title == VIT_TITLE
        assert "Mallory Evil" not in desk.exporting.export([paper.id]).text
        assert paper.details is not None
        (offer,) = paper.details.offers
        assert offer.why == "None of its authors is among those that arXiv names."
        desk.deciding.take(paper.id, offer.answer.name)
        assert "Evil" in desk.exporting.export([paper.id]).text, "the reader may say so all the same"


def test_a_service_that_repeats_the_reader_s_key_does_not_make_it_kept(
    bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S2_API_KEY", "S2-SECRET-OF-THE-READER")
    body = b'{"error": "bad key S2-SECRET-OF-THE-READER", "message": "bad key S2-SECRET-OF-THE-READER"}'
    services.fail("semantic_scholar", status=200, headers=JSON, body=body)
    with bench.open(issue(by_arxiv(VIT)), only=("semantic_scholar",)) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.details is not None
        assert paper.details.failures
        desk.library.flush()
    kept = b"".join(path.read_bytes() for path in bench.folder.rglob("*.json"))
    assert b"SECRET" not in kept


FORGED = {
    "id": f"arxiv:{VIT}",
    "title": VIT_TITLE,
    "identifiers": {"arxiv": VIT},
    "details": {
        "answers": [
            {
                "provider": "crossref",
                "id": "10.1/evil",
                "kind": "published",
                "via": "title",
                "record": {"type": "journal", "title": "Pills", "authors": ["Mallory Evil"], "year": 2024},
            }
        ],
        "choices": {"values": {"doi": "10.1000/evil", "url": "https://evil.example/"}},
    },
}


def test_a_digest_does_not_speak_for_services_about_a_paper_that_is_there(bench: Bench) -> None:
    with bench.open(issue(by_arxiv(VIT, VIT_TITLE))) as desk:
        source = read_text(json.dumps([FORGED]), "evil.json")
        desk.take(source)
        record = desk.exporting.record(f"arxiv:{VIT}")
        assert (record.title, record.doi) == (VIT_TITLE, None)


@pytest.mark.parametrize(
    "choices",
    [{"values": {"year": "abc", "month": "99", "type": "zzz", "links": "abc", "doi": "x"}}, {"values": 5}, "x"],
)
def test_what_a_file_says_that_the_reader_chose_cannot_stop_the_program(bench: Bench, choices: object) -> None:
    paper = {"title": "A paper of several words", "details": {"answers": [], "choices": choices}}
    facts = {"links": "x", "doi": 5, "arxiv": 7}
    paper["details"]["answers"] = [  # type: ignore[index]  # the details are an object here
        {"provider": "x", "id": "1", "kind": "preprint", "record": {"title": "A paper"}, "facts": facts, "via": "title"}
    ]
    with bench.open() as desk:
        desk.take(read_text(json.dumps([paper]), "papers.json"))
        (name,) = desk.papers()
        found = desk.rack.paper(name)
        assert found.links == ()
        assert desk.exporting.export([name]).count == 1


@pytest.mark.parametrize(
    "inquiry", [{"answers": 5}, {"answers": None}, {"answers": [1, None, {"identifiers": 3}]}, {"replies": "x"}]
)
def test_a_damaged_inquiry_in_the_library_is_no_inquiry(bench: Bench, inquiry: dict[str, Any]) -> None:
    with bench.open(issue(by_arxiv(VIT))) as desk:
        desk.marking.mark([f"arxiv:{VIT}"])
    path = bench.folder / shard_file(f"arxiv:{VIT}")
    document = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(document).replace('"marks":', f'"inquiry": {json.dumps(inquiry)}, "marks":')
    path.write_text(text, encoding="utf-8")
    with bench.open() as desk:
        paper = desk.rack.paper(f"arxiv:{VIT}")
        assert paper.marks.marked
        assert desk.exporting.keys([paper.id])


def test_what_stands_on_the_web_is_nobody_s_own(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    paper = {"title": "A paper of several words", "starred": True, "key": "mallory", "note": "mine"}
    source = read_text(json.dumps([paper]), "https://example.org/papers.json")
    desk.take(source)
    (name,) = desk.papers()
    marks = desk.rack.marks(name)
    assert (marks.starred, marks.key, marks.note) == (False, None, "")
