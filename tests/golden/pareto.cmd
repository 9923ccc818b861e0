# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
one='--arch ./narrow.yaml --net ./plain.csv --pareto energy,latency --budget none'
COLUMNS=120 reusemodel $one
echo
reusemodel $one --format csv
echo
reusemodel $one --layer conv2 --format latex
reusemodel $one --layer conv2 --plot pareto=front.tex > /dev/null
sed -n '/begin{groupplot/,$p' front.tex
cat front.dat
