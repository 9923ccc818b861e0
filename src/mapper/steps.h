/* Steps that a slot's loop may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_STEPS_H
#define REUSE_MAPPER_STEPS_H

#include "mapper/space.h"

enum { REUSE__MAX_STEPS = 4096 };

/* The steps of SLOT over a range of RANGE points, largest first; their number, or -1
 * if that is above REUSE__MAX_STEPS.  A free
 * slot has every step up to a range of 16, or, if ALL, any range; over larger ranges
 * for every number of chunks the smallest step, and the smallest multiples above
 * it of what the spatial slots inside, or some of them, can take at once, for a group also the
 * largest such multiples with as many chunks, for a dim that a group takes over the largest that
 * the group takes in as many times (doc/MODEL.md, "Steps"). */
int reuse__steps(const struct reuse__space *space, int slot, int64_t range, bool all,
                 int64_t step[REUSE__MAX_STEPS]);

/* The largest range that the slots of a chain from SLOT inwards can bring down to 1; 2^40 if
 * any. */
int64_t reuse__largest_range(const struct reuse__space *space, int slot);

/* The largest step that a loop of SLOT can have over a longer range, because the slots
 * inside cannot bring a longer one down to a point; 0 if there is no such limit, or
 * another free temporal slot of the chain follows. */
int64_t reuse__largest_step(const struct reuse__space *space, int slot);

#endif
