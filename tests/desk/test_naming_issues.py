"""What an issue is called that is new: its series with number or date, else its title, and each of them once."""

from __future__ import annotations

import pytest

from tui.desk.editions import name_issue
from tui.model import Issue


def named(
    title: str, *taken: str, series: str | None = None, number: str | None = None, date: str | None = None
) -> str:
    return name_issue(
        Issue(id="", title=title, series=series, number=number, date=date, format="links", entries=()),
        ("arxiv:1",),
        set(taken).__contains__,
    )


@pytest.mark.parametrize(
    ("series", "number", "date", "name"),
    [
        ("TLDR", None, "2026-11-20", "tldr-2026-11-20"),
        ("TLDR 2026-11-20", None, "2026-11-20", "tldr-2026-11-20"),
        ("TLDR 2026.11.20, evening", None, "2026-11-20", "tldr-2026-11-20-evening"),
        ("TLDR 2026-11-2", None, "2026-11-20", "tldr-2026-11-2-2026-11-20"),
        ("TLDR 12026-11-20", None, "2026-11-20", "tldr-12026-11-20-2026-11-20"),
        ("AI Weekly", "6", "2026-11-20", "ai-weekly-6"),
        ("Web 2", "2", None, "web-2-2"),
        ("ICLR 2024", None, "2024-05-07", "iclr-2024-2024-05-07"),
        ("週刊", None, "2026-11-20", "2026-11-20"),
        ("TLDR", None, None, "tldr"),
        (None, None, "2026-11-20", "papers"),
        (None, "7", None, "papers"),
    ],
)
def test_a_date_is_said_once(series: str | None, number: str | None, date: str | None, name: str) -> None:
    assert named("Papers", series=series, number=number, date=date) == name


def test_another_one_of_that_name_has_its_date_and_then_a_sum_of_its_papers() -> None:
    assert named("Papers", "papers", date="2026-11-20") == "papers-2026-11-20"
    third = named("Papers", "papers", "papers-2026-11-20", date="2026-11-20")
    assert third.startswith("papers-")
    assert len(third) == len("papers-") + 6
    assert named("Papers", "papers", "papers-2026-11-20", third, date="2026-11-20") == f"{third}-2"


@pytest.mark.parametrize("title", ["Updated on 2026.06.29", "2026-06-29: papers"])
def test_nor_does_another_one_say_it_twice(title: str) -> None:
    first = named(title, date="2026-06-29")
    second = named(title, first, date="2026-06-29")
    assert (first.count("2026-06-29"), second.count("2026-06-29")) == (1, 1)
    assert second != first
    assert len(second) == len(first) + 7


def test_without_a_word_that_can_be_written_so_it_is_called_after_its_kind() -> None:
    assert named("週刊") == "links"
    assert named("週刊", "links", date="2026-11-20") == "links-2026-11-20"
