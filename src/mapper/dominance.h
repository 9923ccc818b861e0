/* Dominance between partial mappings: of those that lead to the same mappings one goes on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loop with one trip has no place in an order, so orders of a level that differ in the places
 * of such loops alone lead to the same mappings.  doc/MODEL.md, "Orders". */
#ifndef REUSE_MAPPER_DOMINANCE_H
#define REUSE_MAPPER_DOMINANCE_H

#include "mapper/orders.h"
#include "mapper/partial.h"

/* Drops those of the STEPS of SLOT over a range of RANGE points, which fall, with which the loops
 * of its level with more than one trip are the same, in the same succession, in another order of
 * the level, where they are not dropped (doc/MODEL.md, Lemma 19).  PARTIAL has decided what stands
 * before SLOT in number AT of the orders LIST of the level, which are of KIND.  Returns how many
 * steps are left; of orders that are given, all. */
int reuse__drop_repeated(const struct reuse__partial *partial, int slot, int64_t range,
                         const struct reuse__order *list, int at, enum reuse__orders_kind kind,
                         int64_t *step, int steps);

#endif
