# What the tests of the command line share: `. .../cli.sh`.
# SPDX-License-Identifier: GPL-3.0-or-later

: "${abs_top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${REUSEMODEL:=./reusemodel}"
: "${REUSEMODEL_HOME:=$abs_top_srcdir}"
export REUSEMODEL_HOME
unset COLUMNS NO_COLOR
LC_ALL=C
export LC_ALL
. "$abs_top_srcdir/tests/tap.sh"
case $REUSEMODEL in
/*) ;;
*) REUSEMODEL=$PWD/$REUSEMODEL ;;
esac
semantics=$abs_top_srcdir/tests/data/nest-cases/semantics

# run ARGUMENT...: the program, with its output in $work/out, its messages in
# $work/err and its exit status in $status.
run() {
  "$REUSEMODEL" "$@" > "$work/out" 2> "$work/err"
  status=$?
}

# judge NAME: passes if the file $work/faults, which is then removed, is empty.
judge() {
  [ -s "$work/faults" ] && { echo 'stderr:'; cat "$work/err"; } >> "$work/faults"
  tap_empty "$1" "$work/faults"
  rm -f "$work/faults"
}

# fault TEXT
fault() {
  echo "$1" >> "$work/faults"
}

# exits CODE: the last run exited so.
exits() {
  [ "$status" = "$1" ] || fault "exit status $status, not $1"
}

# says TEXT: the messages of the last run hold TEXT.
says() {
  grep -qF -- "$1" "$work/err" || fault "the messages lack: $1"
}

# prints TEXT: the output of the last run holds TEXT.
prints() {
  grep -qF -- "$1" "$work/out" || fault "the output lacks: $1"
}

# silent: the last run printed nothing on standard output.
silent() {
  [ ! -s "$work/out" ] || fault "standard output: $(head -n 3 "$work/out")"
}

# quiet: the last run had no message.
quiet() {
  [ ! -s "$work/err" ] || fault 'there are messages'
}

# fails NAME CODE TEXT ARGUMENT...: the program with the ARGUMENTs exits with CODE,
# prints nothing and says TEXT.
fails() {
  name=$1 code=$2 text=$3
  shift 3
  run "$@"
  exits "$code"
  silent
  says "$text"
  judge "$name"
}
