# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""Files of the reader and of the library, as somebody else may have written them: settings, issues, shards, steps."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.fuzz import laws
from tests.fuzz.target import Target, text_of
from tui.desk.step_documents import document_of, step_of
from tui.desk.steps import Step
from tui.errors import LibraryError, PaperrackError, SettingsError
from tui.library import PaperState
from tui.library.backups.manifest import read_manifest
from tui.library.documents import read_issue
from tui.library.migrations import STEPS, united
from tui.library.names import details_file, shard_file
from tui.library.search_file import read_searches
from tui.library.shards import read_details, read_states, shard_of
from tui.library.source_file import read_sources
from tui.library.steps import StepDocument, read_step, write_step
from tui.library.storage import parsed, serialised
from tui.model import Choices, Entry, Inquiry, Issue, Marks
from tui.screens import keymap
from tui.settings import load
from tui.shapes import plain, restore

PAPER = "arxiv:1706.03762"
_STORED = Path(__file__).resolve().parents[1] / "library" / "stored" / "schema1"


@lru_cache(maxsize=1)
def _folder() -> Path:
    """Return a folder of this process, which goes when it does."""
    _KEPT.append(made := tempfile.TemporaryDirectory(prefix="paperrack-fuzz-"))
    return Path(made.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _written(data: bytes, name: str = "file.json") -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def settings(data: bytes) -> None:
    """Read the settings and the keys in them: refused in a sentence with the line, or all of them usable."""
    try:
        found = load(_written(data, "config.toml"))
        keys = keymap.of(found)
    except SettingsError as error:
        laws.sentence(error)
        return
    laws.law(keys.bindings(), "a map has keys")
    for each in dataclasses.fields(found):
        laws.law(getattr(found, each.name) is not None or each.name == "file", "a setting has a value")


def _read(read: Callable[[Path], Any]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            found = read(_written(data))
        except LibraryError as error:
            laws.clean_text(str(error), "a phrase")
            return
        except ValueError as error:
            laws.law(read is _manifest and str(error) is not None, "only a manifest is refused so")
            return
        laws.clean(_unknown_aside(found))

    return run


def _unknown_aside(found: Any) -> Any:
    """Return *found* without what this program does not know, which is kept as it is and never shown."""
    if isinstance(found, tuple):
        return tuple(map(_unknown_aside, found))
    states = getattr(found, "states", None)
    if states is not None:
        return [(state.marks, state.choices) for state in dict(states).values()]
    return getattr(
        found,
        "issue",
        found
        if dataclasses.is_dataclass(found)
        and not isinstance(found, type)
        and type(found).__name__ in ("FollowedSource", "SavedSearch")
        else (),
    )


def _manifest(path: Path) -> object:
    return read_manifest(path.read_bytes())


def shards(data: bytes) -> None:
    """Read what the reader did with papers; what is kept of that is read as the same."""
    path = _written(data)
    try:
        found, _ = read_states(path, shard_file(PAPER))
    except LibraryError as error:
        laws.clean_text(str(error), "a phrase")
        return
    states = dict(found.states)
    for state in states.values():
        laws.clean(state.marks)
        laws.clean(state.choices)
        laws.kept_whole(state.marks)
        laws.kept_whole(state.choices)
    laws.same(parsed(shard_of(states))[2], True, "a shard is written soundly")


def migrated(data: bytes) -> None:
    """Bring a file of an older schema to this one's: nothing is raised, and every document is somewhere."""
    try:
        tables, _, _ = parsed(data)
    except LibraryError as error:
        laws.clean_text(str(error), "a phrase")
        return
    held = {name: table for name, table in tables.items() if name != "_meta"}
    made = STEPS[1](shard_file(PAPER), held)
    for name, new in made.items():
        laws.same(parsed(serialised(new))[0].keys() - {"_meta"}, new.keys(), f"{name.split('/')[0]} is written whole")
        united(new, held)


def shapes(data: bytes) -> None:
    """Make objects of the model of JSON of any shape; what was made is kept as it is."""
    try:
        value = json.loads(text_of(data))
    except (ValueError, RecursionError):
        return
    for kind in (Issue, Entry, Marks, Choices, Inquiry):
        try:
            made = restore(kind, value)
        except ValueError:
            continue
        laws.clean(made)
        laws.kept_whole(made)


def history(data: bytes) -> None:
    """Read a step of the history and take it back: refused in a sentence, or done."""
    try:
        value = json.loads(text_of(data))
    except (ValueError, RecursionError):
        return
    if not isinstance(value, dict):
        return
    parts = {
        str(name): [each for each in part if isinstance(each, dict)]
        for name, part in value.items()
        if isinstance(part, list)
    }
    head = value.get("head")
    try:
        step = step_of(StepDocument(head if isinstance(head, dict) else {}, parts))
    except LibraryError as error:
        laws.sentence(error)
        return
    laws.clean_text(step.label, "a step's label")
    _taken_back(step)
    again = step_of(document_of(step))
    laws.same(again.changes, step.changes, "a step that was kept is the same step")


def _taken_back(step: Step) -> None:
    state = PaperState(Marks(marked=True, tags=("a", "b"), note="n"), Choices(values={"title": "T"}))
    for back in (True, False):
        try:
            for made in step.states(lambda _: state, back).values():
                laws.clean(made.marks)
                laws.clean(made.choices)
            step.issues(lambda _: None, back)
            step.saved({}, back)
            step.followed({}, back)
        except PaperrackError as error:
            laws.sentence(error)


def step_files(data: bytes) -> None:
    """Read a step's two files, of which the second begins behind the first line that is empty."""
    first, _, second = data.partition(b"\n\n")
    path, beside = _written(first, "step.json"), _written(second, "step.bytes")
    try:
        read_step(path, beside)
    except (LibraryError, FileNotFoundError) as error:
        laws.law(isinstance(error, LibraryError), "a step that is there is found")


def _issue() -> Issue:
    return Issue(
        "a", "T", (Entry("A title", ("Ada Lovelace",), abstract="One.\nTwo.", identifiers={"arxiv": "2010.10915"}), Entry("B")), "newsletter", number="7",
        date="2024-05-01", text="a\nb",
    )  # fmt: skip


def _issues() -> Iterator[bytes]:
    yield (_STORED / "issues" / "sounds-1.json").read_bytes()
    documents = {
        str(number): {"entry": plain(entry), "paper": PAPER} for number, entry in enumerate(_issue().entries, 1)
    }
    whole = {name: value for name, value in plain(_issue()).items() if name != "entries"}
    yield serialised({"issue": {"1": whole}, "entries": documents})
    yield b'{"_meta": {"1": {"schema": 1}}, "issue": {"1": {"id": "a", "title": "T"}}, "entries": {"1": {"paper": "a", "entry": {"title": "B"}}}}'


def _shards() -> Iterator[bytes]:
    marks = Marks(marked=True, state="read", tags=("ml", "x"), note="a\n b", key="k2020")
    yield shard_of({PAPER: PaperState(marks, Choices(values={"title": "T"}, taken=("crossref:1",)))})
    yield (_STORED / "papers" / "a1.json").read_bytes()
    yield (
        b'{"_meta": {"1": {"schema": 1}}, "papers": {"1": {"id": "arxiv:1706.03762", "marks": {"marked": true}, "inquiry": {"answers": [{"provider": "p", "id":'
        b' "1"}]}, "new": 1, "choices": {"values": {"year": "2020"}}, "merged_into": "a"}, "2": {"id": "b"}}}'
    )


def _details() -> Iterator[bytes]:
    yield b'{"_meta": {"1": {"schema": 2}}, "details": {"1": {"id": "arxiv:1706.03762", "inquiry": {"answers": [{"provider": "p", "id": "1"}], "waiting": true}}}}'


def _sources() -> Iterator[bytes]:
    yield b'{"_meta": {"1": {"schema": 2}}, "sources": {"1": {"id": "1", "url": "https://a.example/", "visits": {"seen": ["x"], "failures": 2}}}, "round": {"1": {"begun": "2024-05-01T00:00:00Z"}}}'


def _searches() -> Iterator[bytes]:
    yield b'{"_meta": {"1": {"schema": 2}}, "searches": {"1": {"name": "n", "query": "year:2020", "order": "issue"}}}'


def _steps() -> Iterator[bytes]:
    yield json.dumps(
        {
            "head": {"label": "starred", "when": "2024-05-01T00:00:00Z"},
            "changes": [{"before": {"marks.starred": False, "marks.tags": ["a"], "merged_into": None}, "after": {"marks.starred": True, "marks.tags": ["a", "b"], "merged_into": "x"}, "papers": ["p", "q"]}],
            "issues": [{"id": "a", "before": {"issue": plain(_issue()), "papers": ["p", "q"]}}],
            "searches": [{"name": "n", "before": {"name": "n", "query": "q"}, "after": {"name": "n", "query": "r"}}],
            "sources": [{"id": "1", "after": {"id": "1", "url": "https://a.example/"}}],
        }
    ).encode()  # fmt: skip


def _step_files() -> Iterator[bytes]:
    path, beside = _folder() / "seed-step.json", _folder() / "seed-step.bytes"
    write_step(
        path,
        beside,
        StepDocument(
            {"label": "x", "when": "2024"}, {"changes": [{"papers": ["p"]}]}, {"after": b"abc", "before": b""}
        ),
    )
    yield path.read_bytes() + b"\n\n" + beside.read_bytes()


def _settings() -> Iterator[bytes]:
    yield (
        b'[library]\npath = "x"\n\n[appearance]\n\n[network]\ncontact = "a@b.example"\noffline = true\nallow = ["http://127.0.0.1:8000"]\n\n[bibtex]\n'
        b'fields = ["abstract", "-url"]\nencoding = "unicode"\nkey = "{author}{year}"\n\n[keys]\npreset = "emacs"\nquit = "ctrl+q, q q"\n'
        b'[providers.crossref]\nenabled = false\nkey_env = "X"\nbase_url = "https://a.example/"\n'
    )
    yield b'keys = {mark = "space", "undo" = "u,ctrl+z"}\nproviders = {}\n[pdf]\nfolder = "~/p"\npattern = "{author} {title}"\nopen = "xdg-open x"\n[sources]\ninterval = 60\n'


def _manifests() -> Iterator[bytes]:
    yield b'{"archive": 1, "schema": 2, "date": "2024-05-01", "documents": {"issues/a.json": [9, "00ff", 1, 2]}, "older": {"a": "00"}}'


_JSON = (
    '"id"',
    '"_meta"',
    '"schema"',
    '"checksum"',
    '"papers"',
    '"inquiry"',
    '"marks"',
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "1e999",
    "NaN",
    '"1"',
)
_TOML = (
    "[", "]", "[[", "=", '"', "'", '"""', "#", "\\u0000", "inf", "nan", "1_0", "2024-01-01", "true", "[keys]", "preset", "ctrl+", "shift+", "space", "comma", "none", "f13",
    "{", "}", ",", ".", "a.b.c", "\\", "0x", "[library]", "folder", "~nobody", "ctrl+ctrl+a", "escape", "upper_a", "\x00",
)  # fmt: skip
TARGETS = (
    Target("settings", settings, (), _settings, _TOML, weight=2),
    Target("file-issue", _read(lambda path: read_issue(path, "issues/a.json")), (), _issues, _JSON, "json"),
    Target("file-states", shards, (), _shards, _JSON, "json"),
    Target("file-details", _read(lambda path: read_details(path, details_file(PAPER))), (), _details, _JSON, "json"),
    Target("file-sources", _read(lambda path: tuple(read_sources(path).sources.values())), (), _sources, _JSON, "json"),
    Target("file-searches", _read(read_searches), (), _searches, _JSON, "json"),
    Target("file-manifest", _read(_manifest), (), _manifests, _JSON, "json"),
    Target("file-step", step_files, (), _step_files, _JSON),
    Target("migration", migrated, (), _shards, _JSON, "json"),
    Target("shapes", shapes, (), _steps, _JSON, "json"),
    Target("history", history, (), _steps, _JSON, "json"),
)
