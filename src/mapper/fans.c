/* Ranges of fan-outs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/fans.h"

#include "base/checked.h"

/* How many times wider than its range a fan-out is. */
enum { NARROW = 4 };

int reuse__nfans(const struct reuse__space *s) { return s->nshares + s->nslots; }

struct reuse__range *reuse__fans(struct reuse__space *s, int i) {
  return i < s->nshares ? &s->share[i].fans : &s->slot[i - s->nshares].fans;
}

/* The largest fan-out that SLOT can have. */
static int64_t largest_of(const struct reuse__space *s, int slot) {
  const struct reuse__slot *own = &s->slot[slot];
  const int64_t most = reuse__min(own->fans.cap, reuse__space_loop_extent(s, slot));
  return own->share < 0 ? most : reuse__min(most, s->share[own->share].fans.cap);
}

int64_t reuse__fans_most(const struct reuse__space *s, int i) {
  if (i >= s->nshares) return largest_of(s, i - s->nshares);
  int64_t product = 1;
  for (int k = 0; k < s->nslots; k++)
    if (s->slot[k].spatial && s->slot[k].share == i)
      product = reuse__widths(product, largest_of(s, k));
  return reuse__min(product, s->share[i].fans.cap);
}

/* Whether a loop outside SLOT fixes the chunk that SLOT divides. */
static bool is_fixed(const struct reuse__space *s, int slot) {
  for (int i = 0; i < slot; i++)
    if (reuse__space_inner(s, i) == slot) return s->slot[i].loop.step > 0;
  return false;
}

bool reuse__fans_vary(const struct reuse__space *s, int i) {
  const int slot = i - s->nshares;
  if (slot >= 0 && (!s->slot[slot].spatial || is_fixed(s, slot))) return false;
  return reuse__fans_most(s, i) > 1;
}

int reuse__fans_cut(const struct reuse__space *s, int i,
                    struct reuse__range range[REUSE__MAX_RANGES]) {
  const int64_t top = reuse__fans_most(s, i);
  int n = 0;
  for (int64_t least = 1; least <= top; least = range[n - 1].cap + 1) {
    const int64_t cap = n + 1 < REUSE__MAX_RANGES ? least + (least - 1) / NARROW : top;
    range[n++] = (struct reuse__range){least, reuse__min(cap, top)};
  }
  return n;
}

bool reuse__fans_fit(const struct reuse__space *s) {
  int64_t used[REUSE_MAX_LEVELS][REUSE_MAX_AXES], shared[REUSE_MAX_LEVELS];
  for (int l = 0; l < s->engine->nlevels; l++) {
    shared[l] = 1;
    for (int a = 0; a < REUSE_MAX_AXES; a++) used[l][a] = 1;
  }
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].spatial &&
        !reuse__space_occupy(s, i, s->slot[i].fans.least, used[s->slot[i].level]))
      return false;
  for (int i = 0; i < s->nshares; i++)
    shared[s->share[i].level] = reuse__widths(shared[s->share[i].level], s->share[i].fans.least);
  for (int l = 0; l < s->engine->nlevels; l++)
    if (shared[l] > reuse__space_children(s, l)) return false;
  return true;
}
