# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
reusemodel report depthwise --arch ./narrow.yaml --net ./separable.csv,./plain.csv
for table in shares reuse losses placements remedies; do
  echo
  reusemodel report depthwise --arch ./narrow.yaml,./wide.yaml \
    --net ./separable.csv,./plain.csv --format csv --table $table
done
