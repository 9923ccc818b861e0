/* Rows of comma-separated fields (RFC 4180) with the place of each field.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "network/csv.h"

#include <csv.h>
#include <string.h>

struct scan {
  struct reuse__input *in;
  reuse__csv_row_function *function;
  void *context;
  size_t position;       /* of the byte that is being parsed */
  size_t field_start;
  bool field_begun, stopped;
  size_t used;           /* bytes of buffer */
  struct reuse__csv_row row;
  char buffer[REUSE__CSV_BYTES];
};

/* Appends the field to the row; stops when the row is too large. */
static void on_field(void *text, size_t length, void *context) {
  struct scan *scan = context;
  struct reuse__csv_row *row = &scan->row;
  size_t start = scan->field_begun ? scan->field_start : scan->position;
  scan->field_begun = false;
  if (scan->stopped)
    return;
  if (row->nfields == REUSE__CSV_FIELDS ||
      length + 1 > sizeof scan->buffer - scan->used) {
    reuse__input_error(scan->in, start, NULL,
                       "a row has at most %d fields and %d characters",
                       REUSE__CSV_FIELDS, REUSE__CSV_BYTES);
    scan->stopped = true;
    return;
  }
  char *copy = scan->buffer + scan->used;
  if (length > 0)
    memcpy(copy, text, length);
  copy[length] = '\0';
  scan->used += length + 1;
  row->field[row->nfields] = copy;
  row->offset[row->nfields++] = start;
}

/* Hands the row on and begins the next. */
static void on_row(int terminator, void *context) {
  (void)terminator;
  struct scan *scan = context;
  scan->row.end = scan->position;
  if (!scan->stopped)
    scan->stopped = !scan->function(scan->context, &scan->row);
  scan->row.nfields = 0;
  scan->used = 0;
}

/* Parses the byte at POSITION; false when it breaks the syntax. */
static bool scan_byte(struct scan *scan, struct csv_parser *parser) {
  char c = scan->in->text[scan->position];
  bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
  if (!scan->field_begun && !blank && c != ',') {
    scan->field_begun = true;
    scan->field_start = scan->position;
  }
  if (csv_parse(parser, &c, 1, on_field, on_row, scan) == 1)
    return true;
  if (csv_error(parser) == CSV_EPARSE)
    reuse__input_error(scan->in, scan->position,
                       "a field with quotes is quoted as a whole, and the "
                       "quotes inside it are doubled",
                       "character that RFC 4180 does not allow here");
  else
    scan->in->no_memory = true;
  return false;
}

bool reuse__csv_rows(struct reuse__input *in, size_t from,
                     reuse__csv_row_function *function, void *context) {
  struct scan scan = {.in = in, .function = function, .context = context};
  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    in->no_memory = true;
    return false;
  }
  bool ok = true;
  for (scan.position = from; ok && !scan.stopped && scan.position < in->length;
       scan.position++)
    ok = scan_byte(&scan, &parser);
  if (ok && !scan.stopped && csv_fini(&parser, on_field, on_row, &scan) != 0) {
    reuse__input_error(in, scan.field_start, "close it with \"",
                       "quoted field without an end");
    ok = false;
  }
  csv_free(&parser);
  return ok && !scan.stopped;
}
