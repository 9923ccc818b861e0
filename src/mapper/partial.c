/* Partial mappings: the chunks that the decided loops make.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/partial.h"

#include <string.h>

#include "base/checked.h"
#include "cost/fits.h"
#include "count/shape.h"
#include "count/words.h"
#include "mapper/partial_sums.h"
#include "mapper/shares.h"
#include "mapper/tiles.h"

/* ---- chains ------------------------------------------------------------------- */

static void add_to_chain(struct reuse__partial *p, int i) {
  const struct reuse__space *s = p->space;
  for (int c = 0; c < p->nchains; c++) {
    struct reuse__chain *chain = &p->chain[c];
    if (reuse__space_inner(s, chain->slot[chain->nslots - 1]) != i) continue;
    chain->slot[chain->nslots++] = i;
    chain->nspatial += s->slot[i].spatial;
    p->chain_of[i] = c;
    return;
  }
  struct reuse__chain *chain = &p->chain[p->nchains];
  *chain = (struct reuse__chain){.dims = s->slot[i].dims, .nslots = 1,
                                 .slot = {i}, .nspatial = s->slot[i].spatial};
  chain->points = chain->loop_points = 1;
  for (int d = 0; d < REUSE_DIMS; d++)
    if (chain->dims & REUSE_BIT(d)) {
      chain->points *= s->layer->problem.extent[d];
      chain->loop_points *= reuse__space_extent(s, d);
    }
  p->chain_of[i] = p->nchains++;
}

/* The least ranges that the smallest fan-outs of the chain divide. */
static void add_needs(struct reuse__partial *p, const struct reuse__chain *c) {
  int64_t need = 1;
  for (int i = c->nslots - 1; i >= 0; i--) {
    const struct reuse__slot *slot = &p->space->slot[c->slot[i]];
    if (slot->spatial) need = reuse__max(need, (slot->fans.least - 1) * need + 1);
    p->fan[c->slot[i]] = slot->fans.cap;
    p->is_open[c->slot[i]] = true;
    p->need[c->slot[i]] = need;
  }
}

/* Which group takes the chain over, and how it looks from each level. */
static void add_views(struct reuse__partial *p, struct reuse__chain *c) {
  c->over = -1;
  for (int i = p->nchains - 1; i >= 0 && !reuse__is_group(c); i--)
    if (reuse__is_group(&p->chain[i]) && p->chain[i].dims & c->dims) c->over = i;
  for (int level = 0; level <= p->space->engine->nlevels; level++) {
    c->view[level] = 1;
    for (int i = 0; i < c->nslots; i++) {
      const struct reuse__slot *s = &p->space->slot[c->slot[i]];
      c->view[level] += s->spatial && s->level < level;
    }
  }
}

/* Where the temporal slots over its dims are. */
static void add_temporal(const struct reuse__space *s, struct reuse__chain *c) {
  memset(c->temporal, 0, sizeof c->temporal);
  for (int i = 0; i < s->nslots; i++) {
    const struct reuse__slot *slot = &s->slot[i];
    if (slot->spatial || !(slot->dims & c->dims)) continue;
    if (c->temporal[slot->level].end == 0) c->temporal[slot->level].first = i;
    c->temporal[slot->level].end = i + 1;
  }
}

/* Gives every chain its part of the chunks. */
static void place_chunks(struct reuse__partial *p) {
  struct reuse__runs *next = p->chunks;
  for (int c = 0; c < p->nchains; c++) {
    p->chain[c].at = next;
    next = reuse__chunks(&p->chain[c], p->chain[c].nslots + 1, 0);
  }
}

/* The whole range of a chain, before its loops. */
static void chain_start(struct reuse__chain *c) {
  for (int v = 0; v <= c->nspatial + 1; v++)
    reuse__runs_one(v == 0 ? c->loop_points : c->points, reuse__chunks(c, 0, v));
}

/* The chain of dim D alone, or NULL if D has no loop of its own. */
static const struct reuse__chain *chain_of_dim(const struct reuse__partial *p, int d) {
  for (int i = 0; i < p->nchains; i++)
    if (p->chain[i].dims == REUSE_BIT(d)) return &p->chain[i];
  return NULL;
}

/* The chunks that the loops of dim D alone leave to a group over it, in VIEW; one chunk if there
 * are none. */
static struct reuse__runs left_by(const struct reuse__partial *p, int d, int view) {
  const struct reuse__chain *own = chain_of_dim(p, d);
  struct reuse__runs runs;
  if (own) return *reuse__chunks(own, own->depth - own->at_most, view);
  reuse__runs_one(view == 0 ? reuse__space_extent(p->space, d)
                            : p->space->layer->problem.extent[d], &runs);
  return runs;
}

