/* Lower bounds of what every completion of a partial mapping costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/bound.h"

#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "count/shape.h"
#include "count/words.h"
#include "mapper/steps.h"

/* ---- chains as a link sees them --------------------------------------------------- */

static bool is_group(const struct reuse__chain *c) { return c->dims & (c->dims - 1); }

/* The group that takes dim chain C over, or NULL. */
static const struct reuse__chain *group_over(const struct reuse__partial *p,
                                             const struct reuse__chain *c) {
  return c->over < 0 ? NULL : &p->chain[c->over];
}

static bool is_relevant(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  return (c->dims & l->relevant) == c->dims;
}

static bool is_irrelevant(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  return !(c->dims & l->relevant);
}

/* Whether some instances of LEVEL may have no chunk of chain C while others do. */
static bool may_idle(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  const struct reuse__chain *over = group_over(p, c);
  return c->view[level] > 1 || (over && over->view[level] > 1);
}

/* Slots of chain C among the first POSITIONS decided ones. */
static int depth_at(const struct reuse__partial *p, const struct reuse__chain *c,
                    int positions) {
  return p->depth[positions][c - p->chain];
}

/* The largest fan-out that open spatial SLOT can have beside the decided ones of its level
 * and the smallest of the other open ones. */
static int64_t room_for(const struct reuse__partial *p, int slot) {
  const struct reuse__space *s = p->space;
  const struct reuse__slot *own = &s->slot[slot];
  const struct reuse_level *l = &s->engine->level[own->level];
  int64_t most = own->cap;
  for (int a = 0; a < l->naxes; a++) {
    int64_t used = 1;
    if (!(own->axes & REUSE_BIT(a))) continue;
    for (int k = 0; k < p->nspatial; k++) {
      const int i = p->spatial[k];
      if (i != slot && s->slot[i].level == own->level && s->slot[i].axes & REUSE_BIT(a))
        used *= p->is_open[i] ? s->slot[i].least : p->fan[i];
    }
    most = reuse__min(most, l->axis[a].size / used);
  }
  return most;
}

/* Fan-outs of the open spatial slots, at most; false if one has no room. */
static bool open_fans(struct reuse__partial *p) {
  bool possible = true;
  for (int k = 0; k < p->nspatial && possible; k++) {
    const int i = p->spatial[k];
    if (!p->is_open[i]) continue;
    p->fan[i] = room_for(p, i);
    possible = p->fan[i] >= p->space->slot[i].least;
  }
  return possible;
}

/* Product of the fan-outs of chain C's open spatial slots from LEVEL on, at most. */
static int64_t open_caps(const struct reuse__partial *p, const struct reuse__chain *c,
                         int level) {
  int64_t width = 1;
  for (int k = c->depth; k < c->nslots; k++) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (s->spatial && s->level >= level) width = reuse__widths(width, p->fan[c->slot[k]]);
  }
  return width;
}

/* At most how wide the open spatial slots of chain C cut a chunk up below an instance of
 * LEVEL; those of its dims included if it is a group without a loop yet. */
static int64_t open_width(const struct reuse__partial *p, const struct reuse__chain *c,
                          int level) {
  int64_t width = open_caps(p, c, level);
  for (int i = 0; i < p->nchains && is_group(c) && c->depth == 0; i++) {
    const struct reuse__chain *own = &p->chain[i];
    if (own != c && own->dims & c->dims)
      width = reuse__widths(width, open_caps(p, own, level));
  }
  return width;
}

/* At most how many chunks the spatial slots of the chains over DIMS lay side by side below
 * an instance of LEVEL. */
static double fan_out(const struct reuse__partial *p, unsigned dims, int level) {
  double fan = 1;
  for (int i = 0; i < p->position; i++) {
    const struct reuse__slot *s = &p->space->slot[p->at[i].slot];
    if (s->spatial && s->level >= level && p->chain[p->at[i].chain].dims & dims)
      fan *= (double)p->at[i].trips;
  }
  for (int i = 0; i < p->nchains; i++)
    if (p->chain[i].dims & dims) fan *= (double)open_width(p, &p->chain[i], level);
  return fan;
}

/* At least how many times WIDTH points of chain C's chunks, as view V has them, are taken.
 * Chunks of a step that is not known need not be taken in more turns than their whole. */
