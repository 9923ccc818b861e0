#!/bin/sh
# The options of the mapper: objectives with weights, budgets, exhaustive search, and
# what is printed of the proofs.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/plain.csv

# map ARGUMENT...: a layer of the tests on a machine of the tests, as CSV.
map() {
  run --arch "$a" --net "$n" --format csv "$@"
  exits 0
  quiet
}

# field NAME: that column of the first layer.
field() {
  at=$(head -n 1 "$work/out" | tr , '\n' | grep -nx "$1" | cut -d: -f1)
  sed -n 2p "$work/out" | sed 's/"[^"]*"/mapping/g' | cut -d, -f"$at"
}

# ---- faults ------------------------------------------------------------------------

for command in evaluate compare show 'report depthwise'; do
  fails "$command: no such budget" 2 "did you mean 'evaluations'?" \
    $command --arch "$a" --net "$n" --budget evalations=5
done
fails 'a budget without a name' 2 'the budgets are: evaluations, time, none' \
  --arch "$a" --net "$n" --budget 5
fails 'evaluations are whole' 2 'evaluations needs a whole number from 1 to' \
  --arch "$a" --net "$n" --budget evaluations=1e5
fails 'evaluations are not 0' 2 'evaluations needs a whole number from 1 to' \
  --arch "$a" --net "$n" --budget evaluations=0
fails 'evaluations are countable' 2 'evaluations needs a whole number from 1 to' \
  --arch "$a" --net "$n" --budget evaluations=99999999999999999999
fails 'evaluations have a number' 2 'as in --budget evaluations=100000' \
  --arch "$a" --net "$n" --budget evaluations
fails 'a time has a number' 2 'time needs a number of seconds' \
  --arch "$a" --net "$n" --budget time=fast
fails 'a time has a known unit' 2 'as in time=5s or time=200ms' \
  --arch "$a" --net "$n" --budget time=5min
fails 'a budget has a name' 2 'as in time=5s or evaluations=20000' \
  --arch "$a" --net "$n" --budget 5s
fails 'a time is not 0' 2 'time must be above 0' --arch "$a" --net "$n" --budget time=0s
fails 'a budget is given once' 2 'time is given twice' \
  --arch "$a" --net "$n" --budget time=1,time=2
fails 'none stands alone' 2 'none stands alone' \
  --arch "$a" --net "$n" --budget none,evaluations=5
fails 'none has no value' 2 'none takes no value' --arch "$a" --net "$n" --budget none=1
fails 'a list does not end in a comma' 2 "unknown budget ''" \
  --arch "$a" --net "$n" --budget time=1,
fails 'a budget needs a machine' 2 '--budget needs --arch' \
  --net "$n" --table reuse --budget none
fails 'a budget needs a search' 2 '--mapping and --budget exclude each other' \
  --arch "$a" --net "$n" --mapping none.yaml --budget none
fails 'a way to search needs a search' 2 '--mapping and --search exclude each other' \
  --arch "$a" --net "$n" --mapping none.yaml --search exhaustive
fails 'no such search' 2 "did you mean 'exhaustive'?" \
  --arch "$a" --net "$n" --search exhautive
fails 'weighted needs weights' 2 '--objective weighted needs --weights' \
  --arch "$a" --net "$n" --objective weighted
fails 'weights need weighted' 2 '--weights needs --objective weighted' \
  --arch "$a" --net "$n" --weights energy=1
fails 'no such weight' 2 "did you mean 'latency'?" \
  --arch "$a" --net "$n" --objective weighted --weights latecy=1
fails 'a weight is a number' 2 'energy needs a number that is not negative' \
  --arch "$a" --net "$n" --objective weighted --weights energy=-1
fails 'a weight does not overflow' 2 'energy is more than 1e+100' \
  --arch "$a" --net "$n" --objective weighted --weights energy=1e300
fails 'a weight is given once' 2 'dram is given twice' \
  --arch "$a" --net "$n" --objective weighted --weights dram=1,dram=1
fails 'a weight is above 0' 2 'one of them must be above 0' \
  --arch "$a" --net "$n" --objective weighted --weights energy=0,dram=0
