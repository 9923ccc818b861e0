#!/bin/sh
# report: its tables, networks without such layers, faults of the command line.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/separable.csv
m=$abs_top_srcdir/tests/golden/plain.csv

run report depthwise --arch "$a" --net "$n"
exits 0
quiet
prints 'depthwise layers are'
for heading in Shares Reuse Where Placements What; do prints "$heading"; done
[ "$(awk '{ print length }' "$work/out" | sort -n | tail -n 1)" -le 80 ] ||
  fault 'lines above 80 columns'
judge 'all tables as text'
run report depthwise --arch "$a" --net "$m"
exits 0
prints 'has no depthwise layers'
prints Shares
! grep -q Placements "$work/out" || fault 'a table of nothing'
judge 'a network without depthwise layers'
for table in shares reuse losses placements remedies; do
  for format in text csv json; do
    run report depthwise --arch "$a,$b" --net "$n,$m" --table $table --format $format
    exits 0
    quiet
    [ -s "$work/out" ] || fault 'nothing is printed'
    judge "table $table as $format"
  done
done
run report depthwise --arch "$a,$b" --net "$n" --table losses --format csv
awk -F, 'NR > 1 { s = $8 + $9 + $10 + $11 + $12; if (s < 1 - 1e-9 || s > 1 + 1e-9) print }' \
  "$work/out" > "$work/faults"
judge 'utilization and losses are all'
run report depthwise --arch "$a" --net "$n" --table remedies --format csv
awk -F, 'NR > 1 && $4 == "true" && $7 > 1.000001 { print }' "$work/out" > "$work/faults"
awk -F, '$3 == "buffer_size" && $8 <= 1 { print }' "$work/out" >> "$work/faults"
judge 'more of a resource is never slower, and a larger buffer costs energy'
run report depthwise --arch "$a" --net "$n" --table placements --format csv
[ "$(tail -n +2 "$work/out" | cut -d, -f3,5)" = 'Q,2' ] || fault "$(cat "$work/out")"
judge 'placements are the dataflows for the type'

fails 'without a name' 2 'the name of a report is missing' report --arch "$a" --net "$n"
fails 'an unknown report' 2 "there is no report 'deepwise'" \
  report deepwise --arch "$a" --net "$n"
fails 'without architectures' 2 '--arch is needed' report depthwise --net "$n"
fails 'without networks' 2 '--net is needed' report depthwise --arch "$a"
fails 'a mapping' 2 'does not apply to report' \
  report depthwise --arch "$a" --net "$n" --mapping x.yaml
tap_done
