/* A link between two levels, split into factors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "count/terms.h"

#include <string.h>

#include "base/checked.h"

int64_t reuse__loop_extent(const struct reuse_problem *p, const struct reuse_nest *n,
                           int d) {
  const int64_t b = n->block[d];
  return b <= 1 ? p->extent[d] : reuse__ceil_div(p->extent[d], b) * b;
}

unsigned reuse__loop_dims(const struct reuse_loop *l) {
  unsigned mask = 0;
  for (int i = 0; i < l->ndims; i++) mask |= REUSE_BIT(l->dim[i]);
  return mask;
}

struct reuse__shape reuse__shape_of(int tensor, bool expanded) {
  const unsigned filter = REUSE_BIT(REUSE_C) | REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S);
  const unsigned pixels = REUSE_BIT(REUSE_N) | REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q);
  const unsigned g = REUSE_BIT(REUSE_G), k = REUSE_BIT(REUSE_K);
  if (tensor == REUSE_W) return (struct reuse__shape){g | k | filter, false, true};
  if (tensor == REUSE_O) return (struct reuse__shape){g | k | pixels, false, false};
  return (struct reuse__shape){g | pixels | filter, !expanded, true};
}

int reuse__boundary(const struct reuse_nest *n) {
  for (int i = 0; i < n->nlevels; i++)
    if (n->level[i].im2col) return i;
  return n->nlevels;
}

/* ---- factors ---------------------------------------------------------------- */

static void join(unsigned *set, unsigned dims) {
  unsigned all = dims;
  for (int d = 0; d < REUSE_DIMS; d++)
    if (dims & REUSE_BIT(d)) all |= set[d];
  for (int d = 0; d < REUSE_DIMS; d++)
    if (all & REUSE_BIT(d)) set[d] = all;
}

/* Whether distinct (p, r) of axis I always are distinct, existing rows. */
static bool axis_is_plain(const struct reuse_problem *p, int i) {
  const int64_t m = p->extent[REUSE_P + i], n = p->extent[REUSE_R + i];
  if (m > 1 && n > 1) return false;
  return p->input[i] == 0 ||
         (p->pad[i] == 0 &&
          (m - 1) * p->stride[i] + (n - 1) * p->dilation[i] < p->input[i]);
}

/* Where a dim went: its term, its part there and its place in the part; and its extent
 * that the loops walk. */
struct whereabouts {
  int term[REUSE_DIMS], part[REUSE_DIMS], place[REUSE_DIMS];
  int64_t loop_extent[REUSE_DIMS];
};

static void add_part(const struct reuse__link *k, int ndims, const uint8_t *dim,
                     struct reuse__factor *f, struct whereabouts *at) {
  struct reuse__part *part = &f->part[f->nparts];
  part->ndims = ndims;
  for (int j = 0; j < ndims; j++) {
    part->dim[j] = dim[j];
    part->extent[j] = k->problem->extent[dim[j]];
    part->loop_extent[j] = at->loop_extent[dim[j]];
    at->part[dim[j]] = f->nparts;
    at->place[dim[j]] = j;
  }
  f->nparts++;
}

/* One part per flattened group above the child, one per other dim. */
static void make_parts(const struct reuse__link *k, unsigned dims,
                       struct reuse__factor *f, struct whereabouts *at) {
  unsigned left = dims;
  const bool grouped = (dims & (dims - 1)) != 0;
  f->nparts = 0;
  for (int i = 0; grouped && i < k->nest->level[k->child].first_loop; i++) {
    const struct reuse_loop *l = &k->nest->loop[i];
    if (l->ndims == 1 || !(left & reuse__loop_dims(l))) continue;
    add_part(k, l->ndims, l->dim, f, at);
    left &= ~reuse__loop_dims(l);
  }
  for (uint8_t d = 0; left >> d; d++)
    if (left & REUSE_BIT(d)) add_part(k, 1, &d, f, at);
}

/* Whether L, of a single dim of which LEFT points are left, has one chunk at any setting
 * of the loops outside it; what it leaves then. */
static bool is_idle_loop(const struct reuse_loop *l, int64_t *left) {
  if (l->ndims > 1) return false;
  const bool idle = l->step >= *left;
  *left = reuse__min(*left, l->step);
  return idle;
}