fails 'nest does not search' 2 "option '--budget' does not apply to nest" \
  nest "$semantics/a1_01.yaml" --budget=none

# ---- what they do ------------------------------------------------------------------

map --layer conv2 --pareto energy,latency --search exhaustive --budget evaluations=1
[ "$(wc -l <"$work/out")" -gt 1 ] || fault 'it is empty'
judge 'a front that the budget stops at once has some mapping'

map --layer conv2 --budget evaluations=1
[ "$(field proven_optimal)" = false ] || fault 'it is said to be proven'
awk "BEGIN { exit !($(field gap) > 0 && $(field gap) <= 1) }" || fault 'no gap'
awk "BEGIN { exit !($(field lower_bound) < $(field objective_value)) }" ||
  fault 'the bound is not below the value'
judge 'a search that is stopped has a gap'
stopped=$(field objective_value)
run --arch dna --net unet_512 --layer up3_conv1 --format csv --objective dram \
  --budget evaluations=1000
[ "$(field proven_optimal)" = false ] || fault 'it is said to be proven'
[ "$(field lower_bound)" -ge "$(field dram_words_bound)" ] || fault 'DRAM words are known better'
judge 'a search that is stopped knows what the chip can hold'
map --layer conv2 --budget none
[ "$(field proven_optimal),$(field gap)" = true,0 ] || fault 'it is not proven'
[ "$(field lower_bound)" = "$(field objective_value)" ] || fault 'the bound is not met'
awk "BEGIN { exit !($(field objective_value) <= $stopped) }" || fault 'it is worse'
judge 'a search without a budget ends in a proof'
proven=$(field objective_value)
map --layer conv2 --budget evaluations=10000000,time=1000s
[ "$(field objective_value)" = "$proven" ] || fault "not $proven"
judge 'two limits, neither of them met'
for budget in evaluations=500000 evaluations=10000000 none; do
  run --arch dna --net mobilenet_v1 --layer pw7 --format csv --budget "$budget"
  field proven_optimal
  field evaluations
done >"$work/same"
[ "$(sort -u "$work/same" | wc -l)" = 2 ] || fault "$(cat "$work/same")"
judge 'a larger budget goes on where a smaller one stops'
map --layer fc --search exhaustive
[ "$(field proven_optimal)" = true ] || fault 'it is not proven'
all=$(field objective_value)
evaluations=$(field evaluations)
map --layer fc --budget none
[ "$(field objective_value)" = "$all" ] || fault 'they differ'
[ "$(field evaluations)" -lt "$evaluations" ] || fault 'no evaluation is saved'
judge 'exhaustive search finds the same, and evaluates more'
map --layer fc --search complete --budget none
[ "$(field proven_optimal),$(field objective_value)" = "true,$all" ] || fault 'they differ'
[ "$(field evaluations)" -lt "$evaluations" ] || fault 'no evaluation is saved'
judge 'a complete search finds the same'
map --layer conv2 --budget none
soon=$(field evaluations)
[ "$(field proven_optimal),$(field every_step)" = true,true ] || fault 'not with every step'
map --layer conv2 --search complete --budget none
[ "$(field evaluations),$(field objective_value)" = "$soon,$proven" ] || fault 'not the same search'
judge 'where every step is soon looked at, a search is complete'
run --arch dna --net mobilenet_v1 --layer pw2 --format csv
usual=$(field evaluations)
[ "$(field proven_optimal),$(field every_step)" = true,false ] || fault 'every step was looked at'
best=$(field objective_value)
run --arch dna --net mobilenet_v1 --layer pw2 --format csv --search complete
[ "$(field proven_optimal),$(field every_step),$(field objective_value)" = "true,true,$best" ] ||
  fault 'it is not proven, or not the same'
[ "$(field evaluations)" -gt "$usual" ] || fault 'it does not start from the usual one'
judge 'where it is not, a complete search goes on'
map --layer conv2 --search complete --budget evaluations=40
[ "$(field proven_optimal)" = false ] || fault 'it is proven'
[ "$(field evaluations)" -ge 40 ] || fault 'the budget is not used'
awk "BEGIN { exit !($(field lower_bound) <= $proven && $proven <= $(field objective_value)) }" ||
  fault 'the best value is not between bound and value'
