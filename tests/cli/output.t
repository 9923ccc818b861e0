#!/bin/sh
# Files and plots: --output and --plot, with and without gnuplot.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

run_in() {
  cd "$work" || exit 1
  run "$@"
  cd - > /dev/null || exit 1
}

have_gnuplot() {
  command -v gnuplot > /dev/null 2>&1
}

# A PATH without gnuplot.
mkdir "$work/empty"

files='dna-mobilenet-layers.csv dna-mobilenet-accesses.csv dna-mobilenet-reuse.csv'

run_in --arch dna --net mobilenet -q -o a/b/c --table summary
exits 0
prints total
for file in $files; do
  [ -s "$work/a/b/c/$file" ] || fault "no $file"
done
judge '-o makes the directory and the tables'
find "$work/a/b/c" -name '.*' ! -name . > "$work/faults"
judge '-o leaves no temporary file'
"$REUSEMODEL" -q --arch dna --net mobilenet --format csv > "$work/layers"
cmp "$work/layers" "$work/a/b/c/dna-mobilenet-layers.csv" > "$work/faults" 2>&1
"$REUSEMODEL" -q --arch dna --net mobilenet --format csv --table accesses \
  > "$work/accesses"
cmp "$work/accesses" "$work/a/b/c/dna-mobilenet-accesses.csv" >> "$work/faults" 2>&1
judge 'the files are the tables'
if have_gnuplot; then
  head -n 5 "$work/a/b/c/dna-mobilenet-roofline.svg" | grep -q '<svg' ||
    fault 'no SVG'
  judge '-o draws the roofline'
  run_in --arch dna --net mobilenet -q --table summary --plot roofline=p.svg \
    --plot roofline=p.png --plot roofline=p.pdf
  exits 0
  head -n 5 "$work/p.svg" | grep -q '<svg' || fault 'no SVG'
  [ "$(head -c 4 "$work/p.png" | tr -d '\211')" = PNG ] || fault 'no PNG'
  [ "$(head -c 4 "$work/p.pdf")" = %PDF ] || fault 'no PDF'
  judge '--plot in three formats'
  for kind in energy energy-level energy-operand utilization accesses hierarchy reuse compare; do
    command=evaluate
    [ $kind != compare ] || command=compare
    run_in $command --arch dna --net mobilenet -q --format csv --plot $kind=k.svg \
      --plot $kind=k.png --plot $kind=k.pdf
    exits 0
    head -n 5 "$work/k.svg" | grep -q '<svg' || fault 'no SVG'
    [ "$(head -c 4 "$work/k.png" | tr -d '\211')" = PNG ] || fault 'no PNG'
    [ "$(head -c 4 "$work/k.pdf")" = %PDF ] || fault 'no PDF'
    judge "--plot $kind in three formats"
  done
  [ "$(ls "$work/a/b/c" | grep -c svg)" = 1 ] || fault 'not one plot'
  judge '-o draws nothing else'
else
  tap_skip '-o draws the roofline' 'gnuplot not found'
  tap_skip '--plot in three formats' 'gnuplot not found'
fi

run_in --arch dna,eyeriss-v1 --net mobilenet,resnet18 -q -o pairs --table summary
exits 0
[ "$(find "$work/pairs" -name '*.csv' | wc -l)" = 12 ] || fault 'not 3 files a pair'
judge '-o of several pairs'
run_in --net mobilenet -q -o alone --table reuse
exits 0
[ "$(ls "$work/alone")" = mobilenet-reuse.csv ] || fault 'not one file'
judge '-o without an architecture'
run_in --net mobilenet_v1 "--net=$abs_top_srcdir/data/mobilenet_v1.csv" \
  --arch dna -o twice
exits 2
says "two networks are called 'mobilenet_v1'"
[ ! -e "$work/twice" ] || fault 'a directory is left'
judge '-o of two networks of one name'

saved=$PATH
PATH=$work/empty
run --arch dna --net mobilenet_v1 --table summary -o "$work/nogp"
PATH=$saved
exits 0
says 'warning: plots are left out'
prints total
[ -s "$work/nogp/dna-mobilenet_v1-layers.csv" ] || fault 'no table'
[ ! -e "$work/nogp/dna-mobilenet_v1-roofline.svg" ] || fault 'a plot'
judge 'without gnuplot: -o warns'
PATH=$work/empty
run --arch dna --net mobilenet_v1 --plot roofline="$work/none.svg"
PATH=$saved
exits 5
says gnuplot
silent
[ ! -e "$work/none.svg" ] || fault 'a file is left'
judge 'without gnuplot: --plot fails'
printf '#!/bin/sh\necho "bad script" >&2\nexit 1\n' > "$work/empty/gnuplot"
chmod +x "$work/empty/gnuplot"
PATH=$work/empty:$PATH
fails 'gnuplot fails: --plot fails' 5 'bad script' \
  --arch dna --net mobilenet_v1 --plot roofline="$work/none.svg"
[ ! -e "$work/none.svg" ] || fault 'a file is left'
fails 'gnuplot fails: -o fails' 5 'bad script' \
  --arch dna --net mobilenet_v1 -o "$work/failed"
find "$work/failed" -name '*.svg' -o -name '.*' ! -name . > "$work/faults"
judge 'gnuplot fails: nothing is left'
PATH=$saved

touch "$work/file"
fails 'a directory below a file' 5 'Not a directory' \
  --arch dna --net mobilenet_v1 -o "$work/file/x"
fails 'the directory is a file' 5 'Not a directory' \
  --arch dna --net mobilenet_v1 -o "$work/file"
mkdir -p "$work/taken/dna-mobilenet_v1-reuse.csv"
fails 'a plot in no directory, before anything is searched' 5 'No such file' \
  --arch dna --net llama2_7b_prefill2048 --budget none --plot roofline="$work/none/x.svg"
fails 'a table whose name is a directory' 5 'cannot write' \
  --arch dna --net mobilenet_v1 -o "$work/taken"
echo old > "$work/a/b/c/dna-mobilenet-layers.csv"
run_in --arch dna --net mobilenet -q -o a/b/c --table summary
exits 0
cmp "$work/layers" "$work/a/b/c/dna-mobilenet-layers.csv" > "$work/faults" 2>&1
judge '-o replaces old files'
tap_done
