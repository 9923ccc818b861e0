# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
for table in layers reuse mapping; do
  reusemodel --arch ./narrow.yaml --net ./separable.csv --format latex --table $table
done
reusemodel compare --arch ./narrow.yaml,./wide.yaml --net ./separable.csv,./plain.csv \
  --format latex
reusemodel report depthwise --arch ./narrow.yaml --net ./separable.csv --format latex
