"""The one door to the network, against servers on this machine that behave as badly as those outside."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tui import __version__
from tui.errors import NetworkError, StoppedError
from tui.providers.web import Stop, addresses, fetch

Serve = Callable[[Callable[[socket.socket], None]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that read a request and then do with the connection what a test wants."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(behave: Callable[[socket.socket], None]) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.1)

        def run() -> None:
            with listener:
                while not stop.is_set():
                    try:
                        connection, _ = listener.accept()
                    except TimeoutError:
                        continue
                    with connection:
                        connection.settimeout(5)
                        try:
                            connection.recv(65536)
                            behave(connection)
                        except OSError:
                            continue  # the client went away, as it should from most of these

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    stop.set()
    for thread in threads:
        thread.join(timeout=6)


def refused(url: str, **options: object) -> str:
    """The sentence with which an address is refused; one line that ends like a sentence."""
    with pytest.raises(NetworkError) as caught:
        fetch(url, **options)  # type: ignore[arg-type]  # options of one test at a time
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def base(httpserver: HTTPServer) -> str:
    return httpserver.url_for("").rstrip("/")


def test_a_page_comes_back_with_its_bytes_its_type_and_its_address(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/issue", query_string="n=1").respond_with_data("día", content_type="text/html")
    got = fetch(httpserver.url_for("/issue?n=1#part"), allow=[base(httpserver)])
    assert got.content == "día".encode()
    assert got.content_type == "text/html"
    assert got.url == httpserver.url_for("/issue?n=1")


def test_the_request_says_who_asks_and_carries_nothing_else(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    fetch(httpserver.url_for("/"), allow=[base(httpserver)])
    request = httpserver.log[0][0]
    assert request.headers["User-Agent"] == f"paperrack/{__version__}"
    assert {name.lower() for name in request.headers.keys()} == {  # noqa: SIM118 - werkzeug's headers iterate in pairs
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip
    assert request.headers["Accept-Encoding"] == "gzip"
    assert request.host == base(httpserver).removeprefix("http://")


def test_redirects_are_followed_without_cookies(httpserver: HTTPServer) -> None:
    moved = Response(status=302, headers={"Location": "../end", "Set-Cookie": "id=7"})
    httpserver.expect_request("/a/start").respond_with_response(moved)
    httpserver.expect_request("/end").respond_with_data("there")
    got = fetch(httpserver.url_for("/a/start"), allow=[base(httpserver)])
    assert (got.url, got.content) == (httpserver.url_for("/end"), b"there")
    assert "Cookie" not in httpserver.log[-1][0].headers


def test_five_redirects_are_followed_and_six_are_not(httpserver: HTTPServer) -> None:
    for step in range(1, 7):
        httpserver.expect_request(f"/{step}").respond_with_response(
            Response(status=301, headers={"Location": f"/{step - 1}"})
        )
    httpserver.expect_request("/0").respond_with_data("end")
    assert fetch(httpserver.url_for("/5"), allow=[base(httpserver)]).content == b"end"
    assert "redirects more than 5 times" in refused(httpserver.url_for("/6"), allow=[base(httpserver)])


def test_a_loop_of_redirects_ends(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_response(Response(status=302, headers={"Location": "/a"}))
    assert "redirects more than 5 times" in refused(httpserver.url_for("/a"), allow=[base(httpserver)])
    assert len(httpserver.log) == 6


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://127.0.0.1:1/", "private address"),
        ("http://user:secret@example.org/", "name and password"),
        ("http://[::1", "no address"),
        ("http://xn--a/", "no address"),
    ],
)
def test_a_redirect_is_checked_like_an_address_of_the_reader(serve: Serve, location: str, why: str) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    url = serve(lambda connection: connection.sendall(answer))
    assert why in refused(url, allow=[url])


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "data:text/html,x", "example.org", "",
     "http://", "http:///path", "https://exa mple.org", "http://example.org/\r\nHost: x", "http://[::1", "http://a:b@c.org/",
     "http://example.org:99999/", "http://example.org/\u202egnp", "http://example.org/" + "a" * 9000,
     "http://xn--a/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_anything_is_sent(url: str) -> None:
    assert refused(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1",
     "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]",
     "[2002:7f00:1::]", "224.0.0.1", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[64:ff9b:1::a00:1]"],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_spelled(host: str) -> None:
    assert "private address" in refused(f"http://{host}/", timeout=3)


def test_only_the_allowed_origin_is_exempt_from_that(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    host, port = base(httpserver).removeprefix("http://").split(":")
    assert "private address" in refused(base(httpserver), allow=[f"http://{host}:{int(port) + 1}"])
    assert "private address" in refused(base(httpserver), allow=[f"https://{host}:{port}"])
    assert fetch(base(httpserver), allow=[f"http://{host}:{port}/any/path"]).content == b"x"


def test_a_name_that_leads_inside_is_refused_though_others_of_its_addresses_are_public(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    assert "rebound.example is a private address" in refused("http://rebound.example/")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_pass(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


def test_an_unknown_name_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no-such.example cannot be found" in refused("http://no-such.example/")


def test_a_look_up_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: go_on.wait(10) and [])
    start = time.monotonic()
    assert "could not be looked up in time" in refused("http://slow.example/", timeout=0.3)
    assert time.monotonic() - start < 3
    go_on.set()


def test_the_second_address_of_a_name_is_tried_when_the_first_cannot_be_reached(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    port = httpserver.port
    found = [(10, 1, 6, "", ("::1", port, 0, 0)), (2, 1, 6, "", ("127.0.0.1", port))]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: found if host == "two.example" else real(host, *rest, **more)
    )
    got = fetch(f"http://two.example:{port}/", allow=[f"http://two.example:{port}"])
    assert got.content == b"x"
    assert httpserver.log[0][0].host == f"two.example:{port}"


def test_offline_nothing_is_asked(httpserver: HTTPServer) -> None:
    assert "switched off" in refused(httpserver.url_for("/"), allow=[base(httpserver)], offline=True)
    assert not httpserver.log


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404 Not Found"), (500, "500 Internal"), (304, "304"), (299 + 400, "status 699")]
)
def test_an_answer_that_is_no_success_is_named(httpserver: HTTPServer, status: int, words: str) -> None:
    httpserver.expect_request("/x").respond_with_data("no", status=status)
    assert words in refused(httpserver.url_for("/x?key=secret"), allow=[base(httpserver)])


def test_a_key_in_the_query_is_not_shown_in_an_error(httpserver: HTTPServer) -> None:
    assert "secret" not in refused(httpserver.url_for("/x?key=secret"), allow=[base(httpserver)])


def test_too_many_requests_says_until_when(httpserver: HTTPServer) -> None:
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    httpserver.expect_request("/date").respond_with_data("", 429, headers={"Retry-After": format_datetime(later)})
    httpserver.expect_request("/seconds").respond_with_data("", 503, headers={"Retry-After": "7200"})
    httpserver.expect_request("/odd").respond_with_data("", 429, headers={"Retry-After": "soon"})
    allow = [base(httpserver)]
    assert f"until {later:%Y-%m-%d %H:%M:%S} UTC" in refused(httpserver.url_for("/date"), allow=allow)
    assert f"until {later:%Y-%m-%d %H:}" in refused(httpserver.url_for("/seconds"), allow=allow)
    assert "429 Too Many Requests." in refused(httpserver.url_for("/odd"), allow=allow)


def test_a_date_beyond_the_calendar_says_nothing(httpserver: HTTPServer) -> None:
    beyond = {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359"}
    httpserver.expect_request("/").respond_with_data("", 429, headers=beyond)
    assert "429 Too Many Requests." in refused(base(httpserver), allow=[base(httpserver)])


def test_an_allowed_origin_that_is_no_address_is_one_sentence() -> None:
    assert "no address" in refused("http://example.org/", allow=["http://xn--a"])


def test_gzip_is_unpacked_also_in_several_members(httpserver: HTTPServer) -> None:
    body = gzip.compress(b"one, " * 50_000) + gzip.compress(b"") + gzip.compress(b"two") + bytes(64)
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": "gzip"})
    assert fetch(base(httpserver), allow=[base(httpserver)]).content == b"one, " * 50_000 + b"two"


def test_a_gzip_bomb_is_given_up_at_the_limit(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    start = time.monotonic()
    assert "more than 1 MB" in refused(base(httpserver), allow=[base(httpserver)], limit=1_000_000)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("br", b"x", "not asked for"),
        ("gzip, gzip", b"x", "not asked for"),
        ("gzip", b"no gzip at all", "damaged"),
        ("gzip", gzip.compress(bytes(range(256)) * 99)[:-9], "broke off"),
    ],
)
def test_a_packing_that_is_wrong_is_refused(httpserver: HTTPServer, coding: str, body: bytes, words: str) -> None:
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": coding})
    assert words in refused(base(httpserver), allow=[base(httpserver)])


def test_an_answer_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 5000)
    assert len(fetch(base(httpserver), allow=[base(httpserver)], limit=5000).content) == 5000
    assert "more than 4,999 bytes" in refused(base(httpserver), allow=[base(httpserver)], limit=4999)


def test_an_endless_answer_that_states_no_length_is_given_up_at_the_limit(httpserver: HTTPServer) -> None:
    def endless(_request: Request) -> Response:
        return Response(iter(lambda: b"x" * 10_000, None))

    httpserver.expect_request("/").respond_with_handler(endless)
    assert "more than 1 MB" in refused(base(httpserver), allow=[base(httpserver)], limit=1_000_000)


def _drip(connection: socket.socket, text: bytes) -> None:
    for byte in text:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(lambda c: (c.sendall(HEAD), _drip(c, b"x" * 1000)), id="the body drips"),
        pytest.param(lambda c: _drip(c, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000), id="the head drips"),
    ],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(
    serve: Serve, behave: Callable[[socket.socket], None]
) -> None:
    url = serve(behave)
    start = time.monotonic()
    assert "took longer than 0.5 seconds" in refused(url, allow=[url], timeout=0.5)
    assert time.monotonic() - start < 2


def test_an_answer_without_a_length_that_is_cut_at_the_end_of_the_time_is_not_taken_for_whole(serve: Serve) -> None:
    def half(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nhalf of a digest")
        time.sleep(1)

    url = serve(half)
    assert "took longer than 0.3 seconds" in refused(url, allow=[url], timeout=0.3)


def test_a_server_that_says_nothing_is_left_when_the_time_is_over(serve: Serve) -> None:
    url = serve(lambda connection: time.sleep(1))
    start = time.monotonic()
    assert refused(url, allow=[url], timeout=0.3)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "answer",
    [HEAD + b"only this", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf", b"SSH-2.0-Open\r\n",
     b"", b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"],
    ids=["cut at a length", "cut in a chunk", "not HTTP", "nothing", "no length"],
)  # fmt: skip
def test_a_body_that_is_cut_or_no_http_is_no_page(serve: Serve, answer: bytes) -> None:
    url = serve(lambda connection: connection.sendall(answer))
    assert "broke off its answer or does not speak HTTP" in refused(url, allow=[url])


def test_a_port_where_nobody_listens_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    assert "cannot be reached" in refused(url, allow=[url])


def test_a_server_without_tls_behind_https_is_one_sentence(httpserver: HTTPServer) -> None:
    url = base(httpserver).replace("http:", "https:")
    assert refused(url, allow=[url])


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a TLS server with a certificate for tls.example, which the environment says to trust."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed: no certificate to test with")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tls.example",
         "-addext", "subjectAltName=DNS:tls.example", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    local = [(2, 1, 6, "", ("127.0.0.1", 0))]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **o: local if host.endswith(".example") else real(host, *a, **o)
    )
    with HTTPServer(ssl_context=context) as server:
        server.expect_request("/").respond_with_data("secret")
        yield server.port


def test_tls_is_checked_against_the_name_though_the_number_is_asked(secure: int) -> None:
    url = f"https://tls.example:{secure}"
    assert fetch(url, allow=[url]).content == b"secret"
    other = f"https://other.example:{secure}"
    assert "could not prove its identity" in refused(other, allow=[other])


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    url = f"https://tls.example:{secure}"
    assert "could not prove its identity" in refused(url, allow=[url])


def test_the_proxy_of_the_environment_is_asked_for_public_names_only(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/page").respond_with_data("by proxy")
    monkeypatch.setenv("http_proxy", base(httpserver).removeprefix("http://"))
    assert fetch("http://digest.example/page").content == b"by proxy"
    assert httpserver.log[0][0].host == "digest.example"
    for host in ("localhost", "127.1", "10.0.0.1", "127.0.0.1.", "0x7f.1.", "127.0.0.1%2e", "%6c%6fcalhost"):
        assert "private address" in refused(f"http://{host}/page")
    monkeypatch.setenv("http_proxy", "gopher://x")
    assert refused("http://digest.example/page")


def test_the_module_is_loaded_without_httpx() -> None:
    check = "import sys, tui.providers.web; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_an_error_carries_what_a_program_needs_to_know(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/gone").respond_with_data("", 404)
    httpserver.expect_request("/busy").respond_with_data("", 503, headers={"Retry-After": "3600"})
    for path, status, passing in (("/gone", 404, False), ("/busy", 503, True)):
        with pytest.raises(NetworkError) as caught:
            fetch(httpserver.url_for(path), allow=[base(httpserver)])
        error = caught.value
        assert (error.status, error.passing, error.until is None) == (status, passing, status == 404)
    assert error.until
    assert timedelta(minutes=59) < error.until - datetime.now(UTC) <= timedelta(hours=1)


def test_fewer_bytes_may_come_over_the_network_than_they_unpack_to(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/plain").respond_with_data(b"x" * 2000)
    packed = {"Content-Encoding": "gzip"}
    httpserver.expect_request("/packed").respond_with_data(gzip.compress(b"x" * 2000), headers=packed)
    allow = [base(httpserver)]
    assert "more than 1,000 bytes" in refused(httpserver.url_for("/plain"), allow=allow, limit=3000, wire=1000)
    assert len(fetch(httpserver.url_for("/packed"), allow=allow, limit=3000, wire=1000).content) == 2000


def test_a_page_that_is_fetched_can_be_stopped(serve: Serve) -> None:
    url = serve(lambda connection: (connection.sendall(HEAD), connection.recv(1)))
    stop = Stop()
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError):
        fetch(url, allow=[url], stop=stop)
    assert time.monotonic() - start < 0.3


def test_a_look_up_of_a_name_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: go_on.wait(10) and [])
    stop = Stop()
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError):
        fetch("http://slow.example/", stop=stop)
    assert time.monotonic() - start < 0.3
    go_on.set()
