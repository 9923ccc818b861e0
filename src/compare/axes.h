/* Arrays with other axes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_AXES_H
#define REUSE_COMPARE_AXES_H

#include "base/arena.h"
#include "reusemodel.h"

/* The dataflows of BEFORE for an engine with the levels at LEVEL, whose axes are
 * others: limits that were all of an axis are all of the new one.  NULL: no memory. */
const struct reuse_dataflow *reuse__follow_axes(const struct reuse_engine *before,
                                                const struct reuse_level *level,
                                                struct reuse_arena *arena);

/* Makes the first of the two longest axes of LEVEL, the levels of ENGINE, FACTOR times
 * as long and the second one as much shorter; TALL false: the other way.  The fill grows
 * with their sum, the time of a tile, which is shifted along the first, with that.  False:
 * there are no two, or FACTOR does not divide. */
bool reuse__reshape(struct reuse_engine *engine, struct reuse_level *level, int64_t factor,
                    bool tall);

/* The axes of AFTER that BEFORE has in another size, as "rows 32, cols 8"; "" for none,
 * NULL: no memory. */
const char *reuse__axes_text(const struct reuse_arch *before, const struct reuse_arch *after,
                             struct reuse_arena *arena);

#endif
