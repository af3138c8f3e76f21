"""Feeds, pages and folders: how long reading takes beside lxml's own parse, how many entries a second, what it holds.

The feed is shaped like arXiv's (3,800 items, 5 MB), the page like a newsletter of 4,400 papers (5 MB), the rankings are
294 days of 3,347 papers, each a file, taken in by the command itself with all that it writes to the disk.
"""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import gc
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Row = tuple[str, float, str, float]

ITEMS = 3_800
PAPERS = 4_400
DAYS = 294
ENTRIES = 3_347
FILES = 10_000
_RSS = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"'
)
_SYLLABLES = re.findall(r"\S+", "ba ce di fo gu la me ni po ru sa te vi xo zu lor min tas")
_PROSE = (
    "We measure how long a reader of daily listings waits for what is new, and find that it depends on the day of the"
    " week and on the number of categories. "
)


def feed(items: int = ITEMS) -> bytes:
    """Return a day of arXiv's feed with *items*."""
    head = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<rss {_RSS}>\n  <channel>\n"
        "    <title>cs.LG updates on arXiv.org</title>\n    <link>http://rss.arxiv.org/rss/cs.LG</link>\n"
        "    <pubDate>Wed, 03 Jan 2024 00:00:00 -0500</pubDate>\n"
    )
    return (head + "".join(map(_item, range(items))) + "  </channel>\n</rss>\n").encode()


def _item(number: int) -> str:
    name = f"2401.{number:05}"
    return (
        f"    <item>\n      <title>A Study of Reading Lists, Part {number}</title>\n"
        f"      <link>https://arxiv.org/abs/{name}</link>\n"
        f"      <description>arXiv:{name}v1 Announce Type: new \nAbstract: {(_PROSE * 6).strip()}</description>\n"
        f'      <guid isPermaLink="false">oai:arXiv.org:{name}v1</guid>\n'
        "      <category>cs.LG</category>\n      <category>stat.ML</category>\n"
        "      <pubDate>Wed, 03 Jan 2024 00:00:00 -0500</pubDate>\n"
        "      <arxiv:announce_type>new</arxiv:announce_type>\n"
        "      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>\n"
        f"      <dc:creator>Ada Lovelace, Charles Babbage, Author Number{number}</dc:creator>\n    </item>\n"
    )


def page(papers: int = PAPERS) -> bytes:
    """Return a web page that names *papers* under their headings, each with links and a paragraph or two."""
    parts = [
        f"<h3>A Study of Reading Lists, Part {n}</h3>\n<p><a href='https://arxiv.org/abs/2401.{n:05}'>Paper</a>"
        f" <a href='https://github.com/lists/{n}'>Code</a></p>\n<ul><li><b>What is new:</b> {_PROSE}</li>"
        f"<li>{_PROSE * 2}</li></ul>\n<p>{_PROSE * 3}</p>\n"
        for n in range(papers)
    ]
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>A very long newsletter</title></head><body><main>"
    return f"{head}{''.join(parts)}</main></body></html>".encode()


def rankings(folder: Path, days: int = DAYS, entries: int = ENTRIES) -> Path:
    """Write *days* daily rankings with *entries* in all into *folder*, a file a day, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(7)
    # Papers that share titles or abstracts would be one work, and be told apart at length.
    words = ["".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(2, 4))) for _ in range(5_000)]
    for day in range(days):
        date = datetime.date(2021, 1, 1) + datetime.timedelta(days=day)
        count = entries // days + (day < entries % days)
        parts = [_ranked(place, date, words, draw) for place in range(1, count + 1)]
        (folder / f"hot-papers-{date}.txt").write_text("".join(parts), "utf-8")
    return folder


def _ranked(place: int, date: datetime.date, words: Sequence[str], draw: random.Random) -> str:
    """Return one paper of a ranking, with a post, as the ranking prints it."""
    title = " ".join(draw.choice(words).title() for _ in range(9))
    names = ", ".join(f"{draw.choice(words).title()} {draw.choice(words).title()}" for _ in range(5))
    abstract = ". ".join(" ".join(draw.choices(words, k=18)).capitalize() for _ in range(8)) + "."
    written = f"{date:%B} {date.day}, {date.year}"
    return (
        f"{place}. {title}\n{names}\n- retweets: {draw.randint(0, 999)}, favorites: {draw.randint(0, 99)}"
        f" ({date:%m/%d/%Y} 07:01:12)\n- links: abs | pdf\n- cs.LG | stat.ML\n{abstract}\n{title}\n"
        f"— Some Reader (@reader{draw.randint(1, 99)}) {written}\nabs: https://t.co/{draw.randrange(10**9):09}\n"
    )


def beside(runs: int, ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds that each takes at its best of *runs*, in turns: the machine has other things to do.

    The collector of garbage is as seldom at work as it is where large digests are read.
    """
    from tui.desk.limited import SELDOM

    _keep_memory()
    best = [float("inf"), float("inf")]
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    for _ in range(max(runs, 5)):
        # The first of each two finds the memory in the other's pieces, and joins them.
        for which, work in ((0, ours), (0, ours), (1, theirs), (1, theirs)):
            gc.collect()
            begin = time.process_time()
            work()
            best[which] = min(best[which], (time.process_time() - begin) * 1000)
    gc.set_threshold(*before)
    return best[0], best[1]


