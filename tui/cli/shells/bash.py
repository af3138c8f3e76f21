"""Completion for bash, from 3.2 on (macOS)."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cli.shells.cases import tables
from tui.cli.shells.described import Described

_REST = r"""
_paperrack_fill() {
    # Adds to COMPREPLY the first words of lines that begin with $1, as the shell must be told them.
    local start=$1 kept name rest
    kept=${start%"${start##*:}"}
    case "$COMP_WORDBREAKS" in *:*) ;; *) kept= ;; esac
    while IFS=$'\t' read -r name rest; do
        case "$name" in
            "$start"*)
                # A colon begins a word of its own for readline: what stands before it stays.
                name=${name#"$kept"}
                COMPREPLY+=("$(printf '%q' "$name") ") ;;
        esac
    done
}

_paperrack_files() {
    local name
    while IFS= read -r name; do
        if [ -d "$name" ]; then COMPREPLY+=("$(printf '%q' "$name")/"); else COMPREPLY+=("$(printf '%q' "$name") "); fi
    done < <(compgen "$1" -- "$2")
}

_paperrack_kind() {
    # Completes $2 as what $1 says, which may be several kinds.
    local kinds=$1 start=$2 kind
    shift 2
    for kind in $kinds; do
        case "$kind" in
            files) _paperrack_files -f "$start" ;;
            folders) _paperrack_files -d "$start" ;;
            *) _paperrack_fill "$start" < <(_paperrack_names "$kind" "$start" "$@") ;;
        esac
    done
}

_paperrack() {
    local line=${COMP_LINE:0:COMP_POINT} words=() command= start= word kind= at=0 index=1
    local -a place=()
    COMPREPLY=()
    # By blanks alone: COMP_WORDS are broken at colons, too.
    read -r -a words <<< "$line"
    case "$line" in *[[:space:]]) words+=("") ;; esac
    start=${words[${#words[@]} - 1]}
    while [ "$index" -lt "$((${#words[@]} - 1))" ]; do
        word=${words[index]}
        case "$word" in
            --library|--config) place+=("$word" "${words[index + 1]}") ;;
        esac
        case "$word" in
            -*)
                if _paperrack_value "$command" "$word" > /dev/null; then
                    index=$((index + 1))
                    if [ "$index" -eq "$((${#words[@]} - 1))" ]; then
                        _paperrack_kind "$(_paperrack_value "$command" "$word")" "$start" "${place[@]}"
                        return
                    fi
                fi ;;
            *)
                if [ -z "$command" ] && [ "$at" -eq 0 ] && _paperrack_is_command "$word"; then
                    command=$word
                else
                    at=$((at + 1))
                fi ;;
        esac
        index=$((index + 1))
    done
    case "$start" in
        --*=*)
            word=${start%%=*}
            _paperrack_kind "$(_paperrack_value "$command" "$word")" "${start#*=}" "${place[@]}"
            return ;;
        -*)
            _paperrack_fill "$start" < <(_paperrack_options "$command")
            return ;;
    esac
    if [ -z "$command" ] && [ "$at" -eq 0 ]; then
        _paperrack_fill "$start" < <(_paperrack_commands)
        [ "${#COMPREPLY[@]}" -gt 0 ] && return
    fi
    _paperrack_kind "$(_paperrack_argument "$command" "$at")" "$start" "${place[@]}"
}

complete -o nospace -F _paperrack paperrack
"""


def script(commands: Iterable[Described]) -> str:
    """Return the script."""
    return f"# Completion of paperrack for bash: made by paperrack completions bash.\n\n{tables(commands)}{_REST}"
