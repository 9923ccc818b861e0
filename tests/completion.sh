#!/bin/sh
# Checks that bash completes the options, and the names after --arch and --net.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"

if ! command -v bash > /dev/null 2>&1; then
  tap_skip completion 'bash not found'
  tap_done
  exit 0
fi

# complete WORD...: what is offered for the last word.
complete() {
  bash -c '. "$1"; program=$2; shift 2
    COMP_WORDS=("$program" "$@"); COMP_CWORD=$#
    _reusemodel "$program" "${COMP_WORDS[COMP_CWORD]}" \
      "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"' \
    bash "$abs_top_srcdir/completion/reusemodel" "$REUSEMODEL" "$@" | sort
}

# offers NAME EXPECTED-FILE WORD...
offers() {
  name=$1 expected=$2
  shift 2
  complete "$@" > "$work/offered" 2>&1
  { [ -s "$expected" ] || echo 'nothing is expected'
    comm -23 "$expected" "$work/offered" | sed 's/^/not offered: /'
  } > "$work/faults"
  tap_empty "$name" "$work/faults"
}

"$REUSEMODEL" --completion | sed -n 's/^command //p' | sort > "$work/commands"
offers 'every command' "$work/commands" ''
for command in $(cat "$work/commands"); do
  "$REUSEMODEL" "$command" --help |
    grep -Eo -- '^ +(-[a-zA-Z], )?--[a-z][a-z0-9-]*' | sed 's/.* //' |
    sort -u > "$work/options"
  offers "every option of $command" "$work/options" "$command" --
done

find "$abs_top_srcdir/models" -maxdepth 1 -name '*.yaml' |
  sed 's,.*/,,; s,\.yaml$,,' | sort > "$work/archs"
offers 'architectures after --arch' "$work/archs" --arch ''
find "$abs_top_srcdir/data" -maxdepth 1 -name '*.csv' ! -name aliases.csv |
  sed 's,.*/,,; s,\.csv$,,' | sort > "$work/nets"
offers 'networks after --net' "$work/nets" --net ''
sed 's/^/x,/' "$work/nets" > "$work/second"
offers 'networks after a comma' "$work/second" --net x,

complete --arch = > "$work/offered" 2>&1
comm -23 "$work/archs" "$work/offered" > "$work/faults"
tap_empty 'architectures after --arch=' "$work/faults"
tap_done
