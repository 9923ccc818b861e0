/* How often a partial mapping goes over the words of a tensor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/turns.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/rows.h"

/* Whether instances of LEVEL have, or are known to get, chunks of chain C side by side that
 * may differ. */
static bool may_differ(const struct reuse__partial *p, const struct reuse__chain *c,
                       int level) {
  for (int k = c->depth; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (s->spatial && s->level < level && s->fans.least > 1) return true;
  }
  return reuse__is_loose(c, c->depth) || reuse__chunks(c, c->depth, c->view[level])->n > 1;
}

/* Whether the loops of its dims leave group C one range after another, and the same one to
 * every instance of LEVEL. */
static bool has_single_range(const struct reuse__partial *p, const struct reuse__chain *c,
                             int level) {
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *own = &p->chain[i];
    if (own != c && own->dims & c->dims && may_differ(p, own, level)) return false;
  }
  return reuse__chunks(c, 0, 1)->n == 1 && reuse__chunks(c, 0, 1)->run[0].times == 1;
}

/* Instances outside LEVEL among which the open loops of chain C divide a chunk of LENGTH
 * points, at least: of its longest one as many as the smallest fan-outs say, of a shorter
 * one as many as the largest step with such a fan-out leaves. */
static int64_t least_beside(const struct reuse__partial *p, const struct reuse__chain *c,
                            int level, int64_t length) {
  const int64_t longest = reuse__longest(p, c, c->depth);
  int64_t n = 1;
  if (c->points != c->loop_points) return 1;
  for (int k = c->nslots - 1; k >= c->depth; k--) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (!s->spatial || s->level >= level || s->fans.least == 1) continue;
    const int64_t gaps = s->fans.least - 1;
    n = length >= longest ? reuse__max(n, gaps * n + 1)
                          : reuse__ceil_div(length, reuse__max(1, (longest - 1) / gaps));
  }
  return n;
}

/* Instances outside LEVEL among which the loops of chain C from number K on divide a chunk
 * of LENGTH points, temporal loops at their first chunk. */
static double beside(const struct reuse__partial *p, const struct reuse__chain *c, int k,
                     int level, int64_t length) {
  if (k == c->depth) return (double)least_beside(p, c, level, length);
  if (p->space->slot[c->slot[k]].level >= level) return 1;
  const int64_t step = c->least[k] > 0 ? c->least[k] : c->step[k];
  if (length <= step) return beside(p, c, k + 1, level, length);
  const double full = beside(p, c, k + 1, level, step);
  if (!c->is_spatial[k]) return full;
  const double rest = length % step ? beside(p, c, k + 1, level, length % step) : 0;
  return (double)(length / step) * full + rest;
}

/* Settings of the first DEPTH loops of chain C, each times the instances outside LEVEL
 * that the later spatial loops lay beside each other. */
static double turns(const struct reuse__partial *p, const struct reuse__chain *c, int depth,
                    int level) {
  const struct reuse__runs *r = reuse__chunks(c, depth, c->view[level]);
  double sum = 0;
  for (int i = 0; i < r->n; i++)
    sum += (double)r->run[i].times * beside(p, c, depth, level, r->run[i].length);
  return sum;
}

/* ---- groups only some of whose dims index the tensor ---------------------------------- */

/* A group whose slower dims index the tensor and whose faster ones do not, or the other
 * way round, and points of the faster ones. */
struct halves {
  bool known, faster_index;
  int64_t faster;
};

/* The view of chain C in which its chunks stand for all of the link's words, seen from
 * LEVEL: those of dims that index the tensor hold other words in each instance, wherever
 * the instances are. */
static int view_of_words(const struct reuse__chain *c, const struct reuse__chain_link *l,
                         int level) {
  return reuse__indexes_all(c, l) ? c->nspatial + 1 : c->view[level];
}

/* Points of dim D that every range of a group over it has, or 0 if these differ. */
static int64_t points_left(const struct reuse__partial *p, const struct reuse__chain_link *l,
                           int d, int level) {
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (c->dims != REUSE_BIT(d)) continue;
    const struct reuse__runs *r = reuse__chunks(c, c->depth, view_of_words(c, l, level));
    return r->n == 1 && !reuse__is_loose(c, c->depth) ? r->run[0].length : 0;
  }
  return p->space->layer->problem.extent[d];
}

