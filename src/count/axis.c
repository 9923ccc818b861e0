/* Sums of a factor that is one axis of the raw input: output and filter positions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every tile is an evenly spaced row of elements, so intersections and unions of tiles
 * are a few rows; each is counted for all places of the parents at once.
 * doc/MODEL.md, "Input axes". */
#include "count/axis.h"

#include "base/checked.h"
#include "count/places.h"

/* Elements START + i*GAP, i < N; a single one fits any gap, and its own is 0. */
struct row { int64_t start, gap, n; };

/* ---- what exists of rows at many places ----------------------------------- */

/* The sums START + a combination of one multiple below COUNT of each step. */
enum { MAX_SIDES = 2 * REUSE__MAX_STRIDES + 1 };
struct lattice {
  int64_t start;
  int n;
  struct reuse__stride side[MAX_SIDES];
};

static void add_side(struct lattice *l, int64_t step, int64_t count) {
  if (count > 1) l->side[l->n++] = (struct reuse__stride){step, count};
}

/* Pairs x < a.count, y < b.count with x*a.step + y*b.step < end; b.step divides
 * a.step.  The first x have all y; behind them each has a.step/b.step fewer. */
static int64_t pairs_below(struct reuse__stride a, struct reuse__stride b, int64_t end) {
  if (end <= 0) return 0;
  const int64_t q = a.step / b.step, t = reuse__ceil_div(end, b.step);
  const int64_t all = t < b.count ? 0 : reuse__min(a.count, (t - b.count) / q + 1);
  const int64_t some = reuse__min(a.count, reuse__ceil_div(t, q)) - all;
  return all * b.count + some * (t - all * q) - q * (some * (some - 1) / 2);
}

/* How many points of a lattice lie in [0, SIZE). */
static int64_t points_inside(const struct lattice *l, int64_t size) {
  int64_t last = l->start, all = 1;
  int least = 0;
  for (int i = 0; i < l->n; i++) {
    last += (l->side[i].count - 1) * l->side[i].step;
    all *= l->side[i].count;
    if (l->side[i].count < l->side[least].count) least = i;
  }
  if (l->start >= 0 && last < size) return all;
  if (last < 0 || l->start >= size) return 0;
  if (l->n <= 2) {
    const struct reuse__stride one = {1, 1};
    struct reuse__stride a = l->side[0], b = l->n == 2 ? l->side[1] : one;
    if (a.step < b.step) b = l->side[0], a = l->side[1];
    if (l->n == 1) b.step = a.step;
    if (a.step % b.step == 0)
      return pairs_below(a, b, size - l->start) - pairs_below(a, b, -l->start);
  }
  struct lattice rest = *l;
  int64_t sum = 0;
  rest.side[least] = rest.side[--rest.n];
  for (int64_t k = 0; k < l->side[least].count; k++) {
    rest.start = l->start + k * l->side[least].step;
    sum += points_inside(&rest, size);
  }
  return sum;
}

/* ---- one kind of parent ----------------------------------------------------- */

/* Parents that stand alike: families of output positions P and filter positions R. */
struct meeting {
  const struct reuse__axis *axis;
  const struct reuse__places *p, *r;
  struct lattice at;            /* the places of the parents */
};

static void meet(struct meeting *m, const struct reuse__family *p,
                 const struct reuse__family *r) {
  const struct reuse__axis *x = m->axis;
  m->at.start = p->first * x->scale_a + r->first * x->scale_b - x->offset;
  m->at.n = 0;
  for (int i = 0; i < p->nstrides; i++)
    add_side(&m->at, p->stride[i].step * x->scale_a, p->stride[i].count);
  for (int i = 0; i < r->nstrides; i++)
    add_side(&m->at, r->stride[i].step * x->scale_b, r->stride[i].count);
}

/* The elements of a row that exist, over all places of the parents. */
static int64_t existing(const struct meeting *m, int64_t start, int64_t gap, int64_t n) {
  if (n <= 0) return 0;
  struct lattice l;
  l.start = m->at.start + start;
  l.n = m->at.n;
  for (int i = 0; i < l.n; i++) l.side[i] = m->at.side[i];
  add_side(&l, gap, n);
  return points_inside(&l, m->axis->size);
}

/* The tile of output positions P and filter positions R.  It is a row when one of them
 * is a single position, or when the finer of the two scales, which divides the other,
 * has no fewer positions than fill the other's gaps. */
