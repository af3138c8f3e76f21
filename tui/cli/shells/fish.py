"""Completion for fish, from 3 on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.cli.shells.described import Described, Option, plain

_FIRST = """\
# Completion of paperrack for fish: made by paperrack completions fish.

# Prints the command, and the number (from 0) of the word behind it that is completed.
function __paperrack_at
    set -l command ''
    set -l at 0
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- "$command $word" $__paperrack_values
            set skip 1
        else if string match -q -- '-*' $word
            continue
        else if test -z "$command" -a $at = 0; and contains -- $word $__paperrack_commands
            set command $word
        else
            set at (math $at + 1)
        end
    end
    echo "$command $at"
end

# Whether the command is the first word given, and the word behind it one of these numbers; without any, each.
function __paperrack_in
    set -l found (string split ' ' -- (__paperrack_at))
    test "$found[1]" = "$argv[1]"; or return 1
    test (count $argv) = 1; and return 0
    contains -- $found[2] $argv[2..-1]
end

function __paperrack_behind
    set -l found (string split ' ' -- (__paperrack_at))
    test "$found[1]" = "$argv[1]" -a "$found[2]" -ge $argv[2]
end

# What of that kind the library has, with the library that the line names.
function __paperrack_names
    set -l place
    set -l tokens (commandline -opc)
    for index in (seq (count $tokens))
        if contains -- $tokens[$index] --library --config
            set -a place $tokens[$index] $tokens[(math $index + 1)]
        end
    end
    command paperrack complete $argv[1] (commandline -ct) $place 2>/dev/null
end

complete -c paperrack -e
complete -c paperrack -f
"""


def script(commands: Iterable[Described]) -> str:
    """Return the script."""
    known = list(commands)
    names = " ".join(each.name for each in known if each.name)
    valued = [
        f"'{each.name} {name}'" for each in known for option in each.options if option.kind is not None
        for name in option.names
    ]  # fmt: skip
    lists = f"set -g __paperrack_commands {names}\nset -g __paperrack_values {' '.join(valued)}\n"
    return "\n".join([_FIRST + lists, *(line for each in known for line in _command(each)), ""])


def _command(command: Described) -> Iterator[str]:
    if command.name:
        name, text = plain((command.name, command.text))
        yield f"complete -c paperrack -n \"__paperrack_in '' 0\" -a {name} -d '{text}'"
    yield from (_option(command.name, option) for option in command.options)
    for place, kinds in enumerate(command.kinds):
        test = "__paperrack_behind" if command.endless and place == len(command.kinds) - 1 else "__paperrack_in"
        for kind in kinds.split():
            yield f"complete -c paperrack -n \"{test} '{command.name}' {place}\" {_offered(kind)}"


def _option(command: str, option: Option) -> str:
    spelt = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    (text,) = plain((option.text,))
    value = "" if option.kind is None else f" -r {' '.join(_offered(kind) for kind in option.kind.split()) or '-f'}"
    return f"complete -c paperrack -n \"__paperrack_in '{command}'\" {spelt}{value} -d '{text}'"


def _offered(kind: str) -> str:
    """Return what ``complete`` is told of values of a kind."""
    if kind == "files":
        return "-F"
    if kind == "folders":
        return "-f -a '(__fish_complete_directories)'"
    if kind.startswith("="):
        return f"-f -a '{kind[1:].replace(',', ' ')}'"
    return f"-f -a '(__paperrack_names {kind})'"
