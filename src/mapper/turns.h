/* How often a partial mapping goes over the words of a tensor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_TURNS_H
#define REUSE_MAPPER_TURNS_H

#include "mapper/partial.h"

enum { REUSE__INSIDE = REUSE__MAX_SLOTS };

/* How often, at least, the loops outside the carrying one, which is decided at position AT,
 * and the instances of LEVEL side by side go over all words of the link's tensor: the product
 * over the dims that do not index it, and what groups that mix dims add.  AT < 0: no loop is
 * known to carry; the instances alone.  REUSE__INSIDE + I:
 * some of the loops of the slots from number I on carry, and those before it count. */
double reuse__repeats(const struct reuse__partial *partial, const struct reuse__chain_link *l,
                      int level, int at);

/* Turns of the first DEPTH loops of group C, none of whose dims index the link's tensor, in
 * all ranges that the loops of these dims leave to it, each times the instances outside LEVEL;
 * what is left of a chunk then takes as many more as bring it down to MOST points (0: not
 * known); at least. */
double reuse__group_turns(const struct reuse__partial *partial, const struct reuse__chain *c,
                          const struct reuse__chain_link *l, int level, int depth,
                          int64_t most);

#endif
