/* The chunks that a chain of loops makes of a range, as runs of equal chunks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chunk is full or a remainder, so the chunks of d nested loops have at most
 * d + 1 lengths.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_RUNS_H
#define REUSE_MAPPER_RUNS_H

#include "reusemodel.h"

enum { REUSE__MAX_RUNS = 16 };

struct reuse__run_of { int64_t length, times; };

/* Chunks of several lengths, longest first.  Beyond REUSE__MAX_RUNS lengths the
 * shortest are left out: every sum over the runs is then a lower bound. */
struct reuse__runs {
  int n;
  bool whole;                   /* nothing was left out */
  struct reuse__run_of run[REUSE__MAX_RUNS];
};

/* One chunk of LENGTH points. */
void reuse__runs_one(int64_t length, struct reuse__runs *runs);

/* Every chunk of FROM cut into chunks of STEP. */
void reuse__runs_cut(const struct reuse__runs *from, int64_t step, struct reuse__runs *runs);

/* The same where the step is only known to be from LEAST to MOST points: whichever it is, each of
 * these chunks is no longer than one that it makes, every one than another. */
void reuse__runs_cut_between(const struct reuse__runs *from, int64_t least, int64_t most,
                             struct reuse__runs *runs);

/* The longest chunk of STEP in every chunk of FROM: what the busiest of several
 * instances side by side has. */
void reuse__runs_first(const struct reuse__runs *from, int64_t step,
                       struct reuse__runs *runs);

/* Every pair of a chunk of A and one of B, as long as their product. */
void reuse__runs_pairs(const struct reuse__runs *a, const struct reuse__runs *b,
                       struct reuse__runs *runs);

/* Sums over the chunks: of 1; of ceil(points / WIDTH). */
double reuse__runs_count(const struct reuse__runs *runs);
double reuse__runs_passes(const struct reuse__runs *runs, int64_t width);

/* Points that change every time that a loop of STEP runs over the chunks again: those
 * of the chunks that it cuts into more than one.  If instances IDLE during a short last
 * chunk they keep what they had, so that of two unequal chunks only twice the shorter
 * is sure to change. */
double reuse__runs_points_again(const struct reuse__runs *runs, int64_t step, bool idles);

#endif
