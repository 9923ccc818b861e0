## The benchmark: `make bench` prints a table and writes bench.csv.
## SPDX-License-Identifier: GPL-3.0-or-later

EXTRA_PROGRAMS += bench/bench
bench_bench_SOURCES = bench/bench.c
bench_bench_LDADD = libreuseapp.la libreusecore.la
CLEANFILES += bench/bench$(EXEEXT) bench.csv

bench: bench/bench$(EXEEXT) reusemodel$(EXEEXT)
	REUSEMODEL_HOME='$(abs_top_srcdir)' bench/bench$(EXEEXT) \
	  '$(abs_top_srcdir)' '$(abs_top_builddir)/reusemodel$(EXEEXT)' bench.csv
