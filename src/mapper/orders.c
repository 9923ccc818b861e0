/* Orders of the temporal loops of a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/orders.h"

#include <stdlib.h>

/* So few loops are tried in every order. */
enum { EVERY_ORDER_OF = 3, MOST_LOOPS = 8 };

/* The tensor that the loops of a slot leave where it is; none for groups of channels,
 * and for flattened groups. */
static int stays(const struct reuse__slot *s) {
  switch (s->loop.ndims == 1 ? s->loop.dim[0] : REUSE_G) {
    case REUSE_K: return REUSE_I;
    case REUSE_N: case REUSE_P: case REUSE_Q: return REUSE_W;
    case REUSE_C: case REUSE_R: case REUSE_S: return REUSE_O;
    default: return REUSE_TENSORS;
  }
}

/* Whether a loop of the slot always brings other input: no two of its tiles overlap. */
static bool parts_input(const struct reuse__slot *s) {
  const int d = s->loop.dim[0];
  return s->loop.ndims == 1 && (d == REUSE_N || d == REUSE_G || d == REUSE_C);
}

/* Whether tiles of the input that loops of LEVEL make may overlap. */
static bool overlaps(const struct reuse__space *s, int level) {
  const int64_t *n = s->layer->problem.extent;
  const int edge = s->dataflow->im2col_level;
  return (edge < 0 || level < edge) &&
         ((n[REUSE_P] > 1 && n[REUSE_R] > 1) || (n[REUSE_Q] > 1 && n[REUSE_S] > 1));
}

/* Whether two of the loops are over one dim. */
static bool has_twice(const struct reuse__space *s, const struct reuse__order *o) {
  unsigned dims = 0;
  for (int i = 0; i < o->n; i++) {
    const unsigned own = s->slot[o->slot[i]].dims;
    if (dims & own) return true;
    dims |= own;
  }
  return false;
}

static bool has_group(const struct reuse__space *s, const struct reuse__order *o) {
  for (int i = 0; i < o->n; i++)
    if (s->slot[o->slot[i]].loop.ndims > 1) return true;
  return false;
}

/* Whether the order stands for its class when the input's tiles overlap: outside the
 * innermost loop that parts the input the slots are in their own order. */
static bool is_sorted(const struct reuse__space *s, const struct reuse__order *o) {
  int part = o->n - 1;
  while (part >= 0 && !parts_input(&s->slot[o->slot[part]])) part--;
  for (int i = 1; i < part; i++)
    if (o->slot[i - 1] > o->slot[i]) return false;
  return true;
}

/* Whether it does when they do not: the loops inside leave one tensor where it is, all such
 * loops are there, and both they and the others are in their own order. */
static bool is_stationary(const struct reuse__space *s, const struct reuse__order *o) {
  const int tensor = stays(&s->slot[o->slot[o->n - 1]]);
  bool inside = false, only = true;
  for (int i = 0; i < o->n; i++) {
    const bool here = stays(&s->slot[o->slot[i]]) == tensor;
    if (inside && !here) return false;
    if (i > 0 && here == inside && o->slot[i - 1] > o->slot[i]) return false;
    inside = here;
    only = only && here;
  }
  return tensor < REUSE_TENSORS || only;
}

/* The next permutation of the first N slots; false after the last. */
static bool next_permutation(struct reuse__order *o, int n) {
  int i = n - 2, j = n - 1;
  while (i >= 0 && o->slot[i] > o->slot[i + 1]) i--;
  if (i < 0) return false;
  while (o->slot[j] < o->slot[i]) j--;
  const int slot = o->slot[i];
  o->slot[i] = o->slot[j];
  o->slot[j] = slot;
  for (i++, j = n - 1; i < j; i++, j--) {
    const int other = o->slot[i];
    o->slot[i] = o->slot[j];
    o->slot[j] = other;
  }
  return true;
}

static void add_slots(const struct reuse__space *s, int level, bool spatial,
                      struct reuse__order *o) {
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].level == level && s->slot[i].spatial == spatial) o->slot[o->n++] = i;
}

