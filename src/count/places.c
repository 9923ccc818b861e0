/* Where the instances of a child stand in one dim, in a step and in the one before.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equal chunks of a loop are one entry, so the number of entries does not depend on
 * trip counts.  doc/MODEL.md, "Input axes". */
#include "count/places.h"

#include "base/checked.h"

/* What a loop does in a transition: it STAYS at each of its chunks in turn, ADVANCES
 * from each chunk to the next, WRAPS from its last chunk to its first, or SPREADS its
 * chunks over the children of a parent. */
enum kind { STAYS, ADVANCES, WRAPS, SPREADS };
struct turn { enum kind kind; int64_t step; };

/* Kin whose last active place is not known yet: the first of BEFORE that the loops to
 * come leave something of. */
enum { MAX_BEFORE = 4 };
struct child {
  struct reuse__stride each;
  struct reuse__span now;
  int nbefore;
  struct reuse__span before[MAX_BEFORE];
};

enum { MAX_CHILDREN = 16 };
struct children { int n; struct child child[MAX_CHILDREN]; };

struct walk {
  int nturns;
  struct turn turn[REUSE_MAX_LOOPS];
  struct reuse__places *out;
  bool beyond;
};

static enum kind kind_of(const struct reuse__factor_loop *l, int temporal,
                         struct reuse__transition x, bool unions) {
  if (l->spatial) return unions && l->inner ? SPREADS : STAYS;
  if (temporal < x.cut) return STAYS;
  return temporal == x.cut && x.advance ? ADVANCES : WRAPS;
}

/* Whether chunks of STEP divide those of LAST, of the same kind, into full ones. */
static bool divides(int64_t step, enum kind kind, const struct turn *last) {
  return last->kind == kind && last->step % step == 0;
}

/* The loops of the part that have more than one chunk.  A loop whose chunks the next
 * one, of the same kind, divides into full ones makes no difference and is left out.
 * False if the loop that ought to advance has one chunk only. */
static bool list_turns(const struct reuse__factor *f, int part, struct reuse__transition x,
                       bool unions, struct walk *w) {
  int64_t n = f->part[part].extent[0];
  int temporal = 0;
  w->nturns = 0;
  for (int i = 0; i < f->nloops; i++) {
    const struct reuse__factor_loop *l = &f->loop[i];
    if (l->part != part) continue;
    const enum kind kind = kind_of(l, temporal, x, unions);
    temporal += !l->spatial;
    if (l->step >= n && kind == ADVANCES) return false;
    if (l->step >= n) continue;
    if (w->nturns && kind != ADVANCES && divides(l->step, kind, &w->turn[w->nturns - 1]))
      w->nturns--;
    w->turn[w->nturns++] = (struct turn){kind, l->step};
    n = l->step;
  }
  return true;
}

/* Length of chunk k of n points; 0 beyond the end. */
static int64_t chunk(int64_t n, int64_t step, int64_t k) {
  return reuse__max(0, reuse__min(step, n - k * step));
}

/* First index after k at which a chunk of X, or BACK chunks before it, has another
 * length than at k. */
static int64_t alike_until(const struct child *x, int64_t step, int64_t k, int back) {
  int64_t end = INT64_MAX, seen = -1;
  for (int j = -1; j < x->nbefore; j++) {
    const int64_t n = j < 0 ? x->now.n : x->before[j].n;
    if (n == seen) continue;
    const int64_t full = n / step;
    seen = n;
    if (k < full) end = reuse__min(end, full);
    else if (k <= full + back) end = reuse__min(end, k + 1);
  }
  return end;
}

/* X in chunk k, before BACK chunks earlier, seen from MOVED on.  False if it is idle. */
static bool enter(const struct child *x, int64_t step, int64_t k, int back, int64_t moved,
                  struct child *y) {
  y->each = x->each;
  y->now = (struct reuse__span){x->now.low + moved, chunk(x->now.n, step, k)};
  y->nbefore = 0;
  if (y->now.n == 0) return false;
  for (int j = 0; j < x->nbefore; j++) {
    const int64_t n = chunk(x->before[j].n, step, k - back);
    if (n > 0)
      y->before[y->nbefore++] =
          (struct reuse__span){x->before[j].low + moved - back * step, n};
  }
  return true;
}

static void add_before(struct child *y, int64_t low, int64_t n, bool *beyond) {
  if (y->nbefore == MAX_BEFORE) *beyond = true;
  else y->before[y->nbefore++] = (struct reuse__span){low, n};
}

/* X in the first chunk, before in the last that turns out to be active.  What is no
 * shorter than the new chunk is active, because the new one is. */
static void wrap(const struct child *x, int64_t step, struct child *y, bool *beyond) {
  y->each = x->each;
  y->now = (struct reuse__span){x->now.low, reuse__min(step, x->now.n)};
  y->nbefore = 0;
  for (int j = 0; j < x->nbefore; j++) {
    const struct reuse__span b = x->before[j];
    const int64_t full = b.n / step, rest = b.n % step;
    if (rest) add_before(y, b.low + full * step, rest, beyond);
    if (rest >= y->now.n) return;
    if (full) add_before(y, b.low + (full - 1) * step, step, beyond);
    if (full) return;
  }
}

