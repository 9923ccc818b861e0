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

double reuse__rows_of_tiles(const struct reuse__partial *p, const struct reuse__chain *c,
                            int i, int depth) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__runs *r = reuse__chunks(c, depth, 1);
  double sum = 0;
  for (int k = 0; k < r->n; k++)
    sum += (double)r->run[k].times * rows_of(problem, i, r->run[k].length);
  if (r->n) sum -= padded_rows(problem, i, r->run[r->n - 1].length);
  return reuse__fmax(reuse__all_rows(problem, i), sum);
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
    int64_t last = reuse__ceil_div(length, step) - 1;
    if (idles && length % step) last--;
    if (at->at_most) last = reuse__min(last, 1 - idles);
    const int64_t window = (problem->extent[REUSE_R + i] - 1) * problem->dilation[i] + 1;
    const int64_t shared = (step - 1 - last * step) * problem->stride[i] + window;
    double rows = rows_of(problem, i, length);
    if (all) rows = reuse__all_rows(problem, i);
    sum += (double)r->run[k].times * reuse__fmax(0, rows - (double)reuse__max(0, shared));
  }
  if (!all) sum = reuse__fmax(0, sum - padded_rows(problem, i, r->run[r->n - 1].length));
  return sum;
}

bool reuse__rows_in_proportion(const struct reuse_problem *p, int i) {
  const int64_t window = p->extent[REUSE_R + i];
  const int64_t below = (p->extent[REUSE_P + i] - 1) * p->stride[i] + window - p->pad[i] -
                        p->input[i];
  return p->dilation[i] == 1 && window - p->stride[i] >= reuse__max(p->pad[i], below);
}
