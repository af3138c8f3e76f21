"""Opening addresses and files: only web addresses, only what is there, and never in this program's way."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import opener
from tui.errors import PaperrackError
from tui.opener import command_words, open_address, open_file, plain_address


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A folder with a browser that writes down what it was given; its log is ``log`` beside it."""
    script = tmp_path / "surf"
    script.write_text(
        f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{tmp_path}/log.new' && mv '{tmp_path}/log.new' '{tmp_path}/log'\n"
    )
    script.chmod(0o755)
    return tmp_path


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{folder}:/usr/bin:/bin", **more}


def log(folder: Path) -> list[str]:
    deadline = time.monotonic() + 5
    while not (folder / "log").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return (folder / "log").read_text().splitlines()


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://arxiv.org/abs/2010.10915v2", "https://arxiv.org/abs/2010.10915v2"),
        ("HTTP://Example.ORG:8080/a?b=c&d=%20#e", "http://example.org:8080/a?b=c&d=%20#e"),
        ("https://example.org/Universität?q=é", "https://example.org/Universit%C3%A4t?q=%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://doi.org/10.1002/(SICI)1097<1::AID>3.0", "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0"),
        ("https://example.org/$(id)`id`'\"", "https://example.org/$(id)%60id%60'%22"),
    ],
)
def test_a_web_address_is_opened_as_it_goes_over_the_wire(browser: Path, url: str, opened: str) -> None:
    open_address(url, environ(browser, BROWSER="surf --new-tab %s"))
    assert log(browser) == ["--new-tab", opened]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "/etc/passwd", "-h", "--new-window", "", "http://", "https:///x",
     "ftp://example.org", "data:text/html,x", "https://exa mple.org/", "https://example.org/\nX", "https://example.org/\x1b[2J",
     "https://arxiv.org@evil.example/", "https://good.example\\@evil.example/", "https://-h/", "https://[::1", "https://a:b/",
     "https://example.org:99999/", "https://example.org/\u202egnp", "https://example.org/" + "x" * 5000,
     "https://" + "é" * 80],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence_and_starts_nothing(browser: Path, url: str) -> None:
    with pytest.raises(PaperrackError, match="is not opened") as caught:
        open_address(url, environ(browser, BROWSER="surf"))
    assert caught.value.args[0].isprintable()
    assert not (browser / "log").exists()


@given(st.text(max_size=60) | st.from_regex(r"https?://[^ ]{1,40}", fullmatch=True))
def test_what_is_written_anew_is_a_plain_address_and_stays_so(url: str) -> None:
    try:
        address = plain_address(url)
    except PaperrackError:
        return
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert address.isascii()
    assert not set(address) & set(' "<>\\^`{|}\n\t\x1b')
    assert plain_address(address) == address


def test_the_first_browser_that_works_is_taken(browser: Path) -> None:
    (browser / "broken").write_text("#!/bin/sh\nexit 3\n")
    (browser / "broken").chmod(0o755)
    open_address("https://example.org/", environ(browser, BROWSER="no-such-browser:broken:surf"))
    assert log(browser) == ["https://example.org/"]


def test_an_address_is_never_put_into_the_text_of_a_script(browser: Path) -> None:
    with pytest.raises(PaperrackError, match="no display here"):
        open_address("https://example.org/", environ(browser, BROWSER="sh -c 'surf %s'"))
    assert not (browser / "log").exists()


def test_a_browser_that_stays_does_not_keep_the_reader_waiting(browser: Path) -> None:
    (browser / "stays").write_text("#!/bin/sh\nsleep 3\n")
    (browser / "stays").chmod(0o755)
    start = time.monotonic()
    open_address("https://example.org/", environ(browser, BROWSER="stays"))
    assert time.monotonic() - start < 2.5


