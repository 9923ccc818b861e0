/* Factors: dims that a tensor cannot separate, and their sums over steps.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two consecutive steps of a child level exactly one temporal loop j
 * advances, those inside it wrap, those outside it stay.  A count over all such
 * transitions is a product of one term per factor (doc/MODEL.md, "Closed
 * form").  A factor sees j in one of two ways: j is its own temporal loop i
 * (advance[i]), or j belongs to others and c of its own temporal loops lie
 * outside j (wrap[c]). */
#ifndef REUSE_COUNT_FACTOR_H
#define REUSE_COUNT_FACTOR_H

#include "reusemodel.h"

/* Dims that a flattened loop joins, or a single dim. */
struct reuse__part {
  int ndims;
  uint8_t dim[REUSE_DIMS];      /* in the order of the group */
  int64_t loop_extent[REUSE_DIMS]; /* extents that the loops walk (blocked) */
  int64_t extent[REUSE_DIMS];      /* extents that exist */
};

/* A loop of a factor, above the child level. */
struct reuse__factor_loop {
  int64_t step;
  uint8_t part;                 /* index of the part it splits */
  uint8_t dim;                  /* position in the part, when not flattened */
  bool flat;                    /* splits the composite of the part */
  bool spatial;
  bool inner;                   /* lies between the parent and the child */
};

struct reuse__factor {
  int nparts, nloops, ntemporal;
  struct reuse__part part[REUSE_DIMS];
  struct reuse__factor_loop loop[REUSE_MAX_LOOPS];
};

/* What is summed: the words each instance of the child holds in both steps; or
 * as a union over the children of one instance of the parent, the words of the
 * new (old) tiles that every holder also held (holds) in the other step. */
enum reuse__view { REUSE__INSTANCES, REUSE__ARRIVING, REUSE__LEAVING };

struct reuse__sums {
  int64_t total;                     /* sum over steps of |tile| */
  int64_t wrap[REUSE_MAX_LOOPS + 1]; /* wrap[ntemporal] equals total */
  int64_t advance[REUSE_MAX_LOOPS];
};

/* A part's dims as an interval each, absolute; for sums over part of a tensor. */
struct reuse__window { int64_t low[REUSE_DIMS], high[REUSE_DIMS]; };

/* ---- one part, all of whose dims the tensor has, or none of them -------- */

/* Steps of the child: settings of the temporal loops. */
int64_t reuse__chain_steps(const struct reuse__factor *f, bool *overflow);

/* Instances of the child: the fan-outs of the spatial loops at their largest. */
int64_t reuse__chain_instances(const struct reuse__factor *f, bool *overflow);

/* Sums when the tensor has every dim of the part: tiles partition the part.
 * KEEPS: an idle instance keeps its words (I, W); else it gives them up (O). */
void reuse__chain_relevant(const struct reuse__factor *f, bool keeps,
                           struct reuse__sums *sums, bool *overflow);

/* As above with KEEPS, counting only the words inside WINDOW; ALL is what the above
 * gives.  Leaves the advances, which are 0. */
void reuse__chain_window(const struct reuse__factor *f,
                         const struct reuse__window *window,
                         const struct reuse__sums *all,
                         struct reuse__sums *sums, bool *overflow);

/* Sums when the tensor has no dim of the part: one word while active.
 * Returns false when the nest is beyond the limit of child classes. */
bool reuse__chain_irrelevant(const struct reuse__factor *f, bool keeps,
                             enum reuse__view view, struct reuse__sums *sums,
                             bool *overflow);

/* ---- any factor: by enumeration of its own steps ----------------------- */

/* One axis of the tensor inside the factor: index = a*scale_a + b*scale_b -
 * offset, clipped to [0, size); without b (b < 0) scale_a is 1.  Dims are given as
 * dim identifiers. */
struct reuse__axis {
  int a, b;
  int64_t scale_a, scale_b, offset, size;
};

/* Which sums beside the total are wanted. */
struct reuse__wanted { bool wrap[REUSE_MAX_LOOPS], advance[REUSE_MAX_LOOPS]; };

struct reuse__region {
  const struct reuse__factor *factor;
  int naxes;
  struct reuse__axis axis[REUSE_DIMS];
  bool keeps;                   /* idle instances keep their words */
  struct reuse__wanted want;    /* the others are left 0 */
};

/* Sums of the region, exact; the cost grows with the factor's own steps.
 * Returns false when the work would be beyond the documented limit. */
bool reuse__region_sums(const struct reuse__region *region, enum reuse__view view,
                        struct reuse__sums *sums, bool *overflow);

#endif
