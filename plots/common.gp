# What all figures share: the page, fonts, colours, the title and the legend, for
# gnuplot 5.4 or newer.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Before this text stand the data; after it the template of the figure.  FORMAT is
# svg, png, pdf or dumb (text); OUTPUT, if it exists, is where the picture goes.  Both
# can be given on gnuplot's command line:
#   gnuplot -e "FORMAT='pdf'; OUTPUT='figure.pdf'" SCRIPT
# WIDTH and HEIGHT are the page in points; LINE, LINEY, LINENOTE the lines of the
# title; KEY, KEYX, KEYY, USED the legend.  Places are shares of the page.
# Texts are only single-quoted strings, and never enhanced.

PT = FORMAT eq 'svg' ? 4/3.0 : 1.0
TERMINAL = FORMAT eq 'dumb'
if (exists('WIDTH') && FORMAT eq 'svg') {
  set terminal svg size WIDTH*4/3.0,HEIGHT*4/3.0 dynamic font 'Liberation Sans,Arimo,Helvetica,Arial,sans-serif,10.67' background rgb 'white' name 'reusemodel'
}
if (exists('WIDTH') && FORMAT eq 'png') {
  set terminal pngcairo size WIDTH*4,HEIGHT*4 fontscale 3 linewidth 3 pointscale 3 font 'Liberation Sans,8' background rgb 'white'
}
if (exists('WIDTH') && FORMAT eq 'pdf') {
  set terminal pdfcairo size WIDTH/72.0,HEIGHT/72.0 fontscale 0.75 linewidth 1 pointscale 0.75 font 'Liberation Sans,8'
}
if (exists('OUTPUT')) { set output OUTPUT }
font(n) = sprintf(',%.2f', n*PT)
F7 = font(7); F8 = font(8); F9 = font(9)

# Colours of bars that differ in lightness too; where grey print has them close, bars
# that are wide enough are hatched (0: never).  Points and lines have darker ones.
array FILL[8] = ['#08306B', '#E69F00', '#B5E1FA', '#CC79A7', '#00735A', '#F0E442', '#8C510A', '#DDDDDD']
array HATCH[8] = [0, 4, 0, 5, 0, 0, 0, 1]
array COLOUR[8] = ['#08306B', '#E69F00', '#56B4E9', '#CC79A7', '#009E73', '#D55E00', '#BBBBBB', '#000000']
array POINT[8] = [6, 9, 5, 10, 2, 12, 1, 3]
POINTSIZE = FORMAT eq 'svg' ? 0.45 : 0.4

set key off
set border 3 lc rgb '#444444'
# The title, as labels 1 to 6; in a terminal followed by the legend as text.
if (exists('LINES') && !TERMINAL) {
  do for [i=1:LINES] {
    if (LINENOTE[i]) { set label i LINE[i] at screen 0.5,LINEY[i] center noenhanced font F7 textcolor rgb '#555555' }
    if (!LINENOTE[i]) { set label i LINE[i] at screen 0.5,LINEY[i] center noenhanced font F9 textcolor rgb '#111111' }
  }
}
if (exists('SERIES') && TERMINAL) {
  LETTER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  array ROW[LINES+SERIES+1]
  do for [i=1:LINES] { ROW[i] = LINE[i] }
  text = ''
  do for [s=1:SERIES] {
    if (USED[s]) {
      entry = LETTER[s:s].' '.KEY[s].(s == REFERENCE ? ' (|)' : '')
      if (strlen(text) + strlen(entry) > 74) { LINES = LINES + 1; ROW[LINES] = text; text = '' }
      text = text.(text eq '' ? '' : '   ').entry
    }
  }
  LINES = LINES + 1
  ROW[LINES] = text
}
