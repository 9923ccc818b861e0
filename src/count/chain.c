/* Closed-form sums of a factor that is one part, wholly in or out of a tensor.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chunk of a loop is either full or the remainder, so every sum over the
 * chunks of a loop is a sum over a few runs of equal chunks: the cost does not
 * depend on trip counts.  doc/MODEL.md, "One dim". */
#include "count/factor.h"

#include <string.h>

#include "base/checked.h"

/* The range of a part that is left: a box, or after a flattened loop a number
 * of consecutive composite points, which are all that a single dim has. */
struct range {
  bool flat;
  int ndims;
  int64_t n[REUSE_DIMS];
};

/* The range of a factor before its loops: a box only where a loop takes a dim out of
 * a group before the group is flattened. */
static struct range whole(const struct reuse__factor *f, bool existing) {
  const struct reuse__part *part = &f->part[0];
  const int64_t *n = existing ? part->extent : part->loop_extent;
  struct range x;
  x.ndims = part->ndims;
  x.flat = part->ndims == 1 || f->nloops == 0 || f->loop[0].flat;
  x.n[0] = n[0];
  for (int i = 1; i < x.ndims; i++)
    if (x.flat) x.n[0] *= n[i];
    else x.n[i] = n[i];
  return x;
}

static int64_t volume(const struct range *x) {
  if (x->flat) return x->n[0];
  int64_t v = 1;
  for (int i = 0; i < x->ndims; i++) v *= x->n[i];
  return v;
}

static int64_t length(const struct range *x, const struct reuse__factor_loop *l) {
  if (x->flat) return x->n[0];
  return l->flat ? volume(x) : x->n[l->dim];
}

/* Length of chunk k of a loop with STEP over n points; 0 beyond the end. */
static int64_t chunk(int64_t n, int64_t step, int64_t k) {
  const int64_t left = n - k * step;
  return left <= 0 ? 0 : reuse__min(step, left);
}

static int64_t trips(int64_t n, int64_t step) { return reuse__ceil_div(n, step); }

/* First index after k at which the chunk of a range of n points, or when PAIR
 * the chunk before it, has another length. */
static int64_t run_end(int64_t n, int64_t step, int64_t k, bool pair) {
  const int64_t full = n / step;
  if (k < full) return full;
  return k <= full + (pair ? 1 : 0) ? k + 1 : INT64_MAX;
}

/* Leaves n points of X in Y, of which loop L took a chunk. */
static void narrow(const struct range *x, const struct reuse__factor_loop *l, int64_t n,
                   struct range *y) {
  y->ndims = x->ndims;
  y->flat = x->flat || l->flat;
  for (int i = 0; i < x->ndims && !y->flat; i++) y->n[i] = x->n[i];
  y->n[l->flat ? 0 : l->dim] = n;
}

/* Puts the range of chunk k of loop L into Y. */
static void sub(const struct range *x, const struct reuse__factor_loop *l, int64_t k,
                struct range *y) {
  narrow(x, l, chunk(length(x, l), l->step, k), y);
}

/* Calls BODY for every run of k in [FIRST, n-chunks of LEN): BODY sees k and the
 * number of equal chunks m. */
#define FOR_RUNS(k, m, first, len, step)                                      \
  for (int64_t k = (first), m = 0;                                            \
       k * (step) < (len) &&                                                  \
       (m = reuse__min(run_end(len, step, k, false), trips(len, step)) - k, 1); \
       k += m)

struct sum {
  const struct reuse__factor *f;
  bool *overflow;
};

static int64_t times(const struct sum *s, int64_t m, int64_t value) {
  return reuse__mul(m, value, s->overflow);
}

static int64_t plus(const struct sum *s, int64_t a, int64_t b) {
  return reuse__add(a, b, s->overflow);
}

/* Which loops a count of leaves expands; the others follow their chunk 0. */
enum expand { TEMPORAL, TEMPORAL_AND_SPATIAL, TEMPORAL_AND_OUTER_SPATIAL };

