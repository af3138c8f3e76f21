"""What ``--help`` says beneath the options of a command, in lines that a terminal of 80 cells does not break."""

from __future__ import annotations

SEARCH = """\
QUERY is what the screens' field takes, every word the beginning of one, and
accents and capitals all the same. Quotes keep the shell's hands off it:
  'contrastive audio'            both words, anywhere in the paper or its issues
  '"all you need"'               a phrase
  'attention -survey'            not that word; (cats OR dogs) takes either
  'author:vaswani title:need'    in a field: also abstract note venue issue
                                 series tag key id, arxiv doi and the like
  'year:2019..2021'              or year:2019, year:>=2019, year:..2019
  'is:unread'                    read marked starred asks new to-read reading
                                 dropped tagged noted
  'has:code'                     abstract data details note pdf
A word that nothing holds is taken for the nearest one that is there.
"""
SEARCH_JSON = "--json prints the papers as papers --json lists them.\n"

PAPER_JSON = """\
--json prints a list, one paper a line, each as soon as it is there. A paper is:
  id, position, title, authors ["Given Family"], more_authors, year, date,
  venue, abstract, identifiers {scheme: id}, links [{rel, url}],
  sections [{heading, text}], posts [{author, handle, date, text}], categories,
  metrics {name: number}, issues [id], marked, read, starred, state, tags, note,
  key, mentions [what each issue says],
  record {type, title, authors, year, month, venue, ... of the one record an
    export is built from},
  details (null until it was looked up): {
    fields {name: {value, provider, fetched, others}},
    versions [{kind, provider, record, evidence}], shown,
    failures [{provider, why, until}], offers, withdrawn, waiting, done, and
    all that services answered and the reader chose: answers, replies, choices}
Nothing is left out: an absent value is null or an empty list.
"""
ONE_PAPER_JSON = "--json prints one such object as papers --json lists (see there).\n"
CHANGED_JSON = "--json prints the papers as papers --json has them.\n"

