#!/bin/sh
# Help, abbreviations, what the options of evaluate do, show.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

for command in evaluate nest list show compare report; do
  run "$command" --help
  exits 0
  prints 'Usage: reusemodel'
  prints '--help'
  [ "$(awk '{ print length }' "$work/out" | sort -n | tail -n 1)" -le 80 ] ||
    fault 'lines above 80 columns'
  judge "help of $command"
done
run nest --help
! grep -q -- --arch "$work/out" || fault 'nest has no --arch'
judge 'help has only the options of the command'
run --arch dna --net mobilenet_v1 --help
exits 0
prints 'Usage:'
judge '--help among other options'

run --arch dna --net mobilenet_v1 --tab summ --form csv
exits 2
says "'summ' is not a choice"
judge 'choices are not abbreviated'
run --ar dna --ne mobilenet_v1 --tab summary --form=csv
exits 0
prints 'dna,mobilenet_v1,total'
judge 'options are abbreviated'

run --arch dna,eyeriss-v1 --net mobilenet_v1,resnet18 --table summary --format csv
exits 0
[ "$(grep -c ',total,' "$work/out")" = 4 ] || fault 'not four totals'
[ "$(grep -c ^arch, "$work/out")" = 1 ] || fault 'not one header'
judge 'several architectures and networks in one table'
cp "$work/out" "$work/lists"
run --arch dna --arch eyeriss-v1 --net mobilenet_v1 --net resnet18 --table summary \
  --format csv
cmp "$work/out" "$work/lists" > "$work/faults" 2>&1
judge 'repeated options are lists'
run --arch dna,eyeriss-v1 --net mobilenet_v1 --table summary
exits 0
[ "$(grep -c '^on ' "$work/out")" = 2 ] || fault 'not two blocks'
judge 'as text, a block for each'

for jobs in 1 2 7; do
  "$REUSEMODEL" --arch dna --net mobilenet_v1 --format csv -j $jobs > "$work/$jobs"
done
cmp "$work/1" "$work/2" > "$work/faults" 2>&1
cmp "$work/1" "$work/7" >> "$work/faults" 2>&1
: > "$work/err"
judge 'the same bytes for any number of jobs'

for table in layers reuse accesses energy mapping summary; do
  for format in text csv json; do
    run --arch dna --net mobilenet_v1 --table $table --format $format
    exits 0
    quiet
    [ -s "$work/out" ] || fault 'nothing is printed'
    judge "table $table as $format"
  done
done

run --net mobilenet_v1 --table reuse --layer 'dw1*' --format csv
exits 0
quiet
[ "$(tail -n +2 "$work/out" | cut -d, -f3 | tr '\n' ' ')" = \
  'dw1 dw10 dw11 dw12 dw13 ' ] || fault 'not the layers of the pattern'
judge '--layer selects by a pattern'
run --net mobilenet_v1 --table reuse --layer conv1 --batch 3 --format csv
prints 'mobilenet_v1,1,conv1,conv,32514048,'
judge '--batch multiplies'

run --arch dna --net mobilenet_v1 --table summary --format csv
plain=$(grep ,total, "$work/out")
run --arch dna --net mobilenet_v1 --table summary --format csv \
  --set buffer.size=8KiB --set 'clock=100MHz (assumed; a test)'
exits 0
[ "$(grep ,total, "$work/out")" != "$plain" ] || fault 'nothing has changed'
judge '--set changes the result'
run show dna --set buffer.size=8KiB
exits 0
grep -q 'size  *8KiB' "$work/out" || fault 'no size of 8KiB'
judge 'show with --set'
run show eyeriss-v1 --set GLB.size=1MiB
says '--set GLB.size: note: the energy of GLB is stated and does not follow its size'
judge '--set of a size whose energy is stated says that this stays'
run show eyeriss-v1 --set GLB.size=1MiB --set GLB.energy=1pJ/bit
grep -q 'GLB.size: note' "$work/err" && fault 'there is a note'
run show dna --set buffer.size=8KiB
quiet
judge 'but not where it is set, too, or follows the size'

for pair in 'energy=energy' 'latency=time' 'edp=energy-delay product' \
  'dram=DRAM traffic'; do
  objective=${pair%%=*}
  run --arch dna --net mobilenet_v1 --layer pw1 --objective "$objective"
  exits 0
  prints "mapped for least ${pair#*=}"
  judge "objective $objective"
done
run --arch dna --net mobilenet_v1 --layer pw1 --dataflow WR --format csv
exits 0
prints ',WR,'
judge '--dataflow restricts the search'

for name in $(ls "$abs_top_srcdir/models" | sed -n 's/\.yaml$//p'); do
  run show "$name"
  exits 0
  quiet
  for part in 'Level ' 'Engine ' 'Dataflow ' 'Technology ' 'Sources of ' pJ/bit; do
    prints "$part"
  done
  [ "$(awk '{ print length }' "$work/out" | sort -n | tail -n 1)" -le 80 ] ||
    fault 'lines above 80 columns'
  judge "show $name"
done
run show net mobilenet
exits 0
prints '568740352'
prints '3x224x224'
prints 'Source: A. G. Howard'
judge 'show a network by its alias'
run show "$abs_top_srcdir/data/vgg16.csv"
exits 0
prints VGG
judge 'show a network file'
tap_done
