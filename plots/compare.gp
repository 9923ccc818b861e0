# Architectures side by side: template for gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reusemodel puts the data before this text: FORMAT (svg, png or pdf), TITLE, N
# groups, SERIES architectures, REFERENCE (the one that is 1), STEP (every how many
# groups are named), LONGEST (characters of the longest name of a group), LENGTH (of
# an entry of the legend, of the page's width), MEANS (groups at the end that are
# means), the arrays NAME (of N), KEY (of SERIES), PANEL, YMIN and YMAX (of 3), and
# the datablocks $panel1, $panel2, $panel3: N rows of SERIES ratios.
# Many groups are drawn as points, few as bars.

if (FORMAT eq 'svg') {
  PT = 4/3.0
  set terminal svg size 672,288 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,10.67' background rgb 'white' name 'reusemodel_compare'
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

array COLOUR[8] = ['#08306B', '#E69F00', '#56B4E9', '#CC79A7', '#009E73', '#D55E00', '#BBBBBB', '#000000']
array HATCH[8] = [0, 4, 0, 5, 1, 6, 0, 2]
array POINT[8] = [6, 9, 5, 10, 2, 12, 1, 3]
POINTS = N*SERIES > 100

set multiplot
set label 1 TITLE at screen 0.5,0.955 center noenhanced font F9 textcolor rgb '#111111'
set border 3 lc rgb '#444444'
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set logscale y 10
set ytics nomirror out scale 0.5 font F7
set xrange [0.4:N+0.6]
set xtics nomirror out scale 0.3 rotate by 90 right font F7 noenhanced
set xtics (NAME[1] 1)
do for [i=1+STEP:N:STEP] { set xtics add (NAME[i] i) }
set tmargin at screen 0.76
set bmargin at screen 0.05 + 0.0205*LONGEST
WIDTH = 0.84/SERIES
if (MEANS > 0 && MEANS < N) { set arrow 1 from N-MEANS+0.5, graph 0 to N-MEANS+0.5, graph 1 nohead lt 1 dt (4,3) lw 0.8 lc rgb '#777777' back }
set arrow 2 from graph 0, first 1 to graph 1, first 1 nohead lt 1 lw 1 lc rgb '#222222' front
set key off

# The legend; the reference is the line at 1.
LX = 0.5 - 0.5*SERIES*LENGTH
do for [s=1:SERIES] {
  x0 = LX + (s-1)*LENGTH
  if (s == REFERENCE) {
    set arrow 10 from screen x0,0.890 to screen x0+0.02,0.890 nohead lt 1 lw 1 lc rgb '#222222'
  } else {
    if (POINTS) { set label 30+s '' at screen x0+0.016,0.890 point pt POINT[s] ps 0.5 lc rgb COLOUR[s] }
    if (!POINTS && HATCH[s] == 0) { set object s rectangle from screen x0,0.873 to screen x0+0.02,0.907 fs solid 1 border lc rgb '#222222' fc rgb COLOUR[s] lw 0.4 }
    if (!POINTS && HATCH[s] > 0) { set object s rectangle from screen x0,0.873 to screen x0+0.02,0.907 fs pattern HATCH[s] border lc rgb '#222222' fc rgb COLOUR[s] lw 0.4 }
  }
  set label 10+s KEY[s] at screen x0+0.026,0.890 left noenhanced font F8
}
shift(s) = (s - (SERIES+1)/2.0)*WIDTH
HALF = 0.45*WIDTH
at(s, hatched) = (HATCH[s] > 0) == hatched && s != REFERENCE ? column(0)+1+shift(s) : NaN
least(s) = column(s) < 1 ? column(s) : 1
most(s) = column(s) < 1 ? 1 : column(s)
do for [p=1:3] {
  set lmargin at screen 0.05 + (p-1)*0.325
  set rmargin at screen 0.05 + (p-1)*0.325 + 0.285
  set yrange [YMIN[p]:YMAX[p]]
  set title PANEL[p] font F8 offset 0,-0.5
  unset ytics
  set ytics nomirror out scale 0.5 font F7
  if (YMAX[p]/YMIN[p] < 60) {
    set ytics (1)
    do for [e=-3:3] { do for [m in '1 2 5'] { set ytics add (sprintf('%g', m*10.0**e) m*10.0**e) } }
  }
  if (POINTS) {
    plot for [s=1:SERIES] '$panel'.p using ($0+1):(s == REFERENCE ? NaN : column(s)) with points pt POINT[s] ps (s % 2 ? 0.6 : 0.45) lw 0.7 lc rgb COLOUR[s] notitle
  } else {
    plot for [s=1:SERIES] '$panel'.p using (at(s,0)):(1):(at(s,0)-HALF):(at(s,0)+HALF):(least(s)):(most(s)) with boxxyerror \
           fs solid 1 border lc rgb '#222222' lc rgb COLOUR[s] lw 0.4 notitle, \
         for [s=1:SERIES] '$panel'.p using (at(s,1)):(1):(at(s,1)-HALF):(at(s,1)+HALF):(least(s)):(most(s)) with boxxyerror \
           fs pattern HATCH[s] border lc rgb '#222222' lc rgb COLOUR[s] lw 0.4 notitle
  }
  unset label
  unset object
  unset arrow 10
}
unset multiplot
