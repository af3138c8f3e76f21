"""Papers by the hundred thousand that look as real ones do, always the same ones for the same number and seed.

Titles and abstracts are words drawn by Zipf's law; a paper has an arXiv id, a DOI or both, an Anthology or OpenReview
id, or none; issues come from forty series, a week apart; 8 % of the papers stand in two issues, 30 % were handled by
the reader, 5 % looked up. There are three issues to a hundred papers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import platformdirs

from tests.bench.shelf import Head, Mentioned, Work, heads, works
from tui.desk.editions import slug
from tui.desk.intake import Source
from tui.model import Choices, Entry, Issue, Marks
from tui.shapes import plain

_FORMATS = ("newsletter", "links")
_TELLING = (
    "tests/bench/papers.py", "tests/bench/shelf.py", "tests/bench/drawing.py", "tests/bench/words.py",
    "tests/bench/words.txt", "tui/library/documents.py", "tui/catalogue/schema.py",
)  # fmt: skip
"""The files that say what a library of these papers looks like: where one of them changes, it is made anew."""


__all__ = ["Work", "as_json", "build", "document", "heads", "issues", "kept", "linked", "make", "sources", "works"]


def sources(papers: int, seed: int = 7) -> Iterator[Source]:
    """Yield each issue as a source that was read, with the marks and look-ups of the papers that are new in it."""
    shelf = heads(papers)
    waiting: defaultdict[int, list[Entry]] = defaultdict(list)
    drawn = works(papers, seed)
    for head in shelf:
        entries, marks, asked = [], {}, {}
        for index, work in zip(range(head.size), drawn, strict=False):
            entries.append(work.mentions[0].entry)
            for other in work.mentions[1:]:
                waiting[other.head.place].append(other.entry)
            if work.marks:
                marks[0, index] = work.marks
            if work.inquiry:
                asked[0, index] = (work.inquiry, Choices())
        entries += waiting.pop(head.place, [])
        yield Source(head.title, (_issue(head, tuple(entries)),), marks=marks, asked=asked)


def issues(papers: int, seed: int = 7) -> Iterator[Issue]:
    """Yield the issues that name *papers* papers, oldest first."""
    return (source.issues[0] for source in sources(papers, seed))


def _issue(head: Head, entries: tuple[Entry, ...]) -> Issue:
    text = "\n\n".join(
        f"{index}. {entry.title or 'Untitled'}\n{', '.join(entry.authors)}\n"
        + "\n".join(link.url for link in entry.links)
        for index, entry in enumerate(entries, 1)
    )
    return Issue(
        id="",
        title=head.title,
        entries=entries,
        format=_FORMATS[head.place % len(_FORMATS)],
        series=head.series,
        number=str(head.number),
        date=head.date.isoformat(),
        introduction=f"{len(entries)} papers that were read here this week, the shorter ones first.",
        source=f"{head.id}.txt",
        text=f"{head.title}\n\n{text}\n",
    )


def as_json(papers: int, seed: int = 7) -> Iterator[str]:
    """Yield the list that ``papers --json`` prints of *papers* papers, a piece a paper."""
    for number, work in enumerate(works(papers, seed)):
        yield ("[\n" if number == 0 else ",\n") + json.dumps(document(work), ensure_ascii=False)
    yield "\n]\n"


def document(work: Work) -> dict[str, object]:
    """Return one paper in the shape of the contract."""
    entry, marks = work.mentions[0].entry, work.marks or Marks()
    scheme, value = next(iter(entry.identifiers.items()), ("title", slug(entry.title or "untitled")))
    shape = _printed(entry)
    said = plain(work.inquiry) if work.inquiry else None
    return {
        "id": f"{scheme}:{value}",
        "position": work.mentions[-1].position,
        **shape,
        "issues": [mention.head.id for mention in reversed(work.mentions)],
        "marked": marks.marked,
        "read": marks.read,
        "starred": marks.starred,
        "tags": list(marks.tags),
        "note": marks.note,
        "key": marks.key,
        "state": marks.state,
        "mentions": [_mention(mention) for mention in reversed(work.mentions)],
        "record": None if said is None else said["answers"][0]["record"],
        "details": said and {"fields": {}, "versions": [], "failures": [], **said},
    }


def _mention(mention: Mentioned) -> dict[str, object]:
    head = mention.head
    return {
        "issue": head.id,
        "issue_title": head.title,
        "series": head.series,
        "number": str(head.number),
        "issue_date": head.date.isoformat(),
        "position": mention.position,
        "submitter": None,
        **_printed(mention.entry),
    }


def _printed(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "authors": list(entry.authors),
        "more_authors": entry.more_authors,
        "year": entry.year,
        "date": entry.date,
        "venue": entry.venue,
        "abstract": entry.abstract,
        "identifiers": dict(entry.identifiers),
        "links": [{"rel": link.rel, "url": link.url} for link in entry.links],
        "sections": [{"heading": section.heading, "text": section.text} for section in entry.sections],
        "posts": [
            {"author": post.author, "handle": post.handle, "date": post.date, "text": post.text} for post in entry.posts
        ],
        "categories": list(entry.categories),
        "metrics": dict(entry.metrics),
    }


def make(folder: Path, papers: int) -> Path:
    """Make a library of *papers* papers in *folder*, which is not there yet, and return it.

    The desk builds it once a machine; later ones are linked to that, file by file, where the file system allows it:
    the library replaces its files and never writes into one. What is written in place is copied.
    """
    source = kept(papers)
    shutil.copytree(source, folder, copy_function=linked)
    return folder


def kept(papers: int) -> Path:
    """Return the library of *papers* papers that others are made from; whoever opens it leaves it as it was."""
    root = Path(__file__).resolve().parents[2]
    said = b"".join((root / name).read_bytes() for name in _TELLING if (root / name).exists())
    home = Path(platformdirs.user_cache_path("paperrack-bench", ensure_exists=True))
    place = home / f"{papers}-{hashlib.sha256(said).hexdigest()[:12]}"
    if not place.exists():
        for old in home.glob(f"{papers}-*"):
            shutil.rmtree(old)
        made = Path(mkdtemp(prefix="making-", dir=home))
        try:
            build(made / "library", papers)
            # Somebody else may have made the same meanwhile.
            if not place.exists():
                (made / "library").rename(place)
        finally:
            shutil.rmtree(made)
    return place


def build(folder: Path, papers: int) -> None:
    """Make a library of *papers* papers in *folder*, through the desk; it is on the disk when all of it is."""
    from tui.desk import Desk
    from tui.library import Library
    from tui.library.atomic import System
    from tui.settings import Settings

    with Desk(Library(folder, system=System(fsync=lambda _: None)), Settings()) as desk:
        for source in sources(papers):
            desk.take(source)
    os.sync()


def linked(old: str, new: str) -> None:
    """Put the file *old* at *new* too; what is written in place, or lies elsewhere, is copied."""
    name = Path(old).name
    if name.startswith("index.sqlite") or name == "lock" or "history" in Path(old).parts:
        shutil.copy2(old, new)
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
