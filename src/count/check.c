/* Whether a loop nest is legal for a problem.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

#include <string.h>

#include "base/checked.h"

static const int64_t MAX_EXTENT = INT64_C(1) << 31;
static const int64_t MAX_SCALE = 1 << 20;

struct fault { const char *why; int loop; };

static bool fail(struct fault *f, const char *why, int loop) {
  f->why = why;
  f->loop = loop;
  return false;
}

static bool problem_ok(const struct reuse_problem *p, struct fault *f) {
  bool overflow = false;
  int64_t macs = 1;
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (p->extent[d] < 1) return fail(f, "an extent is less than 1", -1);
    if (p->extent[d] > MAX_EXTENT) return fail(f, "an extent is above 2^31", -1);
    macs = reuse__mul(macs, p->extent[d], &overflow);
  }
  if (overflow || macs > INT64_MAX / 64)
    return fail(f, "the number of MACs does not fit in 63 bits", -1);
  for (int i = 0; i < 2; i++) {
    if (p->stride[i] < 1 || p->dilation[i] < 1)
      return fail(f, "a stride or dilation is less than 1", -1);
    if (p->pad[i] < 0 || p->input[i] < 0)
      return fail(f, "a padding or input size is negative", -1);
    if (p->stride[i] > MAX_SCALE || p->dilation[i] > MAX_SCALE ||
        p->pad[i] > MAX_EXTENT || p->input[i] > MAX_EXTENT)
      return fail(f, "a stride, dilation, padding or input size is too large", -1);
  }
  if (!(p->tensors & REUSE_BIT(REUSE_O)))
    return fail(f, "the problem has no output", -1);
  return true;
}

static bool levels_ok(const struct reuse_problem *p, const struct reuse_nest *n,
                      struct fault *f) {
  unsigned kept = 0;
  int boundaries = 0, next = 0;
  if (n->nlevels < 2 || n->nlevels > REUSE_MAX_LEVELS)
    return fail(f, "a nest needs at least one memory level and the MACs", -1);
  for (int i = 0; i < n->nlevels; i++) {
    const struct reuse_nest_level *l = &n->level[i];
    if (l->first_loop != next || l->nloops < 0 || next + l->nloops > n->nloops)
      return fail(f, "the loops of the levels are not in order", -1);
    next += l->nloops;
    if (i == n->nlevels - 1) break;
    kept |= l->keeps;
    boundaries += l->im2col;
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const bool output_link = l->network[t] == REUSE_REDUCE ||
                               l->network[t] == REUSE_ACCUMULATE;
      if (output_link != (t == REUSE_O))
        return fail(f, "a network is multicast or unicast for I and W, reduce or "
                       "accumulate for O", -1);
    }
  }
  if (n->level[n->nlevels - 1].nloops || next != n->nloops)
    return fail(f, "the MACs have no loops", -1);
  if (n->level[n->nlevels - 1].im2col || boundaries > 1)
    return fail(f, "one memory level at most is the im2col boundary", -1);
  if (p->tensors & ~kept) return fail(f, "a tensor is kept by no level", -1);
  return true;
}

/* The range of every dim, or of its group, as the loops come down. */
struct ranges {
  int64_t n[REUSE_DIMS];
  const struct reuse_loop *group[REUSE_DIMS]; /* the first flattened loop of it */
};

static bool same_group(const struct reuse_loop *a, const struct reuse_loop *b) {
  return a->ndims == b->ndims && memcmp(a->dim, b->dim, a->ndims) == 0;
}

static bool loop_ok(const struct reuse_nest *n, int i, struct ranges *r,
                    struct fault *f) {
  const struct reuse_loop *l = &n->loop[i];
  unsigned seen = 0;
  if (l->step < 1) return fail(f, "a step is less than 1", i);
  if (l->ndims < 1 || l->ndims > REUSE_DIMS) return fail(f, "a loop has no dim", i);
  int64_t volume = 1;
  for (int j = 0; j < l->ndims; j++) {
    const int d = l->dim[j];
    if (d >= REUSE_DIMS || seen & REUSE_BIT(d))
      return fail(f, "a flattened loop names a dim twice", i);
    seen |= REUSE_BIT(d);
    if (r->group[d] && !same_group(r->group[d], l))
      return fail(f, "inside a flattened loop its dims may only be split by "
                     "flattened loops of the same group", i);
    if (l->ndims > 1 && j > 0 && n->block[d] > 1)
      return fail(f, "a blocked dim must come first in its flattened group", i);
    volume *= r->n[d];
  }
  if (l->ndims == 1) {
    r->n[l->dim[0]] = reuse__min(r->n[l->dim[0]], l->step);
    return true;
  }
  for (int j = 0; j < l->ndims; j++) {
    r->group[l->dim[j]] = l;
    r->n[l->dim[j]] = j == 0 ? reuse__min(volume, l->step) : 1;
  }
  return true;
}

static bool loops_ok(const struct reuse_problem *p, const struct reuse_nest *n,
                     struct fault *f) {
  struct ranges r = {.group = {NULL}};
  if (n->nloops > REUSE_MAX_LOOPS) return fail(f, "too many loops", -1);
  bool overflow = false;
  int64_t points = 1;
  for (int d = 0; d < REUSE_DIMS; d++) {
    const int64_t b = reuse__max(1, n->block[d]);
    if (b > MAX_EXTENT) return fail(f, "a block is above 2^31", -1);
    r.n[d] = reuse__ceil_div(p->extent[d], b) * b;
    points = reuse__mul(points, r.n[d], &overflow);
  }
  if (overflow || points > INT64_MAX / 64)
    return fail(f, "the blocked extents have too many points", -1);
  for (int i = 0; i < n->nlevels; i++) {
    const struct reuse_nest_level *l = &n->level[i];
    bool spatial = false;
    for (int j = l->first_loop; j < l->first_loop + l->nloops; j++) {
      if (!loop_ok(n, j, &r, f)) return false;
      if (spatial && !n->loop[j].spatial)
        return fail(f, "a temporal loop stands inside a spatial one of its level", j);
      spatial = n->loop[j].spatial;
    }
  }
  for (int d = 0; d < REUSE_DIMS; d++)
    if (r.n[d] != 1) return fail(f, "a dim does not come down to one point", -1);
  return true;
}

enum reuse_status reuse_nest_check(const struct reuse_problem *problem,
                                   const struct reuse_nest *nest, const char **why,
                                   int *loop) {
  struct fault f = {NULL, -1};
  const bool ok = problem_ok(problem, &f) && levels_ok(problem, nest, &f) &&
                  loops_ok(problem, nest, &f);
  if (why) *why = f.why;
  if (loop) *loop = f.loop;
  return ok ? REUSE_OK : REUSE_ERR_INPUT;
}
