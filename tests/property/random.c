/* Random problems and legal loop nests for the property tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "random.h"

#include <stdio.h>
#include <string.h>

enum { MAX_GROUPS = 2 };

/* Dims that the nest flattens at some loop and from there inwards. */
struct group {
  int ndims;
  uint8_t dim[REUSE_DIMS];
  bool flat;      /* some loop has flattened it */
  int64_t range;  /* largest range of its composite index */
};

/* A nest in the making: the largest ranges that remain. */
struct draft {
  gsl_rng *rng;
  struct reuse_nest *nest;
  int64_t range[REUSE_DIMS];
  int ngroups;
  struct group group[MAX_GROUPS];
  int64_t instances;
};

/* Uniform in [LOW, HIGH]. */
static int64_t between(gsl_rng *rng, int64_t low, int64_t high) {
  return low + (int64_t)gsl_rng_uniform_int(rng, (unsigned long)(high - low + 1));
}

static bool chance(gsl_rng *rng, double probability) {
  return gsl_rng_uniform(rng) < probability;
}

/* A random subset of the tensors in MASK. */
static unsigned subset(gsl_rng *rng, unsigned mask) {
  return (unsigned)between(rng, 0, REUSE_ALL_TENSORS) & mask;
}

/* EXTENT rounded up to whole blocks. */
static int64_t rounded(int64_t extent, int64_t block) {
  return block > 1 ? (extent + block - 1) / block * block : extent;
}

/* Points of the iteration space rounded to the blocks of NEST. */
static int64_t points(const struct reuse_problem *problem,
                      const struct reuse_nest *nest) {
  int64_t n = 1;

  for (int d = 0; d < REUSE_DIMS; d++)
    n *= rounded(problem->extent[d], nest->block[d]);
  return n;
}

/* ---- problem ------------------------------------------------------------ */

/* Rows or columns of an input that fits the loops, is a little too small or
 * large, or 0: unlimited. */
static int64_t draw_input(gsl_rng *rng, const struct reuse_problem *p, int axis) {
  const int64_t touched =
      (p->extent[REUSE_P + axis] - 1) * p->stride[axis] +
      (p->extent[REUSE_R + axis] - 1) * p->dilation[axis] + 1;
  const int64_t size = touched - p->pad[axis] + between(rng, -2, 1);

  if (chance(rng, 0.3))
    return 0;
  return size < 1 ? 1 : size;
}

static void draw_problem(gsl_rng *rng, struct reuse_problem *p,
                         struct reuse_nest *nest) {
  memset(p, 0, sizeof *p);
  for (int d = 0; d < REUSE_DIMS; d++) {
    p->extent[d] = chance(rng, 0.3) ? 1 : between(rng, 2, chance(rng, 0.2) ? 13 : 6);
    if (chance(rng, 0.04))
      nest->block[d] = between(rng, 2, 5);
  }
  while (points(p, nest) > RANDOM_POINTS) {
    const int d = (int)between(rng, 0, REUSE_DIMS - 1);
    if (p->extent[d] > 1)
      p->extent[d]--;
    else
      nest->block[d] = 0;
  }
  for (int axis = 0; axis < 2; axis++) {
    p->stride[axis] = chance(rng, 0.5) ? 1 : between(rng, 2, 4);
    p->dilation[axis] = chance(rng, 0.6) ? 1 : between(rng, 2, 4);
    p->pad[axis] = chance(rng, 0.5) ? 0 : between(rng, 1, 3);
    p->input[axis] = draw_input(rng, p, axis);
  }
  p->tensors = REUSE_ALL_TENSORS;
  if (chance(rng, 0.05))
    p->tensors &= ~REUSE_BIT(REUSE_W);
}

/* ---- groups ------------------------------------------------------------- */

/* Whether D may join G as its last dim: a blocked dim can only be the first. */
static bool may_join(const struct reuse_nest *nest, const struct group *g, int d) {
  return g->ndims == 0 || nest->block[d] <= 1;
}

