"""What services and what they know are called."""

from __future__ import annotations

import dataclasses

from tui.model import READER, Record

LABELS = {
    "arxiv": "arXiv",
    "datacite": "DataCite",
    "crossref": "Crossref",
    "openalex": "OpenAlex",
    "semantic_scholar": "Semantic Scholar",
    "dblp": "DBLP",
    "openreview": "OpenReview",
    "acl": "ACL Anthology",
    "huggingface": "Hugging Face",
    "github": "GitHub",
    "unpaywall": "Unpaywall",
    READER: "you",
}
"""Services by name, as a reader knows them."""

FACTS = {
    "comment": "comment",
    "journal_ref": "journal reference",
    "published_as": "published as",
    "preprint_is": "preprint",
    "version": "version",
    "submitted": "submitted",
    "updated": "updated",
    "licence": "licence",
    "citations": "citations",
    "references": "references",
    "stars": "stars",
    "forks": "forks",
    "code_licence": "code licence",
    "archived": "archived",
    "pushed": "last change of the code",
    "upvotes": "upvotes",
    "models": "models",
    "datasets": "datasets",
    "spaces": "demos",
    "open_access": "open access",
    "status": "status",
    "keywords": "keywords",
    "tldr": "in short",
}
"""What a service may know besides its record, and what a reader calls it."""

RECORD_FIELDS = tuple(item.name for item in dataclasses.fields(Record) if item.name not in ("more_authors", "more"))
EDITABLE = (*(name for name in RECORD_FIELDS), "abstract")
"""The fields that a reader may write."""
