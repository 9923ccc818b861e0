/* Steps that a slot's loop may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/steps.h"

#include "base/checked.h"

/* All steps of ranges up to these: of a dim, of a flattened group. */
enum { EVERY_STEP_TO = 16, EVERY_STEP_OF_GROUP_TO = 48 };

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

/* Points that the slots inside SLOT take at once at most: a forced step, else the
 * product of the fan-outs. */
static int64_t width_inside(const struct reuse__space *s, int slot) {
  int64_t width = 1;
  for (int i = next_inside(s, slot); i >= 0; i = reuse__space_inner(s, i)) {
    if (s->slot[i].loop.step > 1) return reuse__widths(width, s->slot[i].loop.step);
    if (s->slot[i].spatial) width = reuse__widths(width, s->slot[i].width);
  }
  return width;
}

static int add(int64_t value, int n, int64_t *step) {
  if (n < 0 || n == REUSE__MAX_STEPS) return -1;
  int i = n;
  while (i > 0 && step[i - 1] < value) i--;
  if (i > 0 && step[i - 1] == value) return n;
  for (int k = n; k > i; k--) step[k] = step[k - 1];
  step[i] = value;
  return n + 1;
}

int reuse__steps(const struct reuse__space *s, int slot, int64_t range, bool all,
                 int64_t step[REUSE__MAX_STEPS]) {
  const struct reuse__slot *x = &s->slot[slot];
  int n = 0;
  step[0] = x->loop.step ? x->loop.step : 1;
  if (x->loop.step || x->last) return 1;
  const int inner = reuse__space_inner(s, slot);
  int64_t most = reuse__min(range, reuse__largest_range(s, inner)), least = 1;
  if (x->spatial) least = reuse__ceil_div(range, x->fans.cap);
  const bool group = x->loop.ndims > 1;
  if (all || range <= (group ? EVERY_STEP_OF_GROUP_TO : EVERY_STEP_TO)) {
    for (int64_t v = most; v >= least; v--) n = add(v, n, step);
    return n;
  }
  const int64_t width = width_inside(s, slot);
  for (int64_t chunks = 1, before = range; chunks <= range;) {
    const int64_t v = reuse__ceil_div(range, chunks);
    const int64_t w = reuse__ceil_div(v, width) * width, u = (before - 1) / width * width;
    if (group && u > w && u <= most && u >= least) n = add(u, n, step);
    before = v;
    if (w <= most && w >= least) n = add(w, n, step);
    if (v <= most && v >= least) n = add(v, n, step);
    if (v == 1) break;
    chunks = reuse__ceil_div(range, v - 1);
  }
  return n;
}
