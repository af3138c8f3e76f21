"""GitHub: what a repository with a paper's code is worth today: stars, licence, last change, archived or not.

Follows https://docs.github.com/rest/repos/repos#get-a-repository (version 2022-11-28). A repository that was renamed
is answered under its new name. No bibliographic record comes from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tui.errors import AnswerError
from tui.identifiers import relation, urlsplit_or_none
from tui.model import Answer, Link
from tui.providers.asking import About, Question, Service
from tui.providers.reading import date_of, int_of, json_of, map_of, text_of

NAME = "github"
LABEL = "GitHub"
PACE = 1.0
ASKS: Mapping[About, int] = {"repository": 1}
KEY: str | None = "GITHUB_TOKEN"
CONTACT = False

_REPOSITORIES = "https://api.github.com/repos/"
_VERSION = "2022-11-28"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}")


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return what GitHub says of each repository ``owner/name``. Raises NetworkError."""
    found = {}
    for question in questions:
        repository = question.value.removesuffix(".git").strip("/")
        owner, _, name = repository.partition("/")
        if question.about != "repository" or not _NAME.fullmatch(repository) or name in (".", ".."):
            continue
        headers = {"X-GitHub-Api-Version": _VERSION}
        if service.key:
            headers["Authorization"] = f"Bearer {service.key}"
        content = service.get(f"{_REPOSITORIES}{quote(owner, safe='')}/{quote(name, safe='')}", headers=headers)
        found[question] = parse(content) if content is not None else ()
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the repository in *content*; nothing where the answer says "Not Found".

    Raises AnswerError for an error's body or another shape.
    """
    value = json_of(content)
    repository = map_of(value)
    full_name = text_of(repository.get("full_name")) or ""
    if _NAME.fullmatch(full_name):
        return (_answer(repository, full_name),)
    said = text_of(repository.get("message"))
    if said and said.lower().startswith("not found"):
        return ()
    if said:
        raise AnswerError(f"GitHub refuses to answer: “{said[:120].rstrip('. ')}”.")
    raise AnswerError("GitHub answered with something that is no repository.")


def _answer(repository: Mapping[str, Any], full_name: str) -> Answer:
    # The address is made of the name: what the answer calls html_url could lead anywhere.
    links = [Link(f"https://github.com/{full_name}", "code")]
    homepage = text_of(repository.get("homepage"))
    if homepage and urlsplit_or_none(homepage):
        rel = relation(homepage)
        links.append(Link(homepage, "project" if rel == "other" else rel))
    return Answer(provider=NAME, id=full_name, links=tuple(links), facts=_facts(repository))


def _facts(repository: Mapping[str, Any]) -> dict[str, str | int]:
    """Return the counts, the SPDX licence where GitHub recognised one, and the day (UTC) of the last push."""
    archived = repository.get("archived")
    licence = text_of(map_of(repository.get("license")).get("spdx_id"))
    found: dict[str, str | int | None] = {
        "stars": _count(repository.get("stargazers_count")),
        "forks": _count(repository.get("forks_count")),
        "code_licence": None if licence == "NOASSERTION" else licence,
        "archived": {True: "yes", False: "no"}.get(archived) if isinstance(archived, bool) else None,
        "pushed": date_of(repository.get("pushed_at")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _count(value: object) -> int | None:
    number = int_of(value)
    return number if number is not None and number >= 0 else None
