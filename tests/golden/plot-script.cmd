# SPDX-License-Identifier: GPL-3.0-or-later
# Whole scripts of two forms, and the data of the others.
cp "$golden"/*.yaml "$golden"/*.csv .
one='--arch ./narrow.yaml --net ./separable.csv'
script() {
  reusemodel "$@" --plot-script "$work/x.gp" --format csv > log 2>&1
}
work=$PWD
for kind in energy roofline; do
  script $one --plot $kind=$kind.svg
  cat x.gp
done
for kind in energy-level energy-operand utilization accesses hierarchy reuse buffer; do
  script $one --plot $kind=$kind.pdf
  echo "# $kind"
  sed '/^# What all figures share/,$d' x.gp
done
script compare --arch ./narrow.yaml,./wide.yaml --net ./separable.csv,./plain.csv \
  --plot compare=compare.png
cat x.gp
