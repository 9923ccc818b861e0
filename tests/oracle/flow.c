/* Movement of one tensor between a level and its parent, with explicit sets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow.h"

#include <string.h>

static int64_t size_of(const bits *set, size_t words) {
  int64_t n = 0;

  for (size_t i = 0; i < words; i++)
    n += __builtin_popcountll(set[i]);
  return n;
}

/* Size of the part of SET that the parent serves. */
static int64_t servable_size(const struct flow *f, const bits *set) {
  int64_t n = 0;

  if (f->servable == NULL)
    return size_of(set, f->words);
  for (size_t i = 0; i < f->words; i++)
    n += __builtin_popcountll(set[i] & f->servable[i]);
  return n;
}

/* Adds what arrives in and leaves the children of one instance of the parent
 * in this step, as unions, to the sums of F. */
static void close_parent(struct flow *f) {
  f->arrivals_merged += size_of(f->fresh, f->words);
  f->served_merged += servable_size(f, f->fresh);
  f->leaves_merged += size_of(f->gone, f->words);
  memset(f->fresh, 0, f->words * sizeof *f->fresh);
  memset(f->gone, 0, f->words * sizeof *f->gone);
}

void flow_exchange(struct flow *f, int64_t instance, bool idle,
                   const bits *tile) {
  bits *held = f->held + (size_t)instance * f->words;
  const bool keeps = !f->forgets;

  if (!(idle && keeps && !f->idle_forgets)) {
    for (size_t i = 0; i < f->words; i++) {
      const bits new_set = idle ? 0 : tile[i];
      const bits arriving = keeps ? new_set & ~held[i] : new_set;
      const bits servable = f->servable == NULL ? ~(bits)0 : f->servable[i];
      f->arrivals += __builtin_popcountll(arriving);
      f->served += __builtin_popcountll(arriving & servable);
      f->fresh[i] |= arriving;
      f->gone[i] |= keeps ? held[i] & ~new_set : held[i];
      held[i] = new_set;
    }
  }
  if ((instance + 1) % f->children == 0)
    close_parent(f);
}

void flow_finish(struct flow *f, int64_t instances) {
  f->forgets = false;
  f->idle_forgets = true;
  for (int64_t i = 0; i < instances; i++)
    flow_exchange(f, i, true, NULL);
}

void flow_operand(const struct flow *f, bool unicast,
                  struct reuse_traffic *parent, struct reuse_traffic *child) {
  child->loads = f->arrivals;
  parent->serves = unicast ? f->served : f->served_merged;
  parent->deliveries = f->arrivals;
}

void flow_output(const struct flow *f, bool accumulate, int64_t *zeros,
                 struct reuse_traffic *parent, struct reuse_traffic *child) {
  const int64_t stays = f->arrivals;

  child->drains = stays;
  if (accumulate) {
    parent->updates = stays;
    parent->serves = stays - *zeros;
    child->loads = 0;
  } else {
    parent->updates = f->leaves_merged;
    parent->serves = f->arrivals_merged - *zeros;
    child->loads = parent->serves;
  }
  parent->deliveries = stays + child->loads;
  *zeros = stays - child->loads;
}
