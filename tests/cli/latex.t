#!/bin/sh
# --format latex: captions, balance, what it applies to; typeset where that can be.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/separable.csv
m=$abs_top_srcdir/tests/golden/plain.csv

# balanced: every environment that begins ends, and captions say where they are from.
balanced() {
  exits 0
  quiet
  for env in table tabular longtable; do
    [ "$(grep -o "begin{$env}" "$work/out" | wc -l)" = \
      "$(grep -o "end{$env}" "$work/out" | wc -l)" ] || fault "$env is not balanced"
  done
  prints 'toprule'
  [ "$(grep -c 'caption{' "$work/out")" = \
    "$(grep -cE 'reusemodel [0-9.]+, options: .*; inputs: [0-9a-f]{16}\.\}' "$work/out")" ] ||
    fault 'a caption without its origin'
  cat "$work/out" >> "$work/body"
}

for table in layers reuse accesses energy mapping summary; do
  run --arch "$a" --net "$n,$m" --format latex --table $table
  balanced
  judge "table $table"
done
run --net "$n" --format latex --table reuse
balanced
judge 'reuse without an architecture'
run compare --arch "$a,$b" --net "$n,$m" --format latex --by layer
balanced
judge compare
run compare --arch "$a,$b" --net mobilenet_v1_0.25 --format latex --by layer
balanced
prints '\endhead'
judge 'long tables break across pages'
run report depthwise --arch "$a" --net "$n" --format latex
balanced
judge 'report depthwise'

hash_of() {
  run --arch "$1" --net "$n" --format latex --table summary
  sed -n 's/.*inputs: \([0-9a-f]*\).*/\1/p' "$work/out" | sort -u
}
sed 's/16KiB/16 KiB/' "$a" > "$work/narrow.yaml"
first=$(hash_of "$a") again=$(hash_of "$a") other=$(hash_of "$work/narrow.yaml")
[ "$first" = "$again" ] || fault 'the hash changes'
[ "$first" != "$other" ] || fault 'the hash does not depend on the input'
judge 'the hash is that of the inputs'
fails 'not for list' 2 'is not a choice' list archs --format latex

if command -v pdflatex > /dev/null 2>&1 && kpsewhich siunitx.sty > /dev/null 2>&1; then
  { printf '%s\n' '\documentclass{article}\usepackage{booktabs,longtable,siunitx}\begin{document}'
    cat "$work/body"
    printf '%s\n' '\end{document}'
  } > "$work/all.tex"
  (cd "$work" && pdflatex -halt-on-error -interaction=nonstopmode all.tex) \
    > "$work/log" 2>&1 || tail -n 20 "$work/log" > "$work/faults"
  judge 'pdflatex takes it'
else
  tap_skip 'pdflatex takes it' 'pdflatex or siunitx not found'
fi
tap_done