/* Gives every loop above the child that has several chunks to the term of its dims. */
static void deal_loops(const struct reuse__link *k, const struct whereabouts *at,
                       struct reuse__terms *ts) {
  const int inner = k->nest->level[k->parent].first_loop;
  int64_t left[REUSE_DIMS];
  for (int d = 0; d < REUSE_DIMS; d++) left[d] = at->loop_extent[d];
  for (int i = 0; i < k->nest->level[k->child].first_loop; i++) {
    const struct reuse_loop *l = &k->nest->loop[i];
    const int d = l->dim[0], term = is_idle_loop(l, &left[d]) ? -1 : at->term[d];
    ts->owner[i] = term;
    if (term < 0) continue;
    struct reuse__factor *f = &ts->term[term].factor;
    f->ntemporal += !l->spatial;
    if (l->spatial && i >= inner) ts->term[term].shared = true;
    struct reuse__factor_loop *to = &f->loop[f->nloops++];
    to->step = reuse__min(l->step, INT64_MAX / 64);
    to->part = (uint8_t)at->part[d];
    to->dim = (uint8_t)at->place[d];
    to->flat = l->ndims > 1;
    to->spatial = l->spatial;
    to->inner = i >= inner;
  }
}

/* Whether all sums of dim D are 1, whatever the loops: it has one point, which no window
 * at the im2col boundary cuts off. */
static bool is_idle_dim(const struct reuse__link *k, const struct whereabouts *at, int d) {
  const unsigned axes = REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_R);
  const bool cut = !k->shape.raw_input && (k->shape.dims & axes) == axes && d >= REUSE_P;
  return !cut && at->loop_extent[d] == 1;
}

/* Starts term T of DIMS, which OVERLAP if their tiles on an axis of the input do. */
static void start_term(const struct reuse__link *k, unsigned dims, bool overlap,
                       struct whereabouts *at, struct reuse__term *t) {
  const unsigned have = dims & k->shape.dims;
  t->dims = dims;
  t->shared = t->known = false;
  t->factor.nloops = t->factor.ntemporal = 0;
  make_parts(k, dims, &t->factor, at);
  t->relevant = have == dims;
  t->region = t->factor.nparts > 1 || (have && !t->relevant) || overlap;
}

void reuse__make_terms(const struct reuse__link *k, struct reuse__terms *ts) {
  struct whereabouts at;
  unsigned set[REUSE_DIMS], overlap = 0;
  for (int d = 0; d < REUSE_DIMS; d++) {
    set[d] = REUSE_BIT(d);
    at.loop_extent[d] = reuse__loop_extent(k->problem, k->nest, d);
  }
  for (int i = 0; i < k->nest->level[k->child].first_loop; i++)
    if (k->nest->loop[i].ndims > 1) join(set, reuse__loop_dims(&k->nest->loop[i]));
  for (int i = 0; i < 2 && k->shape.raw_input; i++) {
    const unsigned axis = REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i);
    if (axis_is_plain(k->problem, i)) continue;
    join(set, axis);
    overlap |= axis;
  }
  ts->n = 0;
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (set[d] & (REUSE_BIT(d) - 1)) continue;
    at.term[d] = -1;
    if (set[d] == REUSE_BIT(d) && is_idle_dim(k, &at, d)) continue;
    start_term(k, set[d], set[d] & overlap, &at, &ts->term[ts->n]);
    for (int e = d; set[d] >> e; e++)
      if (set[d] & REUSE_BIT(e)) at.term[e] = ts->n;
    ts->n++;
  }
  deal_loops(k, &at, ts);
}

void reuse__make_axes(const struct reuse__link *k, unsigned dims,
                      const struct reuse__window *window, struct reuse__region *r) {
  const struct reuse_problem *p = k->problem;
  unsigned left = dims & k->shape.dims;
  r->naxes = 0;
  for (int i = 0; i < 2 && k->shape.raw_input; i++) {
    const int a = REUSE_P + i, b = REUSE_R + i;
    if (!(left & REUSE_BIT(a)) || !(left & REUSE_BIT(b))) continue;
    const int64_t reach = (p->extent[a] - 1) * p->stride[i] +
                          (p->extent[b] - 1) * p->dilation[i] + 1;
    const bool clip = p->input[i] > 0;
    r->axis[r->naxes++] = (struct reuse__axis){
        a, b, p->stride[i], p->dilation[i], clip ? p->pad[i] : 0,
        clip ? p->input[i] : reach};
    left &= ~(REUSE_BIT(a) | REUSE_BIT(b));
  }
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (!(left & REUSE_BIT(d))) continue;
    const int64_t low = window ? window->low[d] : 0;
    const int64_t high = window ? window->high[d] : p->extent[d];
    r->axis[r->naxes++] = (struct reuse__axis){d, -1, 1, 0, low, high - low};
  }
}