def _keep_memory() -> None:
    """Have glibc keep what was let go of: a tree of 15 MB costs four thousand page faults, or none, as it happens.

    Other systems' libraries are left as they are.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for option in (_TRIM_FROM, _MAP_FROM):
            library.mallopt(option, 32 << 20 if option == _MAP_FROM else 1 << 30)


# M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h; the second can be no more than 32 MB.
_TRIM_FROM, _MAP_FROM = -1, -3


def _feed(runs: int) -> list[Row]:
    from lxml import etree

    from tui.digests import read
    from tui.digests.document import decode
    from tui.digests.feed import Feed, read_feed

    data = feed()

    def parse() -> object:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        return etree.fromstring(data, parser)

    def walked() -> object:
        return [[(str(each.tag), each.text) for each in item] for item in parse()[0]]  # type: ignore[index]

    def opened() -> Feed:
        feed = read_feed(decode(data, "feed.xml"))
        assert feed
        assert len(feed.items) == ITEMS
        return feed

    def items() -> object:
        return tuple(opened().items)

    first, parsed_first = beside(runs, lambda: opened().items[:20], parse)
    only, parsed = beside(runs, items, parse)
    again, walk = beside(runs, items, walked)
    whole, walked_again = beside(runs, lambda: read(decode(data, "feed.xml")), walked)
    return [
        ("5 MB feed, opened, 20 items (ms)", first, "lxml's parse", parsed_first),
        ("5 MB feed, its items (ms)", only, "lxml's parse", parsed),
        ("5 MB feed, its items (ms)", again, "its parse, all texts", walk),
        ("5 MB feed, its papers (ms)", whole, "its parse, all texts", walked_again),
    ]


def _page(runs: int) -> list[Row]:
    from lxml import html

    from tui.digests import read
    from tui.digests.document import decode

    data = page()
    flat, parsed = beside(runs, lambda: decode(data, "p.html").blocks, lambda: html.document_fromstring(data))
    whole, again = beside(runs, lambda: read(decode(data, "p.html")), lambda: html.document_fromstring(data))
    return [
        ("5 MB page, its lines (ms)", flat, "lxml's parse", parsed),
        ("5 MB page, its papers (ms)", whole, "lxml's parse", again),
    ]


def _rankings(runs: int, folder: Path) -> list[Row]:
    from tui.desk.intake import read_sources
    from tui.settings import Settings

    place = rankings(folder / "rankings")
    read, taken = [], []
    for run in range(min(runs, 3)):
        begin = time.perf_counter()
        found = sum(len(issue.entries) for source in read_sources([str(place)], Settings()) for issue in source.issues)
        read.append(found / (time.perf_counter() - begin))
        begin = time.perf_counter()
        _add(folder / f"rankings-{run}", place)
        taken.append(ENTRIES / (time.perf_counter() - begin))
    return [
        ("294 rankings read (entries/s)", statistics.median(read), "wanted", 1_500.0),
        ("294 rankings added (entries/s)", statistics.median(taken), "wanted", 1_500.0),
    ]


def _add(library: Path, place: Path) -> None:
    command = [sys.executable, "-m", "tui", "--library", str(library), "add", str(place)]
    subprocess.run(command, check=True, capture_output=True)


# The peak that getrusage states is that of whoever started the process, where that was higher.
_MEASURED = """
import re, sys
from tui.desk.intake import read_sources
from tui.settings import Settings
papers = sum(len(issue.entries) for source in read_sources([sys.argv[1]], Settings()) for issue in source.issues)
print(papers, int(re.search("VmHWM:\\\\s+(\\\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


def _folders(folder: Path) -> list[Row]:
    """The most memory that reading a folder of 10,000 files takes, beside one of 1,000."""
    most = []
    for files in (FILES, FILES // 10):
        place = folder / f"files-{files}"
        place.mkdir()
        for number in range(files):
            papers = "".join(
                f"- [A Study of Lists, Part {n}](https://arxiv.org/abs/2401.{n:05}). {_PROSE}\n"
                for n in range(number, number + 5)
            )
            (place / f"{number:05}.md").write_text(f"# List {number}\n\n{papers}", "utf-8")
        command = [sys.executable, "-c", _MEASURED, str(place)]
        found, megabytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        assert int(found) == 5 * files
        most.append(float(megabytes))
    return [("folder of 10,000 files (MB)", most[0], "1,000 files", most[1])]


def sources(runs: int, folder: Path) -> list[Row]:
    """Return all rows."""
    return [*_feed(runs), *_page(runs), *_rankings(runs, folder), *_folders(folder)]
