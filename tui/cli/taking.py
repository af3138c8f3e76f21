"""The commands that take papers along: to stdout, a file, the clipboard, or into a ``.bib`` file; and their keys."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping

from tui.cli import output, streams
from tui.cli.details import chosen, look_up
from tui.desk import Desk
from tui.desk.into import Preview
from tui.desk.marking import count
from tui.errors import LibraryError
from tui.text import clean


def export(desk: Desk, words: argparse.Namespace) -> int:
    """Write papers in a format, to stdout, a file, the clipboard, or into a .bib file."""
    if not words.papers and not words.issue and words.query is None and not words.marked:
        streams.narrate("Name papers, or an --issue, a --query or --marked; --query '' is every paper.")
        return 2
    if wrong := _misused(desk, words):
        streams.narrate(wrong)
        return 2
    if why := in_the_way(desk, words):
        streams.narrate(why)
        return 1
    names, failed = chosen(desk, words)
    if words.fetch:
        look_up(desk, names)
    names = list(dict.fromkeys(map(desk.rack.canonical, names)))
    if words.into is not None:
        return _into(desk, words, names) or failed
    return write(desk, words, names) or failed


def _misused(desk: Desk, words: argparse.Namespace) -> str | None:
    """Return what is wrong with how the options stand together, None where nothing is."""
    into = words.into is not None
    known = [format.name for format in desk.exporting.formats()]
    if words.force and not words.output:
        return "--force belongs to --output FILE; name the file."
    if (words.check or words.replace) and not into:
        return "--check and --replace belong to --into FILE; name the file."
    if into and (words.output or words.copy):
        return "Either --into, or --output, or --copy: one way out at a time."
    if words.format not in known:
        return f"There is no export called {words.format}; there are {', '.join(known)}."
    if into and words.format not in ("bibtex", "biblatex"):
        return f"A .bib file holds BibTeX or BibLaTeX, and not {words.format}."
    return None


def in_the_way(desk: Desk, words: argparse.Namespace) -> str | None:
    """Return why nothing is written to the file that --output names, None where it can be."""
    if not words.output or words.force or not desk.saving.in_the_way(words.output):
        return None
    name = clean(words.output, 200)
    adds = f"--into {name} adds to it, and " if words.command == "export" and name.lower().endswith(".bib") else ""
    return f"{name} is there already; {adds}--force replaces it."


def _into(desk: Desk, words: argparse.Namespace, names: Iterable[str]) -> int:
    fields = fields_in(words)
    preview = desk.into.preview(names, words.into, words.replace, fields, words.format)
    for sentence in (*preview.failures, *preview.warnings):
        streams.narrate(sentence)
    for each in preview.there:
        if each.richer and each.key.lower() not in {name.lower() for name in words.replace}:
            streams.narrate(f"{each.key} could be richer: {each.richer} --replace {each.key} takes it.")
    if words.json:
        output.write_json(_document(preview))
    elif words.check:
        streams.write(preview.diff)
    if words.check:
        streams.narrate(preview.sentence)
        return int(preview.changed or bool(preview.failures))
    streams.narrate(desk.into.write(preview))
    desk.library.flush()
    return int(bool(preview.failures))


def _document(preview: Preview) -> dict[str, object]:
    return {
        "path": str(preview.path),
        "changed": preview.changed,
        "added": list(preview.added),
        "there": [{"key": each.key, "item": each.item, "by": each.by, "richer": each.richer} for each in preview.there],
        "keys": {preview.names[key]: there for key, there in preview.merge.keys.items()},
        "failures": list(preview.failures),
        "warnings": list(preview.warnings),
        "diff": preview.diff,
    }


def fields_in(words: argparse.Namespace) -> tuple[str, ...] | None:
    """Return the fields that --fields names, None where the settings choose them."""
    if words.fields is None:
        return None
    return tuple(name.strip() for name in words.fields.split(",") if name.strip())


def write(desk: Desk, words: argparse.Namespace, names: Iterable[str]) -> int:
    """Write the papers where the words say."""
    exporting = desk.exporting
    taken = exporting.export(names, words.format, fields_in(words))
    for sentence in (*taken.failures, *taken.warnings):
        streams.narrate(sentence)
    if words.json:
        output.write_json(output.export(taken))
    if not taken.count:
        streams.narrate("There is nothing to write.")
        return 1
    if words.output:
        name = clean(words.output, 200)
        desk.saving.save(taken.text, words.output, f"{count(taken.count, 'entry')} written to {name}")
        streams.narrate(f"{count(taken.count, 'entry')} written to {words.output}.")
    elif words.copy:
        streams.narrate(exporting.said(taken, exporting.copy(taken.text)))
    elif not words.json:
        streams.write(taken.text)
    if not words.copy and (caution := exporting.caution(taken)):
        streams.narrate(f"{caution}.".capitalize())
    _keep_keys(desk, taken.keys)
    return int(bool(taken.failures))


def _keep_keys(desk: Desk, keys: Mapping[str, str]) -> None:
    """Keep the keys that were given out; the entries are written all the same where the library cannot."""
    try:
        desk.exporting.keep_keys(keys)
        desk.library.flush()
    except LibraryError as error:
        streams.narrate(str(error))


def key(desk: Desk, words: argparse.Namespace) -> int:
    """Say a paper's citation key, or give it one."""
    name = desk.paper(words.paper).id
    if words.key is not None:
        streams.narrate(desk.exporting.set_key(name, words.key))
        desk.library.flush()
    found = desk.exporting.keys([name])[name]
    if words.json:
        output.write_json(output.paper(desk, desk.rack.paper(name), found))
    elif words.key is None:
        streams.say(found)
    return 0