static bool tile(const struct reuse__axis *x, struct reuse__span p, struct reuse__span r,
                 struct row *row) {
  row->start = p.low * x->scale_a + r.low * x->scale_b;
  if (p.n == 1 || r.n == 1) {
    row->n = p.n * r.n;
    row->gap = row->n == 1 ? 0 : p.n > 1 ? x->scale_a : x->scale_b;
    return true;
  }
  const bool fine_r = x->scale_b <= x->scale_a;
  const int64_t fine = fine_r ? x->scale_b : x->scale_a;
  const int64_t coarse = fine_r ? x->scale_a : x->scale_b;
  const int64_t many = fine_r ? r.n : p.n, few = fine_r ? p.n : r.n;
  if (coarse % fine || many * fine < coarse) return false;
  row->gap = fine;
  row->n = (few - 1) * (coarse / fine) + many;
  return true;
}

/* Gives both gaps one value that fits A and B. */
static bool common_gap(int64_t *a, int64_t b) {
  if (*a == 0) *a = b;
  return b == 0 || b == *a;
}

/* Where the row BEFORE begins and ends in NOW, counted in elements of NOW. */
static void shared(const struct row *now, const struct row *before, int64_t gap,
                   int64_t *from, int64_t *to) {
  const int64_t shift = before->start - now->start;
  const int64_t steps = gap == 1 ? shift : shift / gap;
  *from = *to = 0;
  if (steps * gap != shift) return;
  *from = reuse__min(now->n, reuse__max(0, steps));
  *to = reuse__max(*from, reuse__min(now->n, steps + before->n));
}

/* Words kept by parents that are the child itself. */
static bool kept_by_one(const struct meeting *m, const struct reuse__kin *p,
                        const struct reuse__kin *r, int64_t *sum) {
  struct row now, before;
  int64_t gap, from, to;
  if (!tile(m->axis, p->now, r->now, &now)) return false;
  if (!tile(m->axis, p->before, r->before, &before)) return false;
  gap = now.gap;
  if (!common_gap(&gap, before.gap)) return false;
  gap = reuse__max(1, gap);
  shared(&now, &before, gap, &from, &to);
  *sum += existing(m, now.start + from * gap, gap, to - from);
  return true;
}

/* ---- unions over children --------------------------------------------------- */

/* Rows of one gap: elements AT to END of those that leave REST when divided by it. */
enum { MAX_PIECES = 64 };
struct piece { int64_t rest, at, end; };
struct pieces {
  int64_t gap;
  int n;
  struct piece piece[MAX_PIECES];
};

static bool add_piece(struct pieces *s, int64_t start, int64_t n) {
  if (s->n == MAX_PIECES) return false;
  const int64_t at = s->gap == 1 ? start : start / s->gap, rest = start - at * s->gap;
  int i = s->n++;
  for (; i > 0; i--) {
    const struct piece *x = &s->piece[i - 1];
    if (x->rest < rest || (x->rest == rest && x->at <= at)) break;
    s->piece[i] = *x;
  }
  s->piece[i] = (struct piece){rest, at, at + n};
  return true;
}

/* Joins copies of a row that touch: N grows, the copies become one. */
static void fuse(int64_t gap, struct reuse__stride *copies, int64_t *n) {
  if (copies->count == 1) return;
  const int64_t steps = copies->step / gap;
  if (steps > *n || steps * gap != copies->step) return;
  *n += steps * (copies->count - 1);
  copies->count = 1;
}

/* Adds the copies of a row that the children with strides P and R make. */
static bool add_rows(struct pieces *s, int64_t start, int64_t n, struct reuse__stride p,
                     struct reuse__stride r) {
  if (n <= 0) return true;
  fuse(s->gap, &p, &n);
  fuse(s->gap, &r, &n);
  fuse(s->gap, &p, &n);
  for (int64_t i = 0; i < p.count; i++)
    for (int64_t j = 0; j < r.count; j++)
      if (!add_piece(s, start + i * p.step + j * r.step, n)) return false;
  return true;
}

/* The existing elements of the union, over all places of the parents. */
static int64_t measure(const struct meeting *m, const struct pieces *s) {
  int64_t sum = 0;
  for (int i = 0, next; i < s->n; i = next) {
    const struct piece *x = &s->piece[i];
    int64_t end = x->end;
    for (next = i + 1; next < s->n; next++) {
      const struct piece *y = &s->piece[next];
      if (y->rest != x->rest || y->at > end) break;
      end = reuse__max(end, y->end);
    }
    sum += existing(m, x->rest + x->at * s->gap, s->gap, end - x->at);
  }
  return sum;
}

/* What the children have now, and what of it some of them did not have before. */
struct change { struct pieces held, lost; };

