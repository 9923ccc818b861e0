#!/bin/sh
# compare: what is compared, ratios, means, winners, faults of the command line.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/separable.csv
m=$abs_top_srcdir/tests/golden/plain.csv

# column NAME: the number of the column of $work/out.
column() {
  head -n 1 "$work/out" | tr , '\n' | grep -nx "$1" | cut -d: -f1
}

# field NAME PATTERN: that column of the row that begins with PATTERN.
field() {
  grep "^$2" "$work/out" | cut -d, -f"$(column "$1")"
}

run compare --arch "$a,$b" --net "$n,$m" --format csv
exits 0
quiet
[ "$(wc -l < "$work/out")" = 7 ] || fault 'not 2 x 2 rows and 2 means'
[ "$(cut -d, -f"$(column relative_time)" "$work/out" | sed -n '2p;4p;6p' | tr '\n' ' ')" = \
  '1 1 1 ' ] || fault 'the reference is not 1'
judge 'networks, means, ratios to the first'
cp "$work/out" "$work/all"
total=$("$REUSEMODEL" --arch "$a" --net "$n" --table summary --format csv |
  grep ,total, | cut -d, -f11)
[ "$(field time_us narrow,separable)" = "$total" ] || fault "time is not $total"
judge 'sums are those of evaluate'
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  { e = $at["energy_pj"] }
  $2 != "geomean" { sum[$1] += log(e) }
  $2 == "geomean" && (log(e) - sum[$1] / 2) ^ 2 > 1e-20 { print $1 ": " e }' \
  "$work/all" > "$work/faults"
judge 'the mean is the root of the product'

run compare --arch "$a,$b" --net "$n" --relative-to wide --by layer --format csv
exits 0
[ "$(field relative_energy 'wide,separable,conv')" = 1 ] || fault 'not relative to wide'
[ "$(grep -c ',true,' "$work/out")" = 6 ] || fault 'not one winner a layer'
[ -z "$(field time_us 'narrow,separable,pool')" ] || fault 'a layer that does not run'
judge '--relative-to and --by layer'
for jobs in 1 3; do
  "$REUSEMODEL" compare --arch "$a,$b" --net "$n,$m" -j $jobs > "$work/$jobs"
done
cmp "$work/1" "$work/3" > "$work/faults" 2>&1
judge 'the same bytes for any number of jobs'
run compare --arch "$a,$b" --net "$n" --format json
exits 0
prints '"relative_edp"'
judge 'as JSON'
run compare --arch "$a" --net "$n"
exits 0
! grep -q Relative "$work/out" || fault 'ratios of one architecture'
judge 'a single architecture'
run compare --arch "$a" --net "$m" --layer 'conv*' --format csv
exits 0
[ "$(field layers narrow)" = 2 ] || fault 'not two layers'
judge '--layer selects'

fails 'an unknown plot' 2 "unknown kind 'roofline'" \
  compare --arch "$a" --net "$n" --plot roofline="$work/x.svg"

run compare --arch "$a" --net "$n" --baseline k,Q
exits 0
quiet
prints 'narrow:K'
prints 'Reductions, the baseline over the architecture:'
judge 'dataflows as baselines, in any case'
run compare --arch "$a" --net "$n" --baseline K --format csv
exits 0
[ "$(field baseline_of narrow:K)" = narrow ] || fault 'not of narrow'
[ -z "$(field baseline_of narrow,)" ] || fault 'a baseline of its own'
awk "BEGIN { e = $(field energy_pj narrow:K) / $(field energy_pj narrow,)
  f = $(field reduction_energy narrow:K); exit !(f / e > 0.999 && f / e < 1.001) }" ||
  fault 'not the ratio'
judge 'a reduction is the ratio of baseline and architecture'
run compare --arch "$a" --net "$n" --baseline "$b" --baseline-set buffer.size=32KiB \
  --format csv
exits 0
[ "$(field baseline_of wide)" = narrow ] || fault 'not of narrow'
judge 'another architecture as baseline'
fails 'an unknown baseline' 2 "'qq'" compare --arch "$a" --net "$n" --baseline qq
fails 'a baseline and --dataflow' 2 'exclude each other' \
  compare --arch "$a" --net "$n" --baseline K --dataflow K
fails '--baseline-set alone' 2 'needs --baseline' \
  compare --arch "$a" --net "$n" --baseline-set buffer.size=32KiB
run compare --arch "$a,$b" --net "$n" --iso pes
exits 0
quiet
prints '128 MACs (mac 32)'
judge '--iso pes'
"$REUSEMODEL" compare --arch "$a,$b" --net "$n" --iso area --format csv > "$work/1"
"$REUSEMODEL" compare --arch "$a" --net "$n" --format csv > "$work/2"
[ "$(grep -c '^wide' "$work/1")" = 1 ] || fault 'no row of wide'
[ "$(sed -n 's/^wide,//p' "$work/1" | cut -d, -f1-15)" = \
  "$(sed -n 's/^narrow,//p' "$work/2" | cut -d, -f1-15)" ] ||
  fault 'machines that differ in size alone differ'
judge '--iso area makes machines that differ in size alone the same'
run compare --arch "$a,$b" --net "$n" --iso bandwidth
exits 0
prints 'Equal DRAM bandwidth'
judge '--iso bandwidth'
fails 'engines of which none is the array' 3 'several engines' \
  compare --arch "$a,tpu-v2" --net "$n" --iso pes

fails 'without architectures' 2 '--arch is needed' compare --net "$n"
fails 'without networks' 2 '--net is needed' compare --arch "$a"
fails 'an unknown reference' 2 'is none of the architectures' \
  compare --arch "$a,$b" --net "$n" --relative-to wode
says "did you mean 'wide'?"
judge 'the nearest reference is named'
fails 'an argument' 2 'unexpected argument' compare x --arch "$a" --net "$n"
fails 'a mapping' 2 'does not apply to compare' \
  compare --arch "$a" --net "$n" --mapping x.yaml
fails 'reductions without baselines' 2 'needs --baseline' \
  compare --arch "$a,$b" --net "$n" --plot reduction="$work/x.svg"
run compare --arch rs --baseline ws,os,nlr --net alexnet --layer conv3 --format csv \
  --budget evaluations=1
exits 0
says 'os means the three output-stationary dataflows'
[ "$(cut -d, -f1 "$work/out" | tr '\n' ' ')" = 'arch rs ws osa osb osc nlr ' ] ||
  fault "$(cut -d, -f1 "$work/out")"
judge 'a group of architectures as baselines'
run compare -q --arch os --net alexnet --layer conv3 --format csv --budget evaluations=1
exits 0
[ "$(cut -d, -f1 "$work/out" | tr '\n' ' ')" = 'arch osa osb osc ' ] ||
  fault "$(cut -d, -f1 "$work/out")"
judge 'a group as architectures'
run compare -q --arch dna --baseline ir,or,wr --net vgg16 --layer 'conv*' --format csv \
  --objective energy --budget evaluations=500
exits 0
awk -F, '$1 == "dna" { own = $10 } NR > 1 && $10 < own * (1 - 1e-9) { print }' \
  "$work/out" >> "$work/faults"
judge 'no dataflow alone is better than the machine that has it'
fails 'an unknown row' 2 'is not a choice' compare --arch "$a" --net "$n" --by row
fails '--by elsewhere' 2 'does not apply' --arch "$a" --net "$n" --by layer
tap_done
