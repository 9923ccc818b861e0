# Roofline of a network on a machine: template for gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reusemodel puts the data before this text: FORMAT (svg, png or pdf), TITLE,
# SUBTITLE, XMIN ... YMAX, PEAK (Gop/s), DRAM (GB/s, 0: none), AREA (square of a
# radius per share of time), XTICS, YTICS (lists of words), BUFFER (a name), the
# arrays LNAME ... LCOLOUR of LEGEND rows, and these datablocks:
#   $roof        x0 y0 x1 y1 strong      $roofname    x y angle colour text
#   $ceiling     x0 y x1 colour          $ceilingname x y colour text
#   $mark        x y radius point colour (each on its white halo)
#  $buffer      x y x-at-DRAM colour
#   $ring        x y radius colour
#   $text        x y text                $leader      x0 y0 x1 y1
# Sizes are in points of a page of 1120 x 640.  Data stay out of commands: texts
# are only columns and single-quoted strings.

if (FORMAT eq 'svg') {
  FS = 1.0; PS = 0.186; UP = 1.047; DIAMOND = 0.885; PENTAGON = 0.870
  set terminal svg size 1120,640 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,13' background rgb 'white' name 'reusemodel_roofline'
}
if (FORMAT eq 'png') {
  FS = 0.75; PS = 0.3255; UP = 1.241; DIAMOND = 1.240; PENTAGON = 1.142
  set terminal pngcairo size 2240,1280 fontscale 2 linewidth 2 pointscale 2 font 'Liberation Sans,9.75' background rgb 'white'
}
if (FORMAT eq 'pdf') {
  FS = 0.75; PS = 0.3255; UP = 1.241; DIAMOND = 1.240; PENTAGON = 1.142
  set terminal pdfcairo size 11.667in,6.667in font 'Liberation Sans,9.75' fontscale 1 linewidth 1
}
if (exists('OUTPUT')) { set output OUTPUT }
font(n) = sprintf(',%.2f', n*FS)
F10 = font(10); F11 = font(11); F12 = font(12)

# Marks of the same area need different sizes; the factors are measured.
same_area(p) = p == 5 ? 0.886 : p == 9 || p == 11 ? UP : p == 13 ? DIAMOND : p == 15 ? PENTAGON : 1.0
size(r, p) = r * PS * same_area(p)

set lmargin at screen 0.07; set rmargin at screen 0.69
set tmargin at screen 0.87; set bmargin at screen 0.11
set logscale xy 10
set xrange [XMIN:XMAX]; set yrange [YMIN:YMAX]
set border 3 lc rgb '#444444' lw 1
set grid xtics ytics lt 1 lc rgb '#ECECEC' lw 0.8
set tics textcolor rgb '#333333'
set xtics (word(XTICS, 1) real(word(XTICS, 1))) out nomirror scale 0.6
do for [i=2:words(XTICS)] { set xtics add (word(XTICS, i) real(word(XTICS, i))) }
set ytics (word(YTICS, 1) real(word(YTICS, 1))) out nomirror scale 0.6
do for [i=2:words(YTICS)] { set ytics add (word(YTICS, i) real(word(YTICS, i))) }
set xlabel 'Operational intensity  (ops per byte)' offset 0,0.3 tc rgb '#222222'
set ylabel 'Performance  (Gop/s)' offset 1.0,0 tc rgb '#222222'
set key off

set label 1 TITLE at screen 0.07,0.955 left font font(16) tc rgb '#111111' noenhanced front
set label 2 SUBTITLE at screen 0.07,0.913 left font F11 tc rgb '#666666' noenhanced front
if (DRAM > 0 && PEAK/DRAM < XMAX && PEAK/DRAM > XMIN) {
  set label 3 sprintf(PEAK/DRAM < 100 ? 'ridge %.3g' : 'ridge %.0f', PEAK/DRAM) at PEAK/DRAM,YMIN offset 0.6,0.6 left font F10 tc rgb '#888888' noenhanced front
  set arrow 1 from PEAK/DRAM,YMIN to PEAK/DRAM,PEAK nohead lt 1 dt (3,4) lc rgb '#AAAAAA' lw 1 back
}

