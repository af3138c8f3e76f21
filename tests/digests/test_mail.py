"""Mails and mailboxes: their parts in any encoding, what is in them by its own kind, and mails that mean harm."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.digests.test_arxiv_mailing import MAILING
from tests.digests.test_formats import recognised_by
from tui import digests
from tui.desk.intake import read_sources
from tui.digests import mail, mail_parts, read
from tui.digests.document import Document, decode
from tui.digests.mail_letters import fields_of, letter_of
from tui.errors import NoPapersError, PaperrackError
from tui.model import Issue
from tui.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
HEAD = """From: Ada Byron <ada@engine.example>
To: Friday readers <friday@lists.example>
Subject: =?utf-8?q?What_we_read_=E2=98=95?=
Date: Thu, 12 Sep 2024 18:20:11 +0200
"""
ADAM = (
    '"Adam: A Method for Stochastic Optimization" by Diederik P. Kingma and Jimmy Ba: https://arxiv.org/abs/1412.6980\n'
)
NEWSLETTER = """Welcome to the sixth edition of margin notes. There are two of them today.

Layer Normalization

https://arxiv.org/abs/1607.06450

What is it? A way to keep the numbers in a layer at one size.

Why it matters? It works with a batch of one.

Wasserstein GAN

https://arxiv.org/abs/1701.07875

What is it? Another distance between what is drawn and what is real.

