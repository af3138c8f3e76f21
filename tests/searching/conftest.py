"""A shelf of a dozen papers to search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.searching.shelf import Shelf
from tui.catalogue import Catalogue
from tui.model import Entry, Post, Section

OLDER = [
    ("arxiv:1901.00001", Entry(
        title="A transformer that reads the sky", authors=("Ada Lovelace", "Joost van der Berg"), venue="NeurIPS",
        abstract="We teach a machine to read. Stars are words.", identifiers={"arxiv": "1901.00001"},
    )),
    ("doi:10.1145/3.x", Entry(
        title="Reading lists, measured", authors=("Mary Somerville",), year=2020, venue="Journal of Reading",
        abstract="How long does a reader wait? A transformer was not used.", identifiers={"doi": "10.1145/3.x"},
    )),
    ("title:sky", Entry(title="The sky at night", authors=("Émile Żuławski",), year=2021)),
]  # fmt: skip
NEWER = [
    ("arxiv:2103.00002", Entry(
        title="用 BERT 做机器学习", authors=("王小明",), identifiers={"arxiv": "2103.00002"},
        sections=(Section("What is it?", "A self-supervised tokenizer of $\\alpha$ decay."),),
    )),
    ("arxiv:2103.00003", Entry(
        title="القراءة في اللُّغة العربية", authors=("محمد علي",), identifiers={"arxiv": "2103.00003"},
        posts=(Post("Worth a look!", author="Ada Lovelace", handle="ada"),),
    )),
    ("arxiv:2103.00004", Entry(
        title="β-VAE for the modelling of speech", authors=("김철수",), identifiers={"arxiv": "2103.00004"},
        abstract="한국어 음성을 다룬다. Sky is not mentioned but here.", categories=("cs.SD",),
    )),
    ("arxiv:1901.00001", OLDER[0][1]),
]  # fmt: skip


def filled(path: Path) -> Shelf:
    """Return two issues: three older papers, and four of which one stands in both."""
    made = Shelf(Catalogue(path))
    made.put("First letters", "2021-01-01", OLDER, series="Letters")
    made.put("Spring reading", "2021-04-01", NEWER, series="Seasons")
    return made


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Return a shelf that the test may change."""
    made = filled(tmp_path / "index.sqlite")
    yield made
    made.catalogue.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a shelf that is only searched."""
    made = filled(tmp_path_factory.mktemp("standing") / "index.sqlite")
    yield made
    made.catalogue.close()
