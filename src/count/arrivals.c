/* Words that arrive over a link, summed over steps: factors put together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * arrivals = sum over steps of |tile| - sum over transitions of |what was kept|,
 * each a product of one term per factor.  doc/MODEL.md, "Closed form". */
#include "count/arrivals.h"

#include "base/checked.h"
#include "count/words.h"

/* ---- sums ------------------------------------------------------------------- */

static enum reuse_status chain_sums(const struct reuse__link *k, struct reuse__term *t,
                                    enum reuse__view view) {
  bool overflow = false, within = true;
  if (t->known && (t->relevant || !t->shared)) return REUSE_OK;
  t->known = true;
  if (t->relevant)
    reuse__chain_relevant(&t->factor, k->shape.keeps, &t->sums, &overflow);
  else
    within = reuse__chain_irrelevant(&t->factor, k->shape.keeps, view, &t->sums,
                                     &overflow);
  if (overflow) return REUSE_ERR_OVERFLOW;
  return within ? REUSE_OK : REUSE_ERR_LIMIT;
}

/* Whether a term with OUTSIDE temporal loops outside that of a transition, or with that
 * one (OWNER), is not 0 in it. */
static bool counts(const struct reuse__term *term, bool owner, int outside) {
  return (owner ? term->sums.advance : term->sums.wrap)[outside] != 0;
}

/* Marks the sums of term T that some transition multiplies by something else
 * than 0; regions after T have no sums yet. */
static void mark_wanted(const struct reuse__link *k, const struct reuse__terms *ts,
                        int t, struct reuse__wanted *want) {
  int outside[REUSE_DIMS] = {0};
  for (int i = 0; i < ts->term[t].factor.ntemporal; i++)
    want->wrap[i] = want->advance[i] = false;
  for (int j = 0; j < k->nest->level[k->child].first_loop && k->held; j++) {
    const int owner = ts->owner[j];
    if (k->nest->loop[j].spatial || owner < 0) continue;
    bool wanted = true;
    for (int i = 0; i < ts->n && wanted; i++)
      if (i != t && (i < t || !ts->term[i].region))
        wanted = counts(&ts->term[i], i == owner, outside[i]);
    if (wanted) (owner == t ? want->advance : want->wrap)[outside[t]] = true;
    outside[owner]++;
  }
}

/* Whether A wants nothing that B does not. */
static bool wants_no_more(const struct reuse__wanted *a, const struct reuse__wanted *b,
                          int n) {
  for (int i = 0; i < n; i++)
    if (a->wrap[i] > b->wrap[i] || a->advance[i] > b->advance[i]) return false;
  return true;
}

/* The sums of term T, of the words inside WINDOW unless it is NULL. */
static enum reuse_status region_sums(const struct reuse__link *k, struct reuse__terms *ts,
                                     int t, enum reuse__view view,
                                     const struct reuse__window *window) {
  struct reuse__term *term = &ts->term[t];
  struct reuse__region r;
  bool overflow = false;
  mark_wanted(k, ts, t, &r.want);
  if (!window && term->known && !term->shared &&
      wants_no_more(&r.want, &term->have, term->factor.ntemporal))
    return REUSE_OK;
  r.factor = &term->factor;
  r.keeps = k->shape.keeps;
  term->have = r.want;
  term->known = !window;
  reuse__make_axes(k, term->dims, window, &r);
  const bool within = reuse__memo_region_sums(k->memo, &r, view, &term->sums, &overflow);
  if (overflow) return REUSE_ERR_OVERFLOW;
  return within ? REUSE_OK : REUSE_ERR_LIMIT;
}

/* Product of one value per term; 0 wins over an overflow. */
static int64_t product(const int64_t *value, int n, bool *overflow) {
  int64_t v = 1;
  for (int i = 0; i < n; i++)
    if (value[i] == 0) return 0;
  for (int i = 0; i < n; i++) v = reuse__mul(v, value[i], overflow);
  return v;
}

/* Sum over steps of what is new, from the sums of the terms. */
static int64_t combine(const struct reuse__link *k, const struct reuse__terms *ts, bool *overflow) {
  int64_t value[REUSE_DIMS];
  int outside[REUSE_DIMS] = {0};
  for (int i = 0; i < ts->n; i++) value[i] = ts->term[i].sums.total;
  int64_t sum = product(value, ts->n, overflow);
  if (!k->held || *overflow) return sum;
  for (int i = 0; i < ts->n; i++) value[i] = ts->term[i].sums.wrap[0];
  for (int j = 0; j < k->nest->level[k->child].first_loop; j++) {
    const int owner = ts->owner[j];
    if (k->nest->loop[j].spatial || owner < 0) continue;
    const struct reuse__sums *own = &ts->term[owner].sums;
    value[owner] = own->advance[outside[owner]];
    if (value[owner]) sum -= product(value, ts->n, overflow);
    value[owner] = own->wrap[++outside[owner]];
  }
  return sum;
}

