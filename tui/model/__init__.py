"""What paperrack knows: frozen issues, entries, papers, marks and details, and pure functions on them.

An :class:`Issue` is a digest as published; an :class:`Entry` is what that issue says of one paper; a :class:`Paper`
is one work over all issues, with the reader's :class:`Marks` and the :class:`Details` that services gave. Every
string passes :func:`tui.text.clean` when one of these is made, from whatever file, server or library it came, so
nothing behind this edge holds an escape sequence.
"""

from tui.model.details import (
    READER,
    Answer,
    Choices,
    Details,
    Field,
    Inquiry,
    Kind,
    Offer,
    Reply,
    Said,
    Value,
    Version,
    Via,
)
from tui.model.issues import Entry, Issue, IssueRow, Post, Remark, Section
from tui.model.jobs import Condition, Job, JobState, Progress, ServiceState
from tui.model.lists import NoPapers, Papers, PlaceRow, SearchRow
from tui.model.papers import STATES, Marks, Mention, Paper, PaperRow, State
from tui.model.records import Link, Record, RecordType
from tui.model.searches import SavedSearch
from tui.model.sources import FollowedSource, SourceKind, SourceRow, SourceState, Visits

__all__ = [
    "READER",
    "STATES",
    "Answer",
    "Choices",
    "Condition",
    "Details",
    "Entry",
    "Field",
    "FollowedSource",
    "Inquiry",
    "Issue",
    "IssueRow",
    "Job",
    "JobState",
    "Kind",
    "Link",
    "Marks",
    "Mention",
    "NoPapers",
    "Offer",
    "Paper",
    "PaperRow",
    "Papers",
    "PlaceRow",
    "Post",
    "Progress",
    "Record",
    "RecordType",
    "Remark",
    "Reply",
    "Said",
    "SavedSearch",
    "SearchRow",
    "Section",
    "ServiceState",
    "SourceKind",
    "SourceRow",
    "SourceState",
    "State",
    "Value",
    "Version",
    "Via",
    "Visits",
]
