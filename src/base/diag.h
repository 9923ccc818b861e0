/* Diagnostics: messages with a place, given to the caller's sink.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_DIAG_H
#define REUSE_BASE_DIAG_H

#include "base/arena.h"
#include "reusemodel.h"

/* A position in an input file; line and column are 1-based, 0: unknown. */
struct reuse__place {
  const char *file;
  int line, column;
  const char *source_line; /* without its line end; may be NULL */
};

/* Counts a message in DIAG and gives it to the sink.  DIAG, its sink, PLACE and
 * HINT may be NULL.  Texts above 1000 bytes are cut. */
void reuse__report(struct reuse_diag *diag, enum reuse_severity severity,
                   const struct reuse__place *place, const char *hint,
                   const char *format, ...) REUSE__PRINTF(5, 6);

#endif
