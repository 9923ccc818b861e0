#!/bin/sh
# Whether the program prints the same bytes built by several compilers, with and without
# optimisation, on one thread and on two: `make same-bytes`.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# same-bytes.sh SOURCE WORK: builds SOURCE in folders of WORK.
set -eu
source=$1
work=$2
first=
failed=0
REUSEMODEL_HOME=$source
export REUSEMODEL_HOME

# compare NAME: the program built as NAME against the first one built.
compare() {
  for arch in dna eyeriss-v1 eyeriss-v2 eyeriss-like h100 tpu-v1 systolic-ws; do
    for jobs in 1 2; do
      "$work/$1/reusemodel" --arch "$arch" --net mobilenet_v1,alexnet --format csv \
        --budget evaluations=5000 --jobs "$jobs" > "$work/$1/$arch.$jobs.csv"
      cmp "$work/${first:=$1}/$arch.1.csv" "$work/$1/$arch.$jobs.csv" || failed=1
    done
  done
  echo "$1: compared with $first"
}

# build NAME COMPILER FLAGS
build() {
  if ! command -v "$2" > /dev/null; then
    echo "$1: there is no $2" >&2
    failed=1
    return
  fi
  mkdir -p "$work/$1"
  (cd "$work/$1" && "$source/configure" -q CC="$2" CFLAGS="$3" && make -s reusemodel) > \
    "$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 1; }
  compare "$1"
}

mkdir -p "$work"
build gcc-O2 gcc -O2
build gcc-O0 gcc -O0
build clang-O2 clang -O2
build clang-O0 clang -O0
exit "$failed"
