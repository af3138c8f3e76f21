"""Into the reader's own ``.bib`` file: what is there is found, what is new is appended, every other byte stays.

:func:`read` the file, :func:`merge` items into it, show the ``diff``, :func:`write` it; :func:`undo` puts the old
bytes back.
"""

from tui.exports.bibfile.entries import BibEntry
from tui.exports.bibfile.file import BibFile, read
from tui.exports.bibfile.merging import Merge, There, merge
from tui.exports.bibfile.project import find_project
from tui.exports.bibfile.saving import Undo, undo, write

__all__ = ["BibEntry", "BibFile", "Merge", "There", "Undo", "find_project", "merge", "read", "undo", "write"]
