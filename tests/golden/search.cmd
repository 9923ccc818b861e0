# SPDX-License-Identifier: GPL-3.0-or-later
cp "$golden"/*.yaml "$golden"/*.csv .
one='--arch ./narrow.yaml --net ./plain.csv'
COLUMNS=140 reusemodel $one --budget none --objective weighted --weights energy=1,latency=200
echo
reusemodel show $one --layer conv2 --budget none --objective latency
echo
reusemodel $one --layer conv2 --budget none --table mapping > conv2.yaml
cat conv2.yaml
for table in layers mapping; do
  echo
  reusemodel $one --layer conv2 --mapping conv2.yaml --format csv --table $table
done
echo
reusemodel $one --layer conv2 --mapping conv2.yaml
echo
echo dram_words,dram_words_compulsory,dram_words_bound size
for size in 32KiB 1KiB 512B; do
  reusemodel $one --layer conv2 --objective dram --budget none --set buffer.size=$size \
    --format csv > "$size.csv"
  sed -n "s/^narrow.*,\(.*,.*,.*\)/\1 $size/p" "$size.csv"
done
