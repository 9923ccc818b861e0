# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
both='--arch ./narrow.yaml,./wide.yaml --net ./separable.csv,./plain.csv'
reusemodel compare $both --relative-to wide
echo
reusemodel compare $both --by layer --objective energy
echo
reusemodel compare $both --by type --objective dram --format csv
