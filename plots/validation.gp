# Modelled against published figures.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N systems, the array NAME (of N), LOW and HIGH (powers of ten that all figures lie
# between), MOST (the largest power of ten of a ratio, without sign), the places LEFT
# to BOTTOM of two panels, and the datablock $data: published, modelled, number of the
# system, 1 for a figure that was only recalled.  The first panel has every figure on
# its own scale, the second its ratio to the published one by system; the rows of the
# second are the legend of both.  Recalled figures are small.

EDGE = 10**(MOST*1.08 > 0.2 ? MOST*1.08 : 0.2)

if (TERMINAL) {
  set terminal dumb size 80,N+9 nofeed mono
  set lmargin 24; set rmargin 3; set tmargin LINES+2; set bmargin 3
  do for [i=1:LINES] { set label i LINE[i] at screen 0.5,1-(i-0.5)/(N+9.0) center }
  set label 50 'modelled over published, a row for each system' at screen 0.5,1-(LINES+0.5)/(N+9.0) center
  set border 2
  set logscale x 10
  set xrange [1/EDGE:EDGE]
  set yrange [N+1:0]
  set xtics nomirror scale 0 format '%g'
  if (EDGE < 3) { set xtics (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, 2.5) }
  unset ytics
  set ytics nomirror scale 0 (NAME[1] 1)
  do for [s=2:N] { set ytics add (NAME[s] s) }
  set arrow 1 from 1,0.5 to 1,N+0.5 nohead
  plot $data using ($2/$1):3 with points pt 2
  exit
}

array SHADE[8] = ['#08306B', '#D55E00', '#009E73', '#CC79A7', '#0072B2', '#B8860B', '#444444', '#56B4E9']
array SHAPE[13] = [6, 4, 8, 12, 10, 14, 1, 2, 7, 5, 9, 13, 11]
shade(s) = SHADE[(int(s)-1) % 8 + 1]
shape(s) = SHAPE[(int(s)-1) % 13 + 1]
size(r) = r > 0 ? 0.3 : 0.55

set multiplot
set grid xtics ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set logscale xy 10
set format '10^{%T}'
set lmargin at screen LEFT[1]; set rmargin at screen RIGHT[1]
set tmargin at screen TOP[1]; set bmargin at screen BOTTOM[1]
set xrange [10**LOW:10**HIGH]
set yrange [10**LOW:10**HIGH]
STEP = HIGH-LOW > 12 ? 4 : (HIGH-LOW > 6 ? 2 : 1)
set xtics 10**(STEP*ceil(1.0*LOW/STEP)),10**STEP nomirror out scale 0.5 font F7
set ytics 10**(STEP*ceil(1.0*LOW/STEP)),10**STEP nomirror out scale 0.5 font F7
set label 51 'published, in its unit' at screen (LEFT[1]+RIGHT[1])/2,BOTTOM[1]-24.0/HEIGHT center font F8
set label 52 'modelled' at screen LEFT[1]-34.0/WIDTH,(TOP[1]+BOTTOM[1])/2 center rotate font F8
set arrow 1 from 10**LOW,10**LOW to 10**HIGH,10**HIGH nohead lt 1 lw 0.8 lc rgb '#777777' back
plot for [s=1:N] $data using ($3 == s && $4 == 0 ? $1 : NaN):2 with points pt shape(s) ps size(0) lw 0.8 lc rgb shade(s), \
     for [s=1:N] $data using ($3 == s && $4 == 1 ? $1 : NaN):2 with points pt shape(s) ps size(1) lw 0.8 lc rgb shade(s)

unset label
unset arrow 1
unset logscale y
set lmargin at screen LEFT[2]; set rmargin at screen RIGHT[2]
set tmargin at screen TOP[2]; set bmargin at screen BOTTOM[2]
set xrange [1/EDGE:EDGE]
set yrange [N+0.7:0.3]
set label 51 'modelled over published' at screen (LEFT[2]+RIGHT[2])/2,BOTTOM[2]-24.0/HEIGHT center font F8
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
do for [s=1:N] { set label 10+s '' at screen LEFT[2]-6.5/WIDTH, first s point pt shape(s) ps 0.6 lw 0.9 lc rgb shade(s) }
set arrow 2 from 1, graph 0 to 1, graph 1 nohead lt 1 lw 0.8 lc rgb '#777777' back
spread(n) = 0.30*(((int(n)*7) % 11)/5.0 - 1)
plot for [s=1:N] $data using ($3 == s ? $2/$1 : NaN):(s + spread($0)):(size($4)) with points pt shape(s) ps variable lw 0.8 lc rgb shade(s)
unset multiplot
