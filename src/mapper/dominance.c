/* Dominance between partial mappings: of those that lead to the same mappings one goes on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/dominance.h"

#include <string.h>

/* Slots of LEVEL that have a temporal loop, as a mask. */
static uint64_t loops_of(const struct reuse__partial *p, int level) {
  uint64_t loops = 0;
  for (int i = p->position - 1; i >= 0; i--) {
    const struct reuse__slot *s = &p->space->slot[p->at[i].slot];
    if (s->level != level) break;
    if (!s->spatial && p->at[i].trips > 1) loops |= UINT64_C(1) << p->at[i].slot;
  }
  return loops;
}

/* Whether the next SLOT, if it has one trip, does not stand where such slots do of all orders
 * of its level: first, in the level's own order. */
static bool is_out_of_place(const struct reuse__partial *p, int slot) {
  if (p->position == 0) return false;
  const struct reuse__decided *last = &p->at[p->position - 1];
  return p->space->slot[last->slot].level == p->space->slot[slot].level &&
         (last->trips > 1 || last->slot > slot);
}

/* Whether SLOT is the last temporal one of order O. */
static bool is_last_temporal(const struct reuse__space *s, const struct reuse__order *o,
                             int slot) {
  int i = 0;
  while (o->slot[i] != slot) i++;
  return i + 1 == o->n || s->slot[o->slot[i + 1]].spatial;
}

/* Drops the largest step; how many are left. */
static int drop_first(int64_t *step, int steps) {
  memmove(step, step + 1, (size_t)(steps - 1) * sizeof *step);
  return steps - 1;
}

/* Of classes of orders, the first one is met in which the loops stand as they do; which loops
 * there are shows with the last temporal slot. */
static int drop_of_classes(const struct reuse__partial *p, int slot, bool one_trip,
                           const struct reuse__order *list, int at, int64_t *step, int steps) {
  if (!is_last_temporal(p->space, &list[at], slot)) return steps;
  const uint64_t outside = loops_of(p, p->space->slot[slot].level);
  const uint64_t with_slot = outside | UINT64_C(1) << slot;
  if (steps > one_trip && reuse__order_is_repeated(list, at, with_slot)) steps = one_trip;
  if (!one_trip || !reuse__order_is_repeated(list, at, outside)) return steps;
  return drop_first(step, steps);
}

int reuse__drop_repeated(const struct reuse__partial *p, int slot, int64_t range,
                         const struct reuse__order *list, int at, enum reuse__orders_kind kind,
                         int64_t *step, int steps) {
  if (steps == 0 || p->space->slot[slot].spatial) return steps;
  const bool one_trip = step[0] >= range;
  if (kind == REUSE__CLASSES) return drop_of_classes(p, slot, one_trip, list, at, step, steps);
  if (kind != REUSE__ALL_ORDERS || !one_trip || !is_out_of_place(p, slot)) return steps;
  return drop_first(step, steps);
}
