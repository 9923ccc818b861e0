#!/bin/sh
# What the documents say of the same results is the same.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"

# The rows of the table of machines by layer type: the first five numbers, after the
# names and before the columns that depend on the width.
rows() {
  awk '/^\|/ { next }
       NF > 7 { for (i = 1; i <= NF && $i !~ /^<?[0-9][0-9.]*[a-zA-Z]?$/; i++) continue
                if (NF - i >= 6 && i <= 4) print $i, $(i+1), $(i+2), $(i+3), $(i+4) }'
}

sed -n '/^<!-- machines:/,/^<!-- end/p' "$abs_top_srcdir/README.md" | rows > "$work/readme"
sed -n '/^## MobileNet on six machines/,/^Relative to/p' \
  "$abs_top_srcdir/doc/COMPARISONS.md" | sed -n '/^network .*type/,$p' | rows > "$work/doc"
{ [ "$(wc -l < "$work/doc")" -gt 20 ] || echo 'no table in doc/COMPARISONS.md'
  diff -u "$work/doc" "$work/readme"
} > "$work/diff" 2>&1
if [ -s "$work/diff" ]; then
  tap_not_ok "README's machines are those of doc/COMPARISONS.md (make comparisons)" "$work/diff"
else
  tap_ok "README's machines are those of doc/COMPARISONS.md"
fi

# The utilizations of the depthwise layers, the second type of six machines.
sed -n '7,12p' "$work/doc" | cut -d' ' -f4 > "$work/table"
sed -n '/^<!-- utilization:/,/^<!-- end/p' "$abs_top_srcdir/README.md" |
  grep -oE '[0-9.]+ %' | cut -d' ' -f1 > "$work/sentence"
if diff -u "$work/table" "$work/sentence" > "$work/diff" 2>&1; then
  tap_ok "README's sentence on depthwise layers is that of the table"
else
  tap_not_ok "README's sentence on depthwise layers is that of the table" "$work/diff"
fi

# The first example.
LC_ALL=C COLUMNS=80 "$REUSEMODEL" --arch dna --net mobilenet --table summary > "$work/out" 2> /dev/null
sed -n '/^<!-- first:/,/^<!-- end/p' "$abs_top_srcdir/README.md" | grep -v '^<!--\|^```' \
  > "$work/first"
if diff -u "$work/out" "$work/first" > "$work/diff" 2>&1; then
  tap_ok "README's first table is what the program prints"
else
  tap_not_ok "README's first table is what the program prints (make comparisons)" "$work/diff"
fi
tap_done
