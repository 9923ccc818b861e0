#!/bin/sh
# Every exit status, and what the command line says when it is wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

net=$work/one.csv
cat > "$net" <<'END'
# name: one
# macs: 1152
# params: 144
name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,pad_t,pad_b,pad_l,pad_r,bias,norm,operand,serial
c1,conv,1,1,4,4,4,4,3,3,2,4,1,1,1,1,0,0,1,1,0,0,w,0
END

run --arch dna --net mobilenet_v1
exits 0
quiet
prints total
judge '0: a network on an architecture'
run evaluate --arch=dna --net="$net" --format=csv
exits 0
quiet
prints 'dna,one,1,c1,conv,'
judge '0: a network file'
run nest "$semantics/01.yaml"
exits 0
judge '0: nest'

fails '2: nothing is given' 2 '--arch and --net are needed'
fails '2: no network' 2 '--net is needed' --arch dna
fails '2: no architecture' 2 '--arch is needed' --net mobilenet_v1
fails '2: unknown command' 2 "did you mean 'list'" lisst
fails '2: a command of no version' 2 "unknown command 'frobnicate'" frobnicate
fails '2: unknown option' 2 "did you mean '--arch'?" --arhc dna
fails '2: unknown short option' 2 "unknown option '-z'" -z
fails '2: unknown short option among others' 2 "unknown option '-z'" --quiet -zq
fails '2: a short option without its argument' 2 "'-o' needs an argument" -qo
fails '2: ambiguous option' 2 "'--o' is ambiguous" --o x
fails '2: an argument is missing' 2 "'--arch' needs an argument" --arch
fails '2: an argument is too much' 2 'takes no argument' --quiet=yes
fails '2: an empty argument' 2 'the argument is empty' --arch '' --net mobilenet_v1
fails '2: an empty name in a list' 2 'a name is missing' --arch dna, --net mobilenet_v1
fails '2: option of another command' 2 'does not apply to nest' nest --arch dna
fails '2: an operand' 2 'unexpected argument' --arch dna --net mobilenet_v1 more
fails '2: no such choice' 2 'the choices are: edp, energy, latency, dram' \
  --objective x
fails '2: no such table of nest' 2 'the choices are: accesses, summary' \
  nest "$semantics/01.yaml" --table layers
fails '2: batch of zero' 2 'not an integer from 1' --batch 0
fails '2: batch that is no number' 2 'not an integer from 1' --batch 2x
fails '2: batch that is too large' 2 'not an integer from 1' --batch 99999999999999999999
fails '2: jobs' 2 'not an integer from 1' --jobs -1
fails '2: no layer matches' 2 "matches 'zz*'" --arch dna --net mobilenet_v1 --layer 'zz*'
fails '2: no such dataflow' 2 "has no dataflow 'XX'" \
  --arch dna --net mobilenet_v1 --dataflow XX
fails '2: mapping for two networks' 2 'one architecture and one network' \
  --arch dna --net mobilenet_v1,resnet50 --mapping x.yaml
fails '2: mapping and dataflow' 2 'exclude each other' \
  --arch dna --net mobilenet_v1 --mapping x.yaml --dataflow OR
fails '2: nest without a file' 2 'nest needs a file' nest
fails '2: nest with two files' 2 'nest takes one file' nest a b
fails '2: list of nothing known' 2 "did you mean 'nets'?" list net
fails '2: list of two kinds' 2 'list takes one kind' list nets archs
fails '2: list of all as CSV' 2 '--format needs one kind' list --format csv
fails '2: show without a name' 2 'show what?' show
fails '2: show arch without a name' 2 'show arch needs a name' show arch
fails '2: show of many words' 2 'not understood' show a b c
fails '2: show --layer without a network' 2 'needs --arch and --net' \
  show --arch dna --layer c1
fails '2: plot without a file' 2 'is not KIND=FILE' \
  --arch dna --net mobilenet_v1 --plot roofline
fails '2: plot of an unknown kind' 2 "unknown kind 'roof'" \
  --arch dna --net mobilenet_v1 --plot roof=x.svg
fails '2: plot in an unknown format' 2 'the extensions are' \
  --arch dna --net mobilenet_v1 --plot roofline=x.gif
fails '2: one plot of two networks' 2 'one architecture and one network' \
  --arch dna --net mobilenet_v1,resnet50 --plot roofline=x.svg

fails '3: a nest file that is not there' 3 'No such file' nest "$work/none.yaml"
fails '3: an architecture file that is not there' 3 'No such file' \
  --arch "$work/none.yaml" --net mobilenet_v1
fails '3: a network file that is not there' 3 'No such file' \
  --arch dna --net "$work/none.csv"
printf 'problem: {K: 2}\nnest:\n  - {level: DRAM, lops: [K/1]}\n  - {level: MAC}\n' \
  > "$work/bad.yaml"
fails '3: a wrong nest file' 3 "$work/bad.yaml:3:" nest "$work/bad.yaml"
says '  3 |   - {level: DRAM, lops: [K/1]}'
says "  hint: did you mean 'loops'?"
grep -q '^    |  *^$' "$work/err" || fault 'no caret'
judge 'an error has place, line, caret and hint'
printf 'problem: {K: 2}\nnest:\n  - {level: DRAM}\n  - {level: MAC}\n' \
  > "$work/open.yaml"
fails '3: a nest that is not legal' 3 'error: ' nest "$work/open.yaml"
sed 's/1152/1153/' "$net" > "$work/two.csv"
fails '3: a wrong network file' 3 "$work/two.csv:" --arch dna --net "$work/two.csv"
fails '3: a setting of an unknown key' 3 "did you mean 'size'?" \
  --arch dna --net mobilenet_v1 --set buffer.siz=1KiB
fails '3: a setting without a unit' 3 'a unit is missing' \
  --arch dna --net mobilenet_v1 --set buffer.size=1
fails '3: a setting without a value' 3 'not a setting' \
  --arch dna --net mobilenet_v1 --set buffer
REUSEMODEL_HOME=$work/none
fails '3: no home directory' 3 'REUSEMODEL_HOME' --arch dna --net mobilenet_v1
REUSEMODEL_HOME=$abs_top_srcdir

fails '4: nothing fits' 4 'no legal mapping' --arch dna --net "$net" --set buffer.size=2B
# The least that its buffer has to hold twice; a byte less does not do.
fails '4: the smallest tiles do not fit' 4 \
  'however small they are, the tiles in buffer take 38 bytes, it has 37 (half of its size' \
  --arch dna --net mobilenet_v1 --layer conv1 --set buffer.size=75B
run --arch dna --net mobilenet_v1 --layer conv1 --set buffer.size=76B --budget evaluations=1
exits 0
judge '0: the smallest tiles just fit'

fails '5: the output directory cannot be made' 5 'Not a directory' \
  --arch dna --net "$net" -o "$net/out"
tap_done