static bool expands(enum expand e, const struct reuse__factor_loop *l) {
  switch (e) {
    case TEMPORAL: return !l->spatial;
    case TEMPORAL_AND_SPATIAL: return true;
    case TEMPORAL_AND_OUTER_SPATIAL: return !l->spatial || !l->inner;
  }
  return false;
}

/* Number of settings of the expanded loops, from loop i on, that leave a
 * non-empty range of x. */
static int64_t leaves(const struct sum *s, int i, const struct range *x,
                      enum expand e) {
  if (volume(x) == 0) return 0;
  if (i == s->f->nloops) return 1;
  const struct reuse__factor_loop *l = &s->f->loop[i];
  if (!expands(e, l)) {
    struct range y;
    sub(x, l, 0, &y);
    return leaves(s, i + 1, &y, e);
  }
  const int64_t len = length(x, l);
  int64_t sum = 0;
  FOR_RUNS(k, m, 0, len, l->step) {
    struct range y;
    sub(x, l, k, &y);
    sum = plus(s, sum, times(s, m, leaves(s, i + 1, &y, e)));
  }
  return sum;
}

/* Trip counts of a chain whose chunks are all full.  False if some are not. */
static bool perfect(const struct reuse__factor *f, int64_t trip[REUSE_MAX_LOOPS]) {
  const struct range x = whole(f, true);
  if (!x.flat || f->part[0].extent[0] != f->part[0].loop_extent[0]) return false;
  int64_t n = x.n[0];
  for (int i = 0; i < f->nloops; i++) {
    const int64_t step = f->loop[i].step;
    trip[i] = step >= n ? 1 : n / step;
    if (step < n && n % step) return false;
    if (step < n) n = step;
  }
  return true;
}

int64_t reuse__chain_steps(const struct reuse__factor *f, bool *overflow) {
  int64_t trip[REUSE_MAX_LOOPS], steps = 1;
  if (perfect(f, trip)) {
    for (int i = 0; i < f->nloops; i++)
      if (!f->loop[i].spatial) steps *= trip[i];
    return steps;
  }
  const struct sum s = {f, overflow};
  const struct range x = whole(f, false);
  return leaves(&s, 0, &x, TEMPORAL);
}

int64_t reuse__chain_instances(const struct reuse__factor *f, bool *overflow) {
  struct range x = whole(f, false);
  int64_t n = 1;
  for (int i = 0; i < f->nloops; i++) {
    const struct reuse__factor_loop *l = &f->loop[i];
    const int64_t len = length(&x, l);
    if (l->spatial && len > l->step) n = reuse__mul(n, trips(len, l->step), overflow);
    sub(&x, l, 0, &x);
  }
  return n;
}

/* ---- tensor has the part ------------------------------------------------ */

/* Ranges under which an instance must be idle. */
struct idle {
  int n;
  struct range x[REUSE_MAX_LOOPS];
};

/* Words of the instances below x, from loop i on, that have exactly one active
 * setting of the temporal loops after the first OUTER ones, summed over the
 * settings of those; instances active below a range of IDLE are left out. */
static int64_t kept_once(const struct sum *s, int i, const struct range *x,
                         const struct idle *idle, int outer) {
  if (volume(x) == 0) return 0;
  if (i == s->f->nloops) return idle->n ? 0 : volume(x);
  const struct reuse__factor_loop *l = &s->f->loop[i];
  const int64_t len = length(x, l);
  if (!l->spatial && outer == 0) {
    struct idle more;
    more.n = 0;
    for (int j = 0; j < idle->n; j++) sub(&idle->x[j], l, 0, &more.x[more.n++]);
    if (len > l->step) sub(x, l, 1, &more.x[more.n++]);
    struct range y;
    sub(x, l, 0, &y);
    for (int j = 0; j < more.n; j++)
      if (volume(&more.x[j]) >= volume(&y)) return 0;
    return kept_once(s, i + 1, &y, &more, 0);
  }
  int64_t sum = 0;
  for (int64_t k = 0, m; k * l->step < len; k += m) {
    int64_t end = reuse__min(run_end(len, l->step, k, false), trips(len, l->step));
    struct idle here;
    here.n = 0;
    for (int j = 0; j < idle->n; j++) {
      end = reuse__min(end, run_end(length(&idle->x[j], l), l->step, k, false));
      sub(&idle->x[j], l, k, &here.x[here.n]);
      here.n += volume(&here.x[here.n]) > 0;
    }
    m = end - k;
    struct range y;
    sub(x, l, k, &y);
    const int64_t below = kept_once(s, i + 1, &y, &here, outer - !l->spatial);
    sum = plus(s, sum, times(s, m, below));
  }
  return sum;
}

