## The tests.  Every test prints TAP; `make check` adds them up.
## SPDX-License-Identifier: GPL-3.0-or-later
##
## To add a unit test file tests/unit/test_NAME.c (it defines
## register_NAME_tests): one line in unit_tests.  A CLI test: one line in
## cli_tests.  A golden: tests/golden/NAME.cmd, then `make update-goldens`.

unit_tests = \
  tests/unit/test_arch.c \
  tests/unit/test_base.c \
  tests/unit/test_blocking.c \
  tests/unit/test_build.c \
  tests/unit/test_cells.c \
  tests/unit/test_compare.c \
  tests/unit/test_cost.c \
  tests/unit/test_count.c \
  tests/unit/test_equal_area.c \
  tests/unit/test_dominance.c \
  tests/unit/test_dram_bound.c \
  tests/unit/test_fills.c \
  tests/unit/test_invariants.c \
  tests/unit/test_mapper.c \
  tests/unit/test_nest_cases.c \
  tests/unit/test_nest_read.c \
  tests/unit/test_network.c \
  tests/unit/test_network_data.c \
  tests/unit/test_network_layers.c \
  tests/unit/test_report.c \
  tests/unit/test_search.c \
  tests/unit/test_search_steps.c \
  tests/unit/test_starts.c \
  tests/unit/test_steps.c \
  tests/unit/test_systolic.c \
  tests/unit/test_transforms.c \
  tests/unit/test_validate.c

# Of the unit tests, apart from main.c.
unit_helpers = \
  tests/unit/check.h \
  tests/unit/machines.c \
  tests/unit/machines.h

oracle_sources = \
  tests/oracle/compare.c \
  tests/oracle/compare.h \
  tests/oracle/execute.c \
  tests/oracle/execute.h \
  tests/oracle/flow.c \
  tests/oracle/flow.h

property_sources = \
  tests/property/counts_property.c \
  tests/property/random.c \
  tests/property/random.h \
  tests/property/shrink.c \
  tests/property/shrink.h

cli_tests = \
  tests/cli/compare.t \
  tests/cli/exit-codes.t \
  tests/cli/latex.t \
  tests/cli/lowering.t \
  tests/cli/names.t \
  tests/cli/nest.t \
  tests/cli/options.t \
  tests/cli/output.t \
  tests/cli/pareto.t \
  tests/cli/plots.t \
  tests/cli/progress.t \
  tests/cli/report.t \
  tests/cli/search.t \
  tests/cli/streams.t \
  tests/cli/systems.t \
  tests/cli/validate.t

script_tests = \
  tests/check-layout.sh \
  tests/completion.sh \
  tests/documents.sh \
  tests/goldens.sh \
  tests/man-pages.sh \
  tests/property.sh

tests_ldadd = libreuseapp.la libreusecore.la

# ---- unit tests ----------------------------------------------------------------

if WITH_CUNIT
check_PROGRAMS += tests/unit/unit
TESTS += tests/unit/unit
endif
tests_unit_unit_SOURCES = tests/unit/main.c $(unit_tests) \
  $(unit_helpers) $(oracle_sources)
nodist_tests_unit_unit_SOURCES = tests/unit/suites.h
tests_unit_unit_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests \
  -Itests/unit $(CUNIT_CFLAGS)
tests_unit_unit_LDADD = $(tests_ldadd) $(CUNIT_LIBS)

tests/unit/unit-main.$(OBJEXT): tests/unit/suites.h
tests/unit/suites.h: $(srcdir)/tests/local.mk
	$(AM_V_GEN)$(MKDIR_P) tests/unit && for t in $(unit_tests); do echo "$$t"; \
	  done | sed 's,.*/test_\(.*\)\.c$$,SUITE(\1),' > $@
CLEANFILES += tests/unit/suites.h

# ---- property test -------------------------------------------------------------

SOAK_CASES = 200000

check_PROGRAMS += tests/property/counts_property
tests_property_counts_property_SOURCES = $(property_sources) $(oracle_sources)
tests_property_counts_property_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_property_counts_property_LDADD = $(tests_ldadd)

soak: tests/property/counts_property$(EXEEXT)
	tests/property/counts_property$(EXEEXT) --count $(SOAK_CASES)

# ---- the same bytes from every compiler ------------------------------------------

same-bytes:
	$(SHELL) '$(abs_top_srcdir)/tests/same-bytes.sh' '$(abs_top_srcdir)' \
	  '$(abs_top_builddir)/same-bytes'

# ---- fuzz targets: corpora are replayed by make check ----------------------------

