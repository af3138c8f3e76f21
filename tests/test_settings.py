"""The reader's settings: defaults, every key of the file, and one clear sentence for whatever is wrong in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as fewer
from hypothesis import strategies as st

from tui.errors import SettingsError
from tui.settings import PROVIDERS, Paths, Provider, Settings, load, locate
from tui.toml_file import line_of

WHOLE = """\
[library]
path = "papers"

[appearance]
theme = "nord"
symbols = "ascii"
density = "compact"

[keys]
copy-bibtex = "b,ctrl+b"
copy-key = "y y"

[network]
contact = "you@example.org"
offline = true
allow = [
  "http://127.0.0.1:8080",
  "http://[::1]:9000",
]

[pdf]
folder = "~/pdfs"
pattern = "{key}"
open = "zathura"

[sources]
interval = 30

[providers.arxiv]
enabled = false
base_url = "http://127.0.0.1:8080/arxiv"
key_env = "ARXIV_KEY"
key_file = "keys/arxiv"
pace = 0.5

[providers.crossref]
pace = 1

[bibtex]
key = "{author:2}_{year}"
encoding = "unicode"
fields = ["abstract", "isbn"]
prefer = "ask"

[details]
auto = true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refused(file: Path, text: str) -> str:
    """The sentence by which *text* is refused, without the name of the file."""
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file)
    sentence = str(caught.value)
    assert sentence.startswith(f"{file}, line ")
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    return sentence.removeprefix(f"{file}, ")


