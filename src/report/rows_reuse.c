/* Rows of the table reuse: what a layer offers, what a machine requires.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rows.h"

#define OFFERED_COLUMNS                                                      \
  {"network", REUSE__STRING}, {"index", REUSE__INTEGER},                     \
      {"layer", REUSE__STRING}, {"type", REUSE__STRING},                     \
      {"macs", REUSE__INTEGER}, {"filter_words", REUSE__INTEGER},            \
      {"input_words", REUSE__INTEGER}, {"output_words", REUSE__INTEGER},     \
      {"filter_reuse", REUSE__DOUBLE}, {"input_reuse", REUSE__DOUBLE},       \
      {"output_reuse", REUSE__DOUBLE}

#define CLOSED_FORM_COLUMNS                                                  \
  {"filter_reuse_closed_form", REUSE__DOUBLE},                               \
      {"input_reuse_closed_form", REUSE__DOUBLE},                            \
      {"output_reuse_closed_form", REUSE__DOUBLE}

/* What a network alone has. */
static const struct reuse__column offered[] = {OFFERED_COLUMNS, CLOSED_FORM_COLUMNS};

/* What a network on a machine has. */
static const struct reuse__column required_too[] = {
    OFFERED_COLUMNS,
    {"required_filter_reuse", REUSE__DOUBLE},
    {"required_input_reuse", REUSE__DOUBLE},
    {"required_output_reuse", REUSE__DOUBLE},
    {"reuse_bound", REUSE__DOUBLE},
    {"arch", REUSE__STRING},
    {"utilization", REUSE__DOUBLE},
    CLOSED_FORM_COLUMNS};

enum {
  OFFERED = sizeof offered / sizeof offered[0],
  ALL = sizeof required_too / sizeof required_too[0]
};

/* Filter, input, output: the order of the columns. */
static const enum reuse_tensor order[REUSE_TENSORS] = {REUSE_W, REUSE_I, REUSE_O};

double reuse__bound_by_reuse(const struct reuse_arch *arch,
                             const struct reuse_layer *layer,
                             const struct reuse_layer_reuse *reuse,
                             int *operand) {
  double bound = 1.0;
  *operand = -1;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const struct reuse_quantity *required = &arch->required_reuse[t];
    if (!required->given || required->value <= 0.0 ||
        (layer->problem.tensors & REUSE_BIT(t)) == 0)
      continue;
    if (reuse->exact[t] / required->value < bound) {
      bound = reuse->exact[t] / required->value;
      *operand = t;
    }
  }
  return bound;
}

bool reuse__row_is_required(const struct reuse__row *row) {
  return !row->modelled || row->mapping.engine == 0;
}

/* Three columns: VALUE of the tensors that the layer has. */
static void put_ratios(const struct reuse__row *row, const double *value,
                       struct reuse__table *table) {
  for (int i = 0; i < REUSE_TENSORS; i++) {
    const bool has = row->layer.problem.tensors & REUSE_BIT(order[i]);
    if (has && row->layer.macs > 0)
      reuse__put_number(table, value[order[i]]);
    else
      reuse__put_empty(table, 1);
  }
}

/* The columns that a network alone has. */
static void put_offered(const struct reuse__run *run, const struct reuse__row *row,
                        const struct reuse_layer_reuse *reuse,
                        struct reuse__table *table) {
  const unsigned tensors = row->layer.problem.tensors;
  reuse__put_string(table, run->network->name);
  reuse__put_integer(table, row->index);
  reuse__put_string(table, row->layer.name);
  reuse__put_string(table, reuse_layer_type_name[row->layer.type]);
  reuse__put_integer(table, row->layer.macs);
  for (int i = 0; i < REUSE_TENSORS; i++) {
    if (tensors & REUSE_BIT(order[i]))
      reuse__put_integer(table, reuse->words[order[i]]);
    else
      reuse__put_empty(table, 1);
  }
  put_ratios(row, reuse->exact, table);
}

/* The columns that need an arch. */
static void put_required(const struct reuse__run *run, const struct reuse__row *row,
                         const struct reuse_layer_reuse *reuse,
                         struct reuse__table *table) {
  bool any = false;
  int operand;
  for (int i = 0; i < REUSE_TENSORS; i++) {
    const struct reuse_quantity *required = &run->arch->required_reuse[order[i]];
    if (required->given)
      reuse__put_number(table, required->value);
    else
      reuse__put_empty(table, 1);
    any = any || required->given;
  }
  if (any && row->layer.macs > 0 && reuse__row_is_required(row))
    reuse__put_number(table, reuse__bound_by_reuse(run->arch, &row->layer, reuse,
                                                   &operand));
  else
    reuse__put_empty(table, 1);
  reuse__put_string(table, run->arch->name);
  if (row->modelled)
    reuse__put_number(table, row->cost.utilization);
  else
    reuse__put_empty(table, 1);
}

static void append(const struct reuse__run *run, struct reuse__table *table) {
  for (int i = 0; i < run->nrows; i++) {
    struct reuse_layer_reuse reuse;
    reuse_layer_reuse(&run->row[i].layer, &reuse);
    reuse__table_row(table);
    put_offered(run, &run->row[i], &reuse, table);
    if (run->arch != NULL && table->ncolumns == ALL)
      put_required(run, &run->row[i], &reuse, table);
    put_ratios(&run->row[i], reuse.closed_form, table);
  }
}

const struct reuse__row_builder reuse__reuse_rows = {offered, OFFERED, append};
const struct reuse__row_builder reuse__required_rows = {required_too, ALL, append};