def test_a_browser_gets_no_terminal_of_ours(browser: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script = browser / "loud"
    script.write_text(f"#!/bin/sh\necho torn; echo torn >&2; cat; tty > '{browser}/log'; exit 0\n")
    script.chmod(0o755)
    open_address("https://example.org/", environ(browser, BROWSER="loud"))
    assert log(browser) == ["not a tty"]
    assert capfd.readouterr() == ("", "")


def test_the_desktops_own_opener_is_used_where_there_is_a_display(browser: Path) -> None:
    (browser / "surf").rename(browser / "xdg-open")
    open_address("https://example.org/", environ(browser, DISPLAY=":0"))
    assert log(browser) == ["https://example.org/"]


@pytest.mark.parametrize(("display", "why"), [({}, "no display here"), ({"DISPLAY": ":0"}, "none is installed")])
def test_no_browser_is_said_with_the_address(tmp_path: Path, display: dict[str, str], why: str) -> None:
    with pytest.raises(PaperrackError, match=why) as caught:
        open_address("https://example.org/", {"PATH": str(tmp_path), **display})
    assert "https://example.org/" in str(caught.value)


# Files


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF whose name has everything that a shell would stumble over."""
    path = tmp_path / "a folder" / "-rf $(touch x); `id` 'q' \"p\" & %s.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.4")
    return path


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("surf", []),
        ("surf --page 'one two' --fork", ["--page", "one two", "--fork"]),
        ("surf --file %s", ["--file"]),
        ("surf '$HOME' ; rm -rf ~", ["$HOME", ";", "rm", "-rf", "~"]),
    ],
)
def test_a_file_is_opened_by_the_command_with_its_path_as_one_word(
    browser: Path, pdf: Path, command: str, words: list[str]
) -> None:
    open_file(pdf, command, environ(browser))
    assert log(browser) == [*words, str(pdf)]


def test_a_file_of_a_relative_path_is_opened_by_its_whole_path(
    browser: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pdf.parent)
    open_file(Path(pdf.name), "surf", environ(browser))
    assert log(browser) == [str(pdf)]


def test_the_desktops_own_opener_takes_files_where_there_is_a_display(browser: Path, pdf: Path) -> None:
    (browser / "surf").rename(browser / "xdg-open")
    open_file(pdf, None, environ(browser, DISPLAY=":0"))
    assert log(browser) == [str(pdf)]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (None, "there is no display here and \\[pdf\\] open names none that can be used"),
        ("no-such-program --x", "there is no program no-such-program --x"),
        ("broken", "broken: ended with status 3"),
        ("'", "there is no program '"),
    ],
)
def test_a_program_that_fails_is_one_sentence_with_the_path(
    browser: Path, pdf: Path, command: str | None, why: str
) -> None:
    (browser / "broken").write_text("#!/bin/sh\nexit 3\n")
    (browser / "broken").chmod(0o755)
    with pytest.raises(PaperrackError, match=why) as caught:
        open_file(pdf, command, environ(browser))
    assert str(pdf) in str(caught.value)
    assert not (browser / "log").exists()


def test_a_file_that_is_not_there_starts_nothing(browser: Path) -> None:
    with pytest.raises(PaperrackError, match="There is no file"):
        open_file(browser / "x.pdf", "surf", environ(browser))
    assert not (browser / "log").exists()


def test_a_program_for_files_gets_no_terminal_of_ours(
    browser: Path, pdf: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = browser / "loud"
    script.write_text(f"#!/bin/sh\necho torn; echo torn >&2; cat; tty > '{browser}/log'; exit 0\n")
    script.chmod(0o755)
    open_file(pdf, "loud", environ(browser))
    assert log(browser) == ["not a tty"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("command", ["", "   ", "%s", "'unclosed"])
def test_what_names_no_program_has_no_words(command: str) -> None:
    assert command_words(command) == []


@pytest.mark.parametrize(
    ("platform", "more", "names", "address", "file"),
    [
        ("darwin", {}, (), ["/usr/bin/open"], ["/usr/bin/open"]),
        ("darwin", {"BROWSER": "surf"}, (), ["surf"], ["/usr/bin/open"]),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, ("wslview", "explorer.exe"), ["wslview"], ["wslview"]),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, ("explorer.exe",), ["explorer.exe"], None),
        ("linux", {"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, ("xdg-open",), ["xdg-open"], ["xdg-open"]),
        ("linux", {}, ("xdg-open", "wslview"), None, None),
    ],
)
def test_each_system_has_its_own_opener_and_the_reader_s_choice_comes_first(
    browser: Path,
    pdf: Path,
    platform: str,
    more: dict[str, str],
    names: tuple[str, ...],
    address: list[str] | None,
    file: list[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(opener, "_start", lambda command, _environ: started.append(command))
    monkeypatch.setattr(sys, "platform", platform)
    for name in names:
        (browser / name).write_text("#!/bin/sh\n")
        (browser / name).chmod(0o755)
    env = {"PATH": str(browser), **more}
    for open_it, target, expected in (
        (lambda: open_address("https://x.example/", env), "https://x.example/", address),
        (lambda: open_file(pdf, None, env), str(pdf), file),
    ):
        started.clear()
        if expected is None:
            with pytest.raises(PaperrackError, match="there is no display here"):
                open_it()
        else:
            open_it()
        assert [[Path(command[0]).name, *command[1:]] for command in started] == (
            [[Path(expected[0]).name, target]] if expected else []
        )


def test_windows_opens_what_was_checked_and_nothing_else(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(opener.os, "startfile", opened.append, raising=False)
    open_address("HTTPS://X.example/a b".replace(" ", "%20"), {})
    open_file(pdf, None, {})
    for wrong in ("file:///c:/windows/calc.exe", "calc.exe", "javascript:alert(1)"):
        with pytest.raises(PaperrackError, match="is not opened"):
            open_address(wrong, {})
    with pytest.raises(PaperrackError, match="There is no file"):
        open_file(pdf.with_name("x.pdf"), None, {})
    assert opened == ["https://x.example/a%20b", pdf]
