"""Several issues taken in as one change: as if each had come alone, and all or none of them known where one fails."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tui.desk import Desk
from tui.desk.intake import Source
from tui.errors import LibraryError
from tui.library import PaperState
from tui.library.together import replace_files
from tui.model import Issue, Marks

Make = Callable[..., Desk]

FIXED = dataclasses.replace(PERFORMER, title="Rethinking Attention with Performers, Corrected")
ISSUES = (
    weekly("6", COLA, PERFORMER),
    weekly("7", PERFORMER, HINTON),
    weekly("6", COLA, FIXED),
    weekly("8", HINTON, HINTON),
)
"""A paper in two issues, an edition of an issue that is not known to be on the disk yet, a paper twice in an issue."""

REVISED = "issues/ai-weekly-6.json"


def _source(*issues: Issue) -> Source:
    marks = {(place, 0): Marks(starred=True, tags=("a", "b")) for place in range(len(issues))}
    return Source("many", issues, marks=marks)


def _known(desk: Desk) -> dict[str, Any]:
    papers = {name: desk.rack.paper(name) for name in desk.papers()}
    store = desk.catalogue.store
    return {
        "papers": papers,
        "counts": desk.counts(),
        "shelf": [(row.id, row.papers, row.unread) for row in desk.shelf()],
        "found": [sorted(desk.papers(query=word)) for word in ("performers", "hinton", "tag:a", "corrected", "week")],
        "listed": sorted(store.execute("SELECT id, listed, issues, edition IS NULL, tags, title FROM papers")),
    }


def test_issues_that_come_together_are_taken_in_as_one_after_the_other(make_desk: Make) -> None:
    together, apart = make_desk(), make_desk()
    found = together.take_together([_source(*ISSUES[:2]), Source("none", error="It is none."), _source(*ISSUES[2:])])
    assert [[each.outcome for each in taken] for taken in found] == [["new", "new"], [], ["updated", "new"]]
    for source in (_source(*ISSUES[:2]), _source(*ISSUES[2:])):
        for place in range(2):
            apart.take(source, place)
    assert _known(together) == _known(apart)
    files = [sorted(p.name for p in desk.library.folder.glob("issues/*")) for desk in (together, apart)]
    assert files[0] == files[1]
    written = {name: sha for name, sha in together.library.written.items() if name.startswith("issues/")}
    assert {f"issues/{name}" for name in files[0]} == set(written)
    assert {name for name in written if _digest(together, name) == written[name]} == set(written) - {REVISED}


def _digest(desk: Desk, file: str) -> str:
    return hashlib.sha256((desk.library.folder / file).read_bytes()).hexdigest()


def test_what_was_taken_in_together_is_what_the_files_say(make_desk: Make) -> None:
    desk = make_desk()
    desk.take_together([_source(*ISSUES)])
    desk.library.flush()
    # The thread that wrote notes it a moment after the files are there.
    until = time.monotonic() + 20
    while desk.catalogue.files.any_pending and time.monotonic() < until:
        time.sleep(0.01)
    known = _known(desk)
    assert not desk.filling.sync(whole=True)
    assert _known(desk) == known
    desk.filling.anew()
    anew = _known(desk)
    assert anew["papers"] == known["papers"]
    assert anew["shelf"] == known["shelf"]
    assert anew["found"] == known["found"]


def test_where_one_cannot_be_written_none_is_known_and_those_on_the_disk_are_found_later(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()

    def failing(files: Any, system: Any) -> Any:
        made = replace_files([pair for pair in files if "-7" not in Path(pair[0]).name], system)
        rest = iter(made)
        return [OSError(28, "No space left on device") if "-7" in Path(path).name else next(rest) for path, _ in files]

    with monkeypatch.context() as patched:
        patched.setattr("tui.library.saving.replace_files", failing)
        with pytest.raises(LibraryError, match="ai-weekly-7 could not be saved: No space left on device"):
            desk.take_together([_source(*ISSUES)])
    assert {path.name for path in desk.library.folder.glob("issues/*")} >= {"ai-weekly-6.json"}
    assert not desk.library.unsaved_files()
    # It is looked at by the next change, and the same again makes it whole.
    assert [each.outcome for each in desk.take_together([_source(*ISSUES)])[0]][:2] == ["known", "new"]
    assert len(desk.shelf()) == 3


def test_a_paper_that_was_removed_stays_removed_and_one_that_was_named_before_is_described(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    desk.marking.put({"arxiv:2009.14794": PaperState(Marks(removed=True))})
    desk.catalogue.papers.made(["arxiv:2011.00001"])
    other = dataclasses.replace(HINTON, identifiers={"arxiv": "2011.00001"})
    desk.take_together([Source("many", (weekly("7", PERFORMER), weekly("8", other)))])
    assert sorted(desk.papers()) == ["arxiv:2010.10915", "arxiv:2011.00001"]
    assert list(desk.papers(query="hierarchies")) == ["arxiv:2011.00001"]


def test_what_was_just_printed_is_not_read_back_where_it_is_printed_again(make_desk: Make) -> None:
    desk = make_desk()
    with pytest.MonkeyPatch.context() as patched, desk.catalogue.many():
        patched.setattr(type(desk.library), "entry", lambda *_: pytest.fail("an entry was read back"))
        desk.take_together([_source(ISSUES[0]), _source(ISSUES[1])])
        # Their files have stamps by now.
        desk.take_together([_source(ISSUES[3])])
    known = _known(desk)
    desk.library.flush()
    desk.filling.anew()
    assert _known(desk)["papers"] == known["papers"]
    assert _known(desk)["found"] == known["found"]


def test_an_edition_that_replaced_another_is_what_is_known_of_its_papers(make_desk: Make) -> None:
    desk = make_desk()
    with desk.catalogue.many():
        desk.take_together([_source(ISSUES[0])])
        desk.take_together([_source(ISSUES[2])])
        desk.take_together([_source(ISSUES[1])])
    titles = {mention.entry.title for mention in desk.rack.paper("arxiv:2009.14794").mentions}
    assert titles == {PERFORMER.title, FIXED.title}


def test_only_the_last_entries_that_were_put_stay_in_memory_and_none_for_somebody_who_reads(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.desk.just_put._MOST", 3)
    desk = make_desk()
    with desk.catalogue.many():
        desk.take_together([_source(*ISSUES[:2])])
        assert len(desk.rack.just_put) == 2
        desk.take_together([_source(ISSUES[3])])
        assert len(desk.rack.just_put) == 2
    desk.take_together([_source(weekly("9", COLA))])
    assert len(desk.rack.just_put) == 0


def test_shards_that_were_written_together_are_known_again_by_their_bytes(make_desk: Make) -> None:
    desk = make_desk()
    papers = tuple(
        dataclasses.replace(COLA, identifiers={"arxiv": f"2101.{n:05}"}, title=f"Paper {n}") for n in range(40)
    )
    marks = {(0, place): Marks(starred=True) for place in range(40)}
    desk.take_together([Source("many", (weekly("6", *papers),), marks=marks)])
    desk.library.flush()
    shards = {f"papers/{path.name}" for path in desk.library.folder.glob("papers/*.json")}
    written = desk.library.written
    assert len(shards) > 20
    assert {name for name in shards if written.get(name) == _digest(desk, name)} == shards