static double passes(const struct reuse__chain *c, int v, int64_t width) {
  if (!c->at_most) return reuse__runs_passes(&c->at[c->depth][v], width);
  return fmax(reuse__runs_count(&c->at[c->depth][v]),
              reuse__runs_passes(&c->at[c->depth - 1][v], width));
}

/* ---- rows and columns of the raw input ---------------------------------------------- */

/* Rows that LENGTH outputs touch, nothing clipped. */
static double rows_of(const struct reuse_problem *p, int i, int64_t length) {
  return (double)reuse__touched(length, p->stride[i], p->extent[REUSE_R + i],
                                p->dilation[i], 0, 0);
}

static double all_rows(const struct reuse_problem *p, int i) {
  return (double)reuse__touched(p->extent[REUSE_P + i], p->stride[i],
                                p->extent[REUSE_R + i], p->dilation[i], p->pad[i],
                                p->input[i]);
}

/* Rows that are padding, at most, in all tiles of at least LENGTH outputs. */
static double padded_rows(const struct reuse_problem *p, int i, int64_t length) {
  if (p->input[i] == 0) return 0;
  const int64_t reach = (p->extent[REUSE_P + i] - 1) * p->stride[i] +
                        (p->extent[REUSE_R + i] - 1) * p->dilation[i] + 1;
  const int64_t below = reach - p->pad[i] - p->input[i];
  double sum = 0;
  for (int64_t at = 0; at < p->pad[i]; at += length * p->stride[i])
    sum += (double)(p->pad[i] - at);
  for (int64_t at = 0; at < below; at += length * p->stride[i]) sum += (double)(below - at);
  return sum;
}

/* Rows of all tiles that the loops of the output rows' chain make before DEPTH, each
 * tile's counted; at least those that exist. */
static double rows_of_tiles(const struct reuse__partial *p, const struct reuse__chain *c,
                            int i, int depth) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__runs *r = &c->at[depth][1];
  double sum = 0;
  for (int k = 0; k < r->n; k++)
    sum += (double)r->run[k].times * rows_of(problem, i, r->run[k].length);
  if (r->n) sum -= padded_rows(problem, i, r->run[r->n - 1].length);
  return fmax(all_rows(problem, i), sum);
}

/* Rows that the tile loop AT with STEP brings in each time that it runs again from its
 * first tile: all but those that its last and first tile share.  If instances IDLE in a
 * short last tile, the one before counts; of a step that is only known to be at most STEP
 * the second, which is the nearest. */
static double rows_again(const struct reuse__partial *p, const struct reuse__chain *c, int i,
                         const struct reuse__decided *at, int64_t step, bool idles) {
  const int depth = at->depth;
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__runs *r = &c->at[depth][1];
  double sum = 0;
  for (int k = 0; k < r->n; k++) {
    const int64_t length = r->run[k].length;
    if (length <= step) continue;
    int64_t last = reuse__ceil_div(length, step) - 1;
    if (idles && length % step) last--;
    if (at->at_most) last = reuse__min(last, 1 - idles);
    const int64_t window = (problem->extent[REUSE_R + i] - 1) * problem->dilation[i] + 1;
    const int64_t shared = (step - 1 - last * step) * problem->stride[i] + window;
    double rows = rows_of(problem, i, length);
    if (r->n == 1 && r->run[k].times == 1) rows = all_rows(problem, i);
    sum += (double)r->run[k].times * fmax(0, rows - (double)reuse__max(0, shared));
  }
  if (r->n > 1 || r->run[0].times > 1)
    sum = fmax(0, sum - padded_rows(problem, i, r->run[r->n - 1].length));
  return sum;
}

/* ---- one link ------------------------------------------------------------------------ */

static bool touches_halo(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  for (int i = 0; i < 2; i++)
    if (l->halo[i] && c->dims & (REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i)))
      return true;
  return false;
}

/* Whether a tile of the link's tensor changes with every turn of a loop of chain C. */
static bool is_carrier(const struct reuse__chain *c, const struct reuse__chain_link *l) {
  if (!is_relevant(c, l)) return false;
  if (!touches_halo(c, l)) return true;
  return c->dims == REUSE_BIT(REUSE_P) || c->dims == REUSE_BIT(REUSE_Q);
}

/* Position of the innermost decided temporal loop above the child that changes the tile,
 * or -1. */
