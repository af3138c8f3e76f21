"""BibTeX for 8-bit BibTeX and pdfTeX: entries that are written, read again, compared, and only then handed out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.exports.asked import Item, Options
from tui.exports.keys import is_safe
from tui.exports.latex import unprintable
from tui.exports.written import Written

if TYPE_CHECKING:
    from tui.exports.fields import Draft

NAME = "bibtex"
LABEL = "BibTeX"
SUFFIX = ".bib"

# Wide enough for the longest field, so that entries look alike whatever stands beside them.
_VALUE_COLUMN = 18


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as BibTeX, in their order.

    An entry that has no title, has a key that BibTeX cannot read or that stands there already, or that would not read
    back as it was meant is left out and named in ``failures``.
    """
    from tui.exports.fields import draft

    drafts: dict[str, Draft] = {}
    failures: list[tuple[str, str]] = []
    used: set[str] = set()
    for key, record, *_ in items:
        made = draft(record)
        if made is None:
            failures.append((key, f"{key} has no title and was left out."))
        elif not is_safe(key):
            failures.append((key, f"{key} is no key that BibTeX can read."))
        elif key.lower() in used:
            failures.append((key, f"{key} is the key of another entry, for BibTeX does not tell capitals apart."))
        else:
            drafts[key] = made
            used.add(key.lower())
    text = _checked(drafts, failures)
    warnings = [warning for key, made in drafts.items() for warning in _warnings(key, made)]
    return Written(text, len(drafts), tuple(failures), tuple(warnings))


def _checked(drafts: dict[str, Draft], failures: list[tuple[str, str]]) -> str:
    """Return the entries as text that reads back; those that do not are moved from *drafts* to *failures*."""
    from tui.exports.verify import all_read, fault

    text = _text(drafts)
    if not drafts or all_read(_read(text), drafts):
        return text
    for key, made in list(drafts.items()):
        entries = _read(_text({key: made}))
        why = fault(made, key, entries[0]) if len(entries) == 1 else "it does not read back as one entry"
        if why:
            del drafts[key]
            failures.append((key, f"{key} was left out: {why}."))
    text = _text(drafts)
    if drafts and not all_read(_read(text), drafts):
        failures += [(key, f"{key} was left out: beside the others it does not read back.") for key in drafts]
        drafts.clear()
        return ""
    return text


def _text(drafts: Mapping[str, Draft]) -> str:
    if not drafts:
        return ""
    from tui.exports.verify import enclosed

    parser = _bibtexparser()
    form = parser.BibtexFormat()
    form.indent, form.value_column, form.block_separator, form.trailing_comma = "  ", _VALUE_COLUMN, "\n", True
    entries = [
        parser.model.Entry(made.type, key, [parser.model.Field(name, value) for name, value in enclosed(made).items()])
        for key, made in drafts.items()
    ]
    return str(parser.write_string(parser.Library(entries), unparse_stack=[], bibtex_format=form))


def _read(text: str) -> list[Any]:
    """Return the entries of *text* as another program reads them, in order, their values with their braces."""
    return list(_bibtexparser().parse_string(text, parse_stack=[]).entries)


def _bibtexparser() -> Any:
    """Return bibtexparser, loaded when the first entry is written, for it takes 50 ms."""
    import bibtexparser

    # Warnings on stderr would tear a full-screen program; what does not parse is found by comparing.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return bibtexparser


def _warnings(key: str, made: Draft) -> list[str]:
    printed = [value for name, value in made.values.items() if name not in ("doi", "url")]
    characters = unprintable("".join(printed))
    found = [f"{key}: {remark}." for remark in made.remarks]
    if characters:
        shown = characters if len(characters) <= 20 else characters[:20] + "…"
        found.append(f"{key}: 8-bit BibTeX cannot print {shown}; XeLaTeX or LuaLaTeX can.")
    return found
