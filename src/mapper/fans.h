/* Ranges of fan-outs: a space cut up by how its spatial loops use the array.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loops that share an array trade their fan-outs.  Within a range of each, the bounds
 * know how much of the array every loop can have.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_FANS_H
#define REUSE_MAPPER_FANS_H

#include "mapper/space.h"

enum { REUSE__MAX_RANGES = 48 };

struct reuse__fan_range { int64_t least, cap; };

/* The next slot of SPACE from SLOT on whose fan-out is worth cutting up, or -1. */
int reuse__fan_slot(const struct reuse__space *space, int slot);

/* Cuts the fan-outs of SLOT up; the number of ranges. */
int reuse__fan_ranges(const struct reuse__space *space, int slot,
                      struct reuse__fan_range range[REUSE__MAX_RANGES]);

/* Whether the array has room for the smallest fan-outs of the slots of SLOT's level. */
bool reuse__fans_fit(const struct reuse__space *space, int slot);

#endif
