/* The chunks that a chain of loops makes of a range, as runs of equal chunks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/runs.h"

#include <string.h>

#include "base/checked.h"

/* Adds TIMES chunks of LENGTH, keeping the order. */
static void add(struct reuse__runs *r, int64_t length, int64_t times) {
  int i = 0;
  while (i < r->n && r->run[i].length > length) i++;
  if (i < r->n && r->run[i].length == length) {
    r->run[i].times += times;
    return;
  }
  if (i == REUSE__MAX_RUNS || r->n == REUSE__MAX_RUNS) r->whole = false;
  if (i == REUSE__MAX_RUNS) return;
  if (r->n < REUSE__MAX_RUNS) r->n++;
  memmove(&r->run[i + 1], &r->run[i], (size_t)(r->n - 1 - i) * sizeof r->run[0]);
  r->run[i] = (struct reuse__run_of){length, times};
}

static void clear(struct reuse__runs *r, bool whole) {
  r->n = 0;
  r->whole = whole;
}

void reuse__runs_one(int64_t length, struct reuse__runs *r) {
  clear(r, true);
  add(r, length, 1);
}

void reuse__runs_cut(const struct reuse__runs *from, int64_t step, struct reuse__runs *r) {
  clear(r, from->whole);
  for (int i = 0; i < from->n; i++) {
    const struct reuse__quotient cut = reuse__div(from->run[i].length, step);
    const int64_t times = from->run[i].times;
    if (cut.full > 0) add(r, step, times * cut.full);
    if (cut.rest > 0) add(r, cut.rest, times);
  }
}

void reuse__runs_cut_between(const struct reuse__runs *from, int64_t least, int64_t most,
                             struct reuse__runs *r) {
  clear(r, from->whole);
  for (int i = 0; i < from->n; i++) {
    const int64_t length = from->run[i].length, times = from->run[i].times;
    const int64_t full = reuse__ceil_div(length, most) - 1;
    if (full > 0) add(r, least, times * full);
    add(r, reuse__min(least, length - full * most), times);
  }
}

void reuse__runs_first(const struct reuse__runs *from, int64_t step, struct reuse__runs *r) {
  clear(r, from->whole);
  for (int i = 0; i < from->n; i++)
    add(r, reuse__min(step, from->run[i].length), from->run[i].times);
}

void reuse__runs_pairs(const struct reuse__runs *a, const struct reuse__runs *b,
                       struct reuse__runs *r) {
  clear(r, a->whole && b->whole);
  for (int i = 0; i < a->n; i++)
    for (int j = 0; j < b->n; j++)
      add(r, a->run[i].length * b->run[j].length, a->run[i].times * b->run[j].times);
}

double reuse__runs_count(const struct reuse__runs *r) {
  double sum = 0;
  for (int i = 0; i < r->n; i++) sum += (double)r->run[i].times;
  return sum;
}

double reuse__runs_passes(const struct reuse__runs *r, int64_t width) {
  double sum = 0;
  for (int i = 0; i < r->n; i++)
    sum += (double)reuse__ceil_div(r->run[i].length, width) * (double)r->run[i].times;
  return sum;
}

double reuse__runs_points_again(const struct reuse__runs *r, int64_t step, bool idles) {
  double sum = 0;
  for (int i = 0; i < r->n && r->run[i].length > step; i++) {
    const int64_t length = r->run[i].length;
    const bool two = idles && length < 2 * step;
    sum += (double)(two ? 2 * (length - step) : length) * (double)r->run[i].times;
  }
  return sum;
}
