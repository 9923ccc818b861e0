/* Cells: parts of spaces with ranges of fan-outs, those of the least bounds first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/cells.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "mapper/fans.h"
#include "mapper/holds.h"
#include "mapper/tiles.h"

/* ---- the heap ------------------------------------------------------------------------- */

/* A cell with no more cuts than it has. */
struct reuse__kept_cell {
  int64_t number;               /* in the order in which they were added */
  struct reuse__cell cell;      /* shortened */
};

static bool is_before(const struct reuse__kept_cell *a, const struct reuse__kept_cell *b) {
  if (reuse__score_less(&a->cell.bound, &b->cell.bound)) return true;
  if (reuse__score_less(&b->cell.bound, &a->cell.bound)) return false;
  return a->number < b->number;
}

size_t reuse__cell_size(const struct reuse__cell *c) {
  return offsetof(struct reuse__cell, cut) + (size_t)c->ncuts * sizeof *c->cut;
}

static bool make_room(struct reuse__cells *c) {
  if (c->n < c->room) return true;
  const int room = c->room ? 2 * c->room : 64;
  struct reuse__kept_cell **heap = realloc(c->heap, (size_t)room * sizeof *heap);
  if (!heap) return false;
  c->heap = heap;
  c->room = room;
  return true;
}

bool reuse__cells_add(struct reuse__cells *c, const struct reuse__cell *cell) {
  struct reuse__kept_cell *own =
      malloc(offsetof(struct reuse__kept_cell, cell) + reuse__cell_size(cell));
  if (!own || !make_room(c)) {
    free(own);
    return false;
  }
  own->number = c->made++;
  memcpy(&own->cell, cell, reuse__cell_size(cell));
  int i = c->n++;
  for (; i > 0 && is_before(own, c->heap[(i - 1) / 2]); i = (i - 1) / 2)
    c->heap[i] = c->heap[(i - 1) / 2];
  c->heap[i] = own;
  return true;
}

bool reuse__cells_take(struct reuse__cells *c, struct reuse__cell *cell) {
  if (c->n == 0) return false;
  struct reuse__kept_cell *first = c->heap[0], *last = c->heap[--c->n];
  int i = 0;
  for (int k = 1; k < c->n; k = 2 * i + 1) {
    if (k + 1 < c->n && is_before(c->heap[k + 1], c->heap[k])) k++;
    if (!is_before(c->heap[k], last)) break;
    c->heap[i] = c->heap[k];
    i = k;
  }
  c->heap[i] = last;
  memcpy(cell, &first->cell, reuse__cell_size(&first->cell));
  free(first);
  return true;
}

void reuse__cells_free(struct reuse__cells *c) {
  for (int i = 0; i < c->n; i++) free(c->heap[i]);
  free(c->heap);
  *c = (struct reuse__cells){0};
}

/* ---- splitting ------------------------------------------------------------------------- */

static struct reuse__range both(const struct reuse__range *a, const struct reuse__range *b) {
  return (struct reuse__range){reuse__max(a->least, b->least), reuse__min(a->cap, b->cap)};
}

static void narrow_fans(const struct reuse__cell *cell, struct reuse__space *s) {
  for (int i = 0; i < cell->ncuts; i++)
    if (cell->cut[i].what == REUSE__CUT_FANS) *reuse__fans(s, cell->cut[i].at) = cell->cut[i].range;
  for (int i = 0; i < s->nslots; i++) {
    struct reuse__slot *slot = &s->slot[i];
    if (slot->spatial && slot->share >= 0)
      slot->fans.cap = reuse__min(slot->fans.cap, s->share[slot->share].fans.cap);
  }
}

/* Whether there was anything to narrow. */
static bool narrow_tiles(const struct reuse__cell *cell, struct reuse__space *s) {
  bool any = false;
  for (int i = 0; i < cell->ncuts; i++) {
    const struct reuse__cut *cut = &cell->cut[i];
    if (cut->what == REUSE__CUT_FANS) continue;
    any = true;
    if (cut->what == REUSE__CUT_TILE) {
      struct reuse__range *tile = &s->slot[cut->at].tile[cut->level];
      *tile = both(tile, &cut->range);
    } else {
      s->innermost[cut->level] = cut->innermost;
      if (cut->innermost.slots == 0) reuse__tiles_whole(s, cut->level);
    }
  }
  return any;
}

bool reuse__cell_narrow(const struct reuse__cell *cell, struct reuse__space *s) {
  narrow_fans(cell, s);
  s->parted = narrow_tiles(cell, s);
  if (!s->parted) return true;
  reuse__tiles_agree(s);
  if (!reuse__tiles_fit(s)) return false;
  reuse__space_hold(s);
  return true;
}

int reuse__cell_next(const struct reuse__cell *cell, const struct reuse__space *s) {
  for (int i = 0; i < reuse__nfans(s); i++) {
    bool done = !reuse__fans_vary(s, i);
    for (int k = 0; k < cell->ncuts; k++)
      done = done || (cell->cut[k].what == REUSE__CUT_FANS && cell->cut[k].at == i);
    if (!done) return i;
  }
  return -1;
}

bool reuse__cell_split(const struct reuse__cell *cell, const struct reuse__space *space, int at,
                       struct reuse__walk *walk, struct reuse__cells *cells) {
  struct reuse__range range[REUSE__MAX_RANGES];
  const int n = reuse__fans_cut(space, at, range);
  struct reuse__space part = *space;
  struct reuse__cell own = *cell;
  own.ncuts++;
  for (int i = 0; i < n; i++) {
    *reuse__fans(&part, at) = range[i];
    own.cut[cell->ncuts] = (struct reuse__cut){REUSE__CUT_FANS, at, 0, {range[i]}};
    if (!reuse__fans_fit(&part) || !reuse__walk_bound(walk, &part, &own.bound)) continue;
    if (reuse__score_less(&own.bound, &cell->bound)) own.bound = cell->bound;
    if (!reuse__cells_add(cells, &own)) return false;
  }
  return true;
}
