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

static void add_part(const struct reuse__link *k, int ndims, const uint8_t *dim,
                     struct reuse__factor *f, int *part_of, int *place_of) {
  struct reuse__part *part = &f->part[f->nparts];
  part->ndims = ndims;
  for (int j = 0; j < ndims; j++) {
    part->dim[j] = dim[j];
    part->extent[j] = k->problem->extent[dim[j]];
    part->loop_extent[j] = reuse__loop_extent(k->problem, k->nest, dim[j]);
    part_of[dim[j]] = f->nparts;
    place_of[dim[j]] = j;
  }
  f->nparts++;
}

/* One part per flattened group above the child, one per other dim. */
static void make_parts(const struct reuse__link *k, unsigned dims,
                       struct reuse__factor *f, int *part_of, int *place_of) {
  unsigned left = dims;
  const bool grouped = (dims & (dims - 1)) != 0;
  f->nparts = 0;
  for (int i = 0; grouped && i < k->nest->level[k->child].first_loop; i++) {
    const struct reuse_loop *l = &k->nest->loop[i];
    if (l->ndims == 1 || !(left & reuse__loop_dims(l))) continue;
    add_part(k, l->ndims, l->dim, f, part_of, place_of);
    left &= ~reuse__loop_dims(l);
  }
  for (int d = 0; d < REUSE_DIMS; d++) {
    const uint8_t dim = (uint8_t)d;
    if (left & REUSE_BIT(d)) add_part(k, 1, &dim, f, part_of, place_of);
  }
}

/* Where a dim went: its term, its part there and its place in the part. */
struct whereabouts { int term[REUSE_DIMS], part[REUSE_DIMS], place[REUSE_DIMS]; };

/* Gives every loop above the child to the term of its dims. */
static void deal_loops(const struct reuse__link *k, const struct whereabouts *at,
                       struct reuse__terms *ts) {
  const int inner = k->nest->level[k->parent].first_loop;
  for (int i = 0; i < k->nest->level[k->child].first_loop; i++) {
    const struct reuse_loop *l = &k->nest->loop[i];
    const int d = l->dim[0];
    ts->owner[i] = at->term[d];
    if (ts->owner[i] < 0) continue;
    struct reuse__factor *f = &ts->term[ts->owner[i]].factor;
    f->ntemporal += !l->spatial;
    if (l->spatial && i >= inner) ts->term[ts->owner[i]].shared = true;
    f->loop[f->nloops++] = (struct reuse__factor_loop){
        .step = reuse__min(l->step, INT64_MAX / 64),
        .part = (uint8_t)at->part[d],
        .dim = (uint8_t)at->place[d],
        .flat = l->ndims > 1,
        .spatial = l->spatial,
        .inner = i >= inner};
  }
}

/* Whether all sums of dim D are 1, whatever the loops: it has one point, which no window
 * at the im2col boundary cuts off. */
static bool is_idle_dim(const struct reuse__link *k, int d) {
  const unsigned axes = REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_R);
  const bool cut = !k->shape.raw_input && (k->shape.dims & axes) == axes && d >= REUSE_P;
  return !cut && reuse__loop_extent(k->problem, k->nest, d) == 1;
}

void reuse__make_terms(const struct reuse__link *k, struct reuse__terms *ts) {
  unsigned set[REUSE_DIMS];
  for (int d = 0; d < REUSE_DIMS; d++) set[d] = REUSE_BIT(d);
  for (int i = 0; i < k->nest->level[k->child].first_loop; i++)
    if (k->nest->loop[i].ndims > 1) join(set, reuse__loop_dims(&k->nest->loop[i]));
  for (int i = 0; i < 2 && k->shape.raw_input; i++)
    if (!axis_is_plain(k->problem, i))
      join(set, REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i));
  struct whereabouts at;
  ts->n = 0;
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (set[d] & (REUSE_BIT(d) - 1)) continue;
    at.term[d] = -1;
    if (set[d] == REUSE_BIT(d) && is_idle_dim(k, d)) continue;
    struct reuse__term *t = &ts->term[ts->n];
    t->dims = set[d];
    t->shared = t->known = false;
    t->factor.nloops = t->factor.ntemporal = 0;
    make_parts(k, t->dims, &t->factor, at.part, at.place);
    for (int e = d; e < REUSE_DIMS; e++)
      if (set[d] & REUSE_BIT(e)) at.term[e] = ts->n;
    ts->n++;
    const unsigned have = set[d] & k->shape.dims;
    t->relevant = have == set[d];
    t->region = t->factor.nparts > 1 || (have && !t->relevant);
    for (int i = 0; i < 2 && k->shape.raw_input; i++) {
      const unsigned axis = REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i);
      if (set[d] & axis && !axis_is_plain(k->problem, i)) t->region = true;
    }
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
