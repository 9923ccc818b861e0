#!/bin/sh
# Data on standard output, messages on standard error, and errors of writing.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

run --arch dna --net mobilenet --table summary --format csv
exits 0
says 'note: mobilenet means MobileNet v1 1.0/224 (mobilenet_v1)'
[ "$(sed -n 1p "$work/out" | cut -d, -f1-3)" = arch,network,type ] ||
  fault 'the first line is not the header'
[ "$(awk -F, '{ print NF }' "$work/out" | sort -u | wc -l)" = 1 ] ||
  fault 'rows differ in their number of fields'
judge 'notes do not mix with data'
run --arch dna --net mobilenet --quiet --table summary
exits 0
quiet
judge '--quiet leaves notes out'
run --arch dna --net mobilenett --quiet
exits 2
says error
judge '--quiet leaves errors in'

run --help
exits 0
quiet
prints 'Usage: reusemodel'
judge '--help goes to standard output'
run --version
exits 0
quiet
prints 'reusemodel '
prints 'GPL-3.0-or-later'
judge '--version goes to standard output'

# full NAME ARGUMENT...: standard output on a full disk.
full() {
  name=$1
  shift
  if [ ! -c /dev/full ]; then
    tap_skip "$name" 'no /dev/full'
    return
  fi
  "$REUSEMODEL" "$@" > /dev/full 2> "$work/err"
  status=$?
  exits 5
  says "cannot write 'standard output'"
  judge "$name"
}
full 'full disk: text' --arch dna --net mobilenet_v1
full 'full disk: CSV' --net mobilenet_v1 --table reuse --format csv
full 'full disk: nest' nest "$semantics/01.yaml"
full 'full disk: list' list nets
full 'full disk: list all' list
full 'full disk: show' show dna
full 'full disk: show a network' show mobilenet_v1
full 'full disk: show a mapping' show mapping "$semantics/01.yaml"
full 'full disk: help' --help
full 'full disk: version' --version

"$REUSEMODEL" nest "$semantics/01.yaml" >&- 2> "$work/err"
status=$?
exits 5
judge 'closed standard output'
"$REUSEMODEL" nest "$work/none.yaml" > "$work/out" 2>&-
status=$?
exits 3
silent
judge 'closed standard error'
(cd "$work" &&
  "$REUSEMODEL" --arch dna --net mobilenet_v1 --table summary -o closed >&- 2> err)
status=$?
exits 5
head -n 1 "$work/closed/dna-mobilenet_v1-reuse.csv" | grep -q '^network,index' ||
  fault 'a file got the number of standard output'
judge 'files are whole when standard output is closed'

run --color always nest "$work/none.yaml"
says "$(printf '\033[1;31merror:')"
judge '--color=always'
run --color auto nest "$work/none.yaml"
! grep -q "$(printf '\033')" "$work/err" || fault 'colour in a file'
judge '--color=auto into a file'
printf 'problem: {K\033[2J: 1}\n' > "$work/escape.yaml"
run nest "$work/escape.yaml"
exits 3
! grep -q "$(printf '\033')" "$work/err" || fault 'an escape of the file is passed on'
judge 'escapes in files do not reach the terminal'

run --net mobilenet_v1 --table reuse
[ "$(awk '{ print length }' "$work/out" | sort -n | tail -n 1)" -le 80 ] ||
  fault 'wider than 80'
COLUMNS=200 "$REUSEMODEL" --arch dna --net mobilenet_v1 > "$work/wide"
COLUMNS=80 "$REUSEMODEL" --arch dna --net mobilenet_v1 > "$work/narrow"
[ "$(awk '{ print length }' "$work/wide" | sort -n | tail -n 1)" -gt 90 ] ||
  fault 'COLUMNS=200 is not used'
[ "$(awk '{ print length }' "$work/narrow" | sort -n | tail -n 1)" -le 80 ] ||
  fault 'COLUMNS=80 is not kept'
judge 'the width is 80 or COLUMNS'
for columns in 50 60 70 80; do
  COLUMNS=$columns "$REUSEMODEL" --arch t4 --net resnet18 --budget evaluations=1 |
    sed -n 's/^\(res[^ ]*\) .*/\1/p' | sort | uniq -d
done > "$work/faults"
judge 'names that are cut stay distinct'
! LC_ALL=C grep -q '[^ -~]' "$work/narrow" || fault 'characters beyond ASCII'
judge 'the C locale has ASCII only'
tap_done
