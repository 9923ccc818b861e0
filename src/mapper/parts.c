/* Parts of cells.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/parts.h"

#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "mapper/fans.h"
#include "mapper/innermost.h"
#include "mapper/tiles.h"

/* One parting in so many cuts the widest range up. */
enum { BY_WIDTH = 3 };

/* One way to part a cell. */
struct parting {
  int ncuts;
  struct reuse__cut cut[REUSE__MAX_KINDS]; /* one of each part */
  int level;                    /* that the cuts bear on */
  double width;                 /* of the range that is cut, as a ratio */
  int n;                        /* parts that may have something better */
  double least, mean;           /* of their bounds */
  bool raises;                  /* some bound, or leaves a part without hope */
  struct reuse__cell part[REUSE__MAX_KINDS];
};

/* ---- ways to part ------------------------------------------------------------------------- */

static void halve(enum reuse__what what, int at, int level, const struct reuse__range *range,
                  struct parting *p) {
  struct reuse__range half[2];
  reuse__range_halve(range, half);
  p->ncuts = 2;
  p->width = (double)range->cap / (double)range->least;
  for (int i = 0; i < 2; i++) p->cut[i] = (struct reuse__cut){what, at, level, {half[i]}};
}

static void part_tiles(const struct reuse__space *s, int slot, int level, struct parting *p) {
  p->level = level;
  if (reuse__tile_varies(s, slot, level))
    halve(REUSE__CUT_TILE, slot, level, &s->slot[slot].tile[level], p);
}

static void part_innermost(const struct reuse__space *s, int level, struct parting *p) {
  struct reuse__innermost kind[REUSE__MAX_KINDS];
  p->level = level;
  if (s->innermost[level].known) return;
  const int n = reuse__innermost_kinds(s, level, kind);
  if (n < 3) return;
  p->ncuts = n;
  p->width = INFINITY;
  for (int i = 0; i < n; i++)
    p->cut[i] = (struct reuse__cut){REUSE__CUT_INNERMOST, 0, level, {.innermost = kind[i]}};
}

static void part_fans(struct reuse__space *s, int i, struct parting *p) {
  const struct reuse__range range = {reuse__fans(s, i)->least, reuse__fans_most(s, i)};
  p->level = 1 + (i < s->nshares ? s->share[i].level : s->slot[i - s->nshares].level);
  if (reuse__fans_vary(s, i) && range.least < range.cap)
    halve(REUSE__CUT_FANS, i, 0, &range, p);
}

/* Way number I to part a cell whose space is SPACE: level after level its innermost loop and its
 * tiles, and then the fan-outs.  False if there are no so many; no cuts if this one is none. */
static bool way(struct reuse__space *s, int i, struct parting *p) {
  const int in_level = s->nslots + 1, level = 1 + i / in_level;
  p->ncuts = 0;
  if (level > s->engine->nlevels) {
    i -= in_level * s->engine->nlevels;
    if (i >= reuse__nfans(s)) return false;
    part_fans(s, i, p);
  } else if (i % in_level == 0) part_innermost(s, level, p);
  else part_tiles(s, s->nslots - i % in_level, level, p);
  return true;
}

/* ---- the best of them ----------------------------------------------------------------------- */

static bool is_same(const struct reuse__cut *a, const struct reuse__cut *b) {
  return a->what == b->what && a->at == b->at && a->level == b->level;
}

/* CELL with CUT, which takes the place of what it said of the same before. */
static void add_cut(const struct reuse__cell *cell, const struct reuse__cut *cut,
                    struct reuse__cell *part) {
  int i = 0;
  memcpy(part, cell, reuse__cell_size(cell));
  while (i < part->ncuts && !is_same(&part->cut[i], cut)) i++;
  part->cut[i] = *cut;
  part->ncuts = (int)reuse__max(part->ncuts, i + 1);
  part->parted++;
}

/* Makes the parts of CELL, of the whole space SPACE. */
static void make_parts(const struct reuse__cell *cell, const struct reuse__space *space,
                       struct reuse__walk *walk, struct parting *p) {
  double sum = 0;
  p->n = 0;
  p->least = INFINITY;
  for (int i = 0; i < p->ncuts; i++) {
    struct reuse__space narrow = *space;
    struct reuse__cell *own = &p->part[p->n];
    add_cut(cell, &p->cut[i], own);
    if (!reuse__cell_narrow(own, &narrow)) continue;
    if (!reuse__walk_bound(walk, &narrow, &own->bound)) continue;
    if (reuse__score_less(&own->bound, &cell->bound)) own->bound = cell->bound;
    sum += own->bound.value[0];
    p->least = reuse__fmin(p->least, own->bound.value[0]);
    p->n++;
  }
  p->mean = p->n > 0 ? sum / p->n : INFINITY;
  p->raises = p->n < p->ncuts || p->mean > cell->bound.value[0];
}

/* Whether A is better than B, which was looked at before: leaves no part, raises the least bound
 * more, or some bounds more unless B raises some further out, or, BY_WIDTH, cuts up a wider
 * range. */
static bool is_better(const struct parting *a, const struct parting *b, bool by_width) {
  if (b->ncuts == 0 || a->n == 0) return true;
  if (!by_width && a->least != b->least) return a->least > b->least;
  if (by_width && a->raises != b->raises) return a->raises;
  if ((by_width || b->raises) && b->level < a->level) return false;
  return by_width ? a->width > b->width : a->mean > b->mean;
}

bool reuse__cell_part(const struct reuse__cell *cell, const struct reuse__space *space,
                      struct reuse__walk *walk, struct reuse__cells *cells, bool *done) {
  const bool by_width = cell->parted % BY_WIDTH == 0;
  struct parting both[2], *best = &both[0], *own = &both[1];
  struct reuse__space narrow = *space;
  reuse__cell_narrow(cell, &narrow);
  best->ncuts = 0;
  best->n = -1;
  for (int i = 0; best->n != 0 && way(&narrow, i, own); i++) {
    if (own->ncuts == 0) continue;
    make_parts(cell, space, walk, own);
    if (!is_better(own, best, by_width)) continue;
    struct parting *other = best;
    best = own;
    own = other;
  }
  *done = best->ncuts == 0;
  for (int i = 0; i < best->n; i++)
    if (!reuse__cells_add(cells, &best->part[i])) return false;
  return true;
}