/* Whether words of the tensor lie alike at all points of dim D: rows that tiles share, and
 * padding that is not read, do not. */
static bool in_proportion(const struct reuse__partial *p, const struct reuse__chain_link *l,
                          int d) {
  for (int i = 0; i < 2; i++) {
    if (l->padding > 0 && (d == REUSE_P + i || d == REUSE_R + i)) return false;
    if (!l->halo[i]) continue;
    if (d == REUSE_R + i) return false;
    if (d == REUSE_P + i && !reuse__rows_in_proportion(&p->space->layer->problem, i)) return false;
  }
  return true;
}

static struct halves halves_of(const struct reuse__partial *p, const struct reuse__chain *c,
                               const struct reuse__chain_link *l, int level) {
  const struct reuse_loop_rule *rule = &p->space->slot[c->slot[0]].loop;
  const int last = rule->dim[rule->ndims - 1];
  struct halves h = {.known = c->points == c->loop_points,
                     .faster_index = l->relevant & REUSE_BIT(last), .faster = 1};
  bool slower = false;
  for (int i = rule->ndims - 1; i >= 0 && h.known; i--) {
    const int d = rule->dim[i];
    const bool indexes = l->relevant & REUSE_BIT(d);
    slower = slower || indexes != h.faster_index;
    if (!slower) h.faster *= points_left(p, l, d, level);
    h.known = h.faster > 0 && indexes == (h.faster_index != slower) && in_proportion(p, l, d);
  }
  return h;
}

/* How many index values LENGTH points in a row have, at least. */
static double index_values(const struct halves *h, int64_t length) {
  return (double)(h->faster_index ? reuse__min(length, h->faster)
                                  : reuse__ceil_div(length, h->faster));
}

/* How many index values the loops of group C from number K on make of LENGTH points, at
 * least, each time that they come round counted: the first DEPTH loops, and the spatial ones
 * just inside these that lie outside LEVEL.  Of a spatial loop within LEVEL the busiest
 * instance counts. */
static double values_in(const struct reuse__partial *p, const struct reuse__chain *c,
                        const struct halves *h, int k, int depth, int level,
                        int64_t length) {
  const bool ends = k == c->depth || (k >= depth && !c->is_spatial[k]);
  const bool within = !ends && p->space->slot[c->slot[k]].level >= level;
  if (ends || (k >= depth && within)) return index_values(h, length);
  const int64_t step = reuse__min(length, c->step[k]), rest = length % step;
  if (c->least[k] < step) { /* but not 0: see rounds() */
    const int64_t chunks = reuse__ceil_div(length, step) - 1;
    const int64_t last = reuse__min(c->least[k], length - chunks * step);
    return reuse__fmax(index_values(h, length),
                       (double)chunks * values_in(p, c, h, k + 1, depth, level, c->least[k]) +
                           values_in(p, c, h, k + 1, depth, level, last));
  }
  const double full = values_in(p, c, h, k + 1, depth, level, step);
  if (c->is_spatial[k] && within) return full;
  return (double)(length / step) * full +
         (rest ? values_in(p, c, h, k + 1, depth, level, rest) : 0);
}

/* The ranges that the loops of its dims leave to group C, seen from LEVEL. */
static struct reuse__runs ranges_of(const struct reuse__partial *p,
                                    const struct reuse__chain *c,
                                    const struct reuse__chain_link *l, int level) {
  struct reuse__runs all, product;
  reuse__runs_one(1, &all);
  for (int d = 0; d < REUSE_DIMS; d++) {
    struct reuse__runs dim;
    if (!(c->dims & REUSE_BIT(d))) continue;
    reuse__runs_one(p->space->layer->problem.extent[d], &dim);
    for (int i = 0; i < p->nchains; i++) {
      const struct reuse__chain *own = &p->chain[i];
      if (own->dims == REUSE_BIT(d))
        dim = *reuse__chunks(own, own->depth - own->at_most, view_of_words(own, l, level));
    }
    reuse__runs_pairs(&all, &dim, &product);
    all = product;
  }
  return all;
}

/* How often the index values of group C come round in its first DEPTH loops and the
 * instances beside each other, at least: of its ranges the one where that is the least,
 * because some have more turns than others.  It is not known if they are not, or if nothing
 * is known of a step. */