static int carrier(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  for (int i = p->position - 1; i >= 0; i--) {
    const struct reuse__slot *s = &p->space->slot[p->at[i].slot];
    if (s->level < l->child && !s->spatial && p->at[i].trips > 1 &&
        is_carrier(&p->chain[p->at[i].chain], l))
      return i;
  }
  return -1;
}

/* Whether all chunks that the dims of group C leave to it are equal, and one. */
static bool has_single_range(const struct reuse__chain *c) {
  return c->at[0][1].n == 1 && c->at[0][1].run[0].times == 1;
}

/* Instances outside LEVEL among which the open loops of chain C divide a chunk of LENGTH
 * points, at least: of its longest one as many as the smallest fan-outs say, of a shorter
 * one as many as the largest step with such a fan-out leaves. */
static int64_t least_beside(const struct reuse__partial *p, const struct reuse__chain *c,
                            int level, int64_t length) {
  const int64_t longest = c->at[c->depth][0].run[0].length;
  int64_t n = 1;
  if (c->points != c->loop_points) return 1;
  for (int k = c->nslots - 1; k >= c->depth; k--) {
    const struct reuse__slot *s = &p->space->slot[c->slot[k]];
    if (!s->spatial || s->level >= level || s->least == 1) continue;
    n = length >= longest ? reuse__max(n, (s->least - 1) * n + 1)
                          : reuse__ceil_div(length, reuse__max(1, (longest - 1) / (s->least - 1)));
  }
  return n;
}

/* Instances outside LEVEL among which the loops of chain C from number K on divide a chunk
 * of LENGTH points, temporal loops at their first chunk. */
static double beside(const struct reuse__partial *p, const struct reuse__chain *c, int k,
                     int level, int64_t length) {
  if (k == c->depth) return (double)least_beside(p, c, level, length);
  if (p->space->slot[c->slot[k]].level >= level) return 1;
  const int64_t step = c->step[k];
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
  const struct reuse__runs *r = &c->at[depth][c->view[level]];
  double sum = 0;
  for (int i = 0; i < r->n; i++)
    sum += (double)r->run[i].times * beside(p, c, depth, level, r->run[i].length);
  return sum;
}

/* Chunks of dim chain C that the instances outside LEVEL have beside each other, for each
 * of the busiest ones, from which a group goes on: at least those that are as long. */
static double spread(const struct reuse__chain *c, int level) {
  const struct reuse__runs *all = &c->at[c->depth][c->view[level]];
  const struct reuse__runs *busiest = &c->at[c->depth][1];
  double least = INFINITY;
  for (int i = 0; i < busiest->n; i++) {
    double times = 0;
    for (int k = 0; k < all->n; k++)
      if (all->run[k].length == busiest->run[i].length) times = (double)all->run[k].times;
    least = fmin(least, times / (double)busiest->run[i].times);
  }
  return all->whole && busiest->whole ? fmax(1, least) : 1;
}

/* ---- groups only some of whose dims index the tensor ---------------------------------- */

/* A group whose slower dims index the tensor and whose faster ones do not, or the other
 * way round, and points of the faster ones. */
struct halves {
  bool known, faster_index;
  int64_t faster;
};

/* Points of dim D that a range of a group over it has, or 0 if these differ. */
static int64_t points_left(const struct reuse__partial *p, int d) {
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (c->dims != REUSE_BIT(d)) continue;
    const struct reuse__runs *r = &c->at[c->depth][1];
    return r->n == 1 && !c->at_most ? r->run[0].length : 0;
  }
  return p->space->layer->problem.extent[d];
}

/* Whether any M outputs in a row of axis I have at least the share M of all of the rows. */
static bool rows_in_proportion(const struct reuse_problem *p, int i) {
  const int64_t window = p->extent[REUSE_R + i];
  const int64_t below = (p->extent[REUSE_P + i] - 1) * p->stride[i] + window - p->pad[i] -
                        p->input[i];
  return p->dilation[i] == 1 && window - p->stride[i] >= reuse__max(p->pad[i], below);
}

static bool in_proportion(const struct reuse__partial *p, const struct reuse__chain_link *l,
                          int d) {
  for (int i = 0; i < 2; i++) {
    if (!l->halo[i]) continue;
    if (d == REUSE_R + i) return false;
    if (d == REUSE_P + i && !rows_in_proportion(&p->space->layer->problem, i)) return false;
  }
  return true;
}

