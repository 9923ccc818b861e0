/* What a nest needs: steps, instances, largest tiles.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "count/shape.h"

#include <string.h>

#include "base/checked.h"
#include "count/terms.h"
#include "count/words.h"

static const unsigned REDUCTION =
    REUSE_BIT(REUSE_C) | REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S);

/* Steps and instances of every level: the loops above it, factor by factor.  Only
 * factors with loops in a level are counted anew below it. */
static bool count_levels(const struct reuse_problem *p, const struct reuse_nest *n,
                         struct reuse_counts *c) {
  const struct reuse__link k = {.problem = p, .nest = n, .child = n->nlevels - 1};
  int above[REUSE_DIMS] = {0};
  int64_t steps[REUSE_DIMS], instances[REUSE_DIMS];
  bool overflow = false;
  struct reuse__terms ts;
  reuse__make_terms(&k, &ts);
  for (int i = 0; i < n->nlevels; i++) {
    c->level_steps[i] = c->level_instances[i] = 1;
    for (int t = 0; t < ts.n; t++) {
      struct reuse__factor *f = &ts.term[t].factor;
      if (i == 0 || f->nloops != above[t]) {
        f->nloops = above[t];
        steps[t] = reuse__chain_steps(f, &overflow);
        instances[t] = reuse__chain_instances(f, &overflow);
      }
      c->level_steps[i] = reuse__mul(c->level_steps[i], steps[t], &overflow);
      c->level_instances[i] = reuse__mul(c->level_instances[i], instances[t], &overflow);
    }
    const struct reuse_nest_level *l = &n->level[i];
    for (int j = l->first_loop; j < l->first_loop + l->nloops; j++)
      if (ts.owner[j] >= 0) above[ts.owner[j]]++;
  }
  c->steps = c->level_steps[n->nlevels - 1];
  c->instances = c->level_instances[n->nlevels - 1];
  return !overflow;
}

/* Largest extent of every dim in a tile of LEVEL; of a group that LEVEL's parent
 * loops flattened, *group is its points and extent[d] the values of d that an
 * interval of so many points can touch. */
static void tile_extents(const struct reuse_problem *p, const struct reuse_nest *n,
                         int level, int64_t *extent, int64_t *points) {
  for (int d = 0; d < REUSE_DIMS; d++) {
    extent[d] = p->extent[d];
    points[d] = 0;
  }
  for (int i = 0; i < n->level[level].first_loop; i++) {
    const struct reuse_loop *l = &n->loop[i];
    if (l->ndims == 1) {
      extent[l->dim[0]] = reuse__min(extent[l->dim[0]], l->step);
      continue;
    }
    int64_t len = points[l->dim[0]], inner = 1;
    if (len == 0) {
      len = 1;
      for (int j = 0; j < l->ndims; j++) len *= extent[l->dim[j]];
    }
    len = reuse__min(len, l->step);
    for (int j = l->ndims - 1; j >= 0; j--) {
      const int d = l->dim[j];
      const int64_t size = extent[d];
      extent[d] = reuse__min(size, (len - 1 + inner - 1) / inner + 1);
      points[d] = len;
      inner *= size;
    }
  }
}

static int64_t tile_axis(const struct reuse_problem *p, const int64_t *extent, int i) {
  return reuse__touched(extent[REUSE_P + i], p->stride[i], extent[REUSE_R + i],
                        p->dilation[i], 0, 0);
}

/* Words of the largest tile of TENSOR in an instance of LEVEL. */
static int64_t tile_words(const struct reuse_problem *p, const struct reuse_nest *n,
                          int level, int tensor) {
  const bool expanded = tensor == REUSE_I && level > reuse__boundary(n);
  const struct reuse__shape s = reuse__shape_of(tensor, expanded);
  int64_t extent[REUSE_DIMS], points[REUSE_DIMS], words = 1;
  tile_extents(p, n, level, extent, points);
  unsigned left = s.dims;
  for (int i = 0; i < 2 && tensor == REUSE_I && s.raw_input; i++) {
    int64_t h = tile_axis(p, extent, i);
    if (p->input[i])
      h = reuse__min(h, reuse__touched(p->extent[REUSE_P + i], p->stride[i],
                                       p->extent[REUSE_R + i], p->dilation[i],
                                       p->pad[i], p->input[i]));
    words *= h;
    left &= ~(REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i));
  }
  for (int i = 0; i < n->level[level].first_loop; i++) {
    const unsigned dims = reuse__loop_dims(&n->loop[i]);
    if (n->loop[i].ndims == 1 || (dims & left) != dims) continue;
    words *= points[n->loop[i].dim[0]];
    left &= ~dims;
  }
  for (int d = 0; d < REUSE_DIMS; d++)
    if (left & REUSE_BIT(d)) words *= extent[d];
  return words;
}

