/* The columns of a network file, and a row as integers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "network/columns.h"

#include <string.h>

#include "base/text.h"

enum { MAX_NAME = 63, MAX_HINT = 320 };

/* A column: whether a file must have it, and for integers the least value and
 * the value of an absent or empty optional field. */
struct column {
  const char *name;
  bool required, integer;
  int minimum;
};

static const struct column columns[REUSE__COLUMNS] = {
  [REUSE__NAME_COLUMN] = {"name",     true,  false, 0},
  [REUSE__TYPE_COLUMN] = {"type",     true,  false, 0},
  [REUSE__COL_N]       = {"N",        true,  true,  1},
  [REUSE__COL_G]       = {"G",        true,  true,  1},
  [REUSE__COL_C]       = {"C",        true,  true,  1},
  [REUSE__COL_K]       = {"K",        true,  true,  1},
  [REUSE__COL_H]       = {"H",        true,  true,  1},
  [REUSE__COL_W]       = {"W",        true,  true,  1},
  [REUSE__COL_R]       = {"R",        true,  true,  1},
  [REUSE__COL_S]       = {"S",        true,  true,  1},
  [REUSE__COL_P]       = {"P",        true,  true,  1},
  [REUSE__COL_Q]       = {"Q",        true,  true,  1},
  [REUSE__STRIDE_H]    = {"stride_h", true,  true,  1},
  [REUSE__STRIDE_W]    = {"stride_w", true,  true,  1},
  [REUSE__DIL_H]       = {"dil_h",    true,  true,  1},
  [REUSE__DIL_W]       = {"dil_w",    true,  true,  1},
  [REUSE__PAD_T]       = {"pad_t",    true,  true,  0},
  [REUSE__PAD_B]       = {"pad_b",    true,  true,  0},
  [REUSE__PAD_L]       = {"pad_l",    true,  true,  0},
  [REUSE__PAD_R]       = {"pad_r",    true,  true,  0},
  [REUSE__BIAS]        = {"bias",     false, true,  0},
  [REUSE__NORM]        = {"norm",     false, true,  0},
  [REUSE__OPERAND]     = {"operand",  false, false, 0},
  [REUSE__SERIAL]      = {"serial",   false, true,  0},
};

const char *reuse__column_name(enum reuse__column column) {
  return columns[column].name;
}

/* Reports the required columns that the header lacks, in one message. */
static bool check_complete(struct reuse__input *in,
                           const struct reuse__csv_row *fields,
                           const struct reuse__header *header) {
  char missing[REUSE__COLUMNS * 12] = "";
  int count = 0;
  for (int i = 0; i < REUSE__COLUMNS; i++) {
    if (!columns[i].required || header->position[i] >= 0)
      continue;
    if (count++ > 0)
      strcat(missing, ", ");
    strcat(missing, columns[i].name);
  }
  if (count > 0)
    reuse__input_error(in, fields->offset[0],
                       "the first line after the comments names the columns, "
                       "in any order",
                       "missing column%s %s", count > 1 ? "s" : "", missing);
  return count == 0;
}

bool reuse__header_read(struct reuse__input *in,
                        const struct reuse__csv_row *fields,
                        struct reuse__header *header) {
  const char *names[REUSE__COLUMNS];
  for (int i = 0; i < REUSE__COLUMNS; i++) {
    names[i] = columns[i].name;
    header->position[i] = -1;
  }
  header->ncolumns = fields->nfields;
  bool ok = true;
  for (int i = 0; i < fields->nfields; i++) {
    int column = reuse__index_of(fields->field[i], names, REUSE__COLUMNS);
    if (column < 0) {
      char hint[MAX_HINT];
      reuse__suggestion(fields->field[i], "columns", names, REUSE__COLUMNS,
                        hint, sizeof hint);
      reuse__input_error(in, fields->offset[i], hint, "unknown column '%s'",
                         fields->field[i]);
      ok = false;
    } else if (header->position[column] >= 0) {
      reuse__input_error(in, fields->offset[i], NULL,
                         "column '%s' is given twice", fields->field[i]);
      ok = false;
    } else {
      header->position[column] = i;
    }
  }
  return check_complete(in, fields, header) && ok;
}

