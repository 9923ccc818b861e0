# Bars side by side in groups, in panels beside one another.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N groups named NAME of SERIES bars that begin at BASE, the value of the series
# REFERENCE (0: none); the last MEANS groups are means; PANELS with LEFT to BOTTOM,
# PANEL (a title), LOG, YMIN, YMAX and the datablocks $panel1 ...: N rows of SERIES.
# Many groups are drawn as points, few as bars.  In a terminal a bar is a line.

# The distance of tick marks on an axis that is logarithmic but short.
power(v) = 10.0**floor(log10(v))
round125(v) = v < 1.5 ? 1 : v < 3 ? 2 : v < 7 ? 5 : 10
step(p) = power((YMAX[p]-YMIN[p])/4)*round125((YMAX[p]-YMIN[p])/4/power((YMAX[p]-YMIN[p])/4))

if (TERMINAL) {
  COLUMNS = 150
  BARS = N*SERIES
  do for [p=1:PANELS] {
    HEADS = (p == 1 ? LINES : 0) + 2
    SIZE = BARS+HEADS+4
    set terminal dumb size 80,SIZE nofeed mono
    set lmargin 19; set rmargin 3; set tmargin HEADS; set bmargin 3
    unset label
    if (p == 1) { do for [i=1:LINES] { set label i ROW[i] at screen 0.5,1-(i-0.5)/SIZE center } }
    set label 50 PANEL[p] at screen 0.5,1-(HEADS-1.5)/SIZE center
    set border 2
    set yrange [BARS+1:1]
    if (LOG[p]) { set logscale x 10 } else { unset logscale x }
    set xrange [YMIN[p]:YMAX[p]]
    unset xtics
    set xtics nomirror scale 0
    if (LOG[p] && YMAX[p]/YMIN[p] < 5) {
      set xtics (1)
      do for [i=1:40] { set xtics add (sprintf('%g', i*step(p)) i*step(p)) }
    }
    if (LOG[p] && YMAX[p]/YMIN[p] >= 5 && YMAX[p]/YMIN[p] < 60) {
      set xtics (1)
      do for [e=-15:15] { do for [m in '1 2 5'] { set xtics add (sprintf('%g', m*10.0**e) m*10.0**e) } }
    }
    unset ytics
    set ytics nomirror scale 0 (NAME[1] 1)
    do for [i=2:N] { set ytics add (NAME[i] (i-1)*SERIES+1) }
    v(k) = LOG[p] ? YMIN[p]*(YMAX[p]/YMIN[p])**((k-0.5)/COLUMNS) : YMIN[p]+(YMAX[p]-YMIN[p])*(k-0.5)/COLUMNS
    inside(k, s) = v(k) >= (column(s) < BASE[p] ? column(s) : BASE[p]) && v(k) <= (column(s) < BASE[p] ? BASE[p] : column(s))
    plot for [s=1:SERIES] for [k=1:COLUMNS] '$panel'.p using (inside(k,s) ? v(k) : NaN):($0*SERIES+s) with points pt s
  }
  exit
}

POINTS = N*SERIES > 100
WIDE = 0.84/SERIES
HATCHED = WIDE*(RIGHT[1]-LEFT[1])*WIDTH/N > 5
set xrange [0.4:N+0.6]
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6