static struct halves halves_of(const struct reuse__partial *p, const struct reuse__chain *c,
                               const struct reuse__chain_link *l) {
  const struct reuse_loop_rule *rule = &p->space->slot[c->slot[0]].loop;
  const int last = rule->dim[rule->ndims - 1];
  struct halves h = {.known = c->points == c->loop_points,
                     .faster_index = l->relevant & REUSE_BIT(last), .faster = 1};
  bool slower = false;
  for (int i = rule->ndims - 1; i >= 0 && h.known; i--) {
    const int d = rule->dim[i];
    const bool indexes = l->relevant & REUSE_BIT(d);
    slower = slower || indexes != h.faster_index;
    if (!slower) h.faster *= points_left(p, d);
    h.known = h.faster > 0 && indexes == (h.faster_index != slower) && in_proportion(p, l, d);
  }
  return h;
}

/* How many index values LENGTH points in a row have, at least. */
static double index_values(const struct halves *h, int64_t length) {
  return (double)(h->faster_index ? reuse__min(length, h->faster)
                                  : reuse__ceil_div(length, h->faster));
}

/* The same for the instances outside LEVEL among which the spatial loops of group C from
 * number K on divide LENGTH points, all together. */
static double values_beside(const struct reuse__partial *p, const struct reuse__chain *c,
                            const struct halves *h, int k, int level, int64_t length) {
  if (k == c->depth || !c->is_spatial[k] || p->space->slot[c->slot[k]].level >= level)
    return index_values(h, length);
  const int64_t step = reuse__min(length, c->step[k]), rest = length % step;
  return (double)(length / step) * values_beside(p, c, h, k + 1, level, step) +
         (rest ? values_beside(p, c, h, k + 1, level, rest) : 0);
}

/* How often the index values of group C come round in its first DEPTH loops and the
 * instances beside each other, at least.  Of a loop whose step is not known this is not. */
static double rounds(const struct reuse__partial *p, const struct reuse__chain *c,
                     const struct reuse__chain_link *l, int depth, int level) {
  const struct halves h = halves_of(p, c, l);
  if (c->at_most && depth == c->depth) return 1;
  const struct reuse__runs *r = &c->at[depth][c->view[level]];
  double values = 0, once = 0;
  if (!h.known || !r->whole) return 1;
  for (int i = 0; i < r->n; i++)
    values += (double)r->run[i].times *
              values_beside(p, c, &h, depth, level, r->run[i].length);
  r = &c->at[0][1];
  for (int i = 0; i < r->n; i++)
    once += (double)r->run[i].times * index_values(&h, r->run[i].length);
  return fmax(1, values / once);
}

/* How often the settings of irrelevant loops among the first POSITIONS come round. */
static double repeats(const struct reuse__partial *p, const struct reuse__chain_link *l,
                      int level, int positions) {
  double times = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i], *over = group_over(p, c);
    const int depth = depth_at(p, c, positions);
    if (is_group(c) && !is_relevant(c, l) && !is_irrelevant(c, l))
      times *= rounds(p, c, l, depth, level);
    if (!is_irrelevant(c, l)) continue;
    if (is_group(c) && depth == 0 && !has_single_range(c)) continue;
    const bool taken_over =
        over && is_irrelevant(over, l) && depth_at(p, over, positions) > 0;
    times *= taken_over ? spread(c, level) : turns(p, c, depth, level);
  }
  return times;
}

/* Part of the words that come anew with every turn of the carrying loop at AT. */
static double carried_part(const struct reuse__partial *p, const struct reuse__chain_link *l,
                           const struct reuse__decided *at) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__chain *own = &p->chain[at->chain];
  const int64_t step = own->step[at->depth];
  const double points = (double)own->points;
  const double lost = (double)(own->loop_points - own->points);
  const struct reuse__runs *r = &own->at[at->depth][own->nspatial + 1];
  const bool idles = l->tensor != REUSE_O && may_idle(p, own, l->child);
  const double again = reuse__runs_points_again(r, step, idles) - lost;
  const double part = again >= points ? 1 : fmax(0, again) / points;
  if (!touches_halo(own, l)) return part;
  const int i = own->dims == REUSE_BIT(REUSE_P) ? 0 : 1;
  return fmin(part, rows_again(p, own, i, at, step, idles) / all_rows(problem, i));
}