def test_every_key_of_the_documented_file_is_read(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    found = load(file)
    assert found.library.path == file.parent / "papers"
    assert (found.appearance.theme, found.appearance.symbols, found.appearance.density) == ("nord", "ascii", "compact")
    assert found.keys == {"copy-bibtex": "b,ctrl+b", "copy-key": "y y"}
    assert (found.network.contact, found.network.offline) == ("you@example.org", True)
    assert found.network.allow == ("http://127.0.0.1:8080", "http://[::1]:9000")
    assert (found.pdf.folder, found.pdf.pattern, found.pdf.open) == (Path.home() / "pdfs", "{key}", "zathura")
    assert found.sources.interval == 30
    assert found.provider("arxiv") == Provider(
        False, "http://127.0.0.1:8080/arxiv", "ARXIV_KEY", file.parent / "keys" / "arxiv", 0.5
    )
    assert found.provider("crossref") == Provider(pace=1)
    assert found.provider("dblp") == Provider()
    assert (found.bibtex.key, found.bibtex.encoding, found.bibtex.prefer) == ("{author:2}_{year}", "unicode", "ask")
    assert found.bibtex.fields == ("abstract", "isbn")
    assert found.details.auto is True
    assert found.file == file


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\ufeff[details]\r\nauto = false\r\n"])
def test_a_file_that_sets_nothing_leaves_the_defaults(file: Path, text: str) -> None:
    file.write_text(text, "utf-8", newline="")
    found = load(file)
    assert (found.appearance, found.keys, found.network) == (Settings().appearance, {}, Settings().network)
    assert found.library.path == Paths.of_platform().library


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_can_be_set(file: Path, name: str) -> None:
    file.write_text(f"providers.{name}.enabled = false\n", "utf-8")
    assert load(file).provider(name) == Provider(enabled=False)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[appearence]\n", 1, ['no "appearence" in the settings', "details", "did you mean appearance?"]),
        (
            "\n[appearance]\nthem = 'x'",
            3,
            ['no "them" in [appearance]', "density, symbols and theme", "did you mean theme?"],
        ),
        ("[appearance]\ndensity = 'dense'", 2, ["[appearance] density", '"comfortable" or "compact"', 'not "dense"']),
        ("appearance = { density = 3 }", 1, ["[appearance] density", "not 3"]),
        ("appearance.density = []", 1, ["[appearance] density", "not []"]),
        ("appearance = 3", 1, ["[appearance] must be a table, not 3"]),
        ("[details]\n# auto = 1\nauto = 1", 3, ["true or false", "not 1"]),
        (f"[sources]\ninterval = {'9' * 5001}", 1, ["a value cannot be read"]),
        (f"[sources]\ninterval = 0x{'f' * 5001}", 2, ["a number of minutes", "not a number of thousands of digits"]),
        ("[library]\npath = '~nobody-of-this-name/x'", 2, ["[library] path", "home folder"]),
        ("[sources]\ninterval = true", 2, ["a whole number", "not true"]),
        ("[sources]\ninterval = 0", 2, ["minutes from 1 on", "not 0"]),
        ("[network]\noffline = 'no'", 2, ["true or false", 'not "no"']),
        ("[network]\ncontact = 'nobody'", 2, ["an e-mail address"]),
        ("[network]\ncontact = 'a@b.c\\n'", 2, ["an e-mail address"]),
        ('[network]\ncontact = "a@b.c\\nx: y"', 2, ["an e-mail address"]),
        ("[network]\nallow = 'http://127.0.0.1'", 2, ["a list of texts"]),
        ("[network]\nallow = [\n'http://a.b/c',\n]", 2, ["a list of origins"]),
        ("[network]\nallow = ['file:///etc']", 2, ["a list of origins"]),
        ("[keys]\nquit = 3", 2, ["[keys] quit", "a text in quotes"]),
        ("[keys]\nquit = ''", 2, ["[keys] quit", "not empty"]),
        ("[providers.arxive]\nenabled = true", 1, ['no "arxive" in [providers]', "did you mean arxiv?"]),
        ("[providers]\narxiv = true", 2, ["[providers] arxiv must be a table, not true"]),
        ("providers = 1", 1, ["[providers] must be a table"]),
        ("[providers.dblp]\n\n\npace = -1", 4, ["[providers.dblp] pace", "a number from 0 on", "not -1"]),
        ("[providers.dblp]\npace = nan", 2, ["a number from 0 on"]),
        ("[providers.dblp]\npase = 1", 2, ['no "pase" in [providers.dblp]', "did you mean pace?"]),
        ("[providers.dblp]\nbase_url = 'ftp://x.y'", 2, ["an address"]),
        ("[providers.dblp]\nbase_url = 'http://u:p@x.y'", 2, ["an address"]),
        ("[providers.dblp]\nbase_url = 'http://x.y:99999'", 2, ["an address"]),
        ("[providers.openalex]\nkey_env = 'sk-secret'", 2, ["the name of an environment variable"]),
        ("[bibtex]\nkey = ''", 2, ["[bibtex] key must be a pattern such as", 'not ""']),
        ("[bibtex]\n\nkey = '{autor}{year}'", 3, ["[bibtex] key", '("autor" is none; did you mean author?)', "venue"]),
        ("[bibtex]\nkey = '{author {year}'", 2, ["[bibtex] key", 'closes each "{" by a "}"']),
        ("[bibtex]\nkey = '{author}, {year}'", 2, ["[bibtex] key", 'without ","']),
        ("[bibtex]\nfields = [1]", 2, ["a list of texts"]),
        ("[bibtex]\nprefer = 'best'", 2, ['"published", "preprint" or "ask"']),
        ("[library]\npath = ''", 2, ["a path in quotes"]),
        ("[library]\npath = 5", 2, ["a path in quotes", "not 5"]),
        ("file = 'x'", 1, ['no "file" in the settings']),
        ("[pdf]\n'''quoted\\u001b[2J''' = 1", 1, []),
        ('[pdf]\n"a\\u001b[2Jb" = 1', 2, ['no "ab" in [pdf]']),
        ("[pdf\nfolder = 'x'", 1, ["this is no TOML"]),
        ("[pdf]\nfolder = 'x'\nfolder = 'y'", 3, ["this is no TOML"]),
        ("[pdf]\nfolder = \n", 2, ["this is no TOML"]),
        ("[pdf]\nfolder = 'x", 2, ["this is no TOML"]),
        ("a = " + "[" * 5000, 1, ["this is no TOML"]),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(file: Path, text: str, line: int, words: list[str]) -> None:
    sentence = refused(file, text)
    if "quoted" not in text:
        assert sentence.startswith(f"line {line}: ")
    assert [word for word in words if word not in sentence] == []
    assert "\x1b" not in sentence


def test_a_long_value_is_cut_in_the_sentence(file: Path) -> None:
    assert len(refused(file, f"[appearance]\nsymbols = '{'x' * 5000}'")) < 200


def test_a_file_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be opened: no such file or directory\.$"):
        load(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="cannot be opened: is a directory"):
        load(tmp_path)


def test_a_file_that_is_no_text_or_too_large_is_refused_in_a_sentence(file: Path) -> None:
    file.write_bytes(b"[pdf]\nfolder = '\xff'\n")
    with pytest.raises(SettingsError, match="line 2: the file is not UTF-8"):
        load(file)
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(SettingsError, match="larger than 1000000 bytes"):
        load(file)


def test_without_a_file_the_defaults_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    found = locate(environ={})
    assert found.file is None
    assert found.library.path == Paths.of_platform().library
    assert found.library.path.is_relative_to(tmp_path)
    assert found.library.path.name == "library"


def test_the_platforms_own_file_is_read_where_it_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    place = Paths.of_platform().config
    place.parent.mkdir(parents=True)
    place.write_text("[details]\nauto = true\n", "utf-8")
    assert locate(environ={}).details.auto is True


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f"[library]\npath = '{name}'\n", "utf-8")
    one, two = (str(tmp_path / f"{name}.toml") for name in ("one", "two"))
    environ = {"PAPERRACK_CONFIG": one}
    assert locate(environ=environ).library.path == tmp_path / "one"
    assert locate(config=two, environ=environ).library.path == tmp_path / "two"
    environ["PAPERRACK_LIBRARY"] = "elsewhere"
    assert locate(environ=environ).library.path == Path("elsewhere")
    assert locate(library="~/here", environ=environ).library.path == Path.home() / "here"
    assert locate(environ={"PAPERRACK_CONFIG": one, "PAPERRACK_LIBRARY": ""}).library.path == tmp_path / "one"


