"""Steps as plain documents, which the library keeps, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tui.desk.seals import broken, seal
from tui.desk.steps import FileChange, Shelved, Step, Turn
from tui.errors import LibraryError
from tui.library.changes import Change, as_document, from_document
from tui.library.steps import MOST_FILE_BYTES, StepDocument
from tui.model import FollowedSource, Issue, SavedSearch
from tui.shapes import plain, restore
from tui.text import clean


def document_of(step: Step) -> StepDocument:
    """Return *step* as it is kept; papers that one and the same thing happened to stand together."""
    alike: dict[str, tuple[Change, list[str]]] = {}
    for name, change in step.changes.items():
        alike.setdefault(repr((change.before, change.after)), (change, []))[1].append(name)
    head: dict[str, Any] = {"label": step.label, "when": step.when}
    if step.final:
        head["final"] = step.final
    contents: dict[str, bytes] = {}
    if step.file:
        contents = {"after": step.file.after} | ({} if step.file.before is None else {"before": step.file.before})
        head["file"] = str(step.file.path)
        if max(map(len, contents.values())) > MOST_FILE_BYTES:
            head["final"] = f"{clean(step.file.path.name, 100)} is too large to be kept as it was"
            contents = {}
        elif sealed := seal(step.file):
            head["seal"] = sealed
        else:
            head["final"] = "the key that shows which files were written here cannot be kept"
            contents = {}
    parts = {
        "changes": [{**as_document(change), "papers": names} for change, names in alike.values()],
        "issues": [{"id": name, **_plain_turn(turn)} for name, turn in step.shelf.items()],
        "searches": [{"name": name, **_plain_turn(turn)} for name, turn in step.searches.items()],
        "sources": [{"id": name, **_plain_turn(turn)} for name, turn in step.sources.items()],
    }
    return StepDocument(head, parts, contents)


def step_of(document: StepDocument) -> Step:
    """Return the step that is kept as *document*. Raises LibraryError where this program cannot understand it."""
    head = document.head
    if unknown := set(document.parts) - {"changes", "issues", "searches", "sources"}:
        names = clean(", ".join(sorted(unknown)), 200)
        raise LibraryError(f"The next step in the history is of a newer paperrack, with {names}.")
    changes: dict[str, Change] = {}
    # Anybody may have written it, in any shape.
    try:
        for each in document.parts.get("changes", ()):
            change = from_document(each)
            changes.update((name, change) for name in _strings(each.get("papers")))
        "".join(changes).encode()  # half a surrogate pair names no paper
        shelf = {str(each["id"]): _turn(each, _shelved) for each in document.parts.get("issues", ())}
        searches = {str(each["name"]): _turn(each, _search) for each in document.parts.get("searches", ())}
        sources = {str(each["id"]): _turn(each, _source) for each in document.parts.get("sources", ())}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, LibraryError) as error:
        why = clean(str(error), 200).rstrip(".")
        raise LibraryError(f"The next step in the history cannot be used: {why}.") from None
    file, left = _file(document)
    final = clean(str(head["final"]), 300) if "final" in head else None
    label, when = clean(str(head.get("label")), 300), clean(str(head.get("when")), 100)
    return Step(label, changes, file, shelf, searches, sources, when, final, left)


def _file(document: StepDocument) -> tuple[FileChange | None, str | None]:
    """Return what the step did to a file, or why that file is left as it is."""
    if "after" not in document.contents:
        return None, None
    head, contents = document.head, document.contents
    file = FileChange(Path(str(head.get("file"))), contents.get("before"), contents["after"])
    if why := broken(file, head.get("seal")):
        return None, f"{clean(str(file.path), 500)} {why} and is left as it is"
    return file, None


def _strings(values: object) -> Iterable[str]:
    return (each for each in values if isinstance(each, str)) if isinstance(values, list) else ()


def _plain_turn(turn: Turn) -> dict[str, Any]:
    return {name: _plain_side(side) for name, side in zip(("before", "after"), turn, strict=True) if side is not None}


def _plain_side(side: Shelved | SavedSearch | FollowedSource) -> dict[str, Any]:
    if isinstance(side, Shelved):
        return {"issue": plain(side.issue), "papers": list(side.papers)}
    shape: dict[str, Any] = plain(side)
    return shape


def _turn(document: Mapping[str, Any], read: Callable[[Any], Any]) -> Turn:
    before, after = (read(document[name]) if name in document else None for name in ("before", "after"))
    return before, after


def _shelved(shape: Any) -> Shelved:
    if not isinstance(shape, Mapping):
        raise ValueError("an issue is an object")
    issue, papers = restore(Issue, shape.get("issue")), tuple(_strings(shape.get("papers")))
    if len(issue.entries) != len(papers):
        raise ValueError("an issue has a paper for each of its entries")
    return Shelved(issue, papers)


def _search(shape: Any) -> SavedSearch:
    return restore(SavedSearch, shape)


def _source(shape: Any) -> FollowedSource:
    return restore(FollowedSource, shape)
