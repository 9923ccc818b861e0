#!/bin/sh
# Writes doc/COMPARISONS.md, the tables of README.md, and the figures of both:
# doc/comparisons.sh REUSEMODEL SOURCE-DIR.
# Every section is one command, what it prints, what it draws, and how that differs
# from the publication.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
program=$1
top=$(cd "$2" && pwd)
REUSEMODEL_HOME=$top
export REUSEMODEL_HOME
LC_ALL=C
export LC_ALL
COLUMNS=100
export COLUMNS
figures=$top/doc/figures

# show ARGUMENT...: the command, as one would type it, and what it prints.  The word
# FIGURES in an argument is where figures go.
show() {
  printf '    reusemodel'
  for word in "$@"; do
    case $word in
    *[\ \[\*\!]*) printf " '%s'" "$word" ;;
    *) printf ' %s' "$word" ;;
    esac
  done | sed 's,FIGURES/,,g'
  printf '\n\n```\n'
  for word in "$@"; do
    shift
    case $word in
    *=FIGURES/*) word=${word%%=*}=$figures/${word#*FIGURES/} ;;
    esac
    set -- "$@" "$word"
  done
  "$program" "$@" -q > "$work/shown"
  cat "$work/shown"
  printf '```\n\n'
}

# The table of reductions in what was shown last: arch and baseline, then time, energy,
# EDP, DRAM and buffer; the rows of networks, not of their means.
reductions() {
  awk '/^Reductions/ { on = 1; next } /^Least/ { on = 0 }
       /^geomean/ { on = 0 } on && NF > 6 && $NF ~ /^[0-9]/' "$work/shown"
}

# range COLUMN-FROM-THE-RIGHT: the least and the most there, as "1.23 to 2.37".
range() {
  reductions | awk -v c="$1" '
    { v = $(NF - c) }
    NR == 1 || v + 0 < low + 0 { low = v }
    NR == 1 || v + 0 > high + 0 { high = v }
    END { print low " to " high }'
}

# splice NAME: the lines of README.md between the marks of NAME become standard input.
splice() {
  awk -v name="$1" -v text="$work/text" '
    $0 ~ "^<!-- " name ":" { print; while ((getline line < text) > 0) print line; on = 1 }
    on && $0 == "<!-- end -->" { on = 0 }
    !on { print }' "$top/README.md" > "$work/readme"
  cat "$work/readme" > "$top/README.md"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec > "$top/doc/COMPARISONS.md.new"
cat <<'TEXT'
# Three comparisons

One command each. `make comparisons` writes this page and its figures.

## The dataflows of the row-stationary paper

The convolutional layers of AlexNet, batch 16, on 256 units and equal storage area,
for least energy.

TEXT
show compare --arch rs --baseline ws,osa,osb,osc,nlr --net alexnet --layer 'conv*' \
  --batch 16 --objective energy --plot energy=FIGURES/rs-dataflows.svg
cat <<'TEXT'
![Energy per MAC of six dataflows](figures/rs-dataflows.svg)

Times less energy of row stationary than of the other dataflows in these layers:

TEXT
printf '| | published | here |\n|---|---|---|\n| energy | 1.4 to 2.5 | %s |\n' "$(range 3)"
cat <<'TEXT'

What differs, and why:

- The upper end, of no local reuse and output stationary C, agrees. The lower end, weight
  stationary, is nearer to row stationary here: the tiles that the paper's analysis took
  are not published, and here every dataflow has the best that its rules allow.
- Row stationary is slower here than the others: it was mapped for least energy, and such
  mappings leave many of its units idle. `--objective edp` weighs both.

The figures of each layer beside the paper's are in [VALIDATION.md](VALIDATION.md),
`reusemodel validate`.

## DNA's reductions

DNA chooses one of three patterns for each layer. Its papers give reductions of traffic
and energy over AlexNet, VGG, GoogLeNet and ResNet against one pattern; they do not state
the tiles of the single patterns. So there are two baselines: each pattern with the best
tiles that the buffer holds,

TEXT
show compare --arch dna --baseline ir,or,wr --net alexnet,vgg16,googlenet,resnet152 \
  --layer '[!f]*' --objective energy --plot reduction=FIGURES/dna-reductions-tiles.svg
best_dram=$(range 1) best_buffer=$(range 0) best_energy=$(range 3)
cat <<'TEXT'
![Reductions against patterns with the best tiles](figures/dna-reductions-tiles.svg)

and each with the tile of the core, two maps of 16 x 16 pixels:

TEXT
show compare --arch dna --baseline ir,or,wr --net alexnet,vgg16,googlenet,resnet152 \
  --layer '[!f]*' --objective energy \
  --baseline-set 'IR.loops.DRAM=[N/1, G/1, P/16, Q/16, C/1, K/2]' \
  --baseline-set 'OR.loops.DRAM=[N/1, G/1, P/16, Q/16, K/2, C/1]' \
  --baseline-set 'WR.loops.DRAM=[G/1, K/2, C/1, N/1, P/16, Q/16]' \
  --plot reduction=FIGURES/dna-reductions-core.svg
cat <<'TEXT'
![Reductions against patterns with the core's tile](figures/dna-reductions-core.svg)

The baselines over DNA, all networks and patterns:

TEXT
printf '| | published | here, best tiles | here, tile of the core |\n|---|---|---|---|\n'
printf '| %s | %s | %s | %s |\n' \
  'DRAM traffic' '7.6 to 11.4' "$best_dram" "$(range 1)" \
  'buffer accesses' '1.4 to 2.2' "$best_buffer" "$(range 0)" \
  energy '5.9 to 8.4' "$best_energy" "$(range 3)"
cat <<'TEXT'

- The sources give ranges for the four networks and three patterns together, as those
  here are. Most of what is published lies between the two: the best tiles leave little
  to a hybrid, the core's tile leaves far too much. The published baseline must
  have tiles of a size between, which is not stated. The model does not reproduce the
  published figures without it, and no tile was chosen to fit them.
- A hybrid is no worse than each of its patterns, by how compare treats baselines of the
  same machine; that needs no search to end.
- ResNet is the 152-layer network of today's frameworks; the paper's variant is not
  stated. The layers are the convolutions, as in the papers.

## MobileNet on six machines

Depthwise-separable convolution has few MACs but does not fit these arrays: utilization,
time and energy of MobileNet v1 by layer type, batch 1.

TEXT
COLUMNS=80
show compare --arch tpu-v1,davinci-max,volta-v100,eyeriss-v1,eyeriss-v2,dna \
  --net mobilenet --by type --relative-to dna --plot values=FIGURES/mobilenet-machines.svg
cat <<'TEXT'
![Utilization, time and energy of MobileNet on six machines](figures/mobilenet-machines.svg)

- No publication has this table. Its argument is that of the reuse bounds: on TPU v1 a
  3 x 3 depthwise layer can use at most 9/256 = 3.5 % of the array if the inputs limit,
  and 0.385 % with groups on its diagonal; on a 16-wide cube 6.25 %. TPU v1 stays
  below, because transfers and short last tiles take their part. The Da Vinci core runs
  the depthwise layers of stride 2 on its vector unit, at 58 % of that unit's lower peak,
  which lifts its share above the cube's bound.
- Eyeriss v2 is published on MobileNet with half the channels and 128 x 128 pixels, not
  this one, and skips zeros, which is not modelled; [VALIDATION.md](VALIDATION.md)
  has that network.
- The tensor core of the V100 is modelled without kernels' launch and without the
  library's choices, so its times are far below what a framework shows at batch 1. The
  published share of peak is that of a T4 with large batches, 15.5 %.
- Machines differ in clock, precision and technology. `--iso pes` and `--iso bandwidth`
  compare at equal resources where the files allow.
TEXT
mv "$top/doc/COMPARISONS.md.new" "$top/doc/COMPARISONS.md"

# README.md has the last table, up to its ratios, and a sentence of it.
{ printf '```\n'
  awk '/ time .*energy/ { on = 1 } on && /^$/ { exit } on' "$work/shown"
  printf '```\n'
} > "$work/text"
splice machines
awk '$2 == "dwconv" { on = 1; at = 2 } $2 == "pwconv" { exit }
     on { text = text (at ? "In depthwise layers (`dwconv`) " : ", ") $(at + 1) \
                 (at ? " uses " : " ") $(at + 5) (at ? " % of its units" : " %")
          at = 0 }
     END { print text "." }' "$work/shown" | fold -s -w 84 | sed 's/ *$//' > "$work/text"
splice utilization

# Its first example, in 80 columns, and the figure of that.
{ printf '```\n'
  COLUMNS=80 "$program" --arch dna --net mobilenet --table summary \
    --plot roofline="$figures/dna-mobilenet-roofline.svg" 2> /dev/null
  printf '```\n'
} > "$work/text"
splice first
