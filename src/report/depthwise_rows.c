/* The report on layers of one type as tables of values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/depthwise.h"
#include "report/format.h"
#include "report/rows.h"

const char *const reuse__type_table_name[REUSE__TYPE_TABLES] = {
    "shares", "reuse", "losses", "placements", "remedies"};

static const struct reuse__column share_column[] = {
    {"arch", REUSE__STRING},          {"network", REUSE__STRING},
    {"type", REUSE__STRING},          {"layers", REUSE__INTEGER},
    {"not_modelled", REUSE__INTEGER}, {"macs", REUSE__INTEGER},
    {"macs_share", REUSE__DOUBLE},    {"dram_bytes", REUSE__DOUBLE},
    {"dram_share", REUSE__DOUBLE},    {"buffer_accesses", REUSE__DOUBLE},
    {"buffer_share", REUSE__DOUBLE},  {"time_us", REUSE__DOUBLE},
    {"time_share", REUSE__DOUBLE},    {"energy_pj", REUSE__DOUBLE},
    {"energy_share", REUSE__DOUBLE},  {"utilization", REUSE__DOUBLE},
};

static const struct reuse__column offered_column[] = {
    {"arch", REUSE__STRING},
    {"network", REUSE__STRING},
    {"layer", REUSE__STRING},
    {"macs", REUSE__INTEGER},
    {"filter_reuse", REUSE__DOUBLE},
    {"input_reuse", REUSE__DOUBLE},
    {"output_reuse", REUSE__DOUBLE},
    {"required_filter_reuse", REUSE__DOUBLE},
    {"required_input_reuse", REUSE__DOUBLE},
    {"required_output_reuse", REUSE__DOUBLE},
    {"reuse_bound", REUSE__DOUBLE},
    {"utilization", REUSE__DOUBLE},
};

static const struct reuse__column loss_column[] = {
    {"arch", REUSE__STRING},        {"network", REUSE__STRING},
    {"layer", REUSE__STRING},       {"engine", REUSE__STRING},
    {"dataflow", REUSE__STRING},    {"bound_by", REUSE__STRING},
    {"time_us", REUSE__DOUBLE},     {"utilization", REUSE__DOUBLE},
    {"mapping_loss", REUSE__DOUBLE}, {"edge_loss", REUSE__DOUBLE},
    {"fill_loss", REUSE__DOUBLE},   {"stall_loss", REUSE__DOUBLE},
};

static const struct reuse__column placed_column[] = {
    {"arch", REUSE__STRING},        {"network", REUSE__STRING},
    {"dataflow", REUSE__STRING},    {"layers", REUSE__INTEGER},
    {"chosen_layers", REUSE__INTEGER}, {"possible", REUSE__BOOL},
    {"utilization", REUSE__DOUBLE}, {"time_us", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
};

static const struct reuse__column remedy_column[] = {
    {"arch", REUSE__STRING},            {"network", REUSE__STRING},
    {"change", REUSE__STRING},          {"limited", REUSE__BOOL},
    {"type_time_us", REUSE__DOUBLE},    {"type_energy_pj", REUSE__DOUBLE},
    {"relative_type_time", REUSE__DOUBLE}, {"relative_type_energy", REUSE__DOUBLE},
    {"time_us", REUSE__DOUBLE},         {"energy_pj", REUSE__DOUBLE},
    {"relative_time", REUSE__DOUBLE},   {"relative_energy", REUSE__DOUBLE},
    {"array", REUSE__STRING},
};

static const enum reuse_tensor order[REUSE_TENSORS] = {REUSE_W, REUSE_I, REUSE_O};

static void begin_row(const struct reuse__type_report *report,
                      struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, report->run->arch->name);
  reuse__put_string(table, report->run->network->name);
}

static bool of_type(const struct reuse__type_report *report,
                    const struct reuse__row *row) {
  return row->modelled && row->layer.type == report->type;
}

static double dram_bytes(const struct reuse__totals *t) {
  return t->dram_read_bytes + t->dram_write_bytes;
}

static void put_shares(const struct reuse__type_report *report, const char *type,
                       const struct reuse__totals *part, const struct reuse__totals *all,
                       struct reuse__table *table) {
  begin_row(report, table);
  reuse__put_string(table, type);
  reuse__put_integer(table, part->layers);
  reuse__put_integer(table, part->not_modelled);
  reuse__put_integer(table, part->macs);
  reuse__put_number(table, (double)part->macs / (double)all->macs);
  if (part->layers == part->not_modelled)
    return;
  reuse__put_number(table, dram_bytes(part));
  reuse__put_number(table, dram_bytes(part) / dram_bytes(all));
  reuse__put_number(table, part->buffer_accesses);
  reuse__put_number(table, part->buffer_accesses / all->buffer_accesses);
  reuse__put_number(table, part->time_s * 1e6);
  reuse__put_number(table, part->time_s / all->time_s);
  reuse__put_number(table, part->energy_pj);
  reuse__put_number(table, part->energy_pj / all->energy_pj);
  reuse__put_number(table, part->utilization);
}

static void append_shares(const struct reuse__type_report *report,
                          struct reuse__table *table) {
  struct reuse__totals all, part;
  reuse__totals(report->run, -1, &all);
  for (int type = 0; type < REUSE_LAYER_TYPES; type++) {
    reuse__totals(report->run, type, &part);
    if (part.layers > 0)
      put_shares(report, reuse_layer_type_name[type], &part, &all, table);
  }
  put_shares(report, "total", &all, &all, table);
}

static void put_offered(const struct reuse__type_report *report,
                        const struct reuse__row *row, struct reuse__table *table) {
  const struct reuse_quantity *required = report->run->arch->required_reuse;
  const bool about = reuse__row_is_required(row);
  struct reuse_layer_reuse reuse;
  int operand;
  reuse_layer_reuse(&row->layer, &reuse);
  const double bound =
      reuse__bound_by_reuse(report->run->arch, &row->layer, &reuse, &operand);
  begin_row(report, table);
  reuse__put_string(table, row->layer.name);
  reuse__put_integer(table, row->layer.macs);
  for (int i = 0; i < REUSE_TENSORS; i++)
    reuse__put_number(table, reuse.exact[order[i]]);
  for (int i = 0; i < REUSE_TENSORS; i++) {
    if (about && required[order[i]].given)
      reuse__put_number(table, required[order[i]].value);
    else
      reuse__put_empty(table, 1);
  }
  if (about && (required[0].given || required[1].given || required[2].given))
    reuse__put_number(table, bound);
  else
    reuse__put_empty(table, 1);
  reuse__put_number(table, row->cost.utilization);
}

static void append_offered(const struct reuse__type_report *report,
                           struct reuse__table *table) {
  for (int i = 0; i < report->run->nrows; i++)
    if (of_type(report, &report->run->row[i]))
      put_offered(report, &report->run->row[i], table);
}

/* The columns utilization to stall_loss. */
static void put_peak(const struct reuse__peak *peak, struct reuse__table *table) {
  reuse__put_number(table, peak->useful);
  reuse__put_number(table, peak->mapping);
  reuse__put_number(table, peak->edges);
  reuse__put_number(table, peak->fill);
  reuse__put_number(table, reuse__stalls(peak));
}

