/* Greedy reduction of a failing nest to a small one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "shrink.h"

#include <string.h>

struct candidate {
  struct reuse_problem problem;
  struct reuse_nest nest;
};

/* The I-th simplification of its kind of *C, in place.  Returns whether there
 * is one that changes anything. */
typedef bool simplification(struct candidate *c, int i);

/* ---- nests -------------------------------------------------------------- */

static bool drop_loop(struct candidate *c, int i) {
  struct reuse_nest *n = &c->nest;

  if (i >= n->nloops)
    return false;
  memmove(&n->loop[i], &n->loop[i + 1],
          (size_t)(n->nloops - i - 1) * sizeof n->loop[0]);
  n->nloops--;
  for (int l = 0; l < n->nlevels; l++) {
    struct reuse_nest_level *level = &n->level[l];
    if (level->first_loop > i)
      level->first_loop--;
    else if (i < level->first_loop + level->nloops)
      level->nloops--;
  }
  return true;
}

/* Moves the spatial loops of LEVEL behind its temporal ones. */
static void sort_loops(struct reuse_nest *n, const struct reuse_nest_level *level) {
  struct reuse_loop sorted[REUSE_MAX_LOOPS];
  int k = 0;

  for (int spatial = 0; spatial < 2; spatial++)
    for (int i = 0; i < level->nloops; i++)
      if (n->loop[level->first_loop + i].spatial == (spatial == 1))
        sorted[k++] = n->loop[level->first_loop + i];
  memcpy(&n->loop[level->first_loop], sorted, (size_t)k * sizeof sorted[0]);
}

/* Drops memory I; the next outer memory takes its loops, and what no other
 * memory keeps. */
static bool drop_level(struct candidate *c, int i) {
  struct reuse_nest *n = &c->nest;
  unsigned kept = 0;

  if (i >= n->nlevels - 2)
    return false;
  struct reuse_nest_level *outer = &n->level[i];
  outer->nloops += n->level[i + 1].nloops;
  outer->im2col = outer->im2col || n->level[i + 1].im2col;
  memmove(&n->level[i + 1], &n->level[i + 2],
          (size_t)(n->nlevels - i - 2) * sizeof n->level[0]);
  n->nlevels--;
  for (int l = 0; l < n->nlevels - 1; l++)
    kept |= n->level[l].keeps;
  outer->keeps |= c->problem.tensors & ~kept;
  sort_loops(n, outer);
  return true;
}

static bool make_temporal(struct candidate *c, int i) {
  struct reuse_nest *n = &c->nest;

  if (i >= n->nloops || !n->loop[i].spatial)
    return false;
  n->loop[i].spatial = false;
  for (int l = 0; l < n->nlevels; l++)
    sort_loops(n, &n->level[l]);
  return true;
}

static bool unit_step(struct candidate *c, int i) {
  if (i >= c->nest.nloops || c->nest.loop[i].step == 1)
    return false;
  c->nest.loop[i].step = 1;
  return true;
}

static bool smaller_step(struct candidate *c, int i) {
  if (i >= c->nest.nloops || c->nest.loop[i].step == 1)
    return false;
  c->nest.loop[i].step--;
  return true;
}

/* Takes dim I out of every flattened group. */
static bool unflatten(struct candidate *c, int i) {
  bool changed = false;

  for (int k = 0; k < c->nest.nloops && i < REUSE_DIMS; k++) {
    struct reuse_loop *loop = &c->nest.loop[k];
    int n = 0;
    for (int j = 0; j < loop->ndims && loop->ndims > 1; j++)
      if (loop->dim[j] != i)
        loop->dim[n++] = loop->dim[j];
    if (n > 0 && n < loop->ndims) {
      loop->ndims = (uint8_t)n;
      changed = true;
    }
  }
  return changed;
}

static bool clear_level(struct candidate *c, int i) {
  struct reuse_nest_level *l = &c->nest.level[i / 4];

  if (i / 4 >= c->nest.nlevels)
    return false;
  const struct reuse_nest_level before = *l;
  if (i % 4 == REUSE_TENSORS)
    l->im2col = false;
  else
    l->network[i % 4] = i % 4 == REUSE_O ? REUSE_REDUCE : REUSE_MULTICAST;
  return memcmp(&before, l, sizeof before) != 0;
}

static bool clear_latch(struct candidate *c, int i) {
  struct reuse_nest_level *macs = &c->nest.level[c->nest.nlevels - 1];

  if (i >= REUSE_TENSORS || !(macs->latch & REUSE_BIT(i)))
    return false;
  macs->latch &= ~REUSE_BIT(i);
  return true;
}

static bool clear_block(struct candidate *c, int i) {
  if (i >= REUSE_DIMS || c->nest.block[i] == 0)
    return false;
  c->nest.block[i] = 0;
  return true;
}

/* ---- problems ----------------------------------------------------------- */

/* Sets *FIELD to VALUE. Returns whether that makes it smaller. */
static bool lower(int64_t *field, int64_t value) {
  const bool changed = value < *field;

  if (changed)
    *field = value;
  return changed;
}

static bool unit_extent(struct candidate *c, int i) {
  return i < REUSE_DIMS && lower(&c->problem.extent[i], 1);
}

static bool half_extent(struct candidate *c, int i) {
  return i < REUSE_DIMS &&
         lower(&c->problem.extent[i], (c->problem.extent[i] + 1) / 2);
}

static bool smaller_extent(struct candidate *c, int i) {
  return i < REUSE_DIMS && c->problem.extent[i] > 1 &&
         lower(&c->problem.extent[i], c->problem.extent[i] - 1);
}

static bool plain_problem(struct candidate *c, int i) {
  struct reuse_problem *p = &c->problem;

  switch (i / 2) {
  case 0: return lower(&p->input[i % 2], 0);
  case 1: return lower(&p->pad[i % 2], 0);
  case 2: return lower(&p->stride[i % 2], 1);
  case 3: return lower(&p->dilation[i % 2], 1);
  default: return false;
  }
}

static bool smaller_input(struct candidate *c, int i) {
  return i < 2 && c->problem.input[i] > 1 &&
         lower(&c->problem.input[i], c->problem.input[i] - 1);
}

/* Large simplifications first. */
static simplification *const kinds[] = {
    drop_level,   unit_extent,    half_extent, drop_loop,     make_temporal,
    clear_block,  unflatten,      clear_level, clear_latch,   plain_problem,
    unit_step,    smaller_extent, smaller_step, smaller_input};

/* The largest number of simplifications of one kind. */
enum { MAX_OF_A_KIND = REUSE_MAX_LOOPS };

/* Applies the simplifications of KIND that leave *C failing.  Returns whether
 * there was one. */
static bool shrink_kind(simplification *kind, shrink_fails *fails,
                        struct candidate *c) {
  bool shrunk = false;

  for (int i = 0; i < MAX_OF_A_KIND;) {
    struct candidate next = *c;
    if (kind(&next, i) &&
        reuse_nest_check(&next.problem, &next.nest, NULL, NULL) == REUSE_OK &&
        fails(&next.problem, &next.nest)) {
      *c = next;
      shrunk = true;
    } else {
      i++;
    }
  }
  return shrunk;
}

void shrink(shrink_fails *fails, struct reuse_problem *problem,
            struct reuse_nest *nest) {
  struct candidate c = {*problem, *nest};

  for (bool shrunk = true; shrunk;) {
    shrunk = false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
      shrunk = shrink_kind(kinds[k], fails, &c) || shrunk;
  }
  *problem = c.problem;
  *nest = c.nest;
}
