/* Brute-force execution of a loop nest, step by step, with explicit sets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "execute.h"
#include "flow.h"

#include <stdlib.h>
#include <string.h>

/* What an instance has to do in a step: an interval of each dim and, once a
 * group of dims has been flattened, an interval of its composite index (at its
 * first dim; the dims' intervals are then those that were flattened).  absent:
 * there is no such chunk. */
struct chunk {
  bool absent;
  int64_t low[REUSE_DIMS], length[REUSE_DIMS];
  int64_t flat_low[REUSE_DIMS], flat_length[REUSE_DIMS]; /* length 0: not flat */
};

/* One dim or flattened group that a chunk walks with more than one value. */
struct run {
  int ndims;
  uint8_t dim[REUSE_DIMS];
  int64_t low, length;
};

struct execution {
  const struct reuse_problem *problem;
  const struct reuse_nest *nest;
  struct reuse_counts *counts;
  const struct reuse_loop *group[REUSE_DIMS]; /* flattened, by its first dim */
  int64_t fan[REUSE_MAX_LOOPS];          /* instances of a spatial loop */
  struct chunk *chunk[REUSE_MAX_LOOPS];  /* of all instances, inside a loop */
  int64_t size[2];                       /* rows and columns of the input */
  struct flow flow[REUSE_MAX_LEVELS][REUSE_TENSORS];
  bits *tile[REUSE_TENSORS];             /* of the instance at hand */
  bits *real;                            /* expanded inputs that are no padding */
  bool expanded;                         /* the level at hand sees im2col's X */
  int64_t points, effective_points;      /* of the chunk at hand */
};

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* The extent of dim D that steps are executed for. */
static int64_t rounded_extent(const struct execution *x, int d) {
  const int64_t extent = x->problem->extent[d];
  const int64_t block = x->nest->block[d] > 1 ? x->nest->block[d] : 1;

  return (extent + block - 1) / block * block;
}

/* Length of what LOOP walks in chunk C. */
static int64_t loop_range(const struct chunk *c, const struct reuse_loop *loop) {
  int64_t range = 1;

  if (loop->ndims > 1 && c->flat_length[loop->dim[0]] > 0)
    return c->flat_length[loop->dim[0]];
  for (int i = 0; i < loop->ndims; i++)
    range *= c->length[loop->dim[i]];
  return range;
}

/* Number of chunks into which LOOP divides C. */
static int64_t trips(const struct chunk *c, const struct reuse_loop *loop) {
  return (loop_range(c, loop) - 1) / loop->step + 1;
}

/* The INDEX-th chunk of LOOP in C; absent when there is none. */
static void sub_chunk(const struct chunk *c, const struct reuse_loop *loop,
                      int64_t index, struct chunk *sub) {
  const int first = loop->dim[0];

  *sub = *c;
  if (c->absent || index >= trips(c, loop)) {
    sub->absent = true;
    return;
  }
  const int64_t range = loop_range(c, loop);
  const int64_t start = index == 0 ? 0 : index * loop->step;
  if (loop->ndims > 1) {
    sub->flat_low[first] = c->flat_low[first] + start;
    sub->flat_length[first] = least(loop->step, range - start);
  } else {
    sub->low[first] = c->low[first] + start;
    sub->length[first] = least(loop->step, range - start);
  }
}

/* ---- elements ----------------------------------------------------------- */

static void set_bit(bits *set, int64_t i) {
  set[i / 64] |= (bits)1 << (i % 64);
}

/* Row (axis 0) or column (axis 1) of the input at POINT, from 0; -1: padding. */
static int64_t input_index(const struct execution *x, const int64_t *point,
                           int axis) {
  const struct reuse_problem *p = x->problem;
  const int64_t at = point[REUSE_P + axis] * p->stride[axis] +
                     point[REUSE_R + axis] * p->dilation[axis];

  if (p->input[axis] == 0)
    return at;
  return at < p->pad[axis] || at - p->pad[axis] >= p->input[axis]
             ? -1 : at - p->pad[axis];
}

/* Row-major number of POINT in the box of the N dims in DIM. */
static int64_t number(const struct execution *x, const int64_t *point, int n,
                      const int *dim) {
  int64_t index = 0;

  for (int i = 0; i < n; i++)
    index = index * x->problem->extent[dim[i]] + point[dim[i]];
  return index;
}

