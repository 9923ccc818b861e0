/* How often an instance uses a word of the raw input.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/uses.h"

#include <math.h>

#include "base/checked.h"

/* Ranges longer than this are not looked at one by one. */
enum { FEW_POINTS = 64 };

/* Points of EXTENT that an instance gets at most when FAN, or more, divide each of the ranges that
 * the loops outside leave, the longest of which has RANGE points.  If no more than one loop is
 * OUTSIDE, the others are as long, but one that is shorter; else nothing is known of them. */
static int64_t share_of(int64_t extent, int64_t fan, int64_t range, int outside) {
  const int64_t step = (range - 1) / (fan - 1);
  if (outside > 1) return extent - range + step;
  return extent / range * step + reuse__min(extent % range, step);
}

/* The same when the longest range has LEAST to MOST points; it grows as that falls if several
 * loops are OUTSIDE. */
static int64_t most_of(int64_t extent, int64_t fan, int64_t least, int64_t most, int outside) {
  int64_t points = 0;
  if (outside > 1) return share_of(extent, fan, least, outside);
  if (most > FEW_POINTS) return (extent + most - 1) / (fan - 1);
  for (int64_t range = least; range <= most; range++)
    points = reuse__max(points, share_of(extent, fan, range, outside));
  return points;
}

/* What is known of the longest range that a slot divides: so many points, which so many slots
 * further out have cut out. */
struct known {
  int64_t least, most;
  int outside;
};

/* What a slot leaves that is forced or decided to have a step from LEAST to STEP points (0: is
 * neither). */
static void pass(struct known *range, int64_t least, int64_t step) {
  if (least >= range->most) return;
  range->outside++;
  range->least = least ? reuse__min(range->least, least) : 1;
  if (step) range->most = reuse__min(range->most, step);
}

/* Points of chain C, which no group takes over, that an instance of LEVEL meets at most. */
static int64_t points_met(const struct reuse__partial *p, const struct reuse__chain *c,
                          int level) {
  const struct reuse__range *tile = p->space->slot[c->slot[0]].tile;
  struct known range = {c->loop_points, c->loop_points, 0};
  int64_t points = c->points;
  for (int k = 0; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    const int64_t fan = p->is_open[c->slot[k]] ? s->fans.least : p->fan[c->slot[k]];
    if (k == 0 || s->level > p->space->slot[c->slot[k - 1]].level) {
      range.least = reuse__max(range.least, tile[s->level].least);
      range.most = reuse__min(range.most, tile[s->level].cap);
    }
    const int64_t least = reuse__max(range.least, fan);
    if (s->spatial && s->level < level && fan > 1 && least <= range.most)
      points = reuse__min(points, most_of(c->loop_points, fan, least, range.most, range.outside));
    if (k < c->depth && c->least[k] > 0) pass(&range, c->least[k], c->step[k]);
    else pass(&range, s->loop.step, s->loop.step);
  }
  return points;
}

double reuse__words_used(const struct reuse__partial *p, const struct reuse__chain_link *l,
                         int level) {
  const unsigned dims = REUSE_BIT(REUSE_K) | REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S);
  double uses = 1;
  if (!l->halo[0] && !l->halo[1]) return 0;
  for (int d = 0; d < REUSE_DIMS; d++) {
    int64_t points = p->space->layer->problem.extent[d];
    if (!(dims & REUSE_BIT(d))) continue;
    for (int i = 0; i < p->nchains; i++)
      if (p->chain[i].dims == REUSE_BIT(d) && p->chain[i].over < 0)
        points = points_met(p, &p->chain[i], level);
    uses *= (double)points;
  }
  return ceil(p->effective / uses);
}
