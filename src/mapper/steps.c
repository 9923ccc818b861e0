/* Steps that a slot's loop may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/steps.h"

#include "base/checked.h"

/* All steps of ranges up to these: of a dim, of a flattened group.  Widths that chunks may be
 * multiples of. */
enum { EVERY_STEP_TO = 16, EVERY_STEP_OF_GROUP_TO = 48, MOST_WIDTHS = 24 };

int64_t reuse__largest_range(const struct reuse__space *s, int slot) {
  const int64_t any = INT64_C(1) << 40;
  if (slot < 0 || !s->slot[slot].spatial) return any;
  const int64_t cap = s->slot[slot].fans.cap;
  if (s->slot[slot].loop.step) return reuse__widths(cap, s->slot[slot].loop.step);
  if (s->slot[slot].last) return cap;
  const int64_t inner = reuse__largest_range(s, reuse__space_inner(s, slot));
  return reuse__widths(cap, inner);
}

int64_t reuse__largest_step(const struct reuse__space *s, int slot) {
  const int inner = reuse__space_inner(s, slot);
  const int64_t most = reuse__largest_range(s, inner);
  if (s->slot[slot].spatial || inner < 0 || most == INT64_C(1) << 40) return 0;
  return most;
}

/* The first slot inside SLOT over its dims: of its chain, or of the group that takes its
 * dim over. */
static int next_inside(const struct reuse__space *s, int slot) {
  const int inner = reuse__space_inner(s, slot);
  if (inner >= 0) return inner;
  const unsigned dims = s->slot[slot].dims;
  for (int i = slot + 1; i < s->nslots; i++)
    if (s->slot[i].loop.ndims > 1 && s->slot[i].dims & dims) return i;
  return -1;
}

/* ---- points taken at once ------------------------------------------------------------------ */

static int add_width(int64_t value, int n, int64_t *width) {
  for (int i = 0; i < n; i++)
    if (width[i] == value) return n;
  if (n < MOST_WIDTHS) width[n++] = value;
  return n;
}

/* Points that slots inside SLOT take at once at most: the product of the fan-outs of all of them,
 * which comes first, or of some, and of a forced step; how many such widths there are. */
static int widths_inside(const struct reuse__space *s, int slot, int64_t width[MOST_WIDTHS]) {
  int64_t whole = 1;
  int n = 2;
  width[0] = 0;
  width[1] = 1;
  for (int i = next_inside(s, slot); i >= 0; i = reuse__space_inner(s, i)) {
    const struct reuse__slot *x = &s->slot[i];
    const int64_t own = x->loop.step > 1 ? x->loop.step : x->spatial ? x->width : 1;
    whole = reuse__widths(whole, own);
    for (int k = n - 1; k > 0; k--)
      if (x->loop.step > 1) width[k] = reuse__widths(width[k], own);
      else n = add_width(reuse__widths(width[k], own), n, width);
    if (x->loop.step > 1) break;
  }
  width[0] = whole;
  return n;
}

/* What the group that takes the dim of SLOT over takes at once, and the points of its other dims
 * together; WIDTH 1: there is none. */
struct taken { int64_t width, others; };

static struct taken taken_over(const struct reuse__space *s, int slot) {
  struct taken t = {1, 1};
  const unsigned dims = s->slot[slot].dims;
  int i = slot + 1;
  if (s->slot[slot].loop.ndims > 1) return t;
  while (i < s->nslots && !(s->slot[i].loop.ndims > 1 && s->slot[i].dims & dims)) i++;
  if (i == s->nslots) return t;
  for (int d = 0; d < REUSE_DIMS; d++)
    if (s->slot[i].dims & ~dims & REUSE_BIT(d))
      t.others = reuse__widths(t.others, reuse__space_extent(s, d));
  for (; i >= 0; i = reuse__space_inner(s, i))
    if (s->slot[i].spatial) t.width = reuse__widths(t.width, s->slot[i].width);
  return t;
}