static bool add_kin(const struct meeting *m, const struct reuse__kin *p,
                    const struct reuse__kin *r, struct change *c) {
  struct row now, before;
  int64_t from, to;
  if (!tile(m->axis, p->now, r->now, &now)) return false;
  if (!tile(m->axis, p->before, r->before, &before)) return false;
  const int64_t gap = c->held.gap;
  if ((now.gap && now.gap != gap) || (before.gap && before.gap != gap)) return false;
  const struct reuse__stride ps = {p->each.step * m->axis->scale_a, p->each.count};
  const struct reuse__stride rs = {r->each.step * m->axis->scale_b, r->each.count};
  shared(&now, &before, gap, &from, &to);
  return add_rows(&c->held, now.start, now.n, ps, rs) &&
         add_rows(&c->lost, now.start, from, ps, rs) &&
         add_rows(&c->lost, now.start + to * gap, now.n - to, ps, rs);
}

/* The gap of the tiles of all children, now and before: 1 if all are single elements;
 * another one than some tile's makes add_kin() fail. */
static int64_t gap_of(const struct meeting *m, const struct reuse__family *p,
                      const struct reuse__family *r) {
  struct row row;
  for (int i = p->from; i < p->to; i++)
    for (int j = r->from; j < r->to; j++) {
      const struct reuse__kin *a = &m->p->kin[i], *b = &m->r->kin[j];
      if (tile(m->axis, a->now, b->now, &row) && row.gap) return row.gap;
      if (tile(m->axis, a->before, b->before, &row) && row.gap) return row.gap;
    }
  return 1;
}

static bool kept_by_all(const struct meeting *m, const struct reuse__family *p,
                        const struct reuse__family *r, int64_t *sum) {
  struct change c;
  c.held.gap = c.lost.gap = gap_of(m, p, r);
  c.held.n = c.lost.n = 0;
  for (int i = p->from; i < p->to; i++)
    for (int j = r->from; j < r->to; j++)
      if (!add_kin(m, &m->p->kin[i], &m->r->kin[j], &c)) return false;
  *sum += measure(m, &c.held) - measure(m, &c.lost);
  return true;
}

/* ---- all transitions -------------------------------------------------------- */

/* The words kept, summed over all pairs of places. */
static bool kept(const struct reuse__region *region, bool unions,
                 const struct reuse__places *p, const struct reuse__places *r,
                 int64_t *sum) {
  struct meeting m;
  m.axis = &region->axis[0];
  m.p = p;
  m.r = r;
  *sum = 0;
  for (int i = 0; i < p->nfamilies; i++)
    for (int j = 0; j < r->nfamilies; j++) {
      const struct reuse__family *a = &p->family[i], *b = &r->family[j];
      meet(&m, a, b);
      if (unions ? !kept_by_all(&m, a, b, sum)
                 : !kept_by_one(&m, &p->kin[a->from], &r->kin[b->from], sum))
        return false;
    }
  return true;
}

static bool is_axis(const struct reuse__region *r, enum reuse__view view) {
  const struct reuse__factor *f = r->factor;
  return r->keeps && view != REUSE__LEAVING && r->naxes == 1 && r->axis[0].b >= 0 &&
         f->nparts == 2 && f->part[0].ndims == 1 && f->part[1].ndims == 1 &&
         f->part[0].dim[0] == r->axis[0].a && f->part[1].dim[0] == r->axis[0].b;
}

bool reuse__axis_sums(const struct reuse__region *region, enum reuse__view view,
                      struct reuse__sums *sums) {
  if (!is_axis(region, view)) return false;
  const struct reuse__factor *f = region->factor;
  const bool unions = view == REUSE__ARRIVING;
  struct reuse__transition stay[2] = {{0, false}, {0, false}};
  struct reuse__places still[2], moved;
  bool known[2] = {false, false};
  for (int i = 0, c = 0; i <= f->nloops; i++) {
    const bool end = i == f->nloops;
    if (!end && f->loop[i].spatial) continue;
    if (end || region->want.wrap[c] || region->want.advance[c])
      for (int part = 0; part < 2; part++) {
        if (!known[part] &&
            !reuse__find_places(f, part, stay[part], unions, &still[part]))
          return false;
        known[part] = true;
      }
    sums->wrap[c] = 0;
    if ((end || region->want.wrap[c]) &&
        !kept(region, unions, &still[0], &still[1], &sums->wrap[c]))
      return false;
    if (end) break;
    const int own = f->loop[i].part;
    sums->advance[c] = 0;
    if (region->want.advance[c]) {
      const struct reuse__transition advance = {stay[own].cut, true};
      if (!reuse__find_places(f, own, advance, unions, &moved)) return false;
      if (!kept(region, unions, own ? &still[0] : &moved, own ? &moved : &still[1],
                &sums->advance[c]))
        return false;
    }
    stay[own].cut++;
    known[own] = false;
    c++;
  }
  sums->total = sums->wrap[f->ntemporal];
  return true;
}