# The legend; the reference is the line across.
do for [s=1:SERIES] {
  if (USED[s]) {
    if (s == REFERENCE) { set arrow 10 from screen KEYX[s],KEYY[s] to screen KEYX[s]+11.0/WIDTH,KEYY[s] nohead lt 1 lw 1 lc rgb '#222222' }
    if (s != REFERENCE && POINTS) { set label 30+s '' at screen KEYX[s]+8.0/WIDTH,KEYY[s] point pt POINT[s] ps POINTSIZE lc rgb COLOUR[s] }
    if (s != REFERENCE && !POINTS) { set object s rectangle from screen KEYX[s],KEYY[s]-3.5/HEIGHT to screen KEYX[s]+11.0/WIDTH,KEYY[s]+3.5/HEIGHT fs solid 1 border lc rgb '#222222' fc rgb FILL[s] lw 0.4 }
    if (s != REFERENCE && !POINTS && HATCHED && HATCH[s] > 0) { set object 20+s rectangle from screen KEYX[s],KEYY[s]-3.5/HEIGHT to screen KEYX[s]+11.0/WIDTH,KEYY[s]+3.5/HEIGHT fs transparent pattern HATCH[s] border lc rgb '#222222' fc rgb '#222222' lw 0.4 }
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
shift(s) = (s - (SERIES+1)/2.0)*WIDE
HALF = 0.45*WIDE
at(s) = s != REFERENCE ? column(0)+1+shift(s) : NaN
if (MEANS > 0 && MEANS < N) { set arrow 1 from N-MEANS+0.5, graph 0 to N-MEANS+0.5, graph 1 nohead lt 1 dt (4,3) lw 0.8 lc rgb '#777777' back }
set multiplot
do for [p=1:PANELS] {
  set lmargin at screen LEFT[p]; set rmargin at screen RIGHT[p]
  set tmargin at screen TOP[p]; set bmargin at screen BOTTOM[p]
  if (LOG[p]) { set logscale y 10 } else { unset logscale y }
  set yrange [YMIN[p]:YMAX[p]]
  set label 50 PANEL[p] at screen (LEFT[p]+RIGHT[p])/2,TOP[p]+7.0/HEIGHT center noenhanced font F8
  unset ytics
  set format y (LOG[p] && YMIN[p] < 0.002 ? '10^{%T}' : '%g')
  set ytics nomirror out scale 0.5 font F7
  if (LOG[p] && YMAX[p]/YMIN[p] < 5) {
    set ytics (1)
    do for [i=1:40] { set ytics add (sprintf('%g', i*step(p)) i*step(p)) }
  }
  if (LOG[p] && YMAX[p]/YMIN[p] >= 5 && YMAX[p]/YMIN[p] < 60) {
    set ytics (1)
    do for [e=-15:15] { do for [m in '1 2 5'] { set ytics add (sprintf('%g', m*10.0**e) m*10.0**e) } }
  }
  if (UPRIGHT) { set xtics nomirror out scale 0.3 rotate by 90 right font F7 noenhanced }
  if (!UPRIGHT) { set xtics nomirror out scale 0.3 norotate center font F7 noenhanced }
  set xtics (NAME[1] 1)
  do for [i=1+STEP:N:STEP] { set xtics add (NAME[i] i) }
  set arrow 2 from graph 0, first BASE[p] to graph 1, first BASE[p] nohead lt 1 lw 1 lc rgb '#222222' front
  least(s) = column(s) < BASE[p] ? column(s) : BASE[p]
  most(s) = column(s) < BASE[p] ? BASE[p] : column(s)
  if (POINTS) {
    plot for [s=1:SERIES] '$panel'.p using ($0+1):(s == REFERENCE ? NaN : column(s)) with points pt POINT[s] ps POINTSIZE*(s % 2 ? 1.1 : 0.85) lw 0.7 lc rgb COLOUR[s] notitle
  } else {
    plot for [s=1:SERIES] '$panel'.p using (at(s)):(BASE[p]):(at(s)-HALF):(at(s)+HALF):(least(s)):(most(s)) with boxxyerror \
           fs solid 1 border lc rgb '#222222' lc rgb FILL[s] lw 0.4 notitle, \
         for [s=1:SERIES] '$panel'.p using (HATCHED && HATCH[s] > 0 ? at(s) : NaN):(BASE[p]):(at(s)-HALF):(at(s)+HALF):(least(s)):(most(s)) with boxxyerror \
           fs transparent pattern HATCH[s] border lc rgb '#222222' lc rgb '#222222' lw 0.4 notitle
  }
  unset label
  unset object
  unset arrow 10
}
unset multiplot
