"""The commands about details, against services on the loopback: fetch, set, take, refuse, and what they lead to."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.services import Services
from tui.cli import output, run
from tui.model import Details, Entry, Mention, Paper

DIGEST = """# Reading

- [BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding](https://arxiv.org/abs/1810.04805)
- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
"""
BERT, ATTENTION = "arxiv:1810.04805", "arxiv:1706.03762"


@pytest.fixture
def services() -> Iterator[Services]:
    with Services() as made:
        yield made


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, services: Services) -> Call:
    """Return what runs a command in this process on a library whose services are on the loopback."""
    config = tmp_path / "config.toml"
    lines = [
        f'[providers.{name}]\nbase_url = "{each.base_url}"\npace = 0\n' for name, each in services.providers().items()
    ]
    config.write_text("\n".join(lines), encoding="utf-8")

    def call(*words: str, library: str = "library") -> Done:
        capsys.readouterr()
        try:
            status = run(["--config", str(config), "--library", str(tmp_path / library), *words], lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


@pytest.fixture
def digest(tmp_path: Path, call: Call) -> Path:
    path = tmp_path / "reading.md"
    path.write_text(DIGEST, encoding="utf-8")
    assert call("add", str(path)).status == 0
    return path


def test_fetch_says_what_came_from_where_and_why_it_is_believed(call: Call, digest: Path) -> None:
    done = call("fetch", "--query", "")
    assert done.status == 0
    assert f"{BERT} BERT: Pre-training of Deep Bidirectional Transformers" in done.out
    assert "\n  * published: " in done.out
    assert " agree: Proceedings of the 2019 Conference of the North American Chapter" in done.out
    assert "preprint: arXiv has it: 2018" in done.out


def test_what_was_fetched_is_asked_for_only_once_and_again_to_refresh(
    call: Call, digest: Path, services: Services
) -> None:
    call("fetch", BERT)
    count = services.count()
    assert call("fetch", BERT).status == 0
    assert services.count() == count
    assert call("fetch", BERT, "--refresh").status == 0
    assert services.count() > count


def test_details_in_json_hold_every_field_with_who_says_it(call: Call, digest: Path) -> None:
    (paper,) = call("fetch", BERT, "--json").json["papers"]
    assert paper == call("show", BERT, "--json").json
    details = paper["details"]
    year = details["fields"]["year"]
    assert year["value"] == 2019
    assert {"value": 2018, "provider": "arxiv"} in year["others"]
    assert year["fetched"].endswith("Z")
    assert [version["kind"] for version in details["versions"]] == ["published", "preprint"]
    assert all(set(version) == {"kind", "provider", "record", "evidence"} for version in details["versions"])
    assert paper["record"]["type"] == "conference"
    assert paper["record"]["arxiv"] == "1810.04805"
    assert paper["year"] == 2019
    assert details["failures"] == []


def test_papers_take_their_details_and_the_reader_s_choices_into_another_library(
    call: Call, digest: Path, tmp_path: Path
) -> None:
    call("fetch", "--query", "")
    call("set", BERT, "venue", "NAACL")
    call("take", ATTENTION, "preprint")
    papers = call("papers", "--query", "", "--json")
    path = tmp_path / "papers.json"
    path.write_text(papers.out, encoding="utf-8")
    assert call("add", str(path), library="other").status == 0
    there = call("papers", "--query", "", "--json", library="other").json
    assert there == papers.json


def test_a_field_of_one_s_own_is_kept_and_given_back(call: Call, digest: Path) -> None:
    call("fetch", BERT)
    assert "yours now" in call("set", BERT, "title", "BERT,", "in", "short").err
    assert call("show", BERT, "--json").json["title"] == "BERT, in short"
    call("fetch", BERT, "--refresh")
    assert call("show", BERT, "--json").json["record"]["title"] == "BERT, in short"
    call("set", BERT, "title")
    assert call("show", BERT, "--json").json["title"].startswith("BERT: Pre-training")


def test_a_service_s_value_can_be_chosen(call: Call, digest: Path) -> None:
    call("fetch", BERT)
    assert call("set", BERT, "year", "--from", "arxiv", "--json").json["record"]["year"] == 2018
    done = call("set", BERT, "year", "--from", "github")
    assert (done.status, done.out) == (1, "")
    assert "GitHub says nothing of year" in done.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("set", BERT, "colour", "red"), "no field 'colour'"),
        (("set", BERT, "year", "soon"), "number"),
        (("take", BERT, "crossref:10.1/x"), "no choice here"),
        (("refuse", BERT, ""), "no choice here"),
        (("take", BERT, "published"), "No published version"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence(call: Call, digest: Path, words: tuple[str, ...], why: str) -> None:
    done = call(*words)
    assert (done.status, done.out) == (1, "")
    assert why in done.err
    assert done.err.count("\n") == 1


def test_the_version_is_chosen_by_a_word_and_the_key_stays(call: Call, digest: Path) -> None:
    key = call("show", BERT, "--json").json["key"]
    assert f"{{{key}," in call("export", BERT).out
    call("fetch", BERT)
    assert "@inproceedings" in call("export", BERT).out
    assert "The preprint is shown" in call("take", BERT, "preprint").err
    done = call("export", BERT)
    assert "@misc" in done.out
    assert f"{{{key}," in done.out


def test_export_fetches_when_asked_to(call: Call, digest: Path, services: Services) -> None:
    done = call("export", BERT, "--fetch")
    assert "@inproceedings" in done.out
    assert "Devlin, Jacob and Chang, Ming-Wei" in done.out
    assert "never looked up" not in done.err
    assert services.count()


def test_bib_looks_up_unless_it_is_told_not_to(call: Call, digest: Path, services: Services) -> None:
    done = call("bib", "--offline", str(digest))
    assert done.out.count("@") == 2
    assert "never looked up" in done.err
    assert services.count() == 0
    done = call("bib", str(digest))
    assert "Devlin, Jacob" in done.out
    assert "Vaswani, Ashish" in done.out


def test_when_nobody_answers_fetch_says_so_and_exits_with_1_and_goes_on_later(
    call: Call, digest: Path, services: Services
) -> None:
    for name in services.providers():
        services.fail(name, status=429, headers={"Retry-After": "3600"}, body=b"")
    done = call("fetch", BERT)
    assert done.status == 1
    assert "Not looked up: arxiv:1810.04805" in done.err
    assert "arXiv" in done.err
    services.mend()
    assert call("doctor", "--json").json["waiting"] == 1
    again = call("fetch")
    assert "Going on with 1 paper that waited." in again.err


def test_doctor_says_how_each_service_stands(call: Call, services: Services, digest: Path) -> None:
    services.block("dblp")
    call("fetch", BERT)
    states = {each["name"]: each for each in call("doctor", "--json").json["services"]}
    assert states["dblp"]["state"] == "blocked"
    assert states["dblp"]["until"]
    assert states["arxiv"]["state"] == "ready"
    assert states["unpaywall"]["state"] == "off"
    assert "DBLP, blocked: " in call("doctor").out


def test_an_unknown_paper_is_named_and_the_others_are_looked_up(call: Call, digest: Path) -> None:
    done = call("fetch", BERT, "9999.99999")
    assert done.status == 1
    assert "There is no paper called '9999.99999'" in done.err
    assert BERT in done.out


def test_the_log_of_a_run_names_every_request_and_no_key(
    call: Call, digest: Path, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    monkeypatch.setenv("S2_API_KEY", "secret-of-the-reader")
    done = call("fetch", BERT, "--verbose")
    path = Path(done.err.split("The log of this run is ")[1].split()[0].rstrip("."))
    log = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "/arxiv/api/query" in log
    assert any("secret-of-the-reader" in asked.headers.values() for asked in services.of("semantic_scholar"))
    assert "secret" not in log + done.out + done.err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_how_far_looking_up_is_and_nothing_of_it_stays(
    call: Call, digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Terminal()
    monkeypatch.setattr("tui.cli.details._STEP", 0.01)
    monkeypatch.setattr(sys, "stderr", shown)
    assert call("fetch", BERT, ATTENTION).status == 0
    drawn, _, after = shown.getvalue().rpartition("\r\x1b[K")
    assert re.search(r"\r\x1b\[K\d of 2 looked up; asking \w", drawn)
    assert "asking \r" not in drawn
    assert "looked up" not in after


def test_a_paper_that_was_never_looked_up_and_one_that_was_withdrawn_are_told_apart() -> None:
    mention = Mention("w", "A week", None, None, None, 1, Entry(title="Of zebras"))
    bare = Paper("arxiv:2501.00003", (mention,))
    assert list(output.found_lines(bare)) == ["arxiv:2501.00003  Of zebras  (never looked up)"]
    gone = Paper("arxiv:2501.00003", (mention,), details=Details(withdrawn="by its authors", done="2026-01-01"))
    first, second = output.found_lines(gone)
    assert (first, second) == ("arxiv:2501.00003  Of zebras  (nothing found)", "    withdrawn: by its authors")
