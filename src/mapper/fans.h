/* Ranges of fan-outs: a space cut up by how its spatial loops use the array.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loops that share an array trade their fan-outs.  Within a range of each, the bounds
 * know how much of the array every loop can have.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_FANS_H
#define REUSE_MAPPER_FANS_H

#include "mapper/space.h"

enum { REUSE__MAX_RANGES = 48 };

/* The fan-outs that a space is cut up by: those of its shares, then those of its slots. */
int reuse__nfans(const struct reuse__space *space);
struct reuse__range *reuse__fans(struct reuse__space *space, int i);

/* Whether fan-outs I can be cut up. */
bool reuse__fans_vary(const struct reuse__space *space, int i);

/* The largest that fan-outs I can be. */
int64_t reuse__fans_most(const struct reuse__space *space, int i);

/* Cuts fan-outs I up; the number of ranges. */
int reuse__fans_cut(const struct reuse__space *space, int i,
                    struct reuse__range range[REUSE__MAX_RANGES]);

/* Whether the array has room for the smallest fan-outs. */
bool reuse__fans_fit(const struct reuse__space *space);

#endif