bool reuse__integer_read(struct reuse__input *in, size_t offset,
                         const char *what, const char *text, int64_t minimum,
                         int64_t *value) {
  int64_t result;
  bool fits;
  if (!reuse__parse_int(text, &result, &fits)) {
    reuse__input_error(in, offset, "write a decimal integer",
                       text[0] == '\0' ? "%s is empty%s"
                                       : "%s is not an integer: '%s'",
                       what, text);
    return false;
  }
  if (!fits) {
    reuse__input_error(in, offset, NULL, "%s does not fit in 63 bits: %s", what,
                       text);
    return false;
  }
  if (result < minimum) {
    reuse__input_error(in, offset, NULL, "%s is %s, it must be at least %lld",
                       what, text, (long long)minimum);
    return false;
  }
  *value = result;
  return true;
}

bool reuse__name_check(struct reuse__input *in, size_t offset,
                       const char *name) {
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./:+-";
  size_t n = strspn(name, allowed);
  if (n > 0 && n <= MAX_NAME && name[n] == '\0')
    return true;
  const char *hint = name[0] == '#'
                         ? "comments stand before the line of columns only"
                         : "a name is one to 63 letters, digits and _./:+-";
  reuse__input_error(in, offset, hint, "bad name '%s'", name);
  return false;
}

/* The layer type called TEXT; false and a report if there is none. */
static bool read_type(struct reuse__input *in, size_t offset, const char *text,
                      enum reuse_layer_type *type) {
  int index = reuse__index_of(text, reuse_layer_type_name, REUSE_LAYER_TYPES);
  if (index >= 0) {
    *type = (enum reuse_layer_type)index;
    return true;
  }
  char hint[MAX_HINT];
  reuse__suggestion(text, "types", reuse_layer_type_name, REUSE_LAYER_TYPES,
                    hint, sizeof hint);
  reuse__input_error(in, offset, hint, "unknown layer type '%s'", text);
  return false;
}

/* The operand letter TEXT, 0 for an empty one; false and a report if wrong. */
static bool read_operand(struct reuse__input *in, size_t offset,
                         const char *text, char *operand) {
  *operand = text[0];
  if (text[0] == '\0' || (strchr("wta-", text[0]) != NULL && text[1] == '\0'))
    return true;
  reuse__input_error(in, offset,
                     "w: weights, t: weights tied to another layer's, "
                     "a: activations, -: none",
                     "unknown operand '%s'", text);
  return false;
}

/* Reports a row with another number of fields than the header. */
static bool check_length(struct reuse__input *in,
                         const struct reuse__header *header,
                         const struct reuse__csv_row *fields) {
  if (fields->nfields == header->ncolumns)
    return true;
  size_t offset = fields->nfields > header->ncolumns
                      ? fields->offset[header->ncolumns]
                      : fields->end;
  const char *hint = fields->field[0][0] == '#'
                         ? "comments stand before the line of columns only"
                         : NULL;
  reuse__input_error(in, offset, hint,
                     "the row has %d fields, the header has %d",
                     fields->nfields, header->ncolumns);
  return false;
}

bool reuse__row_read(struct reuse__input *in,
                     const struct reuse__header *header,
                     const struct reuse__csv_row *fields,
                     struct reuse__row *row) {
  if (!check_length(in, header, fields))
    return false;
  const char *text[REUSE__COLUMNS];
  bool ok = true;
  for (int i = 0; i < REUSE__COLUMNS; i++) {
    int at = header->position[i];
    text[i] = at >= 0 ? fields->field[at] : "";
    row->offset[i] = fields->offset[at >= 0 ? at : header->position[0]];
    row->value[i] = columns[i].minimum;
    bool absent = !columns[i].required && text[i][0] == '\0';
    if (columns[i].integer && !absent)
      ok = reuse__integer_read(in, row->offset[i], columns[i].name, text[i],
                               columns[i].minimum, &row->value[i]) && ok;
  }
  if (row->value[REUSE__SERIAL] > 1) {
    reuse__input_error(in, row->offset[REUSE__SERIAL], NULL,
                       "serial is 0 or 1, not %s", text[REUSE__SERIAL]);
    ok = false;
  }
  const char *name = text[REUSE__NAME_COLUMN];
  row->name = reuse__input_keep(in, name, strlen(name));
  ok = reuse__name_check(in, row->offset[REUSE__NAME_COLUMN], name) && ok;
  ok = read_type(in, row->offset[REUSE__TYPE_COLUMN], text[REUSE__TYPE_COLUMN],
                 &row->type) && ok;
  return read_operand(in, row->offset[REUSE__OPERAND], text[REUSE__OPERAND],
                      &row->operand) && ok;
}
