/* The columns of a network file, and a row as integers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_COLUMNS_H
#define REUSE_NETWORK_COLUMNS_H

#include "network/csv.h"

enum reuse__column {
  REUSE__NAME_COLUMN, REUSE__TYPE_COLUMN, REUSE__COL_N, REUSE__COL_G,
  REUSE__COL_C, REUSE__COL_K, REUSE__COL_H, REUSE__COL_W, REUSE__COL_R,
  REUSE__COL_S, REUSE__COL_P, REUSE__COL_Q, REUSE__STRIDE_H, REUSE__STRIDE_W,
  REUSE__DIL_H, REUSE__DIL_W, REUSE__PAD_T, REUSE__PAD_B, REUSE__PAD_L,
  REUSE__PAD_R, REUSE__BIAS, REUSE__NORM, REUSE__OPERAND, REUSE__SERIAL,
  REUSE__COLUMNS
};

/* Where each column stands: position in a row, -1 absent. */
struct reuse__header {
  int position[REUSE__COLUMNS];
  int ncolumns;
};

/* A row with integers read.  value is unused for name, type and operand;
 * operand is a letter of "wta-", 0 when not given. */
struct reuse__row {
  const char *name;             /* in the arena */
  enum reuse_layer_type type;
  char operand;
  int64_t value[REUSE__COLUMNS];
  size_t offset[REUSE__COLUMNS]; /* of the row's name for absent columns */
};

/* The name of COLUMN as the header writes it. */
const char *reuse__column_name(enum reuse__column column);

/* Resolves the header line; false when a column is unknown, given twice or
 * missing (reported). */
bool reuse__header_read(struct reuse__input *in,
                        const struct reuse__csv_row *fields,
                        struct reuse__header *header);

/* Reads a row; false when a field is wrong (reported). */
bool reuse__row_read(struct reuse__input *in,
                     const struct reuse__header *header,
                     const struct reuse__csv_row *fields,
                     struct reuse__row *row);

/* The non-negative decimal integer TEXT, at OFFSET, called WHAT in messages;
 * false when it is none or below MINIMUM (reported). */
bool reuse__integer_read(struct reuse__input *in, size_t offset,
                         const char *what, const char *text, int64_t minimum,
                         int64_t *value);

/* Whether NAME (a layer's, a network's), at OFFSET, is one to 63 characters
 * of letters, digits and "_./:+-"; reported if not. */
bool reuse__name_check(struct reuse__input *in, size_t offset, const char *name);

#endif