enum reuse_status reuse__arrivals(const struct reuse__link *k, struct reuse__terms *ts,
                                  enum reuse__view view, int64_t *result) {
  bool overflow = false;
  for (int region = 0; region < 2; region++)
    for (int i = 0; i < ts->n; i++) {
      if (ts->term[i].region != region) continue;
      const enum reuse_status st = region ? region_sums(k, ts, i, view, NULL)
                                          : chain_sums(k, &ts->term[i], view);
      if (st != REUSE_OK) return st;
    }
  *result = combine(k, ts, &overflow);
  return overflow ? REUSE_ERR_OVERFLOW : REUSE_OK;
}

/* ---- what crosses the im2col boundary ---------------------------------------- */

/* Runs of filter positions with the same range of valid output positions. */
enum { MAX_TAPS = 1024 };
struct taps {
  int n;
  struct { int64_t from, to, low, high; } run[MAX_TAPS];
};

static bool make_taps(const struct reuse_problem *p, int i, struct taps *t) {
  t->n = 0;
  for (int64_t r = 0; r < p->extent[REUSE_R + i]; r++) {
    int64_t low, high;
    reuse__valid_range(p->extent[REUSE_P + i], p->stride[i],
                       r * p->dilation[i] - p->pad[i], p->input[i], &low, &high);
    if (t->n && t->run[t->n - 1].low == low && t->run[t->n - 1].high == high) {
      t->run[t->n - 1].to = r + 1;
      continue;
    }
    if (t->n == MAX_TAPS) return false;
    t->run[t->n].from = r;
    t->run[t->n].to = r + 1;
    t->run[t->n].low = low;
    t->run[t->n++].high = high;
  }
  return true;
}

static struct reuse__window full_window(const struct reuse_problem *p) {
  struct reuse__window w;
  for (int d = 0; d < REUSE_DIMS; d++) {
    w.low[d] = 0;
    w.high[d] = p->extent[d];
  }
  return w;
}

/* The sums of every term that the words inside W make up, from those of all words. */
static enum reuse_status window_sums(const struct reuse__link *k, struct reuse__terms *ts,
                                     enum reuse__view view,
                                     const struct reuse__sums *all,
                                     const struct reuse__window *w) {
  bool overflow = false;
  for (int i = 0; i < ts->n; i++) {
    struct reuse__term *t = &ts->term[i];
    if (t->region || !t->relevant) continue;
    t->known = false;
    reuse__chain_window(&t->factor, w, &all[i], &t->sums, &overflow);
  }
  for (int i = 0; i < ts->n; i++) {
    if (!ts->term[i].region) continue;
    const enum reuse_status st = region_sums(k, ts, i, view, w);
    if (st != REUSE_OK) return st;
  }
  return overflow ? REUSE_ERR_OVERFLOW : REUSE_OK;
}

static void copy_sums(const struct reuse__terms *ts, struct reuse__sums *all) {
  for (int i = 0; i < ts->n; i++) {
    all[i].total = ts->term[i].sums.total;
    for (int c = 0; c <= ts->term[i].factor.ntemporal; c++)
      all[i].wrap[c] = ts->term[i].sums.wrap[c];
  }
}

enum reuse_status reuse__crossing(const struct reuse__link *k, struct reuse__terms *ts,
                                  enum reuse__view view, int64_t *result) {
  struct reuse__sums all[REUSE_DIMS];
  struct taps rows, cols;
  bool overflow = false;
  if (!make_taps(k->problem, 0, &rows) || !make_taps(k->problem, 1, &cols))
    return REUSE_ERR_LIMIT;
  int64_t ignored;
  const enum reuse_status st = reuse__arrivals(k, ts, view, &ignored);
  if (st != REUSE_OK) return st;
  copy_sums(ts, all);
  struct reuse__window w = full_window(k->problem);
  *result = 0;
  for (int a = 0; a < rows.n; a++) {
    for (int b = 0; b < cols.n; b++) {
      w.low[REUSE_R] = rows.run[a].from, w.high[REUSE_R] = rows.run[a].to;
      w.low[REUSE_P] = rows.run[a].low, w.high[REUSE_P] = rows.run[a].high;
      w.low[REUSE_S] = cols.run[b].from, w.high[REUSE_S] = cols.run[b].to;
      w.low[REUSE_Q] = cols.run[b].low, w.high[REUSE_Q] = cols.run[b].high;
      const enum reuse_status tap = window_sums(k, ts, view, all, &w);
      if (tap != REUSE_OK) return tap;
      *result = reuse__add(*result, combine(k, ts, &overflow), &overflow);
    }
  }
  return overflow ? REUSE_ERR_OVERFLOW : REUSE_OK;
}
