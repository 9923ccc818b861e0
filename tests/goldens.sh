#!/bin/sh
# Runs every tests/golden/NAME.cmd (shell, in an empty directory, with reusemodel
# in the path) and compares its standard output with NAME.out; a last line
# `[exit N]` stands for an exit status N other than 0.  UPDATE_GOLDENS=1 rewrites
# the .out files instead.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"

golden=$abs_top_srcdir/tests/golden
mkdir "$work/bin"
ln -s "$REUSEMODEL" "$work/bin/reusemodel"
PATH=$work/bin:$PATH

# Runs FILE.cmd, prints what a golden holds.
run_golden() {
  mkdir "$work/cwd"
  (cd "$work/cwd" && golden=$golden sh "$1") 2>"$work/err"
  status=$?
  [ "$status" = 0 ] || printf '[exit %d]\n' "$status"
  rm -rf "$work/cwd"
}

for cmd in "$golden"/*.cmd; do
  [ -f "$cmd" ] || continue
  name=${cmd##*/}
  name=${name%.cmd}
  run_golden "$cmd" > "$work/out"
  if [ "${UPDATE_GOLDENS-}" = 1 ]; then
    cmp -s "$work/out" "$golden/$name.out" && continue
    cp "$work/out" "$golden/$name.out" && echo "updated $name.out"
  elif diff -u "$golden/$name.out" "$work/out" > "$work/diff" 2>&1; then
    tap_ok "$name"
  else
    sed 's/^/stderr: /' "$work/err" >> "$work/diff"
    tap_not_ok "$name" "$work/diff"
  fi
done
if [ "${UPDATE_GOLDENS-}" != 1 ]; then
  for out in "$golden"/*.out; do
    if [ -f "$out" ] && [ ! -f "${out%.out}.cmd" ]; then echo "$out"; fi
  done > "$work/orphans"
  tap_empty 'every .out has its .cmd' "$work/orphans"
  tap_done
fi
