"""What the elements of feeds are called here, whatever version of RSS or Atom, and whatever prefix, they stand in."""

from __future__ import annotations

_PLAIN = frozenset(
    [
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/RSS2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
    ]
)
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://arxiv.org/schemas/atom": "arxiv",
    "http://arxiv.org/schemas/atom/": "arxiv",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_PRISM = "http://prismstandard.org/namespaces/"

RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

SAME = {
    # Atom 0.3, RSS 1.0 and Dublin Core say the same in other words.
    "issued": "published",
    "created": "published",
    "pubDate": "published",
    "pubdate": "published",
    "dc:date": "published",
    "dcterms:issued": "published",
    "dcterms:created": "published",
    "prism:publicationDate": "published",
    "prism:coverDate": "published",
    "modified": "updated",
    "lastBuildDate": "updated",
    "dcterms:modified": "updated",
    "dc:title": "title",
    "dc:description": "summary",
    "description": "summary",
    "tagline": "subtitle",
    "content:encoded": "content",
    "xhtml:body": "content",
    "dc:creator": "creator",
    "dc:contributor": "contributor",
    "dc:subject": "subject",
    "dc:identifier": "identifier",
    "prism:doi": "doi",
    "arxiv:DOI": "doi",
    "arxiv:doi": "doi",
    "arxiv:announce_type": "announce",
    "arxiv:comment": "comment",
    "arxiv:journal_reference": "journal",
    "arxiv:journal_ref": "journal",
    "feedburner:origLink": "original",
    "guid": "id",
}


class Names(dict[object, str]):
    """From a tag as lxml has it to the name used here; what no feed reader knows is the empty name."""

    def __missing__(self, tag: object) -> str:
        name = _named(tag) if isinstance(tag, str) else ""
        self[tag] = name
        return name


def _named(tag: str) -> str:
    space, brace, local = tag.rpartition("}")
    space = space[1:] if brace else ""
    if space in _PLAIN:
        # A prefix that nobody declared stands in the name itself.
        return SAME.get(local, local)
    prefix = "prism" if space.startswith(_PRISM) else _PREFIXES.get(space)
    name = f"{prefix}:{local}" if prefix else ""
    return SAME.get(name, name)
