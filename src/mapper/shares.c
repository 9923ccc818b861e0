/* Shares: what loops have of an array together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/shares.h"

#include <math.h>

#include "base/checked.h"

/* ---- making ------------------------------------------------------------------------ */

/* Adds the share of the slots of LEVEL over no other dims than DIMS, if there are several. */
static void add_share(struct reuse__space *s, int level, unsigned dims) {
  struct reuse__share share = {level, dims, {1, 1}};
  int n = 0;
  for (int i = 0; i < s->nslots; i++) {
    struct reuse__slot *slot = &s->slot[i];
    if (slot->level != level || !slot->spatial || slot->dims & ~dims) continue;
    share.fans.cap = reuse__widths(share.fans.cap, slot->fans.cap);
    slot->share = s->nshares;
    n++;
  }
  share.fans.cap = reuse__min(share.fans.cap, reuse__space_children(s, level));
  if (n > 1) s->share[s->nshares++] = share;
  for (int i = 0; i < s->nslots && n == 1; i++)
    if (s->slot[i].share == s->nshares) s->slot[i].share = -1;
}

void reuse__space_shares(struct reuse__space *s) {
  s->nshares = 0;
  for (int i = 0; i < s->nslots; i++) s->slot[i].share = -1;
  for (int level = 0; level < s->engine->nlevels; level++) {
    unsigned rest = (1u << REUSE_DIMS) - 1;
    for (int t = 0; t < REUSE_TENSORS; t++) {
      add_share(s, level, reuse__not_indexing(t));
      rest &= ~reuse__not_indexing(t);
    }
    add_share(s, level, rest);
  }
}

/* ---- limits -------------------------------------------------------------------------- */

/* Products of the fan-outs of the slots of share NUMBER other than WITHOUT (-1: of all). */
struct products {
  int64_t least, most;
};

static struct products products(const struct reuse__partial *p, int number, int without) {
  const struct reuse__space *s = p->space;
  struct products all = {1, 1};
  for (int k = 0; k < p->nspatial; k++) {
    const int i = p->spatial[k];
    if (s->slot[i].share != number || i == without) continue;
    all.least = reuse__widths(all.least, p->is_open[i] ? s->slot[i].fans.least : p->fan[i]);
    all.most = reuse__widths(all.most, p->is_open[i] ? s->slot[i].fans.cap : p->fan[i]);
  }
  return all;
}

bool reuse__share_holds(const struct reuse__partial *p, int slot, int64_t trips) {
  const int number = p->space->slot[slot].share;
  if (number < 0) return true;
  const struct reuse__range *fans = &p->space->share[number].fans;
  const struct products others = products(p, number, slot);
  return reuse__widths(others.least, trips) <= fans->cap &&
         reuse__widths(others.most, trips) >= fans->least;
}

/* Instances of the array of LEVEL that the shares other than NUMBER have for sure. */
static int64_t taken_beside(const struct reuse__partial *p, int number, int level) {
  const struct reuse__space *s = p->space;
  int64_t taken = 1;
  for (int n = 0; n < s->nshares; n++)
    if (n != number && s->share[n].level == level)
      taken = reuse__widths(taken, reuse__max(products(p, n, -1).least, s->share[n].fans.least));
  return taken;
}

/* The largest product that share NUMBER can have. */
static int64_t largest(const struct reuse__partial *p, int number) {
  const struct reuse__share *share = &p->space->share[number];
  const int64_t children = reuse__space_children(p->space, share->level);
  return reuse__min(share->fans.cap, children / taken_beside(p, number, share->level));
}

int64_t reuse__share_room(const struct reuse__partial *p, int slot) {
  const struct reuse__slot *own = &p->space->slot[slot];
  if (own->share >= 0)
    return reuse__min(own->fans.cap,
                      largest(p, own->share) / products(p, own->share, slot).least);
  const int64_t children = reuse__space_children(p->space, own->level);
  return reuse__min(own->fans.cap, children / taken_beside(p, -1, own->level));
}

bool reuse__shares_reach(const struct reuse__partial *p) {
  for (int n = 0; n < p->space->nshares; n++) {
    if (largest(p, n) < products(p, n, -1).least) return false;
    int64_t most = 1;
    for (int k = 0; k < p->nspatial; k++)
      if (p->space->slot[p->spatial[k]].share == n)
        most = reuse__widths(most, p->fan[p->spatial[k]]);
    if (most < p->space->share[n].fans.least) return false;
  }
  return true;
}

double reuse__share_width(const struct reuse__partial *p, unsigned dims, int level) {
  const struct reuse__space *s = p->space;
  double width[REUSE__MAX_SHARES + 1], all = 1;
  for (int n = 0; n <= s->nshares; n++) width[n] = 1;
  for (int k = 0; k < p->nspatial; k++) {
    const struct reuse__slot *slot = &s->slot[p->spatial[k]];
    if (slot->level != level || !(slot->dims & dims)) continue;
    width[slot->share < 0 ? s->nshares : slot->share] *= (double)p->fan[p->spatial[k]];
  }
  for (int n = 0; n < s->nshares; n++)
    if (width[n] > 1) all *= reuse__fmin(width[n], (double)largest(p, n));
  return reuse__fmin(all * width[s->nshares], (double)reuse__space_children(s, level));
}
