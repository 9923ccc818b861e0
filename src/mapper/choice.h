/* Points of a space as multiplicities, for the heuristic start.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps follow from the inside out: the last slot of a chain steps by 1 (or, above
 * a flattened group that takes the dim over, by a chosen tile); a slot with
 * multiplicity m has the range step * m, which is the step of the slot outside it.
 * The outermost slot of a chain, and a slot just inside a forced step, take
 * whatever range is left. */
#ifndef REUSE_MAPPER_CHOICE_H
#define REUSE_MAPPER_CHOICE_H

#include "mapper/space.h"

enum {
  REUSE__MAX_UNKNOWNS = REUSE__MAX_SLOTS + REUSE_DIMS + REUSE_MAX_LEVELS,
  REUSE__ORDERS = 6,
  REUSE__MAX_VALUES = 40
};

/* What has to be chosen: a slot's multiplicity, the tile of a dim above its
 * group, or the order of a level that leaves it free. */
enum reuse__unknown_kind { REUSE__MULTIPLICITY, REUSE__TILE, REUSE__ORDER };
struct reuse__unknown {
  enum reuse__unknown_kind kind;
  int of;                       /* slot, dim or level */
};

struct reuse__unknowns {
  const struct reuse__space *space;
  int n;
  struct reuse__unknown unknown[REUSE__MAX_UNKNOWNS];
};

/* The unknowns of SPACE. */
void reuse__unknowns_make(const struct reuse__space *space, struct reuse__unknowns *u);

/* A point of the space: a value for every unknown. */
struct reuse__choice { int64_t value[REUSE__MAX_UNKNOWNS]; };

/* The choice of the largest fan-outs, first slots first, and smallest tiles. */
void reuse__choice_start(const struct reuse__unknowns *unknowns, struct reuse__choice *choice);

/* The nest of a choice.  False if a fan-out exceeds its cap or its axes, or a dim
 * does not come down to one point. */
bool reuse__choice_nest(const struct reuse__unknowns *unknowns,
                       const struct reuse__choice *choice, struct reuse_nest *nest);

/* Values worth trying for unknown U, ascending; their number. */
int reuse__choice_values(const struct reuse__unknowns *unknowns,
                        const struct reuse__choice *choice, int u,
                        int64_t value[REUSE__MAX_VALUES]);

#endif
