/* Files of aliases: rows name,TARGET,meaning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/aliases.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "network/csv.h"

enum { FILE_BYTES = 64 * 1024, ALIAS_COLUMNS = 3,
       MAX_ALIASES = 512 };

/* The file being read. */
struct reading {
  struct reuse__input input;
  const char *column_name[ALIAS_COLUMNS];
  bool header;                  /* has been read */
  int n;
  struct alias *alias;
};

/* Checks that the fields of the header are those of column_name. */
static bool read_header(struct reading *r, const struct reuse__csv_row *row) {
  r->header = true;
  for (int i = 0; i < ALIAS_COLUMNS; i++)
    if (strcmp(row->field[i], r->column_name[i]) != 0) {
      reuse__input_error(&r->input, row->offset[i], NULL, "this column must be '%s'",
                         r->column_name[i]);
      return false;
    }
  return true;
}

/* Adds the alias in ROW; comments are skipped. */
static bool add_row(void *context, const struct reuse__csv_row *row) {
  struct reading *r = context;
  if (row->field[0][0] == '#')
    return true;
  if (row->nfields != ALIAS_COLUMNS || r->n == MAX_ALIASES) {
    reuse__input_error(&r->input, row->offset[0], NULL,
                       "a row has %d fields, and there are at most %d rows",
                       (int)ALIAS_COLUMNS, (int)MAX_ALIASES);
    return false;
  }
  if (!r->header)
    return read_header(r, row);
  r->alias[r->n++] = (struct alias){
    reuse__input_keep(&r->input, row->field[0], strlen(row->field[0])),
    reuse__input_keep(&r->input, row->field[1], strlen(row->field[1])),
    reuse__input_keep(&r->input, row->field[2], strlen(row->field[2]))
  };
  return true;
}

/* Reads the text of FILE, which stays open, into the arena. */
static int read_text(struct session *session, FILE *file, struct reading *r) {
  char *text = reuse__alloc(session->arena, FILE_BYTES);
  r->alias = reuse__alloc_array(session->arena, MAX_ALIASES, sizeof *r->alias);
  if (!text || !r->alias)
    return memory_error(session);
  r->input.text = text;
  r->input.length = fread(text, 1, FILE_BYTES, file);
  if (!ferror(file) && r->input.length < FILE_BYTES)
    return EXIT_OK;
  const struct reuse__place place = {.file = r->input.path};
  reuse__report(&session->diag, REUSE_ERROR, &place, NULL, "cannot read the file: %s",
                ferror(file) ? strerror(errno) : "it is too large");
  return EXIT_INPUT;
}

int aliases_load(struct session *session, const char *path, const char *target,
                 struct aliases *aliases) {
  struct reading r = {
    .column_name = {"name", target, "meaning"},
    .input = {.path = path, .arena = session->arena, .diag = &session->diag}
  };
  *aliases = (struct aliases){0, NULL};
  FILE *file = fopen(path, "rb");
  if (!file)
    return EXIT_OK;
  int code = read_text(session, file, &r);
  fclose(file);
  if (code != EXIT_OK)
    return code;
  if (!reuse__input_is_text(&r.input) || !reuse__csv_rows(&r.input, 0, add_row, &r))
    return r.input.no_memory ? memory_error(session) : EXIT_INPUT;
  if (r.input.no_memory)
    return memory_error(session);
  *aliases = (struct aliases){r.n, r.alias};
  return EXIT_OK;
}