static const int w_dims[] = {REUSE_G, REUSE_K, REUSE_C, REUSE_R, REUSE_S};
static const int o_dims[] = {REUSE_N, REUSE_G, REUSE_K, REUSE_P, REUSE_Q};
static const int i_dims[] = {REUSE_N, REUSE_G, REUSE_C};
static const int x_dims[] = {REUSE_N, REUSE_G, REUSE_C, REUSE_P,
                             REUSE_Q, REUSE_R, REUSE_S};

/* Adds the elements that POINT touches to the tiles at hand.  A point beyond
 * the real extents touches nothing. */
static void touch(struct execution *x, const int64_t *point) {
  for (int d = 0; d < REUSE_DIMS; d++)
    if (point[d] >= x->problem->extent[d])
      return;
  const int64_t row = input_index(x, point, 0);
  const int64_t column = input_index(x, point, 1);
  const bool exists = row >= 0 && column >= 0;

  x->points++;
  set_bit(x->tile[REUSE_W], number(x, point, 5, w_dims));
  set_bit(x->tile[REUSE_O], number(x, point, 5, o_dims));
  if (x->expanded) {
    const int64_t word = number(x, point, 7, x_dims);
    set_bit(x->tile[REUSE_I], word);
    if (exists)
      set_bit(x->real, word);
  } else if (exists) {
    set_bit(x->tile[REUSE_I],
            (number(x, point, 3, i_dims) * x->size[0] + row) * x->size[1] + column);
  }
  x->effective_points += exists;
}

/* Sets the dims of RUN in POINT to the INDEX-th value of the run in chunk C. */
static void place(const struct chunk *c, const struct run *run, int64_t index,
                  int64_t *point) {
  int64_t rest = run->low + index;

  if (run->ndims == 1) {
    point[run->dim[0]] = rest;
    return;
  }
  for (int i = run->ndims - 1; i >= 0; i--) {
    const int d = run->dim[i];
    point[d] = c->low[d] + rest % c->length[d];
    rest /= c->length[d];
  }
}

/* Touches all points of chunk C that agree with POINT outside the N runs. */
static void touch_runs(struct execution *x, const struct chunk *c, int n,
                       const struct run *run, int64_t *point) {
  if (n == 0) {
    touch(x, point);
    return;
  }
  for (int64_t i = 0; i < run->length; i++) {
    place(c, run, i, point);
    touch_runs(x, c, n - 1, run + 1, point);
  }
}

/* Touches all points of chunk C. */
static void touch_chunk(struct execution *x, const struct chunk *c) {
  struct run run[REUSE_DIMS];
  int64_t point[REUSE_DIMS];
  unsigned flat = 0;
  int n = 0;

  for (int d = 0; d < REUSE_DIMS; d++) {
    if (c->flat_length[d] == 0)
      continue;
    run[n] = (struct run){.ndims = x->group[d]->ndims, .low = c->flat_low[d],
                          .length = c->flat_length[d]};
    memcpy(run[n].dim, x->group[d]->dim, sizeof run[n].dim);
    for (int i = 0; i < run[n].ndims; i++)
      flat |= REUSE_BIT(run[n].dim[i]);
    n++;
  }
  for (int d = 0; d < REUSE_DIMS; d++) {
    point[d] = c->low[d];
    if (!(flat & REUSE_BIT(d)) && c->length[d] > 1)
      run[n++] = (struct run){.ndims = 1, .dim = {(uint8_t)d}, .low = c->low[d],
                              .length = c->length[d]};
  }
  touch_runs(x, c, n, run, point);
}

/* ---- steps -------------------------------------------------------------- */

/* One step of LEVEL: its N instances have the chunks C. */
static void execute_step(struct execution *x, int level, const struct chunk *c,
                         int64_t n) {
  const bool macs = level == x->nest->nlevels - 1;

  x->expanded = false;
  for (int i = 0; i < level; i++)
    x->expanded = x->expanded || x->nest->level[i].im2col;
  for (int64_t i = 0; i < n; i++) {
    for (int t = 0; t < REUSE_TENSORS; t++)
      memset(x->tile[t], 0, x->flow[level][t].words * sizeof(bits));
    x->points = x->effective_points = 0;
    if (!c[i].absent)
      touch_chunk(x, &c[i]);
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (x->flow[level][t].used && x->flow[level][t].parent >= 0)
        flow_exchange(&x->flow[level][t], i, x->points == 0, x->tile[t]);
    x->counts->macs += macs ? x->points : 0;
    x->counts->effective_macs += macs ? x->effective_points : 0;
  }
}

static void execute_level(struct execution *x, int level, const struct chunk *c,
                          int64_t n);

