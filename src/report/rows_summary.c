/* Rows of the table summary: one per layer type, and a total.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rows.h"

static const struct reuse__column column[] = {
    {"arch", REUSE__STRING},
    {"network", REUSE__STRING},
    {"type", REUSE__STRING},
    {"layers", REUSE__INTEGER},
    {"not_modelled", REUSE__INTEGER},
    {"macs", REUSE__INTEGER},
    {"effective_macs", REUSE__INTEGER},
    {"macs_share", REUSE__DOUBLE},
    {"utilization", REUSE__DOUBLE},
    {"cycles", REUSE__DOUBLE},
    {"time_us", REUSE__DOUBLE},
    {"time_share", REUSE__DOUBLE},
    {"gops", REUSE__DOUBLE},
    {"ops_per_dram_byte", REUSE__DOUBLE},
    {"dram_read_bytes", REUSE__DOUBLE},
    {"dram_write_bytes", REUSE__DOUBLE},
    {"dram_share", REUSE__DOUBLE},
    {"buffer_accesses", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
    {"energy_share", REUSE__DOUBLE},
    {"mac_energy_pj", REUSE__DOUBLE},
    {"dram_energy_pj", REUSE__DOUBLE},
    {"buffer_energy_pj", REUSE__DOUBLE},
    {"static_energy_pj", REUSE__DOUBLE},
};

static double dram_bytes(const struct reuse__totals *totals) {
  return totals->dram_read_bytes + totals->dram_write_bytes;
}

/* The columns utilization to static_energy_pj. */
static void put_cost(const struct reuse__totals *part,
                     const struct reuse__totals *all, struct reuse__table *table) {
  const double ops = 2.0 * (double)part->macs;
  reuse__put_number(table, part->utilization);
  reuse__put_number(table, part->cycles);
  reuse__put_number(table, part->time_s * 1e6);
  reuse__put_number(table, part->time_s / all->time_s);
  reuse__put_number(table, ops / part->time_s / 1e9);
  reuse__put_number(table, ops / dram_bytes(part));
  reuse__put_number(table, part->dram_read_bytes);
  reuse__put_number(table, part->dram_write_bytes);
  reuse__put_number(table, dram_bytes(part) / dram_bytes(all));
  reuse__put_number(table, part->buffer_accesses);
  reuse__put_number(table, part->energy_pj);
  reuse__put_number(table, part->energy_pj / all->energy_pj);
  reuse__put_number(table, part->mac_energy_pj);
  reuse__put_number(table, part->dram_energy_pj);
  reuse__put_number(table, part->buffer_energy_pj);
  reuse__put_number(table, part->static_energy_pj);
}

static void put_totals(const struct reuse__run *run, const char *type,
                       const struct reuse__totals *part,
                       const struct reuse__totals *all,
                       struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, run->arch->name);
  reuse__put_string(table, run->network->name);
  reuse__put_string(table, type);
  reuse__put_integer(table, part->layers);
  reuse__put_integer(table, part->not_modelled);
  reuse__put_integer(table, part->macs);
  reuse__put_integer(table, part->effective_macs);
  reuse__put_number(table, (double)part->macs / (double)all->macs);
  if (part->layers > part->not_modelled)
    put_cost(part, all, table);
}

static void append(const struct reuse__run *run, struct reuse__table *table) {
  struct reuse__totals all;
  reuse__totals(run, -1, &all);
  for (int type = 0; type < REUSE_LAYER_TYPES; type++) {
    struct reuse__totals part;
    reuse__totals(run, type, &part);
    if (part.layers > 0)
      put_totals(run, reuse_layer_type_name[type], &part, &all, table);
  }
  put_totals(run, "total", &all, &all, table);
}

const struct reuse__row_builder reuse__summary_rows = {
    column, sizeof column / sizeof column[0], append};
