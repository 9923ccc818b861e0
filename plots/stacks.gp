# Stacked bars, one for each layer, in panels one above the other or in rows of ACROSS.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# N bars named NAME, every STEP of them, UPRIGHT or not; PANELS, ACROSS in a row, with
# LEFT to BOTTOM, PANEL (a title), YLABEL, YMAX and the datablocks $panel1 ...: N rows of SERIES.
# In a terminal a bar is a line, and a part of it a run of its letter.

top(s) = sum [k=1:s] column(k)
low(s) = s > 1 ? top(s-1) : 0

if (TERMINAL) {
  COLUMNS = 150
  do for [p=1:PANELS] {
    HEADS = (p == 1 ? LINES : 0) + (PANEL[p] eq '' ? 0 : 1) + 1
    set terminal dumb size 80,N+HEADS+4 nofeed mono
    set lmargin 17; set rmargin 2; set tmargin HEADS; set bmargin 3
    unset label
    if (p == 1) { do for [i=1:LINES] { set label i ROW[i] at screen 0.5,1-(i-0.5)/(N+HEADS+4.0) center } }
    if (PANEL[p] ne '') { set label 50 PANEL[p] at screen 0.5,1-(HEADS-1.5)/(N+HEADS+4.0) center }
    set border 2
    set yrange [N+1:1]
    set xrange [0:YMAX[p]]
    set xtics nomirror scale 0
    set xlabel YLABEL[p] offset 0,0.5
    unset ytics
    set ytics nomirror scale 0 (NAME[1] 1)
    do for [i=2:N] { set ytics add (NAME[i] i) }
    v(k) = YMAX[p]*(k-0.5)/COLUMNS
    plot for [s=SERIES:1:-1] for [k=1:COLUMNS] '$panel'.p using (v(k) >= low(s) && v(k) < top(s) ? v(k) : NaN):($0+1) with points pt s
  }
  exit
}

# Narrow bars touch, have no edges, and are not hatched.
BAR = 0.8*(RIGHT[1]-LEFT[1])*WIDTH/N
HALF = BAR < 4 ? 0.5 : 0.4
EDGED = BAR < 4 ? 0 : 1
HATCHED = BAR > 6
x(s) = column(s) > 0 ? column(0)+1 : NaN

do for [s=1:SERIES] {
  if (USED[s]) {
    set object s rectangle from screen KEYX[s],KEYY[s]-3.5/HEIGHT to screen KEYX[s]+11.0/WIDTH,KEYY[s]+3.5/HEIGHT fs solid 1 border lc rgb '#222222' fc rgb FILL[s] lw 0.4
    if (HATCHED && HATCH[s] > 0) { set object 20+s rectangle from screen KEYX[s],KEYY[s]-3.5/HEIGHT to screen KEYX[s]+11.0/WIDTH,KEYY[s]+3.5/HEIGHT fs transparent pattern HATCH[s] border lc rgb '#222222' fc rgb '#222222' lw 0.4 }
    set label 10+s KEY[s] at screen KEYX[s]+15.0/WIDTH,KEYY[s] left noenhanced font F8
  }
}
set grid ytics lt 1 lc rgb '#DDDDDD' lw 0.6
set xrange [0.3:N+0.7]
set multiplot
do for [p=1:PANELS] {
  set lmargin at screen LEFT[p]; set rmargin at screen RIGHT[p]
  set tmargin at screen TOP[p]; set bmargin at screen BOTTOM[p]
  set yrange [0:YMAX[p]]
  set ytics nomirror out scale 0.5 font F7
  set label 52 YLABEL[p] at screen LEFT[p]-36.0/WIDTH,(TOP[p]+BOTTOM[p])/2 center rotate noenhanced font F8
  if (PANEL[p] ne '') { set label 50 PANEL[p] at screen LEFT[p],TOP[p]+7.0/HEIGHT left noenhanced font F8 }
  unset xtics
  if (p == PANELS || ACROSS > 1) {
    if (UPRIGHT) { set xtics nomirror out scale 0.3 rotate by 90 right font F7 noenhanced }
    if (!UPRIGHT) { set xtics nomirror out scale 0.3 norotate center font F7 noenhanced }
    set xtics (NAME[1] 1)
    do for [i=1+STEP:N:STEP] { set xtics add (NAME[i] i) }
  }
  if (EDGED) { set style fill solid 1 border lc rgb '#222222' } else { set style fill solid 1 noborder }
  plot for [s=1:SERIES] '$panel'.p using (x(s)):(low(s)):(x(s)-HALF):(x(s)+HALF):(low(s)):(top(s)) with boxxyerror \
         lc rgb FILL[s] lw 0.4 notitle, \
       for [s=1:SERIES] '$panel'.p using (HATCHED && HATCH[s] > 0 ? x(s) : NaN):(low(s)):(x(s)-HALF):(x(s)+HALF):(low(s)):(top(s)) with boxxyerror \
         fs transparent pattern HATCH[s] border lc rgb '#222222' lc rgb '#222222' lw 0.4 notitle
  unset label
  unset object
}
unset multiplot