/* The steps of everything inside loop I of LEVEL, that loop included; the
 * N instances outside it have the chunks C. */
static void execute_loops(struct execution *x, int level, int i,
                          const struct chunk *c, int64_t n) {
  const struct reuse_nest_level *l = &x->nest->level[level];
  const struct reuse_loop *loop = &x->nest->loop[i];

  if (i == l->first_loop + l->nloops) {
    execute_level(x, level + 1, c, n);
  } else if (loop->spatial) {
    for (int64_t j = 0; j < n * x->fan[i]; j++)
      sub_chunk(&c[j / x->fan[i]], loop, j % x->fan[i], &x->chunk[i][j]);
    execute_loops(x, level, i + 1, x->chunk[i], n * x->fan[i]);
  } else {
    const int64_t chunks = trips(&c[0], loop);
    for (int64_t k = 0; k < chunks; k++) {
      for (int64_t j = 0; j < n; j++)
        sub_chunk(&c[j], loop, k, &x->chunk[i][j]);
      execute_loops(x, level, i + 1, x->chunk[i], n);
    }
  }
}

/* One step of LEVEL and all the steps inside it.  The first instance has the
 * largest chunk of all, so it decides how many steps there are. */
static void execute_level(struct execution *x, int level, const struct chunk *c,
                          int64_t n) {
  x->counts->level_steps[level]++;
  if (level > 0)
    execute_step(x, level, c, n);
  if (level < x->nest->nlevels - 1)
    execute_loops(x, level, x->nest->level[level].first_loop, c, n);
}

/* ---- counts ------------------------------------------------------------- */

/* The traffic of tensor T at all memory levels. */
static void count_tensor(struct execution *x, int t) {
  const int64_t *extent = x->problem->extent;
  int64_t zeros = extent[REUSE_N] * extent[REUSE_G] * extent[REUSE_K] *
                  extent[REUSE_P] * extent[REUSE_Q];

  for (int level = 1; level < x->nest->nlevels; level++) {
    struct flow *f = &x->flow[level][t];
    struct reuse_traffic macs = {0};
    struct reuse_traffic *child =
        level == x->nest->nlevels - 1 ? &macs : &x->counts->at[level][t];
    if (!f->used || f->parent < 0)
      continue;
    struct reuse_traffic *parent = &x->counts->at[f->parent][t];
    const uint8_t network = x->nest->level[f->parent].network[t];
    flow_finish(f, x->counts->level_instances[level]);
    if (t == REUSE_O)
      flow_output(f, network == REUSE_ACCUMULATE, &zeros, parent, child);
    else
      flow_operand(f, network == REUSE_UNICAST, parent, child);
  }
}

/* ---- set-up ------------------------------------------------------------- */

/* Number of elements that a set of tensor T can have, raw or expanded. */
static int64_t elements(const struct execution *x, int t, bool expanded) {
  const int64_t *e = x->problem->extent;
  const int64_t outside = e[REUSE_N] * e[REUSE_G];

  if (t == REUSE_W)
    return e[REUSE_G] * e[REUSE_K] * e[REUSE_C] * e[REUSE_R] * e[REUSE_S];
  if (t == REUSE_O)
    return outside * e[REUSE_K] * e[REUSE_P] * e[REUSE_Q];
  if (expanded)
    return outside * e[REUSE_C] * e[REUSE_P] * e[REUSE_Q] * e[REUSE_R] * e[REUSE_S];
  return outside * e[REUSE_C] * x->size[0] * x->size[1];
}

static size_t words_of(int64_t n) { return (size_t)(n / 64 + 1); }

/* The flow of tensor T into LEVEL.  Returns 0, or -1 without memory. */
static int prepare_flow(struct execution *x, int level, int t) {
  const struct reuse_nest *nest = x->nest;
  const bool macs = level == nest->nlevels - 1;
  struct flow *f = &x->flow[level][t];
  bool inside = false, parent_inside = false;

  f->parent = -1;
  for (int i = 0; i < level; i++) {
    inside = inside || nest->level[i].im2col;
    if (nest->level[i].keeps & REUSE_BIT(t))
      f->parent = i;
  }
  f->used = (x->problem->tensors & REUSE_BIT(t)) &&
            (macs || (nest->level[level].keeps & REUSE_BIT(t)));
  f->words = words_of(elements(x, t, inside));
  if (!f->used || f->parent < 0)
    return 0;
  for (int i = 0; i < f->parent; i++)
    parent_inside = parent_inside || nest->level[i].im2col;
  if (t == REUSE_I && inside && !parent_inside)
    f->servable = x->real;
  f->forgets = macs && !(nest->level[level].latch & REUSE_BIT(t));
  f->idle_forgets = t == REUSE_O;
  const int64_t instances = x->counts->level_instances[level];
  f->children = (int)(instances / x->counts->level_instances[f->parent]);
  f->held = calloc((size_t)instances + 2, f->words * sizeof(bits));
  if (f->held == NULL)
    return -1;
  f->fresh = f->held + (size_t)instances * f->words;
  f->gone = f->fresh + f->words;
  return 0;
}