static double rounds(const struct reuse__partial *p, const struct reuse__chain *c,
                     const struct reuse__chain_link *l, int depth, int level) {
  const struct halves h = halves_of(p, c, l, level);
  if (c->depth == 0 || c->loose_dims || !h.known) return 1;
  for (int k = 0; k < depth; k++)
    if (c->least[k] == 0) return 1;
  const struct reuse__runs r = ranges_of(p, c, l, level);
  double least = INFINITY;
  for (int i = 0; i < r.n; i++)
    least = reuse__fmin(least, values_in(p, c, &h, 0, depth, level, r.run[i].length) /
                            index_values(&h, r.run[i].length));
  return r.whole ? reuse__fmax(1, least) : 1;
}

/* ---- loops that are open --------------------------------------------------------------- */

/* Decided slots outside the carrying loop, AT. */
static int outside(const struct reuse__partial *p, int at) {
  int n = 0;
  if (at < REUSE__INSIDE) return at < 0 ? 0 : at;
  while (n < p->position && p->at[n].slot < at - REUSE__INSIDE) n++;
  return n;
}

/* The level whose tiles of chain C stand still between turns of the loops outside the carrying
 * one, AT. */
static int still_level(const struct reuse__partial *p, const struct reuse__chain *c,
                       const struct reuse__chain_link *l, int at) {
  return at < REUSE__INSIDE ? l->child : reuse__level_within(p, c, at - REUSE__INSIDE).outer;
}

/* Whether an open temporal slot will stand outside the loop decided at position AT. */
static bool is_outside(const struct reuse__partial *p, int slot, int at) {
  const struct reuse__space *s = p->space;
  if (at >= REUSE__INSIDE) return slot < at - REUSE__INSIDE;
  const int other = p->at[at].slot, level = s->slot[slot].level;
  if (level != s->slot[other].level) return level < s->slot[other].level;
  if (level != p->level) return slot < other;
  for (int i = 0; i < p->order[level].n; i++) {
    if (p->order[level].slot[i] == slot) return true;
    if (p->order[level].slot[i] == other) return false;
  }
  return false;
}

/* Whether decided loop K of chain C has, or may have, more than one turn. */
static bool has_turns(const struct reuse__partial *p, const struct reuse__chain *c, int k) {
  return reuse__longest(p, c, k) > c->step[k] || (c->at_most && k == c->depth - 1);
}

/* Points that the spatial slots of chain C from number K on, from LEVEL to END, lay side by
 * side, at most. */
static int64_t side_by_side(const struct reuse__partial *p, const struct reuse__chain *c, int k,
                            int level, int end) {
  int64_t width = 1;
  for (; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (s->spatial && s->level >= level && s->level < end)
      width = reuse__widths(width, p->fan[c->slot[k]]);
  }
  return width;
}

/* Whether all loops of chain C between the one at AT and level END stand still or lie side by
 * side. */
static bool stands_still(const struct reuse__partial *p, const struct reuse__chain *c, int end,
                         int at) {
  for (int k = reuse__depth_at(p, c, outside(p, at)); k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (s->spatial || s->level >= end) continue;
    if (k >= c->depth ? !is_outside(p, c->slot[k], at) : has_turns(p, c, k)) return false;
  }
  return true;
}

/* Whether a group takes the dim of chain C over outside level END, or lays the chunks that its
 * loops leave, however short, side by side for certain. */
static bool is_parted(const struct reuse__partial *p, const struct reuse__chain *c, int end) {
  const struct reuse__chain *over = reuse__group_over(p, c);
  bool parted = over && p->space->slot[over->slot[0]].level < end;
  for (int k = 0; over && k < over->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[over->slot[k]];
    parted = parted || (s->spatial && s->fans.least > 1);
  }
  return parted;
}

/* At most how many points of chain C what LEVEL sees of the link's child has while the loops
 * outside the one at AT stand still; 0: not known. */
