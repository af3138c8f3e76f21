"""The elements of web pages by what they are to a reader (HTML, https://html.spec.whatwg.org)."""

from __future__ import annotations

DROPPED = frozenset(
    ["script", "style", "template", "svg", "iframe", "object", "embed", "noscript", "head", "canvas", "audio", "video"]
)
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul", "button", "select", "option", "textarea"),
    ]
)
FURNITURE = frozenset(["nav", "button", "select", "option", "textarea", "dialog"])
SITE = frozenset(["header", "footer", "aside"])
CONTENT = frozenset(["article", "main", "section"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
PLAIN_BLOCKS = BLOCKS - HEADINGS - CONTENT - FURNITURE - SITE - {"blockquote", "li", "tr", "pre"}
LINKED = frozenset(["a", "b", "strong"])
TOLD = BLOCKS | LINKED | {"br", "img", "td", "th"}
