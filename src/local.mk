## The library and the program.
## SPDX-License-Identifier: GPL-3.0-or-later
##
## To add a file: one line in core_sources (in the library: base, network, arch,
## mapping, count, cost, lowering, mapper, run) or in app_sources (in the program only:
## report, cli).  tests/check-layout.sh names a file that is in neither.

include_HEADERS += src/reusemodel.h

core_sources = \
  src/reusemodel.h \
  src/base/arena.c \
  src/base/arena.h \
  src/base/checked.h \
  src/base/diag.c \
  src/base/diag.h \
  src/base/names.c \
  src/base/names.h \
  src/base/text.c \
  src/base/text.h \
  src/base/units.c \
  src/base/units.h \
  src/base/yaml.c \
  src/base/yaml.h \
  src/base/yaml_build.c \
  src/base/yaml_build.h \
  src/base/yaml_load.c \
  src/network/columns.c \
  src/network/columns.h \
  src/network/csv.c \
  src/network/csv.h \
  src/network/input.c \
  src/network/input.h \
  src/network/layer.c \
  src/network/layer.h \
  src/network/metadata.c \
  src/network/metadata.h \
  src/network/network.h \
  src/network/network_read.c \
  src/network/reuse.c \
  src/arch/arch_read.c \
  src/arch/dataflow.c \
  src/arch/dataflow_check.c \
  src/arch/energy.c \
  src/arch/energy.h \
  src/arch/engine.c \
  src/arch/level.c \
  src/arch/loop.c \
  src/arch/reader.c \
  src/arch/reader.h \
  src/arch/technology.c \
  src/mapping/nest_code.c \
  src/mapping/nest_read.c \
  src/mapping/nest_read.h \
  src/mapping/nest_write.c \
  src/mapping/nest_write.h \
  src/count/arrivals.c \
  src/count/arrivals.h \
  src/count/axis.c \
  src/count/axis.h \
  src/count/chain.c \
  src/count/check.c \
  src/count/count.c \
  src/count/count.h \
  src/count/factor.h \
  src/count/fills.c \
  src/count/fills.h \
  src/count/memo.c \
  src/count/memo.h \
  src/count/places.c \
  src/count/places.h \
  src/count/region.c \
  src/count/shape.c \
  src/count/shape.h \
  src/count/terms.c \
  src/count/terms.h \
  src/count/words.c \
  src/count/words.h \
  src/cost/bits.c \
  src/cost/bits.h \
  src/cost/dram_bound.c \
  src/cost/dram_bound.h \
  src/cost/evaluate.c \
  src/cost/evaluate.h \
  src/cost/fits.c \
  src/cost/fits.h \
  src/cost/invariants.c \
  src/cost/invariants.h \
  src/cost/sparse.c \
  src/cost/sparse.h \
  src/lowering/lines_read.c \
  src/lowering/lowering.c \
  src/lowering/lowering.h \
  src/lowering/passes.c \
  src/lowering/tile.c \
  src/lowering/transform.c \
  src/lowering/transform.h \
  src/mapper/bound.c \
  src/mapper/bound.h \
  src/mapper/carried.c \
  src/mapper/carried.h \
  src/mapper/cells.c \
  src/mapper/cells.h \
  src/mapper/choice.c \
  src/mapper/choice.h \
  src/mapper/clock.c \
  src/mapper/clock.h \
  src/mapper/descend.c \
  src/mapper/descend.h \
  src/mapper/dominance.c \
  src/mapper/dominance.h \
  src/mapper/fans.c \
  src/mapper/fans.h \
  src/mapper/front.c \
  src/mapper/holds.c \
  src/mapper/holds.h \
  src/mapper/innermost.c \
  src/mapper/innermost.h \
  src/mapper/map.c \
  src/mapper/operands.c \
  src/mapper/operands.h \
  src/mapper/orders.c \
  src/mapper/orders.h \
  src/mapper/partial.c \
  src/mapper/partial.h \
  src/mapper/partial_sums.c \
  src/mapper/partial_sums.h \
  src/mapper/parts.c \
  src/mapper/parts.h \
  src/mapper/rows.c \
  src/mapper/rows.h \
  src/mapper/runs.c \
  src/mapper/runs.h \
  src/mapper/score.c \
  src/mapper/score.h \
  src/mapper/search.c \
  src/mapper/search.h \
  src/mapper/shares.c \
  src/mapper/shares.h \
  src/mapper/space.c \
  src/mapper/space.h \
  src/mapper/smallest.c \
  src/mapper/smallest.h \
  src/mapper/spaces.c \
  src/mapper/spaces.h \
  src/mapper/starts.c \
  src/mapper/starts.h \
  src/mapper/steps.c \
  src/mapper/steps.h \
  src/mapper/sums.c \
  src/mapper/sums.h \
  src/mapper/tiles.c \
  src/mapper/tiles.h \
  src/mapper/turns.c \
  src/mapper/turns.h \
  src/mapper/uses.c \
  src/mapper/uses.h \
  src/mapper/widths.c \
  src/mapper/widths.h \
  src/run/fronts.c \
  src/run/fronts.h \
  src/run/given.c \
  src/run/given.h \
  src/run/map_row.c \
  src/run/map_row.h \
  src/run/proof.c \
  src/run/rows.h \
  src/run/run.c \
  src/run/run.h \
  src/run/totals.c \
  src/compare/axes.c \
  src/compare/axes.h \
  src/compare/compare.c \
  src/compare/compare.h \
  src/compare/depthwise.c \
  src/compare/depthwise.h \
  src/compare/iso.c \
  src/compare/iso.h \
  src/compare/scaled.c \
  src/compare/scaled.h \
  src/compare/sum.c \
  src/compare/sum.h \
  src/compare/sweep.c \
  src/compare/sweep.h \
  src/validate/bench.c \
  src/validate/bench.h \
  src/validate/formula.c \
  src/validate/formula.h \
  src/validate/plan.c \
  src/validate/plan.h \
  src/validate/published.c \
  src/validate/published.h \
  src/validate/quantity.c \
  src/validate/transforms.c \
  src/validate/validate.c \
  src/validate/validate.h

