#!/bin/sh
# Checks the manual pages with mandoc and runs their examples: in the formatted
# page, a line `$ COMMAND` is run in a directory of the page's own and must
# succeed.  Lines below it, up to an empty line, `...` or the next command, must
# be what it prints first, blanks at the ends apart.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"

mkdir "$work/bin"
ln -s "$REUSEMODEL" "$work/bin/reusemodel"
PATH=$work/bin:$PATH

trim() {
  sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//'
}

# page_text FILE: the page as plain text.
page_text() {
  "$MANDOC" -T ascii -O width=200 "$1" | sed "s/.$(printf '\b')//g"
}

# Writes the examples of the text on stdin to $work/ex/N.cmd and N.out; N.more
# exists if the output goes on.
split_examples() {
  awk -v dir="$work/ex" '
    /^[ \t]*\$ / {
      base = sprintf("%s/%03d", dir, ++n)
      sub(/^[ \t]*\$ /, ""); print > (base ".cmd"); printf "" > (base ".out")
      on = 1; next
    }
    /^[ \t]*$/ { on = 0 }
    /^[ \t]*\.\.\.[ \t]*$/ { if (on) printf "" > (base ".more"); on = 0 }
    on { print > (base ".out") }'
}

run_example() {
  base=$1
  (cd "$work/cwd" && sh "$base.cmd") > "$work/stdout" 2> "$work/stderr"
  status=$?
  trim < "$base.out" > "$work/want"
  trim < "$work/stdout" | sed '/^$/d' > "$work/got"
  if [ -f "$base.more" ]; then
    head -n "$(wc -l < "$work/want")" "$work/got" > "$work/got1"
    mv "$work/got1" "$work/got"
  elif [ ! -s "$work/want" ]; then
    : > "$work/got"
  fi
  if [ "$status" = 0 ] && diff -u "$work/want" "$work/got" > "$work/diff"; then
    tap_ok "$2"
  else
    { echo "exit status $status"; cat "$work/stderr" "$work/diff"; } \
      > "$work/faults"
    tap_not_ok "$2" "$work/faults"
  fi
}

if [ "$MANDOC" = no ]; then
  tap_skip 'manual pages' 'mandoc not found (Debian package mandoc)'
  tap_done
  exit 0
fi

for page in "$abs_top_srcdir"/man/*.[1-9]; do
  [ -f "$page" ] || continue
  name=${page##*/}
  "$MANDOC" -T lint -W warning "$page" > "$work/lint" 2>&1
  tap_empty "$name: mandoc has no complaint" "$work/lint"
  rm -rf "$work/ex" "$work/cwd"
  mkdir "$work/ex" "$work/cwd"
  page_text "$page" | split_examples
  for cmd in "$work"/ex/*.cmd; do
    [ -f "$cmd" ] || continue
    : > "$work/diff"
    run_example "${cmd%.cmd}" "$name: $(cat "$cmd" | tr '#' ' ')"
  done
done
tap_done
