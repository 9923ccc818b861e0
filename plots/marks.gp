# Points, one or more for each layer, in panels one above the other.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N layers named NAME, every STEP of them, UPRIGHT or not; SERIES kinds of points;
# PANELS with LEFT to BOTTOM, PANEL (a title), LOG, YMIN, YMAX, BASE (a line across,
# NaN: none) with BASENAME, and the datablocks $panel1 ...: N rows of SERIES, NaN
# for none.  In a terminal a layer is a line.

if (TERMINAL) {
  do for [p=1:PANELS] {
    HEADS = (p == 1 ? LINES : 0) + 2
    SIZE = N+HEADS+4
    set terminal dumb size 80,SIZE nofeed mono
    set lmargin 17; set rmargin 3; set tmargin HEADS; set bmargin 3
    unset label
    unset arrow
    if (p == 1) { do for [i=1:LINES] { set label i ROW[i] at screen 0.5,1-(i-0.5)/SIZE center } }
    set label 50 PANEL[p].(BASENAME[p] eq '' ? '' : '; |: '.BASENAME[p]) at screen 0.5,1-(HEADS-1.5)/SIZE center
    set border 2
    set yrange [N+1:1]
    if (LOG[p]) { set logscale x 10 } else { unset logscale x }
    set xrange [YMIN[p]:YMAX[p]]
    set xtics nomirror scale 0 format '%g'
    unset ytics
    set ytics nomirror scale 0 (NAME[1] 1)
    do for [i=2:N] { set ytics add (NAME[i] i) }
    if (BASE[p] == BASE[p]) { set arrow 1 from BASE[p],1 to BASE[p],N nohead }
    plot for [s=1:SERIES] '$panel'.p using s:($0+1) with points pt s
  }
  exit
}

do for [s=1:SERIES] {
  if (USED[s]) {
    set label 30+s '' at screen KEYX[s]+8.0/WIDTH,KEYY[s] point pt POINT[s] ps POINTSIZE*1.5 lc rgb COLOUR[s]
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set xrange [0.3:N+0.7]
set multiplot
do for [p=1:PANELS] {
  set lmargin at screen LEFT[p]; set rmargin at screen RIGHT[p]
  set tmargin at screen TOP[p]; set bmargin at screen BOTTOM[p]
  if (LOG[p]) { set logscale y 10 } else { unset logscale y }
  set yrange [YMIN[p]:YMAX[p]]
  unset ytics
  set ytics nomirror out scale 0.5 font F7
  if (LOG[p]) { set format y (YMAX[p]/YMIN[p] > 2e4 ? '10^{%T}' : '%g') }
  set label 52 YLABEL[p] at screen LEFT[p]-36.0/WIDTH,(TOP[p]+BOTTOM[p])/2 center rotate noenhanced font F8
  set label 50 PANEL[p] at screen LEFT[p],TOP[p]+7.0/HEIGHT left noenhanced font F8
  unset arrow 1
  if (BASE[p] == BASE[p]) {
    set arrow 1 from graph 0, first BASE[p] to graph 1, first BASE[p] nohead lt 1 lw 1 lc rgb '#222222' back
    set object 60 rectangle from graph 0, first YMIN[p] to graph 1, first BASE[p] fs solid 0.06 noborder fc rgb '#000000' behind
    set label 51 BASENAME[p] at screen RIGHT[p],TOP[p]+7.0/HEIGHT right noenhanced font F7 textcolor rgb '#444444'
  }
  unset xtics
  if (p == PANELS) {
    if (UPRIGHT) { set xtics nomirror out scale 0.3 rotate by 90 right font F7 noenhanced }
    if (!UPRIGHT) { set xtics nomirror out scale 0.3 norotate center font F7 noenhanced }
    set xtics (NAME[1] 1)
    do for [i=1+STEP:N:STEP] { set xtics add (NAME[i] i) }
  }
  plot for [s=1:SERIES] '$panel'.p using ($0+1):(column(s)) with points pt POINT[s] ps POINTSIZE*(N > 60 ? 1.0 : 1.6) lw 1 lc rgb COLOUR[s] notitle
  unset label
  unset object
}
unset multiplot
