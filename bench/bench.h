/* What the benchmark measures; the figures go to a table and a CSV file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stdio.h>

#include "reusemodel.h"

/* Where the shipped files are, the program, and where figures are written. */
struct bench {
  const char *home, *program;
  FILE *csv;
  int nnets;                    /* networks to run; 0: all */
  char *const *net;
};

/* A figure and what it should be: at most LIMIT, or NO_TARGET. */
enum { NO_TARGET = -1 };
struct bench_figure {
  const char *what, *subject;
  double value;                 /* negative: could not be measured */
  const char *unit;
  double limit;
};

/* Writes one line of the table (unless QUIET) and one of the CSV file. */
void bench_put(const struct bench *bench, const struct bench_figure *figure, bool quiet);

/* Prints a message of the library; a sink of reuse_diag. */
void bench_message(void *context, const struct reuse_message *message);

/* Seconds of a clock that never goes back. */
double bench_now(void);

/* The median of N values, which it sorts. */
double bench_median(double *value, int n);

/* reuse_count() of the nests bench/NAME.yaml; whether all could be read. */
bool bench_counts(const struct bench *bench);

/* The time in which a mapping is evaluated or proven not to be better; whether all could be. */
bool bench_decided(const struct bench *bench);

/* The chosen networks on every shipped architecture; whether all were run. */
bool bench_runs(const struct bench *bench);

/* The main command as a process; whether it ended well. */
bool bench_process(const struct bench *bench);

#endif
