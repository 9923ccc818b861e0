/* Points of a space as multiplicities, for the heuristic start.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/choice.h"

#include <string.h>

#include "base/checked.h"

/* Whether the multiplicity of slot I follows from the others. */
static bool is_implied(const struct reuse__space *s, int i) {
  int outer = -1;
  for (int j = 0; j < i; j++)
    if (reuse__space_inner(s, j) == i) outer = j;
  return outer < 0 || s->slot[outer].loop.step;
}

static void add_unknown(struct reuse__unknowns *k, enum reuse__unknown_kind kind, int of) {
  k->unknown[k->n++] = (struct reuse__unknown){kind, of};
}

/* Whether a plain slot splits dim D, without a forced step, above its group. */
static bool has_plain_slot(const struct reuse__space *s, int d) {
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].loop.ndims == 1 && s->slot[i].loop.dim[0] == d) return true;
  return false;
}

void reuse__unknowns_make(const struct reuse__space *s, struct reuse__unknowns *k) {
  k->space = s;
  k->n = 0;
  for (int i = s->nslots - 1; i >= 0; i--)
    if (!is_implied(s, i)) add_unknown(k, REUSE__MULTIPLICITY, i);
  for (int d = 0; d < REUSE_DIMS; d++)
    if (s->grouped & REUSE_BIT(d) && has_plain_slot(s, d))
      add_unknown(k, REUSE__TILE, d);
  for (int i = 0; i < s->engine->nlevels; i++)
    if (s->dataflow->temporal[i].any_order && s->dataflow->temporal[i].n > 1)
      add_unknown(k, REUSE__ORDER, i);
}

/* ---- steps ------------------------------------------------------------------ */

static int64_t value_of(const struct reuse__unknowns *k, const struct reuse__choice *c,
                        enum reuse__unknown_kind kind, int of, int64_t otherwise) {
  for (int u = 0; u < k->n; u++)
    if (k->unknown[u].kind == kind && k->unknown[u].of == of) return c->value[u];
  return otherwise;
}

/* The step of every slot, from the inside out. */
static void steps(const struct reuse__unknowns *k, const struct reuse__choice *c,
                  int64_t step[REUSE__MAX_SLOTS]) {
  const struct reuse__space *s = k->space;
  int64_t range[REUSE__MAX_SLOTS];
  for (int i = s->nslots - 1; i >= 0; i--) {
    const struct reuse__slot *slot = &s->slot[i];
    const int inner = reuse__space_inner(s, i), d = slot->loop.dim[0];
    if (slot->loop.step) step[i] = slot->loop.step;
    else if (inner >= 0) step[i] = range[inner];
    else if (slot->loop.ndims == 1 && s->grouped & REUSE_BIT(d))
      step[i] = value_of(k, c, REUSE__TILE, d, 1);
    else step[i] = 1;
    const int64_t m = value_of(k, c, REUSE__MULTIPLICITY, i, 1);
    range[i] = step[i] > reuse__space_loop_extent(s, i) ? step[i] : step[i] * m;
  }
}

/* ---- the nest ---------------------------------------------------------------- */

/* Orders by which tensor should stay put longest, next, last. */
static const uint8_t ORDERS[REUSE__ORDERS][REUSE_TENSORS] = {
    {REUSE_I, REUSE_W, REUSE_O}, {REUSE_I, REUSE_O, REUSE_W},
    {REUSE_W, REUSE_I, REUSE_O}, {REUSE_W, REUSE_O, REUSE_I},
    {REUSE_O, REUSE_I, REUSE_W}, {REUSE_O, REUSE_W, REUSE_I}};

/* How far inside a loop over DIMS belongs in an order: 0 is innermost. */
static int depth_rank(unsigned dims, int order) {
  for (int i = 0; i < REUSE_TENSORS; i++)
    if (!(dims & ~reuse__not_indexing(ORDERS[order][i]))) return i;
  return REUSE_TENSORS;
}

/* The temporal slots of LEVEL in the order chosen, outermost first. */
static int ordered_slots(const struct reuse__unknowns *k, const struct reuse__choice *c,
                         int level, int list[REUSE__MAX_SLOTS]) {
  const struct reuse__space *s = k->space;
  const int order = (int)value_of(k, c, REUSE__ORDER, level, -1);
  int n = 0;
  for (int rank = REUSE_TENSORS; rank >= 0; rank--)
    for (int i = 0; i < s->nslots; i++) {
      const struct reuse__slot *slot = &s->slot[i];
      if (slot->level != level || slot->spatial) continue;
      if (order < 0 ? rank == 0 : depth_rank(slot->dims, order) == rank)
        list[n++] = i;
    }
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].level == level && s->slot[i].spatial) list[n++] = i;
  return n;
}

/* Adds the loop of slot I unless it has one chunk; *range is what it splits. */
static bool add_loop(const struct reuse__space *s, int i, int64_t step, int64_t *range,
                     int64_t used[REUSE_MAX_AXES], struct reuse_nest *nest) {
  const struct reuse__slot *slot = &s->slot[i];
  const int64_t trips = reuse__ceil_div(*range, step);
  if (slot->spatial && !reuse__space_occupy(s, i, trips, used)) return false;
  if (trips == 1) return true;
  *range = step;
  if (nest->nloops == REUSE_MAX_LOOPS) return false;
  struct reuse_loop *l = &nest->loop[nest->nloops++];
  *l = (struct reuse_loop){.ndims = slot->loop.ndims, .spatial = slot->spatial,
                           .step = step};
  memcpy(l->dim, slot->loop.dim, sizeof l->dim);
  return true;
}