app_sources = \
  src/report/bars.h \
  src/report/bars.c \
  src/report/bars.h \
  src/report/build_table.c \
  src/report/compare.h \
  src/report/compare_rows.c \
  src/report/compare_text.c \
  src/report/depthwise.h \
  src/report/depthwise_rows.c \
  src/report/depthwise_text.c \
  src/report/describe.c \
  src/report/figure.c \
  src/report/figure.h \
  src/report/figure_latex.c \
  src/report/figure_latex.h \
  src/report/figure_layers.c \
  src/report/figure_layers.h \
  src/report/figure_layout.c \
  src/report/format.c \
  src/report/format.h \
  src/report/gnuplot.c \
  src/report/gnuplot.h \
  src/report/grid.c \
  src/report/grid.h \
  src/report/grid_write.c \
  src/report/latex.c \
  src/report/latex.h \
  src/report/layout.h \
  src/report/output.c \
  src/report/output.h \
  src/report/pgf.c \
  src/report/pgf.h \
  src/report/plot.c \
  src/report/plot.h \
  src/report/plot_buffer.c \
  src/report/plot_compare.c \
  src/report/plot_hierarchy.c \
  src/report/pareto.c \
  src/report/pareto.h \
  src/report/plot_layers.c \
  src/report/plot_pareto.c \
  src/report/plot_reuse.c \
  src/report/plot_roofline.c \
  src/report/plot_validation.c \
  src/report/report.h \
  src/report/roofline.h \
  src/report/roofline_data.c \
  src/report/roofline_latex.c \
  src/report/roofline_name.c \
  src/report/roofline_place.c \
  src/report/rows.h \
  src/report/rows_accesses.c \
  src/report/rows_layers.c \
  src/report/rows_lowering.c \
  src/report/rows_reuse.c \
  src/report/rows_summary.c \
  src/report/bars.h \
  src/report/table.c \
  src/report/table.h \
  src/report/text.h \
  src/report/text_by_type.c \
  src/report/text_layers.c \
  src/report/text_lowering.c \
  src/report/text_reuse.c \
  src/report/text_tables.c \
  src/report/validation.h \
  src/report/write_csv.c \
  src/report/write_json.c \
  src/report/write_text.c \
  src/cli/aliases.c \
  src/cli/aliases.h \
  src/cli/baselines.c \
  src/cli/baselines.h \
  src/cli/cli.h \
  src/cli/commands.h \
  src/cli/compare.c \
  src/cli/evaluate.c \
  src/cli/figures.c \
  src/cli/figures.h \
  src/cli/files.c \
  src/cli/groups.c \
  src/cli/groups.h \
  src/cli/help.c \
  src/cli/inputs.c \
  src/cli/inputs.h \
  src/cli/latex.c \
  src/cli/latex.h \
  src/cli/list.c \
  src/cli/messages.c \
  src/cli/names.c \
  src/cli/names.h \
  src/cli/pareto.c \
  src/cli/nest.c \
  src/cli/options.c \
  src/cli/options.h \
  src/cli/plots.c \
  src/cli/plots.h \
  src/cli/report.c \
  src/cli/result.c \
  src/cli/result.h \
  src/cli/rules.c \
  src/cli/rules.h \
  src/cli/search.c \
  src/cli/search.h \
  src/cli/show.c \
  src/cli/show_arch.c \
  src/cli/show_net.c \
  src/cli/terminal.c \
  src/cli/terminal.h \
  src/cli/validate.c

# All objects of the library once; the tests link them and see reuse__ symbols.
noinst_LTLIBRARIES += libreusecore.la libreuseapp.la
libreusecore_la_SOURCES = $(core_sources)
libreusecore_la_LIBADD = $(GSL_LIBS) $(FYAML_LIBS) $(CSV_LIBS)

libreuseapp_la_SOURCES = $(app_sources)
libreuseapp_la_CPPFLAGS = $(AM_CPPFLAGS) \
  -DREUSEMODEL_PKGDATADIR='"$(pkgdatadir)"'

lib_LTLIBRARIES += libreusemodel.la
libreusemodel_la_SOURCES =
libreusemodel_la_LIBADD = libreusecore.la
libreusemodel_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 \
  -export-symbols-regex '^reuse_[^_]'

bin_PROGRAMS += reusemodel
reusemodel_SOURCES = src/cli/main.c
reusemodel_CPPFLAGS = $(libreuseapp_la_CPPFLAGS)
reusemodel_LDADD = libreuseapp.la libreusecore.la