/* Whether the level's own order is the only one. */
static bool is_fixed(const struct reuse__space *s, int level, const struct reuse__order *o) {
  return !s->dataflow->temporal[level].any_order || o->n < 2;
}

/* Whether there are so few orders that all are tried, or none that another stands for. */
static bool has_few(const struct reuse__space *s, const struct reuse__order *o) {
  return o->n <= EVERY_ORDER_OF || has_group(s, o);
}

/* Whether level I, or the MACs, hold one of the tensors of MASK. */
static bool holds(const struct reuse__space *s, int i, unsigned mask) {
  const unsigned held = i < s->engine->nlevels ? s->keeps[i] : s->engine->latch;
  return held & mask & s->layer->problem.tensors;
}

/* Whether an instance may idle that keeps inputs or weights meanwhile, or gives up sums that
 * it would go on with: because chunks side by side differ, or blocks have holes. */
static bool may_idle(const struct reuse__space *s) {
  const unsigned operands = REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_W);
  const unsigned sums = REUSE_BIT(REUSE_C) | REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S);
  for (int d = 0; d < REUSE_DIMS; d++)
    if (reuse__space_extent(s, d) > s->layer->problem.extent[d]) return true;
  for (int i = 0; i < s->nslots; i++) {
    const bool divides = s->slot[i].dims & sums;
    const unsigned mask = operands | (divides ? REUSE_BIT(REUSE_O) : 0);
    for (int j = s->slot[i].level + 1; s->slot[i].spatial && j <= s->engine->nlevels; j++)
      if (holds(s, j, mask)) return true;
  }
  return false;
}

bool reuse__orders_suffice(const struct reuse__space *s) {
  if (!may_idle(s)) return true;
  for (int level = 0; level < s->engine->nlevels; level++) {
    struct reuse__order o = {.n = 0};
    add_slots(s, level, false, &o);
    if (!is_fixed(s, level, &o) && !has_few(s, &o)) return false;
  }
  return true;
}

int reuse__orders(const struct reuse__space *s, int level, bool all,
                  struct reuse__order **list, enum reuse__orders_kind *kind) {
  struct reuse__order now = {.n = 0};
  int n = 0, room = 0;
  *list = NULL;
  add_slots(s, level, false, &now);
  const int temporal = now.n;
  const bool fixed = is_fixed(s, level, &now), every = all || has_few(s, &now);
  const bool overlap = overlaps(s, level);
  *kind = fixed || has_group(s, &now) || has_twice(s, &now) ? REUSE__GIVEN_ORDERS
          : every                                           ? REUSE__ALL_ORDERS
                                                            : REUSE__CLASSES;
  if (!fixed && temporal > MOST_LOOPS) return 0;
  do {
    struct reuse__order o = now;
    if (!fixed && !every && !(overlap ? is_sorted(s, &now) : is_stationary(s, &now)))
      continue;
    if (n == room) {
      room = room ? 2 * room : 8;
      struct reuse__order *more = realloc(*list, (size_t)room * sizeof *more);
      if (!more) {
        free(*list);
        *list = NULL;
        return 0;
      }
      *list = more;
    }
    add_slots(s, level, true, &o);
    (*list)[n++] = o;
  } while (!fixed && next_permutation(&now, temporal));
  return n;
}

/* The next of the slots of O from *I on that is in LOOPS, or -1. */
static int next_loop(const struct reuse__order *o, uint64_t loops, int *i) {
  while (*i < o->n && !(loops >> o->slot[*i] & 1)) ++*i;
  return *i < o->n ? o->slot[(*i)++] : -1;
}

bool reuse__order_is_repeated(const struct reuse__order *list, int at, uint64_t loops) {
  for (int k = 0; k < at; k++) {
    int i = 0, j = 0, slot, other;
    do {
      slot = next_loop(&list[at], loops, &i);
      other = next_loop(&list[k], loops, &j);
    } while (slot == other && slot >= 0);
    if (slot == other) return true;
  }
  return false;
}
