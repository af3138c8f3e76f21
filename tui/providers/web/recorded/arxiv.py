"""How arXiv answers from recordings: its query API in Atom, and its OAI-PMH in the format ``arXiv``."""

from __future__ import annotations

import re

from tui.providers.web.recorded.asked import Ask, Reply, text_reply
from tui.providers.web.recorded.recordings import Recordings, tag, words

_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/recorded</id>
  <title>arXiv Query</title>
  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
  {entries}
</feed>
"""
_BAD_ID = """<entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{name}</id>
    <title>Error</title>
    <summary>incorrect id format for {name}</summary>
    <author><name>arXiv api core</name></author>
  </entry>"""
_OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<request verb="GetRecord">http://oaipmh.arxiv.org/oai</request>
{content}
</OAI-PMH>
"""
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?")
_TERM = re.compile(r"\b(ti|abs|au|all):(?:\"([^\"]*)\"|([^\s()]+))")


def arxiv(recordings: Recordings, ask: Ask) -> Reply:
    """Answer ``/api/query`` (``id_list``, ``search_query``), ``/oai`` (``GetRecord``) and ``/pdf/ID``."""
    if ask.path.startswith("/pdf/"):
        return _pdf(recordings, ask.path.removeprefix("/pdf/"))
    if ask.path.startswith("/oai"):
        return _record(recordings, ask)
    named = [each.strip() for each in ask.query.get("id_list", "").split(",") if each.strip()]
    for name in named:
        if not _ID.fullmatch(name):
            page = _FEED.format(size=1, total=1, start=0, entries=_BAD_ID.format(name=re.sub(r"\W", "_", name)))
            return text_reply(page, "application/atom+xml", 400)
    found = [entry for name in named if (entry := _entry(recordings, name))]
    if search := ask.query.get("search_query", ""):
        found = _search(search, found if named else list(recordings.arxiv.values()))
    start, size = ask.number("start", 0), ask.number("max_results", 10)
    entries = "\n  ".join(found[start : start + size])
    return text_reply(_FEED.format(size=size, total=len(found), start=start, entries=entries), "application/atom+xml")


def _entry(recordings: Recordings, name: str) -> str | None:
    """Return the entry of an id; of an id with a version only if that one was recorded."""
    bare = re.sub(r"v\d+$", "", name)
    entry = recordings.arxiv.get(bare)
    return entry if entry and (bare == name or f"/abs/{name}</id>" in entry) else None


def _pdf(recordings: Recordings, name: str) -> Reply:
    """Return one PDF for all papers, which says that it stands in for theirs."""
    if recordings.pdf and _entry(recordings, name.removesuffix(".pdf")):
        return Reply(200, {"Content-Type": "application/pdf", "ETag": '"recorded"'}, recordings.pdf)
    return text_reply("<!doctype html><title>404</title>", "text/html", 404)


def _search(search: str, entries: list[str]) -> list[str]:
    """Return the entries in which every term of *search* is found, those with more of its words first."""
    elements = {"ti": ("title",), "abs": ("summary",), "au": ("author",), "all": ("title", "summary", "author")}
    found = []
    for place, entry in enumerate(entries):
        shares = []
        for field, phrase, word in _TERM.findall(search):
            wanted = words(phrase or word)
            parts = (rf"<{name}>(?:[^<]++|<(?!/?{name}>))*+</{name}>" for name in elements[field])
            text = " ".join(" ".join(re.findall(part, entry)) for part in parts)
            has = words(re.sub(r"<[^<>]*>", " ", text))
            # A phrase of an abstract may have been cut within a word by whoever printed it.
            least = 0.6 if field == "abs" else 1.0
            share = len(wanted & has) / max(1, len(wanted))
            shares.append(share if share >= least else 0.0)
        if shares and all(shares):
            found.append((-sum(shares), len(words(tag("title", entry))), place, entry))
    return [entry for *_, entry in sorted(found)]


def _record(recordings: Recordings, ask: Ask) -> Reply:
    record = recordings.arxiv_records.get(ask.query.get("identifier", "").removeprefix("oai:arXiv.org:"))
    if ask.query.get("verb") != "GetRecord":
        content = '<error code="badVerb">Only GetRecord was recorded</error>'
    elif ask.query.get("metadataPrefix") != "arXiv":
        content = '<error code="cannotDisseminateFormat">Only arXiv was recorded</error>'
    elif record:
        content = f"<GetRecord>\n{record}\n</GetRecord>"
    else:
        content = '<error code="idDoesNotExist">Nothing matches that identifier</error>'
    return text_reply(_OAI.format(content=content), "text/xml")
