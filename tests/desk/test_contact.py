"""The address for services: put into the settings file once, in which every other line stays as it is."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import pytest

from tui.desk import contact
from tui.errors import SettingsError
from tui.settings import Network, Settings, locate

MINE = "me@example.org"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(file=tmp_path / "settings" / "config.toml")


def write(settings: Settings, text: str | bytes) -> Path:
    assert settings.file
    settings.file.parent.mkdir(exist_ok=True)
    settings.file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings.file


def test_it_is_asked_for_once_and_never_offline() -> None:
    assert contact.needed(Settings())
    assert not contact.needed(Settings(network=Network(contact="")))
    assert not contact.needed(Settings(network=Network(contact=MINE)))
    assert not contact.needed(Settings(network=Network(offline=True)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f'[network]\ncontact = "{MINE}"\n'),
        ("# mine", f'# mine\n\n[network]\ncontact = "{MINE}"\n'),
        ("[view]\n", f'[view]\n\n[network]\ncontact = "{MINE}"\n'),
        ("[network]", f'[network]\ncontact = "{MINE}"\n'),
        (
            "# mine\n[ network ]  # and this\noffline = false\n[view]\n",
            f'# mine\n[ network ]  # and this\ncontact = "{MINE}"\noffline = false\n[view]\n',
        ),
        ("[network.more]\na = 1\n", f'[network.more]\na = 1\n\n[network]\ncontact = "{MINE}"\n'),
        ("[view]\r\na = 1\r\n", f'[view]\r\na = 1\r\n\n[network]\ncontact = "{MINE}"\n'),
    ],
)
def test_every_other_line_stays_as_it_is(settings: Settings, before: str, after: str) -> None:
    path = write(settings, before)
    contact.keep(f" {MINE} ", settings)
    assert path.read_bytes().decode() == after


def test_a_new_file_is_the_reader_s_alone_and_is_read_again(settings: Settings) -> None:
    contact.keep(MINE, settings)
    assert settings.file
    assert stat.S_IMODE(settings.file.stat().st_mode) == 0o600
    assert locate(str(settings.file)).network.contact == MINE


def test_without_a_file_of_one_s_own_it_is_the_platform_s() -> None:
    contact.keep("", Settings())
    found = locate()
    assert found.network.contact == ""
    assert not contact.needed(found)


def test_the_mode_and_the_link_of_a_file_stay(settings: Settings, tmp_path: Path) -> None:
    path = write(settings, "")
    path.chmod(0o644)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    contact.keep(MINE, dataclasses.replace(settings, file=link))
    assert link.is_symlink()
    assert MINE in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize(
    "address", ["nobody", "a@b", 'a"@example.org', "a@exam\nple.org", "ä@example.org", "a@b.c\x1b[2J"]
)
def test_what_is_no_address_is_refused_and_nothing_is_written(settings: Settings, address: str) -> None:
    with pytest.raises(SettingsError, match="is not an e-mail address such as") as caught:
        contact.keep(address, settings)
    assert str(caught.value).isprintable()
    assert settings.file
    assert not settings.file.exists()


@pytest.mark.parametrize(
    "before",
    [
        '[network]\ncontact = "you@example.org"\n',
        '[network]\ncontact = ""\n',
        "network = {offline = false}\n",
        "network.offline = false\n",
        "network = 3\n",
        'note = """\n[network]\n"""\n',
    ],
)
def test_a_network_that_is_written_otherwise_is_left_and_that_is_said(settings: Settings, before: str) -> None:
    path = write(settings, before)
    with pytest.raises(SettingsError, match=r"has its own \[network\] contact, which was left as it is\.$"):
        contact.keep(MINE, settings)
    assert path.read_text() == before


@pytest.mark.parametrize("before", [b"[network\n", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_file_that_is_no_toml_is_left_and_that_is_said(settings: Settings, before: bytes) -> None:
    path = write(settings, before)
    with pytest.raises(SettingsError, match=r"config\.toml could not be written: it is no TOML\.$"):
        contact.keep(MINE, settings)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match=r"could not be written: (Not a directory|File exists)\.$"):
        contact.keep(MINE, Settings(file=tmp_path / "file" / "config.toml"))
