"""Looking up, against a real server on the loopback: what is asked, what comes of it, and what survives."""

from __future__ import annotations

import dataclasses
import gc
import json
import time
import weakref

from lxml import etree

from tests.conftest import SAMPLES
from tests.desk.bench_of_services import Bench, by_arxiv, issue, run
from tests.services import Services
from tui.desk.jobs import LookUp
from tui.model import Entry
from tui.settings import Details, Network

ATOM = "{http://www.w3.org/2005/Atom}"
VIT = "2010.11929"


def recorded_ids() -> list[str]:
    feed = etree.parse(SAMPLES / "answers" / "arxiv.xml")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in feed.getroot().iter(f"{ATOM}entry")]
    return [name.split("/abs/")[1].rpartition("v")[0] for name in ids]


def test_a_hundred_papers_with_arxiv_ids_cost_one_arxiv_request(bench: Bench, services: Services) -> None:
    ids = recorded_ids()[:100]
    assert len(ids) == 100
    with bench.open(issue(*map(by_arxiv, ids)), only=("arxiv",)) as desk:
        papers = run(desk, *desk.papers())
    assert services.count("arxiv") == services.count() == 1
    assert services.of("arxiv")[0].ids == 100
    assert all(paper.title and paper.authors for paper in papers)


def test_an_issue_with_ids_is_useful_after_three_requests(bench: Bench, services: Services) -> None:
    entries = [*map(by_arxiv, recorded_ids()[:12])]
    works = json.loads((SAMPLES / "answers" / "crossref.json").read_text(encoding="utf-8"))
    dois = [work["DOI"] for work in works if not work["DOI"].startswith("10.18653")][:8]
    entries += [Entry(identifiers={"doi": doi}) for doi in dois]
    with bench.open(issue(*entries)) as desk:
        desk.looking.ask(desk.papers())
        useful = False
        while desk.looking.busy and not useful:
            desk.looking.wait(0.2)
            before = services.count()
            desk.looking.collect()
            useful = all(paper.title and paper.authors for paper in map(desk.rack.paper, desk.papers()))
        assert useful
        assert before <= 3
    assert sorted((asked.service, asked.ids) for asked in services.log[:2]) == [("arxiv", 12), ("crossref", 8)]


def test_what_was_looked_up_once_is_there_for_ever(bench: Bench, services: Services) -> None:
    with bench.open(issue(by_arxiv(VIT))) as desk:
        (before,) = run(desk, f"arxiv:{VIT}")
        assert before.details is not None
        assert before.details.done
    count = services.count()
    with bench.open(network=Network(offline=True)) as desk:
        after = desk.rack.paper(f"arxiv:{VIT}")
        assert after == before
        assert desk.looking.ask([after.id]) == 0
        assert desk.looking.wanted([after.id]) == ()
    assert services.count() == count


def test_a_look_up_is_let_go_when_its_paper_is_asked_about_again(bench: Bench) -> None:
    with bench.open(issue(by_arxiv(VIT), by_arxiv("1706.03762")), only=("arxiv",)) as desk:
        names = desk.papers()
        jobs: list[weakref.ref[LookUp]] = []
        for again in range(1, 4):
            assert desk.looking.ask(names, refresh=True) == 2
            jobs += [weakref.ref(job) for job in desk.looking._jobs.all()]
            run(desk)
            gc.collect()
            assert [job() is None for job in jobs] == [True] * 2 * (again - 1) + [False] * 2
            assert desk.looking.progress().total == 2


def test_a_paper_without_an_identifier_is_found_by_title_and_authors(bench: Bench) -> None:
    title = "Denoising Diffusion Probabilistic Models"
    authors = ("Jonathan Ho", "Ajay Jain", "Pieter Abbeel")
    with bench.open(issue(Entry(title=title, authors=authors))) as desk:
        (name,) = desk.papers()
        (paper,) = run(desk, name)
        assert paper.identifiers["arxiv"] == "2006.11239"
        assert desk.paper("2006.11239").id == name, "the identifier that was found names the paper"
        assert [version.kind for version in (paper.details.versions if paper.details else ())] == [
            "published",
            "preprint",
        ]


