/* Ranges of fan-outs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/fans.h"

#include "base/checked.h"

/* How many times wider than its range a fan-out is. */
enum { NARROW = 4 };

/* The largest fan-out that SLOT can have. */
static int64_t largest(const struct reuse__space *s, int slot) {
  return reuse__min(s->slot[slot].cap, reuse__space_loop_extent(s, slot));
}

/* Whether a loop outside SLOT fixes the chunk that SLOT divides. */
static bool is_fixed(const struct reuse__space *s, int slot) {
  for (int i = 0; i < slot; i++)
    if (reuse__space_inner(s, i) == slot) return s->slot[i].loop.step > 0;
  return false;
}

int reuse__fan_slot(const struct reuse__space *s, int slot) {
  for (int i = slot; i < s->nslots; i++)
    if (s->slot[i].spatial && largest(s, i) > 1 && !is_fixed(s, i)) return i;
  return -1;
}

int reuse__fan_ranges(const struct reuse__space *s, int slot,
                      struct reuse__fan_range range[REUSE__MAX_RANGES]) {
  const int64_t top = largest(s, slot);
  int n = 0;
  for (int64_t least = 1; least <= top; least = range[n - 1].cap + 1) {
    const int64_t cap = n + 1 < REUSE__MAX_RANGES ? least + (least - 1) / NARROW : top;
    range[n++] = (struct reuse__fan_range){least, reuse__min(cap, top)};
  }
  return n;
}

bool reuse__fans_fit(const struct reuse__space *s, int slot) {
  int64_t used[REUSE_MAX_AXES] = {1, 1, 1, 1};
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].spatial && s->slot[i].level == s->slot[slot].level &&
        !reuse__space_occupy(s, i, s->slot[i].least, used))
      return false;
  return true;
}
