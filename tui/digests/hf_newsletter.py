"""The newsletter on Hugging Face's daily papers that keeps each paper as YAML: title, link, summary, opinion, tags.

Its repository (deep-diver/hf-daily-paper-newsletter) has a file for each paper; several in one file, between ``---``
or as a list, are an issue a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.digests import flat_yaml
from tui.digests.bylines import split_names
from tui.digests.dates import day_range, feed_date
from tui.digests.document import Document
from tui.digests.flat_yaml import Facts
from tui.identifiers import find_urls, identify, relation, same_address, urlsplit_or_none
from tui.model import Entry, Issue, Link, Remark, Section
from tui.text import clean

NAME = "hf-newsletter"
LABEL = "Hugging Face newsletter (YAML)"
SERIES = "HF Daily Paper Newsletter"

_OWN = frozenset(("summary", "opinion", "tags", "thumbnail", "poster_path"))
_HUB = re.compile(r"https?://(?:[\w-]{1,60}\.)?(?:huggingface\.co|hf\.co)/")
_FIRST = re.compile(r"\s*(?:#[^\n]{0,500}\n\s*|---\s){0,20}-?\s{0,9}[\"']?[A-Za-z_]{2,30}[\"']?\s?:")
_ADDRESSES = ("link", "url", "paper", "thumbnail", "poster_path", "poster", "code", "github", "project")
_UNFILLED = frozenset(("", "placeholder", "todo", "tbd", "none", "null", "n/a", "~"))
_HEADINGS = {"summary": "Summary", "opinion": "Opinion"}


def recognises(document: Document) -> bool:
    """Return whether *document* begins with a mapping of a paper's title, its page at Hugging Face, and words on it."""
    text = document.text
    if document.markup == "html" or not _FIRST.match(text) or not _HUB.search(text, 0, 100_000):
        return False
    # A page of Markdown has front matter too; words that are no facts follow it.
    first = flat_yaml.read(text[:100_000])[:1]
    return bool(first) and _is_paper(first[0]) and len(first[0].left) <= len(first[0].values)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return an issue for each day, or one that is named after its paper where it holds one alone."""
    days: dict[str | None, list[Entry]] = {}
    remarks: list[Remark] = []
    for facts in flat_yaml.read(document.text):
        remarks += [Remark(line, clean(words, 500), why) for line, words, why in facts.left]
        entry = _entry(facts)
        if entry.title or entry.identifiers or entry.links or entry.sections:
            days.setdefault(feed_date(facts.text("date")), []).append(entry)
        else:
            words = ", ".join(f"{name}: {facts.text(name)}" for name in facts.values)
            remarks.append(Remark(facts.line, clean(words, 500), "names no paper"))
    # One report: what was not understood is said with the first issue.
    issues = [_issue(document, day, entries) for day, entries in days.items()]
    if issues:
        issues[0] = replace(issues[0], text=document.text if len(issues) == 1 else "", warnings=tuple(remarks))
    return tuple(issues)


def _is_paper(facts: Facts) -> bool:
    stated = " ".join(facts.text(name) for name in _ADDRESSES)
    return bool(facts.text("title")) and bool(_HUB.search(stated)) and not _OWN.isdisjoint(facts.values)


def _entry(facts: Facts) -> Entry:
    own = facts.text("link") or facts.text("url") or facts.text("paper")
    known = identify(own) or identify(facts.text("thumbnail"))
    names, more = split_names(facts.text("authors") or facts.text("author"))
    return Entry(
        title=facts.text("title") or None,
        authors=names,
        more_authors=more,
        date=feed_date(facts.text("date")),
        identifiers=dict([known]) if known else {},
        links=tuple(_links(facts)),
        sections=tuple(_sections(facts)),
        categories=tuple(dict.fromkeys(clean(tag, 100) for tag in facts.values.get("tags", ()))),
        line=facts.line,
    )


def _links(facts: Facts) -> Iterator[Link]:
    """Yield every address once: the paper's own, then those that other names and texts state."""
    seen: set[str] = set()
    names = [*(name for name in _ADDRESSES if name in facts.values), *facts.values]
    for name in dict.fromkeys(names):
        for text in facts.values[name]:
            for found in find_urls(text):
                url = found.url or ""
                if urlsplit_or_none(url) and same_address(url) not in seen:
                    seen.add(same_address(url))
                    yield Link(url, relation(url, name if name in _ADDRESSES else ""))


def _sections(facts: Facts) -> Iterator[Section]:
    """Yield the newsletter's own words; what it names otherwise stands under that name."""
    taken = {"title", "author", "authors", "date", "tags"}
    for name in facts.values:
        text = "\n".join(facts.values[name])
        if name in taken or text.lower() in _UNFILLED or (name in _ADDRESSES and text.startswith("http")):
            continue
        yield Section(_HEADINGS.get(name, name.replace("_", " ").capitalize()), text)


def _issue(document: Document, day: str | None, entries: Sequence[Entry]) -> Issue:
    alone = entries[0].title if len(entries) == 1 else None
    return Issue(
        id="",
        title=alone or (f"{SERIES}, {day_range((day,))}" if day and len(day) == 10 else SERIES),
        entries=tuple(entries),
        format=NAME,
        series=SERIES,
        date=day,
        address=document.address,
        source=document.source,
    )
