"""A paper that several issues speak of, on the command line: one paper, with what each issue says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tui.cli import run

PAPER = {"title": "Attention Is All You Need", "identifiers": {"arxiv": "1706.03762"}}


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command in this process."""

    def call(*words: str) -> Done:
        capsys.readouterr()
        status = run(words, lambda *_: 99)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


def test_show_says_how_often_it_was_talked_about_and_what_each_issue_prints(call: Call, tmp_path: Path) -> None:
    posts = [{"author": "AK", "handle": "ak", "date": "2021-02-11", "text": "so good"}]
    again = {**PAPER, "title": "Attention is all you need?", "posts": posts * 2}
    others = [{"title": f"Another paper, the {number}th of that week"} for number in range(4, 8)]
    for name, papers in (("one", [PAPER, *others[:2]]), ("two", [again, *others[2:]])):
        (tmp_path / f"{name}.json").write_text(json.dumps(papers))
        assert call("add", str(tmp_path / f"{name}.json")).status == 0
    lines = call("show", "arxiv:1706.03762").out.splitlines()
    assert "talked about: in 2 issues, 1 post" in lines
    assert sum(line.startswith("in: ") for line in lines) == 2
    assert sum(line.startswith("printed as: ") for line in lines) == 1
    assert len(call("papers", "--query", "issues:>=2", "--json").json) == 1
    assert call("papers", "--query", "issues:3", "--json").json == []
