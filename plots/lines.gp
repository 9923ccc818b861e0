# Lines over a logarithmic axis; one that does not change has no marks.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N points of SERIES lines, in the datablock $panel1: x and SERIES values, NaN for
# none; XLABEL, ATX (a line upright, NaN: none), YLABEL, YMIN, YMAX, LOG, and LEFT to
# BOTTOM of the only panel.

stats $panel1 using 1 nooutput
set logscale x 2
if (LOG[1]) { set logscale y 10 }
set yrange [YMIN[1]:YMAX[1]]
binary(v) = v >= 1048576 ? sprintf('%gMi', v/1048576) : v >= 1024 ? sprintf('%gKi', v/1024) : sprintf('%g', v)
set xrange [STATS_min/1.2:STATS_max*1.2]
set xtics nomirror out scale 0.5 font F7 noenhanced
set xtics (binary(2.0**floor(log(STATS_min)/log(2)+1e-9)) 2.0**floor(log(STATS_min)/log(2)+1e-9))
LOWEST = floor(log(STATS_min)/log(2)+1e-9)
HIGHEST = ceil(log(STATS_max)/log(2)-1e-9)
EVERY = 1 + floor((HIGHEST-LOWEST)*28.0/((RIGHT[1]-LEFT[1])*WIDTH))
do for [e=LOWEST+EVERY:HIGHEST:EVERY] { set xtics add (binary(2.0**e) 2.0**e) }
set ytics nomirror out scale 0.5 font F7
if (LOG[1]) { set format y '%g' }
set xlabel XLABEL noenhanced font F8 offset 0,0.4
if (ATX == ATX) { set arrow 1 from ATX, graph 0 to ATX, graph 1 nohead lt 1 dt (3,2) lw 1 lc rgb '#555555' front }

if (TERMINAL) {
  set terminal dumb size 80,22+LINES nofeed mono
  set tmargin LINES+2
  do for [i=1:LINES] { set label i ROW[i] at screen 0.5,1-(i-0.5)/(22.0+LINES) center }
  set label 50 YLABEL[1] at graph 0,screen 1-(LINES+0.6)/(22.0+LINES) left
  plot for [s=1:SERIES] $panel1 using 1:(column(s+1)) with points pt s
  exit
}

set lmargin at screen LEFT[1]; set rmargin at screen RIGHT[1]
set tmargin at screen TOP[1]; set bmargin at screen BOTTOM[1]
set label 52 YLABEL[1] at screen LEFT[1]-36.0/WIDTH,(TOP[1]+BOTTOM[1])/2 center rotate noenhanced font F8
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
array DASH[8] = [1, 2, 3, 4, 5, 2, 3, 4]
array DOTS[SERIES]
unset logscale
do for [s=1:SERIES] {
  DOTS[s] = 0
  if (USED[s]) { stats $panel1 using s+1 nooutput; DOTS[s] = STATS_max > STATS_min }
}
set logscale x 2
if (LOG[1]) { set logscale y 10 }
do for [s=1:SERIES] {
  if (USED[s]) {
    if (DOTS[s]) { set label 30+s '' at screen KEYX[s]+6.0/WIDTH,KEYY[s] point pt POINT[s] ps POINTSIZE lc rgb COLOUR[s] }
    set arrow 30+s from screen KEYX[s],KEYY[s] to screen KEYX[s]+12.0/WIDTH,KEYY[s] nohead lt 1 dt DASH[s] lw 1 lc rgb COLOUR[s]
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
plot for [s=1:SERIES] $panel1 using 1:(USED[s] ? column(s+1) : NaN) with lines lt 1 dt DASH[s] lw 1.2 lc rgb COLOUR[s] notitle, \
  for [s=1:SERIES] $panel1 using 1:(USED[s] && DOTS[s] ? column(s+1) : NaN) with points pt POINT[s] ps POINTSIZE*1.1 lw 1.2 lc rgb COLOUR[s] notitle
