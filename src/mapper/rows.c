/* Rows and columns of the raw input that tiles touch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/rows.h"

#include <math.h>

#include "base/checked.h"
#include "count/words.h"

/* Rows that LENGTH outputs touch, nothing clipped. */
static double rows_of(const struct reuse_problem *p, int i, int64_t length) {
  return (double)reuse__touched(length, p->stride[i], p->extent[REUSE_R + i],
                                p->dilation[i], 0, 0);
}

double reuse__all_rows(const struct reuse_problem *p, int i) {
  return (double)reuse__touched(p->extent[REUSE_P + i], p->stride[i],
                                p->extent[REUSE_R + i], p->dilation[i], p->pad[i],
                                p->input[i]);
}

/* Rows that are padding, at most, in all tiles of at least LENGTH outputs. */
static double padded_rows(const struct reuse_problem *p, int i, int64_t length) {
  if (p->input[i] == 0) return 0;
  const int64_t reach = (p->extent[REUSE_P + i] - 1) * p->stride[i] +
                        (p->extent[REUSE_R + i] - 1) * p->dilation[i] + 1;
  const int64_t below = reach - p->pad[i] - p->input[i];
  double sum = 0;
  for (int64_t at = 0; at < p->pad[i]; at += length * p->stride[i])
    sum += (double)(p->pad[i] - at);
  for (int64_t at = 0; at < below; at += length * p->stride[i]) sum += (double)(below - at);
  return sum;
}

/* Outputs that pass from one window to the next at most once each: then m outputs in a row touch
 * m strides and what a window reaches over one. */
static bool is_dense(const struct reuse_problem *p, int i) {
  return p->dilation[i] == 1 && p->extent[REUSE_R + i] >= p->stride[i];
}

/* The shortest tile that the first DEPTH loops of chain C leave, at least. */
static int64_t shortest(const struct reuse__chain *c, int depth) {
  const struct reuse__runs *r = reuse__chunks(c, depth, 1);
  return reuse__is_loose(c, depth) || r->n == 0 ? 1 : r->run[r->n - 1].length;
}

/* Rows of all tiles that the first DEPTH loops of chain C make, whatever the step is that is not
 * known: they have all outputs together. */
static double rows_of_loose(const struct reuse_problem *p, const struct reuse__chain *c, int i,
                            int depth) {
  const double tiles = reuse__runs_count(reuse__chunks(c, depth, 1));
  if (!is_dense(p, i)) return 0;
  return reuse__runs_passes(reuse__chunks(c, c->known, 1), 1) * (double)p->stride[i] +
         tiles * (double)(p->extent[REUSE_R + i] - p->stride[i]);
}

double reuse__rows_of_tiles(const struct reuse__partial *p, const struct reuse__chain *c,
                            int i, int depth) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__runs *r = reuse__chunks(c, depth, 1);
  const bool loose = reuse__is_loose(c, depth);
  double sum = loose ? rows_of_loose(problem, c, i, depth) : 0;
  for (int k = 0; !loose && k < r->n; k++)
    sum += (double)r->run[k].times * rows_of(problem, i, r->run[k].length);
  sum -= padded_rows(problem, i, shortest(c, depth));
  return reuse__fmax(reuse__all_rows(problem, i), sum);
}

/* Outputs at which the last of the tiles that certainly come anew starts, less those of the first
 * tile, of LENGTH outputs; the loop decided AT has STEP or fewer. */
static int64_t gap_between(const struct reuse__decided *at, int64_t length, int64_t step,
                           bool idles) {
  int64_t last = reuse__ceil_div(length, step) - 1;
  if (idles && (length % step || at->at_most)) last--;
  if (at->at_most && at->least == 0) last = reuse__min(last, 1 - idles);
  return (last - 1) * (at->at_most && last > 1 ? at->least : step);
}

double reuse__rows_again(const struct reuse__partial *p, const struct reuse__chain *c, int i,
                         const struct reuse__decided *at, int64_t step, bool idles) {
  const int depth = at->depth;
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__runs *r = reuse__chunks(c, depth, 1);
  const bool all = r->n == 1 && r->run[0].times == 1 && r->run[0].length == c->points;
  double sum = 0;
  for (int k = 0; k < r->n; k++) {
    const int64_t length = r->run[k].length;
    if (length <= step) continue;
    const int64_t window = (problem->extent[REUSE_R + i] - 1) * problem->dilation[i] + 1;
    const int64_t gap = gap_between(at, length, step, idles);
    const int64_t shared = window - (gap + 1) * problem->stride[i];
    double rows = rows_of(problem, i, length);
    if (all) rows = reuse__all_rows(problem, i);
    sum += (double)r->run[k].times * reuse__fmax(0, rows - (double)reuse__max(0, shared));
  }
  if (!all) sum = reuse__fmax(0, sum - padded_rows(problem, i, shortest(c, depth)));
  return sum;
}

bool reuse__rows_in_proportion(const struct reuse_problem *p, int i) {
  const int64_t window = p->extent[REUSE_R + i];
  const int64_t below = (p->extent[REUSE_P + i] - 1) * p->stride[i] + window - p->pad[i] -
                        p->input[i];
  return p->dilation[i] == 1 && window - p->stride[i] >= reuse__max(p->pad[i], below);
}