/* Whether a step of a dim of group C is not known. */
static bool has_loose_dims(const struct reuse__partial *p, const struct reuse__chain *c) {
  for (int d = 0; d < REUSE_DIMS; d++) {
    const struct reuse__chain *own = c->dims & REUSE_BIT(d) ? chain_of_dim(p, d) : NULL;
    if (own && reuse__is_loose(own, own->depth - own->at_most)) return true;
  }
  return false;
}

/* The range of a group: the chunks that the loops of its dims left. */
static void group_start(const struct reuse__partial *p, struct reuse__chain *c) {
  chain_start(c);
  c->loose_dims = has_loose_dims(p, c);
  for (int v = 0; v <= c->nspatial + 1; v++) {
    struct reuse__runs all, dim, product;
    reuse__runs_one(1, &all);
    for (int d = 0; d < REUSE_DIMS; d++) {
      if (!(c->dims & REUSE_BIT(d))) continue;
      dim = left_by(p, d, v > 0);
      reuse__runs_pairs(&all, &dim, &product);
      all = product;
    }
    *reuse__chunks(c, 0, v) = all;
  }
}

/* ---- links -------------------------------------------------------------------- */

static bool axis_overlaps(const struct reuse_problem *p, int i) {
  const int64_t m = p->extent[REUSE_P + i], n = p->extent[REUSE_R + i];
  if (m > 1 && n > 1) return true;
  return p->input[i] > 0 &&
         (p->pad[i] > 0 ||
          (m - 1) * p->stride[i] + (n - 1) * p->dilation[i] >= p->input[i]);
}

static void add_link(struct reuse__partial *p, int tensor, int parent, int child) {
  const struct reuse__space *s = p->space;
  const struct reuse_problem *problem = &s->layer->problem;
  const int macs = s->engine->nlevels, edge = s->dataflow->im2col_level;
  struct reuse__chain_link *l = &p->link[p->nlinks++];
  *l = (struct reuse__chain_link){.tensor = tensor, .parent = parent, .child = child};
  l->held = child < macs || s->engine->latch & REUSE_BIT(tensor);
  l->expanded = tensor == REUSE_I && edge >= 0 && child > edge;
  l->crosses = l->expanded && parent <= edge;
  const int network = s->engine->level[parent].network[tensor];
  l->merges = tensor == REUSE_O ? network == REUSE_REDUCE : network != REUSE_UNICAST;
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].spatial && s->slot[i].level >= parent && s->slot[i].level < child)
      l->parallel = true;
  l->relevant = ((1u << REUSE_DIMS) - 1) & ~reuse__not_indexing(tensor);
  for (int i = 0; i < 2; i++)
    l->halo[i] = tensor == REUSE_I && !l->expanded && axis_overlaps(problem, i);
  l->words = (double)reuse_tensor_words(problem, (enum reuse_tensor)tensor);
  const double expanded = p->macs / (double)problem->extent[REUSE_K];
  if (l->expanded) l->words = expanded;
  if (l->crosses) l->padding = expanded - p->effective / (double)problem->extent[REUSE_K];
}

static void add_links(struct reuse__partial *p) {
  const struct reuse__space *s = p->space;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    int parent = -1;
    if (!(s->layer->problem.tensors & REUSE_BIT(t))) continue;
    for (int i = 0; i <= s->engine->nlevels; i++) {
      if (i < s->engine->nlevels && !(s->keeps[i] & REUSE_BIT(t))) continue;
      if (parent >= 0) add_link(p, t, parent, i);
      parent = i;
    }
  }
}

/* ---- deciding slots -------------------------------------------------------------- */

void reuse__partial_start(const struct reuse__space *s, struct reuse__partial *p) {
  p->space = s;
  p->position = p->nchains = p->nlinks = 0;
  p->macs = 1;
  for (int d = 0; d < REUSE_DIMS; d++) p->macs *= (double)s->layer->problem.extent[d];
  p->effective = (double)reuse__effective_macs(&s->layer->problem);
  reuse__space_levels(s, &p->nest);
  for (int i = 0; i < p->nest.nlevels; i++)
    p->nest.level[i].first_loop = p->nest.level[i].nloops = 0;
  for (int i = 0; i < s->nslots; i++) add_to_chain(p, i);
  place_chunks(p);
  for (int c = 0; c < p->nchains; c++) {
    add_needs(p, &p->chain[c]);
    add_views(p, &p->chain[c]);
    add_temporal(s, &p->chain[c]);
    chain_start(&p->chain[c]);
  }
  add_links(p);
  memset(p->depth[0], 0, sizeof p->depth[0]);
  p->level = -1;
  p->ninner = p->nspatial = 0;
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].spatial) p->spatial[p->nspatial++] = i;
  for (int level = 0; level < s->engine->nlevels; level++) {
    int temporal = 0;
    for (int spatial = 0; spatial < 2; spatial++)
      for (int i = 0; i < s->nslots; i++) {
        if (s->slot[i].level != level || s->slot[i].spatial != spatial) continue;
        p->inner[p->ninner++] = i;
        temporal += !spatial;
      }
    p->ordered[level] = !s->dataflow->temporal[level].any_order || temporal < 2;
  }
}

