"""Tags over many papers and notes as they were written: what the desk does with the reader's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tui.desk import Desk
from tui.desk.annotating import LONGEST_NOTE, fitting_tags
from tui.errors import UnknownError

Make = Callable[..., Desk]


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("6", COLA, PERFORMER, HINTON))


def tags_of(desk: Desk) -> list[tuple[str, ...]]:
    return [desk.rack.marks(name).tags for name in desk.papers()]


def test_tags_are_counted_the_most_used_first_whatever_their_capitals(desk: Desk) -> None:
    one, two, three = desk.papers()
    desk.annotating.tag([one], ["vision"])
    desk.annotating.tag([one, two, three], ["Audio"])
    desk.annotating.tag([one, two], ["later"])
    assert list(desk.annotating.tags().items()) == [("Audio", 3), ("later", 2), ("vision", 1)]
    assert desk.annotating.tags_on([two, three]) == {"Audio": 2, "later": 1}
    assert desk.annotating.tags_on([]) == {}


def test_a_tag_is_spelt_as_it_is_on_other_papers(desk: Desk) -> None:
    one, two, _ = desk.papers()
    desk.annotating.tag([one], ["To Cite"])
    assert desk.annotating.tag([two], ["to cite", "TO CITE"]) == 1
    assert tags_of(desk) == [("To Cite",), ("To Cite",), ()]


def test_a_tag_is_renamed_on_every_paper_in_one_step_and_becomes_one_with_another(desk: Desk) -> None:
    one, two, three = desk.papers()
    desk.annotating.tag([one], ["a", "speech", "z"])
    desk.annotating.tag([two], ["audio", "speech"])
    desk.annotating.tag([three], ["audio"])
    assert desk.annotating.rename_tag("SPEECH", "audio") == 2
    assert tags_of(desk) == [("a", "audio", "z"), ("audio",), ("audio",)]
    assert desk.marking.undo() == "tag speech renamed audio"
    assert tags_of(desk) == [("a", "speech", "z"), ("audio", "speech"), ("audio",)]
    assert desk.annotating.rename_tag("audio", "Audio") == 2
    assert desk.annotating.tags() == {"Audio": 2, "speech": 2, "a": 1, "z": 1}


def test_a_tag_is_removed_from_every_paper_in_one_step(desk: Desk) -> None:
    names = desk.papers()
    desk.annotating.tag(names, ["audio", "b"])
    assert desk.annotating.remove_tag("Audio") == 3
    assert tags_of(desk) == [("b",)] * 3
    desk.marking.undo()
    assert tags_of(desk) == [("audio", "b")] * 3
    for wrong in (lambda: desk.annotating.remove_tag("none"), lambda: desk.annotating.rename_tag("none", "x")):
        with pytest.raises(UnknownError, match="There is no tag 'none'"):
            wrong()
    with pytest.raises(UnknownError, match="A tag has from 1 to 60 letters"):
        desk.annotating.rename_tag("audio", "a,b")


def test_a_note_keeps_its_indents_and_blank_lines_and_nothing_that_a_terminal_obeys(desk: Desk) -> None:
    name = desk.papers()[0]
    desk.annotating.note(name, "\n# Idea\n\n- one\n  - two\n\tcode  here\n\n\n\x1b[2Jend \u202e\n\n")
    assert desk.annotating.note_on(name) == "# Idea\n\n- one\n  - two\n\tcode  here\n\n\nend"
    desk.library.flush()
    desk.rack.forget_all()
    assert desk.rack.paper(name).marks.note.startswith("# Idea\n\n- one\n  - two\n\tcode  here")
    desk.annotating.note(name, " \n ")
    assert desk.annotating.note_on(name) == ""


def test_a_note_that_is_too_long_is_refused_and_nothing_of_it_is_cut(desk: Desk) -> None:
    name = desk.papers()[0]
    desk.annotating.note(name, "x" * LONGEST_NOTE + "\n")
    assert len(desk.annotating.note_on(name)) == LONGEST_NOTE
    with pytest.raises(UnknownError, match="at most 200,000 letters; this one has 200,001"):
        desk.annotating.note(name, "y" * (LONGEST_NOTE + 1))
    assert desk.annotating.note_on(name) == "x" * LONGEST_NOTE


def test_what_is_typed_means_tags_that_begin_so_and_then_those_that_hold_it() -> None:
    tags = ["speech", "Später", "to speak", "audio"]
    assert fitting_tags(tags, "sp") == ("speech", "Später", "to speak")
    assert fitting_tags(tags, "spat") == ("Später",)
    assert fitting_tags(tags, "SPE") == ("speech", "to speak")
    assert fitting_tags(("ethics", "civil", "to cite"), "ci") == ("civil", "to cite")
    assert fitting_tags(("ethics", "to cite"), "hi") == ("ethics",)
    assert fitting_tags(tags, "") == tuple(tags)
    assert fitting_tags(tags, "x") == ()
