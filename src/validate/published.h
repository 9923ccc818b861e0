/* Published figures: what papers and data sheets state about machines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_VALIDATE_PUBLISHED_H
#define REUSE_VALIDATE_PUBLISHED_H

#include "reusemodel.h"

/* One figure.  tag is found, derived (from found figures) or recalled. */
struct reuse__figure {
  const char *file;            /* name of the file, without its extension */
  int line;
  const char *system, *network, *layer, *metric, *text, *unit, *source, *tag;
  bool numeric;                /* text is a number, which value is */
  double value;
};

struct reuse__figures {
  int n, capacity;
  struct reuse__figure *figure;
};

/* Whether the figure was only recalled: it never decides a validation. */
bool reuse__recalled(const struct reuse__figure *figure);

/* Appends the figures of the CSV file PATH, called NAME, to *figures, all in
 * ARENA.  Its columns are system, network, layer, metric, value, unit, source
 * and found_or_recalled.  Faults are reported. */
enum reuse_status reuse__published_read(const char *path, const char *name,
                                        struct reuse_arena *arena,
                                        struct reuse__figures *figures,
                                        struct reuse_diag *diag);

#endif
