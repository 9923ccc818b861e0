/* Rows of the tables layers and mapping: one per layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"
#include "report/rows.h"

/* What the search has shown. */
#define PROOF_COLUMNS                                                 \
  {"objective_value", REUSE__DOUBLE}, {"lower_bound", REUSE__DOUBLE}, \
      {"gap", REUSE__DOUBLE}, {"evaluations", REUSE__INTEGER},        \
      {"every_step", REUSE__BOOL}, {"objective", REUSE__STRING}

static const struct reuse__column layers_column[] = {
    {"arch", REUSE__STRING},
    {"network", REUSE__STRING},
    {"index", REUSE__INTEGER},
    {"layer", REUSE__STRING},
    {"type", REUSE__STRING},
    {"engine", REUSE__STRING},
    {"pattern", REUSE__STRING},
    {"lowering", REUSE__STRING},
    {"macs", REUSE__INTEGER},
    {"effective_macs", REUSE__INTEGER},
    {"ops", REUSE__INTEGER},
    {"utilization", REUSE__DOUBLE},
    {"spatial_utilization", REUSE__DOUBLE},
    {"cycles", REUSE__DOUBLE},
    {"time_us", REUSE__DOUBLE},
    {"bound_by", REUSE__STRING},
    {"gops", REUSE__DOUBLE},
    {"ops_per_dram_byte", REUSE__DOUBLE},
    {"dram_read_bytes", REUSE__DOUBLE},
    {"dram_write_bytes", REUSE__DOUBLE},
    {"buffer_accesses", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
    {"mac_energy_pj", REUSE__DOUBLE},
    {"dram_energy_pj", REUSE__DOUBLE},
    {"buffer_energy_pj", REUSE__DOUBLE},
    {"proven_optimal", REUSE__BOOL},
    {"mapping", REUSE__STRING},
    PROOF_COLUMNS,
    {"dram_words", REUSE__DOUBLE},
    {"dram_words_compulsory", REUSE__INTEGER},
    {"dram_words_bound", REUSE__INTEGER},
};

static const struct reuse__column mapping_column[] = {
    {"arch", REUSE__STRING},    {"network", REUSE__STRING},
    {"index", REUSE__INTEGER},  {"layer", REUSE__STRING},
    {"type", REUSE__STRING},    {"engine", REUSE__STRING},
    {"pattern", REUSE__STRING}, {"lowering", REUSE__STRING},
    {"proven_optimal", REUSE__BOOL}, {"mapping", REUSE__STRING},
    PROOF_COLUMNS,
};

enum { LAYERS = sizeof layers_column / sizeof layers_column[0],
       MAPPINGS = sizeof mapping_column / sizeof mapping_column[0] };

/* The columns arch to type. */
static void put_layer(const struct reuse__run *run, const struct reuse__row *row,
                      struct reuse__table *table) {
  reuse__put_string(table, run->arch->name);
  reuse__put_string(table, run->network->name);
  reuse__put_integer(table, row->index);
  reuse__put_string(table, row->layer.name);
  reuse__put_string(table, reuse_layer_type_name[row->layer.type]);
}

/* The columns engine to lowering. */
static void put_placement(const struct reuse__run *run,
                          const struct reuse__row *row,
                          struct reuse__table *table) {
  if (!row->modelled) {
    reuse__put_empty(table, 3);
    return;
  }
  reuse__put_string(table, reuse__row_engine(run, row)->name);
  reuse__put_string(table, reuse__row_pattern(run, row));
  reuse__put_string(table, reuse__row_lowering(row));
}

/* The columns proven_optimal to objective; a given mapping has no proof. */
static void put_mapping(const struct reuse__run *run, const struct reuse__row *row,
                        struct reuse__table *table) {
  const char *mapping = reuse__nest_line(&row->mapping.nest, table->arena);
  if (reuse__is_searched(row))
    reuse__put_bool(table, row->proof.optimal);
  else
    reuse__put_empty(table, 1);
  reuse__put_string(table, mapping);
  reuse__put_number(table, reuse__objective_value(run, row));
  if (!reuse__is_searched(row)) {
    reuse__put_empty(table, 4);
    reuse__put_string(table, reuse_objective_name[run->search.objective]);
    return;
  }
  reuse__put_number(table, row->proof.lower_bound);
  reuse__put_number(table, reuse__gap(run, row));
  reuse__put_integer(table, row->proof.evaluations);
  reuse__put_bool(table, row->proof.every_step);
  reuse__put_string(table, reuse_objective_name[run->search.objective]);
}

/* The columns dram_words to dram_words_bound. */
static void put_dram(const struct reuse__run *run, const struct reuse__row *row,
                     double words, struct reuse__table *table) {
  struct reuse_dram_bounds bounds;
  reuse__put_number(table, words);
  if (!reuse__row_dram_bounds(run, row, &bounds))
    return;
  reuse__put_integer(table, bounds.compulsory);
  reuse__put_integer(table, bounds.bound);
}

/* The columns utilization to dram_words_bound. */
static void put_cost(const struct reuse__run *run, const struct reuse__row *row,
                     struct reuse__table *table) {
  const struct reuse_evaluation *cost = &row->cost;
  const double ops = 2.0 * (double)row->layer.macs;
  struct reuse__roles roles;
  reuse__roles(run, row, &roles);
  reuse__put_number(table, cost->utilization);
  reuse__put_number(table, cost->spatial_utilization);
  reuse__put_number(table, cost->cycles);
  reuse__put_number(table, cost->time_s * 1e6);
  reuse__put_string(table, reuse__row_bound(run, row, table->arena));
  reuse__put_number(table, ops / cost->time_s / 1e9);
  reuse__put_number(table, ops / (roles.dram_read_bytes + roles.dram_write_bytes));
  reuse__put_number(table, roles.dram_read_bytes);
  reuse__put_number(table, roles.dram_write_bytes);
  reuse__put_number(table, roles.buffer_accesses);
  reuse__put_number(table, cost->energy_pj);
  reuse__put_number(table, cost->mac_energy_pj);
  reuse__put_number(table, roles.dram_energy_pj);
  reuse__put_number(table, roles.buffer_energy_pj);
  put_mapping(run, row, table);
  put_dram(run, row, roles.dram_words, table);
}

static void append_layers(const struct reuse__run *run, struct reuse__table *table) {
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    reuse__table_row(table);
    put_layer(run, row, table);
    put_placement(run, row, table);
    reuse__put_integer(table, row->layer.macs);
    if (row->modelled)
      reuse__put_integer(table, row->cost.counts.effective_macs);
    else
      reuse__put_empty(table, 1);
    reuse__put_integer(table, 2 * row->layer.macs);
    if (row->modelled)
      put_cost(run, row, table);
  }
}

static void append_mappings(const struct reuse__run *run,
                            struct reuse__table *table) {
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    reuse__table_row(table);
    put_layer(run, row, table);
    put_placement(run, row, table);
    if (row->modelled)
      put_mapping(run, row, table);
  }
}

const struct reuse__row_builder reuse__layers_rows = {layers_column, LAYERS,
                                                      append_layers};
const struct reuse__row_builder reuse__mapping_rows = {mapping_column, MAPPINGS,
                                                       append_mappings};
