/* A table of values: named, typed columns and rows, allocated in an arena.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_TABLE_H
#define REUSE_REPORT_TABLE_H

#include <stdio.h>

#include "reusemodel.h"

enum reuse__type { REUSE__INTEGER, REUSE__DOUBLE, REUSE__STRING, REUSE__BOOL };

struct reuse__column {
  const char *name;
  enum reuse__type type;
};

/* given is false in an empty field, which has no value of any type. */
struct reuse__value {
  bool given;
  union {
    int64_t integer;
    double number;
    const char *string;
    bool truth;
  } as;
};

/* failed is set for good when memory ran out or when a cell did not fit its
 * column; a table that failed must not be written. */
struct reuse__table {
  struct reuse_arena *arena;
  const struct reuse__column *column; /* not copied */
  int ncolumns;
  int nrows, capacity;
  int next;                           /* column of the next cell */
  struct reuse__value *value;         /* nrows * ncolumns */
  bool failed;
};

/* An empty table in ARENA, NULL without memory.  COLUMN is kept, not copied. */
struct reuse__table *reuse__table_new(struct reuse_arena *arena,
                                      const struct reuse__column *column,
                                      int ncolumns);

/* Begins a row of empty fields. */
void reuse__table_row(struct reuse__table *table);

/* The next field of the last row; the type must be the column's.  Strings are
 * kept, not copied.  Numbers that are not finite leave the field empty. */
void reuse__put_integer(struct reuse__table *table, int64_t value);
void reuse__put_number(struct reuse__table *table, double value);
void reuse__put_string(struct reuse__table *table, const char *value);
void reuse__put_bool(struct reuse__table *table, bool value);
void reuse__put_empty(struct reuse__table *table, int nfields);

/* The field in ROW, COLUMN, both from 0. */
const struct reuse__value *reuse__table_at(const struct reuse__table *table,
                                           int row, int column);

/* Writes TABLE as CSV of RFC 4180 (but with bare newlines at line ends) or as a
 * JSON array of objects.  Numbers are in full precision, with a point whatever
 * the locale.  Errors are left in STREAM. */
void reuse__write_csv(const struct reuse__table *table, FILE *stream);
void reuse__write_json(const struct reuse__table *table, FILE *stream);

#endif
