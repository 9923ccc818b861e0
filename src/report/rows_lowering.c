/* Rows of the table lowering: one for each way to lower a layer that was tried.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"
#include "report/rows.h"

static const struct reuse__column column[] = {
    {"arch", REUSE__STRING},
    {"network", REUSE__STRING},
    {"index", REUSE__INTEGER},
    {"layer", REUSE__STRING},
    {"type", REUSE__STRING},
    {"lowering", REUSE__STRING},
    {"chosen", REUSE__BOOL},
    {"refused", REUSE__STRING},
    {"macs", REUSE__INTEGER},
    {"multiplications", REUSE__INTEGER},
    {"input_transform_ops", REUSE__INTEGER},
    {"output_transform_ops", REUSE__INTEGER},
    {"filter_transform_ops", REUSE__INTEGER},
    {"work_per_mac", REUSE__DOUBLE},
    {"filter_words", REUSE__INTEGER},
    {"transform_read_bytes", REUSE__DOUBLE},
    {"transform_write_bytes", REUSE__DOUBLE},
    {"transform_cycles", REUSE__DOUBLE},
    {"transform_energy_pj", REUSE__DOUBLE},
    {"cycles", REUSE__DOUBLE},
    {"energy_pj", REUSE__DOUBLE},
};

/* The columns multiplications to transform_energy_pj. */
static void put_transform(const struct reuse__row *row,
                          const struct reuse__candidate *c, struct reuse__table *table) {
  const struct reuse__transform *t = &c->transform;
  const double work = (double)reuse__transform_work(t);
  reuse__put_integer(table, t->products.macs);
  reuse__put_integer(table, t->input_ops);
  reuse__put_integer(table, t->output_ops);
  reuse__put_integer(table, t->filter_ops);
  reuse__put_number(table, work / (double)row->layer.macs);
  reuse__put_integer(table, t->products.weights);
  reuse__put_number(table, c->passes.read_bytes);
  reuse__put_number(table, c->passes.write_bytes);
  reuse__put_number(table, c->passes.cycles);
  reuse__put_number(table, c->passes.energy_pj);
}

/* The same columns of a layer that is not transformed. */
static void put_plain(const struct reuse__row *row, struct reuse__table *table) {
  reuse__put_integer(table, row->layer.macs);
  for (int i = 0; i < 3; i++)
    reuse__put_integer(table, 0);
  reuse__put_number(table, 1);
  reuse__put_integer(table, reuse_tensor_words(&row->layer.problem, REUSE_W));
  for (int i = 0; i < 4; i++)
    reuse__put_number(table, 0);
}

/* The columns arch to macs. */
static void put_head(const struct reuse__run *run, const struct reuse__row *row,
                     const char *name, bool chosen, const char *refused,
                     struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, run->arch->name);
  reuse__put_string(table, run->network->name);
  reuse__put_integer(table, row->index);
  reuse__put_string(table, row->layer.name);
  reuse__put_string(table, reuse_layer_type_name[row->layer.type]);
  reuse__put_string(table, name);
  reuse__put_bool(table, chosen);
  if (refused != NULL)
    reuse__put_string(table, refused);
  else
    reuse__put_empty(table, 1);
  reuse__put_integer(table, row->layer.macs);
}

static void put_candidate(const struct reuse__run *run, const struct reuse__row *row,
                          int i, struct reuse__table *table) {
  const struct reuse__candidate *c = &row->candidate[i];
  put_head(run, row, c->name, i == row->chosen, c->refused, table);
  if (c->refused != NULL)
    return;
  if (c->transformed)
    put_transform(row, c, table);
  else
    put_plain(row, table);
  reuse__put_number(table, c->cycles);
  reuse__put_number(table, c->energy_pj);
}

static void append(const struct reuse__run *run, struct reuse__table *table) {
  for (int r = 0; r < run->nrows; r++) {
    const struct reuse__row *row = &run->row[r];
    for (int i = 0; i < row->ncandidates; i++)
      put_candidate(run, row, i, table);
    if (!row->modelled || row->ncandidates > 0)
      continue;
    put_head(run, row, reuse__row_lowering(row), true, NULL, table);
    put_plain(row, table);
    reuse__put_number(table, row->cost.cycles);
    reuse__put_number(table, row->cost.energy_pj);
  }
}

const struct reuse__row_builder reuse__lowering_rows = {
    column, sizeof column / sizeof column[0], append};
