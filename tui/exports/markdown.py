"""A reading list in Markdown: a line for each paper, its abstract below where that is wanted, the reader's own notes.

Everything from outside is escaped so that it shows as the characters that it is (CommonMark 0.31, GitHub's extensions
and the autolinks of common readers among them): a stranger's title makes no link, picture, heading or tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.exports.asked import Item, Options
from tui.exports.keys import plausible_year
from tui.exports.plain import Work, Works, abstract_of
from tui.exports.written import Written
from tui.model import Marks
from tui.patterns import later
from tui.text import clean_lines, clean_written

NAME = "markdown"
LABEL = "Markdown"
SUFFIX = ".md"

MAX_NAMES = 8
"""The longest list of authors that is printed whole."""

_NAMED = 5
_TAB = 4
_DEEPEST = 24
_SIGNS = later(
    r"[\\`*_\[\]<>~|^$#@{}]"
    # What readers take for a link, an entity, a formula, a symbol or a mark by what stands beside it.
    r"|&(?=[#A-Za-z])|!(?=\[)|:(?=[/\w+])|(?<=[\w/])\.(?=\w)|(?<=/)/|/(?=/)|=(?==)|(?<==)=|%(?=%)|(?<=%)%"
)
_BREAK = "\\"
_OPENS = later(r"(\d{1,9})[.)](?=\s|$)|[-+=:]")


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as a list, in their order; one without a title is left out and named."""
    works = Works()
    made = ["\n".join(_lines(work, "abstract" in options.fields)) for work in works.of(items)]
    spaced = any("\n" in each for each in made)
    text = ("\n\n" if spaced else "\n").join(made) + "\n" if made else ""
    return Written(text, len(made), tuple(works.failures), tuple(works.warnings))


def _lines(work: Work, abstract: bool) -> Iterator[str]:
    marks = work.item.paper.marks if work.item.paper else Marks()
    title = escaped(work.title)
    page = work.page.replace("&", "&amp;").replace("(", "%28").replace(")", "%29").replace("*", "%2A")
    said = [f"- [{title}]({page})" if page else f"- {title}", *_about(work)]
    yield " — ".join(part for part in said if part) + _marks(marks)
    if abstract and (text := abstract_of(work.item)):
        yield from ("", *_quoted(text))
    if marks.note:
        yield from ("", *_paragraphs(marks.note))


def _about(work: Work) -> Iterator[str]:
    yield _authors(work)
    year = plausible_year(work.record.year)
    venue = f"*{escaped(work.text('venue'))}*" if work.text("venue") else "arXiv" if work.arxiv else ""
    yield ", ".join(part for part in (venue, str(year or "")) if part)
    yield _code(work.item.key)


def _authors(work: Work) -> str:
    names = [" ".join(part for part in (name.first, name.family, name.suffix) if part) for name in work.authors]
    kept = names if len(names) <= MAX_NAMES else names[:_NAMED]
    left = len(names) - len(kept) + work.record.more_authors
    said = ", ".join(map(escaped, kept))
    if names and (left > 1 or len(kept) < len(names)):
        return f"{said} and {left:,} more"
    return f"{said} et al." if work.unnamed else said


def _marks(marks: Marks) -> str:
    """Return what the reader made of the paper, behind the line: a star, the state, tags."""
    said = ["★"] if marks.starred else []
    said += [marks.state] if marks.state != "new" else []
    said += [f"tags: {', '.join(map(escaped, marks.tags))}"] if marks.tags else []
    return "".join(f" · {part}" for part in said)


def _quoted(text: str) -> Iterator[str]:
    yield from (f"  > {escaped(' '.join(line.split()))}".rstrip() for line in clean_lines(text).split("\n"))


def _paragraphs(note: str) -> Iterator[str]:
    """Yield the note's lines in the item that it belongs to, each of a paragraph but the last with a hard break."""
    lines = [line.rstrip() for line in clean_written(note).expandtabs(_TAB).split("\n")]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        # A blank before a line is nothing, or makes code of it.
        indent = "&nbsp;" * min(len(line) - len(line.lstrip()), _DEEPEST)
        yield f"  {indent}{escaped(line)}{_BREAK if line and below else ''}".rstrip()


def escaped(text: str) -> str:
    """Return *text* as Markdown that shows it as it is, on one line."""
    text = _SIGNS.sub(_entity, " ".join(text.split()))
    if match := _OPENS.match(text):
        return f"{match[1] or ''}\\{text[len(match[1] or '') :]}"
    return text


def _entity(match: re.Match[str]) -> str:
    # Angle brackets and ampersands as entities: the oldest readers know no backslash before them.
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[0], "\\" + match[0])


def _code(key: str) -> str:
    """Return *key* as code, between more backquotes than stand in it."""
    longest = max((len(run) for run in re.findall("`+", key)), default=0)
    pad = " " if key.startswith("`") or key.endswith("`") else ""
    return f"{'`' * (longest + 1)}{pad}{key}{pad}{'`' * (longest + 1)}"