static void append_losses(const struct reuse__type_report *report,
                          struct reuse__table *table) {
  const struct reuse__run *run = report->run;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    struct reuse__peak peak;
    if (!of_type(report, row))
      continue;
    reuse__row_peak(run, row, &peak);
    begin_row(report, table);
    reuse__put_string(table, row->layer.name);
    reuse__put_string(table, reuse__row_engine(run, row)->name);
    reuse__put_string(table, reuse__row_pattern(run, row));
    reuse__put_string(table, reuse__row_bound(run, row, table->arena));
    reuse__put_number(table, row->cost.time_s * 1e6);
    put_peak(&peak, table);
  }
  if (report->part.layers == 0)
    return;
  begin_row(report, table);
  reuse__put_string(table, "total");
  reuse__put_empty(table, 3);
  reuse__put_number(table, report->part.time_s * 1e6);
  put_peak(&report->peak, table);
}

static void append_placed(const struct reuse__type_report *report,
                          struct reuse__table *table) {
  for (int i = 0; i < report->nplacements; i++) {
    const struct reuse__placement *p = &report->placement[i];
    begin_row(report, table);
    reuse__put_string(table, p->dataflow);
    reuse__put_integer(table, report->part.layers);
    reuse__put_integer(table, p->chosen);
    reuse__put_bool(table, p->possible);
    if (!p->possible)
      continue;
    reuse__put_number(table, (double)p->sum.macs / p->sum.peak_macs);
    reuse__put_number(table, p->sum.time_s * 1e6);
    reuse__put_number(table, p->sum.energy_pj);
  }
}

/* Time and energy of NOW, and their ratios to BEFORE. */
static void put_change(const struct reuse__sum *now, const struct reuse__sum *before,
                       struct reuse__table *table) {
  reuse__put_number(table, now->time_s * 1e6);
  reuse__put_number(table, now->energy_pj);
  reuse__put_number(table, now->time_s / before->time_s);
  reuse__put_number(table, now->energy_pj / before->energy_pj);
}

static void append_remedies(const struct reuse__type_report *report,
                            struct reuse__table *table) {
  for (int k = 0; report->part.layers > 0 && k < REUSE__RESOURCES; k++) {
    const struct reuse__remedy *remedy = &report->remedy[k];
    begin_row(report, table);
    reuse__put_string(table, reuse__resource_name[k]);
    reuse__put_bool(table, remedy->limited);
    if (!remedy->limited)
      continue;
    put_change(&remedy->part, &report->part, table);
    put_change(&remedy->all, &report->all, table);
    if (*remedy->shape != '\0')
      reuse__put_string(table, remedy->shape);
  }
}

#define LENGTH(array) (int)(sizeof(array) / sizeof(array)[0])

enum reuse_status reuse__type_table(enum reuse__type_table kind,
                                    const struct reuse__type_report *report, int n,
                                    struct reuse_arena *arena,
                                    const struct reuse__table **table) {
  static const struct {
    const struct reuse__column *column;
    int ncolumns;
    void (*append)(const struct reuse__type_report *, struct reuse__table *);
  } made_of[REUSE__TYPE_TABLES] = {
      {share_column, LENGTH(share_column), append_shares},
      {offered_column, LENGTH(offered_column), append_offered},
      {loss_column, LENGTH(loss_column), append_losses},
      {placed_column, LENGTH(placed_column), append_placed},
      {remedy_column, LENGTH(remedy_column), append_remedies}};
  struct reuse__table *made =
      reuse__table_new(arena, made_of[kind].column, made_of[kind].ncolumns);
  if (made == NULL)
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < n; i++)
    made_of[kind].append(&report[i], made);
  if (made->failed)
    return REUSE_ERR_MEMORY;
  *table = made;
  return REUSE_OK;
}
