"""Answers of arXiv's query API: Atom feeds (RFC 4287) with arXiv's own elements.

https://info.arxiv.org/help/api/user-manual.html, section 3.3 for the elements and 3.4 for errors, which come as an
entry, with status 200 at times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import AnswerError
from tui.identifiers import identify
from tui.model import Answer
from tui.providers.arxiv_records import Listing, text_at, texts_at
from tui.providers.reading import int_of
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"

ROOT = f"{_ATOM}feed"

MAX_ENTRIES = 2_000
"""The most papers that arXiv gives at once, by its manual (section 3.1.1.2)."""


class RefusedQueryError(AnswerError):
    """arXiv could not read the question; ``words`` are its own on why, an id that it cannot read among them."""

    def __init__(self, words: str) -> None:
        super().__init__(f"arXiv cannot read the question: {words}.", status=400)
        self.words = words


@dataclass(frozen=True)
class Feed:
    """The papers of one feed in order, and how many arXiv says that there are."""

    answers: tuple[Answer, ...]
    total: int


def feed(root: _Element) -> Feed:
    """Return what the feed *root* holds.

    Raises RefusedQueryError for arXiv's error entry, AnswerError (passing) for an empty feed that counts papers.
    """
    entries = root.findall(f"{_ATOM}entry")[:MAX_ENTRIES]
    for entry in entries:
        if "/api/errors" in text_at(entry, f"{_ATOM}id"):
            raise RefusedQueryError(clean(text_at(entry, f"{_ATOM}summary"), 200).rstrip(".") or "it does not say why")
    answers = tuple(answer for answer in map(_answer, entries) if answer)
    total = int_of(text_at(root, _TOTAL))
    if not entries and total:
        raise AnswerError(f"arXiv counts {total} papers and lists none.", passing=True)
    return Feed(answers, len(answers) if total is None else total)


def _answer(entry: _Element) -> Answer | None:
    """Return the paper of *entry*; None for what stands in the place of an id that arXiv does not have."""
    address = clean(text_at(entry, f"{_ATOM}id"), 200)
    scheme, name = identify(address) or (None, "")
    title, abstract = text_at(entry, f"{_ATOM}title"), text_at(entry, f"{_ATOM}summary")
    authors = tuple(texts_at(entry, f"{_ATOM}author/{_ATOM}name"))
    if scheme != "arxiv" or not clean(title) or not (authors or abstract.strip()):
        return None
    version = re.search(r"v(\d{1,3})$", address)
    primary = entry.find(f"{_ARXIV}primary_category")
    return Listing(
        arxiv=name,
        title=title,
        authors=authors,
        abstract=abstract,
        categories=tuple(str(each.get("term") or "") for each in entry.iterfind(f"{_ATOM}category")),
        primary=None if primary is None else str(primary.get("term") or ""),
        version=int(version[1]) if version else None,
        submitted=text_at(entry, f"{_ATOM}published"),
        updated=text_at(entry, f"{_ATOM}updated"),
        comment=text_at(entry, f"{_ARXIV}comment"),
        journal_ref=text_at(entry, f"{_ARXIV}journal_ref"),
        doi=text_at(entry, f"{_ARXIV}doi"),
    ).answer()
