/* The best compromises of energy and time, layer by layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_RUN_FRONTS_H
#define REUSE_RUN_FRONTS_H

#include "run/run.h"

/* The front of a layer. */
struct reuse__row_front {
  bool modelled;                    /* false: no engine runs the layer; the rest unset */
  int like;                         /* the first row with the same work, or this one */
  int n;
  const struct reuse_point *point;  /* n, by rising energy and falling cycles */
  struct reuse_proof proof;         /* optimal: no point is missing */
};

struct reuse__fronts {
  const struct reuse__run *run;     /* its rows are not mapped */
  struct reuse__row_front *row;     /* one per row of the run */
};

/* Finds the fronts of the layers of RUN, of which only arch, network and rows count,
 * with the search and the jobs of OPTIONS; equal layers once.  All is in ARENA.
 * Deterministic for any number of jobs. */
enum reuse_status reuse__fronts(const struct reuse__run *run,
                                const struct reuse__run_options *options,
                                struct reuse_arena *arena, struct reuse__fronts *fronts,
                                struct reuse_diag *diag);

#endif
