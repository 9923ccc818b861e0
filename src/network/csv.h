/* Rows of comma-separated fields (RFC 4180) with the place of each field.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_CSV_H
#define REUSE_NETWORK_CSV_H

#include "network/input.h"

enum { REUSE__CSV_FIELDS = 48, REUSE__CSV_BYTES = 4096 };

struct reuse__csv_row {
  int nfields;
  const char *field[REUSE__CSV_FIELDS]; /* terminated; valid in the callback */
  size_t offset[REUSE__CSV_FIELDS];     /* of the field's first character */
  size_t end;                           /* of the row */
};

/* Called for every row; false stops the reading. */
typedef bool reuse__csv_row_function(void *context,
                                     const struct reuse__csv_row *row);

/* Hands the rows of IN from offset FROM on to FUNCTION.  Blanks around a field
 * without quotes are not part of it; blank lines are skipped.  False when the
 * text is not RFC 4180 (reported) or the function stopped. */
bool reuse__csv_rows(struct reuse__input *in, size_t from,
                     reuse__csv_row_function *function, void *context);

#endif