def test_a_paper_that_services_know_to_be_another_one_becomes_one_with_it(bench: Bench) -> None:
    title, authors = "Denoising Diffusion Probabilistic Models", ("Jonathan Ho", "Ajay Jain", "Pieter Abbeel")
    # Another spelling, so that the issues alone do not tell that it is one work.
    bare = Entry(title=title.replace("Probabilistic", "Probabilistic").upper() + ".", authors=authors)
    with bench.open(issue(by_arxiv("2006.11239", "DDPM")), issue(bare, name="week-2")) as desk:
        names = desk.papers()
        assert len(names) == 2
        named = next(name for name in names if name.startswith("title:"))
        desk.marking.mark([named])
        run(desk, named)
        assert desk.papers() == ("arxiv:2006.11239",)
        assert desk.rack.paper("arxiv:2006.11239").marks.marked
        assert desk.paper(named).id == "arxiv:2006.11239"


def test_when_arxiv_refuses_for_hours_datacite_stands_in(bench: Bench, services: Services) -> None:
    services.fail("arxiv", status=429, headers={"Retry-After": "54000"}, body=b"Rate exceeded.")
    with bench.open(issue(by_arxiv(VIT))) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.title
        assert paper.details is not None
        assert "datacite" in paper.details.sources
        (failure,) = [each for each in paper.details.failures if each.provider == "arxiv"]
        assert failure.until
        (state,) = [each for each in desk.looking.services() if each.name == "arxiv"]
        assert state.condition == "paused"
        assert state.until is not None
        asked = services.count("arxiv")
        assert asked == 2, "the query API and OAI-PMH in its place, once each"
        desk.keep(issue(by_arxiv("1810.04805"), name="week-2"))
        run(desk, "arxiv:1810.04805")
        assert services.count("arxiv") == asked


def test_a_bot_check_blocks_one_service_and_not_the_look_up(bench: Bench, services: Services) -> None:
    services.block("dblp")
    with bench.open(issue(by_arxiv(VIT))) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        (state,) = [each for each in desk.looking.services() if each.name == "dblp"]
        assert state.condition == "blocked"
        assert paper.details is not None
        assert "dblp" in {failure.provider for failure in paper.details.failures}
        assert "arxiv" in paper.details.sources


def test_when_nobody_answers_the_paper_waits_and_goes_on_at_the_next_start(bench: Bench, services: Services) -> None:
    for name in services.providers():
        services.fail(name, status=503, headers={"Retry-After": "600"}, body=b"")
    with bench.open(issue(by_arxiv(VIT))) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.details is not None
        assert paper.details.waiting
        assert paper.details.shown is None
        (job,) = desk.looking.jobs()
        assert (job.state, job.paper) == ("paused", f"arxiv:{VIT}")
        assert job.until is not None
        assert job.why
        assert desk.looking.waiting() == (f"arxiv:{VIT}",)
    services.mend()
    with bench.open() as desk:
        assert desk.looking.waiting() == (f"arxiv:{VIT}",)


def test_a_look_up_that_is_cancelled_asks_nobody_any_more(bench: Bench, services: Services) -> None:
    services.fail("arxiv", wait=20.0)
    with bench.open(issue(by_arxiv(VIT))) as desk:
        desk.looking.ask([f"arxiv:{VIT}"])
        while not services.count("arxiv"):
            time.sleep(0.01)
        begun = time.monotonic()
        assert desk.looking.stop() == 1
        assert not desk.looking.busy
        (job,) = desk.looking.jobs()
        assert job.state == "cancelled"
        assert desk.looking.waiting() == ()
    assert time.monotonic() - begun < 2.0, "the request is shut down, not waited for"
    assert services.count() == 1


