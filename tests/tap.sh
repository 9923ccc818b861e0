# TAP for test scripts: `. "$abs_top_srcdir/tests/tap.sh"`, then tap_ok or
# tap_not_ok per test and tap_done at the end.  Gives the empty directory $work.
# SPDX-License-Identifier: GPL-3.0-or-later

: "${abs_top_srcdir:?run the tests through make check}"
tap_count=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

tap_ok() {
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s\n' "$tap_count" "$1"
}

# tap_not_ok NAME FILE: FILE explains the failure.
tap_not_ok() {
  tap_count=$((tap_count + 1))
  printf 'not ok %d - %s\n' "$tap_count" "$1"
  sed 's/^/# /' "$2"
}

tap_skip() {
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# tap_empty NAME FILE: passes if FILE, a list of faults, is empty.
tap_empty() {
  if [ -s "$2" ]; then tap_not_ok "$1" "$2"; else tap_ok "$1"; fi
}

tap_done() {
  printf '1..%d\n' "$tap_count"
}