/* How much more than once the rows and columns of raw tiles other than the carrying
 * chain's are counted, because tiles overlap. */
static double overlap(const struct reuse__partial *p, const struct reuse__chain_link *l,
                      int at) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  double more = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (i == p->at[at].chain || !touches_halo(c, l) || !is_carrier(c, l)) continue;
    if (may_idle(p, c, l->child)) continue;
    const int axis = c->dims == REUSE_BIT(REUSE_P) ? 0 : 1;
    const double rows = all_rows(problem, axis);
    const double tiles = rows_of_tiles(p, c, axis, depth_at(p, c, at));
    if (tiles > rows) more *= tiles / rows;
  }
  return more;
}

/* Words that come to a child that holds them, seen from LEVEL: the child's instances
 * side by side, or united below each instance of the parent. */
static double arrivals(const struct reuse__partial *p, const struct reuse__chain_link *l,
                       int level) {
  const double once = l->words - l->padding;
  const int at = carrier(p, l);
  if (at < 0) return repeats(p, l, level, 0) * once;
  const double part = carried_part(p, l, &p->at[at]);
  double words = part < 1 ? floor(l->words * part) : l->words;
  const double more = overlap(p, l, at);
  if (more > 1) words = floor(words * more * (1 - 1e-12));
  return fmax(once, repeats(p, l, level, at) * (words - l->padding));
}

/* Words that MACs which hold nothing read from the parent, shared by those that use
 * them in the same step. */
static double operands(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  double words = l->words;
  if (l->crosses || l->halo[0] || l->halo[1])
    words = p->effective / (double)problem->extent[REUSE_K];
  if (l->halo[0] || l->halo[1])
    words = floor(words / fan_out(p, REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S), l->parent));
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i], *over = group_over(p, c);
    if (!is_irrelevant(c, l)) continue;
    const int v = c->view[l->parent];
    if (over && is_irrelevant(over, l)) words *= spread(c, l->parent);
    else words *= over ? reuse__runs_count(&c->at[c->depth][v])
                  : passes(c, v, open_width(p, c, l->parent));
  }
  return words;
}

static double at_macs(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return l->tensor == REUSE_I && !l->expanded ? p->effective : p->macs;
}

/* Words that the child's instances receive (or give); that the parent moves for them. */
static double received(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return l->held ? arrivals(p, l, l->child) : at_macs(p, l);
}

static double served(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  if (!l->merges) {
    if (!l->held) return l->crosses ? p->effective : at_macs(p, l);
    return arrivals(p, l, l->child);
  }
  return l->held ? arrivals(p, l, l->parent) : operands(p, l);
}

/* ---- counts ---------------------------------------------------------------------------- */

static int64_t whole(double words) { return (int64_t)words; }

/* How often the first POSITIONS decided loops turn, lockstep. */
static double settings(const struct reuse__partial *p, int positions) {
  double steps = 1;
  for (int k = 0; k < p->nchains; k++) {
    const struct reuse__chain *chain = &p->chain[k], *over = group_over(p, chain);
    if (over && depth_at(p, over, positions) > 0) continue;
    if (is_group(chain) && depth_at(p, chain, positions) == 0) continue;
    steps *= reuse__runs_count(&chain->at[depth_at(p, chain, positions)][0]);
  }
  return steps;
}

/* Whether a tile costs something however little it holds. */
static bool costs_by_tile(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  const struct reuse_level *level = p->space->engine->level;
  return level[l->parent].tile_bytes[l->tensor].given ||
         level[l->child].tile_cycles[l->tensor].given;
}

/* How often the child's tile comes anew, out to the innermost decided loop that changes it. */
static int64_t bound_fills(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return whole(settings(p, carrier(p, l) + 1));
}

static void bound_input(const struct reuse__partial *p, const struct reuse__chain_link *l,
                        struct reuse_counts *c) {
  struct reuse__chain_link all = *l;
  all.padding = 0;
  const double loads = received(p, &all);
  c->at[l->parent][l->tensor].serves = whole(served(p, l));
  c->at[l->parent][l->tensor].deliveries = whole(loads);
  if (l->child == p->nest.nlevels - 1) return;
  c->at[l->child][l->tensor].loads = whole(loads);
  if (costs_by_tile(p, l)) c->at[l->child][l->tensor].fills = bound_fills(p, l);
}

