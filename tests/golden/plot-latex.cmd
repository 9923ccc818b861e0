# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
reusemodel --arch ./narrow.yaml --net ./separable.csv --plot energy=energy.tex \
  --plot accesses=accesses.tex --format csv > log
reusemodel compare --arch ./narrow.yaml,./wide.yaml --net ./separable.csv,./plain.csv \
  --plot compare=compare.tex --plot-width single --format csv > log
for figure in energy accesses compare; do
  cat $figure.tex $figure.dat
done
