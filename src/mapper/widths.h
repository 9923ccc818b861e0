/* How much of the array the loops of a partial mapping can still have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_WIDTHS_H
#define REUSE_MAPPER_WIDTHS_H

#include "mapper/partial.h"

/* Sets the fan-outs of the open spatial slots to the most they can be beside the others;
 * false if one has no room. */
bool reuse__open_fans(struct reuse__partial *partial);

/* At most how many points of a chunk of chain C the open spatial slots lay side by side below an
 * instance of LEVEL; those of its dims included if it is a group without a loop yet.  They are no
 * more than a tile of any level has, times the fan-outs outside it. */
int64_t reuse__open_width(const struct reuse__partial *partial, const struct reuse__chain *c,
                          int level);

/* At most how many chunks the spatial slots of the chains over DIMS lay side by side below
 * an instance of LEVEL. */
double reuse__fan_out(const struct reuse__partial *partial, unsigned dims, int level);

/* At least how many times WIDTH points of chain C's chunks, as view V has them, are taken. */
double reuse__passes(const struct reuse__chain *c, int v, int64_t width);

#endif
