# Staircases between points, each series on its own.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N points of SERIES staircases, in the datablock $panel1: x and SERIES values, NaN
# but for one; the points of a series stand together, by rising x.  XLABEL, YLABEL,
# YMIN, YMAX, LOG, and LEFT to BOTTOM of the only panel.

stats $panel1 using 1 nooutput
SPAN = STATS_max-STATS_min > 0.01*STATS_max ? STATS_max-STATS_min : 0.01*STATS_max
set xrange [STATS_min-0.06*SPAN:STATS_max+0.06*SPAN]
set yrange [YMIN[1]:YMAX[1]]
if (LOG[1]) { set logscale y 10; set format y '%g' }
set xtics nomirror out scale 0.5 font F7 noenhanced
set ytics nomirror out scale 0.5 font F7
set xlabel XLABEL noenhanced font F8 offset 0,0.4

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
set grid xtics ytics lt 1 lc rgb '#DDDDDD' lw 0.6
array DASH[8] = [1, 2, 3, 4, 5, 2, 3, 4]
do for [s=1:SERIES] {
  if (USED[s]) {
    set label 30+s '' at screen KEYX[s]+6.0/WIDTH,KEYY[s] point pt POINT[s] ps POINTSIZE lc rgb COLOUR[s]
    set arrow 30+s from screen KEYX[s],KEYY[s] to screen KEYX[s]+12.0/WIDTH,KEYY[s] nohead lt 1 dt DASH[s] lw 1 lc rgb COLOUR[s]
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
set datafile missing NaN
plot for [s=1:SERIES] $panel1 using 1:(column(s+1)) with steps lt 1 dt DASH[s] lw 1.2 lc rgb COLOUR[s] notitle, \
     for [s=1:SERIES] $panel1 using 1:(column(s+1)) with points pt POINT[s] ps POINTSIZE*1.1 lc rgb COLOUR[s] notitle
