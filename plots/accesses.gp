# Bytes that move at each memory, by tensor: template for gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reusemodel puts the data before this text: FORMAT (svg, png or pdf), TITLE, N
# levels, the array NAME (of N), YMIN and YMAX, and the datablock $data: for every
# level the bytes read and written of I, W and O; NaN for none.

if (FORMAT eq 'svg') {
  PT = 4/3.0
  set terminal svg size 336,240 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,10.67' background rgb 'white' name 'reusemodel_accesses'
}
if (FORMAT eq 'png') {
  PT = 1.0
  set terminal pngcairo size 1008,720 fontscale 3 linewidth 3 font 'Liberation Sans,8' background rgb 'white'
}
if (FORMAT eq 'pdf') {
  PT = 1.0
  set terminal pdfcairo size 3.5in,2.5in font 'Liberation Sans,8' fontscale 1 linewidth 1
}
if (exists('OUTPUT')) { set output OUTPUT }
font(n) = sprintf(',%.2f', n*PT)
F7 = font(7); F8 = font(8); F9 = font(9)

array COLOUR[3] = ['#08306B', '#E69F00', '#56B4E9']
array HATCH[3] = [0, 4, 0]
array KEY[3] = ['input', 'filter', 'output']

set label 1 TITLE at screen 0.5,0.955 center noenhanced font F9 textcolor rgb '#111111'
set tmargin at screen 0.80
set key at screen 0.56,0.915 center top horizontal Left reverse samplen 1.6 width 1 font F8
set border 3 lc rgb '#444444'
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set logscale y 10
set format y '10^{%T}'
set ylabel 'bytes read and written' font F8 offset 0.6,0
set ytics nomirror out scale 0.5 font F8
set yrange [YMIN:YMAX]
set xrange [0.45:N+0.55]
set xtics nomirror out scale 0 font F8 noenhanced
set xtics (NAME[1] 1)
do for [i=2:N] { set xtics add (NAME[i] i) }
set boxwidth 0.24
plot $data using ($0+0.74):1 with boxes \
       fs solid 1 border lc rgb '#222222' lc rgb COLOUR[1] lw 0.5 title KEY[1], \
     $data using ($0+1):2 with boxes \
       fs pattern HATCH[2] border lc rgb '#222222' lc rgb COLOUR[2] lw 0.5 title KEY[2], \
     $data using ($0+1.26):3 with boxes \
       fs solid 1 border lc rgb '#222222' lc rgb COLOUR[3] lw 0.5 title KEY[3]
