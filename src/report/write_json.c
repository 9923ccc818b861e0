/* A value table as a JSON array of objects.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "report/format.h"
#include "report/table.h"

/* TEXT as a JSON string; bytes that are not UTF-8 become U+FFFD. */
static void write_text(const char *text, FILE *stream) {
  putc('"', stream);
  while (*text != '\0') {
    const unsigned char c = (unsigned char)*text;
    const int n = reuse__utf8_length(text);
    if (n == 0)
      fputs("\\ufffd", stream);
    else if (c == '"' || c == '\\')
      fprintf(stream, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      fprintf(stream, "\\u%04x", c);
    else
      fwrite(text, 1, (size_t)n, stream);
    text += n > 0 ? n : 1;
  }
  putc('"', stream);
}

static void write_value(const struct reuse__value *value, enum reuse__type type,
                        FILE *stream) {
  char number[REUSE__NUMBER];
  if (!value->given) {
    fputs("null", stream);
    return;
  }
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

void reuse__write_json(const struct reuse__table *table, FILE *stream) {
  fputs("[", stream);
  for (int r = 0; r < table->nrows; r++) {
    fputs(r > 0 ? ",\n {" : "\n {", stream);
    for (int c = 0; c < table->ncolumns; c++) {
      if (c > 0)
        fputs(", ", stream);
      write_text(table->column[c].name, stream);
      fputs(": ", stream);
      write_value(reuse__table_at(table, r, c), table->column[c].type, stream);
    }
    fputs("}", stream);
  }
  fputs(table->nrows > 0 ? "\n]\n" : "]\n", stream);
}