judge 'a complete search that is stopped knows a bound'
for budget in time=1ms time=.001 time=0.001s; do
  map --layer conv2 --budget $budget
done
judge 'times in several units'

map --layer conv2 --objective energy
energy=$(field objective_value)
[ "$energy" = "$(field energy_pj)" ] || fault 'the value is not the energy'
map --layer conv2 --objective weighted --weights energy=1
[ "$(field objective_value)" = "$energy" ] || fault 'energy alone is not energy'
map --layer conv2 --objective weighted --weights latency=2
value=$(field objective_value)
awk "BEGIN { exit !($value == 2 * $(field cycles)) }" || fault 'not twice the cycles'
map --layer conv2 --objective weighted --weights energy=1,latency=1e9
awk "BEGIN { exit !($(field cycles) == $value / 2) }" || fault 'not the least cycles'
judge 'weights weigh'
COLUMNS=120 run --arch "$a" --net "$n" --objective weighted --weights energy=1,dram=0.5
exits 0
prints 'mapped for least 1 * pJ + 0.5 * DRAM words'
judge 'weights are in the title'
run compare --arch "$a,$b" --net "$n" --objective weighted --weights dram=1
exits 0
prints 'Least weighted sum'
cp "$work/out" "$work/weighted"
run compare --arch "$a,$b" --net "$n" --objective dram
[ "$(sed -n '/^Least/,$p' "$work/weighted" | sed 1d)" = \
  "$(sed -n '/^Least/,$p' "$work/out" | sed 1d)" ] || fault 'another winner than of dram'
judge 'the winner of a weighted comparison has the least sum'

# ---- what is said ------------------------------------------------------------------

run --arch "$a" --net "$n" --budget evaluations=1
exits 0
prints '* : 1 of 3 layers: search stopped by its budget; no mapping is more than'
judge 'a table says how many searches have stopped, and the gap'
run --arch dna --net mobilenet_v1 --layer pw2
prints 'All mappings are proven optimal with the usual steps (all: --search complete).'
run --arch "$a" --net "$n" --layer conv2 --budget none
prints 'All mappings are proven optimal.'
run --arch "$a" --net "$n" --layer fc --search complete --budget none
prints 'All mappings are proven optimal.'
judge 'a table says that all is proven'
run compare --arch "$a,$b" --net "$n" --budget evaluations=1
prints '1 of 6 searches stopped by their budget; no mapping is more than'
judge 'so does a comparison'
run show --arch "$a" --net "$n" --layer conv2 --budget evaluations=1
prints '# for least energy-delay product: search stopped by its budget; no mapping is more than'
run show --arch "$a" --net "$n" --layer conv2 --budget none
prints '# for least energy-delay product: proven optimal'
judge 'show says it of a mapping'
run show --arch "$a" --net "$n" --layer conv2 --search exhaustive --budget evaluations=1
prints '# for least energy-delay product: search stopped by its budget; how much better another mapping may be is not known'
judge 'a search without bounds has no gap to tell'
run --arch "$a" --net "$n" --layer conv2 --table mapping --budget none
prints '# for least energy-delay product: proven optimal'
judge 'so does a nest file'
cp "$work/out" "$work/conv2.yaml"
map --layer conv2 --mapping "$work/conv2.yaml"
[ "$(field objective_value)" = "$proven" ] || fault "the value is not $proven"
[ "$(field proven_optimal),$(field lower_bound),$(field gap),$(field evaluations)" = ,,, ] ||
  fault 'there is a proof'
judge 'a given mapping has a value and no proof'
run --arch "$a" --net "$n" --layer conv2 --mapping "$work/conv2.yaml"
prints 'mapping given'
prints 'given: nothing was searched, and nothing is proven.'
grep -q '^\*' "$work/out" && fault 'it is said to be stopped'
judge 'nor has it a mark'

# The rows of a long product do not fit buffers on chip; DRAM's loops split them.
for machine in a100 ascend310 davinci-lite k40 t4-int8 tpu-v2 volta-v100; do
  run --arch $machine --net llama2_7b_prefill2048 --budget evaluations=100
  exits 0
  judge "$machine runs long sequences"
done
tap_done
