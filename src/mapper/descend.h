/* Search of one space by coordinate descent.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_DESCEND_H
#define REUSE_MAPPER_DESCEND_H

#include "count/memo.h"
#include "mapper/score.h"
#include "mapper/space.h"

struct reuse__candidate {
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
  struct reuse__score score;
};

/* Finds a mapping of SPACE from which changing one unknown gains nothing.  False
 * if no legal one was met.  Deterministic; MEMO may be NULL. */
bool reuse__descend(const struct reuse__space *space, enum reuse_objective objective,
                    struct reuse__memo *memo, struct reuse__candidate *best);

#endif
