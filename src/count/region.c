/* Sums of any factor by enumerating its own steps with explicit element sets.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needed where tiles overlap and leave gaps of several widths (axis.c counts the
 * others), and for groups of which the tensor has only some dims.  The cost is that of
 * the factor's own steps; chunks that are moved copies of one another (full, away from
 * the clipped border) are visited once.  doc/MODEL.md, "Regions". */
#include "count/factor.h"

#include <string.h>

#include "base/checked.h"
#include "count/axis.h"

enum { WORDS = 32, WINDOW = WORDS * 64 };
static const int64_t MAX_WORK = 400000000;

/* Where an instance is: per part its box and, when flat, its interval. */
struct stand {
  int64_t low[REUSE_DIMS], n[REUSE_DIMS];
  int64_t first, count;
  bool flat;
};
struct spot {
  bool active;
  struct stand part[REUSE_DIMS];
};

struct walk {
  const struct reuse__region *r;
  const struct reuse__factor *f;
  enum reuse__view view;
  struct reuse__sums *sums;
  bool *overflow;
  int64_t work;
  int temporal[REUSE_MAX_LOOPS];         /* loop indices */
  int outer[REUSE_MAX_LOOPS], nouter;    /* spatial loops above the parent */
  int inner[REUSE_MAX_LOOPS], ninner;    /* spatial loops below it */
  int cut, ninner_above_cut;             /* loops that only cut a tile up: the last
                                            inner spatial ones */
  int end, nchildren;                    /* loops and inner ones now in use */
  int64_t fan[REUSE_MAX_LOOPS];          /* largest trip count, by loop */
  int64_t index[REUSE_MAX_LOOPS];        /* setting of the new step, by loop */
  int64_t elements;
  int64_t axis_stride[REUSE_DIMS];
  int64_t base, next;                    /* first element of the window; beyond it */
};

/* ---- positions ------------------------------------------------------------ */

static void spot_start(const struct reuse__factor *f, int p, bool existing,
                       struct spot *s) {
  const struct reuse__part *part = &f->part[p];
  for (int i = 0; i < part->ndims; i++) {
    s->part[p].low[i] = 0;
    s->part[p].n[i] = existing ? part->extent[i] : part->loop_extent[i];
  }
  s->part[p].first = s->part[p].count = 0;
  s->part[p].flat = false;
}

static int64_t spot_length(const struct reuse__factor *f, const struct spot *s,
                           const struct reuse__factor_loop *l) {
  const int p = l->part;
  if (!l->flat) return s->part[p].n[l->dim];
  if (s->part[p].flat) return s->part[p].count;
  int64_t v = 1;
  for (int i = 0; i < f->part[p].ndims; i++) v *= s->part[p].n[i];
  return v;
}

static int64_t spot_volume(const struct reuse__factor *f, const struct spot *s, int p) {
  if (s->part[p].flat) return s->part[p].count;
  int64_t v = 1;
  for (int i = 0; i < f->part[p].ndims; i++) v *= s->part[p].n[i];
  return v;
}

/* Moves S to chunk K of loop L; an empty chunk leaves a volume of 0. */
static void spot_enter(const struct reuse__factor *f, struct spot *s,
                       const struct reuse__factor_loop *l, int64_t k) {
  const int p = l->part;
  const int64_t len = spot_length(f, s, l), left = len - k * l->step;
  const int64_t n = left <= 0 ? 0 : reuse__min(l->step, left);
  if (l->flat) {
    s->part[p].first += k * l->step;
    s->part[p].count = n;
    s->part[p].flat = true;
  } else {
    s->part[p].low[l->dim] += k * l->step;
    s->part[p].n[l->dim] = n;
  }
}

/* The last active setting of the loops from I on, temporal ones free, spatial
 * ones at INDEX.  False if there is none. */
static bool last_active(const struct walk *w, int p, int i, struct spot *s) {
  if (spot_volume(w->f, s, p) == 0) return false;
  for (; i < w->end && w->f->loop[i].part != p; i++) continue;
  if (i == w->end) return true;
  const struct reuse__factor_loop *l = &w->f->loop[i];
  if (l->spatial) {
    spot_enter(w->f, s, l, w->index[i]);
    return last_active(w, p, i + 1, s);
  }
  const struct stand here = s->part[p];
  for (int64_t k = reuse__ceil_div(spot_length(w->f, s, l), l->step) - 1; k >= 0; k--) {
    s->part[p] = here;
    spot_enter(w->f, s, l, k);
    if (last_active(w, p, i + 1, s)) return true;
  }
  return false;
}