/* Words below x, summed over the settings of the first OUTER temporal loops for
 * which the later temporal loops have one setting; the machine's own range,
 * which decides trip counts, is g. */
static int64_t kept_alone(const struct sum *s, int i, const struct range *x,
                          const struct range *g, int outer) {
  if (volume(x) == 0) return 0;
  if (i == s->f->nloops) return volume(x);
  const struct reuse__factor_loop *l = &s->f->loop[i];
  const int64_t len = length(x, l), whole_len = length(g, l);
  if (!l->spatial && outer == 0) {
    if (whole_len > l->step) return 0;
    struct range y, h;
    sub(x, l, 0, &y);
    sub(g, l, 0, &h);
    return kept_alone(s, i + 1, &y, &h, 0);
  }
  int64_t sum = 0;
  for (int64_t k = 0, m; k * l->step < len; k += m) {
    int64_t end = reuse__min(run_end(len, l->step, k, false), trips(len, l->step));
    if (!l->spatial) end = reuse__min(end, run_end(whole_len, l->step, k, false));
    m = end - k;
    struct range y, h;
    sub(x, l, k, &y);
    sub(g, l, l->spatial ? 0 : k, &h);
    sum = plus(s, sum, times(s, m, kept_alone(s, i + 1, &y, &h, outer - !l->spatial)));
  }
  return sum;
}

static void perfect_relevant(const struct reuse__factor *f, const int64_t *trip,
                             struct reuse__sums *sums) {
  int c = f->ntemporal;
  sums->total = sums->wrap[c] = whole(f, true).n[0];
  bool still = true;
  for (int i = f->nloops - 1; i >= 0; i--) {
    if (f->loop[i].spatial) continue;
    still = still && trip[i] == 1;
    sums->wrap[--c] = still ? sums->total : 0;
    sums->advance[c] = 0;
  }
}

/* No instance is ever idle: every active one holds the word all the time. */
static void perfect_irrelevant(const struct reuse__factor *f, const int64_t *trip,
                               enum reuse__view view, struct reuse__sums *sums,
                               bool *overflow) {
  int c = f->ntemporal;
  int64_t steps = 1;
  sums->total = 1;
  for (int i = 0; i < f->nloops; i++)
    if (!f->loop[i].spatial || !f->loop[i].inner || view == REUSE__INSTANCES)
      sums->total = reuse__mul(sums->total, trip[i], overflow);
  sums->wrap[c] = sums->total;
  for (int i = f->nloops - 1; i >= 0; i--) {
    if (f->loop[i].spatial) continue;
    steps *= trip[i];
    sums->wrap[--c] = sums->total / steps;
    sums->advance[c] = sums->total / steps * (trip[i] - 1);
  }
}

void reuse__chain_relevant(const struct reuse__factor *f, bool keeps,
                           struct reuse__sums *sums, bool *overflow) {
  int64_t trip[REUSE_MAX_LOOPS];
  if (perfect(f, trip)) {
    perfect_relevant(f, trip, sums);
    return;
  }
  const struct sum s = {f, overflow};
  const struct range x = whole(f, true), g = whole(f, false);
  struct idle none;
  none.n = 0;
  sums->total = volume(&x);
  for (int c = 0; c < f->ntemporal; c++) {
    sums->wrap[c] = keeps ? kept_once(&s, 0, &x, &none, c)
                          : kept_alone(&s, 0, &x, &g, c);
    sums->advance[c] = 0;
  }
  sums->wrap[f->ntemporal] = sums->total;
}

