/* The mappings that a dataflow allows for a layer: places for loops.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/space.h"

#include <string.h>

#include "base/checked.h"
#include "mapper/holds.h"
#include "mapper/shares.h"
#include "mapper/tiles.h"

/* Mask of the dims of a rule. */
static unsigned rule_dims(const struct reuse_loop_rule *r) {
  unsigned mask = 0;
  for (int i = 0; i < r->ndims; i++) mask |= REUSE_BIT(r->dim[i]);
  return mask;
}

static bool same_loop(const struct reuse__slot *a, const struct reuse__slot *b) {
  return a->loop.ndims == b->loop.ndims &&
         memcmp(a->loop.dim, b->loop.dim, a->loop.ndims) == 0;
}

int64_t reuse__space_extent(const struct reuse__space *s, int d) {
  const int64_t b = reuse__max(1, s->engine->block[d]);
  return reuse__ceil_div(s->layer->problem.extent[d], b) * b;
}

static int64_t rule_extent(const struct reuse__space *s, const struct reuse_loop_rule *r) {
  int64_t n = 1;
  for (int i = 0; i < r->ndims; i++) n *= reuse__space_extent(s, r->dim[i]);
  return n;
}

/* Largest fan-out of a spatial rule; chunks that lie a stride of the input apart
 * leave gaps on the axis, which the phases of the stride fill. */
static int64_t spatial_cap(const struct reuse__space *s,
                           const struct reuse_spatial_rule *r) {
  const struct reuse_level *l = &s->engine->level[r->level];
  int64_t cap = INT64_MAX;
  for (int a = 0; a < l->naxes; a++)
    if (r->axes & REUSE_BIT(a)) cap = reuse__min(cap, l->axis[a].size);
  const int64_t *stride = s->layer->problem.stride;
  const double most = r->phases ? (double)r->max * (double)stride[0] * (double)stride[1]
                                : (double)r->max;
  if (r->max && most < (double)cap) cap = (int64_t)most;
  const int d = r->loop.dim[0];
  if (r->input_span && (d == REUSE_P || d == REUSE_Q))
    cap = (cap - 1) / stride[d - REUSE_P] + 1;
  return cap;
}

static struct reuse__slot *add_slot(struct reuse__space *s, int level,
                                    const struct reuse_loop_rule *rule) {
  if (s->nslots == REUSE__MAX_SLOTS) return NULL;
  struct reuse__slot *slot = &s->slot[s->nslots++];
  *slot = (struct reuse__slot){.level = level, .loop = *rule, .dims = rule_dims(rule),
                                .extent = rule_extent(s, rule), .first = true};
  if (rule->ndims > 1) s->grouped |= slot->dims;
  return slot;
}

static bool add_slots(struct reuse__space *s) {
  const struct reuse_spatial_variant *v = &s->dataflow->variant[s->variant_index];
  for (int i = 0; i < s->engine->nlevels; i++) {
    const struct reuse_temporal_rules *t = &s->dataflow->temporal[i];
    for (int j = 0; j < t->n; j++)
      if (rule_extent(s, &t->rule[j]) > 1 && !add_slot(s, i, &t->rule[j])) return false;
    for (int j = 0; j < v->n; j++) {
      if (v->rule[j].level != i || rule_extent(s, &v->rule[j].loop) == 1) continue;
      struct reuse__slot *slot = add_slot(s, i, &v->rule[j].loop);
      if (!slot) return false;
      slot->spatial = true;
      slot->axes = v->rule[j].axes;
      slot->fans.cap = slot->width = spatial_cap(s, &v->rule[j]);
      slot->fans.least = 1;
    }
  }
  return true;
}

/* Tells every slot the next one inside it of the same loop. */
static void link_slots(struct reuse__space *s) {
  for (int i = 0; i < s->nslots; i++) {
    int j = i + 1;
    while (j < s->nslots && !same_loop(&s->slot[i], &s->slot[j])) j++;
    s->slot[i].inner = j < s->nslots ? j : -1;
    if (j < s->nslots) s->slot[j].first = false;
  }
}

static int64_t children_of(const struct reuse_level *level) {
  int64_t n = 1;
  for (int a = 0; a < level->naxes; a++) n = reuse__widths(n, level->axis[a].size);
  return n;
}

/* Whether no chain has more slots than the limits. */
static bool chains_are_short(const struct reuse__space *s) {
  for (int i = 0; i < s->nslots; i++) {
    int n = 0, spatial = 0;
    for (int j = i; j >= 0; j = reuse__space_inner(s, j)) {
      n++;
      spatial += s->slot[j].spatial;
    }
    if (n > REUSE__MAX_DEPTH || spatial > REUSE__MAX_SPATIAL) return false;
  }
  return true;
}

bool reuse__space_make(const struct reuse_arch *arch, int engine, int dataflow,
                       int variant, const unsigned *keeps, const struct reuse_layer *layer,
                       struct reuse__space *s) {
  memset(s, 0, sizeof *s);
  s->arch = arch;
  s->engine = &arch->engine[engine];
  s->dataflow = &s->engine->dataflow[dataflow];
  s->layer = layer;
  s->engine_index = engine;
  s->dataflow_index = dataflow;
  s->variant_index = variant;
  memcpy(s->keeps, keeps, (size_t)s->engine->nlevels * sizeof *keeps);
  for (int i = 0; i < s->engine->nlevels; i++) s->children[i] = children_of(&s->engine->level[i]);
  if (!add_slots(s)) return false;
  link_slots(s);
  if (!chains_are_short(s)) return false;
  for (int i = 0; i < s->nslots; i++)
    s->slot[i].last = reuse__space_inner(s, i) < 0 &&
                      !(s->slot[i].loop.ndims == 1 &&
                        s->grouped & REUSE_BIT(s->slot[i].loop.dim[0]));
  reuse__space_tiles(s);
  reuse__space_hold(s);
  reuse__space_shares(s);
  return true;
}

bool reuse__space_occupy(const struct reuse__space *s, int i, int64_t trips,
                         int64_t used[REUSE_MAX_AXES]) {
  const struct reuse__slot *slot = &s->slot[i];
  const struct reuse_level *l = &s->engine->level[slot->level];
  if (trips > slot->fans.cap) return false;
  for (int a = 0; a < l->naxes; a++) {
    if (!(slot->axes & REUSE_BIT(a))) continue;
    used[a] *= trips;
    if (used[a] > l->axis[a].size) return false;
  }
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
  l->keeps = s->keeps[i];
  l->im2col = s->dataflow->im2col_level == i;
  memcpy(l->network, s->engine->level[i].network, sizeof l->network);
}

void reuse__space_levels(const struct reuse__space *s, struct reuse_nest *nest) {
  nest->nlevels = s->engine->nlevels + 1;
  nest->nloops = 0;
  memcpy(nest->block, s->engine->block, sizeof nest->block);
  for (int i = 0; i < nest->nlevels; i++) describe_level(s, i, &nest->level[i]);
}
