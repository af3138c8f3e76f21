"""The tables that scripts for bash and zsh share: functions of cases that print what a command takes."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cli.shells.described import Described, plain


def tables(commands: Iterable[Described]) -> str:
    """Return functions that print a command's options, the kind of an option's value, and that of an argument."""
    known = list(commands)
    listed = "\n".join(f"    {_line(each.name, each.text)}" for each in known if each.name)
    options = "\n".join(_options(each) for each in known)
    values = "\n".join(filter(None, map(_values, known)))
    arguments = "\n".join(_arguments(each) for each in known)
    return f"""\
_paperrack_commands() {{
{listed}
}}

_paperrack_is_command() {{
    case "$1" in
        {"|".join(each.name for each in known if each.name)}) ;;
        *) return 1 ;;
    esac
}}

# The options of command $1.
_paperrack_options() {{
    case "$1" in
{options}
    esac
}}

# Of what kind the value of option $2 of command $1 is; fails where it takes none.
_paperrack_value() {{
    case "$1 $2" in
{values}
        *) return 1 ;;
    esac
}}

# Of what kind word number $2 (from 0) behind command $1 is.
_paperrack_argument() {{
    case "$1 $2" in
{arguments}
    esac
}}

# What of kind $1 begins with $2, each with a tab and what it is; the words behind it name the library.
_paperrack_names() {{
    case "$1" in
        '='*) printf '%s\\n' "${{1#?}}" | tr ',' '\\n' ;;
        *) command paperrack complete "$@" 2>/dev/null ;;
    esac
}}
"""


def _line(word: str, text: str) -> str:
    return "printf '%s\\t%s\\n' " + " ".join(f"'{each}'" for each in plain((word, text)))


def _options(command: Described) -> str:
    lines = [f"            {_line(name, each.text)}" for each in command.options for name in each.names]
    return "\n".join([f"        '{command.name}')", *lines, "            ;;"])


def _values(command: Described) -> str:
    lines = []
    for option in command.options:
        if option.kind is not None:
            spelt = "|".join(f"'{command.name} {name}'" for name in option.names)
            lines.append(f"        {spelt}) printf '%s' '{option.kind}' ;;")
    return "\n".join(lines)


def _arguments(command: Described) -> str:
    last = len(command.kinds) - 1
    lines = []
    for place, kind in enumerate(command.kinds):
        pattern = f"'{command.name} '*" if command.endless and place == last else f"'{command.name} {place}'"
        lines.append(f"        {pattern}) printf '%s' '{kind}' ;;")
    return "\n".join(lines) or f"        '{command.name} '*) ;;"
