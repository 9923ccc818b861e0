/* How large a tile of one dim, or of one flattened group, can be in a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_HOLDS_H
#define REUSE_MAPPER_HOLDS_H

#include "mapper/space.h"

/* Sets the holds of the first slot of every chain: points of it that fit each level at most
 * when every other chain leaves the level as few as it can. */
void reuse__space_hold(struct reuse__space *space);

/* Whether the smallest tiles fit every level. */
bool reuse__tiles_fit(const struct reuse__space *space);

#endif