static int decided_above(const struct reuse__partial *p, int level) {
  int n = 0;
  while (n < p->position && p->space->slot[p->at[n].slot].level < level) n++;
  return n;
}

/* At most how many sums the instances of the child start or take up again: exact as
 * long as no instance idles. */
static double most_stays(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  int above = 0;
  for (int i = 0; i < p->space->nslots; i++) above += p->space->slot[i].level < l->child;
  if (decided_above(p, l->child) < above || !l->held) return INFINITY;
  for (int i = 0; i < p->position; i++)
    if (p->at[i].at_most) return INFINITY;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (c->loop_points > c->points) return INFINITY;
    for (int k = 0; k <= depth_at(p, c, above); k++) {
      const struct reuse__runs *r = &c->at[k][c->nspatial + 1];
      if (!r->whole || (c->nspatial && r->n > 1)) return INFINITY;
    }
    if (is_group(c) && c->dims & l->relevant && c->dims & ~l->relevant) return INFINITY;
  }
  const int at = carrier(p, l);
  return l->words * (at < 0 ? repeats(p, l, l->child, 0) : repeats(p, l, l->child, at));
}

/* At most how many instances of the child add to the same sum. */
static double adders(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  const struct reuse_engine *e = p->space->engine;
  double all = 1;
  for (int i = 0; i < l->child; i++) {
    double children = 1, fan = 1;
    for (int a = 0; a < e->level[i].naxes; a++) children *= (double)e->level[i].axis[a].size;
    for (int k = 0; k < p->space->nslots; k++) {
      const struct reuse__slot *s = &p->space->slot[k];
      if (s->level == i && s->spatial && p->chain[p->chain_of[k]].dims & ~l->relevant)
        fan *= (double)p->fan[k];
    }
    all *= fmin(children, fan);
  }
  return all;
}

/* Whether a sum that LEVEL sends up costs it the same as one that it sends down again: in
 * words, cycles and ports. */
static bool trades_reads(const struct reuse__partial *p, int level) {
  const struct reuse_level *own = &p->space->engine->level[level];
  if (own->kind == REUSE_DRAM || own->tensor_bandwidth[REUSE_O].q.given) return false;
  for (int i = level + 1; i < p->space->engine->nlevels; i++) {
    const struct reuse_level *child = &p->space->engine->level[i];
    if (!(p->space->keeps[i] & REUSE_BIT(REUSE_O))) continue;
    return child->kind != REUSE_SRAM || child->double_buffered || child->streams;
  }
  return true;
}

/* Whether blocks make the loops walk points that do not exist. */
static bool has_holes(const struct reuse__partial *p) {
  for (int i = 0; i < p->nchains; i++)
    if (p->chain[i].loop_points > p->chain[i].points) return true;
  return false;
}

/* How many reads of the child the sums that its instances start save at most, when these
 * start or take up at least STAYS; each that they do not save or that is sent up is a
 * read.  A stay more saves one read down and costs one up.  Sums that are not taken up
 * again may be narrower on their way up, but each has one stay in each of its adders at
 * most, unless holes empty the child between its points. */
static double saved_reads(const struct reuse__partial *p, const struct reuse__chain_link *l,
                          double stays) {
  const struct reuse_arch *arch = p->space->arch;
  const double most = most_stays(p, l);
  if (!l->held || !trades_reads(p, l->child)) return most;
  if (arch->psum_bits.value <= arch->bits[REUSE_O].value) return stays;
  if (has_holes(p)) return most;
  return fmax(stays, fmin(most, l->words * adders(p, l)));
}

/* What the links further in must know of the sums of the link above them. */
struct sums {
  double returned;              /* to the child, at least */
  double stays;                 /* started or taken up by the child, at most */
  double saved;                 /* see above */
};

/* Partial sums return to the child for every arrival that does not start one. */
static void bound_output(const struct reuse__partial *p, const struct reuse__chain_link *l,
                         struct sums *above, struct reuse_counts *c) {
  struct reuse_traffic *up = &c->at[l->parent][REUSE_O];
  const double stays = received(p, l), come = served(p, l);
  const double again = fmax(0, come - above->stays) + above->returned;
  const double returned = l->merges ? again : 0;
  up->updates = whole(come);
  up->serves = whole(fmax(again, come - above->saved + above->returned));
  up->deliveries = whole(stays + returned);
  if (l->child < p->nest.nlevels - 1) {
    c->at[l->child][REUSE_O].drains = whole(stays);
    c->at[l->child][REUSE_O].loads = whole(returned);
    if (costs_by_tile(p, l)) c->at[l->child][REUSE_O].fills = bound_fills(p, l);
  }
  *above = (struct sums){returned, most_stays(p, l), saved_reads(p, l, stays)};
}