static void start_if_group(const struct reuse__partial *p, struct reuse__chain *c) {
  if (c->depth > 0 || c->ranged || !reuse__is_group(c)) return;
  group_start(p, c);
  c->ranged = true;
}

/* The ranges of groups over the dim of chain C are no more what its loops leave. */
static void forget_ranges(struct reuse__partial *p, const struct reuse__chain *c) {
  for (int i = 0; i < p->nchains && p->space->grouped & c->dims; i++)
    if (p->chain[i].dims & c->dims) p->chain[i].ranged = false;
}

int64_t reuse__partial_range(struct reuse__partial *p, int slot) {
  struct reuse__chain *c = &p->chain[p->chain_of[slot]];
  start_if_group(p, c);
  return reuse__chunks(c, c->depth, 0)->run[0].length;
}

/* Points of the longest range that its dims leave to group C, at most. */
static int64_t longest_range(const struct reuse__partial *p, const struct reuse__chain *c) {
  int64_t points = 1;
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (!(c->dims & REUSE_BIT(d))) continue;
    const struct reuse__chain *own = chain_of_dim(p, d);
    points = reuse__widths(points, own ? reuse__longest(p, own, own->depth - own->at_most)
                                       : reuse__space_extent(p->space, d));
  }
  return points;
}

int64_t reuse__longest(const struct reuse__partial *p, const struct reuse__chain *c, int depth) {
  const int known = c->loose_dims ? 0 : c->known < depth ? c->known : depth;
  int64_t longest = c->loose_dims ? longest_range(p, c)
                                  : reuse__chunks(c, known, 0)->run[0].length;
  for (int k = known; k < depth; k++) longest = reuse__min(longest, c->step[k]);
  return longest;
}

/* Spatial loops of the level so far, and the new one, on the axes. */
static bool has_room(const struct reuse__partial *p, int slot, int64_t trips) {
  const struct reuse__space *s = p->space;
  int64_t used[REUSE_MAX_AXES] = {1, 1, 1, 1};
  for (int i = p->position - 1; i >= 0; i--) {
    if (s->slot[p->at[i].slot].level != s->slot[slot].level) break;
    if (s->slot[p->at[i].slot].spatial &&
        !reuse__space_occupy(s, p->at[i].slot, p->at[i].trips, used))
      return false;
  }
  return reuse__space_occupy(s, slot, trips, used);
}

/* The chunks of chain C after a loop with a step from LEAST (0: any) to STEP points. */
static void chain_push(struct reuse__chain *c, bool spatial, int64_t least, int64_t step) {
  const int k = c->depth++;
  int beside = 0;
  for (int i = 0; i < k; i++) beside += c->is_spatial[i];
  c->is_spatial[k] = spatial;
  c->step[k] = step;
  c->least[k] = least;
  if (c->known == k && least == step) c->known++;
  for (int v = 0; v <= c->nspatial + 1; v++) {
    const struct reuse__runs *from = reuse__chunks(c, k, v);
    struct reuse__runs *to = reuse__chunks(c, k + 1, v);
    if (spatial && v < beside + 2) reuse__runs_first(from, step, to);
    else if (least > 0 && least < step) reuse__runs_cut_between(from, least, step, to);
    else reuse__runs_cut(from, step, to);
  }
}

/* Points of the longest range that SLOT's loop may split. */
static int64_t longest_of(struct reuse__partial *p, int slot) {
  const struct reuse__chain *c = &p->chain[p->chain_of[slot]];
  const int64_t range = reuse__partial_range(p, slot);
  return reuse__is_loose(c, c->depth) ? reuse__longest(p, c, c->depth) : range;
}