ADD = """\
Of a folder every file is read that may be a digest, in the folders below it
too; hidden ones and links to other folders are not followed: name those.
What is there already is not taken in twice. JSON as papers --json prints it may
be gigabytes large: it is read bit by bit, with a line of progress on a
terminal. ctrl+c ends it, and keeps what was taken in; the same command again
goes on.
--json prints {"issues": [{id, title, series, number, date, format, source,
papers, new, updated, warnings [{line, text, why}]}], "errors": [{source,
error}]}.
"""
ISSUES_JSON = """\
--json prints a list of {id, title, series, number, date, format, source,
papers, unread}.
"""
FETCH = """\
Without PAPER, --issue, --query and --marked it goes on with what waited. What
was answered once is not asked again without --refresh. --json prints {"papers":
[as papers --json has them], "services": [{name, state, why, until}]}.
"""
SET = """\
FIELD is one of type, title, authors (joined by " and "), year, month, venue,
volume, number, pages, publisher, editors, doi, arxiv, primary_class, url,
abstract. What you write is never changed by a service. Without a value the
field is what services say again. --json prints the paper.
"""
TAKE = """\
CHOICE is the name of an offered record as fetch and show print it
(crossref:10.1/x, or its beginning), or published or preprint: the version that
is shown and exported. --json prints the paper.
"""
REFUSE = """\
CHOICE is the name of an offered record as fetch and show print it
(crossref:10.1/x, or its beginning). It is not offered again. --json prints the
paper.
"""
EXPORT = """\
Name papers, or choose them by --issue, --query and --marked. --into finds works
that are in the file by DOI, arXiv id, or title with authors, whatever their
key, and keeps every other byte of it; it is written whole or not at all.
--json prints {text, count, keys, failures, warnings}, with --into {path,
changed, added, there [{key, item, by, richer}], keys, failures, warnings,
diff}.
"""
BIB_JSON = "--json prints {text, count, keys, failures, warnings}.\n"
KEY_JSON = "--json prints the paper, with its key.\n"
MERGE = """\
What was done to any of them is kept, and undo makes several of it again.
--json prints the paper.
"""
NOTE = """\
Without TEXT the note is printed. --edit opens it in VISUAL or EDITOR (else nano
or vi): a file that only you can read, which is removed afterwards; where the
editor fails, or leaves the text as it was, the note stays. --json prints the
paper.
"""
TAGS = """\
Without a word they are listed, each with how many papers have it, the most used
first. rename gives a tag another name on every paper; where papers have both,
one stays. undo takes it back. --json prints the list of {tag, papers}, as it is
afterwards.
"""
REMOVE = """\
A paper that is removed is in no list, no search and no count, and stays so when
other issues speak of it. undo takes it back, and restore brings papers back at
any time, with all that you did with them.
"""
RESTORE = """\
Without REMOVED it lists what was removed. --json prints a list of {id, title},
or else the papers as papers --json has them.
"""
UNDO = """\
Marks, tags, notes, reading states, removals, merges, keys, decisions, saved
searches, followed sources and what was written into .bib files can be undone,
1,000 steps back, whichever run or program made them; what was done to a paper
since stays. Taking digests in and looking papers up are no steps. --json prints
{"undone": what it is called, or null}.
"""
REDO = """\
--skip passes over a step that cannot be done again; the one that was undone
before it is the next. --json prints {"redone": what it is called, or null}.
"""
COMPLETIONS = """\
Commands, options, files, and papers, issues, tags and saved searches out of the
library are completed.
  bash   eval "$(paperrack completions bash)"               in ~/.bashrc
  zsh    eval "$(paperrack completions zsh)"                in ~/.zshrc, behind
                                                            compinit
  fish   paperrack completions fish | source                in config.fish
"""
MAN = """\
It is paperrack(1). paperrack man > ~/.local/share/man/man1/paperrack.1 puts it
where man finds it.
"""
SEARCHES = """\
Without a word they are listed, each with how many papers it finds now. add
keeps a search, in place of one of that name. It stands among the issues on the
screens. QUERY is what search takes. --json prints a list of {name, query,
order, papers (null where the query means nothing)}.
"""
SOURCES = """\
Without a word they are listed, with what is wrong with one and when it is tried
again. add follows a feed; of a page it finds the feed by itself, and without
one follows the page. FILE.opml (or -) follows all that it lists; nothing in it
is included or run. refresh takes in what is new, or of the sources that are
named; of one that was never fetched the newest 20 items, with --all all of
them. What you removed does not come back. ctrl+c ends it, and the same command
goes on with the rest. --watch does it every [sources] interval minutes.
--json prints a list of {id, url, title, kind, folder, home, added, state (new,
ok, failed, waiting, paused, gone), why, until, failures, checked, succeeded,
moved_from, issues, unread, last, last_date}; of refresh {"sources": [as in the
list, with outcome (new, unchanged, failed, waiting, stopped, offline,
elsewhere, cancelled), taken [{id, title, papers, new_papers, updated}],
without_papers, moved_to], "errors": [{source, error, until}]}.
"""
DOCTOR = """\
Reads every file of the library and every backup again. Exit status: 0 if there
is no problem (any more), else 1. After a backup, --repair
  restores damaged files from the newest good backup; the damaged ones stay
    beside them under another name,
  accepts files that were changed by hand or by another program,
  puts what is in the wrong file into the right one,
  parts papers that were merged into each other in a ring,
  makes the index anew where it does not agree with the files,
  deletes what a crash left unfinished.
--json prints {library, writable, issues, papers, states, details, orphans,
files, bytes, set_aside, problems [sentence], notices [sentence], backups
[{name, date, files, bytes, sound, why}], waiting, services [{name, label,
state, why, until}], clipboard [{route, usable, why}], versions, repaired
[sentence], version}.
"""
FORMATS_JSON = '--json prints {"digest": [{name, label}], "export": [{name, label}]}.\n'
PDF = """\
The path of each is printed. What is here already is not fetched again; what
broke off, or ctrl+c ended, is gone on with by the same command. arXiv, open
proceedings and repositories are asked; what no address gives is said, with the
paper's page. In the settings, [pdf] folder says where PDFs are kept (paperrack
in your documents), pattern what they are called ("{key}"; {id} {title} {author}
{year} {venue} too), open in which program they open. A PDF that you put there
under the paper's key, once that was exported, is taken for the paper's.
--json prints {"pdfs": [{paper, path, url, bytes, new}], "failures": [{paper,
why, page}]}.
"""
OPEN = "--json prints a list of {paper, url}.\n"