/* What a loop of SLOT splits: PLAIN of its dim, or GROUP, which takes its dims over. */
static int64_t *range_of(const struct reuse__slot *slot, int64_t *plain, int64_t *group) {
  int64_t *range = &group[slot->loop.dim[0]];
  if (slot->loop.ndims == 1) return &plain[slot->loop.dim[0]];
  if (*range) return range;
  *range = 1;
  for (int i = 0; i < slot->loop.ndims; i++) {
    *range *= plain[slot->loop.dim[i]];
    plain[slot->loop.dim[i]] = 1;
  }
  return range;
}

bool reuse__choice_nest(const struct reuse__unknowns *k, const struct reuse__choice *c,
                        struct reuse_nest *nest) {
  const struct reuse__space *s = k->space;
  int64_t step[REUSE__MAX_SLOTS], plain[REUSE_DIMS], group[REUSE_DIMS] = {0};
  steps(k, c, step);
  reuse__space_levels(s, nest);
  for (int d = 0; d < REUSE_DIMS; d++) plain[d] = reuse__space_extent(s, d);
  for (int level = 0; level < s->engine->nlevels; level++) {
    int list[REUSE__MAX_SLOTS];
    int64_t used[REUSE_MAX_AXES] = {1, 1, 1, 1};
    const int n = ordered_slots(k, c, level, list);
    nest->level[level].first_loop = nest->nloops;
    for (int j = 0; j < n; j++)
      if (!add_loop(s, list[j], step[list[j]], range_of(&s->slot[list[j]], plain, group),
                    used, nest))
        return false;
    nest->level[level].nloops = nest->nloops - nest->level[level].first_loop;
  }
  nest->level[s->engine->nlevels].first_loop = nest->nloops;
  for (int d = 0; d < REUSE_DIMS; d++)
    if (plain[d] != 1 || group[d] > 1) return false;
  return true;
}

/* ---- values ------------------------------------------------------------------ */

static int insert(int64_t v, int n, int64_t *value) {
  int i = 0;
  while (i < n && value[i] < v) i++;
  if ((i < n && value[i] == v) || n == REUSE__MAX_VALUES) return n;
  memmove(&value[i + 1], &value[i], (size_t)(n - i) * sizeof *value);
  value[i] = v;
  return n + 1;
}

/* 1, 2, 4, .. and room/1, room/2, .. rounded up, none above LIMIT. */
static int spread(int64_t room, int64_t limit, int64_t *value) {
  int n = 0;
  if (limit < room) n = insert(limit, n, value);
  for (int64_t k = 1; k <= 12 && k <= room; k++) {
    const int64_t v = reuse__ceil_div(room, k);
    if (v <= limit) n = insert(v, n, value);
  }
  for (int64_t v = 1; v <= reuse__min(room, limit); v *= 2) n = insert(v, n, value);
  return n;
}

int reuse__choice_values(const struct reuse__unknowns *k, const struct reuse__choice *c,
                        int u, int64_t value[REUSE__MAX_VALUES]) {
  const struct reuse__space *s = k->space;
  const struct reuse__unknown *x = &k->unknown[u];
  if (x->kind == REUSE__ORDER) {
    for (int i = 0; i < REUSE__ORDERS; i++) value[i] = i;
    return REUSE__ORDERS;
  }
  if (x->kind == REUSE__TILE) return spread(reuse__space_extent(s, x->of), INT64_MAX, value);
  int64_t step[REUSE__MAX_SLOTS];
  steps(k, c, step);
  const struct reuse__slot *slot = &s->slot[x->of];
  const int64_t room = reuse__ceil_div(reuse__space_loop_extent(s, x->of), step[x->of]);
  return spread(room, slot->spatial ? slot->fans.cap : INT64_MAX, value);
}

void reuse__choice_start(const struct reuse__unknowns *k, struct reuse__choice *c) {
  const struct reuse__space *s = k->space;
  int64_t left[REUSE_MAX_LEVELS][REUSE_MAX_AXES], step[REUSE__MAX_SLOTS];
  for (int i = 0; i < s->engine->nlevels; i++)
    for (int a = 0; a < s->engine->level[i].naxes; a++)
      left[i][a] = s->engine->level[i].axis[a].size;
  for (int u = 0; u < k->n; u++) c->value[u] = k->unknown[u].kind != REUSE__ORDER;
  for (int u = 0; u < k->n; u++)
    if (k->unknown[u].kind == REUSE__TILE) c->value[u] = reuse__space_extent(s, k->unknown[u].of);
  for (int u = k->n - 1; u >= 0; u--) {
    if (k->unknown[u].kind != REUSE__MULTIPLICITY) continue;
    const struct reuse__slot *slot = &s->slot[k->unknown[u].of];
    if (!slot->spatial) continue;
    int64_t m = slot->fans.cap;
    for (int a = 0; a < s->engine->level[slot->level].naxes; a++)
      if (slot->axes & REUSE_BIT(a)) m = reuse__min(m, left[slot->level][a]);
    steps(k, c, step);
    const int64_t extent = reuse__space_loop_extent(s, k->unknown[u].of);
    m = reuse__min(m, reuse__ceil_div(extent, step[k->unknown[u].of]));
    c->value[u] = reuse__max(1, m);
    for (int a = 0; a < s->engine->level[slot->level].naxes; a++)
      if (slot->axes & REUSE_BIT(a)) left[slot->level][a] /= c->value[u];
  }
}
