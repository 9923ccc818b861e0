#!/bin/sh
# Runs the property test of the counts as one TAP test.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"

name='counts of random nests are those of their execution'
if "$abs_top_builddir/tests/property/counts_property" > "$work/out" 2>&1; then
  sed 's/^/# /' "$work/out"
  tap_ok "$name"
else
  tap_not_ok "$name" "$work/out"
fi
tap_done
