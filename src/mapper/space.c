/* The mappings that a dataflow allows for a layer, as slots and multiplicities.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/space.h"

#include <string.h>

#include "base/checked.h"

static unsigned rule_dims(const struct reuse_loop_rule *r) {
  unsigned mask = 0;
  for (int i = 0; i < r->ndims; i++) mask |= REUSE_BIT(r->dim[i]);
  return mask;
}

static bool same_loop(const struct reuse__slot *a, const struct reuse__slot *b) {
  return a->loop.ndims == b->loop.ndims &&
         memcmp(a->loop.dim, b->loop.dim, a->loop.ndims) == 0;
}

/* Extent that the loops walk: rounded up to the engine's block. */
static int64_t extent_of(const struct reuse__space *s, int d) {
  const int64_t b = reuse__max(1, s->engine->block[d]);
  return reuse__ceil_div(s->layer->problem.extent[d], b) * b;
}

static int64_t loop_extent(const struct reuse__space *s, const struct reuse__slot *slot) {
  int64_t n = 1;
  for (int i = 0; i < slot->loop.ndims; i++) n *= extent_of(s, slot->loop.dim[i]);
  return n;
}

/* Largest fan-out of a spatial rule; chunks that lie a stride of the input apart
 * leave gaps on the axis. */
static int64_t spatial_cap(const struct reuse__space *s,
                           const struct reuse_spatial_rule *r) {
  const struct reuse_level *l = &s->engine->level[r->level];
  int64_t cap = INT64_MAX;
  for (int a = 0; a < l->naxes; a++)
    if (r->axes & REUSE_BIT(a)) cap = reuse__min(cap, l->axis[a].size);
  if (r->max) cap = reuse__min(cap, r->max);
  const int d = r->loop.dim[0];
  if (r->input_span && (d == REUSE_P || d == REUSE_Q))
    cap = (cap - 1) / s->layer->problem.stride[d - REUSE_P] + 1;
  return cap;
}

static struct reuse__slot *add_slot(struct reuse__space *s, int level,
                                    const struct reuse_loop_rule *rule) {
  if (s->nslots == REUSE__MAX_SLOTS) return NULL;
  struct reuse__slot *slot = &s->slot[s->nslots++];
  *slot = (struct reuse__slot){.level = level, .loop = *rule};
  if (rule->ndims > 1) s->grouped |= rule_dims(rule);
  return slot;
}

static bool add_slots(struct reuse__space *s) {
  const struct reuse_spatial_variant *v = &s->dataflow->variant[s->variant_index];
  for (int i = 0; i < s->engine->nlevels; i++) {
    const struct reuse_temporal_rules *t = &s->dataflow->temporal[i];
    for (int j = 0; j < t->n; j++)
      if (!add_slot(s, i, &t->rule[j])) return false;
    for (int j = 0; j < v->n; j++) {
      if (v->rule[j].level != i) continue;
      struct reuse__slot *slot = add_slot(s, i, &v->rule[j].loop);
      if (!slot) return false;
      slot->spatial = true;
      slot->axes = v->rule[j].axes;
      slot->cap = spatial_cap(s, &v->rule[j]);
    }
  }
  return true;
}

/* The next slot inside I of the same loop, or -1. */
static int inner_slot(const struct reuse__space *s, int i) {
  for (int j = i + 1; j < s->nslots; j++)
    if (same_loop(&s->slot[i], &s->slot[j])) return j;
  return -1;
}

static void mark_implied(struct reuse__space *s) {
  for (int i = 0; i < s->nslots; i++) {
    bool outermost = true;
    for (int j = 0; j < i; j++)
      outermost = outermost && !same_loop(&s->slot[j], &s->slot[i]);
    if (outermost) s->slot[i].implied = true;
    const int inner = inner_slot(s, i);
    if (s->slot[i].loop.step && inner >= 0) s->slot[inner].implied = true;
  }
}

static void add_unknown(struct reuse__space *s, enum reuse__unknown_kind kind, int of) {
  s->unknown[s->nunknowns++] = (struct reuse__unknown){kind, of};
}

/* Whether a plain slot splits dim D, without a forced step, above its group. */
static bool has_plain_slot(const struct reuse__space *s, int d) {
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].loop.ndims == 1 && s->slot[i].loop.dim[0] == d) return true;
  return false;
}

bool reuse__space_make(const struct reuse_arch *arch, int engine, int dataflow,
                       int variant, const struct reuse_layer *layer,
                       struct reuse__space *s) {
  memset(s, 0, sizeof *s);
  s->arch = arch;
  s->engine = &arch->engine[engine];
  s->dataflow = &s->engine->dataflow[dataflow];
  s->layer = layer;
  s->engine_index = engine;
  s->dataflow_index = dataflow;
  s->variant_index = variant;
  if (!add_slots(s)) return false;
  mark_implied(s);
  for (int i = s->nslots - 1; i >= 0; i--)
    if (!s->slot[i].implied && loop_extent(s, &s->slot[i]) > 1)
      add_unknown(s, REUSE__MULTIPLICITY, i);
  for (int d = 0; d < REUSE_DIMS; d++)
    if (s->grouped & REUSE_BIT(d) && has_plain_slot(s, d) && extent_of(s, d) > 1)
      add_unknown(s, REUSE__TILE, d);
  for (int i = 0; i < s->engine->nlevels; i++)
    if (s->dataflow->temporal[i].any_order && s->dataflow->temporal[i].n > 1)
      add_unknown(s, REUSE__ORDER, i);
  return true;
}

