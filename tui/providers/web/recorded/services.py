"""How every service but arXiv answers from recordings: the requests that it takes, in its own shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tui.providers.web.recorded.arxiv import arxiv
from tui.providers.web.recorded.asked import Ask, Reply, json_reply, text_reply
from tui.providers.web.recorded.recordings import Recordings

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"()|,]+")


def _datacite(recordings: Recordings, ask: Ask) -> Reply:
    shelf = recordings.datacite
    by_doi = {each["id"].lower(): each for each in shelf.records}
    if name := ask.path.removeprefix("/dois").strip("/"):
        record = by_doi.get(name.lower())
        missing = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
        return json_reply({"data": record}) if record else json_reply(missing, 404)
    query = f"{ask.query.get('query', '')} {ask.query.get('ids', '')}".replace("\\", "")
    if named := _DOI.findall(query):
        found = [by_doi[name.lower()] for name in named if name.lower() in by_doi]
    else:
        found = shelf.nearest(re.sub(r"(?<![a-zA-Z])[a-zA-Z]++\.[a-zA-Z]++:", " ", query), 0.6)
    page = found[: ask.number("page[size]", 25)]
    return json_reply({"data": page, "meta": {"total": len(found), "totalPages": 1, "page": 1}})


def _crossref(recordings: Recordings, ask: Ask) -> Reply:
    shelf = recordings.crossref
    by_doi = {each["DOI"].lower(): each for each in shelf.records}
    path = ask.path.removeprefix("/v1").removeprefix("/works")
    if path.strip("/"):
        record = by_doi.get(path.strip("/").lower())
        message = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": record}
        return json_reply(message) if record else text_reply("Resource not found.", "text/plain", 404)
    if named := re.findall(r"doi:([^,]+)", ask.query.get("filter", "")):
        found = [by_doi[name.lower()] for name in named if name.lower() in by_doi]
    else:
        queries = [value for name, value in ask.query.items() if name.split(".")[0] == "query"]
        found = shelf.nearest(" ".join(queries))
    items = [_selected(each, ask.query.get("select")) for each in found[: ask.number("rows", 20)]]
    message = {"facets": {}, "total-results": len(found), "items": items, "items-per-page": ask.number("rows", 20)}
    return json_reply({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message})


def _selected(record: Mapping[str, Any], fields: str | None) -> dict[str, Any]:
    """Return the *fields* of a record that were asked for (``a,b.c``), all of them where none were named."""
    wanted = {field.split(".")[0] for field in fields.split(",")} if fields else set(record)
    return {name: value for name, value in record.items() if name in wanted}


def _openalex(recordings: Recordings, ask: Ask) -> Reply:
    shelf = recordings.openalex
    by_name = {each["id"].rpartition("/")[2].lower(): each for each in shelf.records}
    by_doi = {each["doi"].removeprefix("https://doi.org/").lower(): each for each in shelf.records if each["doi"]}
    name = ask.path.removeprefix("/works").strip("/").lower()
    if name:
        found = _DOI.search(name)
        record = by_doi.get(found[0]) if found else by_name.get(name)
        return json_reply(record) if record else text_reply("<!doctype html><title>404</title>", "text/html", 404)
    search = ask.query.get("search", "") or ask.query.get("filter", "").partition("title.search:")[2]
    named = [by_doi[each] for each in _DOI.findall(ask.query.get("filter", "").lower()) if each in by_doi]
    results = shelf.nearest(search, 1.0) if search else named
    meta = {"count": len(results), "page": 1, "per_page": ask.number("per-page", 25)}
    return json_reply({"meta": meta, "results": results[: meta["per_page"]], "group_by": []})


def _semantic_scholar(recordings: Recordings, ask: Ask) -> Reply:
    shelf = recordings.semantic_scholar
    by_id = {name.lower(): each for each in shelf.records for name in _names(each)}
    fields = f"paperId,{ask.query.get('fields', 'title')}"
    path = ask.path.removeprefix("/graph/v1/paper").strip("/")
    if path == "batch":
        try:
            ids = json.loads(ask.body)["ids"]
        except (ValueError, KeyError, TypeError):
            return json_reply({"error": "Unrecognized or unsupported fields: []"}, 400)
        found = [by_id.get(str(name).lower()) for name in ids]
        return json_reply([_selected(each, fields) if each else None for each in found])
    if path == "search/match":
        near = shelf.nearest(ask.query.get("query", ""), 0.8)[:1]
        data = [{**_selected(each, fields), "matchScore": 100.0 + len(each["title"])} for each in near]
        return json_reply({"data": data}) if data else json_reply({"error": "Title match not found"}, 404)
    if path == "search":
        near = shelf.nearest(ask.query.get("query", ""))[: ask.number("limit", 10)]
        return json_reply({"total": len(near), "offset": 0, "data": [_selected(each, fields) for each in near]})
    record = by_id.get(path.lower())
    missing = json_reply({"error": f"Paper with id {path} not found"}, 404)
    return json_reply(_selected(record, fields)) if record else missing


def _names(paper: Mapping[str, Any]) -> list[str]:
    """Return what Semantic Scholar takes as the id of a paper."""
    return [paper["paperId"], *(f"{scheme}:{value}" for scheme, value in paper["externalIds"].items())]


def _dblp(recordings: Recordings, ask: Ask) -> Reply:
    if not ask.path.startswith("/search/publ/api"):
        return text_reply("Not Found", "text/html", 404)
    query = ask.query.get("q", "")
    # A word stands for all that begin with it, ``word$`` for itself; a hyphen parts words as a blank does.
    found = recordings.dblp.having(re.findall(r"[^\W_]+\$?", query))
    sent = found[: ask.number("h", 30)]
    total, count = str(len(found)), str(len(sent))
    hits: dict[str, Any] = {"@total": total, "@computed": total, "@sent": count, "@first": "0"}
    if sent:
        hits["hit"] = [
            {"@score": "1", "@id": str(place), "info": info, "url": f"URL#{place}"}
            for place, info in enumerate(sent, 1)
        ]
    status = {"@code": "200", "text": "OK"}
    return json_reply({"result": {"query": query, "status": status, "hits": hits}})


def _openreview(recordings: Recordings, ask: Ask) -> Reply:
    shelf = recordings.openreview
    if ask.path.rstrip("/") == "/notes/search":
        notes = shelf.nearest(ask.query.get("term", "") or ask.query.get("query", ""), 0.6)
    else:
        named = ask.query.get("id") or ask.query.get("forum")
        notes = [note for note in shelf.records if named == note["id"]]
    return json_reply({"notes": notes[: ask.number("limit", 1000)], "count": len(notes)})


def _acl(recordings: Recordings, ask: Ask) -> Reply:
    name = ask.path.strip("/")
    entry = recordings.acl.get(name.removesuffix(".bib")) if name.endswith(".bib") else None
    return text_reply(entry + "\n", "application/x-bibtex") if entry else text_reply("404", "text/html", 404)


def _huggingface(recordings: Recordings, ask: Ask) -> Reply:
    paper = re.fullmatch(r"/api/papers/([^/]+)", ask.path)
    repos = re.fullmatch(r"/api/arxiv/([^/]+)/repos", ask.path)
    name, kind = (paper[1], "papers") if paper else (repos[1], "repos") if repos else ("", "papers")
    record = recordings.huggingface.get(kind, {}).get(name)
    return json_reply(record) if record else json_reply({"error": "Paper not found"}, 404)


def _github(recordings: Recordings, ask: Ask) -> Reply:
    record = recordings.github.get(ask.path.removeprefix("/repos/").strip("/").lower())
    return json_reply(record) if record else json_reply({"message": "Not Found", "status": "404"}, 404)


def _unpaywall(recordings: Recordings, ask: Ask) -> Reply:
    if "@" not in ask.query.get("email", ""):
        return json_reply({"error": True, "HTTP_status_code": 422, "message": "Please use your own email"}, 422)
    record = recordings.unpaywall.get(ask.path.removeprefix("/v2/").lower())
    return json_reply(record) if record else json_reply({"error": True, "HTTP_status_code": 404}, 404)


ANSWERS: Mapping[str, Callable[[Recordings, Ask], Reply]] = {
    "arxiv": arxiv,
    "datacite": _datacite,
    "crossref": _crossref,
    "openalex": _openalex,
    "semantic_scholar": _semantic_scholar,
    "dblp": _dblp,
    "openreview": _openreview,
    "acl": _acl,
    "huggingface": _huggingface,
    "github": _github,
    "unpaywall": _unpaywall,
}
"""How each service answers, by its provider's name."""
