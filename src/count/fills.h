/* How often a level is filled anew, and what is computed from each filling.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_FILLS_H
#define REUSE_COUNT_FILLS_H

#include "reusemodel.h"

struct reuse__fills {
  int64_t fills;                /* how often the level's tile of the tensor comes */
  double steps;                 /* sum over them of the steps of the MACs, at least LEAST */
};

/* A level's tile of a tensor comes anew with every setting of the temporal loops above it
 * down to the innermost that walks a dim of the tensor in more than one chunk; once, if
 * there is none. */
struct reuse__fills reuse__count_fills(const struct reuse_problem *problem,
                                       const struct reuse_nest *nest, int level, int tensor,
                                       double least);

#endif