static double bound_steps(const struct reuse__partial *p) {
  double steps = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (group_over(p, c)) continue;
    steps *= passes(c, 0, open_width(p, c, 0));
  }
  return fmax(steps, ceil(p->macs / (double)p->space->engine->macs));
}

static void bound_levels(const struct reuse__partial *p, struct reuse_counts *c) {
  const struct reuse_engine *e = p->space->engine;
  int64_t instances = 1;
  int position = 0;
  for (int i = 0; i <= e->nlevels; i++) {
    while (position < p->position && p->space->slot[p->at[position].slot].level < i)
      position++;
    c->level_steps[i] = whole(settings(p, position));
    c->level_instances[i] = instances;
    if (i == e->nlevels) break;
    int64_t children = 1, fan = 1;
    for (int a = 0; a < e->level[i].naxes; a++) children *= e->level[i].axis[a].size;
    for (int k = 0; k < p->space->nslots; k++)
      if (p->space->slot[k].level == i && p->space->slot[k].spatial)
        fan = reuse__min(children, fan * p->fan[k]);
    instances *= reuse__min(fan, children);
  }
}

/* Decides open slots as far as they are certain: forced and last steps, and of a loop that
 * must cut up its range because the array cannot take more at once the largest step.
 * *possible is false if the array cannot take what is left.  Returns their number. */
static int decide_certain(struct reuse__partial *p, bool *possible) {
  const struct reuse__space *s = p->space;
  static const struct reuse__order none;
  const struct reuse__order *o = p->level < 0 ? &none : &p->order[p->level];
  unsigned unknown = 0;
  int pushed = 0, first = 0;
  for (int i = 0; i < p->position; i++) {
    first += s->slot[p->at[i].slot].level == p->level;
    if (p->at[i].at_most) unknown |= p->chain[p->at[i].chain].dims;
  }
  const int n = o->n - first + p->ninner;
  for (int i = 0; i < n && *possible; i++) {
    const int slot = first + i < o->n ? o->slot[first + i] : p->inner[i - (o->n - first)];
    const struct reuse__slot *x = &s->slot[slot];
    const unsigned dims = reuse__rule_dims(&x->loop);
    if (first + i >= o->n && x->level <= p->level) continue;
    if (unknown & dims || (x->level > p->level && !p->ordered[x->level])) {
      unknown |= dims;
      continue;
    }
    int64_t step = x->loop.step ? x->loop.step : x->last ? 1 : 0;
    if (step == 0) {
      unknown |= dims;
      step = reuse__largest_step(s, slot);
      if (step == 0 || reuse__partial_range(p, slot) <= step) continue;
    }
    *possible = unknown & dims ? reuse__partial_push_most(p, slot, step)
                               : reuse__partial_push(p, slot, step);
    pushed += *possible;
  }
  return pushed;
}

bool reuse__bound_counts(struct reuse__partial *p, struct reuse_counts *c) {
  const double outputs = (double)reuse_tensor_words(&p->space->layer->problem, REUSE_O);
  struct sums above = {0, outputs, outputs};
  bool possible = true;
  memset(c, 0, sizeof *c);
  reuse__count_partial(&p->space->layer->problem, &p->nest, c);
  int pushed = decide_certain(p, &possible);
  reuse__partial_groups(p);
  possible = possible && open_fans(p);
  if (possible) {
    c->macs = whole(p->macs);
    c->effective_macs = whole(p->effective);
    c->steps = whole(bound_steps(p));
    bound_levels(p, c);
    c->instances = c->level_instances[p->nest.nlevels - 1];
    for (int i = 0; i < p->nlinks; i++)
      if (p->link[i].tensor == REUSE_O) bound_output(p, &p->link[i], &above, c);
      else bound_input(p, &p->link[i], c);
  }
  for (; pushed > 0; pushed--) reuse__partial_pop(p);
  return possible;
}
