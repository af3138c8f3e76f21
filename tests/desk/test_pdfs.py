"""PDFs over real sockets: each in its one file, whatever breaks off, whoever lies, and whatever the folder is."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.server import FaultServer, drip, fault_server, moved, reply, say
from tests.screens.answers import PREPRINT, PUBLISHED, inquiry, keep
from tui.desk import Desk, opening
from tui.desk.addresses import links_of, pdfs_of
from tui.desk.file_names import HARMLESS, MOST_BYTES, file_name, same_name
from tui.desk.pdf_index import INDEX
from tui.desk.pdf_queue import PdfQueue
from tui.errors import (
    AnswerError,
    LibraryError,
    NetworkError,
    SettingsError,
    StoppedError,
    UnknownError,
)
from tui.model import Answer, Entry, Issue, Link
from tui.providers.web import Stop, download
from tui.providers.web import door as doors
from tui.settings import Network, Pdf, Provider, Settings

Make = Callable[..., Desk]

BODY = b"%PDF-1.5\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
WHOLE = reply(200, BODY, "application/pdf", ETag='"v1"')
PAGE = reply(200, b"<!doctype html><html>Sign in</html>", "text/html")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server(WHOLE) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pdfs"


def entry(*urls: str, title: str = "Deep Learning of Sagas", by: str = "Carla Sagan", **more: object) -> Entry:
    links = tuple(Link(url, "pdf") for url in urls)
    return Entry(title=title, authors=(by,), year=2020, links=links, **more)  # type: ignore[arg-type]  # of one test


def desk_on(make_desk: Make, server: FaultServer, folder: Path, *entries: Entry, **more: object) -> Desk:
    pdf = Pdf(**{"folder": folder, **more})  # type: ignore[arg-type]  # of one test at a time
    settings = Settings(network=Network(allow=(server.url,)), pdf=pdf)
    return make_desk(Issue("week-1", "week 1", entries, "newsletter"), settings=settings)


def only(desk: Desk) -> str:
    return desk.rack.order("week-1")[0]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


# The one file


def test_a_pdf_is_kept_under_the_paper_s_key_and_is_opened_from_there_ever_after(
    make_desk: Make, server: FaultServer, folder: Path
) -> None:
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    assert desk.pdfs.path(only(desk)) is None
    told: list[tuple[int, int | None]] = []
    first = desk.pdfs.fetch(only(desk), lambda there, total: told.append((there, total)))
    assert (first.path, first.new, first.size) == (folder / "sagan2020deep.pdf", True, len(BODY))
    assert first.path.read_bytes() == BODY
    assert told[-1] == (len(BODY), len(BODY))
    again = desk.pdfs.fetch(only(desk))
    assert (again.path, again.new, again.url) == (first.path, False, f"{server.url}/a.pdf")
    assert desk.pdfs.path(only(desk)) == first.path
    assert len(server.seen) == 1
    assert names(folder) == {"sagan2020deep.pdf"}


def test_without_a_folder_in_the_settings_it_is_in_the_reader_s_documents(make_desk: Make, tmp_path: Path) -> None:
    desk = make_desk()
    assert desk.pdfs.folder == tmp_path / "home" / "Documents" / "paperrack"
    assert desk.pdfs.shown_folder == "~/Documents/paperrack"


def test_where_a_pdf_is_survives_another_key_another_pattern_and_another_start(
    make_desk: Make, server: FaultServer, folder: Path
) -> None:
    paper = entry(f"{server.url}/a.pdf")
    desk = desk_on(make_desk, server, folder, paper)
    there = desk.pdfs.fetch(only(desk)).path
    desk.exporting.set_key(only(desk), "mine2020")
    assert desk.pdfs.path(only(desk)) == there
    other = desk_on(make_desk, server, folder, paper, pattern="{author} {year} - {title}")
    assert other.pdfs.path(only(other)) == there


def test_a_paper_that_was_found_to_be_another_keeps_its_pdf(make_desk: Make, server: FaultServer, folder: Path) -> None:
    second = entry(title="Another Title", identifiers={"arxiv": "2010.10915"})
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"), second)
    there = desk.pdfs.fetch(only(desk)).path
    best = desk.unite(desk.rack.order("week-1"))
    assert best == "arxiv:2010.10915"
    assert desk.pdfs.path(best) == there


def test_a_pdf_that_was_deleted_is_fetched_again_under_its_name(
    make_desk: Make, server: FaultServer, folder: Path
) -> None:
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    there = desk.pdfs.fetch(only(desk)).path
    there.unlink()
    assert desk.pdfs.path(only(desk)) is None
    assert desk.pdfs.fetch(only(desk)).path == there


def test_two_papers_of_one_name_have_a_file_each(make_desk: Make, server: FaultServer, folder: Path) -> None:
    first = entry(f"{server.url}/a.pdf")
    second = entry(f"{server.url}/b.pdf", title="Deep Tales of Another Kind")
    desk = desk_on(make_desk, server, folder, first, second)
    paths = [desk.pdfs.fetch(name).path.name for name in desk.rack.order("week-1")]
    assert paths == ["sagan2020deep.pdf", "sagan2020deep-2.pdf"]


@pytest.mark.parametrize("there", ["a file", "a link", "a folder", "a dangling link"])
def test_what_is_not_ours_is_never_written_over(
    make_desk: Make, server: FaultServer, folder: Path, tmp_path: Path, there: str
) -> None:
    folder.mkdir()
    theirs, place = tmp_path / "theirs.pdf", folder / "sagan2020deep.pdf"
    theirs.write_bytes(b"%PDF-1.4 theirs")
    if there == "a folder":
        place.mkdir()
    elif there == "a file":
        place.write_bytes(b"%PDF-1.4 theirs")
    else:
        place.symlink_to(theirs if there == "a link" else tmp_path / "nowhere")
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    assert desk.pdfs.fetch(only(desk)).path.name == "sagan2020deep-2.pdf"
    assert theirs.read_bytes() == b"%PDF-1.4 theirs"
    assert not (tmp_path / "nowhere").exists()


def test_a_pdf_that_the_reader_put_there_under_the_key_is_the_paper_s_offline(make_desk: Make, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine2020.pdf").write_bytes(BODY)
    settings = Settings(network=Network(offline=True), pdf=Pdf(folder=folder))
    desk = make_desk(Issue("week-1", "week 1", (entry(),), "newsletter"), settings=settings)
    with pytest.raises(UnknownError, match="No open PDF of this paper is known; its details were not looked up yet"):
        desk.pdfs.fetch(only(desk))
    desk.exporting.set_key(only(desk), "mine2020")
    found = desk.pdfs.fetch(only(desk))
    assert (found.path.name, found.new) == ("mine2020.pdf", False)


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"\xff", b'{"pdfs": 3}', b'{"pdfs": {"../../x.pdf": {"paper": "P"}}}',
     b'{"pdfs": {"/etc/x.pdf": {"paper": "P"}, ".pdf": {"paper": "P"}, "a.txt": {"paper": "P"}, "b.pdf": 7}}',
     b'{"pdfs": {"c.pdf": {"paper": ["P"], "from": 1}}}', b"[" * 100_000],
)  # fmt: skip
def test_an_index_that_says_nonsense_says_nothing(
    make_desk: Make, server: FaultServer, folder: Path, damage: bytes
) -> None:
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    folder.mkdir()
    (folder / INDEX).write_bytes(damage.replace(b'"P"', json.dumps(only(desk)).encode()))
    assert desk.pdfs.path(only(desk)) is None
    assert desk.pdfs.fetch(only(desk)).path == folder / "sagan2020deep.pdf"


def test_two_programs_in_one_folder_know_of_each_other(make_desk: Make, server: FaultServer, folder: Path) -> None:
    one = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    two = desk_on(make_desk, server, folder, entry(f"{server.url}/b.pdf", title="Deep Tales of Another Kind"))
    assert one.pdfs.path(only(one)) is two.pdfs.path(only(two)) is None
    assert one.pdfs.fetch(only(one)).path.name == "sagan2020deep.pdf"
    assert two.pdfs.fetch(only(two)).path.name == "sagan2020deep-2.pdf"
    assert len(json.loads((folder / INDEX).read_text())["pdfs"]) == 2


# What goes wrong on the way


def cut(at: int) -> Callable[..., None]:
    return say(f'HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\nETag: "v1"\r\n\r\n'.encode() + BODY[:at])


def rest(start: int) -> Callable[..., None]:
    return reply(206, BODY[start:], "application/pdf", Content_Range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")


def test_what_broke_off_is_gone_on_with_at_once(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(cut(5000), rest(5000))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    assert desk.pdfs.fetch(only(desk)).path.read_bytes() == BODY
    assert server.seen[1].headers["range"] == "bytes=5000-"


def test_what_broke_off_for_good_is_gone_on_with_the_next_time_under_whatever_key(
    make_desk: Make, server: FaultServer, folder: Path
) -> None:
    server.tell(cut(5000), reply(503))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    with pytest.raises(NetworkError):
        desk.pdfs.fetch(only(desk))
    assert desk.pdfs.path(only(desk)) is None
    desk.exporting.set_key(only(desk), "another")
    server.tell(rest(5000))
    assert desk.pdfs.fetch(only(desk)).path.read_bytes() == BODY
    assert server.seen[-1].headers["range"] == "bytes=5000-"
    assert names(folder) == {"sagan2020deep.pdf"}


def test_a_stop_ends_it_and_leaves_what_came(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(drip(f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:2000], 0.001))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf", f"{server.url}/b.pdf"))
    stop = Stop()
    with pytest.raises(StoppedError):
        desk.pdfs.fetch(only(desk), lambda *_: stop.set(), stop)
    assert len(server.seen) == 1
    assert desk.pdfs.path(only(desk)) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (PAGE, "gives a web page in place of a PDF"),
        (reply(403, b"<html>Forbidden</html>", "text/html"), "answers 403 Forbidden"),
        (reply(404), "answers 404 Not Found"),
        (reply(200, b"GIF89a", "application/pdf"), "gives what is no PDF"),
        (say(f"HTTP/1.1 200 OK\r\nContent-Length: {10**12}\r\n\r\n".encode() + BODY), "gives more than 100 MB"),
        (say(b"HTTP/1.1 200 OK\r\n\r\n" + BODY[:3000]), "broke off in the middle"),
        (say(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n%PDF-1.5"), "broke off"),
        (moved("file:///etc/passwd"), "only http and https"),
        (moved("http://169.254.169.254/latest/meta-data"), "private address"),
        (moved("http://localhost:1/x.pdf"), "private address"),
        (say(b"SSH-2.0-OpenSSH\r\n"), "does not speak HTTP"),
    ],
)  # fmt: skip
def test_whatever_an_address_gives_in_place_of_the_pdf_is_one_sentence(
    make_desk: Make, server: FaultServer, folder: Path, wrong: Callable[..., None], words: str
) -> None:
    server.tell(wrong)
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    with pytest.raises(NetworkError, match=words) as caught:
        desk.pdfs.fetch(only(desk))
    assert str(caught.value).isprintable()
    assert desk.pdfs.path(only(desk)) is None
    assert not any(name.endswith(".pdf") for name in names(folder))


def test_a_body_without_end_is_given_up_at_the_limit(
    make_desk: Make, server: FaultServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "LIMIT", 50_000)
    monkeypatch.setitem(doors.Door.download.__kwdefaults__, "limit", 50_000)

    def endless(connection: object) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.5\n")  # type: ignore[attr-defined]  # a socket
        while True:
            connection.sendall(b"x" * 4096)  # type: ignore[attr-defined]  # a socket

    server.tell(endless)
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    with pytest.raises(NetworkError, match="more than 50,000 bytes"):
        desk.pdfs.fetch(only(desk))


def test_the_server_has_no_say_in_the_name(make_desk: Make, server: FaultServer, folder: Path, tmp_path: Path) -> None:
    evil = {"Content_Disposition": 'attachment; filename="../../evil.pdf"', "Content_Location": "/../../evil.pdf"}
    server.tell(moved("/../../../evil.pdf?x=/etc/passwd"), reply(200, BODY, "application/pdf", **evil))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    assert desk.pdfs.fetch(only(desk)).path == folder / "sagan2020deep.pdf"
    assert not list(tmp_path.rglob("evil*"))


def test_where_one_address_gives_a_page_the_next_is_asked(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(PAGE, reply(404), WHOLE)
    desk = desk_on(make_desk, server, folder, entry(*(f"{server.url}/{name}.pdf" for name in "abc")))
    assert desk.pdfs.fetch(only(desk)).url == f"{server.url}/c.pdf"


def test_where_no_address_gives_it_the_first_is_told_of(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(PAGE, reply(404))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf", f"{server.url}/b.pdf"))
    with pytest.raises(AnswerError, match=r"None of 2 addresses gives the PDF. The first: .*a.pdf gives a web page"):
        desk.pdfs.fetch(only(desk))


def test_a_private_address_of_a_digest_is_not_asked(make_desk: Make, server: FaultServer, folder: Path) -> None:
    settings = Settings(pdf=Pdf(folder=folder))
    desk = make_desk(Issue("week-1", "week 1", (entry(f"{server.url}/a.pdf"),), "newsletter"), settings=settings)
    with pytest.raises(NetworkError, match="private address"):
        desk.pdfs.fetch(only(desk))
    assert not server.seen


def test_offline_nothing_is_asked_and_nothing_else_tried(make_desk: Make, folder: Path) -> None:
    urls = ("https://example.org/a.pdf", "https://example.com/b.pdf")
    settings = Settings(network=Network(offline=True), pdf=Pdf(folder=folder))
    desk = make_desk(Issue("week-1", "week 1", (entry(*urls),), "newsletter"), settings=settings)
    with pytest.raises(NetworkError, match=r"^example.org was not asked: the network is switched off"):
        desk.pdfs.fetch(only(desk))


def test_a_host_that_refuses_three_times_is_left_alone(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(reply(403))
    desk = desk_on(make_desk, server, folder, *(entry(f"{server.url}/{n}.pdf", title=f"Paper {n}") for n in range(5)))
    for name in desk.rack.order("week-1"):
        with pytest.raises(NetworkError):
            desk.pdfs.fetch(name)
    assert len(server.seen) == 3


def test_a_service_s_stand_in_is_asked_for_its_pdfs(make_desk: Make, server: FaultServer, folder: Path) -> None:
    providers = {"arxiv": Provider(base_url=f"{server.url}/arxiv")}
    issue = Issue("week-1", "week 1", (entry(identifiers={"arxiv": "2010.10915"}),), "newsletter")
    desk = make_desk(issue, settings=Settings(providers=providers, pdf=Pdf(folder=folder)))
    assert desk.pdfs.fetch(only(desk)).url == "https://arxiv.org/pdf/2010.10915"
    assert server.seen[0].target == "/arxiv/pdf/2010.10915"


# The folder


@pytest.mark.parametrize(
    "where", ["library-0", "library-0/pdfs", "library-0/papers", "link/pdfs", "x/../library-0/issues"]
)
def test_a_folder_inside_the_library_is_refused(
    make_desk: Make, server: FaultServer, tmp_path: Path, where: str
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "library-0")
    desk = desk_on(make_desk, server, tmp_path / where, entry(f"{server.url}/a.pdf"))
    with pytest.raises(SettingsError, match="is inside the library"):
        desk.pdfs.fetch(only(desk))
    assert not server.seen


def test_a_folder_that_is_a_link_is_the_folder_behind_it(
    make_desk: Make, server: FaultServer, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "drive").mkdir()
    folder.symlink_to(tmp_path / "drive")
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    assert desk.pdfs.fetch(only(desk)).path == folder / "sagan2020deep.pdf"
    assert (tmp_path / "drive" / "sagan2020deep.pdf").read_bytes() == BODY


@pytest.mark.parametrize("what", ["a file in its place", "a file above it"])
def test_a_folder_that_cannot_be_made_is_one_sentence(
    make_desk: Make, server: FaultServer, tmp_path: Path, what: str
) -> None:
    (tmp_path / "file").write_text("x")
    place = tmp_path / "file" if what == "a file in its place" else tmp_path / "file" / "pdfs"
    desk = desk_on(make_desk, server, place, entry(f"{server.url}/a.pdf"))
    with pytest.raises(LibraryError, match=r"The folder .* cannot be written"):
        desk.pdfs.fetch(only(desk))
    assert not server.seen


# In a child, for tests may run as root, who may write everywhere.
READ_ONLY = """
import os, sys
from pathlib import Path
import filelock
from tui.desk import file_names, writing
from tui.desk.pdf_index import PdfIndex
from tui.errors import LibraryError
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    PdfIndex(Path(sys.argv[1])).claim(["p"], lambda taken: "x.pdf", False)
except LibraryError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="permissions as POSIX has them")
def test_a_folder_that_is_read_only_is_one_sentence(tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o555)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", READ_ONLY, str(folder)], capture_output=True, text=True, cwd=root)
    assert done.stdout == f"The folder {folder} cannot be written (Permission denied).\n", done.stderr
    folder.chmod(0o755)


