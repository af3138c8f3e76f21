"""What a service is asked, and what a module about one looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tui.model import Answer

About = Literal["arxiv", "doi", "acl", "openreview", "repository", "title", "abstract"]
"""What the question names the paper by; ``repository`` is ``owner/name`` on GitHub."""

Accept = Literal["json", "xml", "text"]
"""The kind of answer that is asked for; a web page in its place is a block and never parsed."""


@dataclass(frozen=True)
class Question:
    """One question to one service: an identifier in the form of :mod:`tui.identifiers`, or the words of a search.

    ``value`` of a search is the title in its display form, or the opening of the abstract; ``authors`` (``Given
    Family``) and ``year`` are what is known beside it.
    """

    provider: str
    about: About
    value: str
    authors: tuple[str, ...] = ()
    year: int | None = None

    @property
    def name(self) -> str:
        """What the question is kept under, such as ``crossref doi 10.1145/1``: the same words are the same question."""
        return f"{self.provider} {self.about} {self.value[:300]}"


class Service(Protocol):
    """A service as the reader set it up: what a provider fetches through."""

    @property
    def key(self) -> str | None:
        """The reader's key, to be sent in a header and nowhere else."""

    @property
    def contact(self) -> str | None:
        """The reader's e-mail address; None where there is none, and for a service that does not ask for one."""

    def get(
        self,
        url: str,
        *,
        accept: Accept = "json",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> bytes | None:
        """Return what the service's own address *url* gives, None where it says that there is nothing (404, 410).

        With a *body* (JSON) it is a POST. *headers* may hold the key; they go to the service and to no other host.
        Raises NetworkError in every other case, AnswerError where a web page comes in place of data.
        """


class Provider(Protocol):
    """The shape of a module about one service; ``tui.providers.PROVIDERS`` names them all.

    ``ASKS`` says what it can be asked about and how many such questions fit into one request; ``PACE`` is the least
    time between two requests in seconds, the service's own rule; ``KEY`` is the environment variable that the
    reader's key is looked for in where the settings name no other, None for a service without keys; ``CONTACT`` is
    whether its documentation asks programs for an e-mail address to write to: no other service is told it.
    """

    NAME: str
    LABEL: str
    PACE: float
    ASKS: Mapping[About, int]
    KEY: str | None
    CONTACT: bool

    def look_up(self, questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
        """Return the answers to *questions*, all about the same, at most as many as ASKS says.

        A question without an entry, or with an empty one, is one to which the service has nothing. A search may give
        several answers, best first: whether one is the paper is decided elsewhere. Raises NetworkError.
        """

    def parse(self, content: bytes) -> tuple[Answer, ...]:
        """Return every work in the answer *content*, in order. Raises AnswerError, in words, and nothing else."""
