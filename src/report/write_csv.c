/* A value table as CSV (RFC 4180).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/format.h"
#include "report/table.h"

/* TEXT, in quotes where a comma, a quote or a line end asks for them. */
static void write_text(const char *text, FILE *stream) {
  if (text[strcspn(text, ",\"\r\n")] == '\0') {
    fputs(text, stream);
    return;
  }
  putc('"', stream);
  for (; *text != '\0'; text++) {
    if (*text == '"')
      putc('"', stream);
    putc(*text, stream);
  }
  putc('"', stream);
}

static void write_value(const struct reuse__value *value, enum reuse__type type,
                        FILE *stream) {
  char number[REUSE__NUMBER];
  if (!value->given)
    return;
  switch (type) {
  case REUSE__INTEGER:
    fprintf(stream, "%" PRId64, value->as.integer);
    break;
  case REUSE__DOUBLE:
    fputs(reuse__shortest(number, value->as.number), stream);
    break;
  case REUSE__STRING:
    write_text(value->as.string, stream);
    break;
  case REUSE__BOOL:
    fputs(value->as.truth ? "true" : "false", stream);
    break;
  }
}

void reuse__write_csv(const struct reuse__table *table, FILE *stream) {
  for (int c = 0; c < table->ncolumns; c++) {
    if (c > 0)
      putc(',', stream);
    write_text(table->column[c].name, stream);
  }
  putc('\n', stream);
  for (int r = 0; r < table->nrows; r++) {
    for (int c = 0; c < table->ncolumns; c++) {
      if (c > 0)
        putc(',', stream);
      write_value(reuse__table_at(table, r, c), table->column[c].type, stream);
    }
    putc('\n', stream);
  }
}
