/* How often a partial mapping goes over the words of a tensor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_TURNS_H
#define REUSE_MAPPER_TURNS_H

#include "mapper/partial.h"

/* How often, at least, the loops outside the carrying one, which is decided at position AT,
 * and the instances of LEVEL side by side go over all words of the link's tensor: the product
 * over the dims that do not index it, and what groups that mix dims add.  AT < 0: no loop is
 * known to carry; the instances alone. */
double reuse__repeats(const struct reuse__partial *partial, const struct reuse__chain_link *l,
                      int level, int at);

/* Chunks of dim chain C that the instances outside LEVEL have beside each other, for each
 * of the busiest ones, from which a group goes on; at least. */
double reuse__spread(const struct reuse__chain *c, int level);

#endif
