/* Steps that a slot's loop may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_STEPS_H
#define REUSE_MAPPER_STEPS_H

#include "mapper/space.h"

enum { REUSE__MAX_STEPS = 4096 };

/* Which steps of a free slot over a long range: for every number of chunks the smallest, and the
 * smallest multiple above it of what the spatial slots inside can take at once, for a group also
 * the largest such multiple with as many chunks; besides, the smallest multiples of what some of
 * those can take, and for a dim that a group takes over the largest step that the group takes in
 * as many times; or all (doc/MODEL.md, "Steps"). */
enum reuse__which { REUSE__FEW_STEPS, REUSE__USUAL_STEPS, REUSE__EVERY_STEP };

/* The steps of SLOT over a range of RANGE points, largest first; their number, or -1 if that is
 * above REUSE__MAX_STEPS.  Up to a range of 16, of a group 48, a free slot has every step; where
 * there are too many of the usual ones, it has the few. */
int reuse__steps(const struct reuse__space *space, int slot, int64_t range,
                 enum reuse__which which, int64_t step[REUSE__MAX_STEPS]);

/* The least and the largest step that a free slot may have over a range of RANGE points. */
struct reuse__range reuse__steps_range(const struct reuse__space *space, int slot, int64_t range);

/* Whether N steps of SLOT over a range of RANGE points are every one that it may have. */
bool reuse__steps_are_all(const struct reuse__space *space, int slot, int64_t range, int n);

/* The largest range that the slots of a chain from SLOT inwards can bring down to 1; 2^40 if
 * any. */
int64_t reuse__largest_range(const struct reuse__space *space, int slot);

/* The largest step that a loop of SLOT can have over a longer range, because the slots
 * inside cannot bring a longer one down to a point; 0 if there is no such limit, or
 * another free temporal slot of the chain follows. */
int64_t reuse__largest_step(const struct reuse__space *space, int slot);

#endif
