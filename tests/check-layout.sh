#!/bin/sh
# Checks the rules of the repository that a compiler does not see.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$abs_top_srcdir/tests/tap.sh"
cd "$abs_top_srcdir" || exit 1

sources=$(find src -name '*.[ch]' | LC_ALL=C sort)
test_sources=$(find tests bench -name '*.[ch]' ! -name suites.h | LC_ALL=C sort)

# ---- includes ------------------------------------------------------------------

# The directories a file of directory $1 may include, itself apart.
may_include() {
  case $1 in
  base) echo ;;
  network | arch) echo base ;;
  mapping) echo "$(may_include arch) network arch" ;;
  count) echo "$(may_include mapping) mapping" ;;
  cost) echo "$(may_include count) count" ;;
  lowering) echo "$(may_include cost) cost" ;;
  mapper) echo "$(may_include lowering) lowering" ;;
  run) echo "$(may_include mapper) mapper" ;;
  validate) echo "$(may_include run) run" ;;
  compare) echo "$(may_include validate) validate" ;;
  report) echo "$(may_include compare) compare" ;;
  cli) echo "$(may_include report) report" ;;
  esac
}

check_include_order() {
  for file in $sources; do
    room=${file#src/}
    case $room in
    */*) room=${room%%/*} ;;
    *) room='' ;;
    esac
    allowed=" $(may_include "$room") $room "
    sed -n 's/^#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file" |
      while read -r header; do
        [ "$header" != reusemodel.h ] || continue
        [ -f "src/$header" ] || echo "$file: \"$header\" is not below src"
        case $allowed in
        *" ${header%%/*} "*) ;;
        *) echo "$file: may not include $header" ;;
        esac
      done
  done
}

check_rooms() {
  find src -mindepth 1 -maxdepth 1 -type d | sed 's,src/,,' |
    while read -r room; do
      case " $(may_include cli) cli " in
      *" $room "*) ;;
      *) echo "src/$room has no place in the order of directories" ;;
      esac
    done
}

check_headers_alone() {
  for header in $(find src -name '*.h' | LC_ALL=C sort); do
    printf '#include "%s"\n' "${header#src/}" > "$work/alone.c"
    $CC -std=gnu11 -Wall -Werror -fsyntax-only -Isrc "$work/alone.c" 2>&1
  done
}

# ---- text ----------------------------------------------------------------------

check_licence() {
  for file in $sources $test_sources bootstrap tests/*.sh tests/run-tests; do
    head -n 8 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
      echo "$file: no SPDX line in the first lines"
  done
}

check_length() {
  for file in $sources; do
    lines=$(wc -l < "$file")
    [ "$lines" -le 600 ] || echo "$file: $lines lines, more than 600"
    awk -v file="$file" 'length > 100 {
      print file ":" NR ": " length " columns, more than 100" }' "$file"
  done
}

check_unfinished() {
  grep -nE '\b(TODO|FIXME|XXX)\b' $sources /dev/null
}

# Names of architectures, technologies, networks, dataflows: one a line.
names() {
  for list in data/aliases.csv models/groups.csv; do
    [ ! -f $list ] || grep -v '^#' $list | tail -n +2 | cut -d, -f1
  done
  find models data -maxdepth 2 \( -name '*.yaml' -o -name '*.csv' \) |
    grep -v '^data/published/' |
    sed 's,.*/,,; s,\.yaml$,,; s,\.csv$,,'
  find models -name '*.yaml' -exec awk '
    /^ *dataflows:/ { match($0, /^ */); depth = RLENGTH; on = 1; next }
    on && /[^ ]/ { match($0, /^ */); if (RLENGTH <= depth) on = 0 }
    on && /^ *- *name:/ { sub(/.*name: */, ""); sub(/ *(#.*)?$/, ""); print }
    ' {} +
}

# File names such as aliases.csv are not names of networks.
check_names() {
  names | tr -d "\"'" | grep . | sort -u | grep -vxE 'aliases|groups|validation' |
    sed 's/.*/"&"/' > "$work/names"
  [ ! -s "$work/names" ] || grep -nFf "$work/names" $sources /dev/null
}

# The library neither prints, nor ends the process, nor reads the environment.
check_library_calls() {
  library=$(find src -name '*.c' ! -path 'src/cli/*' ! -path 'src/report/*')
  [ -z "$library" ] ||
    grep -nE '\b(printf|puts|putchar|perror|exit|abort|getenv|stdout|stderr)\b *[(,;)]' \
      $library /dev/null |
    grep -vE 'format *\( *printf'
}

# ---- build ---------------------------------------------------------------------

check_source_lists() {
  for file in $sources $test_sources $(find tests -name '*.t'); do
    grep -qE "(^|[ =])$file( |$)" src/local.mk tests/local.mk bench/local.mk ||
      echo "$file: in no list of src/local.mk, tests/local.mk, bench/local.mk"
  done
}

check_exports() {
  library=$abs_top_builddir/.libs/libreusemodel.so
  [ -f "$library" ] || return 0
  nm -D --defined-only "$library" | awk '{ print $NF }' |
    grep -vE '^(reuse_[^_].*|_init|_fini|_edata|_end|__bss_start)$'
  nm -D --undefined-only "$library" | awk '{ print $NF }' | grep '^reuse_'
}

# ---- options -------------------------------------------------------------------

# The options that the help texts of all commands list.
help_options() {
  for command in '' $("$REUSEMODEL" --completion | sed -n 's/^command //p'); do
    "$REUSEMODEL" $command --help
  done | grep -Eo -- '(^|[ ,[(|])--[a-z][a-z0-9-]*' | sed 's/^[^-]//' | sort -u
}

# In the page, an option is .Fl -name or \-\-name.
check_manual_options() {
  sed 's/\\-/-/g; s/\\&//g; s/Fl Fl /Fl -/g; s/Fl -/ --/g' \
    man/reusemodel.1 > "$work/page"
  help_options > "$work/options"
  [ -s "$work/options" ] || echo 'reusemodel --help lists no option'
  while read -r option; do
    grep -qE -- "(^|[^a-z0-9-])$option([^a-z0-9-]|$)" "$work/page" ||
      echo "man/reusemodel.1 lacks $option"
  done < "$work/options"
}

run_check() {
  "$2" > "$work/faults" 2>&1
  tap_empty "$1" "$work/faults"
}

run_check 'directories of src are those of the order' check_rooms
run_check 'includes follow the order of directories' check_include_order
run_check 'every header compiles alone' check_headers_alone
run_check 'every file names its licence' check_licence
run_check 'files and lines are short' check_length
run_check 'nothing is marked unfinished' check_unfinished
run_check 'no name of a model or network in C' check_names
run_check 'the library does not print, exit or read the environment' \
  check_library_calls
run_check 'every file is in a list of the build' check_source_lists
run_check 'the library exports reuse_ and nothing else' check_exports
run_check 'every option is in the manual' check_manual_options
tap_done
