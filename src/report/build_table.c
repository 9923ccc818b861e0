/* The tables by name, and runs that need no mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fnmatch.h>

#include "base/arena.h"
#include "report/report.h"
#include "report/rows.h"

const char *const reuse__table_name[REUSE__TABLES] = {
    "layers", "reuse", "accesses", "energy", "mapping", "summary", "lowering"};

/* The builder of each kind; the reuse table's is that without an arch. */
static const struct reuse__row_builder *const builder[REUSE__TABLES] = {
    &reuse__layers_rows, &reuse__reuse_rows,   &reuse__accesses_rows,
    &reuse__energy_rows, &reuse__mapping_rows, &reuse__summary_rows,
    &reuse__lowering_rows};

enum reuse_status reuse__unmapped_run(const struct reuse_arch *arch,
                                      const struct reuse_network_table *network,
                                      int64_t batch, const char *layer_glob,
                                      struct reuse_arena *arena,
                                      struct reuse__run **run) {
  struct reuse__run *made = reuse__alloc(arena, sizeof *made);
  if (made == NULL)
    return REUSE_ERR_MEMORY;
  made->row = reuse__alloc(arena, ((size_t)network->nlayers + 1) * sizeof *made->row);
  if (made->row == NULL)
    return REUSE_ERR_MEMORY;
  made->arch = arch;
  made->network = network;
  made->batch = batch;
  for (int i = 0; i < network->nlayers; i++) {
    struct reuse__row *row = &made->row[made->nrows];
    enum reuse_status status;
    if (layer_glob != NULL && fnmatch(layer_glob, network->layer[i].name, 0) != 0)
      continue;
    status = reuse_layer_batch(&network->layer[i], batch, &row->layer);
    if (status != REUSE_OK)
      return status;
    row->index = i + 1;
    made->nrows++;
  }
  *run = made;
  return REUSE_OK;
}

/* Whether one of RUNS has an arch. */
static bool any_arch(const struct reuse__run *const *runs, int nruns) {
  for (int i = 0; i < nruns; i++)
    if (runs[i]->arch != NULL)
      return true;
  return false;
}

enum reuse_status reuse__build_table(enum reuse__table_kind kind,
                                     const struct reuse__run *const *runs,
                                     int nruns, struct reuse_arena *arena,
                                     const struct reuse__table **table) {
  const struct reuse__row_builder *rows = builder[kind];
  struct reuse__table *built;
  if (kind == REUSE__REUSE_TABLE && any_arch(runs, nruns))
    rows = &reuse__required_rows;
  built = reuse__table_new(arena, rows->column, rows->ncolumns);
  if (built == NULL)
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < nruns; i++)
    rows->append(runs[i], built);
  if (built->failed)
    return REUSE_ERR_MEMORY;
  *table = built;
  return REUSE_OK;
}
