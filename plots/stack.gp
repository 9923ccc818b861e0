# Stacked bars, one for each layer: template for gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reusemodel puts the data before this text: FORMAT (svg, png or pdf), TITLE,
# YLABEL, YMAX, N bars, SERIES parts of a bar, STEP (every how many bars
# are named), LONGEST (characters of the longest name), the arrays KEY (of SERIES)
# and NAME (of N), and the datablock $data: N rows of SERIES numbers.
# Texts are only single-quoted strings, and never enhanced.

if (FORMAT eq 'svg') {
  PT = 4/3.0
  set terminal svg size 672,288 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,10.67' background rgb 'white' name 'reusemodel_stack'
}
if (FORMAT eq 'png') {
  PT = 1.0
  set terminal pngcairo size 2016,864 fontscale 3 linewidth 3 font 'Liberation Sans,8' background rgb 'white'
}
if (FORMAT eq 'pdf') {
  PT = 1.0
  set terminal pdfcairo size 7in,3in font 'Liberation Sans,8' fontscale 1 linewidth 1
}
if (exists('OUTPUT')) { set output OUTPUT }
font(n) = sprintf(',%.2f', n*PT)
F7 = font(7); F8 = font(8); F9 = font(9)

# Colours that differ in lightness too; some parts are hatched (0: solid).
array COLOUR[6] = ['#08306B', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#999999']
array HATCH[6] = [0, 4, 0, 2, 0, 5]

set label 1 TITLE at screen 0.5,0.955 center noenhanced font F9 textcolor rgb '#111111'
set tmargin at screen 0.82
set key off
set border 3 lc rgb '#444444'
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set ylabel YLABEL noenhanced font F8 offset 0.6,0
set ytics nomirror out scale 0.5 font F8
set yrange [0:YMAX]
set xrange [0.3:N+0.7]
set lmargin at screen 0.112; set rmargin at screen 0.99
set bmargin at screen 0.05 + 0.0205*LONGEST
set xtics nomirror out scale 0.3 rotate by 90 right font F7 noenhanced
set xtics (NAME[1] 1)
do for [i=1+STEP:N:STEP] { set xtics add (NAME[i] i) }
HALF = N > 60 ? 0.5 : 0.4
EDGE = N > 60 ? 0.15 : 0.4

# The lower and upper end of part s of a bar; parts of 0 are left out of the key.
top(s) = sum [k=1:s] column(k)
low(s) = s > 1 ? top(s-1) : 0
array USED[SERIES]
do for [s=1:SERIES] { stats $data using s nooutput; USED[s] = STATS_max > 0 }
SHOWN = 0
do for [s=1:SERIES] { SHOWN = SHOWN + USED[s] }
at = 0.5 - 0.065*SHOWN
do for [s=1:SERIES] {
  if (USED[s]) {
    if (HATCH[s] > 0) { set object s rectangle from screen at,0.868 to screen at+0.022,0.902 fs pattern HATCH[s] border lc rgb '#222222' fc rgb COLOUR[s] lw 0.4 }
    if (HATCH[s] == 0) { set object s rectangle from screen at,0.868 to screen at+0.022,0.902 fs solid 1 border lc rgb '#222222' fc rgb COLOUR[s] lw 0.4 }
    set label 10+s KEY[s] at screen at+0.029,0.885 left noenhanced font F8
    at = at + 0.13
  }
}
x(s, hatched) = (HATCH[s] > 0) == hatched && column(s) > 0 ? column(0)+1 : NaN
plot for [s=1:SERIES] $data using (x(s,0)):(low(s)):(x(s,0)-HALF):(x(s,0)+HALF):(low(s)):(top(s)) with boxxyerror \
       fs solid 1 border lc rgb '#222222' lc rgb COLOUR[s] lw EDGE notitle, \
     for [s=1:SERIES] $data using (x(s,1)):(low(s)):(x(s,1)-HALF):(x(s,1)+HALF):(low(s)):(top(s)) with boxxyerror \
       fs pattern HATCH[s] border lc rgb '#222222' lc rgb COLOUR[s] lw EDGE notitle
