/* A table of values: named, typed columns and rows, allocated in an arena.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

struct reuse__table *reuse__table_new(struct reuse_arena *arena,
                                      const struct reuse__column *column,
                                      int ncolumns) {
  struct reuse__table *table = reuse__alloc(arena, sizeof *table);
  if (table == NULL)
    return NULL;
  table->arena = arena;
  table->column = column;
  table->ncolumns = ncolumns;
  return table;
}

/* Room for one more row; false without memory. */
static bool grow(struct reuse__table *table) {
  const int capacity = table->capacity > 0 ? 2 * table->capacity : 32;
  const size_t width = (size_t)table->ncolumns * sizeof *table->value;
  struct reuse__value *value;
  if (table->nrows < table->capacity)
    return true;
  value = reuse__alloc(table->arena, (size_t)capacity * width);
  if (value == NULL)
    return false;
  if (table->nrows > 0)
    memcpy(value, table->value, (size_t)table->nrows * width);
  table->value = value;
  table->capacity = capacity;
  return true;
}

void reuse__table_row(struct reuse__table *table) {
  if (table->failed || !grow(table)) {
    table->failed = true;
    return;
  }
  table->nrows++;
  table->next = 0;
}

/* The next field when it is of TYPE, marked as given; else NULL. */
static struct reuse__value *next_field(struct reuse__table *table,
                                       enum reuse__type type) {
  struct reuse__value *value;
  if (table->failed)
    return NULL;
  if (table->nrows == 0 || table->next >= table->ncolumns ||
      table->column[table->next].type != type) {
    table->failed = true;
    return NULL;
  }
  value = &table->value[(size_t)(table->nrows - 1) * (size_t)table->ncolumns +
                        (size_t)table->next];
  table->next++;
  value->given = true;
  return value;
}

void reuse__put_integer(struct reuse__table *table, int64_t value) {
  struct reuse__value *field = next_field(table, REUSE__INTEGER);
  if (field != NULL)
    field->as.integer = value;
}

void reuse__put_number(struct reuse__table *table, double value) {
  struct reuse__value *field = next_field(table, REUSE__DOUBLE);
  if (field != NULL) {
    field->given = isfinite(value);
    field->as.number = value;
  }
}

void reuse__put_string(struct reuse__table *table, const char *value) {
  struct reuse__value *field = next_field(table, REUSE__STRING);
  if (field != NULL) {
    field->given = value != NULL;
    field->as.string = value;
  }
}

void reuse__put_bool(struct reuse__table *table, bool value) {
  struct reuse__value *field = next_field(table, REUSE__BOOL);
  if (field != NULL)
    field->as.truth = value;
}

void reuse__put_empty(struct reuse__table *table, int nfields) {
  if (table->next + nfields > table->ncolumns)
    table->failed = true;
  else
    table->next += nfields;
}

const struct reuse__value *reuse__table_at(const struct reuse__table *table,
                                           int row, int column) {
  return &table->value[(size_t)row * (size_t)table->ncolumns + (size_t)column];
}
