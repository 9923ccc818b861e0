# Roofline of a network on a machine.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# XMIN ... YMAX, PEAK (Gop/s), DRAM (GB/s, 0: none), AREA (square of a radius per
# share of time), XTICS, YTICS (lists of words), BUFFER (a name), SINGLE (one column),
# the arrays LNAME ... LCOLOUR of LEGEND rows, and these datablocks:
#   $roof        x0 y0 x1 y1 strong      $roofname    x y angle colour text
#   $ceiling     x0 y x1 colour          $ceilingname x y colour text
#   $mark        x y radius point colour (each on its white halo)
#   $buffer      x y x-at-DRAM colour
#   $ring        x y radius colour
#   $text        x y text                $leader      x0 y0 x1 y1
# PLOTLEFT to PLOTBOTTOM, and radii, are in units of 0.7 points from the page's
# upper left corner.

UNIT = 0.7
ux(u) = u*UNIT/WIDTH
uy(v) = 1 - v*UNIT/HEIGHT
if (FORMAT eq 'svg') { PS = 0.1736; UP = 1.047; DIAMOND = 0.885; PENTAGON = 0.870 } else { PS = 0.3038; UP = 1.241; DIAMOND = 1.240; PENTAGON = 1.142 }

# Marks of the same area need different sizes; the factors are measured.
same_area(p) = p == 5 ? 0.886 : p == 9 || p == 11 ? UP : p == 13 ? DIAMOND : p == 15 ? PENTAGON : 1.0
size(r, p) = r * PS * same_area(p)
roof(x) = DRAM > 0 && x*DRAM < PEAK ? x*DRAM : PEAK

set logscale xy 10
set xrange [XMIN:XMAX]; set yrange [YMIN:YMAX]
set xtics (word(XTICS, 1) real(word(XTICS, 1))) out nomirror scale 0.5 font F7
do for [i=2:words(XTICS)] { set xtics add (word(XTICS, i) real(word(XTICS, i))) }
set ytics (word(YTICS, 1) real(word(YTICS, 1))) out nomirror scale 0.5 font F7
do for [i=2:words(YTICS)] { set ytics add (word(YTICS, i) real(word(YTICS, i))) }

if (TERMINAL) {
  LETTER = 'ABCDEFGHIJ'
  legend = ''
  do for [i=1:LEGEND] { legend = legend.(i > 1 ? '   ' : '').LETTER[i:i].' '.LNAME[i] }
  set terminal dumb size 80,24+LINES nofeed mono
  set tmargin LINES+1
  do for [i=1:LINES] { set label i LINE[i] at screen 0.5,1-(i-0.5)/(24.0+LINES) center }
  set label LINES+1 legend at screen 0.5,1-(LINES+0.5)/(24.0+LINES) center
  set xlabel 'ops per byte of DRAM' offset 0,0.5
  set ylabel 'Gop/s'
  set samples 300
  kind(c) = sum [i=1:LEGEND] (LCOLOUR[i] == c ? i : 0)
  plot '+' using 1:(roof($1)) with points pt '.', \
       for [i=1:LEGEND] $mark using ($5 == LCOLOUR[i] ? $1 : NaN):2 with points pt i
  exit
}

set lmargin at screen ux(PLOTLEFT); set rmargin at screen ux(PLOTRIGHT)
set tmargin at screen uy(PLOTTOP); set bmargin at screen uy(PLOTBOTTOM)
set grid xtics ytics lt 1 lc rgb '#ECECEC' lw 0.6
set label 9 'operational intensity (ops per byte)' at screen (ux(PLOTLEFT)+ux(PLOTRIGHT))/2,uy(PLOTBOTTOM+34) center font F8
set label 8 'performance (Gop/s)' at screen ux(8),(uy(PLOTTOP)+uy(PLOTBOTTOM))/2 center rotate font F8
if (DRAM > 0 && PEAK/DRAM < XMAX && PEAK/DRAM > XMIN) {
  set label 7 sprintf(PEAK/DRAM < 100 ? 'ridge %.3g' : 'ridge %.0f', PEAK/DRAM) at PEAK/DRAM,YMIN offset 0.5,0.5 left font F7 tc rgb '#777777' noenhanced front
  set arrow 1 from PEAK/DRAM,YMIN to PEAK/DRAM,PEAK nohead lt 1 dt (3,4) lc rgb '#AAAAAA' lw 0.8 back
}

