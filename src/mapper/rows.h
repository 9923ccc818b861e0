/* Rows (axis 0) and columns (axis 1) of the raw input that tiles touch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_ROWS_H
#define REUSE_MAPPER_ROWS_H

#include "mapper/partial.h"

/* Rows that exist and are used. */
double reuse__all_rows(const struct reuse_problem *problem, int axis);

/* Rows of all tiles that the loops of the output rows' chain C make before DEPTH, each
 * tile's counted; at least those that exist. */
double reuse__rows_of_tiles(const struct reuse__partial *partial, const struct reuse__chain *c,
                            int axis, int depth);

/* Rows that the tile loop AT of chain C with STEP brings in each time that it runs again
 * from its first tile: all but those that its last and first tile share.  If instances
 * IDLE in a short last tile, the one before counts; of a step that is only known to be at
 * most STEP the second, which is the nearest. */
double reuse__rows_again(const struct reuse__partial *partial, const struct reuse__chain *c,
                         int axis, const struct reuse__decided *at, int64_t step, bool idles);

/* Whether any M outputs in a row have at least the share M of all of the rows. */
bool reuse__rows_in_proportion(const struct reuse_problem *problem, int axis);

#endif
