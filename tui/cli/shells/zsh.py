"""Completion for zsh, from 5 on."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cli.shells.cases import tables
from tui.cli.shells.described import Described

_REST = r"""
_paperrack_fill() {
    # Offers the first words of lines, with what they are beside them.
    local -a names shown
    local line
    while IFS= read -r line; do
        names+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    (( ${#names} )) && compadd -l -d shown -a names
}

_paperrack_kind() {
    # Completes the word as what $1 says, which may be several kinds.
    local kind start=$PREFIX
    local -a kinds
    kinds=(${=1})
    shift
    for kind in $kinds; do
        case "$kind" in
            files) _files ;;
            folders) _files -/ ;;
            *) _paperrack_names "$kind" "${(Q)start}" "$@" | _paperrack_fill ;;
        esac
    done
}

_paperrack() {
    local command= word index=2 at=0
    local -a place
    while (( index < CURRENT )); do
        word=${words[index]}
        case "$word" in
            --library|--config) place+=("$word" "${(Q)words[index + 1]}") ;;
        esac
        case "$word" in
            -*)
                if _paperrack_value "$command" "$word" > /dev/null; then
                    (( index += 1 ))
                    if (( index == CURRENT )); then
                        _paperrack_kind "$(_paperrack_value "$command" "$word")" "${place[@]}"
                        return
                    fi
                fi ;;
            *)
                if [[ -z "$command" && $at -eq 0 ]] && _paperrack_is_command "$word"; then
                    command=$word
                else
                    (( at += 1 ))
                fi ;;
        esac
        (( index += 1 ))
    done
    if compset -P 1 '--*='; then
        _paperrack_kind "$(_paperrack_value "$command" "${IPREFIX%=}")" "${place[@]}"
        return
    fi
    if [[ $PREFIX == -* ]]; then
        _paperrack_options "$command" | _paperrack_fill
        return
    fi
    if [[ -z "$command" && $at -eq 0 ]]; then
        _paperrack_commands | _paperrack_fill
        (( compstate[nmatches] )) && return
    fi
    _paperrack_kind "$(_paperrack_argument "$command" "$at")" "${place[@]}"
}

compdef _paperrack paperrack
"""


def script(commands: Iterable[Described]) -> str:
    """Return the script."""
    return f"# Completion of paperrack for zsh: made by paperrack completions zsh.\n\n{tables(commands)}{_REST}"