/* Position of the instance at the spatial indices of W.  The first CUT temporal
 * loops stand at their indices, the last of them one before its own if ADVANCED.
 * The others stand at their first chunk NOW; before, at their last chunk of the
 * machine, or for tensors that idle instances keep at the last that is active. */
enum when { NOW, WRAPPED, ADVANCED };

static void locate(const struct walk *w, int cut, enum when when,
                   const int64_t *machine_last, struct spot *s) {
  const struct reuse__factor *f = w->f;
  s->active = true;
  for (int p = 0; p < f->nparts && s->active; p++) {
    spot_start(f, p, true, s);
    int t = 0, i = 0;
    for (; i < w->end; i++) {
      const struct reuse__factor_loop *l = &f->loop[i];
      const bool free_loop = !l->spatial && t >= cut;
      if (free_loop && when != NOW && w->r->keeps) break;
      int64_t k = w->index[i];
      if (free_loop) k = when == NOW ? 0 : machine_last[i];
      else if (!l->spatial && when == ADVANCED && t == cut - 1) k--;
      t += !l->spatial;
      if (l->part == p) spot_enter(f, s, l, k);
    }
    s->active = i < w->end ? last_active(w, p, i, s) : spot_volume(f, s, p) > 0;
  }
}

/* The last chunk of every temporal loop beyond the first CUT, as the machine
 * walks them: spatial loops at 0, extents as the loops see them. */
static void machine_last(const struct walk *w, int cut, enum when when, int64_t *last) {
  struct spot s;
  for (int p = 0; p < w->f->nparts; p++) spot_start(w->f, p, false, &s);
  for (int i = 0, t = 0; i < w->f->nloops; i++) {
    const struct reuse__factor_loop *l = &w->f->loop[i];
    int64_t k = 0;
    if (!l->spatial) {
      if (t >= cut) k = last[i] = reuse__ceil_div(spot_length(w->f, &s, l), l->step) - 1;
      else k = w->index[i] - (when == ADVANCED && t == cut - 1);
      t++;
    }
    spot_enter(w->f, &s, l, k);
  }
}

/* ---- element sets ---------------------------------------------------------- */

/* Marks elements [a, b) as far as they are in the window, and notes those beyond it. */
static void set_run(struct walk *w, int64_t a, int64_t b, uint64_t *bits) {
  if (a < b && b > w->base + WINDOW)
    w->next = reuse__min(w->next, reuse__max(a, w->base + WINDOW));
  a = reuse__max(a - w->base, 0);
  b = reuse__min(b - w->base, WINDOW);
  while (a < b) {
    const int64_t word = a / 64, from = a % 64;
    const int64_t n = reuse__min(64 - from, b - a);
    const uint64_t mask = n == 64 ? ~UINT64_C(0) : ((UINT64_C(1) << n) - 1) << from;
    bits[word] |= mask;
    a += n;
  }
}

struct box { int64_t low[REUSE_DIMS], high[REUSE_DIMS]; };

static void mark(struct walk *w, const struct box *b, int axis, int64_t at,
                 uint64_t *bits);

/* Marks indices [from, to) of AXIS, clipped, each with the axes below it. */
static void mark_run(struct walk *w, const struct box *b, int axis, int64_t at,
                     int64_t from, int64_t to, uint64_t *bits) {
  from = reuse__max(from, 0);
  to = reuse__min(to, w->r->axis[axis].size);
  if (axis == w->r->naxes - 1) {
    set_run(w, at + from, at + to, bits);
    return;
  }
  for (int64_t v = from; v < to; v++)
    mark(w, b, axis + 1, at + v * w->axis_stride[axis], bits);
}

/* Marks the elements of box B on AXIS and those below it; AT is the index so far. */
static void mark(struct walk *w, const struct box *b, int axis, int64_t at,
                 uint64_t *bits) {
  const struct reuse__axis *x = &w->r->axis[axis];
  const int64_t a0 = b->low[x->a], a1 = b->high[x->a];
  if (x->b < 0) {
    mark_run(w, b, axis, at, a0 - x->offset, a1 - x->offset, bits);
    return;
  }
  const int64_t b0 = b->low[x->b], b1 = b->high[x->b];
  const int64_t start = a0 * x->scale_a + b0 * x->scale_b - x->offset;
  if (x->scale_b == 1 && (b1 - b0 >= x->scale_a || a1 - a0 == 1)) {
    mark_run(w, b, axis, at, start,
             start + (a1 - a0 - 1) * x->scale_a + b1 - b0, bits);
    return;
  }
  if (x->scale_a == 1) {
    for (int64_t j = 0; j < b1 - b0; j++)
      mark_run(w, b, axis, at, start + j * x->scale_b, start + j * x->scale_b + a1 - a0,
               bits);
    return;
  }
  for (int64_t i = 0; i < a1 - a0; i++)
    for (int64_t j = 0; j < b1 - b0; j++) {
      const int64_t v = start + i * x->scale_a + j * x->scale_b;
      mark_run(w, b, axis, at, v, v + 1, bits);
    }
}

