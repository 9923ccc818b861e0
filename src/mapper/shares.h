/* Shares: what loops have of an array together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MACs that work on the same word of a tensor in one step differ in dims that do not index
 * it, so the product of the fan-outs over these dims says how often a word is used at once.
 * Spatial slots of one level over such dims make a share.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_SHARES_H
#define REUSE_MAPPER_SHARES_H

#include "mapper/partial.h"

/* Finds the shares of SPACE, whose slots are known. */
void reuse__space_shares(struct reuse__space *space);

/* Whether SLOT of the partial mapping, with a fan-out of TRIPS, leaves its share within its
 * limits. */
bool reuse__share_holds(const struct reuse__partial *partial, int slot, int64_t trips);

/* The largest fan-out that open SLOT can have beside the other slots of its share and the
 * other shares of its level. */
int64_t reuse__share_room(const struct reuse__partial *partial, int slot);

/* Whether every share can still have its smallest product. */
bool reuse__shares_reach(const struct reuse__partial *partial);

/* At most how many chunks the spatial slots of LEVEL over some of DIMS lay side by side. */
double reuse__share_width(const struct reuse__partial *partial, unsigned dims, int level);

#endif
