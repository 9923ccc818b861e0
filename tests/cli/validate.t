#!/bin/sh
# validate: verdicts and exit status, formats, the plot.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

run validate cpu
exits 0
quiet
prints 'within'
! grep -q OUTSIDE "$work/out" || fault 'a figure is outside'
prints 'Parameters (models/'
judge 'a system within its tolerances'

run validate cpu --format csv
exits 0
quiet
head -n 1 "$work/out" | grep -q '^system,.*verdict,.*source$' || fault "$(head -n 1 "$work/out")"
awk -F, 'NR > 1 && $1 != "cpu" { print }' "$work/out" >> "$work/faults"
judge 'only the system that is asked for'

run validate cpu --format latex
exits 0
quiet
for env in table tabular longtable; do
  [ "$(grep -o "begin{$env}" "$work/out" | wc -l)" = \
    "$(grep -o "end{$env}" "$work/out" | wc -l)" ] || fault "$env is not balanced"
done
prints 'S[table-format='
[ "$(grep -c 'caption{' "$work/out")" = \
  "$(grep -cE 'reusemodel [0-9.]+, options: .*; inputs: [0-9a-f]{16}\.\}' "$work/out")" ] ||
  fault 'a caption without its origin'
judge 'LaTeX'
if command -v pdflatex > /dev/null 2>&1 && kpsewhich siunitx.sty > /dev/null 2>&1; then
  { printf '%s\n' '\documentclass{article}\usepackage{booktabs,longtable,siunitx}\begin{document}'
    cat "$work/out"
    printf '%s\n' '\end{document}'
  } > "$work/all.tex"
  (cd "$work" && pdflatex -halt-on-error -interaction=nonstopmode all.tex) \
    > "$work/log" 2>&1 || tail -n 20 "$work/log" > "$work/faults"
  judge 'pdflatex takes it'
else
  tap_skip 'pdflatex takes it' 'pdflatex or siunitx not found'
fi

if command -v gnuplot > /dev/null 2>&1; then
  run validate tpu-v1 --format csv --plot validation="$work/v.svg" \
    --plot validation="$work/v.png" --plot validation="$work/v.pdf" \
    --plot validation="$work/v.tex"
  exits 0
  quiet
  grep -q 'modelled over published' "$work/v.svg" || fault 'no SVG'
  grep -q 'tpu-v1' "$work/v.svg" || fault 'the system is not named'
  head -c 4 "$work/v.png" | grep -q PNG || fault 'no PNG'
  head -c 4 "$work/v.pdf" | grep -q '%PDF' || fault 'no PDF'
  grep -q 'yticklabels={tpu-v1}' "$work/v.tex" || fault 'no LaTeX'
  head -n 1 "$work/v.dat" | grep -q '^x ratio y1 row1$' || fault 'no data for LaTeX'
  judge 'the plot in four formats'
  run validate cpu --plot validation=-
  exits 0
  prints 'modelled over published, a row for each system'
  prints '  cpu |'
  judge 'the plot as text'
  run validate rana --plot validation="$work/none.svg"
  exits 5
  says 'nothing to draw'
  [ ! -e "$work/none.svg" ] || fault 'a file without a picture'
  judge 'nothing to draw'
else
  tap_skip 'the plot' 'gnuplot not found'
fi

fails 'an unknown plot' 2 "unknown kind 'roofline'" validate cpu --plot roofline=x.svg
fails 'an unknown system' 2 "no published figures of 'cpus'" validate cpus
fails 'two systems' 2 'one system at most' validate cpu dna
tap_done