/* Decides SLOT, the next in nest order, to have steps that it was ASKED to have and can have. */
static bool push_as(struct reuse__partial *p, int slot, enum reuse__trips of_trips,
                    const struct reuse__between_steps *asked) {
  const struct reuse__slot *s = &p->space->slot[slot];
  struct reuse__chain *c = &p->chain[p->chain_of[slot]];
  const int64_t range = reuse__partial_range(p, slot), longest = longest_of(p, slot);
  const bool loose = reuse__is_loose(c, c->depth), one = of_trips == REUSE__ONE_TRIP;
  const int64_t least = one ? longest : asked->least;
  const int64_t limit = of_trips == REUSE__SEVERAL_TRIPS ? longest - 1 : asked->most;
  const int64_t step = one ? longest : reuse__min(asked->most, limit);
  if (of_trips == REUSE__SEVERAL_TRIPS && least > limit) return false;
  const int64_t certain = reuse__ceil_div(range, step);
  const int64_t trips = of_trips == REUSE__SEVERAL_TRIPS ? reuse__max(2, certain) : certain;
  if (s->spatial && trips > 1 && !has_room(p, slot, trips)) return false;
  if (s->spatial && !reuse__share_holds(p, slot, trips)) return false;
  if (s->spatial && trips < s->fans.least) return false;
  if (c->depth + 1 < c->nslots && reuse__min(longest, step) < p->need[c->slot[c->depth + 1]])
    return false;
  if (!reuse__tile_holds(p, slot, longest, loose ? 0 : least, step)) return false;
  if (trips > 1 && p->nest.nloops == REUSE_MAX_LOOPS) return false;
  p->at[p->position++] = (struct reuse__decided){
      slot, p->chain_of[slot], c->depth, of_trips, *asked, trips, least, least < step};
  memcpy(p->depth[p->position], p->depth[p->position - 1], sizeof p->depth[0]);
  p->depth[p->position][p->chain_of[slot]]++;
  p->fan[slot] = trips;
  p->is_open[slot] = false;
  chain_push(c, s->spatial, least, step);
  if (c->over >= 0) forget_ranges(p, c);
  if (trips == 1) return true;
  struct reuse_loop *l = &p->nest.loop[p->nest.nloops++];
  *l = (struct reuse_loop){.ndims = s->loop.ndims, .spatial = s->spatial, .step = step};
  memcpy(l->dim, s->loop.dim, sizeof l->dim);
  p->nest.level[s->level].nloops++;
  for (int i = s->level + 1; i < p->nest.nlevels; i++) p->nest.level[i].first_loop++;
  return true;
}

bool reuse__partial_push_between(struct reuse__partial *p, int slot, int64_t least, int64_t step) {
  const struct reuse__slot *s = &p->space->slot[slot];
  const bool free = !s->spatial && !s->last && !s->loop.step && least > 0;
  const bool one = free && step >= longest_of(p, slot);
  return push_as(p, slot, one ? REUSE__ONE_TRIP : free ? REUSE__SEVERAL_TRIPS : REUSE__ANY_TRIPS,
                 &(struct reuse__between_steps){least, step});
}

bool reuse__partial_push(struct reuse__partial *p, int slot, int64_t step) {
  return reuse__partial_push_between(p, slot, step, step);
}

bool reuse__partial_push_most(struct reuse__partial *p, int slot, int64_t step) {
  if (!reuse__partial_push_between(p, slot, 0, step)) return false;
  p->chain[p->chain_of[slot]].at_most = true;
  return true;
}

void reuse__partial_pop(struct reuse__partial *p) {
  const struct reuse__decided *d = &p->at[--p->position];
  const int level = p->space->slot[d->slot].level;
  struct reuse__chain *c = &p->chain[d->chain];
  c->depth--;
  if (c->known > c->depth) c->known = c->depth;
  c->at_most = false;
  if (c->over >= 0) forget_ranges(p, c);
  p->is_open[d->slot] = true;
  if (d->trips == 1) return;
  p->nest.nloops--;
  p->nest.level[level].nloops--;
  for (int i = level + 1; i < p->nest.nlevels; i++) p->nest.level[i].first_loop--;
}

struct reuse__between_steps reuse__partial_steps(const struct reuse__partial *p, int position) {
  const struct reuse__decided *d = &p->at[position];
  return (struct reuse__between_steps){d->least, p->chain[d->chain].step[d->depth]};
}

/* Decides N slots AT again; false, and nothing done, if that is not possible. */
static bool push_again(struct reuse__partial *p, const struct reuse__decided *at, int n) {
  for (int i = 0; i < n; i++) {
    if (push_as(p, at[i].slot, at[i].of_trips, &at[i].asked)) continue;
    while (i-- > 0) reuse__partial_pop(p);
    return false;
  }
  return true;
}

