/* What loops that are not decided bring to a level for certain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/carried.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/rows.h"

bool reuse__touches_halo(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  for (int i = 0; i < 2; i++)
    if (l->halo[i] && c->dims & (REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i)))
      return true;
  return false;
}

bool reuse__is_carrier(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  if (!reuse__indexes_all(c, l)) return false;
  if (!reuse__touches_halo(c, l)) return true;
  return c->dims == REUSE_BIT(REUSE_P) || c->dims == REUSE_BIT(REUSE_Q);
}

int reuse__carrier(const struct reuse__partial *p, const struct reuse__chain_link *l,
                   int positions) {
  for (int i = positions - 1; i >= 0; i--) {
    const struct reuse__slot *s = &p->space->slot[p->at[i].slot];
    if (s->level < l->child && !s->spatial && p->at[i].trips > 1 &&
        reuse__is_carrier(&p->chain[p->at[i].chain], l))
      return i;
  }
  return -1;
}

/* Points of chain C that the child has at once, at most, in all instances that the slots from
 * number FIRST on lay side by side; not known if a group takes the dim over outside the child. */
static double most_at_once(const struct reuse__partial *p, const struct reuse__chain *c,
                           const struct reuse__chain_link *l, int first) {
  const struct reuse__space *s = p->space;
  const struct reuse__chain *over = reuse__group_over(p, c);
  double width = (double)s->slot[c->slot[0]].hold[l->child];
  if (over && s->slot[over->slot[0]].level < l->child) return INFINITY;
  for (int i = first; i < s->nslots && s->slot[i].level < l->child; i++)
    if (s->slot[i].spatial && s->slot[i].dims & c->dims)
      width *= (double)p->fan[i];
  return width;
}

/* Whether a slot over dims of chain C, outside the child, has or may have several chunks side
 * by side. */
static bool lies_beside(const struct reuse__partial *p, const struct reuse__chain *c,
                        const struct reuse__chain_link *l, int slot) {
  const struct reuse__slot *s = &p->space->slot[slot];
  return s->spatial && s->level < l->child && s->dims & c->dims &&
         p->fan[slot] > 1;
}

static bool may_idle(const struct reuse__partial *p, const struct reuse__chain *c,
                     const struct reuse__chain_link *l) {
  for (int k = 0; k < p->nspatial && l->tensor != REUSE_O; k++)
    if (lies_beside(p, c, l, p->spatial[k])) return true;
  return false;
}

/* The last temporal slot of chain C outside the child, or -1. */
static int last_outside(const struct reuse__partial *p, const struct reuse__chain *c,
                        const struct reuse__chain_link *l) {
  int last = -1;
  for (int k = 0; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (!s->spatial && s->level < l->child) last = c->slot[k];
  }
  return last;
}

/* Loops before slot END that may leave short chunks of chain C beside long ones; not those
 * before FIRST if its tiles are whole there. */
static int loops_before(const struct reuse__partial *p, const struct reuse__chain *c,
                        const struct reuse__chain_link *l, int first, int end) {
  const struct reuse__space *s = p->space;
  const struct reuse__range *tile = s->slot[c->slot[0]].tile;
  const bool whole = tile[reuse__level_within(p, c, first).inner].least >= c->loop_points;
  int n = 0;
  for (int i = 0; i < end; i++) {
    if (!(s->slot[i].dims & c->dims) || (i < first && whole)) continue;
    n += s->slot[i].spatial ? lies_beside(p, c, l, i) : i < first;
  }
  return n;
}

/* Points of chain C in chunks that come bit by bit, at least, when the longest chunk has LEAST
 * points or more, MOST come at once, and BEFORE loops may leave short chunks, which may come
 * whole.  Beside a short chunk is a longer one; and a loop leaves one short chunk for each that
 * it divides, of which there are no more than long ones outside and short ones left before. */
static double points_carried(const struct reuse__partial *p, const struct reuse__chain *c,
                             const struct reuse__chain_link *l, int before, double least,
                             double most) {
  const double all = (double)c->points;
  if (c->points != c->loop_points) return 0;
  if (may_idle(p, c, l)) {
    most *= 2;
    if (before == 0 && all <= most) return reuse__fmax(0, 2 * all - most);
    if (before > 0 && least <= most) return 0;
  }
  if (before == 0) return all;
  const double part = ceil(ldexp(all, -before));
  return reuse__fmax(part, floor(all - most * (1 + (before - 1) * ceil(all / least))));
}

/* Part of the words in POINTS of chain C. */
static double part_of_words(const struct reuse__partial *p, const struct reuse__chain *c,
                            const struct reuse__chain_link *l, double points) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  if (!reuse__touches_halo(c, l)) return points / (double)c->points;
  if (points < (double)c->points) return 0;
  const int i = c->dims == REUSE_BIT(REUSE_P) ? 0 : 1;
  const double window = (double)((problem->extent[REUSE_R + i] - 1) * problem->dilation[i] + 1);
  const double shared = reuse__fmax(0, window - (double)problem->stride[i]);
  return reuse__fmax(0, 1 - shared / reuse__all_rows(problem, i));
}

/* Whether a temporal slot over dims of chain C has a number from FIRST to END. */
static bool turns_before(const struct reuse__partial *p, const struct reuse__chain *c, int first,
                         int end) {
  const struct reuse__slot *s = p->space->slot;
  for (int i = first; i < end; i++)
    if (!s[i].spatial && s[i].dims & c->dims) return true;
  return false;
}

/* Part of the words that the slots of chain C from number FIRST on bring, if the child cannot
 * have the tiles there at once. */
static double part_within(const struct reuse__partial *p, const struct reuse__chain *c,
                          const struct reuse__chain_link *l, int first) {
  const struct reuse__slot *own = &p->space->slot[c->slot[0]];
  const struct reuse__range *tile = own->tile;
  if (tile[p->space->slot[first].level].least <= own->hold[l->child]) return 0;
  const int last = last_outside(p, c, l);
  if (last < first || !reuse__is_carrier(c, l)) return 0;
  const double most = most_at_once(p, c, l, first);
  const double least = (double)tile[reuse__level_within(p, c, first).inner].least;
  if (least <= most || (may_idle(p, c, l) && turns_before(p, c, first, last))) return 0;
  const int before = loops_before(p, c, l, first, last);
  return part_of_words(p, c, l, points_carried(p, c, l, before, least, most));
}

/* The least part that any of the SLOTS brings, one of which is innermost. */
static double part_of_innermost(const struct reuse__partial *p,
                                const struct reuse__chain_link *l, uint64_t slots) {
  double part = slots != 0;
  for (int i = 0; i < p->space->nslots; i++) {
    if (!(slots >> i & 1)) continue;
    const struct reuse__chain *c = &p->chain[p->chain_of[i]];
    if (!reuse__is_carrier(c, l)) return 0;
    const int last = last_outside(p, c, l), before = loops_before(p, c, l, last, last);
    const double points = points_carried(p, c, l, before, 1, most_at_once(p, c, l, 0));
    part = reuse__fmin(part, part_of_words(p, c, l, points));
  }
  return part;
}

double reuse__carried_within(const struct reuse__partial *p, const struct reuse__chain_link *l,
                             int first) {
  const struct reuse__space *s = p->space;
  const struct reuse__innermost *own = &s->innermost[l->child];
  double part = 0;
  if (first == s->nslots || s->slot[first].level >= l->child)
    return own->known ? part_of_innermost(p, l, own->slots) : 0;
  for (int i = 0; i < p->nchains; i++)
    part = reuse__fmax(part, part_within(p, &p->chain[i], l, first));
  return part;
}