/* ---- steps ------------------------------------------------------------------ */

static int64_t value_of(const struct reuse__space *s, const struct reuse__choice *c,
                        enum reuse__unknown_kind kind, int of, int64_t otherwise) {
  for (int u = 0; u < s->nunknowns; u++)
    if (s->unknown[u].kind == kind && s->unknown[u].of == of) return c->value[u];
  return otherwise;
}

/* The step of every slot, from the inside out. */
static void steps(const struct reuse__space *s, const struct reuse__choice *c,
                  int64_t step[REUSE__MAX_SLOTS]) {
  int64_t range[REUSE__MAX_SLOTS];
  for (int i = s->nslots - 1; i >= 0; i--) {
    const struct reuse__slot *slot = &s->slot[i];
    const int inner = inner_slot(s, i), d = slot->loop.dim[0];
    if (slot->loop.step) step[i] = slot->loop.step;
    else if (inner >= 0) step[i] = range[inner];
    else if (slot->loop.ndims == 1 && s->grouped & REUSE_BIT(d))
      step[i] = value_of(s, c, REUSE__TILE, d, 1);
    else step[i] = 1;
    const int64_t m = value_of(s, c, REUSE__MULTIPLICITY, i, 1);
    range[i] = step[i] > loop_extent(s, slot) ? step[i] : step[i] * m;
  }
}

/* ---- the nest ---------------------------------------------------------------- */

/* Dims that index each tensor; R and S are those of the input's rows too. */
static const unsigned INDEXES[REUSE_TENSORS] = {
    [REUSE_I] = REUSE_BIT(REUSE_N) | REUSE_BIT(REUSE_G) | REUSE_BIT(REUSE_C) |
                REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q) | REUSE_BIT(REUSE_R) |
                REUSE_BIT(REUSE_S),
    [REUSE_W] = REUSE_BIT(REUSE_G) | REUSE_BIT(REUSE_K) | REUSE_BIT(REUSE_C) |
                REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S),
    [REUSE_O] = REUSE_BIT(REUSE_N) | REUSE_BIT(REUSE_G) | REUSE_BIT(REUSE_K) |
                REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q)};

/* Orders by which tensor should stay put longest, next, last. */
static const uint8_t ORDERS[REUSE__ORDERS][REUSE_TENSORS] = {
    {REUSE_I, REUSE_W, REUSE_O}, {REUSE_I, REUSE_O, REUSE_W},
    {REUSE_W, REUSE_I, REUSE_O}, {REUSE_W, REUSE_O, REUSE_I},
    {REUSE_O, REUSE_I, REUSE_W}, {REUSE_O, REUSE_W, REUSE_I}};

/* How far inside a loop over DIMS belongs in an order: 0 is innermost. */
static int depth_rank(unsigned dims, int order) {
  for (int i = 0; i < REUSE_TENSORS; i++)
    if (!(dims & INDEXES[ORDERS[order][i]])) return i;
  return REUSE_TENSORS;
}

/* The temporal slots of LEVEL in the order chosen, outermost first. */
static int ordered_slots(const struct reuse__space *s, const struct reuse__choice *c,
                         int level, int list[REUSE__MAX_SLOTS]) {
  const int order = (int)value_of(s, c, REUSE__ORDER, level, -1);
  int n = 0;
  for (int rank = REUSE_TENSORS; rank >= 0; rank--)
    for (int i = 0; i < s->nslots; i++) {
      const struct reuse__slot *slot = &s->slot[i];
      if (slot->level != level || slot->spatial) continue;
      if (order < 0 ? rank == 0 : depth_rank(rule_dims(&slot->loop), order) == rank)
        list[n++] = i;
    }
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].level == level && s->slot[i].spatial) list[n++] = i;
  return n;
}

static bool occupy(const struct reuse__space *s, const struct reuse__slot *slot,
                   int64_t trips, int64_t used[REUSE_MAX_AXES]) {
  const struct reuse_level *l = &s->engine->level[slot->level];
  if (trips > slot->cap) return false;
  for (int a = 0; a < l->naxes; a++) {
    if (!(slot->axes & REUSE_BIT(a))) continue;
    used[a] *= trips;
    if (used[a] > l->axis[a].size) return false;
  }
  return true;
}

/* Adds the loop of SLOT unless it has one chunk; *range is what it splits. */
static bool add_loop(const struct reuse__space *s, const struct reuse__slot *slot,
                     int64_t step, int64_t *range, int64_t used[REUSE_MAX_AXES],
                     struct reuse_nest *nest) {
  const int64_t trips = reuse__ceil_div(*range, step);
  if (slot->spatial && !occupy(s, slot, trips, used)) return false;
  if (trips == 1) return true;
  *range = step;
  if (nest->nloops == REUSE_MAX_LOOPS) return false;
  struct reuse_loop *l = &nest->loop[nest->nloops++];
  *l = (struct reuse_loop){.ndims = slot->loop.ndims, .spatial = slot->spatial,
                           .step = step};
  memcpy(l->dim, slot->loop.dim, sizeof l->dim);
  return true;
}

