## The benchmark: `make bench` prints a table and writes bench.csv.
## SPDX-License-Identifier: GPL-3.0-or-later
##
## To add a nest whose count is timed: bench/NAME.yaml, and a line in bench_nests.

bench_nests = \
  bench/conv.yaml \
  bench/depthwise.yaml \
  bench/im2col.yaml \
  bench/padding.yaml \
  bench/plain.yaml \
  bench/row-stationary.yaml

dist_noinst_DATA = $(bench_nests) bench/small.csv

EXTRA_PROGRAMS += bench/bench
bench_bench_SOURCES = \
  bench/bench.c \
  bench/bench.h \
  bench/counts.c \
  bench/decided.c \
  bench/process.c \
  bench/runs.c
bench_bench_LDADD = libreuseapp.la libreusecore.la
CLEANFILES += bench/bench$(EXEEXT) bench.csv

# The networks it runs on every architecture; `make bench BENCH_NETS=` runs all that are
# shipped, which takes hours, and BENCH_ARCHS='dna ws' in the environment chooses architectures.
BENCH_NETS = mobilenet_v1 alexnet vgg16 googlenet resnet50

bench: bench/bench$(EXEEXT) reusemodel$(EXEEXT)
	bench/bench$(EXEEXT) '$(abs_top_srcdir)' \
	  '$(abs_top_builddir)/reusemodel$(EXEEXT)' bench.csv $(BENCH_NETS)
