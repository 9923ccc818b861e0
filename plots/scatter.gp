# Points below roofs, in panels beside one another.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PANELS with LEFT to BOTTOM, PANEL (a title), XLABEL, YLABEL, XMIN to YMAX, the roof
# min(SLOPE * x, PEAK) (SLOPE NaN: PEAK alone), the datablocks $ceiling1 ...: y, 1
# (0: no line) and a name, and $panel1 ...: for each layer x and y of SERIES points, NaN for none.

roof(x, p) = SLOPE[p] == SLOPE[p] && x*SLOPE[p] < PEAK[p] ? x*SLOPE[p] : PEAK[p]
array SHAPE[4] = [7, 10, 4, 2]
array SIZE[4] = [0.9, 1.2, 1.0, 1.0]
set logscale xy 10
set xtics nomirror out scale 0.5 font F7
set ytics nomirror out scale 0.5 font F7
set samples 300
LARGE = N > 60 ? 1.0 : 1.4

if (TERMINAL) {
  do for [p=1:PANELS] {
    HEADS = (p == 1 ? LINES : 0) + 2
    LASTROW = 22.0 + HEADS
    set terminal dumb size 80,22+HEADS nofeed mono
    set tmargin HEADS
    unset label
    if (p == 1) { do for [i=1:LINES] { set label i ROW[i] at screen 0.5,1-(i-0.5)/LASTROW center } }
    set label 50 PANEL[p].': '.YLABEL[p] at screen 0.5,1-(HEADS-1.5)/LASTROW center
    set xrange [XMIN[p]:XMAX[p]]; set yrange [YMIN[p]:YMAX[p]]
    set format '%g'
    set xlabel XLABEL[p] offset 0,0.5
    plot '+' using 1:(roof($1, p)) with points pt '.', \
         for [s=SERIES:1:-1] '$panel'.p using 2*s-1:2*s with points pt s
  }
  exit
}

do for [s=1:SERIES] {
  if (USED[s]) {
    set label 30+s '' at screen KEYX[s]+8.0/WIDTH,KEYY[s] point pt SHAPE[s] ps POINTSIZE*SIZE[s]*1.3 lc rgb COLOUR[s]
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
set grid xtics ytics lt 1 lc rgb '#ECECEC' lw 0.6
set multiplot
do for [p=1:PANELS] {
  set lmargin at screen LEFT[p]; set rmargin at screen RIGHT[p]
  set tmargin at screen TOP[p]; set bmargin at screen BOTTOM[p]
  set xrange [XMIN[p]:XMAX[p]]; set yrange [YMIN[p]:YMAX[p]]
  set format x (XMAX[p]/XMIN[p] > 2e4 ? '10^{%T}' : '%g')
  set format y (YMAX[p]/YMIN[p] > 2e4 ? '10^{%T}' : '%g')
  unset xtics
  set xtics nomirror out scale 0.5 font F7
  if (XMAX[p]/XMIN[p] < 60) {
    set xtics (1)
    do for [e=-15:15] { do for [m in '1 2 5'] { set xtics add (sprintf('%g', m*10.0**e) m*10.0**e) } }
  }
  unset ytics
  set ytics nomirror out scale 0.5 font F7
  if (YMAX[p]/YMIN[p] < 60) {
    set ytics (1)
    do for [e=-15:15] { do for [m in '1 2 5'] { set ytics add (sprintf('%g', m*10.0**e) m*10.0**e) } }
  }
  set label 53 XLABEL[p] at screen (LEFT[p]+RIGHT[p])/2,BOTTOM[p]-22.0/HEIGHT center noenhanced font F8
  set label 50 PANEL[p] at screen (LEFT[p]+RIGHT[p])/2,TOP[p]+6.0/HEIGHT center noenhanced font F8
  set label 52 YLABEL[p] at screen LEFT[p]-31.0/WIDTH,(TOP[p]+BOTTOM[p])/2 center rotate noenhanced font F8
  plot '+' using 1:(YMIN[p]):(roof($1, p)) with filledcurves fs transparent solid 0.08 noborder lc rgb '#0072B2' notitle, \
       '+' using 1:(roof($1, p)) with lines lt 1 lw 1.4 lc rgb '#222222' notitle, \
       '$ceiling'.p using (XMIN[p]):($2 > 0 ? $1 : NaN):(XMAX[p]-XMIN[p]):(0) with vectors nohead lt 1 dt (3,3) lw 0.9 lc rgb '#777777' notitle, \
       for [s=SERIES:1:-1] '$panel'.p using 2*s-1:2*s with points pt SHAPE[s] ps POINTSIZE*SIZE[s]*LARGE lw 0.9 lc rgb COLOUR[s] notitle, \
       '$ceiling'.p using (XMAX[p]):1:3 with labels right offset -0.3,0.45 font F7 tc rgb '#444444' noenhanced notitle
  unset label
}
unset multiplot
