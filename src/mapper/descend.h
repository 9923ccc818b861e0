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

/* Finds a mapping of the space of UNKNOWNS from which changing one unknown gains nothing,
 * the best of STARTS starts, of which the first is the FIRST-th; or, once reuse__seconds()
 * has passed DEADLINE_S, the best one met (0: no deadline, and deterministic).  MEMO may be
 * NULL.  Errors: REUSE_ERR_NO_MAPPING when no legal one was met; REUSE_ERR_LIMIT,
 * REUSE_ERR_OVERFLOW when none of those met could be counted. */
enum reuse_status reuse__descend(const struct reuse__unknowns *unknowns,
                                 const struct reuse_search *wanted, int first, int starts,
                                 double deadline_s, struct reuse__memo *memo,
                                 struct reuse__point *best);

/* Moves BEST on until changing two unknowns together gains nothing either; then KICKS times
 * changes three at random, not the same ones in every ROUND, descends, and stays there if that
 * is better. */
void reuse__polish(const struct reuse__unknowns *unknowns, const struct reuse_search *wanted,
                   int round, int kicks, double deadline_s, struct reuse__memo *memo,
                   struct reuse__point *best);

#endif
