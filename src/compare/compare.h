/* Architectures side by side: sums, ratios, means, winners.
 *
 *   runs of every network on every architecture -> comparison -> report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_COMPARE_H
#define REUSE_COMPARE_COMPARE_H

#include "compare/sum.h"

/* What is compared, in base units. */
enum reuse__metric {
  REUSE__METRIC_TIME,        /* s */
  REUSE__METRIC_ENERGY,      /* pJ */
  REUSE__METRIC_EDP,         /* J s: energy times time */
  REUSE__METRIC_UTILIZATION,
  REUSE__METRIC_DRAM,        /* bytes read and written */
  REUSE__METRIC_BUFFER,      /* words read and written */
  REUSE__METRIC_GOPS,
  REUSE__METRIC_GOPS_PER_W,
  REUSE__METRIC_GOPS_PER_W_ON_CHIP, /* without the energy of DRAM */
  REUSE__METRICS
};

/* What the rows of a comparison are. */
enum reuse__by { REUSE__BY_NETWORK, REUSE__BY_TYPE, REUSE__BY_LAYER, REUSE__BYS };
extern const char *const reuse__by_name[REUSE__BYS]; /* "network" "type" "layer" */

/* Layers that are compared together: those of a network that every architecture
 * runs, of one type, or one alone; or the geometric mean over networks. */
struct reuse__group {
  int net;                   /* -1: the mean over the networks */
  int type;                  /* -1: all types */
  int row;                   /* of the runs, -1: all */
  int left_out;              /* layers that an architecture does not run */
  int winner, second;        /* architectures with the least objective; -1: none */
  double margin;             /* objective of the second over the winner's; >= 1 */
  struct reuse__term term;   /* what decides between them */
};

/* A group on an architecture.  What does not exist is NaN.  A mean has no sum. */
struct reuse__cell {
  struct reuse__sum sum;
  double value[REUSE__METRICS];
  double ratio[REUSE__METRICS]; /* to the reference's value */
  double objective;             /* what the winner has least of */
};

struct reuse__comparison_input {
  int narchs, nnets;
  const struct reuse__run *const *run; /* [arch * nnets + net]; the runs of a
                                          network have the same layers */
  int reference;                       /* architecture that ratios are to */
  enum reuse__by by;
  enum reuse_objective objective;      /* what decides who wins */
  const int *baseline_of;              /* by architecture: the one that it is a baseline
                                          of, -1: none; NULL: there are no baselines */
  const char *rule;                    /* how machines were made equal; NULL: as they are */
  const char *equal;                   /* in what they are; NULL: in nothing */
  const struct reuse_search *weights;  /* of REUSE_WEIGHTED, else NULL */
  int adopted;                         /* layers with the better mapping of a baseline */
};

struct reuse__side_by_side {
  struct reuse__comparison_input input;
  int ngroups;
  struct reuse__group *group; /* by network, then the means */
  struct reuse__cell *cell;   /* [group * narchs + arch] */
};

/* Compares the runs of INPUT, which is copied; the rest is allocated in ARENA.
 * Means are there for more than one network, and not by layer.  A mean over a
 * value that is not positive, or missing for a network, is NaN.  Errors: memory. */
enum reuse_status reuse__side_by_side(const struct reuse__comparison_input *input,
                                      struct reuse_arena *arena,
                                      struct reuse__side_by_side *result);

/* How much more of METRIC baseline B has than what it is a baseline of; NaN for what
 * is none. */
double reuse__reduction(const struct reuse__side_by_side *of, int group, int b,
                        enum reuse__metric metric);

/* Layers of TYPE, in all networks, that an architecture does not run. */
int reuse__left_out(const struct reuse__side_by_side *of, enum reuse_layer_type type);

/* The metrics of SUM; all NaN when it has no layers. */
void reuse__metrics(const struct reuse__sum *sum, double value[REUSE__METRICS]);

/* The geometric mean of the N values, which are overwritten; NaN if one is not
 * positive, or N is 0. */
double reuse__geometric_mean(double *value, int n);

#endif