/* Groups of dims to be flattened: none, or up to MAX_GROUPS disjoint ones. */
static void draw_groups(struct draft *n) {
  unsigned taken = 0;

  n->ngroups = 0;
  while (n->ngroups < MAX_GROUPS && chance(n->rng, 0.35)) {
    struct group *g = &n->group[n->ngroups];
    const int size = (int)between(n->rng, 2, chance(n->rng, 0.7) ? 3 : REUSE_DIMS);
    *g = (struct group){.range = 1};
    for (int attempt = 0; attempt < 20 && g->ndims < size; attempt++) {
      const int d = (int)between(n->rng, 0, REUSE_DIMS - 1);
      if ((taken & REUSE_BIT(d)) || !may_join(n->nest, g, d))
        continue;
      taken |= REUSE_BIT(d);
      g->dim[g->ndims++] = (uint8_t)d;
    }
    if (g->ndims < 2)
      break;
    n->ngroups++;
  }
}

/* The group of dim D, or NULL. */
static struct group *group_of(struct draft *n, int d) {
  for (int i = 0; i < n->ngroups; i++)
    for (int j = 0; j < n->group[i].ndims; j++)
      if (n->group[i].dim[j] == d)
        return &n->group[i];
  return NULL;
}

/* ---- loops -------------------------------------------------------------- */

/* The range that remains for G, or for D when G is NULL. */
static int64_t *range_of(struct draft *n, struct group *g, int d) {
  if (g == NULL)
    return &n->range[d];
  if (!g->flat) {
    g->range = 1;
    for (int i = 0; i < g->ndims; i++)
      g->range *= n->range[g->dim[i]];
  }
  return &g->range;
}

/* Appends a loop over G, or over D when G is NULL. */
static void add_loop(struct draft *n, struct group *g, int d, int64_t step,
                     bool spatial) {
  struct reuse_nest *nest = n->nest;
  struct reuse_loop *loop = &nest->loop[nest->nloops];
  int64_t *range = range_of(n, g, d);

  memset(loop, 0, sizeof *loop);
  loop->ndims = 1;
  loop->dim[0] = (uint8_t)d;
  if (g != NULL) {
    loop->ndims = (uint8_t)g->ndims;
    memcpy(loop->dim, g->dim, sizeof loop->dim);
    g->flat = true;
  }
  loop->step = step;
  loop->spatial = spatial;
  if (spatial)
    n->instances *= (*range - 1) / step + 1;
  if (step < *range)
    *range = step;
  nest->nloops++;
  nest->level[nest->nlevels].nloops++;
}

/* A step for RANGE: any from 1 to RANGE, sometimes above. */
static int64_t draw_step(gsl_rng *rng, int64_t range) {
  if (chance(rng, 0.04))
    return range + between(rng, 1, 5);
  if (chance(rng, 0.3))
    return (range + 1) / 2;
  return between(rng, 1, range);
}

/* Appends a random loop, unless a spatial one would need too many instances. */
static void draw_loop(struct draft *n, bool spatial) {
  const int d = (int)between(n->rng, 0, REUSE_DIMS - 1);
  struct group *g = group_of(n, d);

  if (g != NULL && !g->flat && chance(n->rng, 0.6))
    g = NULL;
  const int64_t range = *range_of(n, g, d);
  if (range == 1 && !chance(n->rng, 0.1))
    return;
  int64_t step = draw_step(n->rng, range);
  if (spatial && chance(n->rng, 0.5))
    step = 1;
  if (spatial && n->instances * ((range - 1) / step + 1) > RANDOM_INSTANCES)
    return;
  add_loop(n, g, d, step, spatial);
}

/* Dims in a random order. */
static void shuffle(gsl_rng *rng, int *dim) {
  for (int i = 0; i < REUSE_DIMS; i++) {
    const int j = (int)between(rng, 0, i);
    dim[i] = dim[j];
    dim[j] = i;
  }
}

/* Appends loops to the last memory until every range is one point. */
static void finish_loops(struct draft *n) {
  int dim[REUSE_DIMS];
  unsigned later = 0;

  shuffle(n->rng, dim);
  for (int pass = 0; pass < 2; pass++) {
    for (int i = 0; i < REUSE_DIMS; i++) {
      struct group *g = group_of(n, dim[i]);
      if (g != NULL && !g->flat && chance(n->rng, 0.5))
        g = NULL;
      const int64_t range = *range_of(n, g, dim[i]);
      if (range == 1 || (pass == 1 && !(later & REUSE_BIT(dim[i]))))
        continue;
      if (pass == 0 && chance(n->rng, 0.3) &&
          n->instances * range <= RANDOM_INSTANCES)
        later |= REUSE_BIT(dim[i]);
      else if (pass == 0 || n->instances * range <= RANDOM_INSTANCES)
        add_loop(n, g, dim[i], 1, pass == 1);
    }
  }
}

