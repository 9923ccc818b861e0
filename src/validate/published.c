/* Published figures: what papers and data sheets state about machines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "validate/published.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "network/csv.h"

enum { FILE_BYTES = 1 << 20, COLUMNS = 8, MAX_FIGURES = 100000 };
enum { SYSTEM, NETWORK, LAYER, METRIC, VALUE, UNIT, SOURCE, TAG };

static const char *const column_name[COLUMNS] = {
  "system", "network", "layer", "metric", "value", "unit", "source", "found_or_recalled"
};

struct reader {
  struct reuse__input in;
  const char *name;
  struct reuse__figures *figures;
  bool header_read;
};

bool reuse__recalled(const struct reuse__figure *figure) {
  return strcmp(figure->tag, "recalled") == 0;
}

/* The next figure of the list, NULL without memory. */
static struct reuse__figure *append(struct reuse_arena *arena, struct reuse__figures *f) {
  if (f->n == f->capacity) {
    const int capacity = f->capacity ? 2 * f->capacity : 256;
    struct reuse__figure *larger =
      reuse__alloc_array(arena, (size_t)capacity, sizeof *larger);
    if (!larger)
      return NULL;
    if (f->n)
      memcpy(larger, f->figure, (size_t)f->n * sizeof *larger);
    f->figure = larger;
    f->capacity = capacity;
  }
  return &f->figure[f->n++];
}

static bool check_header(struct reader *r, const struct reuse__csv_row *row) {
  r->header_read = true;
  for (int i = 0; i < COLUMNS; i++)
    if (i >= row->nfields || strcmp(row->field[i], column_name[i]) != 0) {
      reuse__input_error(&r->in, row->offset[i < row->nfields ? i : 0], NULL,
                         "column %d must be %s", i + 1, column_name[i]);
      return false;
    }
  return true;
}

/* Whether all of TEXT is a decimal number, which *value then is. */
static bool read_number(const char *text, double *value) {
  const bool negative = *text == '-';
  const char *digits = text + negative;
  const size_t n = reuse__parse_number(digits, 0, value);
  if (n == 0 || digits[n])
    return false;
  *value = negative ? -*value : *value;
  return true;
}

static bool read_row(void *context, const struct reuse__csv_row *row) {
  struct reader *r = context;
  if (!r->header_read)
    return check_header(r, row);
  if (row->nfields != COLUMNS) {
    reuse__input_error(&r->in, row->offset[0], NULL, "a figure has %d fields, not %d",
                       (int)COLUMNS, row->nfields);
    return true;
  }
  struct reuse__figure *f =
    r->figures->n < MAX_FIGURES ? append(r->in.arena, r->figures) : NULL;
  if (!f) {
    r->in.no_memory = true;
    return false;
  }
  const char **const text[COLUMNS] = {&f->system, &f->network, &f->layer, &f->metric,
                                      &f->text,   &f->unit,    &f->source, &f->tag};
  for (int i = 0; i < COLUMNS; i++)
    *text[i] = reuse__input_keep(&r->in, row->field[i], strlen(row->field[i]));
  f->file = r->name;
  f->line = reuse__input_line(&r->in, row->offset[0]);
  f->numeric = read_number(f->text, &f->value);
  return true;
}

/* The bytes of the file PATH in ARENA; NULL after a message. */
static char *slurp(const char *path, struct reuse_arena *arena, size_t *length,
                   struct reuse_diag *diag) {
  const struct reuse__place place = {.file = path};
  FILE *file = fopen(path, "rb");
  char *text = file ? reuse__alloc(arena, FILE_BYTES) : NULL;
  *length = text ? fread(text, 1, FILE_BYTES, file) : 0;
  const bool bad = !file || !text || ferror(file) || *length == FILE_BYTES;
  if (bad)
    reuse__report(diag, REUSE_ERROR, &place, NULL, "cannot read: %s",
                  *length == FILE_BYTES ? "it is too large" : strerror(errno));
  if (file)
    fclose(file);
  return bad ? NULL : text;
}

enum reuse_status reuse__published_read(const char *path, const char *name,
                                        struct reuse_arena *arena,
                                        struct reuse__figures *figures,
                                        struct reuse_diag *diag) {
  struct reader r = {.in = {.path = path, .arena = arena, .diag = diag},
                     .name = name, .figures = figures};
  r.in.text = slurp(path, arena, &r.in.length, diag);
  if (!r.in.text)
    return REUSE_ERR_IO;
  if (!reuse__input_is_text(&r.in) || !reuse__csv_rows(&r.in, 0, read_row, &r))
    return r.in.no_memory ? REUSE_ERR_MEMORY : REUSE_ERR_INPUT;
  if (r.in.no_memory)
    return REUSE_ERR_MEMORY;
  return r.in.errors ? REUSE_ERR_INPUT : REUSE_OK;
}