def test_one_service_can_be_cancelled_and_the_others_go_on(bench: Bench, services: Services) -> None:
    services.fail("arxiv", wait=20.0)
    with bench.open(issue(by_arxiv(VIT))) as desk:
        desk.looking.ask([f"arxiv:{VIT}"])
        while not services.count("arxiv"):
            time.sleep(0.01)
        assert desk.looking.stop(service="arxiv") == 1
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.details is not None
        assert "datacite" in paper.details.sources


def test_what_was_under_way_when_the_program_ended_goes_on(bench: Bench, services: Services) -> None:
    services.fail("arxiv", wait=20.0, times=1)
    with bench.open(issue(by_arxiv(VIT))) as desk:
        desk.looking.ask([f"arxiv:{VIT}"])
        while not services.count("arxiv"):
            time.sleep(0.01)
    with bench.open() as desk:
        assert desk.looking.resume() == 1
        (paper,) = run(desk, f"arxiv:{VIT}")
        assert paper.details is not None
        assert not paper.details.waiting
        assert paper.title


def test_offline_is_said_at_once_and_asks_nobody(bench: Bench, services: Services) -> None:
    begun = time.monotonic()
    with bench.open(issue(by_arxiv(VIT)), network=Network(offline=True)) as desk:
        (paper,) = run(desk, f"arxiv:{VIT}")
        (job,) = desk.looking.jobs()
        assert job.state == "failed"
        assert "offline" in (job.why or "")
        assert paper.details is not None
        assert len(paper.details.failures) == 1, "one service was enough to know"
    assert time.monotonic() - begun < 2.0
    assert services.count() == 0


def test_the_reader_s_edit_survives_a_refresh_and_undo_takes_it_back(bench: Bench) -> None:
    with bench.open(issue(by_arxiv(VIT))) as desk:
        name = f"arxiv:{VIT}"
        (before,) = run(desk, name)
        desk.deciding.edit(name, "title", "ViT")
        (after,) = run(desk, name, refresh=True)
        assert after.title == "ViT"
        assert desk.exporting.record(name).title == "ViT"
        assert after.details is not None
        assert before.title in {said.value for said in after.details.fields["title"].others}
        desk.marking.undo()
        assert desk.rack.paper(name).title == before.title
        assert desk.rack.paper(name).details is not None


def test_a_refresh_that_fails_keeps_what_was_known(bench: Bench, services: Services) -> None:
    with bench.open(issue(by_arxiv(VIT))) as desk:
        name = f"arxiv:{VIT}"
        (before,) = run(desk, name)
        for service in services.providers():
            services.fail(service, status=403, body=b"{}")
        (after,) = run(desk, name, refresh=True)
        assert after.title == before.title
        assert after.details is not None
        assert before.details is not None
        assert after.details.versions == before.details.versions
        assert after.details.failures


def test_the_key_stays_when_the_published_version_is_found_and_one_word_goes_back(bench: Bench) -> None:
    title = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
    bert = Entry(title=title, authors=("Jacob Devlin",), identifiers={"arxiv": "1810.04805"})
    with bench.open(issue(bert)) as desk:
        name = "arxiv:1810.04805"
        taken = desk.exporting.take([name], "bibtex")
        desk.exporting.keep_keys(taken.keys)
        run(desk, name)
        record = desk.exporting.record(name)
        assert record.type == "conference"
        assert record.arxiv == "1810.04805"
        assert desk.exporting.keys([name]) == taken.keys
        desk.deciding.prefer(name, "preprint")
        assert desk.exporting.record(name).type == "preprint"
        assert desk.exporting.keys([name]) == taken.keys


def test_services_that_are_switched_off_are_not_asked(bench: Bench, services: Services) -> None:
    given = services.settings().providers
    off = {name: dataclasses.replace(each, enabled=name != "dblp") for name, each in given.items()}
    with bench.open(issue(by_arxiv(VIT)), providers=off, details=Details(auto=False)) as desk:
        run(desk, f"arxiv:{VIT}")
        (state,) = [each for each in desk.looking.services() if each.name == "dblp"]
        assert state.condition == "off"
    assert services.count("dblp") == 0
