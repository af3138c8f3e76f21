"""Answers of arXiv's OAI-PMH service in its format ``arXiv``: one paper, its last version.

https://info.arxiv.org/help/oa/index.html; errors are OAI-PMH 2.0's, section 3.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tui.errors import AnswerError
from tui.identifiers import arxiv_id
from tui.model import Answer
from tui.providers.arxiv_records import Listing, text_at
from tui.providers.reading import name_of
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_ADDRESS = "https://oaipmh.arxiv.org/oai"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_ARXIV = "{http://arxiv.org/OAI/arXiv/}"
# What says that there is no such paper, and not that the question or the service was at fault.
_NOTHING = ("idDoesNotExist", "noRecordsMatch", "cannotDisseminateFormat")

ROOT = f"{_OAI}OAI-PMH"


def address(identifier: str) -> str:
    """Return the address of the record of the paper with this arXiv id."""
    asked = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{identifier}", "metadataPrefix": "arXiv"}
    return f"{_ADDRESS}?{urlencode(asked, safe=':/')}"


def records(root: _Element) -> tuple[Answer, ...]:
    """Return the papers in *root*, none where arXiv has no such paper. Raises AnswerError for any other error."""
    for error in root.iterfind(f"{_OAI}error"):
        if error.get("code") not in _NOTHING:
            words = clean("".join(str(piece) for piece in error.itertext()), 200).rstrip(".")
            raise AnswerError(f"arXiv cannot read the question: {words or clean(error.get('code') or '', 50)}.")
    found = (_answer(paper) for paper in root.iterfind(f".//{_ARXIV}arXiv"))
    return tuple(answer for answer in found if answer)


def _answer(paper: _Element) -> Answer | None:
    identifier, title = arxiv_id(clean(text_at(paper, f"{_ARXIV}id"), 100)), text_at(paper, f"{_ARXIV}title")
    if identifier is None or not clean(title):
        return None
    names = (
        name_of(*(text_at(author, f"{_ARXIV}{part}") for part in ("forenames", "keyname", "suffix")))
        for author in paper.iterfind(f"{_ARXIV}authors/{_ARXIV}author")
    )
    return Listing(
        arxiv=identifier,
        title=title,
        authors=tuple(name for name in names if name),
        abstract=text_at(paper, f"{_ARXIV}abstract"),
        categories=tuple(text_at(paper, f"{_ARXIV}categories").split()[:100]),
        submitted=text_at(paper, f"{_ARXIV}created"),
        updated=text_at(paper, f"{_ARXIV}updated"),
        comment=text_at(paper, f"{_ARXIV}comments"),
        journal_ref=text_at(paper, f"{_ARXIV}journal-ref"),
        doi=text_at(paper, f"{_ARXIV}doi"),
        licence=text_at(paper, f"{_ARXIV}license"),
    ).answer()