Why it matters? It tells when to stop.
"""
PAGE = (
    "<html><head><title>x</title></head><body>"
    '<p><a href="https://arxiv.org/abs/1512.03385">Deep Residual Learning for Image Recognition</a> is old by now. '
    '<a href="mailto:ada@engine.example">Ask me</a> <a href="javascript:alert(1)">or me</a></p></body></html>'
)


def issues(data: bytes | str, source: str = "mail.eml") -> tuple[Issue, ...]:
    return read(decode(data.encode("utf-8") if isinstance(data, str) else data, source))


def only(data: bytes | str, source: str = "mail.eml") -> Issue:
    (issue,) = issues(data, source)
    return issue


def message(text: str = ADAM, subject: str = "Papers", **more: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada Byron <ada@engine.example>", "friday@lists.example", subject
    made["Date"] = "Thu, 12 Sep 2024 18:20:11 +0200"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def box(*made: EmailMessage) -> bytes:
    envelope = b"From ada@engine.example Thu Sep 12 18:20:11 2024\n"
    return b"\n".join(envelope + bytes(each).replace(b"\nFrom ", b"\n>From ") + b"\n" for each in made)


def test_a_message_gives_subject_day_and_sender_to_an_issue_that_states_none() -> None:
    issue = only(f"{HEAD}\n{ADAM}")
    assert (issue.title, issue.date, issue.series, issue.format) == ("What we read ☕", "2024-09-12", None, "links")
    (entry,) = issue.entries
    assert (entry.title, entry.authors) == (
        "Adam: A Method for Stochastic Optimization",
        ("Diederik P. Kingma", "Jimmy Ba"),
    )
    assert (entry.submitter, entry.line) == ("Ada Byron", 1)
    assert issue.text == ADAM


def test_what_the_issue_states_of_itself_stays() -> None:
    issue = only(bytes(message(NEWSLETTER, "Fwd: [list] out now")))
    assert (issue.series, issue.number, issue.date) == ("margin notes", "6", "2024-09-12")
    assert [entry.identifiers for entry in issue.entries] == [{"arxiv": "1607.06450"}, {"arxiv": "1701.07875"}]
    assert [entry.submitter for entry in issue.entries] == [None, None]
    assert issue.format == "newsletter"


def test_the_sample_of_a_mail_is_a_mail_and_nothing_else() -> None:
    path = SAMPLES / "15-reading-group-mail.txt"
    document = decode(path.read_bytes(), str(path))
    assert recognised_by(document) == ["mail"]
    (issue,) = read(document)
    assert (len(issue.entries), issue.date, issue.warnings) == (8, "2024-09-12", ())
    assert issue.title == "Friday reading group: what we agreed to read before the winter"
    assert issue.text.startswith("Dear all,\n")


def test_arxivs_mailing_in_a_mail_is_the_same_issue_as_without() -> None:
    made = message(MAILING, "cs daily Subj-class mailing 120003 1")
    (bare,), (mailed,) = read(Document(MAILING, "-")), issues(bytes(made))
    assert (mailed.format, mailed.series, mailed.date) == ("arxiv-mailing", "arXiv cs.LG", "2013-12-23")
    assert mailed.entries == bare.entries
    headless = message(MAILING[MAILING.index("\\\\") :], "stat daily title mailing")
    issue = only(bytes(headless))
    assert (issue.series, issue.date) == ("arXiv stat", "2024-09-12")


def test_text_and_page_of_one_message_are_one_issue_and_attachments_are_reported() -> None:
    made = message("See the page.\n")
    made.add_alternative(PAGE, subtype="html", cte="base64")
    made.add_attachment(b"%PDF-1.5" * 500, maintype="application", subtype="pdf", filename="Zürich.pdf")
    issue = only(bytes(made))
    (entry,) = issue.entries
    assert (entry.title, entry.identifiers) == (
        "Deep Residual Learning for Image Recognition",
        {"arxiv": "1512.03385"},
    )
    assert [link.url for link in entry.links] == ["https://arxiv.org/abs/1512.03385"]
    assert [(remark.text, remark.why) for remark in issue.warnings] == [
        ("Zürich.pdf", "is not read: attachments are not read (this one is application/pdf, 4 kB)")
    ]


def test_of_text_and_page_the_one_is_taken_that_tells_more() -> None:
    made = message(NEWSLETTER)
    made.add_alternative(PAGE, subtype="html")
    assert only(bytes(made)).format == "newsletter"


def test_a_mail_that_is_only_a_page_is_read_as_a_page() -> None:
    made = message()
    made.clear_content()
    made.set_content(PAGE, subtype="html", cte="quoted-printable")
    issue = only(bytes(made))
    assert (issue.title, issue.date) == ("Papers", "2024-09-12")
    assert [entry.title for entry in issue.entries] == ["Deep Residual Learning for Image Recognition"]


def test_texts_and_pages_that_follow_each_other_are_all_read() -> None:
    made = message(ADAM)
    made.make_mixed()
    for text, kind in ((PAGE, "html"), ("And arXiv:1701.07875, unsaid.\n", "plain")):
        part = EmailMessage()
        part.set_content(text, subtype=kind)
        made.attach(part)
    found = {entry.identifiers["arxiv"] for entry in only(bytes(made)).entries}
    assert found == {"1412.6980", "1512.03385", "1701.07875"}


ENCODED = {
    "declared": ("koi8-r", "koi8-r", "Прочтём эту статью: arXiv:1706.03762"),
    "declared of many bytes": ("gb18030", "gb2312", "本周我们读这一篇论文，谢谢大家：arXiv:1706.03762"),
    "declared of the east": ("iso-2022-jp", "iso-2022-jp", "今週の論文は arXiv:1706.03762"),
    "declared as another": ("utf-8", "iso-8859-1", "Größe und Maß: arXiv:1706.03762"),
    "declared as plain": ("utf-8", "us-ascii", "Größe und Maß: arXiv:1706.03762"),
    "declared as UTF-8 and is not": ("cp1252", "utf-8", "Größe und Maß: arXiv:1706.03762"),
    "of no known name": ("utf-8", "x-nobody-knows", "Größe und Maß: arXiv:1706.03762"),
    "a codec that is none of text": ("utf-8", "zlib_codec", "Größe und Maß: arXiv:1706.03762"),
}


@pytest.mark.parametrize("cte", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("name", ENCODED)
def test_a_text_is_read_in_the_encoding_that_it_has(name: str, cte: str) -> None:
    real, declared, words = ENCODED[name]
    part = EmailMessage()
    data = words.encode(real)
    part.set_content(data, "text", "plain", cte="base64" if cte == "8bit" else cte)
    body = data if cte == "8bit" else part.get_payload().encode("ascii")  # type: ignore[union-attr]
    head = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: {cte}\n\n"
    )
    (issue,) = issues(head.encode("ascii") + body + b"\n")
    assert issue.text.strip() == words


def test_a_mail_that_was_pasted_is_right_whatever_it_says_of_its_encoding() -> None:
    head = HEAD + "Content-Type: text/plain; charset=koi8-r\n\n"
    (issue,) = read(Document(head + "Größe: arXiv:1706.03762\n", "clipboard"))
    assert issue.text == "Größe: arXiv:1706.03762\n"


def test_lines_that_a_list_puts_below_an_encoded_body_are_read_too() -> None:
    made = message(ADAM)
    made.set_content(ADAM, cte="base64")
    footer = "_______________\nalso arXiv:1701.07875, from the list\n"
    found = only(bytes(made).decode() + footer)
    assert [entry.identifiers["arxiv"] for entry in found.entries] == ["1412.6980", "1701.07875"]


def test_words_that_are_called_base64_are_words() -> None:
    assert only(f"{HEAD}Content-Transfer-Encoding: base64\n\n{ADAM}").text == ADAM


def test_flowed_lines_are_made_whole() -> None:
    title = "The Lottery Ticket Hypothesis: \nFinding Sparse, Trainable \nNeural Networks"
    head = f"{HEAD}Content-Type: text/plain; format=flowed\n\n"
    entry = only(f'{head}"{title}": https://arxiv.org/abs/1803.03635\n').entries[0]
    assert entry.title == title.replace("\n", "")


def test_messages_in_a_message_have_their_own_days_and_subjects() -> None:
    outer = message("Two of them.\n", "Digest of the list")
    outer.make_mixed()
    for number, paper in ((1, "1412.6980"), (2, "1701.07875")):
        inner = message(f"Read arXiv:{paper} soon.\n", f"Re: AW: Paper {number}")
        inner.replace_header("Date", f"Fri, {number} Mar 2024 10:00:00 +0000")
        outer.add_attachment(inner)
    found = issues(bytes(outer))
    assert [(issue.title, issue.date) for issue in found] == [("Paper 1", "2024-03-01"), ("Paper 2", "2024-03-02")]


LISTS = {
    "ML News <ml-news.lists.example>": "ML News",
    '"=?utf-8?q?Caf=C3=A9?=" <cafe.lists.example>': "Café",
    "<friday-readers.lists.example>": "friday-readers",
    "0f3a77bc91mc list <0f3a77bc91.412.list-id.example>": "Ada Byron",
    "<123456.xt.local>": "Ada Byron",
    "": "Ada Byron",
}


@pytest.mark.parametrize("stated", LISTS)
def test_a_list_is_the_series_by_the_name_that_people_gave_it(stated: str) -> None:
    issue = only(f"{HEAD}List-Id: {stated}\n\n{ADAM}")
    assert (issue.series, issue.entries[0].submitter) == (LISTS[stated], None)


SENDERS = {
    "Ada Byron <ada@engine.example>": "Ada Byron",
    '"Byron, Ada" <ada@engine.example>': "Byron, Ada",
    "=?iso-8859-1?q?M=FCller?= <m@x.example>": "Müller",
    "ada@engine.example (Ada Byron)": None,
    "ada@engine.example": None,
    '"ada@engine.example" <ada@engine.example>': None,
    "Ada Byron via Friday readers <friday@lists.example>": "Ada Byron",
    "<<<(((": None,
    "": None,
}


@pytest.mark.parametrize("stated", SENDERS)
def test_of_a_sender_the_name_is_kept_and_never_the_address(stated: str) -> None:
    letter = letter_of(fields_of(f"From: {stated}\n"))
    if SENDERS[stated]:
        assert letter.sender == SENDERS[stated]
    assert "@" not in (letter.sender or "")


def test_no_address_of_anybody_is_kept() -> None:
    body = (
        f"Hi friday@lists.example,\n{ADAM}\nWrite to ada@engine.example.\n-- \nAda <Ada@Engine.example>\n\n"
        "On Thu, 12 Sep 2024 at 10:00, Max <max@planck.example> wrote:\n> From: Eve <e@x.example>\n> arXiv:1701.07875\n"
    )
    issue = only(HEAD + "Reply-To: other@engine.example\nCc: c@d.example, Z <z@d.example>\n\n" + body)
    assert "@" not in repr(issue)
    assert len(issue.entries) == 2
    assert issue.text.count("\n") == body.count("\n")


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Thu, 12 Sep 2024 23:59:11 -0700", "2024-09-12"),
        ("12 Sep 24 23:59 EST", "2024-09-12"),
        ("2024-09-12T10:00:00Z", "2024-09-12"),
        ("Thu, 99 Sep 2024 10:00:00 +0000", None),
        ("Thu, 1 Jan 0000 10:00:00 +0000", None),
        ("Fri, 31 Dec 9999 10:00:00 +0000", None),
        ("yesterday", None),
    ],
)
def test_a_day_is_the_senders_own_and_none_where_it_cannot_be_one(stated: str, day: str | None) -> None:
    assert letter_of(fields_of(f"Date: {stated}\n")).date == day


def test_a_mailbox_gives_an_issue_a_message_and_says_how_many_name_no_paper() -> None:
    data = box(
        message(f"{ADAM}\nFrom here on nothing.\n\nFrom ada to max, 2024: no envelope.\n", "One"),
        message("Lunch?\n", "Lunch"),
        message(NEWSLETTER, "Two"),
        message("Lunch!\n", "Lunch again"),
    )
    first, second = issues(data, "list.mbox")
    assert (first.title, second.format) == ("One", "newsletter")
    assert "\nFrom here on nothing.\n\nFrom ada to max, 2024: no envelope.\n" in first.text
    assert [remark.why for remark in (*first.warnings, *second.warnings)] == [
        "“A message” (2 times in this file) is not kept: it names no paper"
    ]


def test_a_mailbox_is_told_by_its_envelopes_whatever_it_is_called() -> None:
    data = box(message(ADAM, "One"), message(NEWSLETTER, "Two"))
    assert len(issues(data, "Archive")) == len(issues(b"cut here\n\n" + data, "archive.mbox")) == 2
    assert len(issues(data.replace(b"\n", b"\r\n"), "-")) == 2


def test_a_mailbox_without_papers_gets_one_sentence() -> None:
    with pytest.raises(NoPapersError, match=r"^lunch\.mbox names no paper: .*\.$"):
        issues(box(message("Lunch?\n"), message("No.\n")), "lunch.mbox")


def test_a_mailbox_that_was_cut_anywhere_gives_all_that_stands_before() -> None:
    made = message("See the page.\n", "Two")
    made.add_alternative(PAGE, subtype="html", cte="base64")
    data = box(message(ADAM, "One"), made)
    first = len(box(message(ADAM, "One")))
    for end in range(first, len(data) + 1, 23):
        found = issues(data[:end], "list.mbox")
        assert found[0].entries[0].identifiers == {"arxiv": "1412.6980"}
        assert len(found) <= 2
    cut = issues(data[: data.index(b"--===", len(data) - 60)], "list.mbox")
    assert [remark.text for remark in cut[1].warnings] == ["the end of the message"]


def test_a_large_mailbox_of_another_encoding_is_read_message_by_message(tmp_path: Path) -> None:
    filler = "Größe und Maß. " * 400 + "\n"
    head = HEAD.replace("Date", "Content-Type: text/plain; charset=iso-8859-1\nDate")
    envelope = "From ada@engine.example Thu Sep 12 18:20:11 2024\n"
    path = tmp_path / "large.mbox"
    one = envelope + head + "\nRead arXiv:{}.{:05} soon.\n" + filler + "\n"
    count = 800
    path.write_bytes("".join(one.format(2001, number) for number in range(count)).encode("latin-1"))
    found = list(read_sources([str(path)], Settings()))
    assert len(found) > 3
    assert all(source.error is None and source.size == path.stat().st_size for source in found)
    names = [issue.entries[0].identifiers["arxiv"] for source in found for issue in source.issues]
    assert names == [f"2001.{number:05}" for number in range(count)]
    assert all("Größe und Maß." in issue.text for issue in found[0].issues)
    assert [source.behind for source in found] == sorted(source.behind for source in found)


class Endless(BytesIO):
    """A mailbox of many messages that never exists as a whole."""

    def __init__(self, one: bytes, count: int) -> None:
        super().__init__()
        self._lines: Iterator[bytes] = (line for _ in range(count) for line in BytesIO(one))

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self._lines, b"")


def test_the_memory_of_many_messages_is_that_of_some() -> None:
    one = box(message(ADAM + "x" * 60 + "\n" * 20)) + b"x" * 75 + b"\n" * 2
    document = Document(one.decode(), "list.mbox")
    peaks = []
    # Some: as many as fill what is remembered of dates and names read before, which is bounded.
    for count in (480, 1920):
        tracemalloc.start()
        papers = sum(len(each.issues) for each, _ in digests.collections(Endless(one, count), one, document.source))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert papers == count
    assert peaks[1] < 1.5 * peaks[0]


def nested(depth: int) -> bytes:
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return (HEAD + opened + "\n" + ADAM).encode()


def letters(depth: int) -> bytes:
    return (HEAD + "Content-Type: message/rfc822\n\n").encode() * depth + (HEAD + "\n" + ADAM).encode()


BOMBS = {
    "parts in parts": nested(5_000),
    "messages in messages": letters(2_000),
    "parts": (HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 200_000).encode(),
    "boundaries alone": (HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n" * 300_000).encode(),
    "fields": (HEAD + "X-A: b\n" * 100_000 + "\n" + ADAM).encode(),
    "a folded field": (HEAD + "X-A: b\n" + " c\n" * 300_000 + "\n" + ADAM).encode(),
    "a long subject": HEAD.encode() + b"Subject: " + b"=?utf-8?q?=41?= " * 60_000 + b"\n\n" + ADAM.encode(),
    "brackets": HEAD.replace("Ada", "(" * 500_000).encode() + b"\n" + ADAM.encode(),
    "parameters": (HEAD + "Content-Type: text/plain" + "; a*0=b" * 100_000 + "\n\n" + ADAM).encode(),
    "quotation marks": (HEAD + 'Content-Type: text/plain; a="' + '\\"' * 300_000 + "\n\n" + ADAM).encode(),
    "addresses": (HEAD + "Cc: " + "a@b.example, " * 80_000 + "\n\n" + ADAM).encode(),
    "at signs": (HEAD + "\n" + ADAM + "a@" * 400_000 + "\n" + "<a" * 300_000 + "\n").encode(),
    "one line": (HEAD + "\n" + ADAM + "From x" * 150_000).encode(),
    "envelopes": b"From a@b.example Thu Sep 12 18:20:11 2024\n\n" * 20_000 + HEAD.encode() + b"\n" + ADAM.encode(),
    "a page of divisions": (HEAD + "Content-Type: text/html\n\n" + "<div>" * 100_000 + ADAM).encode(),
    "bad base64": (HEAD + "Content-Transfer-Encoding: base64\n\n" + "A\n=\n" * 200_000).encode(),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_mail_that_means_harm_is_read_or_refused_in_seconds(name: str) -> None:
    begin = time.perf_counter()
    # One that names no paper any more is refused in a sentence.
    with suppress(NoPapersError):
        found = issues(BOMBS[name], "bomb.eml")
        assert sum(len(issue.entries) for issue in found) <= 2
    assert time.perf_counter() - begin < 20


def test_what_is_beyond_the_bounds_is_said() -> None:
    many = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + f"--b\n\n{ADAM}\n" + "--b\n\nx\n" * 5_000
    assert [remark.text for remark in only(many).warnings] == ["the rest of the message"]
    deep = only(letters(2) + b"").warnings
    assert deep == ()
    with pytest.raises(NoPapersError):
        issues(letters(mail.MAX_DEPTH))


def test_a_text_that_is_too_long_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_parts, "MAX_TEXT", 200)
    issue = only(f"{HEAD}\n{ADAM}" + "x\n" * 200)
    assert [remark.text for remark in issue.warnings] == ["the rest of the text"]
    assert len(issue.entries) == 1


LINES = [
    *HEAD.split("\n"),
    ADAM,
    "From a@b.example Thu Sep 12 18:20:11 2024",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/html; charset=utf-7",
    "Content-Type: message/rfc822",
    "Content-Disposition: attachment; filename*=utf-8''%00%FF",
    "Content-Transfer-Encoding: base64",
    "--b",
    "--b--",
    "",
    "",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=40), st.sampled_from(["a.mbox", "a.eml"]))
def test_no_mixture_of_lines_breaks_it(lines: list[str], source: str) -> None:
    data = "\n".join([*LINES[:4], *lines]).encode("utf-8", "surrogatepass")
    try:
        found = mail.collect(Document(data.decode("utf-8", "replace"), source, raw=data)).issues
    except PaperrackError:
        return
    for issue in found:
        assert issue.id == ""
        assert issue.entries


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("20-arxiv-cs-lg-2013-12-23.txt", ["arxiv-mailing"]), ("21-harbour-letter-7.eml", ["mail"])],
)
def test_each_of_our_samples_is_recognised_by_its_own_kind_alone(name: str, kinds: list[str]) -> None:
    path = SAMPLES / name
    document = decode(path.read_bytes(), str(path))
    assert recognised_by(document) == kinds
    (issue,) = read(document)
    assert "@" not in repr(issue) or name.startswith("20")
    assert issue.warnings == ()
