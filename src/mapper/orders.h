/* Orders of the temporal loops of a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_ORDERS_H
#define REUSE_MAPPER_ORDERS_H

#include "mapper/space.h"

/* One order: slots of a level, outermost first. */
struct reuse__order { int n, slot[REUSE__MAX_SLOTS]; };

/* The slots of LEVEL in the I-th of its orders: temporal ones, then spatial ones.
 * False beyond the last.  ALL gives every permutation of the temporal slots where the
 * level leaves their order free; else one of each class of orders of which none is
 * better (doc/MODEL.md, "Mapper", Lemma 4). */
bool reuse__order_at(const struct reuse__space *space, int level, bool all, int i,
                     struct reuse__order *order);

#endif
