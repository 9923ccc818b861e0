/* The model against published figures.
 *
 *   figures, plan -> comparisons -> report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_VALIDATE_VALIDATE_H
#define REUSE_VALIDATE_VALIDATE_H

#include "validate/plan.h"

enum reuse__verdict {
  REUSE__WITHIN, REUSE__OUTSIDE, /* compared */
  REUSE__PARAMETER,              /* an input of a file: nothing to compare */
  REUSE__NOT_MODELLED,
  REUSE__UNASSIGNED,             /* the plan forgets the figure */
  REUSE__VERDICTS
};

/* "within" "outside" "parameter" "not modelled" "unassigned" */
extern const char *const reuse__verdict_name[REUSE__VERDICTS];

/* What became of a figure; one that several entries select has several. */
struct reuse__comparison {
  const struct reuse__figure *figure;
  const struct reuse__entry *entry;  /* NULL: unassigned */
  const char *system;                /* the plan's name of it */
  enum reuse__verdict verdict;
  double modelled;                   /* in the figure's unit; if compared */
  double error;                      /* modelled over published less 1; or the
                                        difference when the figure is 0 */
  bool decides;                      /* outside, and not recalled */
};

struct reuse__validation {
  struct reuse__plan plan;
  struct reuse__figures figures;
  int n;
  struct reuse__comparison *comparison; /* in the order of the figures */
  int nsystems;
  const char **system;                  /* those of the comparisons, each once */
  int deciding, unassigned;
};

/* Compares what HOME/data/validation.yaml plans, for the systems that the glob
 * SYSTEM selects (NULL: all), with JOBS threads.  A SYSTEM that selects none is
 * REUSE_ERR_INPUT without a message; other faults are reported. */
enum reuse_status reuse__validate(const char *home, const char *system, int jobs,
                                  struct reuse_arena *arena,
                                  struct reuse__validation *validation,
                                  struct reuse_diag *diag);

/* Whether C was compared and has a relative error: bounds ("at least") and figures
 * of 0 have none. */
bool reuse__has_error(const struct reuse__comparison *c);

/* Of the comparisons of SYSTEM (NULL: all): how many, and their errors without
 * sign, of those that have one; the worst has its sign. */
struct reuse__error_summary {
  int compared, within, recalled_outside, parameters, not_modelled;
  int errors;
  double median, mean, worst;
  const struct reuse__comparison *worst_at;
};
enum reuse_status reuse__error_summary(const struct reuse__validation *validation,
                                       const char *system, struct reuse_arena *arena,
                                       struct reuse__error_summary *summary);

#endif
