"""Where what BibTeX encloses ends: every brace counts, escaped or not (bibtex.web, section 218)."""

from __future__ import annotations


def brace_end(text: str, at: int) -> int:
    """Return the place behind the brace that closes the one before *at*, or -1."""
    depth = 1
    while depth:
        end = text.find("}", at)
        if end < 0:
            return -1
        depth += text.count("{", at, end) - 1
        at = end + 1
    return at


def quote_end(text: str, at: int) -> int:
    """Return the place behind the quote that closes the one before *at*, or -1; within braces a quote is text."""
    depth = 0
    while True:
        end = text.find('"', at)
        if end < 0:
            return -1
        depth += text.count("{", at, end) - text.count("}", at, end)
        at = end + 1
        if depth <= 0:
            return at