# The legend: types with their shares, then sizes, then the two intensities; to the
# right of the plot, or below it.
LX = SINGLE ? 14 : 514
LY = SINGLE ? PLOTBOTTOM + 53 : PLOTTOP + 12
SX = SINGLE ? 240 : LX
SY = SINGLE ? LY : LY + 17*(LEGEND + 2)
set label 30 'layer type' at screen ux(LX+16),uy(LY) left font F7 tc rgb '#555555' noenhanced
set label 31 'MACs' at screen ux(LX+130),uy(LY) right font F7 tc rgb '#555555' noenhanced
set label 32 'time' at screen ux(LX+166),uy(LY) right font F7 tc rgb '#555555' noenhanced
set label 33 'energy' at screen ux(LX+203),uy(LY) right font F7 tc rgb '#555555' noenhanced
set arrow 40 from screen ux(LX),uy(LY+9) to screen ux(LX+203),uy(LY+9) nohead lt 1 lc rgb '#CCCCCC' lw 0.8
do for [i=1:LEGEND] {
  y = LY + 2 + 17*i
  set label 100+5*i '' at screen ux(LX+6),uy(y) point pt LPOINT[i] ps size(5, LPOINT[i]) lc rgb LCOLOUR[i]
  set label 101+5*i LNAME[i] at screen ux(LX+16),uy(y) left font F7 noenhanced
  set label 102+5*i LMACS[i] at screen ux(LX+130),uy(y) right font F7 noenhanced
  set label 103+5*i LTIME[i] at screen ux(LX+166),uy(y) right font F7 noenhanced
  set label 104+5*i LENERGY[i] at screen ux(LX+203),uy(y) right font F7 noenhanced
}
set label 60 'share of the run time' at screen ux(SX),uy(SY) left font F7 tc rgb '#555555' noenhanced
at = SY
do for [k=1:3] {
  v = word('1 5 20', k) + 0.0
  at = at + 4 + sqrt(v/100*AREA) + (k == 1 ? 8 : sqrt(word('1 5 20', k-1)/100.0*AREA))
  set label 60+2*k '' at screen ux(SX+16),uy(at) point pt 7 ps sqrt(v/100*AREA)*PS lc rgb '#C8C8C8'
  set label 61+2*k sprintf('%g %%', v) at screen ux(SX+40),uy(at) left font F7 noenhanced
}
at = at + sqrt(0.2*AREA) + 14
set label 72 '' at screen ux(SX+16),uy(at) point pt 7 ps 4*PS lc rgb '#777777'
set label 73 'intensity at DRAM' at screen ux(SX+28),uy(at) left font F7 noenhanced
if (BUFFER ne '') {
  set label 70 '' at screen ux(SX+16),uy(at+16) point pt 7 ps 3.6*PS lc rgb '#777777'
  set label 71 '' at screen ux(SX+16),uy(at+16) point pt 7 ps 2.2*PS lc rgb '#FFFFFF'
  set label 74 'intensity at '.BUFFER at screen ux(SX+28),uy(at+16) left font F7 noenhanced
}

set style fill transparent solid 0.09 noborder
set samples 400
plot \
  '+' using 1:(YMIN):(roof($1)) with filledcurves lc rgb '#0072B2', \
  $roof using 1:($5 > 0 ? NaN : $2):($3-$1):($4-$2) with vectors nohead lt 1 dt (8,5) lw 1 lc rgb '#8A8A8A', \
  $roof using 1:($5 > 0 ? $2 : NaN):($3-$1):($4-$2) with vectors nohead lt 1 lw 1.6 lc rgb '#222222', \
  $ceiling using 1:2:($3-$1):(0):4 with vectors nohead lt 1 dt (3,3) lw 1.2 lc rgb variable, \
  $leader using 1:2:($3-$1):($4-$2) with vectors nohead lt 1 lw 0.6 lc rgb '#999999', \
  $buffer using 1:2:($3-$1):(0):4 with vectors nohead lt 1 dt (2,3) lw 0.8 lc rgb variable, \
  $mark using 1:2:(size($3, $4)):4:5 with points pt variable ps variable lc rgb variable, \
  $ring using 1:2:($3*PS):4 with points pt 7 ps variable lc rgb variable, \
  $roofname using 1:2:5:3:4 with labels left rotate variable font F7 tc rgb variable noenhanced, \
  $ceilingname using 1:2:4:3 with labels right font F7 tc rgb variable noenhanced, \
  $text using 1:2:3 with labels center font F7 tc rgb '#222222' noenhanced