bool reuse__partial_change(struct reuse__partial *p, int position, int64_t least, int64_t most) {
  struct reuse__decided at[REUSE__MAX_SLOTS];
  const struct reuse__between_steps before = p->at[position].asked;
  const int n = p->position - position;
  memcpy(at, &p->at[position], (size_t)n * sizeof *at);
  for (int i = 0; i < n; i++) reuse__partial_pop(p);
  at[0].asked = (struct reuse__between_steps){least, most};
  if (push_again(p, at, n)) return true;
  at[0].asked = before;
  push_again(p, at, n);
  return false;
}

struct reuse__between reuse__level_within(const struct reuse__partial *p,
                                          const struct reuse__chain *c, int slot) {
  const struct reuse__space *s = p->space;
  const int level = slot < s->nslots ? s->slot[slot].level : s->engine->nlevels;
  const bool any = c->temporal[level].end > 0;
  const bool before = any && c->temporal[level].first < slot;
  const bool after = any && c->temporal[level].end > slot;
  return (struct reuse__between){level + (before && !after), level + before};
}

/* ---- tiles ---------------------------------------------------------------------- */

/* Whether a loop of chain C above LEVEL is open, or a step of the chain not known. */
static bool is_open_above(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  if (reuse__is_loose(c, c->depth)) return true;
  return c->depth < c->nslots && p->space->slot[c->slot[c->depth]].level < level;
}

/* Whether a group that has a loop above LEVEL waits for the loops of its dims: then the
 * smallest chunks of these need not make the smallest tiles. */
static bool is_unsettled(const struct reuse__partial *p, int level) {
  const struct reuse__space *s = p->space;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *own = &p->chain[i];
    if (reuse__is_group(own) || !is_open_above(p, own, level)) continue;
    for (int k = 0; k < p->nchains; k++)
      if (reuse__is_group(&p->chain[k]) && p->chain[k].dims & own->dims &&
          s->slot[p->chain[k].slot[0]].level < level)
        return true;
  }
  return false;
}

/* Adds the smallest loops of the open slots above LEVEL. */
static void close_above(const struct reuse__partial *p, int level, struct reuse_nest *n) {
  const struct reuse__space *s = p->space;
  bool decided[REUSE__MAX_SLOTS] = {false};
  for (int i = 0; i < p->position; i++) decided[p->at[i].slot] = true;
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++) {
    const struct reuse__slot *slot = &s->slot[i];
    if (decided[i] || n->nloops == REUSE_MAX_LOOPS) continue;
    struct reuse_loop *l = &n->loop[n->nloops++];
    *l = (struct reuse_loop){.ndims = slot->loop.ndims,
                             .step = reuse__max(1, slot->loop.step)};
    memcpy(l->dim, slot->loop.dim, sizeof l->dim);
    for (int j = slot->level + 1; j < n->nlevels; j++) n->level[j].first_loop++;
  }
}

/* Whether decided loops outside LEVEL cut sums up. */
static bool is_split(const struct reuse__partial *p, int level) {
  for (int i = 0; i < p->position; i++) {
    const struct reuse__slot *s = &p->space->slot[p->at[i].slot];
    if (p->at[i].trips > 1 && s->level < level && !(s->dims & ~reuse__not_indexing(REUSE_O)))
      return true;
  }
  return false;
}

/* Gives the loops whose steps are not known the least that they may have. */
static void make_least(const struct reuse__partial *p, struct reuse_nest *n) {
  for (int i = 0, loop = 0; i < p->position; i++) {
    if (p->at[i].trips == 1) continue;
    n->loop[loop].step = reuse__min(n->loop[loop].step, reuse__max(1, p->at[i].least));
    loop++;
  }
}

bool reuse__partial_fits(const struct reuse__partial *p, int level) {
  struct reuse_nest nest = p->nest;
  struct reuse_counts counts;
  if (is_unsettled(p, level)) return true;
  make_least(p, &nest);
  close_above(p, level, &nest);
  memset(&counts, 0, sizeof counts);
  reuse__count_tiles(&p->space->layer->problem, &nest, level, &counts);
  counts.partial[level] = reuse__sums_are_partial(p->space, level, is_split(p, level),
                                                  counts.at[level][REUSE_O].tile);
  return reuse__level_fits(p->space->arch, &p->space->engine->level[level], &counts, level);
}

void reuse__partial_groups(struct reuse__partial *p) {
  for (int c = 0; c < p->nchains; c++) start_if_group(p, &p->chain[c]);
}
