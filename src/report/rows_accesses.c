/* Rows of the tables accesses and energy, in long form.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"
#include "report/rows.h"

static const struct reuse__column accesses_column[] = {
    {"arch", REUSE__STRING},      {"network", REUSE__STRING},
    {"index", REUSE__INTEGER},    {"layer", REUSE__STRING},
    {"level", REUSE__STRING},     {"tensor", REUSE__STRING},
    {"loads", REUSE__INTEGER},    {"serves", REUSE__INTEGER},
    {"updates", REUSE__INTEGER},  {"drains", REUSE__INTEGER},
    {"read_bytes", REUSE__DOUBLE}, {"write_bytes", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
};

static const struct reuse__column energy_column[] = {
    {"arch", REUSE__STRING},   {"network", REUSE__STRING},
    {"index", REUSE__INTEGER}, {"layer", REUSE__STRING},
    {"type", REUSE__STRING},   {"component", REUSE__STRING},
    {"level", REUSE__STRING},  {"tensor", REUSE__STRING},
    {"energy_pj", REUSE__DOUBLE},
};

enum { ACCESSES = sizeof accesses_column / sizeof accesses_column[0],
       ENERGIES = sizeof energy_column / sizeof energy_column[0] };

static const char *const tensor_name[REUSE_TENSORS] = {"I", "W", "O"};

bool reuse__row_keeps(const struct reuse__row *row, int level, int tensor) {
  return (row->mapping.nest.level[level].keeps & REUSE_BIT(tensor)) != 0 &&
         (row->layer.problem.tensors & REUSE_BIT(tensor)) != 0;
}

static void put_access(const struct reuse__run *run, const struct reuse__row *row,
                       int level, int tensor, struct reuse__table *table) {
  const struct reuse_traffic *at = &row->cost.counts.at[level][tensor];
  const struct reuse_level_cost *cost = &row->cost.level[level];
  reuse__table_row(table);
  reuse__put_string(table, run->arch->name);
  reuse__put_string(table, run->network->name);
  reuse__put_integer(table, row->index);
  reuse__put_string(table, row->layer.name);
  reuse__put_string(table, reuse__row_engine(run, row)->level[level].name);
  reuse__put_string(table, tensor_name[tensor]);
  reuse__put_integer(table, at->loads);
  reuse__put_integer(table, at->serves);
  reuse__put_integer(table, at->updates);
  reuse__put_integer(table, at->drains);
  reuse__put_number(table, cost->read_bytes[tensor]);
  reuse__put_number(table, cost->write_bytes[tensor]);
  reuse__put_number(table, cost->energy_pj[tensor]);
}

static void append_accesses(const struct reuse__run *run,
                            struct reuse__table *table) {
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (!row->modelled)
      continue;
    for (int l = 0; l < row->cost.nlevels; l++)
      for (int t = 0; t < REUSE_TENSORS; t++)
        if (reuse__row_keeps(row, l, t))
          put_access(run, row, l, t, table);
  }
}

/* One row; LEVEL and TENSOR are NULL where the component has none. */
static void put_energy(const struct reuse__run *run, const struct reuse__row *row,
                       const char *component, const char *level,
                       const char *tensor, double energy_pj,
                       struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, run->arch->name);
  reuse__put_string(table, run->network->name);
  reuse__put_integer(table, row->index);
  reuse__put_string(table, row->layer.name);
  reuse__put_string(table, reuse_layer_type_name[row->layer.type]);
  reuse__put_string(table, component);
  reuse__put_string(table, level);
  reuse__put_string(table, tensor);
  reuse__put_number(table, energy_pj);
}

static void put_energies(const struct reuse__run *run, const struct reuse__row *row,
                         struct reuse__table *table) {
  for (int l = 0; l < row->cost.nlevels; l++) {
    const char *level = reuse__row_engine(run, row)->level[l].name;
    const struct reuse_level_cost *cost = &row->cost.level[l];
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (reuse__row_keeps(row, l, t))
        put_energy(run, row, "memory", level, tensor_name[t], cost->energy_pj[t],
                   table);
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (cost->hop_energy_pj[t] > 0.0)
        put_energy(run, row, "network", level, tensor_name[t],
                   cost->hop_energy_pj[t], table);
  }
  put_energy(run, row, "mac", NULL, NULL, row->cost.mac_energy_pj, table);
  if (row->cost.static_energy_pj > 0.0)
    put_energy(run, row, "static", NULL, NULL, row->cost.static_energy_pj, table);
}

static void append_energies(const struct reuse__run *run,
                            struct reuse__table *table) {
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled)
      put_energies(run, &run->row[i], table);
}

const struct reuse__row_builder reuse__accesses_rows = {accesses_column, ACCESSES,
                                                        append_accesses};
const struct reuse__row_builder reuse__energy_rows = {energy_column, ENERGIES,
                                                      append_energies};
