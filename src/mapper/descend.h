/* Search of one space by coordinate descent.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_DESCEND_H
#define REUSE_MAPPER_DESCEND_H

#include "mapper/choice.h"
#include "mapper/search.h"

struct reuse__point {
  struct reuse__choice choice;
  struct reuse__candidate cost;
};

/* Finds a mapping of the space of UNKNOWNS from which changing one unknown gains nothing, the best
 * of several starts.  Deterministic; MEMO may be NULL.  Errors: REUSE_ERR_NO_MAPPING
 * when no legal one was met; REUSE_ERR_LIMIT, REUSE_ERR_OVERFLOW when none of those
 * met could be counted. */
enum reuse_status reuse__descend(const struct reuse__unknowns *unknowns,
                                 const struct reuse_search *wanted,
                                 struct reuse__memo *memo, struct reuse__point *best);

/* Moves BEST on until changing two unknowns together gains nothing either. */
void reuse__polish(const struct reuse__unknowns *unknowns, const struct reuse_search *wanted,
                   struct reuse__memo *memo, struct reuse__point *best);

#endif