static int64_t most_still(const struct reuse__partial *p, const struct reuse__chain *c,
                          const struct reuse__chain_link *l, int level, int at) {
  const int end = still_level(p, c, l, at);
  if (is_parted(p, c, end) || !stands_still(p, c, end, at)) return 0;
  if (reuse__is_group(c) && p->space->slot[c->slot[0]].level >= end) return 0;
  int64_t width = side_by_side(p, c, reuse__depth_at(p, c, outside(p, at)), level, end);
  for (int i = 0; i < p->nchains && reuse__is_group(c); i++) {
    const struct reuse__chain *own = &p->chain[i];
    if (own == c || !(own->dims & c->dims)) continue;
    if (reuse__is_loose(own, own->depth) || still_level(p, own, l, at) != end) return 0;
    if (!stands_still(p, own, end, at)) return 0;
    width = reuse__widths(width, side_by_side(p, own, 0, level, end));
  }
  return reuse__widths(width, p->space->slot[c->slot[0]].hold[end]);
}

/* Turns of chain C outside the loop at AT, each times the instances outside LEVEL: those of
 * the first DEPTH loops, or as many as the open ones need to bring its chunks down to what
 * fits the child. */
static double turns_outside(const struct reuse__partial *p, const struct reuse__chain *c,
                            const struct reuse__chain_link *l, int level, int depth, int at) {
  const double decided = turns(p, c, depth, level);
  const int64_t most = at < 0 ? 0 : most_still(p, c, l, level, at);
  const int known = depth < c->known ? depth : c->known, v = c->view[level];
  if (most == 0) return decided;
  const double whole = reuse__fmax(decided, reuse__runs_passes(reuse__chunks(c, known, v), most));
  if (known == depth || (c->at_most && depth == c->depth)) return whole;
  return reuse__fmax(whole, reuse__runs_passes(reuse__chunks(c, depth, v), most));
}

/* Turns of the loops of group C from number K on, of which the first DEPTH stand outside the
 * carrying one, in LENGTH points, each times the instances outside LEVEL; what is left of a
 * chunk then is brought down to MOST points (0: not known).  Of a spatial loop within LEVEL
 * the busiest instance counts. */
static double turns_in(const struct reuse__partial *p, const struct reuse__chain *c, int k,
                       int depth, int level, int64_t most, int64_t length) {
  const double pieces = most ? (double)reuse__ceil_div(length, most) : 1;
  if (k == depth) return reuse__fmax(beside(p, c, depth, level, length), pieces);
  const int64_t step = reuse__min(length, c->step[k]), rest = length % step;
  if (c->is_spatial[k] && p->space->slot[c->slot[k]].level >= level)
    return turns_in(p, c, k + 1, depth, level, most, step);
  if (c->at_most && k == c->depth - 1)
    return reuse__fmax(pieces, (double)reuse__ceil_div(length, step));
  if (c->least[k] < step) {
    const int64_t full = reuse__ceil_div(length, step) - 1;
    const int64_t last = reuse__min(c->least[k], length - full * step);
    return (double)full * turns_in(p, c, k + 1, depth, level, most, c->least[k]) +
           turns_in(p, c, k + 1, depth, level, most, last);
  }
  return (double)(length / step) * turns_in(p, c, k + 1, depth, level, most, step) +
         (rest ? turns_in(p, c, k + 1, depth, level, most, rest) : 0);
}

double reuse__group_turns(const struct reuse__partial *p, const struct reuse__chain *c,
                          const struct reuse__chain_link *l, int level, int depth,
                          int64_t most) {
  const struct reuse__runs r = ranges_of(p, c, l, level);
  double sum = 0;
  for (int i = 0; i < r.n; i++)
    sum += (double)r.run[i].times * turns_in(p, c, 0, depth, level, most, r.run[i].length);
  return sum;
}

double reuse__repeats(const struct reuse__partial *p, const struct reuse__chain_link *l,
                      int level, int at) {
  const int positions = outside(p, at);
  double times = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i], *over = reuse__group_over(p, c);
    const int depth = reuse__depth_at(p, c, positions);
    const bool group = reuse__is_group(c);
    if (group && !reuse__indexes_all(c, l) && !reuse__indexes_none(c, l))
      times *= rounds(p, c, l, depth, level);
    if (!reuse__indexes_none(c, l)) continue;
    if (group && depth > 0) {
      const int64_t most = at < 0 ? 0 : most_still(p, c, l, level, at);
      times *= reuse__group_turns(p, c, l, level, depth, most);
    }
    if (group && (depth > 0 || !has_single_range(p, c, level))) continue;
    if (over && reuse__indexes_none(over, l) && reuse__depth_at(p, over, positions) > 0)
      continue;
    times *= turns_outside(p, c, l, level, depth, at);
  }
  return times;
}