fuzz_targets = arch nest network transforms
fuzz_programs = tests/fuzz/fuzz_arch tests/fuzz/fuzz_nest tests/fuzz/fuzz_network \
  tests/fuzz/fuzz_transforms
check_PROGRAMS += $(fuzz_programs)
TESTS += $(fuzz_programs)
fuzz_sources = tests/fuzz/input.c tests/fuzz/input.h
tests_fuzz_fuzz_arch_SOURCES = tests/fuzz/fuzz_arch.c $(fuzz_sources) \
  tests/fuzz/replay.c
tests_fuzz_fuzz_arch_LDADD = $(tests_ldadd)
tests_fuzz_fuzz_nest_SOURCES = tests/fuzz/fuzz_nest.c $(fuzz_sources) \
  tests/fuzz/replay.c
tests_fuzz_fuzz_nest_LDADD = $(tests_ldadd)
tests_fuzz_fuzz_network_SOURCES = tests/fuzz/fuzz_network.c $(fuzz_sources) \
  tests/fuzz/replay.c
tests_fuzz_fuzz_network_LDADD = $(tests_ldadd)
tests_fuzz_fuzz_transforms_SOURCES = tests/fuzz/fuzz_transforms.c $(fuzz_sources) \
  tests/fuzz/replay.c
tests_fuzz_fuzz_transforms_LDADD = $(tests_ldadd)

FUZZ_SECONDS = 60
FUZZ_CFLAGS = -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined

# Finds go to ./fuzz; an input worth keeping is copied to tests/fuzz/corpus.
fuzz:
	@test '$(CLANG)' != no || { echo 'make fuzz needs clang and libclang-rt-dev \
	(Debian packages clang, libclang-rt-dev)' >&2; exit 1; }
	@for t in $(fuzz_targets); do \
	  $(MKDIR_P) fuzz/$$t && echo "  FUZZ     $$t" && \
	  $(CLANG) -std=gnu11 $(DEFS) -I$(srcdir)/src $(GSL_CFLAGS) \
	    $(FYAML_CFLAGS) $(FUZZ_CFLAGS) -o fuzz/fuzz_$$t \
	    $(srcdir)/tests/fuzz/fuzz_$$t.c $(srcdir)/tests/fuzz/input.c \
	    `for f in $(core_sources); do case $$f in *.c) \
	       echo $(srcdir)/$$f ;; esac; done` \
	    $(GSL_LIBS) $(FYAML_LIBS) $(CSV_LIBS) $(LIBS) && \
	  fuzz/fuzz_$$t -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	    -artifact_prefix=fuzz/$$t- fuzz/$$t $(srcdir)/tests/fuzz/corpus/$$t \
	    || exit 1; \
	done

clean-local:
	rm -rf fuzz

# ---- scripts -------------------------------------------------------------------

TESTS += $(cli_tests) $(script_tests)

tests_dist = \
  tests/cli/cli.sh \
  $(cli_tests) \
  $(script_tests) \
  tests/data \
  tests/fuzz/corpus \
  tests/golden \
  tests/run-tests \
  tests/same-bytes.sh \
  tests/tap.sh

# Rewrites the expected output of every golden test from what is printed now.
update-goldens: reusemodel$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) UPDATE_GOLDENS=1 srcdir='$(srcdir)' \
	  $(SHELL) $(srcdir)/tests/goldens.sh

# ---- harness -------------------------------------------------------------------

tap_driver = $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .sh .t
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)
T_LOG_DRIVER = $(tap_driver)
T_LOG_COMPILER = $(SHELL)

AM_TESTS_ENVIRONMENT = \
  LC_ALL=C; export LC_ALL; \
  REUSEMODEL_HOME='$(abs_top_srcdir)'; export REUSEMODEL_HOME; \
  REUSEMODEL='$(abs_top_builddir)/reusemodel$(EXEEXT)'; export REUSEMODEL; \
  REUSEMODEL_DATADIR='$(abs_top_srcdir)/data'; export REUSEMODEL_DATADIR; \
  REUSEMODEL_TESTDIR='$(abs_top_srcdir)/tests'; export REUSEMODEL_TESTDIR; \
  abs_top_srcdir='$(abs_top_srcdir)'; export abs_top_srcdir; \
  abs_top_builddir='$(abs_top_builddir)'; export abs_top_builddir; \
  CC='$(CC)'; export CC; \
  MANDOC='$(MANDOC)'; export MANDOC;

# The scripts run the program.
$(TEST_LOGS): reusemodel$(EXEEXT)