/* ---- tensor has nothing of the part -------------------------------------- */

/* How the temporal loops move: the first CUT stay; then, if ADVANCE, the next
 * one goes from k-1 to k; the rest wrap from their last chunk to their first. */
struct move {
  int cut;
  bool advance;
  enum reuse__view view;
};

/* Active instances, from loop i on, of the steps in which all but the first CUT temporal
 * loops stand at their first chunk; as a union, parents with active children. */
static int64_t active(const struct sum *s, int i, const struct range *x, int cut,
                      enum reuse__view view) {
  if (volume(x) == 0) return 0;
  if (i == s->f->nloops) return 1;
  const struct reuse__factor_loop *l = &s->f->loop[i];
  const bool first = l->spatial ? l->inner && view != REUSE__INSTANCES : cut == 0;
  const int inside = l->spatial ? cut : cut - 1;
  struct range y;
  if (first) {
    sub(x, l, 0, &y);
    return active(s, i + 1, &y, cut, view);
  }
  const int64_t len = length(x, l);
  int64_t sum = 0;
  FOR_RUNS(k, m, 0, len, l->step) {
    sub(x, l, k, &y);
    sum = plus(s, sum, times(s, m, active(s, i + 1, &y, inside, view)));
  }
  return sum;
}

/* An instance that is active in the new step held the word before. */
static void active_sums(const struct sum *s, enum reuse__view view,
                        struct reuse__sums *sums) {
  const struct range x = whole(s->f, true);
  const int n = s->f->ntemporal;
  for (int c = 0; c <= n; c++) sums->wrap[c] = active(s, 0, &x, c, view);
  for (int c = 0; c < n; c++) sums->advance[c] = sums->wrap[c + 1] - sums->wrap[c];
  sums->total = sums->wrap[n];
}

/* Children of one parent instance, in the new and in the previous step. */
enum { MAX_CLASSES = 64 };
struct pair { struct range now, before; };
struct family {
  struct range machine;         /* decides trip counts in the previous step */
  int n;
  struct pair child[MAX_CLASSES];
};

/* 1 if the word stays as the view asks, seen over the whole family. */
static int64_t stays(const struct family *f, enum reuse__view view) {
  bool any = false;
  for (int j = 0; j < f->n; j++) {
    const bool now = volume(&f->child[j].now) > 0;
    const bool before = volume(&f->child[j].before) > 0;
    const bool held = view == REUSE__LEAVING ? before : now;
    if (held && !(view == REUSE__LEAVING ? now : before)) return 0;
    any = any || held;
  }
  return any;
}

static bool extinct(const struct family *f) {
  for (int j = 0; j < f->n; j++)
    if (volume(&f->child[j].now) > 0 || volume(&f->child[j].before) > 0) return false;
  return true;
}

/* First k at which some child's chunk, or the machine's, changes. */
static int64_t family_run(const struct family *f, const struct reuse__factor_loop *l,
                          int64_t k, bool pair) {
  int64_t end = run_end(length(&f->machine, l), l->step, k, pair);
  for (int j = 0; j < f->n; j++) {
    end = reuse__min(end, run_end(length(&f->child[j].now, l), l->step, k, pair));
    end = reuse__min(end, run_end(length(&f->child[j].before, l), l->step, k, pair));
  }
  return end;
}

static void family_sub(const struct family *f, const struct reuse__factor_loop *l,
                       const struct range *machine, int64_t now, int64_t before,
                       struct family *y) {
  y->machine = *machine;
  y->n = f->n;
  for (int j = 0; j < f->n; j++) {
    sub(&f->child[j].now, l, now, &y->child[j].now);
    sub(&f->child[j].before, l, before, &y->child[j].before);
  }
}

/* The children that spatial loop l makes of a family, one of each kind.
 * Returns false beyond MAX_CLASSES. */
