#!/bin/sh
# --lowering: what is lowered, what is refused and why, what stays as it is.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

cat > "$work/net.csv" <<'NET'
# name: net
# macs: 168840
# params: 1296
name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,pad_t,pad_b,pad_l,pad_r
plain,conv,1,1,8,16,12,12,3,3,12,12,1,1,1,1,1,1,1,1
dw,dwconv,1,8,8,8,6,6,3,3,6,6,1,1,1,1,1,1,1,1
dw_s2,dwconv,1,4,4,4,6,6,3,3,3,3,2,2,1,1,1,1,1,1
pw,pwconv,1,1,4,9,1,1,1,1,1,1,1,1,1,1,0,0,0,0
NET
small="-q --arch $abs_top_srcdir/tests/golden/narrow.yaml --net $work/net.csv"

# field NAME LAYER: of the CSV that the last run printed.
field() {
  awk -F, -v name="$1" -v layer="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    $at["layer"] == layer { print $at[name]; exit }' "$work/out"
}

# is NAME LAYER VALUE: that field is VALUE.
is() {
  [ "$(field "$1" "$2")" = "$3" ] || fault "$1 of $2 is '$(field "$1" "$2")', not $3"
}

run $small --format csv
cp "$work/out" "$work/direct"
run $small --lowering winograd:2 --format csv
exits 0
is lowering plain winograd:2
is lowering dw winograd:2
is lowering dw_s2 direct
is lowering pw direct
is macs plain 165888
cut -d, -f9 "$work/direct" > "$work/want"
cut -d, -f9 "$work/out" | diff "$work/want" - >> "$work/faults" 2>&1
grep -E ',(dw_s2|pw),' "$work/direct" > "$work/want"
grep -E ',(dw_s2|pw),' "$work/out" | diff "$work/want" - >> "$work/faults" 2>&1
judge 'MACs stay, layers that are refused stay as they were'

# 36 tiles: 16 x 8 x 16 products each; 8 x 32 and 16 x 24 operations.
run $small --lowering winograd:2 --layer plain --table lowering --format csv
sed -i '2d' "$work/out"
is lowering plain winograd:2
is chosen plain true
is multiplications plain 73728
is input_transform_ops plain 9216
is output_transform_ops plain 13824
is filter_transform_ops plain 3584
is filter_words plain 2048
judge 'operations are those of the closed forms'

run $small --lowering winograd:2 --layer dw --table lowering --format csv
sed -i '2d' "$work/out"
is work_per_mac dw 2
judge 'Winograd loses on a depthwise layer: 18 operations for 9 MACs'

run $small --lowering auto --layer 'dw*' --format csv
exits 0
is lowering dw direct
is lowering dw_s2 direct
judge 'auto does not transform depthwise layers'

run $small --lowering auto --table lowering
exits 0
prints 'winograd does not apply to 1 layer: the stride is not 1.'
prints 'fft does not apply to 1 layer: a 1x1 filter has nothing to transform.'
judge 'the table gives the reasons'

run $small --lowering winograd:2 --layer plain --table mapping
exits 0
prints 'G: 16, K: 16, C: 8, P: 6, Q: 6, R: 1, S: 1'
judge 'the mapping is that of the products'

run $small --lowering fft:8 --layer plain --format csv
exits 0
is lowering plain fft:8
judge 'FFT'

run $small --lowering direct --format csv
exits 0
diff "$work/direct" "$work/out" > "$work/faults" 2>&1
judge 'direct is what a machine without im2col does'

fails 'im2col on such a machine' 4 'can be lowered by im2col' $small --lowering im2col
fails 'nothing to transform' 4 'a 1x1 filter has nothing to transform' \
  $small --lowering winograd --layer pw
fails 'an unknown lowering' 2 "'winnow' is not a lowering" $small --lowering winnow
fails 'an impossible size' 2 'a power of two' $small --lowering fft:12
fails 'with a mapping' 2 'exclude each other' \
  $small --lowering fft --mapping "$semantics/01.yaml"
fails 'without an architecture' 2 '--lowering needs --arch' \
  --net "$work/net.csv" --table reuse --lowering fft
tap_done
