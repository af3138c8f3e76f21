"""Feeds to read: items as their formats have them, and what a feed of them looks like."""

from __future__ import annotations

from html import escape

ARXIV = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items: str, channel: str = "<title>Reading lists</title><link>https://lists.example/</link>") -> str:
    """Return RSS 2.0 with *items*, each the inside of one."""
    inside = "\n".join(f"<item>{item}</item>" for item in items)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<rss version="2.0" {ARXIV}><channel>{channel}\n{inside}</channel></rss>'


def atom(*entries: str, feed: str = "<title>Reading lists</title>", more: str = "") -> str:
    """Return Atom 1.0 with *entries*, each the inside of one."""
    inside = "\n".join(f"<entry>{entry}</entry>" for entry in entries)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f'{head}<feed xmlns="http://www.w3.org/2005/Atom" {ARXIV} {more}>{feed}\n{inside}</feed>'


def announced(number: str, kind: str, version: int = 1, title: str = "A Study of Lists") -> str:
    """Return an item of arXiv's own feed."""
    return (
        f"<title>{escape(title)}</title><link>https://arxiv.org/abs/{number}</link>"
        f"<description>arXiv:{number}v{version} Announce Type: {kind} \n"
        "Abstract: We count lists; $x&lt;3$ of them.</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{number}v{version}</guid><category>cs.DL</category>'
        f"<pubDate>Fri, 05 Jan 2024 00:00:00 -0500</pubDate><arxiv:announce_type>{kind}</arxiv:announce_type>"
        '<dc:creator>Ada Byron, Max M\\"uller (Berlin)</dc:creator>'
    )


NEWSLETTER = """<p>Welcome to the sixth edition of paper notes! There are two papers in it, and both are short ones.</p>
<h2>Attention Is All You Need</h2><p><a href="https://arxiv.org/abs/1706.03762">Paper</a> <a href="/code">Code</a></p>
<h3>What is it?</h3><p>A model that is made of attention alone.</p>
<h3>Why it matters?</h3><p>All that came later was made like it.</p>
<h2>Deep Residual Learning for Image Recognition</h2><p><a href="https://arxiv.org/abs/1512.03385">Paper</a></p>
<h3>What is it?</h3><p>A deep net with ways round its layers.</p>
<h3>Why it matters?</h3><p>Nets could be deep from then on.</p>"""


def bombs() -> dict[str, str]:
    """Return XML that means harm, by what it does."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><title>&a9;</title><description>&a9;</description></item>"
    small = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 4}">' for n in range(1, 10))

    def declared(inside: str, item: str = item) -> str:
        return f'<?xml version="1.0"?><!DOCTYPE rss [{inside}]><rss><channel><title>x</title>{item}</channel></rss>'

    return {
        "billion laughs": declared(f'<!ENTITY a0 "lol">{laughs}'),
        "small laughs": declared(f'<!ENTITY a0 "lol">{small}'),
        "quadratic": declared(f'<!ENTITY a9 "{"x" * 50_000}">', f"<item><title>{'&a9;' * 5_000}</title></item>"),
        "file": declared('<!ENTITY a9 SYSTEM "file:///etc/passwd">'),
        "parameter": declared('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'),
        "attribute": declared(f'<!ENTITY a0 "l">{laughs}', '<item><link href="&a9;"/></item>'),
        "hidden": "<!-- " + "x" * 5000 + " -->" + declared(f'<!ENTITY a0 "lol">{laughs}').split("?>", 1)[1],
    }


def masses() -> dict[str, str]:
    """Return feeds that are too much of one thing, each with one paper that can be read of it."""
    paper = "<item><title>See arXiv:1706.03762 for it</title></item>"
    return {
        "nested": rss("<title>See arXiv:1706.03762</title><description>" + "<a>" * 200_000 + "</description>"),
        "attributes": rss("<title>See arXiv:1706.03762</title>").replace(
            "<item>", "<item " + " ".join(f'a{n}="x"' for n in range(200_000)) + ">"
        ),
        "text node": rss(f"<title>See arXiv:1706.03762</title><description>{'x' * 12_000_000}</description>"),
        "comments": "<!-- x -->" * 90 + rss("<title>See arXiv:1706.03762</title>").split("?>", 1)[1],
        "unclosed data": rss("<title>See arXiv:1706.03762</title><description>" + "<![CDATA[" * 100_000),
        "ampersands": rss(f"<title>See arXiv:1706.03762</title><description>{'&' * 500_000}</description>"),
        "names": f"<rss><channel>{paper}{''.join(f'<a{n}/>' for n in range(100_000))}</channel></rss>",
    }
