/* Orders of the temporal loops of a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_ORDERS_H
#define REUSE_MAPPER_ORDERS_H

#include "mapper/space.h"

/* One order: slots of a level, outermost first, temporal ones before spatial ones. */
struct reuse__order { int n, slot[REUSE_MAX_RULES * 2]; };

/* The level's own order, or such in which the range of a loop depends on those outside it; all
 * permutations; one order of each class. */
enum reuse__orders_kind { REUSE__GIVEN_ORDERS, REUSE__ALL_ORDERS, REUSE__CLASSES };

/* Orders of the slots of LEVEL: every permutation of the temporal ones where the level
 * leaves their order free and ALL is asked for; else one of each class of orders of which
 * none is better than the others (doc/MODEL.md, "Mapper").  The caller frees *ORDER.
 * Returns their number, at least 1, or 0 when there are more than eight loops in a free
 * order, or no memory. */
int reuse__orders(const struct reuse__space *space, int level, bool all,
                  struct reuse__order **order, enum reuse__orders_kind *kind);

/* Whether an order before number AT of LIST has the slots of the mask LOOPS in the same
 * succession. */
bool reuse__order_is_repeated(const struct reuse__order *list, int at, uint64_t loops);

/* Whether no order that reuse__orders leaves out without ALL can be better than all others:
 * whether none is left out, or no instance can idle in a way that orders differ in. */
bool reuse__orders_suffice(const struct reuse__space *space);

#endif
