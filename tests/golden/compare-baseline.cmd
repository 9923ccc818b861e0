# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
both='--net ./separable.csv,./plain.csv'
reusemodel compare --arch ./narrow.yaml --baseline k,q $both --format latex
reusemodel compare --arch ./narrow.yaml,./wide.yaml --iso pes $both
