#!/bin/sh
# What single machines are for: parallel mappings of DNA, whole tiles of TPU v1.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

# is NAME LAYER VALUE: that field of the CSV that the last run printed is VALUE.
is() {
  field=$(awk -F, -v name="$1" -v layer="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    $at["layer"] == layer { print $at[name]; exit }' "$work/out")
  [ "$field" = "$3" ] || fault "$1 of $2 is '$field', not $3"
}

# Square blocks: C R S ceil(K / 2 S^2 (16/B)^2) ceil(P / (B/S)) ceil(Q / (B/S)), the least
# over B.  Stride 4, B = 16: 3 * 121 * ceil(96/32) * 14 * 14; stride 1, 13 x 13 maps of 384
# channels: B = 16 gives 256 * 9 * 192, B = 8 gives 256 * 9 * 48 * 2 * 2, B = 4 gives
# 256 * 9 * 12 * 4 * 4.
run -q --arch dna-square --net alexnet --layer 'conv[13]' --objective latency --format csv
exits 0
is cycles conv1 213444
is cycles conv3 442368
judge 'square blocks of the data sharing network'

# Rows packed: 256 * 9 * ceil(384 * 13 * ceil(13/16) / 32) = 359424.
run -q --arch dna --net alexnet --layer conv3 --objective latency --format csv
exits 0
is cycles conv3 359424
judge 'packed rows need fewer cycles'

cat > "$work/net.csv" <<'NET'
# name: net
# macs: 16384
# params: 4096
name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,pad_t,pad_b,pad_l,pad_r
s1,pwconv,1,1,4,512,2,2,1,1,2,2,1,1,1,1,0,0,0,0
s2,pwconv,1,1,4,512,4,4,1,1,2,2,2,2,1,1,0,0,0,0
NET
# Maps of 2 x 2.  At stride 1 blocks of 4 x 4 lanes have a map each, 2 * 16 in all: 4 * 512 / 32
# cycles; at stride 2 each has one for every phase: 4 * 512 / 128.
run -q --arch dna-square --net "$work/net.csv" --objective latency --format csv \
  --set DRAM.bandwidth=1TB/s
exits 0
is cycles s1 64
is cycles s2 16
judge 'phases of the stride run side by side'

# 3 x 3 tiles of 64 KiB at 34 GB/s.
run -q --arch tpu-v1 --net "$abs_top_srcdir/data/validation/tpu_600.csv" --batch 96 \
  --objective latency --format csv
exits 0
is time_us fc 17.34776470588235
is dram_read_bytes fc 589824
judge 'ragged tiles are read whole'

# On the 512 MACs of DNA tiles are 23 x 22, and 506/65536 of 64 KiB: 27 x 28 of them.
run compare -q --arch dna,tpu-v1 --net "$abs_top_srcdir/data/validation/tpu_600.csv" \
  --iso pes --format csv
exits 0
[ "$(awk -F, '
  NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
  $1 == "tpu-v1" { print $at["dram_bytes"]; exit }' "$work/out")" = 382536 ] ||
  fault "$(grep tpu-v1 "$work/out")"
judge 'tiles of an array of another size'

# Both buffers have the same words; MRAM has 2.08 and 7.5 times the energy of SRAM, which is
# 0.9375 pJ a bit.
for memory in sram stt-mram; do
  run -q --arch eyeriss-v1-mram --net alexnet --layer conv3 --batch 4 --table accesses \
    --mapping "$abs_top_srcdir/data/validation/rs_alexnet_conv3.yaml" --format csv \
    --set GLB.memory=$memory --set GLB.hop_energy=0pJ/bit
  exits 0
  case $memory in sram) read=1 write=1 ;; *) read=2.08 write=7.5 ;; esac
  awk -F, -v read=$read -v write=$write '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    $at["level"] == "GLB" && $at["energy_pj"] > 0 {
      bits = 8 * (read * $at["read_bytes"] + write * $at["write_bytes"])
      printf "%.6f\n", $at["energy_pj"] / bits }' "$work/out" > "$work/$memory"
  [ "$(tr '\n' ' ' < "$work/$memory")" = '0.937500 0.937500 ' ] ||
    fault "pJ a bit of $memory: $(cat "$work/$memory")"
done
judge 'a buffer of another memory'
tap_done