static void mark_parts(struct walk *w, const struct spot *s, int p, struct box *b,
                       uint64_t *bits);

/* Splits the composite interval [first, first+count) of part P, whose dims
 * before D stand still in B, into boxes. */
static void mark_interval(struct walk *w, const struct spot *s, int p, int d,
                          int64_t first, int64_t count, struct box *b, uint64_t *bits) {
  const struct reuse__part *part = &w->f->part[p];
  int64_t below = 1;
  for (int i = d + 1; i < part->ndims; i++) below *= s->part[p].n[i];
  const int id = part->dim[d];
  const int64_t low = s->part[p].low[d];
  while (count > 0) {
    const struct reuse__quotient at = reuse__div(first, below);
    if (at.rest == 0 && count >= below) {
      const int64_t rows = reuse__div(count, below).full;
      b->low[id] = low + at.full;
      b->high[id] = low + at.full + rows;
      for (int i = d + 1; i < part->ndims; i++) {
        b->low[part->dim[i]] = s->part[p].low[i];
        b->high[part->dim[i]] = s->part[p].low[i] + s->part[p].n[i];
      }
      mark_parts(w, s, p + 1, b, bits);
      first += rows * below;
      count -= rows * below;
    } else {
      const int64_t n = reuse__min(count, below - at.rest);
      b->low[id] = low + at.full;
      b->high[id] = low + at.full + 1;
      mark_interval(w, s, p, d + 1, at.rest, n, b, bits);
      first += n;
      count -= n;
    }
  }
}

static void mark_parts(struct walk *w, const struct spot *s, int p, struct box *b,
                       uint64_t *bits) {
  if (p == w->f->nparts) {
    mark(w, b, 0, 0, bits);
    return;
  }
  if (s->part[p].flat) {
    mark_interval(w, s, p, 0, s->part[p].first, s->part[p].count, b, bits);
    return;
  }
  const struct reuse__part *part = &w->f->part[p];
  for (int i = 0; i < part->ndims; i++) {
    b->low[part->dim[i]] = s->part[p].low[i];
    b->high[part->dim[i]] = s->part[p].low[i] + s->part[p].n[i];
  }
  mark_parts(w, s, p + 1, b, bits);
}

static void tile(struct walk *w, const struct spot *s, int words, uint64_t *bits) {
  memset(bits, 0, (size_t)words * sizeof *bits);
  struct box b = {.low = {0}};
  if (s->active) mark_parts(w, s, 0, &b, bits);
}

/* ---- one pair of steps ----------------------------------------------------- */