static void describe_level(const struct reuse__space *s, int i,
                           struct reuse_nest_level *l) {
  const bool mac = i == s->engine->nlevels;
  const char *name = mac ? "MAC" : s->engine->level[i].name;
  memset(l, 0, sizeof *l);
  strncpy(l->name, name, sizeof l->name - 1);
  if (mac) {
    l->latch = s->engine->latch;
    return;
  }
  l->keeps = s->engine->level[i].keeps;
  l->im2col = s->dataflow->im2col_level == i;
  memcpy(l->network, s->engine->level[i].network, sizeof l->network);
}

bool reuse__space_nest(const struct reuse__space *s, const struct reuse__choice *c,
                       struct reuse_nest *nest) {
  int64_t step[REUSE__MAX_SLOTS], plain[REUSE_DIMS], group[REUSE_DIMS] = {0};
  steps(s, c, step);
  nest->nlevels = s->engine->nlevels + 1;
  nest->nloops = 0;
  memcpy(nest->block, s->engine->block, sizeof nest->block);
  for (int d = 0; d < REUSE_DIMS; d++) plain[d] = extent_of(s, d);
  for (int level = 0; level < s->engine->nlevels; level++) {
    int list[REUSE__MAX_SLOTS];
    int64_t used[REUSE_MAX_AXES] = {1, 1, 1, 1};
    const int n = ordered_slots(s, c, level, list);
    describe_level(s, level, &nest->level[level]);
    nest->level[level].first_loop = nest->nloops;
    for (int j = 0; j < n; j++) {
      const struct reuse__slot *slot = &s->slot[list[j]];
      int64_t *range = &plain[slot->loop.dim[0]];
      if (slot->loop.ndims > 1) {
        range = &group[slot->loop.dim[0]];
        if (*range == 0) {
          *range = 1;
          for (int k = 0; k < slot->loop.ndims; k++) {
            *range *= plain[slot->loop.dim[k]];
            plain[slot->loop.dim[k]] = 1;
          }
        }
      }
      if (!add_loop(s, slot, step[list[j]], range, used, nest)) return false;
    }
    nest->level[level].nloops = nest->nloops - nest->level[level].first_loop;
  }
  describe_level(s, s->engine->nlevels, &nest->level[s->engine->nlevels]);
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

int reuse__space_values(const struct reuse__space *s, const struct reuse__choice *c,
                        int u, int64_t value[REUSE__MAX_VALUES]) {
  const struct reuse__unknown *x = &s->unknown[u];
  if (x->kind == REUSE__ORDER) {
    for (int i = 0; i < REUSE__ORDERS; i++) value[i] = i;
    return REUSE__ORDERS;
  }
  if (x->kind == REUSE__TILE) return spread(extent_of(s, x->of), INT64_MAX, value);
  int64_t step[REUSE__MAX_SLOTS];
  steps(s, c, step);
  const struct reuse__slot *slot = &s->slot[x->of];
  const int64_t room = reuse__ceil_div(loop_extent(s, slot), step[x->of]);
  return spread(room, slot->spatial ? slot->cap : INT64_MAX, value);
}

void reuse__space_start(const struct reuse__space *s, struct reuse__choice *c) {
  int64_t left[REUSE_MAX_LEVELS][REUSE_MAX_AXES], step[REUSE__MAX_SLOTS];
  for (int i = 0; i < s->engine->nlevels; i++)
    for (int a = 0; a < s->engine->level[i].naxes; a++)
      left[i][a] = s->engine->level[i].axis[a].size;
  for (int u = 0; u < s->nunknowns; u++) c->value[u] = s->unknown[u].kind != REUSE__ORDER;
  for (int u = 0; u < s->nunknowns; u++)
    if (s->unknown[u].kind == REUSE__TILE) c->value[u] = extent_of(s, s->unknown[u].of);
  for (int u = s->nunknowns - 1; u >= 0; u--) {
    if (s->unknown[u].kind != REUSE__MULTIPLICITY) continue;
    const struct reuse__slot *slot = &s->slot[s->unknown[u].of];
    if (!slot->spatial) continue;
    int64_t m = slot->cap;
    for (int a = 0; a < s->engine->level[slot->level].naxes; a++)
      if (slot->axes & REUSE_BIT(a)) m = reuse__min(m, left[slot->level][a]);
    steps(s, c, step);
    m = reuse__min(m, reuse__ceil_div(loop_extent(s, slot), step[s->unknown[u].of]));
    c->value[u] = reuse__max(1, m);
    for (int a = 0; a < s->engine->level[slot->level].naxes; a++)
      if (slot->axes & REUSE_BIT(a)) left[slot->level][a] /= c->value[u];
  }
}
