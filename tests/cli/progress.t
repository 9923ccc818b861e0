#!/bin/sh
# Progress: on a terminal, and nowhere else.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
n=$abs_top_srcdir/tests/golden/separable.csv

# on_terminal OPTION...: the program with standard error on a terminal, whose text
# goes to $work/seen.
on_terminal() {
  echo "$REUSEMODEL" --arch "$a" --net "$n" --table summary "$@" > "$work/command"
  TERM=xterm script -qec "sh $work/command > $work/out" "$work/seen" > "$work/typed" \
    2> "$work/err" < /dev/null
}

run --arch "$a" --net "$n" --table summary
exits 0
quiet
judge 'nothing in a file'
cp "$work/out" "$work/plain"
if script -qec true "$work/seen" > "$work/typed" 2>&1 < /dev/null; then
  on_terminal
  grep -q 'separable on narrow: 1 of ' "$work/seen" || fault 'no progress'
  cmp "$work/plain" "$work/out" >> "$work/faults" 2>&1
  judge 'layers on a terminal, and the same output'
  on_terminal -q
  ! grep -q 'separable on narrow' "$work/seen" || fault 'progress'
  judge '--quiet shows none'
else
  tap_skip 'on a terminal' 'script not found'
fi
tap_done
