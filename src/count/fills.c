/* How often a level is filled anew, and what is computed from each filling.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Whole tiles". */
#include "count/fills.h"

#include <string.h>

#include "base/checked.h"
#include "count/terms.h"

/* The points of every dim that the loops so far have left; of a flattened group its
 * composite points in its first dim and 1 in the others. */
struct left { int64_t n[REUSE_DIMS]; };

static int64_t length(const struct left *x, const struct reuse_loop *l) {
  int64_t n = 1;
  for (int i = 0; i < l->ndims; i++) n *= x->n[l->dim[i]];
  return n;
}

static struct left narrow(const struct left *x, const struct reuse_loop *l, int64_t n) {
  struct left y = *x;
  for (int i = 0; i < l->ndims; i++) y.n[l->dim[i]] = i == 0 ? n : 1;
  return y;
}

struct walk {
  const struct reuse_nest *nest;
  int inside;                   /* the first loop inside those that bring a tile */
  double least;
  struct reuse__fills sum;
};

/* Steps of the MACs of all loops from I on over what is left. */
static double steps(const struct reuse_nest *n, int i, const struct left *x) {
  if (i == n->level[n->nlevels - 1].first_loop) return 1;
  const struct reuse_loop *l = &n->loop[i];
  const int64_t len = length(x, l), step = reuse__min(len, l->step);
  const struct left full = narrow(x, l, step), rest = narrow(x, l, len % step);
  const double of_full = steps(n, i + 1, &full);
  if (l->spatial) return of_full;
  return (double)(len / step) * of_full + (len % step ? steps(n, i + 1, &rest) : 0);
}

/* Adds the fillings of all loops from I on, TIMES over. */
static void add(struct walk *w, int i, const struct left *x, int64_t times) {
  if (i == w->inside) {
    const double work = steps(w->nest, i, x);
    w->sum.fills += times;
    w->sum.steps += (double)times * (work > w->least ? work : w->least);
    return;
  }
  const struct reuse_loop *l = &w->nest->loop[i];
  const int64_t len = length(x, l), step = reuse__min(len, l->step);
  const struct left full = narrow(x, l, step), rest = narrow(x, l, len % step);
  add(w, i + 1, &full, l->spatial ? times : times * (len / step));
  if (!l->spatial && len % step) add(w, i + 1, &rest, times);
}

/* The first loop inside the innermost temporal loop above LEVEL that makes more than one
 * chunk of a dim of the tensor; 0 if there is none. */
static int first_inside(const struct reuse_nest *n, int level, unsigned dims,
                        struct left x) {
  int inside = 0;
  for (int i = 0; i < n->level[level].first_loop; i++) {
    const struct reuse_loop *l = &n->loop[i];
    const int64_t len = length(&x, l);
    if (!l->spatial && len > l->step && reuse__loop_dims(l) & dims) inside = i + 1;
    x = narrow(&x, l, reuse__min(len, l->step));
  }
  return inside;
}

struct reuse__fills reuse__count_fills(const struct reuse_problem *problem,
                                       const struct reuse_nest *nest, int level, int tensor,
                                       double least) {
  const bool expanded = tensor == REUSE_I && level > reuse__boundary(nest);
  struct walk w = {.nest = nest, .least = least};
  struct left x;
  for (int d = 0; d < REUSE_DIMS; d++) x.n[d] = reuse__loop_extent(problem, nest, d);
  w.inside = first_inside(nest, level, reuse__shape_of(tensor, expanded).dims, x);
  add(&w, 0, &x, 1);
  return w.sum;
}