static bool split(const struct family *f, const struct reuse__factor_loop *l,
                  struct family *y) {
  sub(&f->machine, l, 0, &y->machine);
  y->n = 0;
  for (int j = 0; j < f->n; j++) {
    const struct pair *c = &f->child[j];
    const int64_t a = length(&c->now, l), b = length(&c->before, l);
    for (int64_t k = 0; k * l->step < reuse__max(a, b);) {
      if (y->n == MAX_CLASSES) return false;
      sub(&c->now, l, k, &y->child[y->n].now);
      sub(&c->before, l, k, &y->child[y->n++].before);
      k = reuse__min(run_end(a, l->step, k, false), run_end(b, l->step, k, false));
    }
  }
  return true;
}

struct drop {
  struct sum s;
  struct move mv;
  bool beyond;
};

/* Sum, over parents and steps of the move, of stays(). */
static int64_t dropped(struct drop *d, int i, const struct family *f, int t) {
  if (d->beyond || extinct(f)) return 0;
  if (i == d->s.f->nloops) return stays(f, d->mv.view);
  const struct reuse__factor_loop *l = &d->s.f->loop[i];
  struct family y;
  if (l->spatial && l->inner && d->mv.view != REUSE__INSTANCES) {
    d->beyond = !split(f, l, &y);
    return dropped(d, i + 1, &y, t);
  }
  const bool moves = !l->spatial && d->mv.advance && t == d->mv.cut;
  const int64_t machine = length(&f->machine, l);
  if (!l->spatial && t >= d->mv.cut && !moves) {
    const int64_t last = trips(machine, l->step) - 1;
    struct range g;
    sub(&f->machine, l, last, &g);
    family_sub(f, l, &g, 0, last, &y);
    return dropped(d, i + 1, &y, t + 1);
  }
  int64_t sum = 0;
  for (int64_t k = moves ? 1 : 0, m; k * l->step < machine; k += m) {
    m = reuse__min(family_run(f, l, k, moves), trips(machine, l->step)) - k;
    struct range g;
    sub(&f->machine, l, l->spatial ? 0 : k - moves, &g);
    family_sub(f, l, &g, k, k - moves, &y);
    const int64_t below = dropped(d, i + 1, &y, t + !l->spatial);
    sum = plus(&d->s, sum, times(&d->s, m, below));
  }
  return sum;
}

bool reuse__chain_irrelevant(const struct reuse__factor *f, bool keeps,
                             enum reuse__view view, struct reuse__sums *sums,
                             bool *overflow) {
  int64_t trip[REUSE_MAX_LOOPS];
  if (perfect(f, trip)) {
    perfect_irrelevant(f, trip, view, sums, overflow);
    return true;
  }
  struct drop d = {.s = {f, overflow}};
  if (keeps) {
    active_sums(&d.s, view, sums);
    return true;
  }
  const struct range x = whole(f, true);
  struct family all;
  all.machine = whole(f, false);
  all.n = 1;
  all.child[0] = (struct pair){x, x};
  sums->total = leaves(&d.s, 0, &x,
                       view == REUSE__INSTANCES ? TEMPORAL_AND_SPATIAL
                                                : TEMPORAL_AND_OUTER_SPATIAL);
  for (int c = 0; c < f->ntemporal; c++) {
    d.mv = (struct move){c, false, view};
    sums->wrap[c] = dropped(&d, 0, &all, 0);
    d.mv.advance = true;
    sums->advance[c] = dropped(&d, 0, &all, 0);
  }
  sums->wrap[f->ntemporal] = sums->total;
  return !d.beyond;
}

/* ---- only the words inside a window --------------------------------------- */

/* A box or an interval of composite points, in absolute terms. */
struct place {
  int64_t low[REUSE_DIMS];      /* of the box */
  int64_t n[REUSE_DIMS];
  int64_t first, count;         /* composite interval, when flat */
  bool flat;
};