static void walk_turns(struct walk *w, int i, const struct children *c,
                       const struct reuse__family *at);

static void wrap_all(struct walk *w, int i, const struct children *c,
                     const struct reuse__family *at) {
  struct children y;
  y.n = c->n;
  for (int j = 0; j < c->n; j++)
    wrap(&c->child[j], w->turn[i].step, &y.child[j], &w->beyond);
  walk_turns(w, i + 1, &y, at);
}

static void add_kin(struct walk *w, const struct child *x, int64_t moved,
                    struct children *y) {
  if (y->n == MAX_CHILDREN) {
    w->beyond = true;
    return;
  }
  struct child *to = &y->child[y->n++];
  to->each = x->each;
  to->now = (struct reuse__span){x->now.low + moved, x->now.n};
  to->nbefore = x->nbefore;
  for (int j = 0; j < x->nbefore; j++)
    to->before[j] = (struct reuse__span){x->before[j].low + moved, x->before[j].n};
}

/* Adds the M chunks of kin Y, STEP apart: kin with two strides are taken apart. */
static void add_chunks(struct walk *w, struct child *y, int64_t step, int64_t m,
                       struct children *to) {
  const struct reuse__stride each = y->each;
  if (m == 1) {
    add_kin(w, y, 0, to);
    return;
  }
  y->each = (struct reuse__stride){step, m};
  for (int64_t e = 0; e < each.count && !w->beyond; e++) add_kin(w, y, e * each.step, to);
}

static void spread_all(struct walk *w, int i, const struct children *c,
                       const struct reuse__family *at) {
  const int64_t step = w->turn[i].step;
  struct children to;
  to.n = 0;
  for (int j = 0; j < c->n; j++) {
    const struct child *x = &c->child[j];
    const int64_t trips = reuse__ceil_div(x->now.n, step);
    for (int64_t k = 0, m; k < trips && !w->beyond; k += m) {
      struct child y;
      m = reuse__min(alike_until(x, step, k, 0), trips) - k;
      if (enter(x, step, k, 0, k * step, &y)) add_chunks(w, &y, step, m, &to);
    }
  }
  if (!w->beyond) walk_turns(w, i + 1, &to, at);
}

/* The chunks of a loop that stays or advances, equal ones together. */
static void walk_chunks(struct walk *w, int i, const struct children *c,
                        const struct reuse__family *at) {
  const int64_t step = w->turn[i].step;
  const int back = w->turn[i].kind == ADVANCES;
  int64_t longest = 0;
  for (int j = 0; j < c->n; j++) longest = reuse__max(longest, c->child[j].now.n);
  const int64_t trips = reuse__ceil_div(longest, step);
  for (int64_t k = back, end; k < trips && !w->beyond; k = end) {
    struct reuse__family to = *at;
    struct children y;
    end = trips;
    y.n = 0;
    for (int j = 0; j < c->n; j++) {
      end = reuse__min(end, alike_until(&c->child[j], step, k, back));
      y.n += enter(&c->child[j], step, k, back, 0, &y.child[y.n]);
    }
    to.first += k * step;
    if (end - k > 1 && to.nstrides == REUSE__MAX_STRIDES) w->beyond = true;
    else if (end - k > 1) to.stride[to.nstrides++] = (struct reuse__stride){step, end - k};
    walk_turns(w, i + 1, &y, &to);
  }
}

static void put(struct walk *w, const struct children *c, const struct reuse__family *at) {
  struct reuse__places *out = w->out;
  if (out->nfamilies == REUSE__MAX_FAMILIES || out->nkin + c->n > REUSE__MAX_KIN) {
    w->beyond = true;
    return;
  }
  struct reuse__family *to = &out->family[out->nfamilies++];
  *to = *at;
  to->from = out->nkin;
  for (int j = 0; j < c->n; j++)
    out->kin[out->nkin++] = (struct reuse__kin){c->child[j].each, c->child[j].now,
                                                c->child[j].before[0]};
  to->to = out->nkin;
}

static void walk_turns(struct walk *w, int i, const struct children *c,
                       const struct reuse__family *at) {
  if (c->n == 0 || w->beyond) return;
  if (i == w->nturns) put(w, c, at);
  else if (w->turn[i].kind == WRAPS) wrap_all(w, i, c, at);
  else if (w->turn[i].kind == SPREADS) spread_all(w, i, c, at);
  else walk_chunks(w, i, c, at);
}

bool reuse__find_places(const struct reuse__factor *f, int part,
                        struct reuse__transition transition, bool unions,
                        struct reuse__places *places) {
  const struct reuse__span all = {0, f->part[part].extent[0]};
  struct walk w;
  struct children one;
  struct reuse__family at;
  w.out = places;
  w.beyond = false;
  at.first = at.nstrides = at.from = at.to = 0;
  one.n = one.child[0].nbefore = 1;
  one.child[0].each = (struct reuse__stride){0, 1};
  one.child[0].now = one.child[0].before[0] = all;
  places->nfamilies = places->nkin = 0;
  if (list_turns(f, part, transition, unions, &w)) walk_turns(&w, 0, &one, &at);
  return !w.beyond;
}
