/* Builders of the tables: each appends the rows of one run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_ROWS_H
#define REUSE_REPORT_ROWS_H

#include "report/table.h"
#include "run/run.h"

/* Columns of a table and what fills them. */
struct reuse__row_builder {
  const struct reuse__column *column;
  int ncolumns;
  void (*append)(const struct reuse__run *run, struct reuse__table *table);
};

extern const struct reuse__row_builder reuse__layers_rows;
extern const struct reuse__row_builder reuse__reuse_rows;      /* no arch */
extern const struct reuse__row_builder reuse__required_rows;   /* with one */
extern const struct reuse__row_builder reuse__accesses_rows;
extern const struct reuse__row_builder reuse__energy_rows;
extern const struct reuse__row_builder reuse__mapping_rows;
extern const struct reuse__row_builder reuse__summary_rows;
extern const struct reuse__row_builder reuse__lowering_rows;

/* Whether LEVEL of ROW's nest keeps TENSOR and the layer has it. */
bool reuse__row_keeps(const struct reuse__row *row, int level, int tensor);

/* The smallest over the operands of min(1, reuse/required), 1 when the machine
 * states no required reuse; *operand is the one that decides, -1 without. */
double reuse__bound_by_reuse(const struct reuse_arch *arch,
                             const struct reuse_layer *layer,
                             const struct reuse_layer_reuse *reuse,
                             int *operand);

/* Whether the machine's required reuse, that of its first engine, is about the
 * engine that runs ROW. */
bool reuse__row_is_required(const struct reuse__row *row);

#endif