/* The largest step that the group takes in as many times as STEP, all points of its other dims
 * beside it. */
static int64_t filled(const struct taken *t, int64_t step) {
  const int64_t times = reuse__ceil_div(reuse__widths(step, t->others), t->width);
  return reuse__widths(times, t->width) / t->others;
}

/* ---- steps --------------------------------------------------------------------------------- */

/* Adds VALUE, if it is in LIMITS, to the N steps so far, which fall; their number, or -1 if there
 * are too many. */
static int add(int64_t value, const struct reuse__range *limits, int n, int64_t *step) {
  if (value < limits->least || value > limits->cap) return n;
  if (n < 0 || n == REUSE__MAX_STEPS) return -1;
  int i = n;
  while (i > 0 && step[i - 1] < value) i--;
  if (i > 0 && step[i - 1] == value) return n;
  for (int k = n; k > i; k--) step[k] = step[k - 1];
  step[i] = value;
  return n + 1;
}

/* Of the steps of SLOT over RANGE that are in LIMITS, for every number of chunks the smallest, and
 * those that suit what is inside SLOT, FEW of these or all; as reuse__steps(). */
static int suitable(const struct reuse__space *s, int slot, int64_t range,
                    const struct reuse__range *limits, bool few, int64_t step[REUSE__MAX_STEPS]) {
  int64_t width[MOST_WIDTHS];
  const bool group = s->slot[slot].loop.ndims > 1;
  const int all = widths_inside(s, slot, width), widths = few || group ? 1 : all;
  const struct taken taken = taken_over(s, slot);
  int n = 0;
  for (int64_t chunks = 1, before = range; chunks <= range;) {
    const int64_t v = reuse__ceil_div(range, chunks);
    for (int i = 0; i < widths; i++) {
      const int64_t w = reuse__ceil_div(v, width[i]) * width[i];
      const int64_t u = (before - 1) / width[i] * width[i];
      if (group && u > w) n = add(u, limits, n, step);
      n = add(w, limits, n, step);
    }
    const int64_t full = reuse__min(filled(&taken, v), before - 1);
    if (!few && taken.width > 1 && full > v) n = add(full, limits, n, step);
    before = v;
    n = add(v, limits, n, step);
    if (v == 1) break;
    chunks = reuse__ceil_div(range, v - 1);
  }
  return n;
}

struct reuse__range reuse__steps_range(const struct reuse__space *s, int slot, int64_t range) {
  const int64_t most = reuse__largest_range(s, reuse__space_inner(s, slot));
  const int64_t least = s->slot[slot].spatial ? reuse__ceil_div(range, s->slot[slot].fans.cap) : 1;
  return (struct reuse__range){least, reuse__min(range, most)};
}

bool reuse__steps_are_all(const struct reuse__space *s, int slot, int64_t range, int n) {
  const struct reuse__range limits = reuse__steps_range(s, slot, range);
  return s->slot[slot].loop.step || s->slot[slot].last || n > limits.cap - limits.least;
}

int reuse__steps(const struct reuse__space *s, int slot, int64_t range, enum reuse__which which,
                 int64_t step[REUSE__MAX_STEPS]) {
  const struct reuse__slot *x = &s->slot[slot];
  int n = 0;
  step[0] = x->loop.step ? x->loop.step : 1;
  if (x->loop.step || x->last) return 1;
  const struct reuse__range limits = reuse__steps_range(s, slot, range);
  const int64_t every_to = x->loop.ndims > 1 ? EVERY_STEP_OF_GROUP_TO : EVERY_STEP_TO;
  const bool every = which == REUSE__EVERY_STEP || range <= every_to;
  for (int64_t v = limits.cap; every && v >= limits.least; v--) n = add(v, &limits, n, step);
  if (every) return n;
  n = which == REUSE__FEW_STEPS ? -1 : suitable(s, slot, range, &limits, false, step);
  return n < 0 ? suitable(s, slot, range, &limits, true, step) : n;
}
