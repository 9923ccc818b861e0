/* Whether the outputs in a level are partial sums for certain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_PARTIAL_SUMS_H
#define REUSE_MAPPER_PARTIAL_SUMS_H

#include "mapper/space.h"

/* Whether the outputs in LEVEL, of which a tile has WORDS, are partial sums for certain, and that
 * wide, when it is known whether loops that SPLIT the sums stand outside: the instances that it
 * sends them to cannot hold all of them at once, so that loops over outputs stand between.
 * doc/MODEL.md, Lemma 16. */
bool reuse__sums_are_partial(const struct reuse__space *space, int level, bool split,
                             int64_t words);

#endif