/* Bits set in X, by adding neighbours: no library call on a plain x86-64. */
static int64_t ones(uint64_t x) {
  x -= x >> 1 & UINT64_C(0x5555555555555555);
  x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
  x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
  return (int64_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Sets the indices of COUNT spatial loops to the next combination. */
static bool next_index(struct walk *w, const int *loops, int count) {
  for (int i = count - 1; i >= 0; i--) {
    if (++w->index[loops[i]] < w->fan[loops[i]]) return true;
    w->index[loops[i]] = 0;
  }
  return false;
}

static int64_t kept_by_family(struct walk *w, int cut, enum when when,
                              const int64_t *last, int words) {
  uint64_t held[WORDS], lost[WORDS], now[WORDS], before[WORDS];
  int64_t sum = 0;
  memset(held, 0, (size_t)words * sizeof *held);
  memset(lost, 0, (size_t)words * sizeof *lost);
  do {
    struct spot a, b;
    locate(w, cut, NOW, last, &a);
    if (!a.active && w->view != REUSE__LEAVING) continue;
    tile(w, &a, words, now);
    if (when == NOW) {
      memcpy(before, now, (size_t)words * sizeof *now);
    } else {
      locate(w, cut, when, last, &b);
      tile(w, &b, words, before);
    }
    w->work += words;
    for (int i = 0; i < words; i++) {
      if (w->view == REUSE__INSTANCES) {
        sum += ones(now[i] & before[i]);
      } else if (w->view == REUSE__ARRIVING) {
        held[i] |= now[i];
        lost[i] |= now[i] & ~before[i];
      } else {
        held[i] |= before[i];
        lost[i] |= before[i] & ~now[i];
      }
    }
  } while (w->work <= MAX_WORK && next_index(w, w->inner, w->nchildren));
  for (int i = 0; i < words && w->view != REUSE__INSTANCES; i++)
    sum += ones(held[i]) - ones(lost[i]);
  return sum;
}

/* The words kept between two steps, summed over parents (and instances).  A tile
 * as a whole is the union of what it is cut up into. */
static int64_t kept(struct walk *w, int cut, enum when when) {
  int64_t last[REUSE_MAX_LOOPS] = {0}, sum = 0;
  const bool whole = when == NOW && w->view != REUSE__INSTANCES;
  w->end = whole ? w->cut : w->f->nloops;
  w->nchildren = whole ? w->ninner_above_cut : w->ninner;
  if (when != NOW) machine_last(w, cut, when, last);
  for (w->base = 0; w->base < w->elements && w->work <= MAX_WORK; w->base = w->next) {
    const int64_t left = reuse__min(w->elements - w->base, WINDOW);
    w->next = INT64_MAX;
    do {
      sum += kept_by_family(w, cut, when, last, (int)reuse__ceil_div(left, 64));
    } while (w->work <= MAX_WORK && next_index(w, w->outer, w->nouter));
  }
  return sum;
}

/* ---- all steps -------------------------------------------------------------- */

/* How many chunks from K on are moved copies of chunk K, as is chunk K-1: full
 * for every instance, and away from the ends of a clipped axis. */
static int64_t copies(const struct walk *w, int loop, int64_t k) {
  const struct reuse__factor_loop *l = &w->f->loop[loop];
  const struct reuse__part *part = &w->f->part[l->part];
  if (l->flat || k == 0) return 1;
  int64_t n = part->loop_extent[l->dim], low = 0, high = 0;
  if (part->extent[l->dim] != n) return 1;
  for (int i = 0; i < loop; i++) {
    const struct reuse__factor_loop *m = &w->f->loop[i];
    if (m->part != l->part || m->dim != l->dim) continue;
    if (m->spatial) {
      if (n % m->step) return 1;
      high += n - reuse__min(n, m->step);
      n = reuse__min(n, m->step);
    } else {
      low += w->index[i] * m->step;
      high += w->index[i] * m->step;
      n = reuse__min(m->step, n - w->index[i] * m->step);
    }
  }
  int64_t end = n / l->step;
  for (int i = 0; i < w->r->naxes; i++) {
    const struct reuse__axis *x = &w->r->axis[i];
    const int d = part->dim[l->dim];
    if (x->b < 0 && x->a == d && (x->offset || x->size < part->extent[l->dim])) return 1;
    if (x->b < 0 || (x->a != d && x->b != d)) continue;
    const int other = x->a == d ? x->b : x->a;
    const int64_t scale = x->a == d ? x->scale_a : x->scale_b;
    const int64_t other_scale = x->a == d ? x->scale_b : x->scale_a;
    int64_t reach = 0;
    for (int p = 0; p < w->f->nparts; p++)
      for (int j = 0; j < w->f->part[p].ndims; j++)
        if (w->f->part[p].dim[j] == other)
          reach = (w->f->part[p].loop_extent[j] - 1) * other_scale;
    if ((low + (k - 1) * l->step) * scale - x->offset < 0) return 1;
    const int64_t room = x->size - 1 + x->offset - reach; /* for scale * dim */
    end = reuse__min(end, room < 0 ? 0 : (room / scale + 1 - high) / l->step);
  }
  return reuse__max(1, end - k);
}

/* Chunks of a group whose slowest dims the tensor has not: the tiles of chunks k
 * and k + period are the same.  0 if the loop is none, or not the first of its
 * group, or instances differ.  S stands at the loop. */
static int64_t flat_period(const struct walk *w, int loop, const struct spot *s) {
  const struct reuse__factor_loop *l = &w->f->loop[loop];
  const struct reuse__part *part = &w->f->part[l->part];
  if (!l->flat || s->part[l->part].flat) return 0;
  for (int i = 0; i < loop; i++)
    if (w->f->loop[i].part == l->part && w->f->loop[i].spatial) return 0;
  int slow = 0;
  for (bool free_dim = true; free_dim && slow < part->ndims; slow += free_dim)
    for (int i = 0; i < w->r->naxes; i++)
      if (w->r->axis[i].a == part->dim[slow] || w->r->axis[i].b == part->dim[slow])
        free_dim = false;
  if (slow == 0) return 0;
  int64_t inner = 1;
  for (int i = slow; i < part->ndims; i++) inner *= s->part[l->part].n[i];
  int64_t a = inner, b = l->step;
  while (b) {
    const int64_t r = a % b;
    a = b;
    b = r;
  }
  return inner / a;
}

static void add(struct walk *w, int64_t *sum, int64_t weight, int64_t value) {
  *sum = reuse__add(*sum, reuse__mul(weight, value, w->overflow), w->overflow);
}

/* Points that exist in the range of a temporal loop, spatial loops at 0. */
static int64_t existing_length(const struct walk *w, int loop) {
  struct spot s;
  const int p = w->f->loop[loop].part;
  spot_start(w->f, p, true, &s);
  for (int i = 0; i < loop; i++)
    if (w->f->loop[i].part == p)
      spot_enter(w->f, &s, &w->f->loop[i], w->f->loop[i].spatial ? 0 : w->index[i]);
  return spot_length(w->f, &s, &w->f->loop[loop]);
}

/* Adds the steps that begin with the first DONE temporal indices. */
static void visit(struct walk *w, int done, int64_t weight) {
  if (w->work > MAX_WORK) return;
  const bool leaf = done == w->f->ntemporal;
  if (leaf) add(w, &w->sums->wrap[done], weight, kept(w, done, NOW));
  else if (w->r->want.wrap[done]) add(w, &w->sums->wrap[done], weight, kept(w, done, WRAPPED));
  if (leaf) return;
  const int loop = w->temporal[done];
  struct spot s;
  for (int p = 0; p < w->f->nparts; p++) spot_start(w->f, p, false, &s);
  for (int i = 0; i < loop; i++)
    spot_enter(w->f, &s, &w->f->loop[i], w->f->loop[i].spatial ? 0 : w->index[i]);
  const int64_t trips = reuse__ceil_div(spot_length(w->f, &s, &w->f->loop[loop]),
                                        w->f->loop[loop].step);
  const int64_t period = flat_period(w, loop, &s);
  const int64_t full = existing_length(w, loop) / w->f->loop[loop].step;
  for (int64_t k = 0, m, next; k < trips && w->work <= MAX_WORK; k = next) {
    w->index[loop] = k;
    if (period == 0 || k == 0 || k >= full) {
      m = reuse__min(copies(w, loop, k), trips - k);
      next = k + m;
    } else {
      m = (full - 1 - k) / period + 1;
      next = k < period ? k + 1 : full;
    }
    w->work++;
    if (k > 0 && w->r->want.advance[done])
      add(w, &w->sums->advance[done], m * weight, kept(w, done + 1, ADVANCED));
    visit(w, done + 1, m * weight);
  }
  w->index[loop] = 0;
}

/* Trip counts of the spatial loops at their largest, and the loops by kind. */
static void prepare(struct walk *w) {
  struct spot s;
  int t = 0;
  for (int p = 0; p < w->f->nparts; p++) spot_start(w->f, p, false, &s);
  for (int i = 0; i < w->f->nloops; i++) {
    const struct reuse__factor_loop *l = &w->f->loop[i];
    if (!l->spatial) {
      w->temporal[t++] = i;
    } else {
      w->fan[i] = reuse__ceil_div(spot_length(w->f, &s, l), l->step);
      if (l->inner) w->inner[w->ninner++] = i;
      else w->outer[w->nouter++] = i;
    }
    spot_enter(w->f, &s, l, 0);
  }
  w->cut = w->f->nloops;
  w->ninner_above_cut = w->ninner;
  while (w->cut > 0 && w->f->loop[w->cut - 1].spatial && w->f->loop[w->cut - 1].inner) {
    w->cut--;
    w->ninner_above_cut--;
  }
  w->elements = 1;
  for (int i = w->r->naxes - 1; i >= 0; i--) {
    w->axis_stride[i] = w->elements;
    w->elements = reuse__mul(w->elements, w->r->axis[i].size, w->overflow);
  }
}

bool reuse__region_sums(const struct reuse__region *region, enum reuse__view view,
                        struct reuse__sums *sums, bool *overflow) {
  if (reuse__axis_sums(region, view, sums)) return true;
  struct walk w = {.r = region, .f = region->factor, .view = view, .sums = sums,
                   .overflow = overflow};
  prepare(&w);
  if (*overflow) return true;
  for (int i = 0; i <= w.f->ntemporal; i++) sums->wrap[i] = 0;
  for (int i = 0; i < w.f->ntemporal; i++) sums->advance[i] = 0;
  visit(&w, 0, 1);
  sums->total = sums->wrap[w.f->ntemporal];
  return w.work <= MAX_WORK;
}