# The legend: types with their shares, then sizes, then the two intensities.
LX = 0.717; LR = 0.986
ly(i) = 0.790 - 0.050*i
set label 30 'layer type' at screen LX+0.020,ly(-1) left font F11 tc rgb '#666666' noenhanced
set label 31 'MACs' at screen LX+0.159,ly(-1) right font F11 tc rgb '#666666' noenhanced
set label 32 'time' at screen LX+0.214,ly(-1) right font F11 tc rgb '#666666' noenhanced
set label 33 'energy' at screen LR,ly(-1) right font F11 tc rgb '#666666' noenhanced
set arrow 40 from screen LX,ly(-1)-0.024 to screen LR,ly(-1)-0.024 nohead lt 1 lc rgb '#CCCCCC' lw 1
do for [i=1:LEGEND] {
  set label 100+5*i '' at screen LX+0.006,ly(i-1) point pt LPOINT[i] ps size(6.5, LPOINT[i]) lc rgb LCOLOUR[i]
  set label 101+5*i LNAME[i] at screen LX+0.020,ly(i-1) left font F12 noenhanced
  set label 102+5*i LMACS[i] at screen LX+0.159,ly(i-1) right font F12 noenhanced
  set label 103+5*i LTIME[i] at screen LX+0.214,ly(i-1) right font F12 noenhanced
  set label 104+5*i LENERGY[i] at screen LR,ly(i-1) right font F12 noenhanced
}
base = LEGEND + 0.6
set label 60 'share of the run time' at screen LX+0.020,ly(base) left font F11 tc rgb '#666666' noenhanced
do for [k=1:3] {
  v = word('1 5 20', k) + 0.0
  at = base + word('1.0 1.8 2.9', k)
  set label 60+2*k '' at screen LX+0.012,ly(at) point pt 7 ps sqrt(v/100*AREA)*PS lc rgb '#C8C8C8'
  set label 61+2*k sprintf('%g %%', v) at screen LX+0.040,ly(at) left font F12 noenhanced
}
base = base + 4.5
set label 72 '' at screen LX+0.012,ly(base) point pt 7 ps 6*PS lc rgb '#777777'
set label 73 'intensity at DRAM' at screen LX+0.040,ly(base) left font F12 noenhanced
if (BUFFER ne '') {
  set label 70 '' at screen LX+0.012,ly(base+0.9) point pt 7 ps 4.2*PS lc rgb '#777777'
  set label 71 '' at screen LX+0.012,ly(base+0.9) point pt 7 ps 2.7*PS lc rgb '#FFFFFF'
  set label 74 'intensity at '.BUFFER at screen LX+0.040,ly(base+0.9) left font F12 noenhanced
}

set style fill transparent solid 0.09 noborder
set samples 400
roof(x) = DRAM > 0 && x*DRAM < PEAK ? x*DRAM : PEAK
plot \
  '+' using 1:(YMIN):(roof($1)) with filledcurves lc rgb '#0072B2', \
  $roof using 1:($5 > 0 ? NaN : $2):($3-$1):($4-$2) with vectors nohead lt 1 dt (8,5) lw 1.3 lc rgb '#9A9A9A', \
  $roof using 1:($5 > 0 ? $2 : NaN):($3-$1):($4-$2) with vectors nohead lt 1 lw 2.4 lc rgb '#222222', \
  $ceiling using 1:2:($3-$1):(0):4 with vectors nohead lt 1 dt (3,3) lw 1.6 lc rgb variable, \
  $leader using 1:2:($3-$1):($4-$2) with vectors nohead lt 1 lw 0.8 lc rgb '#999999', \
  $buffer using 1:2:($3-$1):(0):4 with vectors nohead lt 1 dt (2,3) lw 1 lc rgb variable, \
  $mark using 1:2:(size($3, $4)):4:5 with points pt variable ps variable lc rgb variable, \
  $ring using 1:2:($3*PS):4 with points pt 7 ps variable lc rgb variable, \
  $roofname using 1:2:5:3:4 with labels left rotate variable font F11 tc rgb variable noenhanced, \
  $ceilingname using 1:2:4:3 with labels right font F11 tc rgb variable noenhanced, \
  $text using 1:2:3 with labels center font F11 tc rgb '#222222' noenhanced