/* Fan-outs, instances and the chunks' arrays.  The first chunk of every loop is
 * the largest, so it has the largest fan-outs.  Returns 0, or -1. */
static int prepare_loops(struct execution *x, const struct chunk *whole) {
  const struct reuse_nest *nest = x->nest;
  struct chunk first = *whole;
  int64_t instances = 1;

  for (int level = 0; level < nest->nlevels; level++) {
    const struct reuse_nest_level *l = &nest->level[level];
    x->counts->level_instances[level] = instances;
    for (int i = l->first_loop; i < l->first_loop + l->nloops; i++) {
      const struct reuse_loop *loop = &nest->loop[i];
      x->fan[i] = loop->spatial ? trips(&first, loop) : 1;
      instances *= x->fan[i];
      sub_chunk(&first, loop, 0, &first);
      if (loop->ndims > 1)
        x->group[loop->dim[0]] = loop;
      x->chunk[i] = malloc((size_t)instances * sizeof *x->chunk[i]);
      if (x->chunk[i] == NULL)
        return -1;
    }
  }
  x->counts->instances = instances;
  return 0;
}

/* Sets, sizes and flows.  Returns 0, or -1 without memory. */
static int prepare(struct execution *x, struct chunk *whole) {
  const struct reuse_problem *p = x->problem;

  for (int d = 0; d < REUSE_DIMS; d++)
    whole->length[d] = rounded_extent(x, d);
  for (int axis = 0; axis < 2; axis++)
    x->size[axis] = p->input[axis] != 0 ? p->input[axis]
        : (p->extent[REUSE_P + axis] - 1) * p->stride[axis] +
          (p->extent[REUSE_R + axis] - 1) * p->dilation[axis] + 1;
  if (prepare_loops(x, whole) != 0)
    return -1;
  x->real = calloc(words_of(elements(x, REUSE_I, true)), sizeof(bits));
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const int64_t raw = elements(x, t, false), expanded = elements(x, t, true);
    x->tile[t] = calloc(words_of(raw > expanded ? raw : expanded), sizeof(bits));
    if (x->tile[t] == NULL || x->real == NULL)
      return -1;
    for (int level = 0; level < x->nest->nlevels; level++)
      if (prepare_flow(x, level, t) != 0)
        return -1;
  }
  return 0;
}

static void release(struct execution *x) {
  free(x->real);
  for (int i = 0; i < REUSE_MAX_LOOPS; i++)
    free(x->chunk[i]);
  for (int t = 0; t < REUSE_TENSORS; t++) {
    free(x->tile[t]);
    for (int level = 0; level < REUSE_MAX_LEVELS; level++)
      free(x->flow[level][t].held);
  }
}

int oracle_count(const struct reuse_problem *problem,
                 const struct reuse_nest *nest, struct reuse_counts *counts) {
  struct execution x = {.problem = problem, .nest = nest, .counts = counts};
  struct chunk whole = {0};
  int status = -1;

  memset(counts, 0, sizeof *counts);
  if (prepare(&x, &whole) == 0) {
    execute_level(&x, 0, &whole, 1);
    counts->steps = counts->level_steps[nest->nlevels - 1];
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (problem->tensors & REUSE_BIT(t))
        count_tensor(&x, t);
    status = 0;
  }
  release(&x);
  return status;
}

int64_t oracle_tensor_words(const struct reuse_problem *problem, int tensor) {
  const struct reuse_nest nest = {.nlevels = 1};
  struct reuse_counts counts = {0};
  struct execution x = {.problem = problem, .nest = &nest, .counts = &counts};
  struct chunk whole = {0};
  int64_t words = -1;

  if (prepare(&x, &whole) == 0) {
    touch_chunk(&x, &whole);
    words = 0;
    for (size_t i = 0; i < x.flow[0][tensor].words; i++)
      words += __builtin_popcountll(x.tile[tensor][i]);
  }
  release(&x);
  return words;
}