@pytest.mark.parametrize("name", ["PAPERRACK_LIBRARY", "PAPERRACK_CONFIG"])
def test_the_home_of_nobody_is_one_sentence(name: str) -> None:
    with pytest.raises(SettingsError, match=r"^~nobody-of-this-name/x is no path: its ~ has no home folder\.$"):
        locate(environ={name: "~nobody-of-this-name/x"})


def test_a_pipe_that_may_never_give_anything_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(SettingsError, match=r"it is no plain file\.$"):
        load(file)
    assert load(Path(os.devnull)).details == Settings().details


def test_the_real_environment_is_what_is_looked_at_by_default(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text("[details]\nauto = true\n", "utf-8")
    monkeypatch.setenv("PAPERRACK_CONFIG", str(file))
    assert "PAPERRACK_CONFIG" in os.environ
    assert locate().details.auto is True


def test_the_line_of_a_setting_is_found_past_look_alikes() -> None:
    text = '# theme = 1\n[other]\ntheme = """\n[appearance]\ntheme = 2\n"""\n[appearance]  # here\n"theme" = 3\n'
    assert line_of(text, ("appearance", "theme")) == 8
    assert line_of(text, ("appearance", "missing")) == 7
    assert line_of(text, ("nowhere",)) == 1


@fewer(deadline=None)
@given(st.text("[]{}=.'\"\n #abkeys\\", max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    place = tmp_path_factory.getbasetemp() / "any.toml"
    place.write_text(text, "utf-8")
    try:
        load(place)
        sentence = "line 1."
    except SettingsError as error:
        sentence = str(error)
    assert "line " in sentence
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
