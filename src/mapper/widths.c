/* How much of the array the loops of a partial mapping can still have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/widths.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/shares.h"

/* The largest fan-out that open spatial SLOT can have beside the decided ones of its level
 * and the smallest of the other open ones. */
static int64_t room_for(const struct reuse__partial *p, int slot) {
  const struct reuse__space *s = p->space;
  const struct reuse__slot *own = &s->slot[slot];
  const struct reuse_level *l = &s->engine->level[own->level];
  int64_t most = reuse__share_room(p, slot);
  for (int a = 0; a < l->naxes; a++) {
    int64_t used = 1;
    if (!(own->axes & REUSE_BIT(a))) continue;
    for (int k = 0; k < p->nspatial; k++) {
      const int i = p->spatial[k];
      if (i != slot && s->slot[i].level == own->level && s->slot[i].axes & REUSE_BIT(a))
        used *= p->is_open[i] ? s->slot[i].fans.least : p->fan[i];
    }
    most = reuse__min(most, l->axis[a].size / used);
  }
  return most;
}

bool reuse__open_fans(struct reuse__partial *p) {
  bool possible = true;
  for (int k = 0; k < p->nspatial && possible; k++) {
    const int i = p->spatial[k];
    if (!p->is_open[i]) continue;
    p->fan[i] = room_for(p, i);
    possible = p->fan[i] >= p->space->slot[i].fans.least;
  }
  return possible && reuse__shares_reach(p);
}

/* Product of the fan-outs of chain C's open spatial slots of LEVEL, at most. */
static int64_t open_fans(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  int64_t width = 1;
  for (int k = c->depth; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (s->spatial && s->level == level) width = reuse__widths(width, p->fan[c->slot[k]]);
  }
  return width;
}

/* The same of chain C and, if it is a group without a loop yet, of its dims. */
static int64_t all_fans(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  int64_t width = open_fans(p, c, level);
  for (int i = 0; i < p->nchains && reuse__is_group(c) && c->depth == 0; i++) {
    const struct reuse__chain *own = &p->chain[i];
    if (own != c && own->dims & c->dims) width = reuse__widths(width, open_fans(p, own, level));
  }
  return width;
}

int64_t reuse__open_width(const struct reuse__partial *p, const struct reuse__chain *c,
                          int level) {
  const struct reuse__range *tile = p->space->slot[c->slot[0]].tile;
  int64_t beside = 1, width = INT64_MAX;
  for (; level < p->space->engine->nlevels; level++) {
    if (p->space->parted) width = reuse__min(width, reuse__widths(beside, tile[level].cap));
    beside = reuse__widths(beside, all_fans(p, c, level));
  }
  return reuse__min(width, beside);
}

double reuse__fan_out(const struct reuse__partial *p, unsigned dims, int level) {
  double fan = 1;
  for (int i = level; i < p->space->engine->nlevels; i++) fan *= reuse__share_width(p, dims, i);
  return fan;
}

/* Chunks of a step that is not known need not be taken in more turns than their whole, and those
 * of a step between two not in more than the least of them. */
double reuse__passes(const struct reuse__chain *c, int v, int64_t width) {
  const struct reuse__runs *chunks = reuse__chunks(c, c->depth, v);
  const double passes = c->at_most ? reuse__runs_count(chunks) : reuse__runs_passes(chunks, width);
  if (c->known == c->depth) return passes;
  return reuse__fmax(passes, reuse__runs_passes(reuse__chunks(c, c->known, v), width));
}
