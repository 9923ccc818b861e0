# Modelled against published figures: template for gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reusemodel puts the data before this text: FORMAT (svg, png or pdf), N systems, the
# array NAME (of N), LOW and HIGH (powers of ten that all figures lie between), MOST
# (the largest power of ten of a ratio, without sign), and the datablock $data:
# published, modelled, number of the system, 1 for a figure that was only recalled.
# Left every figure on its own scale, right its ratio to the published one by system;
# the rows on the right are the legend of both.  Recalled figures are small.

if (FORMAT eq 'svg') {
  PT = 4/3.0
  set terminal svg size 672,336 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,10.67' background rgb 'white' name 'reusemodel_validation'
}
if (FORMAT eq 'png') {
  PT = 1.0
  set terminal pngcairo size 2016,1008 fontscale 3 linewidth 3 font 'Liberation Sans,8' background rgb 'white'
}
if (FORMAT eq 'pdf') {
  PT = 1.0
  set terminal pdfcairo size 7in,3.5in font 'Liberation Sans,8' fontscale 1 linewidth 1
}
if (exists('OUTPUT')) { set output OUTPUT }
font(n) = sprintf(',%.2f', n*PT)
F7 = font(7); F8 = font(8); F9 = font(9)

array COLOUR[8] = ['#08306B', '#D55E00', '#009E73', '#CC79A7', '#0072B2', '#B8860B', '#444444', '#56B4E9']
array POINT[13] = [6, 4, 8, 12, 10, 14, 1, 2, 7, 5, 9, 13, 11]
colour(s) = COLOUR[(int(s)-1) % 8 + 1]
point(s) = POINT[(int(s)-1) % 13 + 1]
size(r) = r > 0 ? 0.3 : 0.55

set multiplot
set label 1 'modelled against published' at screen 0.5,0.965 center font F9 textcolor rgb '#111111'
set key off
set border 3 lc rgb '#444444'
set grid xtics ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set logscale xy 10
set format '10^{%T}'
set tmargin at screen 0.90
set bmargin at screen 0.14
set lmargin at screen 0.08
set rmargin at screen 0.48
set xrange [10**LOW:10**HIGH]
set yrange [10**LOW:10**HIGH]
STEP = HIGH-LOW > 12 ? 4 : (HIGH-LOW > 6 ? 2 : 1)
set xtics 10**(STEP*ceil(1.0*LOW/STEP)),10**STEP nomirror out scale 0.5 font F7
set ytics 10**(STEP*ceil(1.0*LOW/STEP)),10**STEP nomirror out scale 0.5 font F7
set xlabel 'published, in its unit' font F8 offset 0,0.4
set ylabel 'modelled' font F8 offset 1.0,0
set arrow 1 from 10**LOW,10**LOW to 10**HIGH,10**HIGH nohead lt 1 lw 0.8 lc rgb '#777777' back
plot for [s=1:N] $data using ($3 == s && $4 == 0 ? $1 : NaN):2 with points pt point(s) ps size(0) lw 0.8 lc rgb colour(s), \
     for [s=1:N] $data using ($3 == s && $4 == 1 ? $1 : NaN):2 with points pt point(s) ps size(1) lw 0.8 lc rgb colour(s)

unset label 1
unset arrow 1
unset logscale y
unset ylabel
set lmargin at screen 0.665
set rmargin at screen 0.985
EDGE = 10**(MOST*1.08 > 0.2 ? MOST*1.08 : 0.2)
set xrange [1/EDGE:EDGE]
set yrange [N+0.7:0.3]
set xlabel 'modelled over published' font F8 offset 0,0.4
set format x '%g'
unset xtics
set xtics nomirror out scale 0.5 font F7
set xtics (1)
WIDE = EDGE > 20
do for [e=-6:6] { do for [m in (WIDE ? '1' : '1 2 5')] { v = m*10.0**e; if (v >= 1/EDGE && v <= EDGE) { set xtics add (sprintf('%g', v) v) } } }
if (EDGE < 3) { set xtics (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, 2.5) }
unset ytics
set ytics nomirror scale 0 offset -1.2,0 font F8 noenhanced
set ytics (NAME[1] 1)
do for [s=1:N] { set ytics add (NAME[s] s) }
do for [s=1:N] { set label 10+s '' at screen 0.652, first s point pt point(s) ps 0.6 lw 0.9 lc rgb colour(s) }
set arrow 2 from 1, graph 0 to 1, graph 1 nohead lt 1 lw 0.8 lc rgb '#777777' back
spread(n) = 0.30*(((int(n)*7) % 11)/5.0 - 1)
plot for [s=1:N] $data using ($3 == s ? $2/$1 : NaN):(s + spread($0)):(size($4)) with points pt point(s) ps variable lw 0.8 lc rgb colour(s)
unset multiplot
