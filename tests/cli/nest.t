#!/bin/sh
# nest: known counts, its tables and formats; mappings as nest files.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

for yaml in "$semantics"/*.yaml "${semantics%/*}"/worked/*.yaml; do
  csv=${yaml%.yaml}.csv
  run nest "$yaml" --format csv
  exits 0
  quiet
  grep -v '^#' "$csv" | diff - "$work/out" >> "$work/faults" 2>&1
  run nest "$yaml" --format csv --table summary
  sed -n 's/^# macs \([0-9]*\) steps \([0-9]*\)$/\1 \2/p' "$csv" > "$work/want"
  awk -F, 'NR == 2 { print $1, $3 }' "$work/out" | diff "$work/want" - \
    >> "$work/faults" 2>&1
  case=${yaml%.yaml}
  judge "counts of ${case#"${semantics%/*}/"}"
done

run nest "$semantics/01.yaml" --table summary --format csv
printf 'macs,effective_macs,steps,instances,spatial_utilization\n2400,2400,400,6,1\n' |
  diff - "$work/out" > "$work/faults" 2>&1
judge 'summary as CSV'
run nest "$semantics/01.yaml" --table summary --format json
prints '"macs": 2400'
prints '"spatial_utilization": 1'
judge 'summary as JSON'
run nest "$semantics/01.yaml"
prints '2400 MACs in 400 steps of 6 instances; spatial utilization 100.0 %'
prints 'updates'
judge 'text has both'
run nest "$semantics/01.yaml" --table summary
[ "$(wc -l < "$work/out")" = 1 ] || fault 'more than a line'
judge 'summary as text'
run show mapping "$semantics/01.yaml"
exits 0
prints 'for p0 in 0..2'
prints 'parallel-for'
judge 'show mapping prints loops'

dna="-q --arch dna --net mobilenet --layer conv1"
run $dna --table mapping
exits 0
prints 'problem: {N: 1, G: 1, K: 32,'
cp "$work/out" "$work/conv1.yaml"
judge '--table mapping of a layer is a nest file'
run nest "$work/conv1.yaml" --format csv
exits 0
awk -F, 'NR > 1 { print $1, $2, $3, $4, $5, $6 }' "$work/out" > "$work/got"
run $dna --table accesses --format csv
awk -F, 'NR > 1 { print $5, $6, $7, $8, $9, $10 }' "$work/out" |
  diff - "$work/got" > "$work/faults" 2>&1
judge 'its counts are those of --table accesses'
"$REUSEMODEL" $dna --format csv | cut -d, -f 9-25 > "$work/searched"
run $dna --mapping "$work/conv1.yaml" --format csv
exits 0
cut -d, -f 9-25 "$work/out" | diff "$work/searched" - > "$work/faults" 2>&1
judge '--mapping evaluates it to the same'
run $dna --mapping "$work/conv1.yaml"
exits 0
prints conv1
judge '--mapping as text'
fails '--mapping of another layer' 3 'K is 32 in the nest and 64 in layer pw1' \
  -q --arch dna --net mobilenet --layer pw1 --mapping "$work/conv1.yaml"
fails '--mapping of other levels' 3 'not those of an engine' \
  $dna --mapping "$semantics/01.yaml"
# contradicts NAME SED: a nest that says otherwise than the machine is refused.
contradicts() {
  sed "$2" "$work/conv1.yaml" > "$work/other.yaml"
  fails "--mapping of another $1" 3 "'$1'" $dna --mapping "$work/other.yaml"
  says 'is not as the machine has it'
  judge "the $1 of a nest are the machine's"
}
contradicts keeps '/level: REG/s/keeps: [^]]*]/keeps: [I]/'
contradicts latch '/level: MAC/s/latch: [^]]*]/latch: [W]/'
contradicts network '/level: buffer/s/{level: buffer,/{level: buffer, network: {I: unicast},/'
contradicts blocks '/level: MAC/s/latch/blocks: {C: 16}, latch/'
run show "$work/conv1.yaml"
exits 3
says 'this is a nest, not an architecture'
says 'show mapping FILE'
judge 'show NEST says how a nest is shown'
# 4 output rows: 32 x 4 x 112 outputs, 32 x 3 x 9 weights, 3 x 9 x 224 inputs, 2 bytes each.
fails '--mapping of tiles that do not fit' 4 \
  'the tiles in buffer take 42496 bytes, it has 4 (half of its size: it is double buffered)' \
  $dna --mapping "$work/conv1.yaml" --set buffer.size=8B
sed 's,\[K\,P\]/64,[K\,P]/128,' "$work/conv1.yaml" > "$work/wide.yaml"
fails '--mapping of too many loops side by side' 4 \
  'the loops side by side in REG need 1024 children, it has 512' \
  $dna --mapping "$work/wide.yaml"
run show -q --arch dna --net mobilenet --layer 'conv1'
exits 0
prints '# mobilenet_v1 on dna, layer conv1 (conv)'
prints 'O[0,0,k'
judge 'show prints the mapping of a layer'
tap_done
