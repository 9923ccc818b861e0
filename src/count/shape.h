/* What a nest needs, without its traffic: cheap enough to reject a mapping by.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_SHAPE_H
#define REUSE_COUNT_SHAPE_H

#include "reusemodel.h"

/* MACs, steps and instances of every level, largest tiles and whether outputs
 * are partial, of a nest that reuse_nest_check accepts; the rest of COUNTS is
 * zero.  Errors: REUSE_ERR_OVERFLOW. */
enum reuse_status reuse__count_shape(const struct reuse_problem *problem,
                                     const struct reuse_nest *nest,
                                     struct reuse_counts *counts);

/* The largest tiles of one level, and whether outputs are partial: two parts of the
 * above.  The nest need not come down to one point. */
void reuse__count_tiles(const struct reuse_problem *problem, const struct reuse_nest *nest,
                        int level, struct reuse_counts *counts);
void reuse__count_partial(const struct reuse_problem *problem,
                          const struct reuse_nest *nest, struct reuse_counts *counts);

#endif
