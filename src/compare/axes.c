/* Arrays with other axes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/axes.h"

/* The units that RULE's axes have in LEVEL. */
static int64_t axes_size(const struct reuse_level *level,
                         const struct reuse_spatial_rule *rule) {
  int64_t n = 1;
  for (int a = 0; a < level->naxes; a++)
    if (rule->axes & REUSE_BIT(a)) n *= level->axis[a].size;
  return n;
}

/* The variants of FLOW, of BEFORE, for LEVEL; NULL: no memory. */
static const struct reuse_spatial_variant *follow(const struct reuse_engine *before,
                                                  const struct reuse_level *level,
                                                  const struct reuse_dataflow *flow,
                                                  struct reuse_arena *arena) {
  struct reuse_spatial_variant *variant =
      reuse__alloc_array(arena, (size_t)flow->nvariants + 1, sizeof *variant);
  for (int v = 0; variant && v < flow->nvariants; v++) {
    const int n = flow->variant[v].n;
    struct reuse_spatial_rule *rule =
        reuse__alloc_array(arena, (size_t)n + 1, sizeof *rule);
    if (!rule) return NULL;
    variant[v] = flow->variant[v];
    variant[v].rule = rule;
    for (int r = 0; r < n; r++) {
      rule[r] = flow->variant[v].rule[r];
      if (rule[r].max > 0 && rule[r].max == axes_size(&before->level[rule[r].level], &rule[r]))
        rule[r].max = axes_size(&level[rule[r].level], &rule[r]);
    }
  }
  return variant;
}

const struct reuse_dataflow *reuse__follow_axes(const struct reuse_engine *before,
                                                const struct reuse_level *level,
                                                struct reuse_arena *arena) {
  const int n = before->ndataflows;
  struct reuse_dataflow *flow = reuse__alloc_array(arena, (size_t)n + 1, sizeof *flow);
  for (int d = 0; flow && d < n; d++) {
    flow[d] = before->dataflow[d];
    flow[d].variant = follow(before, level, &flow[d], arena);
    if (!flow[d].variant) return NULL;
  }
  return flow;
}

/* The two longest axes of the N levels at LEVEL in their order; of equal ones, the
 * outer. */
static bool find_longest(struct reuse_level *level, int n, struct reuse_axis *axis[2]) {
  axis[0] = axis[1] = NULL;
  for (int l = 0; l < n; l++)
    for (int a = 0; a < level[l].naxes; a++) {
      struct reuse_axis *own = &level[l].axis[a];
      if (!axis[0] || !axis[1]) {
        axis[axis[0] != NULL] = own;
        continue;
      }
      const int less = axis[0]->size < axis[1]->size ? 0 : 1;
      if (own->size <= axis[less]->size) continue;
      if (less == 0) axis[0] = axis[1];
      axis[1] = own;
    }
  return axis[1] && axis[0]->size > 1 && axis[1]->size > 1;
}

bool reuse__reshape(struct reuse_engine *engine, struct reuse_level *level, int64_t factor,
                    bool tall) {
  struct reuse_axis *axis[2];
  if (!find_longest(level, engine->nlevels, axis)) return false;
  struct reuse_axis *longer = axis[tall ? 0 : 1], *shorter = axis[tall ? 1 : 0];
  const int64_t before = longer->size + shorter->size;
  if (shorter->size % factor != 0) return false;
  longer->size *= factor;
  shorter->size /= factor;
  engine->fill_cycles.value *=
      (double)(longer->size + shorter->size) / (double)before;
  for (int l = 0; l < engine->nlevels; l++)
    for (int t = 0; t < REUSE_TENSORS; t++)
      level[l].tile_cycles[t].value *= tall ? (double)factor : 1 / (double)factor;
  return true;
}

const char *reuse__axes_text(const struct reuse_arch *before, const struct reuse_arch *after,
                             struct reuse_arena *arena) {
  const char *text = "";
  for (int e = 0; text && !*text && e < before->nengines; e++)
    for (int l = 0; l < before->engine[e].nlevels; l++) {
      const struct reuse_level *old = &before->engine[e].level[l];
      const struct reuse_level *now = &after->engine[e].level[l];
      for (int a = 0; text && a < old->naxes; a++)
        if (old->axis[a].size != now->axis[a].size)
          text = reuse__printf(arena, "%s%s%s %lld", text, *text ? ", " : "",
                               now->axis[a].name, (long long)now->axis[a].size);
    }
  return text;
}
