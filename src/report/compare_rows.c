/* A comparison as a table of values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"

static const struct reuse__column column[] = {
    {"arch", REUSE__STRING},
    {"network", REUSE__STRING},
    {"type", REUSE__STRING},
    {"layer", REUSE__STRING},
    {"layers", REUSE__INTEGER},
    {"left_out", REUSE__INTEGER},
    {"proven_layers", REUSE__INTEGER},
    {"macs", REUSE__INTEGER},
    {"time_us", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
    {"edp_j_s", REUSE__DOUBLE},
    {"utilization", REUSE__DOUBLE},
    {"dram_bytes", REUSE__DOUBLE},
    {"buffer_accesses", REUSE__DOUBLE},
    {"gops", REUSE__DOUBLE},
    {"gops_per_w", REUSE__DOUBLE},
    {"gops_per_w_without_dram", REUSE__DOUBLE},
    {"relative_to", REUSE__STRING},
    {"relative_time", REUSE__DOUBLE},
    {"relative_energy", REUSE__DOUBLE},
    {"relative_edp", REUSE__DOUBLE},
    {"relative_utilization", REUSE__DOUBLE},
    {"relative_dram_bytes", REUSE__DOUBLE},
    {"relative_buffer_accesses", REUSE__DOUBLE},
    {"relative_gops", REUSE__DOUBLE},
    {"relative_gops_per_w", REUSE__DOUBLE},
    {"relative_gops_per_w_without_dram", REUSE__DOUBLE},
    {"winner", REUSE__BOOL},
    {"margin", REUSE__DOUBLE},
    {"decided_by", REUSE__STRING},
    {"baseline_of", REUSE__STRING},
    {"reduction_time", REUSE__DOUBLE},
    {"reduction_energy", REUSE__DOUBLE},
    {"reduction_edp", REUSE__DOUBLE},
    {"reduction_dram_bytes", REUSE__DOUBLE},
    {"reduction_buffer_accesses", REUSE__DOUBLE},
    {"gap", REUSE__DOUBLE},
    {"every_step", REUSE__BOOL},
};
enum { COLUMNS = sizeof column / sizeof column[0] };

const char *reuse__compared_arch(const struct reuse__side_by_side *comparison, int arch) {
  return comparison->input.run[arch * comparison->input.nnets]->arch->name;
}

const char *reuse__group_network(const struct reuse__side_by_side *comparison,
                                 const struct reuse__group *group) {
  return group->net < 0 ? "geomean"
                        : comparison->input.run[group->net]->network->name;
}

const char *reuse__group_type(const struct reuse__group *group) {
  return group->type < 0 ? "" : reuse_layer_type_name[group->type];
}

const char *reuse__group_layer(const struct reuse__side_by_side *comparison,
                               const struct reuse__group *group) {
  return group->row < 0
             ? ""
             : comparison->input.run[group->net]->row[group->row].layer.name;
}

/* TEXT, or nothing when it is "". */
static void put_text(struct reuse__table *table, const char *text) {
  reuse__put_string(table, text != NULL && *text != '\0' ? text : NULL);
}

/* The columns layers to macs; a mean has none of its own. */
static void put_size(const struct reuse__group *group, const struct reuse__sum *sum,
                     struct reuse__table *table) {
  if (group->net < 0) {
    reuse__put_empty(table, 4);
    return;
  }
  reuse__put_integer(table, sum->layers);
  reuse__put_integer(table, group->left_out);
  reuse__put_integer(table, sum->proven);
  reuse__put_integer(table, sum->macs);
}

/* The columns winner to decided_by. */
static void put_winner(const struct reuse__group *group, int arch,
                       struct reuse__table *table) {
  if (group->winner < 0) {
    reuse__put_empty(table, 3);
    return;
  }
  reuse__put_bool(table, group->winner == arch);
  if (group->winner != arch) {
    reuse__put_empty(table, 2);
    return;
  }
  reuse__put_number(table, group->margin);
  put_text(table, reuse__term_text(&group->term, table->arena));
}

/* The columns baseline_of to reduction_buffer_accesses. */
static void put_reductions(const struct reuse__side_by_side *comparison, int group,
                           int arch, struct reuse__table *table) {
  static const enum reuse__metric metric[] = {
      REUSE__METRIC_TIME, REUSE__METRIC_ENERGY, REUSE__METRIC_EDP, REUSE__METRIC_DRAM,
      REUSE__METRIC_BUFFER};
  const int *baseline_of = comparison->input.baseline_of;
  if (baseline_of == NULL || baseline_of[arch] < 0) {
    reuse__put_empty(table, 6);
    return;
  }
  reuse__put_string(table, reuse__compared_arch(comparison, baseline_of[arch]));
  for (size_t m = 0; m < sizeof metric / sizeof metric[0]; m++)
    reuse__put_number(table, reuse__reduction(comparison, group, arch, metric[m]));
}

static void put_cell(const struct reuse__side_by_side *comparison,
                     const struct reuse__group *group, int arch,
                     const struct reuse__cell *cell, struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, reuse__compared_arch(comparison, arch));
  reuse__put_string(table, reuse__group_network(comparison, group));
  put_text(table, reuse__group_type(group));
  put_text(table, reuse__group_layer(comparison, group));
  put_size(group, &cell->sum, table);
  for (int m = 0; m < REUSE__METRICS; m++)
    reuse__put_number(table, m == REUSE__METRIC_TIME ? cell->value[m] * 1e6
                                                     : cell->value[m]);
  reuse__put_string(table, reuse__compared_arch(comparison, comparison->input.reference));
  for (int m = 0; m < REUSE__METRICS; m++)
    reuse__put_number(table, cell->ratio[m]);
  put_winner(group, arch, table);
  put_reductions(comparison, (int)(group - comparison->group), arch, table);
  if (cell->sum.layers == 0)
    return;
  reuse__put_number(table, cell->sum.gap);
  reuse__put_bool(table, cell->sum.some_steps == 0);
}

enum reuse_status reuse__compare_table(const struct reuse__side_by_side *comparison,
                                       struct reuse_arena *arena,
                                       const struct reuse__table **table) {
  const int narchs = comparison->input.narchs;
  struct reuse__table *made = reuse__table_new(arena, column, COLUMNS);
  if (made == NULL)
    return REUSE_ERR_MEMORY;
  for (int g = 0; g < comparison->ngroups; g++)
    for (int a = 0; a < narchs; a++)
      put_cell(comparison, &comparison->group[g], a, &comparison->cell[g * narchs + a],
               made);
  if (made->failed)
    return REUSE_ERR_MEMORY;
  *table = made;
  return REUSE_OK;
}
