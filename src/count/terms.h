/* A link between two levels, split into factors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_TERMS_H
#define REUSE_COUNT_TERMS_H

#include "count/memo.h"

/* A tensor as the counter sees it: which dims index it, raw input axes. */
struct reuse__shape {
  unsigned dims;                /* dims that index the tensor */
  bool raw_input;               /* P,R and Q,S share an axis */
  bool keeps;                   /* idle instances keep their words */
};

/* The loops between two levels that keep a tensor. */
struct reuse__link {
  const struct reuse_problem *problem;
  const struct reuse_nest *nest;
  int parent, child;
  struct reuse__memo *memo;     /* may be NULL */
  bool held;                    /* the child holds words from step to step */
  struct reuse__shape shape;
};

/* A factor of a link and what the tensor has of it. */
struct reuse__term {
  struct reuse__factor factor;
  unsigned dims;                /* all its dims */
  bool region;                  /* needs enumeration */
  bool relevant;                /* else, if not a region: the tensor has its dim */
  bool shared;                  /* spatial loops below the parent: views differ */
  bool known;                   /* the sums are those of some view, */
  struct reuse__wanted have;    /* of a region these */
  struct reuse__sums sums;
};

/* Dims with one point have no term, for their sums are 1. */
struct reuse__terms {
  int n;
  struct reuse__term term[REUSE_DIMS];
  int owner[REUSE_MAX_LOOPS];   /* term of each loop above the child; -1: it has one chunk */
};

/* Extent of dim D that the loops walk: rounded up to its block. */
int64_t reuse__loop_extent(const struct reuse_problem *problem,
                           const struct reuse_nest *nest, int d);

/* Mask of the dims of a loop. */
unsigned reuse__loop_dims(const struct reuse_loop *loop);

/* The im2col boundary level, or the number of levels. */
int reuse__boundary(const struct reuse_nest *nest);

/* The shape of TENSOR, outside or (EXPANDED) inside the im2col boundary. */
struct reuse__shape reuse__shape_of(int tensor, bool expanded);

/* The factors of a link: dims joined by flattened loops above the child and by
 * shared axes of the raw input. */
void reuse__make_terms(const struct reuse__link *link, struct reuse__terms *terms);

/* The axes of the link's tensor among DIMS; only the words inside WINDOW, if it is
 * not NULL, count on the axes that have one dim. */
void reuse__make_axes(const struct reuse__link *link, unsigned dims,
                      const struct reuse__window *window, struct reuse__region *region);

#endif
