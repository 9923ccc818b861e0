#!/bin/sh
# evaluate --pareto: the fronts of energy and time, as tables and as a figure.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/plain.csv
front='--pareto energy,latency'

# value COLUMN ROW: of the table in $work/out without its mappings.
value() {
  at=$(head -n 1 "$work/out" | tr , '\n' | grep -nx "$1" | cut -d: -f1)
  sed "s/\"[^\"]*\"/mapping/g; $2q" "$work/out" | tail -n 1 | cut -d, -f"$at"
}

fails 'another pair' 2 'write --pareto energy,latency' \
  --arch "$a" --net "$n" --pareto energy,dram
fails 'no machine' 2 '--pareto needs --arch and --net' --net "$n" $front
fails 'another table' 2 '--pareto and --table exclude each other' \
  --arch "$a" --net "$n" $front --table energy
fails 'a given mapping' 2 '--pareto and --mapping exclude each other' \
  --arch "$a" --net "$n" $front --mapping x.yaml
fails 'a directory' 2 '--pareto and --output exclude each other' \
  --arch "$a" --net "$n" $front -o "$work/x"
fails 'a directory, with a hint' 2 '--plot pareto=FILE draws it' \
  --arch "$a" --net "$n" $front -o "$work/x"
fails 'a transform' 2 '--pareto and --lowering exclude each other' \
  --arch "$a" --net "$n" $front --lowering winograd
fails 'another plot' 2 "--plot: unknown kind 'energy'" \
  --arch "$a" --net "$n" $front --plot energy="$work/x.svg"
fails 'a plot of two machines' 2 '--plot is for one architecture and one network' \
  --arch "$a,$b" --net "$n" $front --plot pareto="$work/x.svg"
fails 'a plot without fronts' 2 "a plot of fronts needs --pareto" \
  --arch "$a" --net "$n" --plot pareto="$work/x.svg"
fails 'compare has no fronts' 2 "option '--pareto' does not apply to compare" \
  compare --arch "$a" --net "$n" $front

run --arch "$a" --net "$n" $front --budget none --format csv
exits 0
quiet
awk -F, 'NR > 1 && $6 > 1 && !($7 > energy && $8 < cycles) { print "no step: " $0 }
  NR > 1 { energy = $7; cycles = $8; rows++ }
  NR > 1 && $11 != "true" { print "not proven: " $0 }
  END { if (rows < 4) print "rows: " rows + 0 }' "$work/out" > "$work/faults"
judge 'energy rises and cycles fall along a front'
run --arch "$a" --net "$n" $front --budget none --layer conv2 --format csv
last=$(wc -l < "$work/out")
ends="$(value energy_pj 2) $(value cycles "$last")"
[ "$last" -gt 2 ] || fault 'one point only'
run --arch "$a" --net "$n" --layer conv2 --budget none --objective energy --format csv
energy=$(value energy_pj 2)
run --arch "$a" --net "$n" --layer conv2 --budget none --objective latency --format csv
[ "$energy $(value cycles 2)" = "$ends" ] || fault "not $ends"
judge 'the ends are the best for each objective'
run --arch "$a" --net "$n" $front --search exhaustive --layer fc --format csv
all=$(value energy_pj 2)
run --arch "$a" --net "$n" $front --layer fc --format csv
[ "$(value energy_pj 2)" = "$all" ] || fault "not $all"
judge 'exhaustive search finds the same front'
run --arch "$a" --net "$n" $front --budget evaluations=1
exits 0
prints 'search stopped by its budget; points may'
judge 'a search that is stopped'
run --arch "$a" --net "$n" $front --layer conv2 --budget evaluations=1 --format csv
awk "BEGIN { exit !(0 < $(value energy_bound_pj 2) && $(value energy_bound_pj 2) <= $energy) }" ||
  fault "the bound is not below the least energy, $energy"
awk "BEGIN { exit !(0 < $(value cycles_bound 2) &&
  $(value cycles_bound 2) <= ${ends#* }) }" || fault "nor below the least time, ${ends#* }"
run --arch "$a" --net "$n" $front --layer conv2 --budget none --format csv
[ "$(value energy_bound_pj 2) $(value cycles_bound 2)" = "$ends" ] || fault "not $ends"
judge 'a front says what no mapping is below'
run --arch "$a,$b" --net "$n,$n" $front --format json
exits 0
[ "$(grep -c '"point": 1,' "$work/out")" = 12 ] || fault 'not 2 x 2 x 3 fronts'
judge 'several machines and networks in one table'
for jobs in 1 3; do
  "$REUSEMODEL" --arch "$a" --net "$n" $front -j $jobs > "$work/$jobs"
done
cmp "$work/1" "$work/3" > "$work/faults" 2>&1
judge 'the same bytes for any number of jobs'
run --arch "$a" --net "$n" $front --format latex
exits 0
prints '\begin{tabular}'
judge 'a table for LaTeX'

for layer in conv2 '*'; do
  draw="--arch $a --net $n --layer $layer $front"
  set -f
  run -q $draw --plot pareto="$work/x.tex"
  exits 0
  grep -q 'const plot' "$work/x.tex" || fault 'no stairs'
  judge "the figure of $layer for LaTeX"
  if ! command -v gnuplot > /dev/null 2>&1; then
    tap_skip "the figure of $layer" 'gnuplot not found'
    continue
  fi
  run -q $draw --plot pareto="$work/x.svg" --plot-script "$work/x.gp"
  exits 0
  quiet
  gnuplot -e "OUTPUT='$work/y.svg'" "$work/x.gp" > "$work/drawn" 2>&1
  grep -v 'iconv failed' "$work/drawn" >> "$work/faults"
  cmp "$work/x.svg" "$work/y.svg" >> "$work/faults" 2>&1
  judge "the figure of $layer, and by its script"
  run -q $draw --plot pareto=-
  exits 0
  quiet
  awk 'length > 80 { print "longer than 80: " $0 }' "$work/out" >> "$work/faults"
  judge "the figure of $layer as text"
  set +f
done
tap_done
