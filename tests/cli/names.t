#!/bin/sh
# Names of architectures and networks: shipped, aliases, files.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
. "$(dirname "$0")/cli.sh"

fails 'unknown architecture: the nearest' 2 "did you mean 'dna'?" \
  --arch dnaa --net mobilenet_v1
fails 'unknown network: the nearest ones' 2 "did you mean 'mobilenet'" \
  --arch dna --net mobilnet
fails 'unknown network: nothing is near' 2 'reusemodel list nets prints the names' \
  --arch dna --net qqqqqqqqq
fails 'unknown name of show' 2 "did you mean 'dna'" show dnaa
fails 'the file of aliases is no network' 2 "unknown network 'aliases'" \
  --arch dna --net aliases
fails 'a network is no architecture' 2 "unknown architecture 'mobilenet'" \
  --arch mobilenet --net mobilenet

"$REUSEMODEL" --arch dna --net mobilenet --format csv > "$work/a" 2>/dev/null
"$REUSEMODEL" --arch dna --net mobilenet_v1 --format csv > "$work/b" 2>/dev/null
"$REUSEMODEL" --arch "$REUSEMODEL_HOME/models/dna.yaml" \
  --net "$REUSEMODEL_HOME/data/mobilenet_v1.csv" --format csv > "$work/c"
cmp "$work/a" "$work/b" > "$work/faults"
cmp "$work/a" "$work/c" >> "$work/faults"
: > "$work/err"
judge 'an alias, a name and files give the same'

"$REUSEMODEL" list aliases --format csv | tail -n +2 | cut -d, -f1,2 > "$work/aliases"
[ -s "$work/aliases" ] || fault 'no alias'
while IFS=, read -r alias network; do
  [ -f "$REUSEMODEL_HOME/data/$network.csv" ] || fault "$alias: no network $network"
  [ ! -f "$REUSEMODEL_HOME/data/$alias.csv" ] || fault "$alias is a network itself"
done < "$work/aliases"
judge 'every alias means a shipped network and hides none'

# A home of our own, with names that are awkward.
home=$work/'it'\''s "home", 100%'
mkdir -p "$home/models" "$home/data"
ln -s "$abs_top_srcdir/models/tech" "$home/models/tech"
ln -s "$abs_top_srcdir/plots" "$home/plots"
cp "$abs_top_srcdir/models/dna.yaml" "$home/models/my dna's.yaml"
cp "$abs_top_srcdir/data/mobilenet_v1.csv" "$home/data/net \"1\".csv"
printf 'name,network,meaning\n"the ""one""","net ""1""","a, b"\n' \
  > "$home/data/aliases.csv"
REUSEMODEL_HOME=$home
run --arch "my dna's" --net 'net "1"' --table summary --format csv
exits 0
quiet
judge 'names with quotes and blanks'
run --arch "my dna's" --net 'the "one"' --table summary -o "$work/o'o"
exits 0
says 'the "one" means a, b (net "1")'
for table in layers accesses reuse; do
  [ -s "$work/o'o/my dna's-the \"one\"-$table.csv" ] || fault "no file of $table"
done
judge 'an alias with quotes, and its files'
run list archs
exits 0
prints "my dna's  DNA"
judge 'list of a home of our own'
cp "$abs_top_srcdir/models/dna.yaml" "$work/a,b.yaml"
run --arch "$work/a,b.yaml" --net 'net "1"' --table summary
exits 0
judge 'a file whose name has a comma'
printf 'name,network,meaning\nx,y\n' > "$home/data/aliases.csv"
fails 'a wrong file of aliases' 3 'aliases.csv:2:1: error:' \
  --arch "my dna's" --net nosuch
rm "$home/data/aliases.csv"
run list aliases
exits 0
quiet
judge 'no file of aliases'
echo 'name: [' > "$home/models/broken.yaml"
run list archs
exits 3
prints "my dna's  DNA"
prints 'broken'
says 'broken.yaml:'
judge 'list goes on after a broken file'
REUSEMODEL_HOME=$abs_top_srcdir

run list archs --format csv
exits 0
[ "$(sed -n 1p "$work/out")" = name,title ] || fault 'header'
[ "$(wc -l < "$work/out")" = \
  "$(($(find "$abs_top_srcdir/models" -maxdepth 1 -name '*.yaml' | wc -l) + 1))" ] ||
  fault 'not one row for every file'
judge 'list archs as CSV'
run list nets --format json
exits 0
prints '"name": "mobilenet_v1"'
prints '"macs": 568740352'
judge 'list nets as JSON'
tap_done