def test_a_full_disk_is_one_sentence_and_no_reason_to_ask_elsewhere(
    make_desk: Make, server: FaultServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        """A file of a disk that takes 4,096 bytes."""

        def __init__(self, path: Path, mode: str) -> None:
            self._file = open(path, mode)  # noqa: SIM115 - it is closed with this one

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def __getattr__(self, name: str) -> object:
            return getattr(self._file, name)

        def write(self, data: bytes) -> int:
            if self._file.tell() + len(data) > 4096:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return self._file.write(data)

    original = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda p, mode="r", **how: Full(p, mode) if "b" in mode and mode != "rb" else original(p, mode, **how),
    )
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf", f"{server.url}/b.pdf"))
    with pytest.raises(LibraryError, match=r"cannot be written \(No space left on device\)"):
        desk.pdfs.fetch(only(desk))
    assert len(server.seen) == 1
    monkeypatch.undo()
    assert desk.pdfs.fetch(only(desk)).path.read_bytes() == BODY


@pytest.mark.parametrize("call", range(8))
def test_whichever_step_of_the_index_fails_the_next_fetch_goes_on(
    make_desk: Make, server: FaultServer, folder: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    made = 0
    originals = {name: getattr(os, name) for name in ("replace", "chmod", "fsync")}

    def failing(name: str) -> Callable[..., object]:
        def call_or_fail(*args: object, **how: object) -> object:
            nonlocal made
            made += 1
            if made == call + 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return originals[name](*args, **how)

        return call_or_fail

    for name in originals:
        monkeypatch.setattr(os, name, failing(name))
    with contextlib.suppress(LibraryError):
        desk.pdfs.fetch(only(desk))
    monkeypatch.undo()
    assert desk.pdfs.fetch(only(desk)).path == folder / "sagan2020deep.pdf"
    assert desk.pdfs.path(only(desk)) is not None
    assert names(folder) == {"sagan2020deep.pdf"}


# Names


@pytest.mark.parametrize(
    ("pattern", "parts", "name"),
    [
        ("{key}", {"key": "sagan2020deep"}, "sagan2020deep.pdf"),
        ("{author} {year} - {id}", {"author": "A et al.", "year": "2020", "id": "x"}, "A et al. 2020 - x.pdf"),
        ("{author} - {year} - {title}", {"author": "Sagan", "title": "Tales"}, "Sagan - Tales.pdf"),
        ("{title} ({year})", {"title": "Tales"}, "Tales.pdf"),
        ("({year}) {title}", {"title": "Tales"}, "Tales.pdf"),
        ("{title}", {"title": "../../etc/passwd"}, "etc passwd.pdf"),
        ("{title}", {"title": "-rf ~"}, "rf.pdf"),
        ("{title}", {"title": ".bashrc"}, "bashrc.pdf"),
        ("{title}", {"title": "CON"}, "paper CON.pdf"),
        ("{title}", {"title": "lpt1.txt"}, "paper lpt1.txt.pdf"),
        ("{title}", {"title": "nul "}, "paper nul.pdf"),
        ("{title}", {"title": 'a:b*c?"<d>|e\\f'}, "a b c d e f.pdf"),
        ("{title}", {"title": "exe\u202efdp\x1b[2J\x00\n"}, "exefdp.pdf"),
        ("{title}", {"title": "touch x $(id) & ; !"}, "touch x (id).pdf"),
        ("{title}", {"title": "`id` #1 50% [a]{b} ~c 'd' e+f, @g = ^h"}, "id 1 50 a b c 'd' e+f, g h.pdf"),
        ("{title}", {"title": "－rf ＄（id）；！"}, "rf id.pdf"),
        ("{title}", {"title": "The “Reader’s” Café — naïve"}, "The Reader's Café — naïve.pdf"),
        ("{title}", {"title": "a\u037eb\u1fefc"}, "a b c.pdf"),
        ("$(id) {key}; [x] #", {"key": "sagan2020deep"}, "(id) sagan2020deep x.pdf"),
        ("{title}", {"title": "$\\mathcal{O}(n^2)$ is {BERT}"}, "𝒪(n²) is BERT.pdf"),
        ("{title}", {"title": ""}, "paper.pdf"),
        ("{title}", {"title": "... "}, "paper.pdf"),
        ("{title}", {"title": "Tales..."}, "Tales.pdf"),
        ("{id}", {"id": "doi-10.1000/x"}, "doi-10.1000 x.pdf"),
        ("{title}", {"title": "الذكاء"}, "الذكاء.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_what_every_system_takes(pattern: str, parts: dict[str, str], name: str) -> None:
    assert file_name(pattern, parts) == name


DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@given(
    st.text(max_size=400) | st.sampled_from(["COM1", "aux.pdf", "~", "--", "..", "\u200d" * 9, "漢" * 300]),
    st.sets(st.integers(0, 5)),
)  # fmt: skip
def test_whatever_a_title_is_its_name_is_one_that_no_system_stumbles_over(title: str, taken_first: set[int]) -> None:
    asked: list[str] = []

    def taken(name: str) -> bool:
        asked.append(name)
        return len(asked) - 1 in taken_first

    name = file_name("{title}", {"title": title}, taken=taken)
    assert len(name.encode()) <= MOST_BYTES
    assert name.isprintable()
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|\0$&;!`[]{}~#%^=@')
    assert all(char in HARMLESS or unicodedata.category(char)[0] in "LMN" for char in name)
    assert name[0] not in "-.~ "
    assert name.partition(".")[0].strip().lower() not in DEVICES
    assert len({same_name(each) for each in asked}) == len(asked)


# Where a PDF may be


def test_where_it_may_be_begins_with_the_version_that_is_shown(make_desk: Make) -> None:
    links = (
        "https://publisher.example/x.pdf",
        "http://export.arxiv.org/pdf/2010.10915v2",
        "https://arxiv.org/pdf/2010.10915.pdf",
    )
    desk = make_desk(
        Issue("week-1", "week 1", (entry(*links, identifiers={"acl": "2020.acl-main.1"}),), "newsletter")
    )  # fmt: skip
    acl, arxiv, other = "https://aclanthology.org/2020.acl-main.1.pdf", "https://arxiv.org/pdf/2010.10915", links[0]
    name = only(desk)
    assert pdfs_of(desk.rack.paper(name)) == (arxiv, acl, other)
    found = Answer("dblp", "x", "published", PUBLISHED, identifiers={"acl": "2020.acl-main.1"})
    keep(desk, name, inquiry(found))
    assert pdfs_of(desk.rack.paper(name)) == (acl, arxiv, other)
    keep(desk, name, inquiry(Answer("arxiv", "y", "preprint", PREPRINT, identifiers={"acl": "2020.acl-main.1"})))
    assert pdfs_of(desk.rack.paper(name))[0] == arxiv


@pytest.mark.parametrize("url", ["https://notarxiv.org/pdf/2010.10915", "https://arxiv.org.example/pdf/2010.10915"])
def test_another_host_is_not_taken_for_arxiv(make_desk: Make, url: str) -> None:
    desk = make_desk(Issue("week-1", "week 1", (entry("https://jmlr.org/x.pdf", url),), "newsletter"))
    assert pdfs_of(desk.rack.paper(only(desk))) == ("https://jmlr.org/x.pdf", url)


def test_the_links_of_a_paper_are_its_pages_and_then_what_is_stated_each_once(make_desk: Make) -> None:
    stated = ("http://www.arxiv.org/abs/2010.10915/", "https://arxiv.org/pdf/2010.10915", "javascript:alert(1)")
    desk = make_desk(Issue("w", "w", (entry(*stated, identifiers={"arxiv": "2010.10915", "doi": "10.1/x"}),), "x"))
    found = [(link.rel, link.url) for link in links_of(desk.rack.paper("arxiv:2010.10915"))]
    assert found == [
        ("paper", "https://arxiv.org/abs/2010.10915"),
        ("paper", "https://doi.org/10.1/x"),
        ("pdf", "https://arxiv.org/pdf/2010.10915"),
    ]


# One after the other


def test_a_turn_that_is_cancelled_before_it_comes_asks_nobody(
    make_desk: Make, server: FaultServer, folder: Path
) -> None:
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    queue: PdfQueue = desk.pdfs.queue
    (turn,) = queue.add([only(desk)])
    assert queue.add([only(desk)]) == ()
    assert queue.cancel() == 1
    with pytest.raises(StoppedError):
        queue.fetch(turn)
    assert not server.seen
    assert [job.state for job in queue.jobs()] == ["cancelled"]


def test_closing_the_desk_ends_what_is_fetched(make_desk: Make, server: FaultServer, folder: Path) -> None:
    server.tell(drip(f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:2000], 0.001))
    desk = desk_on(make_desk, server, folder, entry(f"{server.url}/a.pdf"))
    (turn,) = desk.pdfs.queue.add([only(desk)])
    fetch = desk.pdfs.fetch

    def closing(name: str, told: object, stop: Stop, url: str | None) -> object:
        desk.pdfs.close()
        return fetch(name, None, stop, url)

    desk.pdfs.fetch = closing  # type: ignore[method-assign,assignment]  # closes at the worst moment
    with pytest.raises(StoppedError):
        desk.pdfs.queue.fetch(turn)


def test_the_limit_is_one_that_a_book_fits_in() -> None:
    assert download.LIMIT == 100_000_000


def test_the_demo_has_a_pdf_that_works_without_a_network_and_leaves_nothing(tmp_path: Path) -> None:
    with opening.throw_away(Settings(pdf=Pdf(folder=tmp_path / "mine")), recorded=True) as desk:
        desk.keep(Issue("week-1", "week 1", (entry(identifiers={"arxiv": "1706.03762"}),), "newsletter"))
        found = desk.pdfs.fetch(only(desk))
        assert b"paperrack demo" in found.path.read_bytes()
        assert found.url == "https://arxiv.org/pdf/1706.03762"
        desk.keep(Issue("week-2", "week 2", (entry(title="Not Recorded", identifiers={"arxiv": "1706.99999"}),), "x"))
        with pytest.raises(NetworkError, match="answers 404"):
            desk.pdfs.fetch("arxiv:1706.99999")
    assert not found.path.exists()
    assert not (tmp_path / "mine").exists()