void reuse__count_tiles(const struct reuse_problem *p, const struct reuse_nest *n,
                        int level, struct reuse_counts *c) {
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (p->tensors & n->level[level].keeps & REUSE_BIT(t))
      c->at[level][t].tile = tile_words(p, n, level, t);
}

/* Whether the O words that PARENT gets from CHILD are partial sums.  They are if the
 * child is a MAC that holds nothing, for the parent then accumulates; if a temporal
 * loop above the child splits the reduction and a loop over outputs inside it makes
 * the sums leave the child before it ends; and if a spatial loop splits the
 * reduction other than between the two where the network merges the sums, or inside
 * a loop whose short last chunk leaves some instances idle, or so that the last of its
 * instances has fewer turns than the others of a temporal loop inside it. */
static bool is_partial(const struct reuse_problem *p, const struct reuse_nest *n,
                       int parent, int child) {
  const unsigned latch = n->level[n->nlevels - 1].latch;
  const bool reduce = n->level[parent].network[REUSE_O] == REUSE_REDUCE;
  const int inner = n->level[parent].first_loop;
  int64_t left[REUSE_DIMS];
  bool split = false, ragged = false, uneven = false;
  if (child == n->nlevels - 1 && !(latch & REUSE_BIT(REUSE_O))) return true;
  for (int d = 0; d < REUSE_DIMS; d++) left[d] = reuse__loop_extent(p, n, d);
  for (int i = 0; i < n->level[child].first_loop; i++) {
    const struct reuse_loop *l = &n->loop[i];
    const unsigned dims = reuse__loop_dims(l);
    int64_t len = 1;
    for (int j = 0; j < l->ndims; j++) len *= left[l->dim[j]];
    for (int j = 0; j < l->ndims; j++)
      left[l->dim[j]] = j == 0 ? reuse__min(len, l->step) : 1;
    if (len <= l->step) continue;
    if (l->spatial && dims & REDUCTION && (ragged || !(i >= inner && reduce))) return true;
    if (l->spatial) {
      uneven = uneven || (dims & REDUCTION && len % l->step);
      continue;
    }
    if (uneven && dims & REDUCTION) return true;
    split = split || dims & REDUCTION;
    ragged = ragged || (dims & REDUCTION && len % l->step);
    if (split && dims & ~REDUCTION) return true;
  }
  return false;
}

/* The child of every level for the outputs decides whether they are partial. */
void reuse__count_partial(const struct reuse_problem *p, const struct reuse_nest *n,
                          struct reuse_counts *c) {
  int child = n->nlevels - 1;
  for (int i = n->nlevels - 2; i >= 0; i--) {
    if (!(n->level[i].keeps & REUSE_BIT(REUSE_O))) continue;
    c->partial[i] = is_partial(p, n, i, child);
    child = i;
  }
}

enum reuse_status reuse__count_shape(const struct reuse_problem *problem,
                                     const struct reuse_nest *nest,
                                     struct reuse_counts *counts) {
  memset(counts, 0, sizeof *counts);
  counts->macs = 1;
  for (int d = 0; d < REUSE_DIMS; d++) counts->macs *= problem->extent[d];
  counts->effective_macs = reuse__effective_macs(problem);
  if (!count_levels(problem, nest, counts)) return REUSE_ERR_OVERFLOW;
  for (int i = 0; i < nest->nlevels - 1; i++)
    reuse__count_tiles(problem, nest, i, counts);
  reuse__count_partial(problem, nest, counts);
  return REUSE_OK;
}