/* Composite points below END in the box of P that lie inside W. */
static int64_t prefix_inside(const struct reuse__part *part, const struct place *p,
                             const struct reuse__window *w, int64_t end) {
  int64_t inside[REUSE_DIMS + 1], size[REUSE_DIMS + 1];
  inside[part->ndims] = size[part->ndims] = 1;
  for (int i = part->ndims - 1; i >= 0; i--) {
    const int d = part->dim[i];
    const int64_t a = reuse__max(p->low[i], w->low[d]);
    const int64_t b = reuse__min(p->low[i] + p->n[i], w->high[d]);
    inside[i] = inside[i + 1] * reuse__max(0, b - a);
    size[i] = size[i + 1] * p->n[i];
  }
  if (end >= size[0]) return inside[0];
  int64_t sum = 0;
  for (int i = 0; i < part->ndims; i++) {
    const int d = part->dim[i];
    const int64_t digit = p->low[i] + end / size[i + 1];
    const int64_t a = reuse__max(p->low[i], w->low[d]);
    const int64_t b = reuse__min(digit, w->high[d]);
    sum += reuse__max(0, b - a) * inside[i + 1];
    if (digit < w->low[d] || digit >= w->high[d]) return sum;
    end %= size[i + 1];
  }
  return sum;
}

static int64_t inside(const struct reuse__part *part, const struct place *p,
                      const struct reuse__window *w) {
  if (!p->flat) return prefix_inside(part, p, w, INT64_MAX);
  return prefix_inside(part, p, w, p->first + p->count) -
         prefix_inside(part, p, w, p->first);
}

static struct range place_range(const struct reuse__part *part, const struct place *p) {
  struct range x;
  x.ndims = part->ndims;
  x.flat = p->flat;
  for (int i = 0; i < x.ndims && !x.flat; i++) x.n[i] = p->n[i];
  if (x.flat) x.n[0] = p->count;
  return x;
}

static struct place place_sub(const struct reuse__part *part, const struct place *p,
                              const struct reuse__factor_loop *l, int64_t k) {
  const struct range x = place_range(part, p);
  const int64_t n = chunk(length(&x, l), l->step, k);
  struct place y = *p;
  if (l->flat) {
    y.first = (p->flat ? p->first : 0) + k * l->step;
    y.count = n;
    y.flat = true;
  } else {
    y.low[l->dim] += k * l->step;
    y.n[l->dim] = n;
  }
  return y;
}

/* kept_once() for the words inside W. */
static int64_t kept_inside(const struct sum *s, int i, const struct place *p,
                           const struct idle *idle, int outer,
                           const struct reuse__window *w) {
  const struct reuse__part *part = &s->f->part[0];
  const struct range x = place_range(part, p);
  if (volume(&x) == 0) return 0;
  if (i == s->f->nloops) return idle->n ? 0 : inside(part, p, w);
  const struct reuse__factor_loop *l = &s->f->loop[i];
  const int64_t len = length(&x, l);
  const bool inner = !l->spatial && outer == 0;
  int64_t sum = 0;
  if (inner && len >= 2 * l->step) return 0;
  for (int64_t k = 0; k * l->step < len && (k == 0 || !inner); k++) {
    struct idle here;
    here.n = 0;
    for (int j = 0; j < idle->n; j++) {
      sub(&idle->x[j], l, k, &here.x[here.n]);
      here.n += volume(&here.x[here.n]) > 0;
    }
    if (inner && len > l->step) sub(&x, l, 1, &here.x[here.n++]);
    const struct place y = place_sub(part, p, l, k);
    sum = plus(s, sum, kept_inside(s, i + 1, &y, &here,
                                   inner ? 0 : outer - !l->spatial, w));
  }
  return sum;
}

void reuse__chain_window(const struct reuse__factor *f,
                         const struct reuse__window *window,
                         const struct reuse__sums *all,
                         struct reuse__sums *sums, bool *overflow) {
  const struct sum s = {f, overflow};
  struct idle none;
  none.n = 0;
  struct place p = {.flat = false};
  memcpy(p.n, f->part[0].extent, sizeof p.n);
  const int64_t some = inside(&f->part[0], &p, window);
  for (int c = 0; c <= f->ntemporal; c++) {
    if (all->wrap[c] == all->total) sums->wrap[c] = some;
    else if (all->wrap[c] > 0) sums->wrap[c] = kept_inside(&s, 0, &p, &none, c, window);
    else sums->wrap[c] = 0;
  }
  sums->total = some;
}