/* Whether every dim has come down to one point. */
static bool finished(struct draft *n) {
  for (int d = 0; d < REUSE_DIMS; d++) {
    struct group *g = group_of(n, d);
    if (*range_of(n, g != NULL && g->flat ? g : NULL, d) > 1)
      return false;
  }
  return true;
}

/* ---- levels ------------------------------------------------------------- */

/* Names, kept tensors and networks of the level at hand. */
static void draw_level(struct draft *n, unsigned tensors, unsigned keeps) {
  struct reuse_nest *nest = n->nest;
  struct reuse_nest_level *l = &nest->level[nest->nlevels];

  memset(l, 0, sizeof *l);
  snprintf(l->name, sizeof l->name, "L%d", nest->nlevels);
  l->keeps = keeps & tensors;
  l->first_loop = nest->nloops;
  l->network[REUSE_I] = chance(n->rng, 0.4) ? REUSE_UNICAST : REUSE_MULTICAST;
  l->network[REUSE_W] = chance(n->rng, 0.4) ? REUSE_UNICAST : REUSE_MULTICAST;
  l->network[REUSE_O] = chance(n->rng, 0.4) ? REUSE_ACCUMULATE : REUSE_REDUCE;
}

/* The memories, outermost first, and the loops of each. */
static void draw_memories(struct draft *n, const struct reuse_problem *p) {
  const int memories = (int)between(n->rng, 1, chance(n->rng, 0.3) ? 5 : 3);
  const int im2col = chance(n->rng, 0.25) ? (int)between(n->rng, 0, memories - 1) : -1;
  struct reuse_nest *nest = n->nest;

  for (int i = 0; i < memories; i++) {
    unsigned keeps = subset(n->rng, p->tensors);
    if (i == 0 && !chance(n->rng, 0.05))
      keeps = p->tensors;
    draw_level(n, p->tensors, keeps == 0 ? p->tensors : keeps);
    nest->level[i].im2col = i == im2col;
    for (int64_t k = between(n->rng, 0, 4); k > 0; k--)
      draw_loop(n, false);
    if (i == memories - 1)
      finish_loops(n);
    for (int64_t k = between(n->rng, 0, 2); k > 0 && i < memories - 1; k--)
      draw_loop(n, true);
    nest->nlevels++;
  }
}

/* The first memory keeps what no memory keeps. */
static void keep_all(struct reuse_nest *nest, unsigned tensors) {
  for (int i = 0; i < nest->nlevels; i++)
    tensors &= ~nest->level[i].keeps;
  nest->level[0].keeps |= tensors;
}

/* A nest of PROBLEM.  Returns whether it comes down to one point. */
static bool draw_nest(gsl_rng *rng, const struct reuse_problem *problem,
                      struct reuse_nest *nest) {
  struct draft n = {.rng = rng, .nest = nest, .instances = 1};

  nest->nlevels = nest->nloops = 0;
  for (int d = 0; d < REUSE_DIMS; d++)
    n.range[d] = rounded(problem->extent[d], nest->block[d]);
  draw_groups(&n);
  draw_memories(&n, problem);
  if (!finished(&n))
    return false;
  keep_all(nest, problem->tensors);
  struct reuse_nest_level *macs = &nest->level[nest->nlevels];
  memset(macs, 0, sizeof *macs);
  snprintf(macs->name, sizeof macs->name, "MAC");
  macs->network[REUSE_O] = REUSE_REDUCE;
  macs->latch = chance(rng, 0.5) ? 0 : subset(rng, problem->tensors);
  macs->first_loop = nest->nloops;
  nest->nlevels++;
  return true;
}

void random_case(gsl_rng *rng, struct reuse_problem *problem,
                 struct reuse_nest *nest) {
  do {
    memset(nest, 0, sizeof *nest);
    draw_problem(rng, problem, nest);
  } while (!draw_nest(rng, problem, nest));
}
