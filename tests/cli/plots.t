#!/bin/sh
# Figures: scripts that draw on their own, text on a terminal, LaTeX.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

a=$abs_top_srcdir/tests/golden/narrow.yaml
b=$abs_top_srcdir/tests/golden/wide.yaml
n=$abs_top_srcdir/tests/golden/separable.csv
kinds='roofline energy energy-level energy-operand utilization accesses hierarchy reuse buffer'
comparisons='compare reduction values'

# draw KIND OPTION...: evaluates, or compares, with these options.
draw() {
  case " $comparisons " in
  *" $1 "*) shift; run compare -q --arch "$a" --baseline "$b" --net "$n" "$@" ;;
  *) shift; run -q --arch "$a" --net "$n" "$@" ;;
  esac
}

# Words of the PDF that its page cuts, or that are too small or too large: a line of 7
# to 9 points is 8 to 10.5 high, with signs above and below.  Texts upright are as wide.
inside_pdf() {
  command -v pdftotext > /dev/null 2>&1 || return 0
  pdftotext -bbox "$1" - 2>> "$work/faults" | tr '"' ' ' | awk '
    /<page/ { width = $3; height = $5 }
    /<word/ {
      across = $7 - $3; up = $9 - $5; line = across < up ? across : up
      if ($3 < -0.5 || $5 < -0.5 || $7 > width + 0.5 || $9 > height + 0.5)
        print "beyond the page: " $0
      if ((across > up ? across : up) > 12 && (line < 7 || line > 12))
        print "of another size: " $0
    }' >> "$work/faults"
}

fails 'a script of no plot' 2 'the script of one --plot' \
  --arch "$a" --net "$n" --plot-script "$work/x.gp"
fails 'a script of two plots' 2 'the script of one --plot' \
  --arch "$a" --net "$n" --plot-script "$work/x.gp" --plot energy="$work/x.svg" \
  --plot accesses="$work/y.svg"
fails 'a script of a plot for LaTeX' 2 'no script' \
  --arch "$a" --net "$n" --plot-script "$work/x.gp" --plot energy="$work/x.tex"
fails 'a plot as text before CSV' 2 'goes with --format text only' \
  --arch "$a" --net "$n" --format csv --plot energy=-
fails 'a name that TeX does not read' 5 'TeX may not read' \
  --arch "$a" --net "$n" --plot energy="$work/x%y.tex"

for kind in $kinds $comparisons; do
  if ! command -v gnuplot > /dev/null 2>&1; then
    tap_skip "$kind" 'gnuplot not found'
    continue
  fi
  for width in single double; do
    draw $kind --plot $kind="$work/x.svg" --plot-script "$work/x.gp" --plot-width $width
    exits 0
    quiet
    gnuplot -e "OUTPUT='$work/y.svg'" "$work/x.gp" > "$work/drawn" 2>&1
    cmp "$work/x.svg" "$work/y.svg" >> "$work/faults" 2>&1
    gnuplot -e "FORMAT='pdf'; OUTPUT='$work/y.pdf'" "$work/x.gp" >> "$work/drawn" 2>&1
    grep -v 'iconv failed' "$work/drawn" >> "$work/faults"
    [ "$(head -c 4 "$work/y.pdf")" = %PDF ] || fault 'no PDF'
    judge "$kind, $width: the script draws the same figure"
    inside_pdf "$work/y.pdf"
    judge "$kind, $width: its texts are on the page, of 7 to 9 points"
  done
  draw $kind --plot $kind=-
  exits 0
  quiet
  awk 'length > 80 { print "longer than 80: " $0 } /\f/ { print "a form feed" }' \
    "$work/out" >> "$work/faults"
  judge "$kind as text"
done

if command -v gnuplot > /dev/null 2>&1; then
  for machine in tpu-v1 "$a"; do
    run -q --arch "$machine" --net "$n" --budget evaluations=500 --plot buffer="$work/x.svg" \
      --plot-script "$work/x.gp"
    exits 0
    quiet
    sed -n '/^.panel1 <</,/^EOD/p' "$work/x.gp" | awk '
      NF == 7 { n++; if ($6 > $2 * (1 + 1e-9) || $7 > $2 * (1 + 1e-9)) print "above: " $0 }
      END { if (!n) print "no sizes" }' >> "$work/faults"
    judge "${machine##*/}: DRAM traffic is not below what it is said to be at least"
  done
fi

for kind in roofline energy accesses utilization hierarchy reuse buffer $comparisons; do
  draw $kind --plot $kind="$work/x.tex"
  exits 0
  quiet
  grep -q 'begin{tikzpicture}' "$work/x.tex" || fault 'no picture'
  [ -s "$work/x.dat" ] || fault 'no data'
  judge "$kind for LaTeX"
  if kpsewhich pgfplots.sty > "$work/sty" 2>&1 && command -v pdflatex > "$work/sty"; then
    (cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error x.tex) \
      > "$work/tex" 2>&1 || tail -n 20 "$work/tex" >> "$work/faults"
    judge "$kind compiles"
  else
    tap_skip "$kind compiles" 'pdflatex or pgfplots not found'
  fi
done
tap_done
