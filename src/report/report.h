/* Reports on runs: tables of values, tables for people.
 *
 *   runs -> reuse__build_table -> reuse__write_csv | reuse__write_json
 *   runs -> reuse__write_report (text)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_REPORT_H
#define REUSE_REPORT_REPORT_H

#include <stdio.h>

#include "report/table.h"
#include "run/run.h"

enum reuse__table_kind {
  REUSE__LAYERS_TABLE,
  REUSE__REUSE_TABLE,
  REUSE__ACCESSES_TABLE,
  REUSE__ENERGY_TABLE,
  REUSE__MAPPING_TABLE,
  REUSE__SUMMARY_TABLE,
  REUSE__LOWERING_TABLE,
  REUSE__TABLES
};

/* "layers" "reuse" "accesses" "energy" "mapping" "summary" "lowering" */
extern const char *const reuse__table_name[REUSE__TABLES];

/* A run that is not mapped: the layers of NETWORK that LAYER_GLOB (NULL: all)
 * selects, with BATCH applied, none modelled.  ARCH may be NULL.  It is what
 * the reuse table needs; the other tables need an arch.  A glob that selects
 * nothing gives a run without rows.  Errors: those of reuse_layer_batch, memory. */
enum reuse_status reuse__unmapped_run(const struct reuse_arch *arch,
                                      const struct reuse_network_table *network,
                                      int64_t batch, const char *layer_glob,
                                      struct reuse_arena *arena,
                                      struct reuse__run **run);

/* The table of KIND over RUNS, one after the other, allocated in ARENA; it
 * points into the runs.  The reuse table has the columns of an arch when one of
 * the runs has one.  Errors: memory. */
enum reuse_status reuse__build_table(enum reuse__table_kind kind,
                                     const struct reuse__run *const *runs,
                                     int nruns, struct reuse_arena *arena,
                                     const struct reuse__table **table);

struct reuse__latex;

struct reuse__text_style {
  int width;   /* columns of the page; below 40 counts as 40 */
  bool utf8;   /* characters beyond ASCII may be used */
  struct reuse__latex *latex; /* report/latex.h; NULL: plain text */
};

/* The report of KIND for people, fitted to the width.  Memory is taken from
 * ARENA; errors of writing are left in STREAM.  Errors: memory. */
enum reuse_status reuse__write_report(enum reuse__table_kind kind,
                                      const struct reuse__run *const *runs,
                                      int nruns,
                                      const struct reuse__text_style *style,
                                      struct reuse_arena *arena, FILE *stream);

#endif
