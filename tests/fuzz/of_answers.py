# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""Answers of services: what each provider's parser makes of any bytes, and what follows from its answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz import laws, tokens
from tests.fuzz.target import SAMPLES, Target
from tui.errors import NetworkError
from tui.matching import Wanted, choose
from tui.model import Answer, Choices, Inquiry, Reply
from tui.provenance import details_of
from tui.providers import (
    acl,
    arxiv,
    bibtex,
    crossref,
    datacite,
    dblp,
    github,
    huggingface,
    openalex,
    openreview,
    semantic_scholar,
    unpaywall,
)

_FILES = {
    "acl": "acl.bib", "arxiv": "arxiv.xml", "arxiv-oai": "arxiv_oai.xml", "crossref": "crossref.json", "datacite": "datacite.json", "dblp": "dblp.json",
    "github": "github.json", "huggingface": "huggingface.json", "openalex": "openalex.json", "openreview": "openreview.json",
    "semantic-scholar": "semantic_scholar.json", "unpaywall": "unpaywall.json",
}  # fmt: skip
_WANTED = Wanted(title="Attention is All you Need", authors=("Ashish Vaswani",), year=2017)


def answered(parse: Callable[[bytes], tuple[Answer, ...]]) -> Callable[[bytes], None]:
    """Return what reads an answer by *parse*: refused in a sentence, or clean answers that can be kept and compared."""

    def run(data: bytes) -> None:
        try:
            answers = parse(data)
        except NetworkError as error:
            laws.sentence(error)
            return
        laws.clean(answers)
        for answer in answers:
            laws.kept_whole(answer)
            laws.law(answer.provider, "an answer names its provider")
            for link in answer.links:
                laws.law(link.url.startswith(("http://", "https://")), "a link of an answer is of the web")
        followed(answers[:8])

    return run


def followed(answers: tuple[Answer, ...]) -> None:
    """Match *answers* with a paper and make its details of them."""
    chosen = choose(_WANTED, answers)
    laws.clean(chosen)
    replies = (Reply("title", "crossref", "answered", "2024-05-01T00:00:00Z"),)
    inquiry = Inquiry(answers=answers, replies=replies)
    laws.kept_whole(inquiry)
    details = details_of(inquiry, Choices(), {})
    laws.law(details is not None, "an inquiry has details")
    laws.clean(details)


def _pieces(name: str) -> Callable[[], Iterator[bytes]]:
    """Return what yields the first records of the recorded answers, in the shapes that services give them."""

    def seeds() -> Iterator[bytes]:
        data = (SAMPLES / "answers" / _FILES[name]).read_bytes()
        if not _FILES[name].endswith(".json"):
            yield from _cut(data)
            return
        found: Any = json.loads(data)
        listed = found if isinstance(found, list) else list(found.values()) if isinstance(found, dict) else []
        if name == "huggingface":
            listed = [each for part in found.values() for each in list(part.values())[:2]]
        for each in listed[:4]:
            yield json.dumps(_ALONE.get(name, lambda work: work)(each)).encode()
        if name in _ROUND:
            yield json.dumps(_ROUND[name](listed[:2])).encode()

    return seeds


_ROUND: dict[str, Callable[[list[Any]], object]] = {
    "crossref": lambda works: {"status": "ok", "message-type": "work-list", "message": {"items": works}},
    "datacite": lambda works: {"data": works},
    "openalex": lambda works: {"results": works},
    "semantic-scholar": lambda works: {"data": works},
    "openreview": lambda notes: {"notes": notes, "count": 2},
    "huggingface": lambda papers: papers,
}
_ALONE: dict[str, Callable[[Any], object]] = {
    "crossref": lambda work: {"status": "ok", "message-type": "work", "message": work},
    "datacite": lambda work: {"data": work},
    "openreview": lambda note: {"notes": [note]},
    "dblp": lambda info: {"result": {"hits": {"@total": "1", "hit": [{"@score": "2", "@id": "1", "info": info}]}}},
}
"""How services wrap a list of records, and a single one."""


def _cut(data: bytes) -> Iterator[bytes]:
    """Yield XML or BibTeX with one record, and with two."""
    for end in (b"</entry>", b"</record>", b"\n}\n"):
        parts = data.split(end)
        if len(parts) > 2:
            tail = {b"</entry>": b"</feed>", b"</record>": data[data.rfind(b"</record>") + 9 :]}.get(end, b"")
            yield end.join(parts[:1]) + end + tail
            yield end.join(parts[:2]) + end + tail
            return
    yield data


_PARSERS = {
    "acl": acl.parse, "arxiv": arxiv.parse, "arxiv-oai": arxiv.parse, "crossref": crossref.parse, "datacite": datacite.parse, "dblp": dblp.parse,
    "github": github.parse, "huggingface": huggingface.parse, "openalex": openalex.parse, "openreview": openreview.parse,
    "semantic-scholar": semantic_scholar.parse, "unpaywall": unpaywall.parse,
}  # fmt: skip


def entries(data: bytes) -> None:
    """Read the BibTeX of a service."""
    try:
        found = bibtex.entries(data)
    except NetworkError as error:
        laws.sentence(error)
        return
    laws.law(isinstance(found, tuple), "entries are some or none")


def shelf(data: bytes) -> None:
    """Read what hangs on a paper at Hugging Face."""
    try:
        huggingface.shelf(data)
    except NetworkError as error:
        laws.sentence(error)


TARGETS = (
    *(
        Target(
            f"answer-{name}", answered(parse), (), _pieces(name), tokens.TEX + tokens.WORDS if _FILES[name].endswith(".json") else tokens.XML + tokens.BIBTEX,
            "json" if _FILES[name].endswith(".json") else "text",
        )
        for name, parse in _PARSERS.items()
    ),
    Target("answer-bibtex", entries, ("answers/acl.bib",), None, tokens.BIBTEX),
    Target("answer-shelf", shelf, (), _pieces("huggingface"), tokens.WORDS, "json"),
)  # fmt: skip
