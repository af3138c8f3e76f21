"""The tables of the catalogue, and what a number in them means.

Everything here is derived from the library's files, so there is no migration: a catalogue of another version is
dropped and made anew.
"""

from __future__ import annotations

VERSION = 7
"""The layout of the tables and of what is written into them; raise it whenever either changes."""

EDITIONS = 256
"""How many texts a paper may have had in ``words`` before that table is made anew; its rowids count them."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- The files of the library as they were last read. `pending` is when (Unix time) a change to the file was put that is
-- not known to be in it yet, and `owner` the process that put it; NULL where the file holds all.
CREATE TABLE files (
    name TEXT PRIMARY KEY, mtime INTEGER, size INTEGER, inode INTEGER, pending REAL, owner INTEGER
) WITHOUT ROWID;

-- Issues. `head` is JSON: the issue without entries, text, introduction and warnings; `ranking` sorts by age, newest
-- greatest; `address` is the one that editions are known by. `counted` is what stood in `totals` when the papers were
-- counted last.
CREATE TABLE issues (
    num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, head TEXT NOT NULL, grp TEXT NOT NULL,
    title TEXT NOT NULL, number TEXT, date TEXT, ranking TEXT NOT NULL, address TEXT, series TEXT, numbered TEXT,
    papers INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, counted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX issues_counted ON issues (counted);
CREATE INDEX issues_file ON issues (file);
CREATE INDEX issues_address ON issues (address) WHERE address IS NOT NULL;
CREATE INDEX issues_numbered ON issues (numbered) WHERE numbered IS NOT NULL;

-- Papers, and names that were papers once: `goes_to` is the number of the paper that it became. `listed` is 1 where
-- an issue speaks of it, `issues` how many do; `tags` stand with commas between. The rest is what lists show, sort and
-- choose by, as the issues, the services and the reader have it together; `recency` and `place` sort by the newest
-- issue that speaks of it.
CREATE TABLE papers (
    num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, goes_to INTEGER, listed INTEGER NOT NULL DEFAULT 0,
    title TEXT, titled INTEGER NOT NULL DEFAULT 1, authors TEXT NOT NULL DEFAULT '', more INTEGER NOT NULL DEFAULT 0,
    year INTEGER, venue TEXT, recency TEXT NOT NULL DEFAULT '', place INTEGER NOT NULL DEFAULT 0,
    title_key TEXT, author_key TEXT, key TEXT, state TEXT NOT NULL DEFAULT 'new',
    unread INTEGER NOT NULL DEFAULT 1, marked INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,
    tags TEXT NOT NULL DEFAULT '', asks INTEGER NOT NULL DEFAULT 0, issues INTEGER NOT NULL DEFAULT 1,
    waiting INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    has TEXT NOT NULL DEFAULT '', edition INTEGER
);
CREATE INDEX papers_leading ON papers (goes_to) WHERE goes_to IS NOT NULL;
-- `listed` stands in the indexes too: SQLite before 3.41 goes to the table for it, which costs ten times as much.
CREATE INDEX papers_recent ON papers (recency DESC, place, edition, listed) WHERE listed;
CREATE INDEX papers_unread ON papers (unread DESC, recency DESC, place, listed) WHERE listed;
CREATE INDEX papers_marked ON papers (marked, listed) WHERE marked AND listed;
CREATE INDEX papers_title ON papers (title_key IS NULL, title_key, listed) WHERE listed;
CREATE INDEX papers_author ON papers (author_key IS NULL, author_key, listed) WHERE listed;
CREATE INDEX papers_year ON papers (year IS NULL, year DESC, listed) WHERE listed;
CREATE INDEX papers_key ON papers (lower(key)) WHERE key IS NOT NULL;
CREATE INDEX papers_waiting ON papers (num) WHERE waiting;
-- What a search asks of papers beside words: a tenth of the table's size to go through.
CREATE INDEX papers_facts ON papers (state, starred, asks, has, listed) WHERE listed;
CREATE INDEX papers_venue ON papers (venue, listed) WHERE listed AND venue IS NOT NULL;

-- How many papers are listed, unread, marked, starred and to be read: one row, kept by triggers, for counting 100,000
-- rows costs a frame.
-- `moved` counts the changes to which papers are listed, where, and by which texts they are found, `counted` those to
-- how many papers are unread in issues, and `shelved` those to which issues there are and what a list says of them: it
-- begins anywhere, for nobody may take a catalogue that was made anew for the one before.
CREATE TABLE totals (
    papers INTEGER NOT NULL, unread INTEGER NOT NULL, marked INTEGER NOT NULL, starred INTEGER NOT NULL,
    to_read INTEGER NOT NULL, moved INTEGER NOT NULL, counted INTEGER NOT NULL, shelved INTEGER NOT NULL
);
INSERT INTO totals VALUES (0, 0, 0, 0, 0, 0, 0, random() / 2);
CREATE TRIGGER issues_added AFTER INSERT ON issues BEGIN
    UPDATE totals SET shelved = shelved + 1;
END;
CREATE TRIGGER issues_removed AFTER DELETE ON issues BEGIN
    UPDATE totals SET shelved = shelved + 1;
END;
CREATE TRIGGER issues_changed AFTER UPDATE OF id, grp, title, number, date, ranking ON issues BEGIN
    UPDATE totals SET shelved = shelved + 1;
END;
CREATE TRIGGER papers_moved AFTER UPDATE OF listed, edition, recency, place ON papers
WHEN (old.listed, old.edition, old.recency, old.place) IS NOT (new.listed, new.edition, new.recency, new.place) BEGIN
    UPDATE totals SET moved = moved + 1;
END;
CREATE TRIGGER papers_added AFTER INSERT ON papers WHEN new.listed BEGIN
    UPDATE totals SET papers = papers + 1, unread = unread + new.unread, marked = marked + new.marked,
        starred = starred + new.starred, to_read = to_read + (new.state = 'to read'), moved = moved + 1;
END;
CREATE TRIGGER papers_changed AFTER UPDATE OF listed, state, marked, starred ON papers
WHEN (old.listed, old.state, old.marked, old.starred) IS NOT (new.listed, new.state, new.marked, new.starred) BEGIN
    UPDATE totals SET papers = papers + new.listed - old.listed,
        unread = unread + new.listed * new.unread - old.listed * old.unread,
        marked = marked + new.listed * new.marked - old.listed * old.marked,
        starred = starred + new.listed * new.starred - old.listed * old.starred,
        to_read = to_read + new.listed * (new.state = 'to read') - old.listed * (old.state = 'to read');
END;

-- What issues say of papers: `stated` is the paper that the file names, `paper` the one that it goes by now; the entry
-- lies in the issue's file at `start` for `length` bytes.
CREATE TABLE entries (
    issue INTEGER NOT NULL, position INTEGER NOT NULL, stated INTEGER NOT NULL, paper INTEGER NOT NULL,
    start INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (issue, position)
) WITHOUT ROWID;
CREATE INDEX entries_paper ON entries (paper, issue, position);
CREATE INDEX entries_stated ON entries (stated);

-- What a paper's other mentions can be found by: 64-bit hashes of clues. They only propose, and old ones stay: somebody
-- looks at the paper and decides.
CREATE TABLE clues (clue INTEGER NOT NULL, paper INTEGER NOT NULL, PRIMARY KEY (clue, paper)) WITHOUT ROWID;

-- The reader's own of each paper: the document of its shard as JSON.
CREATE TABLE states (paper TEXT PRIMARY KEY, file TEXT NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX states_file ON states (file);
CREATE TABLE tags (tag TEXT NOT NULL, paper INTEGER NOT NULL, PRIMARY KEY (tag, paper)) WITHOUT ROWID;
CREATE INDEX tags_paper ON tags (paper);

-- Where what services said of a paper lies; `document` holds it while the file does not.
CREATE TABLE inquiries (
    paper TEXT PRIMARY KEY, file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, document TEXT
) WITHOUT ROWID;
CREATE INDEX inquiries_file ON inquiries (file);

-- The full text. A paper's rowid is its number times EDITIONS plus `papers.edition`: what is found under another
-- rowid is a text that the paper had before, and is passed over.
CREATE VIRTUAL TABLE words USING fts5 (
    title, authors, abstract, said, notes, tags, ids,
    content='', prefix='1 2', tokenize='unicode61 remove_diacritics 0'
);
"""

COLUMNS = ("title", "authors", "abstract", "said", "notes", "tags", "ids")
"""The columns of ``words``: ``said`` holds what issues write of the paper beyond title and abstract."""

HAS = ("abstract", "code", "data", "details", "note", "pdf")
"""The words of ``papers.has``, which stands between blanks: `` code pdf ``."""

ORDERS = {
    "issue": "recency DESC, place",
    "title": "title_key IS NULL, title_key",
    "author": "author_key IS NULL, author_key",
    "year": "year IS NULL, year DESC",
    "unread": "unread DESC, recency DESC, place",
    "state": (
        "state = 'reading' DESC, state = 'to read' DESC, state = 'new' DESC, state = 'read' DESC, recency DESC, place"
    ),
    "starred": "starred DESC, recency DESC, place",
    "noted": "has LIKE '% note %' DESC, recency DESC, place",
    "tags": "tags = '', tags COLLATE NOCASE, recency DESC, place",
    "mentions": "issues DESC, recency DESC, place",
}
"""What lists of papers are sorted by, by the name of the order; each part begins with its column."""

MARKED = ("unread", "state", "starred", "noted", "tags")
"""The orders that a mark can change."""
