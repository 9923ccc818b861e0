/* What a validation measures on: machines, networks and runs, each made once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_VALIDATE_BENCH_H
#define REUSE_VALIDATE_BENCH_H

#include "run/run.h"
#include "validate/formula.h"
#include "validate/plan.h"

enum { REUSE__BENCH_NAMES = 256 };

struct reuse__bench_arch { const char *name; const struct reuse_arch *arch; };
struct reuse__bench_net { const char *name; const struct reuse_network_table *net; };

struct reuse__bench {
  const char *home;            /* models/ and data/ are below it */
  int jobs;
  struct reuse_arena *arena;
  struct reuse_diag *diag;
  const struct reuse__plan *plan;
  const struct reuse__figures *figures;
  enum reuse_status status;    /* first fault in reading or running */
  int narchs, nnets;
  struct reuse__bench_arch arch[REUSE__BENCH_NAMES];
  struct reuse__bench_net net[REUSE__BENCH_NAMES];
  struct reuse__run **run;     /* by scenario; NULL: not yet run */
  bool *in_progress;           /* by named value, while it is evaluated */
  struct reuse__lines lines;   /* of transforms; n is 0 until they are read */
};

/* Each gives NULL after a message at the place of the formula. */
const struct reuse_arch *reuse__bench_arch_of(struct reuse__formula *formula,
                                              const char *name);
const struct reuse_network_table *reuse__bench_net_of(struct reuse__formula *formula,
                                                      const char *name);
const struct reuse__run *reuse__bench_run_of(struct reuse__formula *formula,
                                             const char *scenario);

/* The value of the formula at NODE of the plan, on BENCH; false after a message. */
bool reuse__bench_value(struct reuse__bench *bench, const struct reuse__node *node,
                        double *value);

/* winograd(m, r, PART) and fft(n, r, PART): multiplications, or operations of the data,
 * filter or inverse transform, of a tile for an r x r filter. */
bool reuse__winograd_part(struct reuse__formula *formula,
                          const struct reuse__argument *argument, double *value);
bool reuse__fft_part(struct reuse__formula *formula, const struct reuse__argument *argument,
                     double *value);

/* The functions that formulas have. */
extern const struct reuse__function reuse__quantity[];
extern const int reuse__quantities;

#endif
