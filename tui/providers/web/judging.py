"""What an answer of a service means: data, nothing, or a refusal, and whether the service should be left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.errors import AnswerError, NetworkError
from tui.providers.web.refusals import LIMITED, is_passing, phrase, until_when
from tui.providers.web.standing import LONGEST_PAUSE
from tui.providers.web.turns import LONGEST_WAIT

if TYPE_CHECKING:
    import httpx

PAUSE = 90.0
"""The seconds for which a service is left alone that fails or turns programs away."""

_MARKS = (
    b"anubis", b"not a bot", b"challenge-platform", b"cf-chl", b"captcha", b"challengerequired",
    b"just a moment", b"you are human", b"bot check",
)  # fmt: skip
"""What stands, in small letters, in the pages with which sites keep programs out."""

_BEGINNINGS = (b"<!doctype html", b"<html")


@dataclass(frozen=True)
class Reply:
    """What came over the wire; of a refusal, ``content`` is the beginning."""

    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a web page, or announces one."""
        if self._is_challenge:
            return True
        kind = self.headers.get("content-type", "").lower()
        beginning = self.content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        return "html" in kind or beginning.startswith(_BEGINNINGS)

    @property
    def is_bot_check(self) -> bool:
        """Whether it is what a site shows to programs that it does not want."""
        beginning = self.content[:32_768].lower()
        return self._is_challenge or any(mark in beginning for mark in _MARKS)

    @property
    def _is_challenge(self) -> bool:
        """Whether the two large filters say so: theirs may be an empty page with status 202."""
        return "x-amzn-waf-action" in self.headers or "cf-mitigated" in self.headers


@dataclass(frozen=True)
class Refused:
    """An answer that is none: why, in a sentence without its full stop, and what follows from it.

    It counts towards a pause where it ``counts``; ``pause`` seconds are stated or follow from it at once, and
    ``blocked`` says that the service turns programs away. Where it is ``passing``, asking again has a point, after
    ``wait`` seconds where the service says so.
    """

    why: str
    status: int | None = None
    passing: bool = False
    counts: bool = True
    pause: float = 0.0
    wait: float | None = None
    blocked: bool = False
    page: bool = False

    def error(self, until: datetime | None) -> NetworkError:
        """Return it as the error for the reader; *until* is when the service is asked again, where it is paused."""
        kind = AnswerError if self.page else NetworkError
        return kind(sentence(self.why, until), status=self.status, until=until, passing=self.passing)


def sentence(why: str, until: datetime | None) -> str:
    """Return *why* as a sentence, with until when the service is left alone."""
    return f"{why}." if until is None else f"{why}; it is left alone until {until:%Y-%m-%d %H:%M:%S} UTC."


def judged(reply: Reply, label: str, has_key: bool, now: datetime) -> bytes | Refused | None:
    """Return the data that *reply* holds, None for nothing there (404, 410), or what is refused and how."""
    if reply.status in (404, 410):
        return None
    if 200 <= reply.status < 300:
        return _page(reply, label) if reply.is_page else reply.content
    if until := until_when(reply.status, reply.headers, now):
        return _told_to_wait(reply, label, (until - now).total_seconds())
    if reply.is_bot_check and (reply.status == 403 or (reply.status >= 500 and reply.is_page)):
        return _page(reply, label)
    if reply.status in (401, 403):
        return _turned_away(reply.status, label, has_key)
    passing = is_passing(reply.status)
    return Refused(f"{label} answers {phrase(reply.status)}", reply.status, passing=passing, counts=passing)


def _told_to_wait(reply: Reply, label: str, seconds: float) -> Refused:
    if seconds <= LONGEST_WAIT:
        why = f"{label} asks to wait for {seconds:.0f} seconds ({phrase(reply.status)})"
        return Refused(why, reply.status, passing=True, wait=seconds)
    what = "takes no more requests for now" if reply.status in LIMITED else "is not available for now"
    return Refused(f"{label} {what} ({phrase(reply.status)})", reply.status, pause=min(seconds, LONGEST_PAUSE))


def _page(reply: Reply, label: str) -> Refused:
    what = "answers programs with a bot check" if reply.is_bot_check else "answers with a web page in place of data"
    return Refused(f"{label} {what} ({reply.status})", reply.status, pause=PAUSE, blocked=True, page=True)


def _turned_away(status: int, label: str, has_key: bool) -> Refused:
    if status == 403:  # perhaps of this one record only
        return Refused(f"{label} refuses to answer (403)", status, blocked=True)
    what = "refuses the key" if has_key else "answers only with a key"
    return Refused(f"{label} {what} (401)", status, pause=PAUSE, blocked=True)
